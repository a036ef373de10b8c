"""Answers: numbered texts of any length to point at, choose and then confirm.

A tap or a first enter chooses; a second enter on what is chosen confirms. Long texts wrap under
themselves. The chosen one carries a mark, so that nothing hangs on colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.typeset import Block, Span, blocks
from tabletop.console.widgets.sheet import Line, Setting, lines_of
from tabletop.wording import say


@dataclass(frozen=True, slots=True)
class Item:
    """Something to choose."""

    id: str
    text: str
    """CommonMark, or plain where `plain` says so."""
    plain: bool = False
    quiet: str = ""
    """A few words after it."""


class Answers(Setting, can_focus=True):
    """A list to choose one from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("list.up", "move(-1)", say("Up"), show=False),
        bind("list.down", "move(1)", say("Down"), show=False),
        bind("list.first", "first", say("First"), show=False),
        bind("list.last", "last", say("Last"), show=False),
        bind("list.select", "choose", say("Choose"), show=False),
        bind("list.mark", "choose", say("Choose"), show=False),
        *(
            bind(f"number.{n}", f"number({n})", say("Choose by number"), show=False)
            for n in range(1, 10)
        ),
    ]
    COMPONENT_CLASSES = {"answers--here", "answers--chosen"}
    DEFAULT_CSS = """
    Answers {
        height: auto;
        & .answers--here { background: $cursor; color: $text; }
        & .answers--chosen { text-style: bold; }
    }
    """

    items: reactive[tuple[Item, ...]] = reactive((), layout=True)
    """What there is to choose from."""
    chosen: reactive[str] = reactive("")
    """The id of what is chosen, if anything is."""
    here: reactive[int] = reactive(0)
    """The place of the pointer."""

    @dataclass
    class Chosen(Message):
        """One was chosen."""

        answers: "Answers"
        item: str

        @property
        def control(self) -> "Answers":
            """The list it was chosen from."""
            return self.answers

    @dataclass
    class Confirmed(Message):
        """What was chosen already was chosen again."""

        answers: "Answers"
        item: str

        @property
        def control(self) -> "Answers":
            """The list it was chosen from."""
            return self.answers

    @dataclass
    class Pointed(Message):
        """The pointer moved to another one."""

        answers: "Answers"
        item: str

        @property
        def control(self) -> "Answers":
            """The list it moved in."""
            return self.answers

    def __init__(
        self, *, numbered: bool = True, chooses: bool = True, id: str | None = None
    ) -> None:
        """A list, numbered or not; one that does not hold on to a choice confirms at once."""
        super().__init__(id=id)
        self.numbered = numbered
        self.chooses = chooses
        self._set: tuple[int, tuple[Item, ...], list[list[Line]]] = (0, (), [])

    def watch_items(self, items: tuple[Item, ...]) -> None:
        """Points at the chosen one, or at the first."""
        ids = [item.id for item in items]
        self.here = ids.index(self.chosen) if self.chosen in ids else 0
        self.display = bool(items)

    def on_mount(self) -> None:
        """An empty list takes no room."""
        self.display = bool(self.items)

    def on_focus(self) -> None:
        """Brings the pointer into sight."""
        self.call_after_refresh(self.reveal)

    def action_move(self, by: int) -> None:
        """Moves the pointer; past an end, lets the focus go on."""
        to = self.here + by
        if 0 <= to < len(self.items):
            self.here = to
            self.reveal()
            self.post_message(self.Pointed(self, self.items[to].id))
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_first(self) -> None:
        """Points at the first."""
        self.here = 0
        self.reveal()

    def action_last(self) -> None:
        """Points at the last."""
        self.here = max(0, len(self.items) - 1)
        self.reveal()

    def action_number(self, number: int) -> None:
        """Chooses by number."""
        if self.numbered and number <= len(self.items):
            self.here = number - 1
            self.reveal()
            self._choose(confirms=False)

    def action_choose(self) -> None:
        """Chooses what the pointer is at, or confirms it."""
        self._choose(confirms=True)

    def on_click(self, event: events.Click) -> None:
        """Chooses what is under the pointer; never confirms."""
        top = event.get_content_offset(self)
        if top is None:
            return
        y = 0
        for number, lines in enumerate(self._laid()):
            y += len(lines)
            if top.y < y:
                self.here = number
                self._choose(confirms=not self.chooses)
                return

    def reveal(self) -> None:
        """Scrolls whatever holds the list so that the pointer's item can be read."""
        laid = self._laid()
        if not laid:
            return
        y = sum(len(lines) for lines in laid[: self.here])
        self.scroll_region(Region(0, y, self.size.width, len(laid[self.here])))

    def scroll_region(self, region: Region) -> None:
        """Scrolls the nearest holder that scrolls to show a part of this list."""
        for holder in self.ancestors:
            if holder is self.screen:
                return
            if isinstance(holder, Widget) and holder.allow_vertical_scroll:
                moved = region.translate(self.virtual_region.offset)
                if self.here == 0 and moved.bottom <= holder.size.height:
                    # What stands above the first one is the question.
                    moved = Region(0, 0, moved.width, moved.bottom)
                holder.scroll_to_region(moved, animate=False)
                return

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the texts take."""
        return sum(len(lines) for lines in self._laid(width))

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.size.width
        top = 0
        for number, lines in enumerate(self._laid()):
            if y < top + len(lines):
                return self._drawn(number, y - top, lines[y - top], width)
            top += len(lines)
        return Strip.blank(width, self.visual_style.rich_style)

    def watch_here(self) -> None:
        """Draws the pointer where it is."""
        self.refresh()

    def watch_chosen(self) -> None:
        """Draws the mark where it is."""
        self.refresh()

    def _choose(self, *, confirms: bool) -> None:
        if not self.items:
            return
        item = self.items[self.here].id
        if not self.chooses:
            self.post_message(self.Confirmed(self, item))
        elif confirms and item == self.chosen:
            self.post_message(self.Confirmed(self, item))
        else:
            self.chosen = item
            self.post_message(self.Chosen(self, item))

    @property
    def _gutter(self) -> int:
        return 6 if self.numbered else 4

    def _laid(self, width: int | None = None) -> list[list[Line]]:
        width = self.size.width if width is None else width
        if self._set[:2] != (width, self.items):
            room = max(8, width - self._gutter)
            laid = [lines_of(_blocks(item), room) for item in self.items]
            self._set = (width, self.items, laid)
        return self._set[2]

    def _drawn(self, number: int, row: int, line: Line, width: int) -> Strip:
        item = self.items[number]
        chosen = item.id == self.chosen and self.chooses
        pointed = number == self.here and self.has_focus
        over = None
        if pointed:
            over = self.get_visual_style("answers--here", partial=True)
        elif chosen:
            over = self.get_visual_style("answers--chosen", partial=True)
        gutter = " " * self._gutter
        if row == 0:
            mark = ("▸" if pointed else " ") + ("●" if chosen else " ")
            gutter = f"{mark} {number + 1}  " if self.numbered else f"{mark}  "
        kind, content = line
        return self.strip_of((kind, safe.parts(gutter, content)), width, over)


def _blocks(item: Item) -> Sequence[Block]:
    found = (Block(safe.one_line(item.text)),) if item.plain else blocks(item.text)
    if not item.quiet:
        return found
    *before, last = found or (Block(""),)
    text = f"{last.text}  {safe.one_line(item.quiet)}"
    quiet = Span(len(last.text), len(text), "code")
    return (*before, Block(text, (*last.spans, quiet), last.kind, last.first, last.rest, last.gap))

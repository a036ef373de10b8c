"""Feed: the situation, read like a page.

The passages of a seat are set once for a width and drawn line by line, so that five hundred of
them cost a key press no more than five. New passages are set alone; a passage whose wording
changed (a gentler one, an erased one) has the feed set again from the memory of set blocks.

What somebody was reading stays where it was when the window becomes another: the words at the top
of the page are known by how many letters of their passage come before them, which no width
changes. They are where a person last moved the page to, not where a window left it that had too
much room, so that the same window shows the same page again.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tabletop.console.keys import bind
from tabletop.console.story import blocks_of
from tabletop.console.widgets.sheet import Line, Setting, lines_of
from tabletop.exercise.view_types import PassageView, SceneView
from tabletop.wording import say

WIDEST = 84
"""Lines longer than this are hard to read."""


class Mark(NamedTuple):
    """Words in the feed."""

    passage: int
    """Which passage they are of, from 0; -1 for what stands before the first."""
    letters: int
    """Letters of the passage that come before them,"""
    blanks: int
    """and lines without a letter between those and the words."""


class Feed(Setting, ScrollView, can_focus=True):
    """A seat's passages, the newest at the end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("feed.on", "read_on", say("Read on")),
        bind("move.up", "line(-1)", say("Up"), show=False),
        bind("move.down", "line(1)", say("Down"), show=False),
        bind("move.first", "scroll_home", say("First"), show=False),
        bind("move.last", "scroll_end", say("Last"), show=False),
    ]
    DEFAULT_CSS = """
    Feed {
        padding: 0 2;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    """

    @dataclass
    class Moved(Message):
        """Another part of the feed is on screen."""

        more: bool
        """Whether there is more below."""
        read: int
        """The number of the last passage whose end has been on screen."""

    class Arrived(Message):
        """New passages are on screen."""

    class Done(Message):
        """Somebody has read to the end and goes on."""

    def __init__(self, *, id: str | None = None) -> None:
        """A feed without passages."""
        super().__init__(id=id)
        self._passages: tuple[PassageView, ...] = ()
        self._scenes: dict[str, SceneView] = {}
        self._lines: list[Line] = []
        self._starts: list[int] = []
        self._strips: dict[int, Strip] = {}
        self._set_width = 0
        self._top: Mark | None = None
        """The words to which somebody last moved the top of the page,"""
        self._seen_at = Size(0, 0)
        """and the size it had then."""
        self._shown_from: int | None = None
        self._told = (False, -1)
        self.touched = False
        """Whether someone has moved the page since the newest passages came."""
        self.new_lines = 0
        """How many lines came last."""

    @property
    def more(self) -> bool:
        """Whether there is more below what is on screen."""
        return round(self.scroll_y) < self.max_scroll_y

    @property
    def on_screen(self) -> tuple[PassageView, ...]:
        """The passages of which a line is on screen."""
        if not self._starts or len(self._starts) != len(self._passages):
            return ()
        top = round(self.scroll_y)
        bottom = top + self.scrollable_content_region.height
        ends = [*self._starts[1:], len(self._lines)]
        return tuple(
            passage
            for passage, start, end in zip(self._passages, self._starts, ends, strict=True)
            if start < bottom and end > top
        )

    def show(
        self,
        passages: tuple[PassageView, ...],
        scenes: Sequence[SceneView],
        *,
        begin: int | None = None,
    ) -> bool:
        """Takes the passages there are now; whether there are new ones.

        The page begins at the first new one, or at the place in the feed that is given.
        """
        if passages == self._passages:
            return False
        before = self._passages
        self._scenes = {scene.id: scene for scene in scenes}
        self._passages = passages
        grown = len(passages) > len(before)
        if passages[: len(before)] == before and self._set_width:
            self._set(len(before))
        else:
            self._set(0)
        if begin is not None or grown:
            if begin is not None or self._shown_from is None:
                self._shown_from = begin if begin is not None else len(before)
            self.call_after_refresh(self._show_new)
        return grown

    def show_passage(self, number: int) -> None:
        """Brings a passage to the top of the page."""
        for passage, start in zip(self._passages, self._starts, strict=False):
            if passage.number == number:
                self.scroll_to(y=start, animate=False)

    def action_read_on(self) -> None:
        """Turns the page, or goes on from the last one."""
        if self.more:
            self.page()
        else:
            self.post_message(self.Done())

    def about(self) -> str:
        """What one does here."""
        return say(
            "The situation, the newest at the end. Enter turns the page and, after the last one, "
            "goes on to what there is to do; arrows, page keys, home and end scroll."
        )

    def page(self) -> None:
        """Turns to the next page, keeping two lines of this one."""
        self._turn(1)

    def page_back(self) -> None:
        """Turns to the page before."""
        self._turn(-1)

    def _turn(self, direction: int) -> None:
        self.touched = True
        step = max(1, self.scrollable_content_region.height - 2)
        self.scroll_to(y=self.scroll_y + direction * step, animate=False)

    def action_line(self, by: int) -> None:
        """Moves the page by a line."""
        self.touched = True
        self.scroll_to(y=self.scroll_y + by, animate=False)

    def on_resize(self, event: Resize) -> None:
        """Sets the page again where its width changed, keeping the words at the top."""
        if self._measure() != self._set_width:
            self._set(0)
        self.call_after_refresh(self._show_new if self._shown_from is not None else self._settle)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tells what is on screen after each move."""
        super().watch_scroll_y(old_value, new_value)
        # What moves while the window becomes another was moved by nobody.
        if self.size == self._seen_at:
            self._top = self._mark(round(new_value))
        self._tell()

    def render_line(self, y: int) -> Strip:
        """One line of the page."""
        number = y + round(self.scroll_y)
        width = self.scrollable_content_region.width
        if number >= len(self._lines):
            return Strip.blank(width, self.visual_style.rich_style)
        strip = self._strips.get(number)
        if strip is None or strip.cell_length != width:
            strip = self._strips[number] = self.strip_of(self._lines[number], width)
        return strip

    def notify_style_update(self) -> None:
        """Draws every line anew in another theme."""
        self._strips.clear()
        super().notify_style_update()

    def _measure(self) -> int:
        # The scroll bar's column is kept free, or its coming would set the whole page again.
        room = self.container_size.width - 1 if self.container_size else 0
        return min(WIDEST, room)

    def _set(self, begin: int) -> None:
        width = self._measure()
        self._set_width = width
        if width <= 0:
            return
        if begin == 0:
            self._lines, self._starts = [], []
            self._strips.clear()
        for index in range(begin, len(self._passages)):
            before = self._passages[index - 1] if index else None
            passage = self._passages[index]
            told = blocks_of(passage, before, self._scenes.get(passage.scene))
            # The empty lines before it belong to the passage above.
            self._starts.append(len(self._lines) + told[0].gap)
            self._lines += lines_of(told, width)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _settle(self) -> None:
        """Brings the words at the top back there, in a window that has become another."""
        if self._top is not None:
            self.scroll_to(y=self._line(self._top), animate=False)
        self._seen_at = self.size
        self._tell()

    def _mark(self, line: int) -> Mark:
        """The words that stand on a line."""
        passage = bisect_right(self._starts, line) - 1
        start = self._starts[passage] if passage >= 0 else 0
        before = [_letters(each) for each in self._lines[start:line]]
        blanks = 0
        while blanks < len(before) and not before[-1 - blanks]:
            blanks += 1
        return Mark(passage, sum(before), blanks)

    def _line(self, mark: Mark) -> int:
        """The line on which words stand."""
        starts = [*self._starts, len(self._lines)]
        if mark.passage + 1 >= len(starts):
            return len(self._lines)
        line = starts[mark.passage] if mark.passage >= 0 else 0
        end, letters = starts[mark.passage + 1], 0
        while line < end and letters + (more := _letters(self._lines[line])) <= mark.letters:
            if not more and letters == mark.letters:
                break
            letters += more
            line += 1
        return min(line + (mark.blanks if letters == mark.letters else 0), max(line, end - 1))

    def _show_new(self) -> None:
        """Brings the first new passage to the top; what was there before stays above."""
        if self._shown_from is None or not self._starts:
            return
        first = self._shown_from
        self._shown_from = None
        self.touched = False
        start = self._starts[min(first, len(self._starts) - 1)]
        self.new_lines = len(self._lines) - start
        self._seen_at, self._top = self.size, self._mark(start)
        self.scroll_to(y=start, animate=False)
        self._tell()
        self.post_message(self.Arrived())

    def _tell(self) -> None:
        if not self._starts:
            return
        bottom = round(self.scroll_y) + self.scrollable_content_region.height
        ends = [*self._starts[1:], len(self._lines)]
        read = max(
            (
                passage.number
                for passage, end in zip(self._passages, ends, strict=True)
                if end <= bottom
            ),
            default=0,
        )
        told = (self.more, read)
        if told != self._told:
            self._told = told
            self.post_message(self.Moved(*told))


def _letters(line: Line) -> int:
    """How many letters stand on a line: of rules and markers there are more where it is wider."""
    return sum(each.isalnum() for each in line[1].plain)

"""Choices: a list to move through and choose from, with a marker that is seen without colour."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.wording import say

Marks = Literal["none", "one", "many"]
BOXES = {"one": ("( ) ", "(•) "), "many": ("[ ] ", "[x] ")}


class Choices(OptionList, inherit_bindings=False):
    """An option list whose chosen line carries `▸`, and whose lines may carry a mark.

    With marks, space sets them and takes them away and `chosen` holds the ids; enter does the
    same, or with `alone` chooses this line and no other. Without marks, enter posts
    `OptionList.OptionSelected`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("list.up", "cursor_up", say("Up"), show=False),
        bind("list.down", "cursor_down", say("Down"), show=False),
        bind("list.first", "first", say("First"), show=False),
        bind("list.last", "last", say("Last"), show=False),
        bind("list.page_up", "page_up", say("A page up"), show=False),
        bind("list.page_down", "page_down", say("A page down"), show=False),
        bind("list.select", "select", say("Choose")),
        bind("list.mark", "mark", say("Mark"), show=False),
    ]

    class Changed(OptionList.OptionMessage):
        """A mark was set or taken away."""

        def __init__(self, list: OptionList, option: Option, index: int, alone: bool) -> None:
            super().__init__(list, option, index)
            self.alone = alone
            """Whether this line was chosen and no other."""

    def __init__(
        self,
        options: Iterable[Option] = (),
        *,
        marks: Marks = "none",
        chosen: Iterable[str] = (),
        least: int = 0,
        alone: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        self.marks = marks
        self.chosen = set(chosen)
        self.least = least
        """How many marks can't be taken away."""
        self.alone = alone
        """Whether enter chooses one line and no other."""
        super().__init__(*options, id=id, classes=classes, markup=False, compact=True)

    @staticmethod
    def line(text: str, beside: str = "", *, id: str, column: int = 0) -> Option:
        """A choice: what it is, and quietly what goes with it, beside it or below."""
        if not beside:
            return Option(safe.option(text), id=id)
        if column:
            gap = " " * max(2, column - cell_len(text))
            return Option(safe.parts(text, gap, (beside, "$quiet")), id=id)
        return Option(safe.parts((text, "bold"), "\n", (beside, "$quiet")), id=id)

    def action_select(self) -> None:
        """Chooses the line, or turns its mark over."""
        if self.marks == "none":
            super().action_select()
        else:
            self.mark(alone=self.alone)

    def action_mark(self) -> None:
        """Turns the mark of the line over."""
        if self.marks == "none":
            super().action_select()
        else:
            self.mark(alone=False)

    def mark(self, *, alone: bool) -> None:
        """Sets or takes away the mark of the line one is on."""
        option = self.highlighted_option
        if option is None or option.disabled or option.id is None:
            return
        if alone or self.marks == "one":
            self.chosen = {option.id}
        elif option.id not in self.chosen:
            self.chosen.add(option.id)
        elif len(self.chosen) > self.least:
            self.chosen.discard(option.id)
        self.refresh()
        self.post_message(self.Changed(self, option, self.highlighted or 0, alone))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leaves the page keys to the screen where the whole list is in sight."""
        if action in ("page_up", "page_down"):
            return self.max_scroll_y > 0
        return True

    def point_at(self, id: str) -> None:
        """Puts the marker on a line, where there is such a line."""
        for index, option in enumerate(self.options):
            if option.id == id:
                self.highlighted = index

    def lead(self, option: Option, index: int, first: bool) -> str:
        """What stands before a line: the marker, and the box where there are marks."""
        box = ""
        if self.marks != "none":
            box = BOXES[self.marks][option.id in self.chosen] if first else "    "
        pointed = first and index == self.highlighted and self.has_focus
        return ("▸ " if pointed else "  ") + box

    def _get_left_gutter_width(self) -> int:
        return 2 if self.marks == "none" else 6

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The height of all lines beside the gutter, which Textual's own leaves out."""
        # A text can't be folded to no width at all, as in a window of a few cells.
        beside = max(4, width - self._get_left_gutter_width())
        return super().get_content_height(container, viewport, beside)

    def render_line(self, y: int) -> Strip:
        """One drawn line, with its gutter."""
        strip = super().render_line(y)
        number = self.scroll_offset.y + y
        if number >= len(self._lines):
            return strip
        index, offset = self._lines[number]
        option = self.options[index]
        style = next(iter(strip)).style if len(strip) else None
        # The gutter's style is that of the line's own ground, in the accent while it is pointed at.
        text = Segment(self.lead(option, index, offset == 0), style)
        return Strip([text, *strip])

    def on_focus(self) -> None:
        """Points at something, so that enter does what it says."""
        if self.highlighted is None:
            self.action_first()
        self.refresh()

    def on_blur(self) -> None:
        """Takes the marker away."""
        self.refresh()

"""Picker: a row of names of which one is picked, as pages of a screen or roles to look over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tabletop.console import safe

Named = tuple[str, str]
"""What is picked, and its name."""


class Picker(Widget):
    """A row; what is picked stands in brackets, what has news carries a dot.

    Where there is no room for all, the row begins further on, so that what is picked is in sight.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"picker--here", "picker--news"}
    DEFAULT_CSS = """
    Picker {
        height: 1;
        padding: 0 1;
        color: $quiet;
        & .picker--here { color: $text; text-style: bold; }
        & .picker--news { color: $accent; }
    }
    """

    items: reactive[tuple[Named, ...]] = reactive(())
    """What there is to pick from."""
    here: reactive[str] = reactive("")
    """What is picked."""
    news: reactive[frozenset[str]] = reactive(frozenset())
    """What has something not yet looked at."""

    @dataclass
    class Wanted(Message):
        """Another one was asked for."""

        picker: "Picker"
        item: str

        @property
        def control(self) -> "Picker":
            """The row it was asked for in."""
            return self.picker

    def __init__(
        self, items: Sequence[Named] = (), here: str = "", *, id: str | None = None
    ) -> None:
        """A row that begins with some names."""
        super().__init__(id=id)
        self.set_reactive(Picker.items, tuple(items))
        self.set_reactive(Picker.here, here)

    def after(self, by: int) -> str:
        """The one so many further on than what is picked, round the ends."""
        names = [item for item, _ in self.items]
        at = names.index(self.here) if self.here in names else 0
        return names[(at + by) % len(names)] if names else ""

    def render_line(self, y: int) -> Strip:
        """The row."""
        plain = self.visual_style
        line: list[Segment] = []
        for item, text in self._places():
            if item == self.here:
                style = self.get_visual_style("picker--here")
            else:
                style = self.get_visual_style("picker--news") if item in self.news else plain
            line.append(Segment(text, style.rich_style))
        return Strip(line).adjust_cell_length(self.size.width, plain.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Asks for the one under the pointer."""
        offset = event.get_content_offset(self)
        start = 0
        for item, text in self._places():
            width = cell_len(text)
            if offset is not None and start <= offset.x < start + width:
                self.post_message(self.Wanted(self, item))
            start += width

    def _places(self) -> list[Named]:
        """Each with its text, from the first that lets what is picked be seen."""
        places = list(self._texts())
        while len(places) > 1 and places[0][0] != self.here and self._hidden(places):
            places.pop(0)
        return places

    def _hidden(self, places: list[Named]) -> bool:
        width = 0
        for item, text in places:
            width += cell_len(text)
            if item == self.here:
                return width > self.size.width
        return False

    def _texts(self) -> Iterator[Named]:
        for item, name in self.items:
            text = safe.one_line(name)
            if item == self.here:
                text = f"[{text}]"
            else:
                text = f"•{text} " if item in self.news else f" {text} "
            yield item, f"{text} "

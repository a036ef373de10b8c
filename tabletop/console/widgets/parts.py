"""Parts: where there is no room for two columns, the row that says which part is on screen."""

from dataclasses import dataclass
from typing import Literal, get_args

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tabletop.console import safe
from tabletop.wording import say

Part = Literal["situation", "know", "share", "people", "notes"]
PARTS: tuple[Part, ...] = get_args(Part)


def titles() -> dict[Part, str]:
    """The parts as they are called."""
    return {
        "situation": say("Situation"),
        "know": say("Only you"),
        "share": say("Share"),
        "people": say("People"),
        "notes": say("Notes"),
    }


class Parts(Widget):
    """The row of parts; the one on screen stands in brackets, one with news carries a dot."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"parts--here", "parts--news"}
    DEFAULT_CSS = """
    Parts {
        height: 1;
        padding: 0 1;
        color: $quiet;
        & .parts--here { color: $text; text-style: bold; }
        & .parts--news { color: $accent; }
    }
    """

    here: reactive[Part] = reactive("situation")
    """The part on screen."""
    news: reactive[frozenset[Part]] = reactive(frozenset())
    """Parts with something not yet looked at."""

    @dataclass
    class Wanted(Message):
        """Another part was asked for."""

        part: Part

    def render_line(self, y: int) -> Strip:
        """The row."""
        plain = self.visual_style
        line: list[Segment] = []
        for part, text in self._places():
            if part == self.here:
                style = self.get_visual_style("parts--here")
            else:
                style = self.get_visual_style("parts--news") if part in self.news else plain
            line.append(Segment(text, style.rich_style))
        return Strip(line).adjust_cell_length(self.size.width, plain.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Asks for the part under the pointer."""
        offset = event.get_content_offset(self)
        start = 0
        for part, text in self._places():
            if offset is not None and start <= offset.x < start + len(text):
                self.post_message(self.Wanted(part))
            start += len(text)

    def _places(self) -> list[tuple[Part, str]]:
        found: list[tuple[Part, str]] = []
        for part, title in titles().items():
            text = safe.one_line(title)
            if part == self.here:
                text = f"[{text}]"
            else:
                text = f"•{text} " if part in self.news else f" {text} "
            found.append((part, text + " "))
        return found

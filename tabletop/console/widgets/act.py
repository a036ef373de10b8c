"""Act: the one thing to do next, as a line to press."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tabletop.console import safe


class Act(Widget, can_focus=True):
    """A line that does something on enter, space or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]
    COMPONENT_CLASSES = {"act--ready"}
    DEFAULT_CSS = """
    Act {
        height: 1;
        color: $accent;
        text-style: bold;
        & .act--ready { background: $accent; color: $on-accent; text-style: bold; }
    }
    """

    label: reactive[str] = reactive("")
    """What it does."""

    @dataclass
    class Pressed(Message):
        """It was pressed."""

        act: "Act"

        @property
        def control(self) -> "Act":
            """The line that was pressed."""
            return self.act

    def watch_label(self, label: str) -> None:
        """Nothing to do takes no room."""
        self.display = bool(label)

    def action_press(self) -> None:
        """Presses it."""
        self.post_message(self.Pressed(self))

    def on_click(self) -> None:
        """Presses it."""
        self.action_press()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        plain = self.visual_style.rich_style
        ready = self.get_visual_style("act--ready").rich_style
        text = safe.label(f"▸ {self.label} " if self.has_focus else f"  {self.label} ")
        text = text.truncate(width, ellipsis=True)
        strip = Strip([Segment(text.plain, ready if self.has_focus else plain)], text.cell_length)
        return strip.adjust_cell_length(width, plain)

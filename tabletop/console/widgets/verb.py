"""Verb: the one thing to do on a screen, as a line to press."""

from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.wording import say


class Verb(Widget, can_focus=True):
    """A line that does something when enter is pressed on it, or the mouse."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("verb.press", "press", say("Go ahead"), show=False),
    ]

    words: reactive[str] = reactive("", layout=True)
    """What it says it will do."""

    class Pressed(Message):
        """Somebody wants it done."""

        def __init__(self, verb: "Verb") -> None:
            super().__init__()
            self.verb = verb

        @property
        def control(self) -> "Verb":
            """The line that was pressed."""
            return self.verb

    def __init__(self, words: str, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Verb.words, words)

    def render(self) -> RenderResult:
        """The words, with the marker that shows where enter goes."""
        return safe.parts("▸ " if self.has_focus else "  ", safe.label(self.words))

    def action_press(self) -> None:
        """Says that it was pressed."""
        self.post_message(self.Pressed(self))

    def on_click(self, event: events.Click) -> None:
        """Is as good as enter."""
        event.stop()
        self.action_press()

    def on_focus(self) -> None:
        """Shows the marker."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Takes the marker away."""
        self.refresh(layout=True)

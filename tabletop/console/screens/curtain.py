"""Curtain: what stands between two people's private screens on one keyboard.

It holds nothing of either role but a name. The screen before it is gone by the time it is drawn,
with every widget; what the mouse selected and what was copied is cleared.
"""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen
from tabletop.console.seating import Seating
from tabletop.console.told import spaced
from tabletop.console.widgets.footer import Footer
from tabletop.wording import say

if TYPE_CHECKING:
    from textual.widgets import Static

PRESSES = 2
"""A terminal can't tell a key that is held from one pressed again and again: two will do."""


class CurtainScreen(BaseScreen[None]):
    """Asks for the keyboard to be passed, and for everyone else to look away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("curtain.ready", "ready", say("Ready")),
    ]
    CSS = """
    CurtainScreen { align: center middle; }
    CurtainScreen Static { width: auto; max-width: 90%; margin-bottom: 1; }
    CurtainScreen #pass { text-style: bold; }
    CurtainScreen #ready { color: $accent; }
    """
    HINTS = ("curtain.ready",)

    def __init__(self, seating: Seating, role: str, name: str) -> None:
        """Takes who is next."""
        super().__init__()
        self.seating = seating
        self.role = role
        self.name_words = name.split(",", maxsplit=1)[0]
        self.pressed = 0

    def compose(self) -> ComposeResult:
        """Three lines."""
        yield safe.static(
            say(
                "Pass the keyboard to the {role}, {name}.",
                role=spaced(self.role),
                name=self.name_words,
            ),
            id="pass",
        )
        yield safe.static(say("Everyone else, please look away."))
        yield safe.static(say("Press space twice, or hold it, when you are ready."), id="ready")
        yield Footer()

    def on_mount(self) -> None:
        """Clears what the last role could leave behind."""
        self.console_app.hand_over()
        # The terminal's own clipboard can't be read, only overwritten.
        self.app.copy_to_clipboard("")

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "Several roles share this keyboard. Each one's screen is private, so this page stands "
            "between them."
        )

    def action_ready(self) -> None:
        """Opens the next role's screen at the second press."""
        self.pressed += 1
        if self.pressed < PRESSES:
            line: Static = self.query_one("#ready")  # type: ignore[assignment]
            line.update(safe.prose(say("Once more.")))
            return
        if self.pressed == PRESSES:
            self.call_later(self.seating.sit, self.console_app, self.role)

    def action_back(self) -> None:
        """Goes home; everything is kept."""
        self.call_later(self.seating.leave, self.console_app)

"""The code of dots, drawn black on white whatever the terminal's colors, so that phones see it."""

from textual.app import ComposeResult

from tabletop.conduct.session.frames import SessionView
from tabletop.console import safe
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.typeset import plain
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.wording import say


class CodeScreen(BaseScreen[None]):
    """How to join, to be held up."""

    CSS = """
    CodeScreen #dots { width: auto; color: $dots; background: $dots-ground; margin-top: 1; }
    """

    def __init__(self, session: SessionView) -> None:
        """Takes the session."""
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """The address, the code, the dots."""
        yield Heading(say("Join"))
        with Page():
            yield Sheet(
                (
                    plain(self.session.address, "title"),
                    plain(say("Code: {code}", code=self.session.code), "title"),
                )
            )
            yield safe.static(self.session.dots, id="dots")
            if self.session.terminals:
                join = say("With a terminal: tabletop join '{at}'", at=self.session.terminals)
                yield Sheet((plain(join, "note", gap=1),))
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say("A phone's camera opens the address with the code filled in.")

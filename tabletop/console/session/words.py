"""Words: a few lines asked for on a page of their own, with what they are for."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, TextArea

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.typeset import plain
from tabletop.console.widgets.decision import LONGEST, Words
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.console.widgets.verb import Verb
from tabletop.wording import say


class WordsScreen(BaseScreen[str | None]):
    """Asks for a line, or for a few; escape gives none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.up", "app.focus_previous", say("Field before"), show=False),
        bind("field.down", "app.focus_next", say("Field after"), show=False),
    ]
    CSS = """
    WordsScreen TextArea { height: 8; border: none; background: $surface; padding: 0 1; }
    WordsScreen Verb { margin-top: 1; }
    """

    def __init__(
        self,
        title: str,
        asked: str,
        does: str,
        *,
        empty: bool = False,
        several: bool = False,
        written: str = "",
    ) -> None:
        """Takes what is asked and what will be done with it; it may be left `empty`.

        `written` is what was written already, where several lines are asked for.
        """
        super().__init__()
        self.title_words = title
        self.asked = asked
        self.does = does
        self.empty = empty
        self.several = several
        self.written = safe.clean(written)

    def compose(self) -> ComposeResult:
        """The question, the field, the verb."""
        yield Heading(self.title_words)
        with Page():
            yield Sheet((plain(self.asked),), classes="said")
            if self.several:
                yield TextArea(self.written, id="words", soft_wrap=True, compact=True)
            else:
                yield Words(max_length=LONGEST, compact=True, id="words", select_on_focus=False)
            yield Verb(self.does)
        yield Footer()

    def on_mount(self) -> None:
        """Begins in the field."""
        self.query_one("#words").focus()

    def about(self) -> str:
        """What one does here."""
        return say("Write, then press enter on the line below. Escape does nothing and goes back.")

    @on(Input.Submitted)
    @on(Verb.Pressed)
    def done(self) -> None:
        """Gives the words back, once there are some."""
        field = self.query_one("#words")
        text = field.text if isinstance(field, TextArea) else self.query_one(Words).value
        words = safe.clean(text).strip()
        if words or self.empty:
            self.dismiss(words)
        else:
            field.focus()

    def action_back(self) -> None:
        """Gives none."""
        self.dismiss(None)

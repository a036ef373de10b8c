"""Fields: a few lines asked for together, with what they are for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.typeset import plain
from tabletop.console.widgets.decision import LONGEST, Words
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.console.widgets.verb import Verb
from tabletop.wording import say


@dataclass(frozen=True, slots=True)
class Field:
    """A line that is asked for."""

    name: str
    label: str
    value: str = ""
    needed: bool = False
    restrict: str = ""
    """What may be typed, as a regular expression; anything where none is given."""


class FieldsScreen(BaseScreen[dict[str, str] | None]):
    """Asks for some lines; escape gives none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("after.send", "send", say("Done")),
        bind("field.up", "app.focus_previous", say("Field before"), show=False),
        bind("field.down", "app.focus_next", say("Field after"), show=False),
    ]
    CSS = """
    FieldsScreen Words { border: none; background: $surface; padding: 0 1; height: 1; }
    FieldsScreen Sheet { margin-top: 1; }
    FieldsScreen Verb { margin-top: 1; }
    """

    def __init__(self, title: str, told: str, fields: Sequence[Field], does: str) -> None:
        """Takes what is asked, and what will be done with it."""
        super().__init__()
        self.title_words = title
        self.told = told
        self.fields = tuple(fields)
        self.does = does

    def compose(self) -> ComposeResult:
        """The lines, and the verb."""
        yield Heading(self.title_words)
        with Page():
            yield Sheet((plain(self.told, "note"),))
            for field in self.fields:
                yield Sheet((plain(field.label, "strong" if field.needed else "text"),))
                words = Words(
                    max_length=LONGEST, compact=True, id=field.name, select_on_focus=False
                )
                words.restrict = field.restrict or None
                words.value = safe.field(field.value)
                yield words
            yield Verb(self.does)
        yield Footer()

    def on_mount(self) -> None:
        """Begins in the first."""
        super().on_mount()
        self.query(Words).first().focus()

    def about(self) -> str:
        """What one does here."""
        return say("Enter or the arrows go to the next line. Escape does nothing and goes back.")

    @on(Input.Submitted)
    def next(self) -> None:
        """Goes on to the next line."""
        self.app.action_focus_next()

    @on(Verb.Pressed)
    def action_send(self) -> None:
        """Gives the lines back, once those that are needed are there."""
        given = {
            field.name: safe.clean(self.query_one(f"#{field.name}", Words).value).strip()
            for field in self.fields
        }
        for field in self.fields:
            if field.needed and not given[field.name]:
                self.query_one(f"#{field.name}").focus()
                safe.notify(self.app, say("{label} is needed.", label=field.label), "warning")
                return
        self.dismiss(given)

    def action_back(self) -> None:
        """Gives none."""
        self.dismiss(None)

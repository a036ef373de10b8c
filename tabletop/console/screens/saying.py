"""Saying: a few words to one role, or to all."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.told import spaced
from tabletop.console.typeset import plain
from tabletop.console.widgets.answers import Answers, Item
from tabletop.console.widgets.decision import LONGEST, Words
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.console.widgets.verb import Verb
from tabletop.exercise.view_types import PersonView
from tabletop.wording import say


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is to be said, and to whom."""

    to: str
    words: str


class SayingScreen(BaseScreen[Spoken | None]):
    """Asks whom to tell and what; escape says nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.up", "app.focus_previous", say("Field before"), show=False),
        bind("field.down", "app.focus_next", say("Field after"), show=False),
    ]
    HINTS = ("list.select",)

    def __init__(
        self,
        people: tuple[PersonView, ...],
        spoken: Spoken | None = None,
        *,
        facilitated: bool = False,
    ) -> None:
        """Takes who is at the table, and what was written before if it was not accepted."""
        super().__init__()
        self.facilitated = facilitated
        self.people = tuple(person for person in people if person.who not in ("you", "joins later"))
        self.spoken = spoken or Spoken("", "")

    def compose(self) -> ComposeResult:
        """Whom, then what."""
        yield Heading(say("Say something"))
        with Page():
            yield Sheet(
                (plain(say("To whom? They read it with your name; it is recorded.")),),
                classes="said",
            )
            yield Answers(numbered=False, id="whom")
            yield Words(
                safe.field(self.spoken.words, LONGEST),
                max_length=LONGEST,
                compact=True,
                id="words",
                select_on_focus=False,
            )
            yield Verb(say("Say it"))
        yield Footer()

    def on_mount(self) -> None:
        """Offers everyone who is at the table."""
        answers = self.query_one("#whom", Answers)
        everyone = Item("all", say("everyone"), plain=True)
        answers.chosen = self.spoken.to
        answers.items = (everyone,) * (len(self.people) > 1) + tuple(
            Item(
                person.role,
                f"{spaced(person.role)} · {person.name.split(',')[0]}",
                plain=True,
                quiet=say("(stand-in)") if person.who == "stand-in" else "",
            )
            for person in self.people
        )
        if self.facilitated:
            answers.items = (
                *answers.items,
                Item(
                    "facilitator",
                    say("the facilitator"),
                    plain=True,
                    quiet=say("(nobody else who plays)"),
                ),
            )
        if len(answers.items) == 1:
            answers.chosen = answers.items[0].id
        answers.focus()

    def about(self) -> str:
        """What one does here."""
        return say(
            "Choose whom to tell, write a line, and press enter. Stand-ins read it and do not "
            "answer. Escape says nothing."
        )

    @on(Answers.Chosen)
    def chosen(self, message: Answers.Chosen) -> None:
        """Goes on to the words."""
        message.stop()
        self.query_one("#words").focus()

    @on(Input.Submitted)
    @on(Verb.Pressed)
    def spoken_up(self) -> None:
        """Gives back what is to be said, once there is something and someone."""
        to = self.query_one("#whom", Answers).chosen
        words = self.query_one("#words", Input).value.strip()
        if not to:
            self.query_one("#whom").focus()
        elif not words:
            self.query_one("#words").focus()
        else:
            self.dismiss(Spoken(to, words))

    def action_back(self) -> None:
        """Says nothing."""
        self.dismiss(None)

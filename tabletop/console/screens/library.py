"""Library: every scenario, with what it contains, before anything starts."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.conduct.errors import TabletopError
from tabletop.console import safe, told
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.footer import Footer
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import ScenarioCard


class Shelf(Choices):
    """The scenarios there are."""

    def about(self) -> str:
        """What one does here."""
        return say(
            "Move through the exercises to read what each is about, how long it takes, who is in "
            "it and what it contains. Enter goes on to choosing a role; nothing starts yet. "
            "Documents saves the papers for a room: manual, briefs, handbook and more."
        )


class LibraryScreen(BaseScreen[None]):
    """The scenarios, and beside or below them what the one in focus is about."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("library.papers", "papers", say("Documents"))]
    HINTS = ("list.select", "library.papers", "page_down")
    CSS = """
    LibraryScreen #detail { height: auto; margin-top: 1; }
    LibraryScreen.-wide Page { layout: horizontal; }
    LibraryScreen.-wide #shelf { width: 40; margin-right: 3; }
    LibraryScreen.-wide #detail { width: 1fr; max-width: 72; margin-top: 0; }
    """

    class Read(Message):
        """The library has been read."""

        def __init__(
            self, cards: tuple["ScenarioCard", ...], played: frozenset[str], problem: str
        ) -> None:
            super().__init__()
            self.cards = cards
            self.played = played
            self.problem = problem

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[str, ScenarioCard] = {}
        self.played: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        """The list and the detail."""
        yield Heading(say("Library"))
        with Page():
            yield Shelf(id="shelf")
            with Vertical(id="detail"):
                yield safe.static(say("Reading the library …"), id="card")
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say("The exercises you can play.")

    def on_screen_resume(self) -> None:
        """Reads the library again: something may have been played since."""
        self.read()

    @work(thread=True, exclusive=True, group="read")
    def read(self) -> None:
        """Reads cards and what has been played, away from the screen."""
        played: frozenset[str] = frozenset()
        try:
            played = frozenset(each.scenario_name for each in self.console_app.folder.exercises())
            cards = self.console_app.library.cards()
        except TabletopError as error:
            self.post_message(self.Read((), played, str(error)))
        else:
            self.post_message(self.Read(cards, played, ""))

    @on(Read)
    def take(self, message: Read) -> None:
        """Shows what was read."""
        self.cards = {card.slug: card for card in message.cards}
        self.played = message.played
        shelf = self.query_one(Shelf)
        before = shelf.highlighted_option
        shelf.set_options(self.line(card) for card in message.cards)
        shelf.highlighted = 0
        if before is not None and before.id is not None:
            shelf.point_at(before.id)
        shelf.focus()
        if not message.cards:
            sentence = message.problem or say("There is no exercise here.")
            self.query_one("#card", Static).update(safe.prose(sentence))

    def line(self, card: "ScenarioCard") -> Option:
        """A scenario's line."""
        if card.problem:
            state = say("can't be played as it is")
        elif card.slug in self.played:
            state = say("played")
        else:
            state = say("not played yet")
        minutes = told.alone(card) if card.minutes_alone or card.minutes_group else ""
        beside = " · ".join(part for part in (minutes, state) if part)
        return Choices.line(card.title or card.slug, beside, id=card.slug)

    @on(OptionList.OptionHighlighted)
    def look(self, message: OptionList.OptionHighlighted) -> None:
        """Shows what the scenario is about."""
        card = self.cards.get(message.option_id or "")
        if card is not None:
            self.query_one("#card", Static).update(safe.prose(detail(card)))

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Goes on to the roles, or says why not."""
        card = self.cards.get(message.option_id or "")
        if card is None:
            return
        if card.problem:
            self.console_app.problem(card.problem)
        else:
            self.console_app.open_setup(card.slug)

    def action_papers(self) -> None:
        """Opens the documents of the scenario in focus."""
        from tabletop.console.screens.papers import planned_papers

        option = self.query_one(Shelf).highlighted_option
        card = self.cards.get(option.id or "") if option else None
        if card is None:
            return
        if card.problem:
            self.console_app.problem(card.problem)
        else:
            self.app.push_screen(planned_papers(self, card.title, card.slug))


def detail(card: "ScenarioCard") -> Content:
    """What there is to know of a scenario before choosing it."""
    if card.problem:
        return safe.parts((card.problem, "$warning"))
    pieces: list[str | Content | tuple[str, str]] = [(card.title, "bold"), "\n"]
    minutes = told.minutes(card)
    if minutes:
        pieces += [(minutes, "$quiet"), "\n"]
    pieces += ["\n", told.unwrapped(card.summary)]
    pieces += ["\n\n", (say("Who is in it"), "bold")]
    for role in card.roles:
        pieces += ["\n", role.name, (f"  {told.discipline(role)}", "$quiet")]
    pieces += ["\n\n", (say("What it contains"), "bold"), "\n", contents(card)]
    return safe.parts(*pieces)


def contents(card: "ScenarioCard") -> Content:
    """The content notes as one line each."""
    if not card.themes:
        return safe.parts((say("No content that calls for a note."), "$quiet"))
    pieces: list[str | Content | tuple[str, str]] = []
    for number, (name, note) in enumerate(card.themes):
        pieces += ["\n"] if number else []
        pieces += [note or told.spaced(name)]
    return safe.parts(*pieces)

"""Rooms: what is asked before one hosts a session, or joins one, from the home screen."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from tabletop.conduct.errors import TabletopError
from tabletop.conduct.session.protocol import Hosting, Joining
from tabletop.console import safe, told
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.screens.choice import ChoiceScreen
from tabletop.console.typeset import plain
from tabletop.console.widgets.answers import Item
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.decision import Words
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.console.widgets.verb import Verb
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import ScenarioCard
    from tabletop.conduct.session.kept_seats import KeptSeat

TABLES = (1, 2, 3, 4, 6, 8)
LONGEST = 200
AGAIN = "again "
MOST_SEATS = 3
"""How many seats to go back to are offered."""


class Sessions(Choices):
    """A session that stopped, and the scenarios one may host."""

    def about(self) -> str:
        """What one does here."""
        return say(
            "Enter chooses what people are to play; who may come is asked next, and nothing is "
            "open before that. A session that stopped goes on with everyone in their seats."
        )


class HostingScreen(BaseScreen[None]):
    """What is to be hosted."""

    HINTS = ("list.select",)

    class Read(Message):
        """What there is to host is known."""

        def __init__(
            self, held: tuple[str, ...], cards: tuple["ScenarioCard", ...], problem: str
        ) -> None:
            super().__init__()
            self.held = held
            self.cards = cards
            self.problem = problem

    def compose(self) -> ComposeResult:
        """The list, and what hosting is."""
        yield Heading(say("Host a session"))
        with Page():
            yield Sheet(
                (plain(say("People join with phones, laptops or terminals; you conduct here.")),),
                classes="said",
            )
            yield Sessions(id="sessions")
            yield safe.static("", id="trouble")
        yield Footer()

    def on_mount(self) -> None:
        """Looks for what there is."""
        super().on_mount()
        self.query_one(Sessions).focus()
        self.read()

    @work(thread=True, exclusive=True, group="read")
    def read(self) -> None:
        """Reads the library and the data folder, away from the screen."""
        rooms = self.console_app.rooms
        held: tuple[str, ...] = ()
        try:
            held = rooms.held() if rooms is not None else ()
            cards = self.console_app.library.cards()
        except TabletopError as error:
            self.post_message(self.Read(held, (), str(error)))
        else:
            self.post_message(self.Read(held, cards, ""))

    @on(Read)
    def take(self, message: Read) -> None:
        """Shows what was found."""
        sessions = self.query_one(Sessions)
        sessions.set_options(
            [
                *(
                    Choices.line(say("Go on with the last session"), id, id=f"{AGAIN}{id}")
                    for id in message.held[:1]
                ),
                *(
                    Choices.line(card.title, told.minutes(card), id=card.slug)
                    for card in message.cards
                    if not card.problem
                ),
            ]
        )
        sessions.highlighted = 0
        self.query_one("#trouble", Static).update(safe.prose(message.problem))

    @on(OptionList.OptionSelected)
    def chosen(self, message: OptionList.OptionSelected) -> None:
        """Asks who may come, then how, then begins."""
        chosen = message.option_id or ""
        again = chosen.startswith(AGAIN)
        session = chosen.removeprefix(AGAIN) if again else ""

        def reached(where: str | None) -> None:
            if not where:
                return
            lan = where == "lan"
            if again:
                self.console_app.host(Hosting(session=session, lan=lan))
                return
            self._ask_door(chosen, lan)

        items = (
            Item("", say("Go back"), plain=True),
            Item("lan", say("Everyone on this network"), plain=True,
                 quiet=say("phones and laptops in the room")),
            Item("here", say("This computer only"), plain=True, quiet=say("to try it out")),
        )  # fmt: skip
        self.app.push_screen(ChoiceScreen(say("Who can reach it?"), (), items), reached)

    def _ask_door(self, scenario: str, lan: bool) -> None:
        def let(how: str | None) -> None:
            if how:
                self._ask_tables(scenario, lan, how == "open")

        items = (
            Item("", say("Go back"), plain=True),
            Item("closed", say("You let each person in"), plain=True),
            Item("open", say("Whoever has the code is in"), plain=True),
        )
        self.app.push_screen(ChoiceScreen(say("Who is let in?"), (), items), let)

    def _ask_tables(self, scenario: str, lan: bool, open_door: bool) -> None:
        def seated(tables: str | None) -> None:
            if tables:
                self.console_app.host(
                    Hosting(scenario, lan=lan, open_door=open_door, tables=int(tables))
                )

        items = [
            Item(
                str(n),
                say("One table, everyone together") if n == 1 else say("{n} tables", n=n),
                plain=True,
            )
            for n in TABLES
        ]
        self.app.push_screen(ChoiceScreen(say("How many tables?"), (), items), seated)


class Back(Verb):
    """The way back to a seat that is kept here."""

    def __init__(self, seat: "KeptSeat") -> None:
        """Takes the seat."""
        at = seat.address.partition("//")[2]
        super().__init__(
            say("Back to {title} as {name}, at {at}", title=seat.title, name=seat.name, at=at)
        )
        self.seat = seat


class JoiningScreen(BaseScreen[None]):
    """Where to, with which code, and as whom; or back to a seat that is kept here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.up", "app.focus_previous", say("Field before"), show=False),
        bind("field.down", "app.focus_next", say("Field after"), show=False),
    ]
    HINTS = ("words.done", "verb.press")
    CSS = """
    JoiningScreen Words { height: 1; border: none; padding: 0 1; background: $surface; }
    JoiningScreen Words:focus { background: $cursor; color: $text; }
    JoiningScreen Verb { margin-top: 1; }
    JoiningScreen Back { margin: 0; }
    """

    def __init__(self) -> None:
        """Looks which seats are kept here."""
        super().__init__()
        rooms = self.console_app.rooms
        self.seats = rooms.seats()[:MOST_SEATS] if rooms is not None else ()

    def compose(self) -> ComposeResult:
        """The seats, the fields and the verb."""
        yield Heading(say("Join a session"))
        fields = (
            ("address", say("The address, as the facilitator shows it")),
            ("code", say("The code; it may stay empty where the address holds it")),
            ("called", say("Your name, or what you want to be called there")),
            ("wish", say("The role you would like; it may stay empty")),
        )
        with Page():
            for seat in self.seats:
                yield Back(seat)
            if self.seats:
                yield Sheet((plain(say("Or join as somebody new."), gap=1),), classes="said")
            for id, label in fields:
                yield Sheet((plain(label, gap=0 if id == "address" else 1),))
                yield Words(max_length=LONGEST, compact=True, id=id, select_on_focus=False)
            yield Verb(say("Join"))
        yield Footer()

    def on_mount(self) -> None:
        """Begins with the last seat, else with the address."""
        super().on_mount()
        self.query("Back, #address").first().focus()

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "What you do is recorded on the facilitator's computer and read by those at the table "
            "as the exercise allows; the facilitator deletes it. Arrows go from field to field. A "
            "seat you left for now is kept on this computer for a week and stands at the top."
        )

    @on(Input.Submitted)
    def next_field(self, message: Input.Submitted) -> None:
        """Goes on to the next field, and from the last to joining."""
        if message.input.id == "wish":
            self.join()
        else:
            self.app.action_focus_next()

    @on(Verb.Pressed)
    def pressed(self, message: Verb.Pressed) -> None:
        """Goes back to a seat, or joins."""
        if isinstance(message.verb, Back):
            self.console_app.join(Joining(seat=message.verb.seat))
        else:
            self.join()

    def join(self) -> None:
        """Joins once there is enough to."""
        given = {field.id or "": safe.clean(field.value).strip() for field in self.query(Words)}
        for needed in ("address", "called"):
            if not given[needed]:
                self.query_one(f"#{needed}").focus()
                return
        wish = given["wish"].casefold().replace(" ", "_")
        self.console_app.join(Joining(given["address"], given["code"], given["called"], wish))

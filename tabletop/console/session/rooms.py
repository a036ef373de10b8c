"""Rooms: what is asked before one hosts a session from the home screen."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from tabletop.conduct.errors import TabletopError
from tabletop.conduct.session.protocol import Hosting
from tabletop.console import safe, told
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.screens.choice import ChoiceScreen
from tabletop.console.session.fields import Field, FieldsScreen
from tabletop.console.typeset import plain
from tabletop.console.widgets.answers import Item
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import ScenarioCard

TABLES = (1, 2, 3, 4, 6, 8)
AGAIN = "again "
PARAMETER = "parameter-"


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

    class Named(Message):
        """What a scenario lets people name is known, and what it is otherwise."""

        def __init__(self, asked: Hosting, parameters: dict[str, str]) -> None:
            super().__init__()
            self.asked = asked
            self.parameters = parameters

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
        if chosen.startswith(AGAIN):
            # It listens where it did, so that everyone comes back by themselves.
            self.console_app.host(Hosting(session=chosen.removeprefix(AGAIN)))
            return

        def reached(where: str | None) -> None:
            if where:
                self._ask_wire(Hosting(chosen, lan=where == "lan"))

        items = (
            Item("", say("Go back"), plain=True),
            Item("lan", say("Everyone on this network"), plain=True,
                 quiet=say("phones and laptops in the room")),
            Item("here", say("This computer only"), plain=True, quiet=say("to try it out")),
        )  # fmt: skip
        self.app.push_screen(ChoiceScreen(say("Who can reach it?"), (), items), reached)

    def _ask_wire(self, asked: Hosting) -> None:
        rooms = self.console_app.rooms
        if not asked.lan or rooms is None or not rooms.certifies():
            self._ask_door(asked)
            return

        def spoken(how: str | None) -> None:
            if how:
                self._ask_door(replace(asked, tls=how == "tls"))

        items = (
            Item("", say("Go back"), plain=True),
            Item("plain", say("Whoever shares this network could listen"), plain=True,
                 quiet=say("every phone just works")),
            Item("tls", say("Nobody can, with a certificate for this session"), plain=True,
                 quiet=say("browsers warn, terminals don't")),
        )  # fmt: skip
        self.app.push_screen(ChoiceScreen(say("Who could listen?"), (), items), spoken)

    def _ask_door(self, asked: Hosting) -> None:
        def let(how: str | None) -> None:
            if how:
                self._ask_tables(replace(asked, open_door=how == "open"))

        items = (
            Item("", say("Go back"), plain=True),
            Item("closed", say("You let each person in"), plain=True),
            Item("open", say("Whoever has the code is in"), plain=True),
        )
        self.app.push_screen(ChoiceScreen(say("Who is let in?"), (), items), let)

    def _ask_tables(self, asked: Hosting) -> None:
        def seated(tables: str | None) -> None:
            if tables:
                self.read_names(replace(asked, tables=int(tables)))

        items = [
            Item(
                str(n),
                say("One table, everyone together") if n == 1 else say("{n} tables", n=n),
                plain=True,
            )
            for n in TABLES
        ]
        self.app.push_screen(ChoiceScreen(say("How many tables?"), (), items), seated)

    @work(thread=True, exclusive=True, group="read")
    def read_names(self, asked: Hosting) -> None:
        """Reads what the scenario lets people name, away from the screen."""
        try:
            scenario = self.console_app.library.load(asked.scenario).scenario
        except TabletopError as error:
            self.post_message(self.Read((), (), str(error)))
        else:
            self.post_message(self.Named(asked, dict(scenario.parameters)))

    @on(Named)
    def ask_names(self, message: Named) -> None:
        """Asks what things are called, and opens the room."""
        asked, parameters = message.asked, message.parameters
        fields = [Field("called", say("What you are called in the room"))]
        if asked.lan:
            fields.append(Field("public", say("The address people type, where it is another")))
        fields += [
            Field(f"{PARAMETER}{name}", told.spaced(name).capitalize(), value)
            for name, value in parameters.items()
        ]

        def named(given: dict[str, str] | None) -> None:
            if given is None:
                return
            written = ((name, given[f"{PARAMETER}{name}"]) for name in parameters)
            own = tuple((name, text) for name, text in written if text and text != parameters[name])
            public = given.get("public", "")
            self.console_app.host(
                replace(asked, name=given["called"], public=public, parameters=own)
            )

        why = say("Everything may stay as it is. Names of the scenario can be your own agency's.")
        self.app.push_screen(FieldsScreen(say("Names"), why, fields, say("Open the room")), named)

"""The door: who has come, which role each of them has, and what lets people in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import OptionList, Static

from tabletop.conduct.connection import Rejected
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.frames import ConductFrame, SessionView
from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Command, Heading, Page
from tabletop.console.screens.choice import ChoiceScreen
from tabletop.console.session import guests
from tabletop.console.session.words import WordsScreen
from tabletop.console.typeset import plain
from tabletop.console.widgets.answers import Item
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import ConductConnection


class People(Choices):
    """Everyone who has come."""

    def about(self) -> str:
        """What one does here."""
        return say(
            "Enter on a name lets that person in, gives them a role, moves them or frees their "
            "seat. Nobody reads anything of the exercise before they are let in."
        )


class DoorScreen(BaseScreen[None]):
    """Who is in the room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("door.begin", "begin", say("Begin")),
        bind("door.balance", "balance", say("Give everyone a role")),
        bind("door.rehearse", "rehearse", say("Rehearse")),
        bind("door.list", "list", say("Assign from a list"), show=False),
        bind("door.open", "open_door", say("Open or close the door"), show=False),
        bind("door.lock", "lock", say("Lock or unlock"), show=False),
        bind("door.code", "code", say("Code to join")),
    ]
    HINTS = ("list.select", "door.begin", "door.balance", "door.code")
    CSS = """
    DoorScreen #joining { margin-bottom: 1; }
    DoorScreen #state, DoorScreen #keys { color: $quiet; }
    DoorScreen #keys { margin-bottom: 1; }
    """

    class Framed(Message):
        """The session has changed."""

        def __init__(self, frame: ConductFrame) -> None:
            super().__init__()
            self.frame = frame

    class Done(Message):
        """Something was asked of the session and answered."""

        def __init__(self, command: s.SessionCommand, sentence: str) -> None:
            super().__init__()
            self.command = command
            self.sentence = sentence

    def __init__(self, line: "ConductConnection") -> None:
        """Takes the line of someone who facilitates."""
        super().__init__()
        self.line = line
        self.session: SessionView | None = None

    def compose(self) -> ComposeResult:
        """How to join, how the door stands, who is here."""
        yield Heading(say("The room"))
        with Page():
            yield Sheet(id="joining")
            yield safe.static("", id="state")
            yield safe.static("", id="keys")
            yield People(id="people")
            yield Sheet(id="nobody")
        yield Footer()

    def on_mount(self) -> None:
        """Listens."""
        super().on_mount()
        self.listen()
        self.query_one(People).focus()

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "People who join stand here until you let them in. Give them roles one by one, from a "
            "list, or all at once. Stand-ins take the roles nobody has. A rehearsal runs with "
            "stand-ins only, and nothing of it is kept."
        )

    def commands(self) -> Iterable[Command]:
        """What else can be done at the door."""
        yield say("Assign from a list"), say("Lines of name, role"), "screen.list"
        yield say("Open or close the door"), say("Whether all who come are in"), "screen.open_door"
        yield say("Lock or unlock the room"), say("Nobody is put out by it"), "screen.lock"
        yield say("Rehearse"), say("With stand-ins; nothing is kept"), "screen.rehearse"

    @work(group="listen")
    async def listen(self) -> None:
        """Brings every change."""
        async for frame in self.line.frames():
            self.post_message(self.Framed(frame))

    @on(Framed)
    def take(self, message: Framed) -> None:
        """Shows who is here now."""
        session = message.frame.session
        if session == self.session:
            return
        begins = self.session is not None and self.session.phase == "gathering"
        self.session = session
        if begins and session.phase in ("running", "rehearsing") and self.is_current:
            self.dismiss()
            return
        self.query_one("#joining", Sheet).blocks = guests.joining(session)
        self.query_one("#state").update(safe.prose(guests.state(session)))  # type: ignore[attr-defined]
        self.query_one("#keys", Static).update(safe.prose(guests.keys(session)))
        people = self.query_one(People)
        here = people.highlighted_option
        there = [person for person in session.people if person.number != 1]
        people.set_options(guests.row(person, session) for person in there)
        if here is not None and here.id:
            people.point_at(here.id)
        if people.highlighted is None and there:
            people.highlighted = 0
        nobody = () if there else (plain(say("Nobody has come yet."), "note"),)
        self.query_one("#nobody", Sheet).blocks = nobody
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        session = self.session
        if action in ("begin", "rehearse", "balance"):
            if session is None or session.phase == "over":
                return False
            return action == "balance" or session.phase == "gathering"
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def ask(self, message: OptionList.OptionSelected) -> None:
        """Asks what is to be done about a person."""
        session = self.session
        if session is None or not message.option_id:
            return
        number = int(message.option_id)
        person = next((each for each in session.people if each.number == number), None)
        if person is None:
            return

        def answered(choice: str | None) -> None:
            command = guests.asked(choice or "", person)
            if command is not None:
                self.manage(command)

        self.app.push_screen(
            ChoiceScreen(person.name, guests.about(person), tuple(guests.offers(person, session))),
            answered,
        )

    @work(group="manage")
    async def manage(self, command: s.SessionCommand) -> None:
        """Asks something of the session."""
        answer = await self.line.manage(command)
        sentence = answer.sentence if isinstance(answer, Rejected) else ""
        self.post_message(self.Done(command, sentence))

    @on(Done)
    def tell(self, message: Done) -> None:
        """Says why something was not done; a list that could not be taken is there to be mended."""
        if message.sentence:
            safe.notify(self.app, message.sentence, "warning", seconds=8)
        if isinstance(message.command, s.AssignList):
            if message.sentence:
                self.ask_list(message.command.text)
            else:
                safe.notify(self.app, say("Assigned. Who is not here yet gets it on coming."))

    def action_begin(self) -> None:
        """Begins, once it was asked whether to."""
        session = self.session
        if session is None:
            return
        told = guests.beginning(session)

        def answered(choice: str | None) -> None:
            if choice == "begin":
                self.manage(s.Begin())

        items = (
            Item("", say("Wait"), plain=True),
            Item("begin", say("Begin the exercise"), plain=True),
        )
        self.app.push_screen(ChoiceScreen(say("Begin?"), told, items), answered)

    def action_balance(self) -> None:
        """Gives everyone without a role one."""
        self.manage(s.Balance())

    def action_rehearse(self) -> None:
        """Runs it with stand-ins."""
        self.manage(s.Rehearse())

    def action_open_door(self) -> None:
        """Lets whoever comes in, or no longer."""
        if self.session is not None:
            self.manage(s.OpenDoor(not self.session.open))

    def action_lock(self) -> None:
        """Lets nobody new come, or again."""
        if self.session is not None:
            self.manage(s.LockDoor(not self.session.locked))

    def action_list(self) -> None:
        """Asks for a list of names and roles."""
        self.ask_list("")

    def ask_list(self, written: str) -> None:
        """Asks for a list, with what was written of it before."""

        def answered(text: str | None) -> None:
            if text:
                self.manage(s.AssignList(text))

        roles = [role.id for role in self.session.roles] if self.session else []
        many = self.session is not None and len(self.session.tables) > 1
        asked_for = say(
            "A line for each person: {form}. The roles are {roles}. Who is not here yet gets theirs"
            " on coming.",
            form=say("name, role, table") if many else say("name, role"),
            roles=", ".join(roles),
        )
        screen = WordsScreen(
            say("Assign from a list"), asked_for, say("Assign them"), several=True, written=written
        )
        self.app.push_screen(screen, answered)

    def action_code(self) -> None:
        """Shows the code of dots, large."""
        if self.session is not None and self.session.address:
            from tabletop.console.session.code import CodeScreen

            self.app.push_screen(CodeScreen(self.session))

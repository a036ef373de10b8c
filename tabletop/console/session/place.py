"""A person's place in a session: waiting to be let in, then the very screens of solo play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message

from tabletop.conduct.connection import Connection
from tabletop.conduct.errors import RecordError, TabletopError
from tabletop.conduct.session.frames import PlaceFrame
from tabletop.console import safe
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.screens.choice import ChoiceScreen
from tabletop.console.screens.exercise import ExerciseScreen
from tabletop.console.session.after import AfterScreen
from tabletop.console.session.conduct import ConductScreen
from tabletop.console.told import called, unwrapped
from tabletop.console.typeset import Block, plain
from tabletop.console.widgets.answers import Item
from tabletop.console.widgets.decision import Words
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.exercise.record import Record
from tabletop.exercise.view_types import PlayerView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import PlaceConnection


ACTS = frozenset(
    {"on", "reason", "confidence", "say", "pause", "care", "step_out", "skip", "choose"}
)
"""What a player does on an exercise's screen, and nobody who only looks at it."""


class AtTable:
    """One seat of an exercise that is not ours to close, as the screens of an exercise hold it."""

    def __init__(self, line: Connection, role: str, *, looks: bool = False) -> None:
        """Takes the seat's line."""
        self._line = line
        self.roles = (role,)
        self.id = ""
        self.revision = None
        self.looks = looks
        """Whether nothing can be done here."""

    def connection(self, role: str) -> Connection:
        """The seat's line."""
        return self._line

    async def record(self) -> Record:
        """Nothing: the record of a table is its facilitator's."""
        raise RecordError(say("The record of this exercise is kept by the facilitator."))

    async def close(self) -> None:
        """Leaves the line; the exercise goes on."""
        await self._line.close()


class PlayingScreen(ExerciseScreen):
    """An exercise's screen at a table that others conduct."""

    # The rules it inherits name the class they were written for.
    SCOPED_CSS = False

    def __init__(self, table: AtTable, place: PlaceConnection | None = None) -> None:
        """Takes the seat, and the place it belongs to unless one only looks."""
        super().__init__(table)
        self.table = table
        self.place = place
        self.debrief_open = False
        """Whether the facilitator has opened the debrief."""

    @work(group="seat")
    async def close_for_debrief(self) -> None:
        """Goes where one writes how it was, and reads the debrief once it is open."""
        if self.place is not None and self.connection is not None:
            assert self.view is not None
            after = AfterScreen(self.place, self.connection, self.view, opened=self.debrief_open)
            self.app.push_screen(after)

    def _brief(self, view: PlayerView) -> None:
        """Shows the briefing to whoever plays; who only looks finds the brief in the feed."""
        if not self.table.looks:
            super()._brief(view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys do something now: none that acts, where one only looks."""
        if self.table.looks and action in ACTS:
            return False
        return super().check_action(action, parameters)

    def _tell_state(self) -> None:
        super()._tell_state()
        if self.table.looks and not self.gone:
            self.status.state = say("you only look; esc goes back")

    def stand(self, *, reached: bool, opened: bool) -> None:
        """Takes whether the session can be reached, and whether the debrief is open."""
        regained, self.reached = reached and not self.reached, reached
        if regained:
            safe.notify(self.app, say("Connected again. Nothing was lost."))
        if self.is_mounted:
            self._tell_state()
        if opened and not self.debrief_open:
            safe.notify(self.app, say("The facilitator has opened the debrief."), seconds=12)
        self.debrief_open = opened
        for screen in self.app.screen_stack:
            if isinstance(screen, AfterScreen):
                screen.open(opened)

    def action_back(self) -> None:
        """Leaves a part, or the view one looks at, or asks whether to leave the table."""
        if self.part != "situation" or isinstance(self.focused, Words):
            super().action_back()
        elif self.place is None:
            self.leave_line()
            self.dismiss()
        else:
            leaving(self, self.place)

    @work(group="seat")
    async def leave_line(self) -> None:
        """Lets go of the line."""
        await self.table.close()


class PlaceScreen(BaseScreen[None]):
    """Where a person waits, and where they come back to between scenes of their own."""

    class Framed(Message):
        """They stand elsewhere now."""

        def __init__(self, frame: PlaceFrame) -> None:
            super().__init__()
            self.frame = frame

    class Over(Message):
        """The session is closed, or can't be reached any more."""

    def __init__(self, place: PlaceConnection) -> None:
        """Takes the place."""
        super().__init__()
        self.place = place
        self.playing = False
        self.screen_of_play: PlayingScreen | None = None

    def compose(self) -> ComposeResult:
        """What they wait for."""
        yield Heading(say("Your place"))
        with Page():
            yield Sheet(id="standing")
        yield Footer()

    def on_mount(self) -> None:
        """Listens."""
        super().on_mount()
        self.listen()

    def about(self) -> str:
        """What this screen is for."""
        return say("The facilitator lets people in and begins. This page goes on by itself.")

    @work(group="listen")
    async def listen(self) -> None:
        """Brings every change."""
        async for frame in self.place.frames():
            self.post_message(self.Framed(frame))
        self.post_message(self.Over())

    @on(Framed)
    def take(self, message: Framed) -> None:
        """Waits on, plays, or conducts."""
        frame = message.frame
        conducting = self.place.conducting()
        if conducting is not None:
            self.console_app.show(ConductScreen(conducting))
            return
        lost = (
            ()
            if self.place.reached
            else (
                plain(
                    say("Connection lost; it is tried again, and your place is kept."), "warning"
                ),
            )
        )
        self.query_one("#standing", Sheet).blocks = (*lost, *standing(frame))
        line = self.place.connection() if frame.phase in ("playing", "over") else None
        if line is not None and not self.playing:
            self.playing = True
            self.screen_of_play = PlayingScreen(AtTable(line, frame.role), self.place)
            self.app.push_screen(self.screen_of_play, self._back)
        elif line is None and self.playing:
            self.playing = False
            while self.app.screen is not self and len(self.app.screen_stack) > 1:
                self.app.pop_screen()
        if self.screen_of_play is not None and self.playing:
            self.screen_of_play.stand(reached=self.place.reached, opened=frame.debrief)

    @on(Over)
    def leave(self) -> None:
        """Goes home, unless one has left by oneself."""
        if self in self.app.screen_stack:
            self.console_app.left_session(self.place.closing)

    def action_back(self) -> None:
        """Asks whether to leave."""
        leaving(self, self.place)

    def _back(self, _: object) -> None:
        self.playing = False


def leaving(screen: BaseScreen[None], place: PlaceConnection) -> None:
    """Asks whether to leave the session, and says what becomes of one's place."""
    told = plain(
        say(
            "The table goes on. Leave for now, and your seat is kept on this computer: join at the "
            "same address to come back to it. Give it up, and a stand-in takes it."
        )
    )
    items = (
        Item("", say("Stay"), plain=True),
        Item("now", say("Leave for now"), plain=True),
        Item("good", say("Give up my seat"), plain=True, quiet=say("for good")),
    )

    async def given_up() -> None:
        try:
            await place.leave()
        except TabletopError as error:
            safe.notify(screen.app, str(error), "warning", seconds=8)
        else:
            screen.console_app.left_session(say("You have given up your seat."))

    def answered(choice: str | None) -> None:
        if choice == "now":
            screen.console_app.left_session("")
        elif choice == "good":
            screen.run_worker(given_up(), group="leave", exclusive=True)

    screen.app.push_screen(ChoiceScreen(say("Leave?"), (told,), items), answered)


def standing(frame: PlaceFrame) -> tuple[Block, ...]:
    """What a person who waits reads."""
    told = {
        "waiting": say(
            "The exercise is over. If you took part from another device, tell the facilitator: "
            "they can give you the seat you had."
        )
        if frame.late
        else say("The facilitator sees your name and lets you in."),
        "declined": say("You were not let in. If that is a mistake, speak to the facilitator."),
        "left": say("You have left the table."),
        "arriving": say("A stand-in is answering for your role; you take over once it has."),
        "admitted": say("You are in. It begins when the facilitator begins."),
        "playing": say("The exercise goes on."),
        "over": say("It is over."),
    }[frame.phase]
    found = [plain(frame.title, "title"), plain(told, gap=1)]
    if frame.role_name:
        found.append(plain(called(frame.role_name), "strong", gap=1))
        found.append(plain(frame.role_line))
    found.append(plain(unwrapped(frame.summary), gap=1))
    if frame.themes:
        found.append(plain(say("What it contains"), "title", gap=1))
        found += [Block(note, first="• ", rest="  ") for _, note in frame.themes]
    return tuple(found)

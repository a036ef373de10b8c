"""Seat: one seat's line to the exercise, as a screen holds it.

The first frame may be there before the screen is. Others arrive from a worker as messages, and so
do the answers to what was submitted; half-written answers are kept beside the record. Nothing waits
in a handler. Where several roles share the keyboard each has a screen of its own, and the one
before is gone before the next is made.
"""

from asyncio import sleep
from typing import Self

from textual import work
from textual.message import Message

from tabletop.conduct.connection import Answer, Connection, Frame, Rejected
from tabletop.console.agenda import Next
from tabletop.console.screens.base import BaseScreen
from tabletop.console.seating import Played, Seating, newest
from tabletop.exercise import commands as c
from tabletop.exercise.view_types import PlayerView

PAUSE = 0.1
"""Seconds between one keeping of drafts or notes and the next."""


class SeatScreen(BaseScreen[None]):
    """A screen bound to one seat of an exercise."""

    class Framed(Message):
        """A newer frame."""

        def __init__(self, frame: Frame) -> None:
            super().__init__()
            self.frame = frame

    class Answered(Message):
        """A command was accepted or refused."""

        def __init__(self, command: c.Command, answer: Answer) -> None:
            super().__init__()
            self.command = command
            self.answer = answer

    class Lined(Message):
        """Who is next at this keyboard is known."""

        def __init__(self, next_up: Next | None) -> None:
            super().__init__()
            self.next_up = next_up

    def __init__(
        self, exercise: Played, role: str | None = None, seating: Seating | None = None
    ) -> None:
        """Takes the exercise, and the role whose screen this is where there are several."""
        super().__init__()
        self.exercise = exercise
        self.seating = seating or Seating(exercise)
        self.role = role or (self.seating.roles[0] if not self.seating.shared else "")
        self.connection: Connection | None = exercise.connection(self.role) if self.role else None
        self.frame: Frame | None = None
        self.first: Frame | None = None
        """What there was when this screen first looked."""
        self.kept: dict[str, str] = {}
        """The half-written answers there were then, by decision."""
        self.next_up: Next | None = None
        self.sending = 0
        """How many commands are on their way."""
        self.read = 0
        """The last passage that has been on screen to its end."""
        self.acknowledged = 0
        """The last passage that was said to have been read."""
        self.unkept: dict[str, str] = {}
        self.keeping = False

    @property
    def view(self) -> PlayerView | None:
        """What this seat may know now."""
        return self.frame.view if self.frame else None

    @classmethod
    async def opened(
        cls, exercise: Played, role: str | None = None, seating: Seating | None = None
    ) -> Self:
        """A screen that knows what there is before it is shown, and so is laid out once."""
        screen = cls(exercise, role, seating)
        if screen.connection is not None:
            await screen.look(screen.connection)
        return screen

    async def look(self, connection: Connection) -> Frame:
        """Takes what was half written, and what there is now."""
        self.kept = await connection.drafts()
        self.first = await newest(connection)
        return self.first

    @work(group="listen")
    async def listen(self, connection: Connection) -> None:
        """Brings every frame that is not shown already."""
        shown = self.first
        if shown is None:
            self.post_message(self.Framed(await self.look(connection)))
            shown = self.first
        async for frame in connection.frames():
            # The clock goes on meanwhile; what it shows follows by itself.
            if shown is None or (frame.view, frame.saved) != (shown.view, shown.saved):
                self.post_message(self.Framed(frame))
            shown = None

    @work(group="seat")
    async def find_first(self) -> None:
        """Draws the curtain before whoever is first."""
        first = await self.seating.next_up() or (await self.seating.everyone())[0]
        await self.seating.pass_on(self.console_app, first)

    @work(exclusive=True, group="line")
    async def look_around(self) -> None:
        """Finds who is next at this keyboard."""
        self.post_message(self.Lined(await self.seating.next_up(self.role)))

    def send(self, *commands: c.Command) -> None:
        """Submits commands one after another; a refused one ends the row."""
        if self.connection is not None:
            self.sending += len(commands)
            self.submit(self.connection, commands)

    @work(group="submit")
    async def submit(self, connection: Connection, commands: tuple[c.Command, ...]) -> None:
        """Submits commands and brings back the answers."""
        for command in commands:
            answer = await connection.submit(command)
            self.post_message(self.Answered(command, answer))
            if isinstance(answer, Rejected) and not isinstance(command, c.Acknowledge):
                break

    def acknowledging(self) -> tuple[c.Command, ...]:
        """What has been read so far, said before the next thing is done."""
        if self.read <= self.acknowledged:
            return ()
        self.acknowledged = self.read
        return (c.Acknowledge(self.read),)

    def keep_draft(self, decision: str, text: str) -> None:
        """Keeps a half-written answer: at once, and then the newest after each short while."""
        keeping = bool(self.unkept) or self.keeping
        self.unkept[decision] = text
        if not keeping and self.connection is not None:
            self.keeping = True
            self.keep_drafts(self.connection)

    @work(group="draft")
    async def keep_drafts(self, connection: Connection) -> None:
        """Keeps what has not been kept, until there is nothing more."""
        while self.unkept:
            await connection.draft(*self.unkept.popitem())
            await sleep(PAUSE)
        self.keeping = False

    def hand_over(self) -> None:
        """Draws the curtain before whoever is next."""
        if self.next_up is not None:
            self.call_later(self.seating.pass_on, self.console_app, self.next_up)

    @work(group="seat")
    async def close_for_debrief(self) -> None:
        """Lets go of the exercise, so that the debrief reads what is stored."""
        # Of a trial nothing is left to be read once it is closed.
        record = await self.exercise.record() if self.seating.trial else None
        await self.exercise.close()
        self.console_app.debrief(record or self.exercise.id)

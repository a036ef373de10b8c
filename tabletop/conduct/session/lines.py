"""Lines into a session: a person's place, a conductor's line, and what the room's screen shows."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

from tabletop.conduct.connection import Answer, ClockReading, Connection, Frame, Rejected
from tabletop.conduct.open_exercise import Exercise
from tabletop.conduct.room import Room
from tabletop.conduct.session.commands import FreeSeat, SessionCommand
from tabletop.conduct.session.debriefing import debriefed
from tabletop.conduct.session.frames import ConductFrame, PlaceFrame, PublicFrame
from tabletop.conduct.session.looking_back import Proposed
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.seen import place_frame, session_view
from tabletop.conduct.session.session import Session
from tabletop.debrief.documents.document import Document
from tabletop.debrief.hot_wash import Form, Step
from tabletop.exercise.commands import Command
from tabletop.exercise.seats import CONDUCTING
from tabletop.exercise.view_types import PlayerView
from tabletop.exercise.views import view_as
from tabletop.wording import say


class Place:
    """A person's place in a session: where they stand, and their line once they play."""

    reached = True
    """Whether the session can be reached: always, being here."""
    closing = say("The session is closed.")

    def __init__(self, session: Session, person: int, language: str = "en") -> None:
        """Binds a person by number."""
        self.session = session
        self.number = person
        self.language = language
        self._closed = asyncio.Event()

    @property
    def person(self) -> Person:
        """The person as they stand now."""
        return self.session.people[self.number]

    async def frames(self) -> AsyncIterator[PlaceFrame]:
        """The newest frame now, then each newer one; in the seat that is given to it, too."""
        while not (self._closed.is_set() or self.session.closed):
            number = self.number
            with (
                self.session.looking(self.person),
                self.session.listening(conducting=False) as bell,
            ):
                while self.number == number and not self._closed.is_set():
                    if self.session.closed:
                        return
                    bell.clear()
                    frame = place_frame(self.session, self.person)
                    if frame.led:
                        self.number = frame.led
                        continue
                    yield frame
                    await bell.wait()

    def connection(self) -> Connection | None:
        """The player's line to their exercise; none before they play."""
        exercise = self.session.exercise_of(self.person)
        if exercise is None or self.person.kind != "player":
            return None
        return exercise.line(self.person.seat, self.language)

    def conducting(self) -> "ConductLine | None":
        """The line of someone who conducts; none for players, and none before they are let in."""
        person = self.person
        if person.kind not in CONDUCTING or person.state != "admitted":
            return None
        return ConductLine(self.session, self.number, language=self.language)

    async def debrief(self) -> Document | None:
        """The debrief of their table; none until the facilitator has opened it."""
        if self.person.state != "admitted" or not self.session.settings.get("debrief"):
            return None
        return await debriefed(self.session, self.person.table)

    def room(self) -> Room | None:
        """Where the player's exercise happens; none before they play."""
        exercise = self.session.exercise_of(self.person)
        if exercise is None or self.person.kind != "player" or exercise.room.closed:
            return None
        return exercise.room

    def frame(self, room: Room) -> Frame:
        """What the player is told there now."""
        return room.frame(self.person.seat, self.language)

    def seen(self) -> Frame | None:
        """What the player is told now; none before they play."""
        room = self.room()
        return None if room is None else self.frame(room)

    def view(self) -> PlayerView | None:
        """What the player sees now; none before they play."""
        seen = self.seen()
        return None if seen is None else seen.view

    async def close(self) -> None:
        """Lets go of it; the place stays."""
        self._closed.set()
        self.session.ring_all()

    async def leave(self) -> Answer:
        """Gives the seat up for good."""
        host = next(p for p in self.session.people.values() if p.kind == "facilitator")
        return await self.session.manage(host, FreeSeat(self.number))


class ConductLine:
    """The line of someone who conducts: to one table at a time, and to the session."""

    reached = True
    """Whether the session can be reached: always, being here."""

    def __init__(self, session: Session, person: int, table: int = 1, language: str = "en") -> None:
        """Binds a facilitator, evaluator or observer."""
        self.session = session
        self.number = person
        self.table = table
        self.language = language
        self._closed = False
        self._bells: set[asyncio.Event] = set()

    @property
    def person(self) -> Person:
        """The person as they stand now."""
        return self.session.people[self.number]

    @property
    def seat(self) -> str:
        """The seat this line is bound to."""
        return self.person.seat

    @property
    def exercise(self) -> Exercise | None:
        """The exercise at the table looked at."""
        return self.session.exercises.get(self.table)

    async def submit(self, command: Command, key: str = "") -> Answer:
        """Submits a command to the table looked at."""
        exercise = self.exercise
        if exercise is None:
            return Rejected("not_begun", say("The exercise has not begun."))
        return await self._submitted(exercise, command, key)

    async def submit_to_all(self, command: Command, key: str = "") -> dict[int, Answer]:
        """Submits a command to every table, and gives each one's answer."""
        return {
            number: await self._submitted(exercise, command, key)
            for number, exercise in self.session.exercises.items()
        }

    async def _submitted(self, exercise: Exercise, command: Command, key: str) -> Answer:
        # A seat freed after the end still stands in the exercise, where no more is dismissed.
        if self.person.state != "admitted":
            return Rejected("not_yours", say("This place is not yours, or no longer."))
        return await exercise.line(self.seat, self.language).submit(command, key)

    async def manage(self, command: SessionCommand) -> Answer:
        """Does something to the session."""
        return await self.session.manage(self.person, command)

    async def frames(self) -> AsyncIterator[ConductFrame]:
        """The newest frame now, then each newer one."""
        with (
            self.session.looking(self.person),
            self.session.listening(conducting=True) as bell,
        ):
            self._bells.add(bell)
            while not (self._closed or self.session.closed):
                bell.clear()
                if self.person.state != "admitted":
                    return
                yield self.frame()
                await bell.wait()
            self._bells.discard(bell)

    def frame(self) -> ConductFrame:
        """What is so now."""
        exercise = self.exercise
        seated = exercise is not None and self.seat in exercise.room.state.seats
        return ConductFrame(
            view=exercise.room.conducted(self.seat, self.language)
            if exercise is not None and seated
            else None,
            clock=_clock(exercise, self.session),
            session=session_view(self.session, self.table),
            outlook=self.session.outlooks.get(self.table)
            if self.person.kind != "observer"
            else None,
        )

    def look_at(self, table: int) -> None:
        """Turns to another table."""
        self.table = table
        self.session.ring()

    async def view_as(self, role: str) -> PlayerView | None:
        """A role's own view at the table looked at; none before it begins."""
        exercise = self.exercise
        if exercise is None:
            return None
        room = exercise.room
        return view_as(room.engine, room.state, role, room.words, self.language)

    async def hot_wash(self, form: Form) -> tuple[Step, ...]:
        """The steps of the talk about the table looked at; none before its end."""
        return await self.session.back.steps(self.table, form)

    async def proposed(self) -> tuple[Proposed, ...]:
        """What is proposed for each critical task of the table looked at."""
        return await self.session.back.proposed(self.table)

    async def debrief(self) -> Document | None:
        """The debrief of the table looked at; none until the facilitator has opened it."""
        return await debriefed(self.session, self.table) if self._opened() else None

    async def side_by_side(self) -> Document | None:
        """The session's tables side by side; none until the debrief is open, or for one alone."""
        return await self.session.back.side_by_side() if self._opened() else None

    def _opened(self) -> bool:
        return bool(self.session.settings.get("debrief"))

    async def note(self, text: str) -> None:
        """Keeps this seat's private notes beside the record."""
        if self.exercise is not None:
            await self.exercise.line(self.seat).note(text)

    async def notes(self) -> str:
        """This seat's private notes."""
        return "" if self.exercise is None else await self.exercise.line(self.seat).notes()

    async def close(self) -> None:
        """Leaves; the session goes on without this line."""
        self._closed = True
        for bell in self._bells:
            bell.set()


class PublicLine:
    """What the room's screen shows of one table."""

    def __init__(self, session: Session, table: int = 1, language: str = "en") -> None:
        """Binds a table."""
        self.session = session
        self.table = table
        self.language = language

    async def frames(self) -> AsyncIterator[PublicFrame]:
        """The newest frame now, then each newer one."""
        with self.session.listening(conducting=True) as bell:
            while True:
                bell.clear()
                yield self.frame()
                if self.session.closed:
                    return
                await bell.wait()

    def frame(self) -> PublicFrame:
        """What is so now."""
        session = self.session
        exercise = session.exercises.get(self.table)
        shown = exercise is not None and not session.settings.get("rehearsal")
        return PublicFrame(
            title=session.loaded.scenario.title,
            phase=session.phase,
            code=session.header.code,
            address=session.address,
            people=sum(
                person.state == "admitted" and person.kind == "player"
                for person in session.people.values()
            ),
            prompt=session.settings.get("prompt", ""),
            view=exercise.room.public(self.language) if shown and exercise is not None else None,
            clock=_clock(exercise if shown else None, session),
            step=replace(step, notes=())
            if shown and (step := session.step(self.table)) is not None
            else None,
            debrief=bool(session.settings.get("debrief")),
        )


def _clock(exercise: Exercise | None, session: Session) -> ClockReading:
    if exercise is None:
        return ClockReading(running=False, elapsed=0, as_of=session.world.monotonic())
    return exercise.room.clock.reading()

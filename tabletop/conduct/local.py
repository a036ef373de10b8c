"""LocalConnection: a line to an exercise in this process."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from tabletop.conduct.connection import Answer, Frame
from tabletop.conduct.room import Room
from tabletop.exercise.commands import Command
from tabletop.scenario.characters import FORBIDDEN


class LocalConnection:
    """One person's line to a room in this process."""

    def __init__(
        self, room: Room, seat: str, quiet: Callable[[], Awaitable[None]], language: str = "en"
    ) -> None:
        """Binds a seat; `quiet` waits until the stand-ins have nothing to do."""
        self._room = room
        self._seat = seat
        self._quiet = quiet
        self._language = language
        self._bells: set[asyncio.Event] = set()
        self._closed = False

    @property
    def seat(self) -> str:
        """The seat this line is bound to."""
        return self._seat

    async def submit(self, command: Command, key: str = "") -> Answer:
        """Submits a command with the person's own words in place of references."""
        # The stand-ins first finish what the last command set off: then the order of entries,
        # and with it the record, does not depend on how fast a person is.
        await self._quiet()
        return await self._room.submit(self._seat, command, key, self._language)

    async def frames(self) -> AsyncIterator[Frame]:
        """The newest frame now, then each newer one; frames in between may be left out."""
        with self._room.listening() as bell:
            self._bells.add(bell)
            try:
                while not (self._closed or self._room.closed or self._left()):
                    bell.clear()
                    yield self._room.frame(self._seat, self._language)
                    await bell.wait()
            finally:
                self._bells.discard(bell)

    def _left(self) -> bool:
        """Whether the seat was left; what is told from then on is not for who sat there."""
        state = self._room.state
        return self._seat in state.left or self._seat not in state.seats

    async def note(self, text: str) -> None:
        """Keeps this seat's private notes beside the record."""
        room = self._room
        await room.store.note(room.header.id, room.owner, self._seat, FORBIDDEN.sub("", text))

    async def notes(self) -> str:
        """This seat's private notes."""
        room = self._room
        return await room.store.notes(room.header.id, room.owner, self._seat)

    async def draft(self, decision: str, text: str) -> None:
        """Keeps a half-written answer, as JSON text of the client's own; an empty one goes."""
        room = self._room
        kept = FORBIDDEN.sub("", text)
        await room.store.draft(room.header.id, room.owner, self._seat, decision, kept)

    async def drafts(self) -> dict[str, str]:
        """This seat's half-written answers by decision."""
        room = self._room
        return await room.store.drafts(room.header.id, room.owner, self._seat)

    async def close(self) -> None:
        """Leaves; the exercise goes on without this line."""
        self._closed = True
        for bell in self._bells:
            bell.set()

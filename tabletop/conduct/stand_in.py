"""Stand-ins: roles nobody plays, acting by their authored rules through lines of their own.

A stand-in's line is not a person's: beside submitting it can ask what the rules would have its role
do now, which reads only what that role may know and is never part of a view. One stand-in acts, and
then all look again, in the scenario's order of roles: so the same play makes the same record.
"""

import asyncio

from tabletop.conduct.connection import Accepted, Answer
from tabletop.conduct.room import Room
from tabletop.conduct.world import World
from tabletop.exercise.commands import Command

AGAIN = 5.0
"""Seconds after which to try again what could not be stored."""


class StandInConnection:
    """A stand-in's line to a room."""

    def __init__(self, room: Room, seat: str) -> None:
        """Binds a stand-in's seat."""
        self._room = room
        self.seat = seat

    def proposal(self) -> Command | None:
        """What the rules would have this role do now, if anything."""
        return self._room.engine.proposal(self._room.state, self.seat)

    async def submit(self, command: Command) -> Answer:
        """Submits a command."""
        return await self._room.submit(self.seat, command)


class StandIns:
    """All the stand-ins of an exercise."""

    def __init__(self, room: Room, world: World) -> None:
        """Acts for whichever roles stand-ins play at the moment."""
        self._room = room
        self._world = world
        self._looked = -1
        """The entry after which there was nothing to do."""
        self._rested = asyncio.Event()
        self._stopped = False

    async def act(self) -> None:
        """Acts whenever there is something to do, until cancelled."""
        try:
            with self._room.listening() as bell:
                while True:
                    bell.clear()
                    seq = self._room.head.seq
                    answer = await self._step()
                    if isinstance(answer, Accepted):
                        continue
                    self._looked = seq
                    self._rested.set()
                    if answer is None:
                        await bell.wait()
                    else:
                        await self._world.wait(bell, AGAIN)
        finally:
            self.stop()

    async def quiet(self) -> None:
        """Waits until no stand-in has anything to do."""
        while self._looked != self._room.head.seq and not self._stopped:
            self._rested.clear()
            await self._rested.wait()

    def stop(self) -> None:
        """Lets nobody wait for the stand-ins any longer."""
        self._stopped = True
        self._rested.set()

    async def _step(self) -> Answer | None:
        """Lets the first stand-in that has something to do do it."""
        for role in self._room.engine.scenario.roles:
            for seat in self._room.state.in_role(role):
                if seat.kind != "stand_in":
                    continue
                line = StandInConnection(self._room, seat.id)
                command = line.proposal()
                if command is not None:
                    return await line.submit(command)
        return None

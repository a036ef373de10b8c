"""Exercise: one that is open on this device, with its stand-ins and its clock running."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from tabletop.conduct.clock import keep_time
from tabletop.conduct.connection import Connection
from tabletop.conduct.errors import RecordError, SetupError
from tabletop.conduct.local import LocalConnection
from tabletop.conduct.revision import Revision
from tabletop.conduct.room import Room
from tabletop.conduct.source_file import shown
from tabletop.conduct.stand_in import StandIns
from tabletop.conduct.world import World
from tabletop.exercise.chain import read_record
from tabletop.exercise.engine import Engine
from tabletop.exercise.record import Header, Record, Unreadable
from tabletop.wording import say

Given = TypeVar("Given")
Found = TypeVar("Found")


class Exercise:
    """An exercise open on this device."""

    def __init__(self, room: Room, world: World, revision: Revision | None = None) -> None:
        """Takes up a room whose exercise has begun."""
        self._room = room
        self.revision = revision
        """What has become of its scenario since it began, where anything has."""
        self._stand_ins = StandIns(room, world)
        self._tasks = (
            asyncio.create_task(self._stand_ins.act()),
            asyncio.create_task(keep_time(room, world)),
        )

    @property
    def id(self) -> str:
        """Its name in the data folder."""
        return self._room.header.id

    @property
    def title(self) -> str:
        """The scenario's title."""
        return self._room.engine.scenario.title

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles people play, in the scenario's order."""
        return self._room.header.roles

    @property
    def engine(self) -> Engine:
        """The rules it is run by."""
        return self._room.engine

    @property
    def header(self) -> Header:
        """What its record begins with."""
        return self._room.header

    @property
    def room(self) -> Room:
        """Where it happens."""
        return self._room

    def line(self, seat: str, language: str = "en") -> LocalConnection:
        """A line for a seat at the table."""
        return LocalConnection(self._room, seat, self.quiet, language)

    def connection(self, role: str, language: str = "en") -> Connection:
        """A line for a role somebody plays here."""
        if role not in self.roles:
            raise SetupError(say("{role} is played by a stand-in here.", role=shown(role)))
        return self.line(role, language)

    async def quiet(self) -> None:
        """Waits until no stand-in has anything to do."""
        await self._stand_ins.quiet()
        for task in self._tasks:
            # A fault of ours is raised to whoever plays, instead of stand-ins that keep still.
            if task.done() and not task.cancelled():
                task.result()

    async def record(self) -> Record:
        """The record so far."""
        return readable(read_record, await self._room.store.read(self.id))

    async def close(self) -> None:
        """Puts it away; it can be resumed."""
        self._stand_ins.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._room.close()


def readable(read: Callable[[Given], Found], given: Given) -> Found:
    """What reading finds, its failures told as those of a record."""
    try:
        return read(given)
    except Unreadable as error:
        raise RecordError(str(error)) from None

"""Seated: one role played at this keyboard, and how far it has been told what it may know."""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from tabletop.conduct.connection import Connection, Frame
from tabletop.exercise.view_types import PlayerView

ROUNDS = 5
"""Rounds of the event loop in which a frame reaches whoever follows."""


class Held(Protocol):
    """An exercise as a conversation holds it: open here, or a seat at a table elsewhere."""

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles played at this keyboard."""

    def connection(self, role: str) -> Connection:
        """A line for one of them."""

    async def quiet(self) -> None:
        """Waits until nothing more follows from what was done."""


@dataclass
class Seated:
    """A role at this keyboard."""

    role: str
    connection: Connection
    frame: Frame | None = None
    heard: int = 0
    """How many frames have come."""
    read: int = 0
    """How many passages have been written out."""
    facts: set[str] = field(default_factory=set)
    """Facts that have been written out."""
    offers: tuple[tuple[str, str], ...] = ()
    """What could be shared when that was last said."""
    scene: str = ""
    """The scene whose heading was last written."""
    part: int = 0
    """The module whose heading was last written."""
    asked: tuple[str, ...] = ()
    """What was last asked in full; asked again, it is asked in short."""
    following: asyncio.Task[None] | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)
    """Set whenever a frame has come."""

    @property
    def view(self) -> PlayerView:
        """The newest view."""
        assert self.frame is not None
        return self.frame.view

    def follow(self) -> None:
        """Keeps the newest frame at hand until closed."""
        self.following = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        async for frame in self.connection.frames():
            self.frame = frame
            self.heard += 1
            self.news.set()

    async def close(self) -> None:
        """Leaves."""
        if self.following is not None:
            self.following.cancel()
            await asyncio.gather(self.following, return_exceptions=True)
        await self.connection.close()


async def settled(exercise: Held, table: list[Seated]) -> None:
    """Waits until nothing more follows from what was done and every frame of it has come."""
    while True:
        heard = sum(each.heard for each in table)
        await exercise.quiet()
        for _ in range(ROUNDS):
            await asyncio.sleep(0)
        for each in table:
            # A line that broke says why here, instead of leaving everyone to wait.
            if each.following is not None and each.following.done():
                each.following.result()
        if heard == sum(each.heard for each in table) and all(each.frame for each in table):
            return

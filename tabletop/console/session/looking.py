"""Looking: a role's own screen, as those who conduct may see it; nothing can be done there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from tabletop.conduct.connection import Answer, Frame, Rejected
from tabletop.exercise.commands import Command
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import ConductConnection
    from tabletop.console.session.conductor import ConductorScreen


class LookingConnection:
    """A role's line that only looks."""

    def __init__(self, line: ConductConnection, role: str) -> None:
        """Takes the line of someone who conducts, and a role."""
        self._line = line
        self._role = role
        self._closed = asyncio.Event()

    @property
    def seat(self) -> str:
        """No seat of anyone's."""
        return ""

    async def submit(self, command: Command, key: str = "") -> Answer:
        """Does nothing and says so."""
        return Rejected("looking", say("You only look at this view; nothing is done here."))

    async def frames(self) -> AsyncIterator[Frame]:
        """The role's view now, then each newer one."""
        async for frame in self._line.frames():
            view = await self._line.view_as(self._role)
            if view is None or self._closed.is_set():
                return
            yield Frame(view, frame.clock, 0)

    async def note(self, text: str) -> None:
        """Keeps nothing."""

    async def notes(self) -> str:
        """Nobody's notes."""
        return ""

    async def draft(self, decision: str, text: str) -> None:
        """Keeps nothing."""

    async def drafts(self) -> dict[str, str]:
        """Nobody's drafts."""
        return {}

    async def close(self) -> None:
        """Looks no longer."""
        self._closed.set()


def looking(screen: ConductorScreen, role: str) -> None:
    """Opens a role's screen above the console; leaving it comes back."""
    from tabletop.console.session.place import AtTable, PlayingScreen

    line = LookingConnection(screen.line, role)
    screen.app.push_screen(PlayingScreen(AtTable(line, role, looks=True)))

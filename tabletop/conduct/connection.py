"""Connection: one person's line to an exercise, the same near and far.

Screens, the line mode and stand-ins hold a Connection and can't tell whether the exercise runs in
this process or across a network.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from tabletop.exercise.commands import Command
from tabletop.exercise.view_types import PlayerView


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The exercise's clock as last heard."""

    running: bool
    elapsed: int
    """Exercise milliseconds at `as_of`."""
    as_of: float
    """The reader's monotonic seconds when it was read."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A view and what travels beside it."""

    view: PlayerView
    clock: ClockReading
    saved: int
    """How many of this seat's own commands are safely stored."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The command was stored and has happened."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The command was refused and changed nothing."""

    slug: str
    sentence: str


Answer = Accepted | Rejected


class Connection(Protocol):
    """One person's line to an exercise."""

    @property
    def seat(self) -> str:
        """The seat this line is bound to."""

    async def submit(self, command: Command, key: str = "") -> Answer:
        """Submits a command with the person's own words in place of references.

        The same key twice answers the same and counts once.
        """

    def frames(self) -> AsyncIterator[Frame]:
        """The newest frame now, then each newer one; frames in between may be left out."""

    async def note(self, text: str) -> None:
        """Keeps this seat's private notes beside the record."""

    async def notes(self) -> str:
        """This seat's private notes."""

    async def draft(self, decision: str, text: str) -> None:
        """Keeps a half-written answer, as JSON text of the client's own."""

    async def drafts(self) -> dict[str, str]:
        """This seat's half-written answers by decision."""

    async def close(self) -> None:
        """Leaves; the exercise goes on without this line."""

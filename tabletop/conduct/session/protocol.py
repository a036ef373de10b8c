"""What screens hold of a session: the same near and far, so that none can tell which it is."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tabletop.conduct.connection import Answer, Connection
from tabletop.conduct.session.commands import SessionCommand
from tabletop.conduct.session.frames import ConductFrame, PlaceFrame
from tabletop.conduct.session.kept_seats import KeptSeat
from tabletop.conduct.session.looking_back import Proposed
from tabletop.debrief.documents.document import Document
from tabletop.debrief.hot_wash import Form, Step
from tabletop.exercise.commands import Command
from tabletop.exercise.view_types import PlayerView


@dataclass(frozen=True, slots=True)
class Hosting:
    """What is to be hosted, where it listens, and who can come."""

    scenario: str = ""
    session: str | None = None
    """One that stopped, to go on with in place of a scenario; the last one where it is empty."""
    as_begun: bool = False
    """Also where its scenario has changed since."""
    bind: str = ""
    """Where to listen, as typed."""
    lan: bool = False
    """To listen to this network; else, and without `bind`, where it did before, or here alone."""
    tls: bool = False
    """With a certificate made for this session,"""
    certificate: tuple[Path, Path] | None = None
    """or with one's own, and its key."""
    public: str = ""
    """What people type to get here, where that is another address."""
    open_door: bool = False
    tables: int = 1
    name: str = ""
    seed: int | None = None
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Joining:
    """Which session somebody joins, and as whom."""

    address: str = ""
    code: str = ""
    name: str = ""
    wish: str = ""
    seat: KeptSeat | None = None
    """One's own seat there, to come back to instead."""


class PlaceConnection(Protocol):
    """A person's place in a session."""

    @property
    def reached(self) -> bool:
        """Whether the session can be reached now."""

    @property
    def closing(self) -> str:
        """What to tell where nothing more comes."""

    def frames(self) -> AsyncIterator[PlaceFrame]:
        """Where they stand now, then each change; in between may be left out."""

    def connection(self) -> Connection | None:
        """The player's line to their exercise; none before they play."""

    def conducting(self) -> "ConductConnection | None":
        """The line of someone who conducts; none for players, and none before they are let in."""

    async def debrief(self) -> Document | None:
        """The debrief of their table; none until the facilitator has opened it.

        Raises:
            TabletopError: where it can't be had now.
        """

    async def leave(self) -> None:
        """Gives it up for good.

        Raises:
            TabletopError: where the session can't be told.
        """

    async def close(self) -> None:
        """Lets go of it; the place stays."""


class ConductConnection(Protocol):
    """The line of someone who conducts."""

    @property
    def seat(self) -> str:
        """The seat this line is bound to."""

    @property
    def reached(self) -> bool:
        """Whether the session can be reached now."""

    @property
    def table(self) -> int:
        """The table looked at."""

    def look_at(self, table: int) -> None:
        """Turns to another table."""

    def frames(self) -> AsyncIterator[ConductFrame]:
        """What is so at that table and in the session, then each change."""

    async def submit(self, command: Command, key: str = "") -> Answer:
        """Submits a command to the table looked at."""

    async def submit_to_all(self, command: Command, key: str = "") -> Mapping[int, Answer]:
        """Submits a command to every table."""

    async def manage(self, command: SessionCommand) -> Answer:
        """Does something to the session."""

    async def view_as(self, role: str) -> PlayerView | None:
        """A role's own view; none before it begins."""

    async def hot_wash(self, form: Form) -> tuple[Step, ...]:
        """The steps of the talk about the table looked at; none before its end.

        Raises:
            TabletopError: where they can't be had now.
        """

    async def proposed(self) -> tuple[Proposed, ...]:
        """What is proposed for each critical task of the table looked at; none before its end.

        Raises:
            TabletopError: where it can't be had now.
        """

    async def debrief(self) -> Document | None:
        """The debrief of the table looked at; none until the facilitator has opened it.

        Raises:
            TabletopError: where it can't be had now.
        """

    async def side_by_side(self) -> Document | None:
        """The session's tables side by side; none until the debrief is open, or for one alone.

        Raises:
            TabletopError: where it can't be had now.
        """

    async def note(self, text: str) -> None:
        """Keeps this seat's private notes."""

    async def notes(self) -> str:
        """This seat's private notes."""

    async def close(self) -> None:
        """Leaves; the session goes on without this line."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What one has come to: a conductor's line or a player's place."""

    line: ConductConnection | None = None
    place: PlaceConnection | None = None
    told: str = ""
    """What to tell whoever has come; empty where there is nothing."""


class Rooms(Protocol):
    """What opens sessions for the screens: one at a time, hosted here or joined elsewhere."""

    def held(self) -> tuple[str, ...]:
        """The sessions that stopped and can go on, the last first."""

    def certifies(self) -> bool:
        """Whether a certificate can be made for a session."""

    def seats(self) -> tuple[KeptSeat, ...]:
        """The seats in sessions elsewhere that are kept on this computer, the last used first."""

    async def host(self, asked: Hosting) -> Joined:
        """Begins a session or goes on with one, and opens its door.

        Raises:
            TabletopError: with a sentence, where it can't be.
        """

    async def join(self, asked: Joining) -> Joined:
        """Comes to a session elsewhere.

        Raises:
            TabletopError: with a sentence, where one can't.
        """

    async def leave(self) -> str:
        """Puts away what is open, and says how it goes on; empty where nothing is to be said."""

"""Seating: several roles at one keyboard, and who of them is next.

What each role may see comes over its own connection; nothing here ever puts one role's view on
another's screen. Who is next follows from whose decision is open and unanswered; after that, from
who has not yet looked at the scene.
"""

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Protocol, cast

from tabletop.conduct.connection import Connection, Frame
from tabletop.console.agenda import Next
from tabletop.exercise.view_types import PlayerView

if TYPE_CHECKING:
    from tabletop.console.app import TabletopApp
    from tabletop.exercise.record import Record


class Played(Protocol):
    """An exercise as its screens hold it: open here, or a seat at a table elsewhere."""

    @property
    def id(self) -> str:
        """Its name; empty where it is not kept here."""

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles played at this keyboard."""

    def connection(self, role: str) -> Connection:
        """A line for one of them."""

    async def record(self) -> "Record":
        """Its record so far."""

    async def close(self) -> None:
        """Puts it away."""


class Seating:
    """The roles played at this keyboard."""

    def __init__(self, exercise: Played, *, trial: bool = False) -> None:
        """Takes the exercise they are played in.

        In a trial an author plays every role: nobody has to look away, and nothing is kept.
        """
        self.exercise = exercise
        self.trial = trial
        self.roles: tuple[str, ...] = tuple(exercise.roles)
        self.read: dict[str, set[str]] = {role: set() for role in self.roles}
        self.leaving = False

    @property
    def shared(self) -> bool:
        """Whether more than one role is played here."""
        return len(self.roles) > 1

    def looked(self, role: str, view: PlayerView) -> None:
        """Notes that a role has looked at the scene."""
        if view.scene is not None:
            self.read[role].add(view.scene.id)

    async def next_up(self, after: str = "") -> Next | None:
        """Who is next, if anyone at this keyboard is."""
        reader: Next | None = None
        for role in self._others(after):
            view = (await newest(self.exercise.connection(role))).view
            if view.status != "running" or view.scene is None:
                continue
            if asked(view):
                return Next(role, view.name, decides=True)
            if reader is None and view.scene.id not in self.read[role]:
                reader = Next(role, view.name, decides=False)
        return reader

    async def everyone(self, but: str = "") -> list[Next]:
        """The other roles at this keyboard, and whether a decision waits for them."""
        found = []
        for role in self._others(but):
            view = (await newest(self.exercise.connection(role))).view
            found.append(Next(role, view.name, decides=asked(view)))
        return found

    async def pass_on(self, app: "TabletopApp", to: Next) -> None:
        """Draws the curtain before the next role's screen."""
        if self.trial:
            await self.sit(app, to.role)
            return
        from tabletop.console.screens.curtain import CurtainScreen

        app.show(CurtainScreen(self, to.role, to.name))

    async def sit(self, app: "TabletopApp", role: str) -> None:
        """Shows a role's screen."""
        from tabletop.console.screens.exercise import ExerciseScreen

        app.show(await ExerciseScreen.opened(self.exercise, role, self))

    async def leave(self, app: "TabletopApp") -> None:
        """Closes the exercise, which is saved as it stands, and goes where it was begun."""
        if not self.leaving:
            self.leaving = True
            await self.exercise.close()
            app.home()

    def _others(self, after: str) -> tuple[str, ...]:
        """The other roles, beginning with the one after."""
        if after not in self.roles:
            return self.roles
        at = self.roles.index(after)
        return self.roles[at + 1 :] + self.roles[:at]


def asked(view: PlayerView) -> bool:
    """Whether a decision waits for this seat's answer."""
    return view.status == "running" and any(
        each.part == "decide" and each.phase == "open" and each.mine is None
        for each in view.decisions
    )


async def newest(connection: Connection) -> Frame:
    """The newest frame of a connection."""
    frames = cast("AsyncGenerator[Frame, None]", connection.frames())
    try:
        return await anext(frames)
    finally:
        await frames.aclose()

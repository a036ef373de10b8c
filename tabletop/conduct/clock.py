"""The exercise's clock: it runs while the exercise does, and only while it is open here.

It counts from the time of the last entry, so downtime never counts and a restart loses at most
what has passed since. Time enters the record as `PassTime`: when something in the scenario is due,
and once a minute besides. There are no ticks.
"""

from typing import TYPE_CHECKING

from tabletop.conduct.connection import Accepted, ClockReading
from tabletop.conduct.world import World
from tabletop.exercise.commands import PassTime
from tabletop.exercise.state import State

if TYPE_CHECKING:
    from tabletop.conduct.room import Room

MINUTE = 60_000
AGAIN = 5_000
"""How long after the disk refused to try again."""


class Clock:
    """Exercise time."""

    def __init__(self, world: World) -> None:
        """Stands still at zero."""
        self._world = world
        self._base = 0
        self._since: float | None = None

    def now(self) -> int:
        """Exercise milliseconds."""
        if self._since is None:
            return self._base
        return self._base + int((self._world.monotonic() - self._since) * 1000)

    def follow(self, state: State) -> None:
        """Runs or stands still as the state says, and is never behind it."""
        running = state.status == "running" and not state.paused
        now = self.now()
        if running and self._since is not None and now >= state.at:
            return
        self._base = max(now, state.at)
        self._since = self._world.monotonic() if running else None

    def rewind(self, state: State) -> None:
        """Stands where a state stood that the exercise goes on from."""
        self._base = state.at
        self._since = None

    def reading(self) -> ClockReading:
        """The clock as it stands."""
        return ClockReading(self._since is not None, self.now(), self._world.monotonic())


async def keep_time(room: "Room", world: World) -> None:
    """Submits `PassTime` when something is due and once a minute, until cancelled."""
    with room.listening() as stirred:
        while True:
            stirred.clear()
            state = room.state
            if state.status != "running" or state.paused:
                await stirred.wait()
                continue
            next_ = _next(room)
            now = room.clock.now()
            if now >= next_:
                # Time is nobody's act; the engine takes it from anyone at the table.
                seat = next(each for each in state.seats if each not in state.left)
                answer = await room.submit(seat, PassTime(now))
                if answer == Accepted():
                    continue
                next_ = now + AGAIN
            await world.wait(stirred, (next_ - now) / 1000)


def _next(room: "Room") -> int:
    """When time is to enter the record next."""
    reached = room.state.at
    due = room.engine.due(room.state)
    # What was due already and did not come will not come for being asked again at once.
    return min(reached + MINUTE, due) if due is not None and due > reached else reached + MINUTE

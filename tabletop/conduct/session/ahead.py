"""Ahead: what each table can still come to, asked of a process of its own while people play.

It is asked for again where something happened that it may rest on, and shown when it comes; what
is shown in between is that of a moment ago. Where that process can't answer, there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tabletop.authoring.outlook import Outlook, steps
from tabletop.conduct.open_exercise import Exercise
from tabletop.conduct.proving import Looking, Unproved
from tabletop.exercise.record import trunk

if TYPE_CHECKING:
    from tabletop.conduct.session.session import Session


class Looker(Protocol):
    """What works an outlook out: a `Prover`, which leaves this process free meanwhile."""

    async def ahead(self, looking: Looking) -> Outlook | None:
        """What an exercise can still come to.

        Raises:
            Unproved: where that can't be said any more.
        """

    async def close(self) -> None:
        """Ends what it has under way."""


async def look_ahead(session: Session, looker: Looker) -> None:
    """Keeps every table's outlook new, until cancelled; closes what works it out."""
    shown: dict[int, object] = {}
    try:
        with session.listening(conducting=True) as bell:
            while True:
                bell.clear()
                for number, exercise in tuple(session.exercises.items()):
                    rests_on = (exercise.id, _rests_on(exercise))
                    if shown.get(number) != rests_on:
                        shown[number] = rests_on
                        found = await _outlook(looker, session, exercise)
                        if session.outlooks.get(number) != found:
                            session.outlooks[number] = found
                            session.ring()
                await bell.wait()
    finally:
        await looker.close()


def _rests_on(exercise: Exercise) -> tuple[object, ...]:
    """What has to change before an outlook can."""
    state = exercise.room.state
    taken = tuple(offer for offer, status in state.offers.items() if status == "taken")
    kept = (state.held, state.omitted)
    return (state.status, state.moments, state.delivered, taken, kept, state.branch)


async def _outlook(looker: Looker, session: Session, exercise: Exercise) -> Outlook | None:
    if exercise.room.state.status != "running":
        return None
    record = await exercise.record()
    events = [event for entry in trunk(record.entries) for event in entry.events]
    taken = steps(exercise.engine, events)
    if taken is None:
        return None
    question = Looking(session.header.scenario, session.loaded.source, taken)
    try:
        return await looker.ahead(question)
    except Unproved:
        return None

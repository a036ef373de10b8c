"""Looking back: what a table's record says once it is over, for those who conduct and the room.

Whatever is made of a record is made once for each state of it, in a thread of its own, and everyone
who asks waits for the same. Nothing here is kept: it follows from the record.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tabletop.conduct.once import Once
from tabletop.debrief import asked
from tabletop.debrief.analysis.ratings import worst
from tabletop.debrief.documents.comparison import comparison
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.documents.document import Document
from tabletop.debrief.hot_wash import Form, Step, hot_wash
from tabletop.debrief.pages.conclusions import rests_on
from tabletop.debrief.pages.voice import Voice
from tabletop.debrief.report import Report, build
from tabletop.debrief.turning import turned_on
from tabletop.exercise.afterwards import Proposal
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.open_exercise import Exercise
    from tabletop.conduct.session.session import Session
    from tabletop.exercise.conduct_types import ConclusionsView
    from tabletop.exercise.record import Record

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A critical task with what is proposed for it, and what that rests on."""

    task: str
    """As `objective.task`."""
    objective: str
    """The objective's title."""
    text: str
    proposed: Proposal
    shown: tuple[str, ...]
    """What it rests on, a line each."""
    capability: str
    """The capability it belongs to, as the scenario names it,"""
    called: str
    """and as people read it."""


@dataclass(frozen=True, slots=True)
class ProposedCapability:
    """A capability with what its tasks propose, as they are proposed and rated now."""

    capability: str
    """As the scenario names it,"""
    called: str
    """and as people read it."""
    proposed: Proposal
    shown: tuple[str, ...]
    """Its tasks, each with its rating, a line each."""


def capabilities(
    tasks: Iterable[Proposed], found: ConclusionsView
) -> tuple[ProposedCapability, ...]:
    """What is proposed for each capability: as good as the worst of its tasks that was shown."""
    rated = {each.task: each.rating for each in found.ratings}
    by: dict[tuple[str, str], list[tuple[str, Proposal]]] = {}
    for task in tasks:
        final = rated.get(task.task, task.proposed)
        by.setdefault((task.capability, task.called), []).append((task.text, final))
    return tuple(
        ProposedCapability(
            *name,
            worst(final for _, final in every),
            tuple(f"{text.rstrip('.')}: {asked.rating_in_full(final)}." for text, final in every),
        )
        for name, every in by.items()
    )


class LookingBack:
    """What the tables of a session look back on."""

    def __init__(self, session: Session) -> None:
        """Takes the session; nothing is worked out before somebody asks."""
        self._session = session
        self._once = Once()

    async def report(self, table: int) -> Report | None:
        """A table's report, without people's names; nothing before its end.

        It is as of what was noted and rated: what people write about themselves in the meantime,
        and they write all at once, changes nothing of what is made of it here.

        Raises:
            TabletopError: with a sentence, where its record can't be read.
        """
        exercise = self._over(table)
        if exercise is None:
            return None
        state = exercise.room.state
        now = (exercise.id, state.observations, state.ratings, state.capabilities)
        return await self._once.of(("report", table), now, lambda: _made(_built, exercise))

    async def debrief(self, table: int) -> Document | None:
        """A table's debrief as it is now, without people's names; nothing before its end.

        Raises:
            TabletopError: with a sentence, where its record can't be read.
        """
        exercise = self._over(table)
        if exercise is None:
            return None
        now = (exercise.id, exercise.room.head.seq)
        return await self._once.of(("debrief", table), now, lambda: _made(_debrief, exercise))

    async def side_by_side(self) -> Document | None:
        """The tables beside each other, never ranked; nothing where not several are over.

        Raises:
            TabletopError: with a sentence, where a record can't be read.
        """
        over = {table: found for table in self._session.exercises if (found := self._over(table))}
        if len(over) < 2:
            return None
        now = tuple((exercise.id, exercise.room.head.seq) for exercise in over.values())
        names = [say("Table {number}", number=table) for table in over]
        make = partial(_made, partial(_compared, names), *over.values())
        return await self._once.of("side by side", now, make)

    async def steps(self, table: int, form: Form) -> tuple[Step, ...]:
        """The steps of a hot wash of a table; none before its end."""
        report = await self.report(table)
        if report is None:
            return ()
        exercise = self._session.exercises[table]
        # What it turned on is settled once it is over; nothing entered afterwards changes it.
        turned = await self._once.of(
            ("turned", table), exercise.id, lambda: _made(turned_on, exercise)
        )
        return hot_wash(report, form, turned)

    async def proposed(self, table: int) -> tuple[Proposed, ...]:
        """What is proposed for each critical task of a table; nothing before its end."""
        report = await self.report(table)
        if report is None:
            return ()
        voice = Voice(report)
        objectives = self._session.loaded.scenario.objectives
        return tuple(
            Proposed(
                task.id,
                objective.title,
                task.text,
                task.suggested,
                tuple(rests_on(voice, task)),
                objectives[objective.id].capability,
                objective.capability,
            )
            for objective in report.concluded.objectives
            for task in objective.tasks
        )

    def _over(self, table: int) -> Exercise | None:
        """A table's exercise, once it is over."""
        exercise = self._session.exercises.get(table)
        ended = exercise is not None and exercise.room.state.status == "ended"
        return exercise if ended else None


async def _made(make: Callable[..., Made], *exercises: Exercise) -> Made:
    """What is made of records, in a thread: it takes a while, and the room goes on."""
    records = [await exercise.record() for exercise in exercises]
    return await asyncio.to_thread(make, *records)


def _built(record: Record) -> Report:
    # What it turned on, which nobody rates, is only worked out for a talk, and once.
    return build(record, limit=0)


def _debrief(record: Record) -> Document:
    return debrief(build(record))


def _compared(names: Sequence[str], *records: Record) -> Document:
    return comparison(records, names)

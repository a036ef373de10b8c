"""Looking back: what a table's record says once it is over, for those who conduct and the room.

A report is made once for each state of a record, in a thread of its own, and everyone who asks
waits for the same. Nothing here is kept: it follows from the record.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.debrief import asked
from tabletop.debrief.analysis.ratings import worst
from tabletop.exercise.afterwards import Proposal

if TYPE_CHECKING:
    from tabletop.conduct.session.session import Session
    from tabletop.debrief.hot_wash import Form, Step
    from tabletop.debrief.report import Report
    from tabletop.debrief.turning import Turning
    from tabletop.exercise.conduct_types import ConclusionsView
    from tabletop.exercise.record import Record


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
        self._reports: dict[int, tuple[object, asyncio.Task[Report]]] = {}
        self._turned: dict[str, asyncio.Task[tuple[Turning, ...]]] = {}

    async def report(self, table: int) -> Report | None:
        """A table's report, without people's names; nothing before its end.

        It is as of what was noted and rated: what people write about themselves in the meantime,
        and they write all at once, changes nothing of what is made of it here.

        Raises:
            TabletopError: with a sentence, where its record can't be read.
        """
        exercise = self._session.exercises.get(table)
        if exercise is None or exercise.room.state.status != "ended":
            return None
        state = exercise.room.state
        now = (exercise.id, state.observations, state.ratings, state.capabilities)
        made, task = self._reports.get(table, (None, None))
        if task is None or made != now:
            record = await exercise.record()
            task = asyncio.create_task(asyncio.to_thread(_built, record))
            self._reports[table] = now, task
        return await asyncio.shield(task)

    async def steps(self, table: int, form: Form) -> tuple[Step, ...]:
        """The steps of a hot wash of a table; none before its end."""
        from tabletop.debrief.hot_wash import hot_wash

        report = await self.report(table)
        if report is None:
            return ()
        exercise = self._session.exercises[table]
        if exercise.id not in self._turned:
            # What it turned on is settled once it is over; nothing entered afterwards changes it.
            record = await exercise.record()
            self._turned[exercise.id] = asyncio.create_task(asyncio.to_thread(_turned_on, record))
        return hot_wash(report, form, await asyncio.shield(self._turned[exercise.id]))

    async def proposed(self, table: int) -> tuple[Proposed, ...]:
        """What is proposed for each critical task of a table; nothing before its end."""
        from tabletop.debrief.pages.conclusions import rests_on
        from tabletop.debrief.pages.voice import Voice

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


def _turned_on(record: Record) -> tuple[Turning, ...]:
    from tabletop.debrief.turning import turned_on

    return turned_on(record)


def _built(record: Record) -> Report:
    from tabletop.debrief.report import build

    # What it turned on, which nobody rates, is only worked out for a talk, and once.
    return build(record, limit=0)

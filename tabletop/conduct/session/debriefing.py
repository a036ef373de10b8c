"""Debriefing: a table's debrief as people read it once the facilitator has opened it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.formats import markdown
from tabletop.debrief.report import build

if TYPE_CHECKING:
    from tabletop.conduct.session.session import Session
    from tabletop.exercise.record import Record


async def debriefed(session: Session, table: int) -> str:
    """The debrief of a table as Markdown, without people's names; empty before its end.

    Raises:
        TabletopError: with a sentence, where its record can't be read.
    """
    exercise = session.exercises.get(table)
    if exercise is None or exercise.room.state.status != "ended":
        return ""
    # It takes a while, and the room goes on.
    return await asyncio.to_thread(_rendered, await exercise.record())


def _rendered(record: Record) -> str:
    return markdown.render(debrief(build(record)))

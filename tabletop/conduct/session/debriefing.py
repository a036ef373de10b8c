"""Debriefing: what people read once the facilitator has opened it, of one table or of several."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from tabletop.debrief.blocks import Block, Figure
from tabletop.debrief.documents.comparison import comparison
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.documents.document import Document
from tabletop.debrief.report import build
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.session import Session
    from tabletop.exercise.record import Record


async def debriefed(session: Session, table: int) -> Document | None:
    """The debrief of a table, without people's names; none before its end.

    Raises:
        TabletopError: with a sentence, where its record can't be read.
    """
    exercise = session.exercises.get(table)
    if exercise is None or exercise.room.state.status != "ended":
        return None
    # It takes a while, and the room goes on.
    return await asyncio.to_thread(_written, await exercise.record())


async def side_by_side(session: Session) -> Document | None:
    """The tables of a session beside each other, never ranked; none where they are not several.

    Raises:
        TabletopError: with a sentence, where a record can't be read.
    """
    over = {
        number: exercise
        for number, exercise in session.exercises.items()
        if exercise.room.state.status == "ended"
    }
    if len(over) < 2:
        return None
    records = [await exercise.record() for exercise in over.values()]
    names = [say("Table {number}", number=number) for number in over]
    return await asyncio.to_thread(comparison, records, names)


def _written(record: Record) -> Document:
    document = debrief(build(record))
    pages = (
        replace(page, blocks=tuple(map(_for_terminals, page.blocks))) for page in document.pages
    )
    return replace(document, pages=tuple(pages))


def _for_terminals(block: Block) -> Block:
    """A figure without the shapes that only pages draw."""
    return replace(block, shapes=()) if isinstance(block, Figure) else block

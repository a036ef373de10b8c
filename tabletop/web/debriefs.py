"""Debriefs: what is read in a browser after the end, made once however many read it."""

import asyncio

from tabletop.conduct.session.debriefing import side_by_side
from tabletop.conduct.session.session import Session
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.formats import html
from tabletop.debrief.report import build
from tabletop.exercise.record import Record

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
"""The debrief is one file with its style in it, and runs nothing."""


class Debriefs:
    """The debriefs of a session's tables."""

    def __init__(self, session: Session) -> None:
        """Takes the session; nothing is made before somebody asks."""
        self._session = session
        self._made: dict[int, tuple[int, asyncio.Task[str]]] = {}

    async def page(self, table: int, back: str) -> str:
        """A table's debrief as it is now, without people's names; empty before its end.

        Raises:
            TabletopError: with a sentence, where its record can't be read.
        """
        exercise = self._session.exercises.get(table)
        if exercise is None or exercise.room.state.status != "ended":
            return ""
        head = exercise.room.head.seq
        made, task = self._made.get(table, (-1, None))
        if task is None or made != head:
            record = await exercise.record()
            # It takes a while, and the room goes on.
            task = asyncio.create_task(asyncio.to_thread(_rendered, record, back))
            self._made[table] = head, task
        # Whoever asked first may go away before it is made; the others wait for the same.
        return await asyncio.shield(task)

    async def side_by_side(self, back: str) -> str:
        """The session's tables side by side; empty where they are not several that are over.

        Raises:
            TabletopError: with a sentence, where a record can't be read.
        """
        document = await side_by_side(self._session)
        return "" if document is None else await asyncio.to_thread(html.render, document, back)


def _rendered(record: Record, back: str) -> str:
    return html.render(debrief(build(record)), back)

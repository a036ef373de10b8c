"""Debriefs: what is read in a browser after the end, made once however many read it."""

import asyncio
from functools import partial

from tabletop.conduct.once import Once
from tabletop.conduct.session.session import Session
from tabletop.debrief.documents.document import Document
from tabletop.debrief.formats import html

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
"""The debrief is one file with its style in it, and runs nothing."""


class Debriefs:
    """The debriefs of a session's tables, as pages."""

    def __init__(self, session: Session) -> None:
        """Takes the session; nothing is made before somebody asks."""
        self._back = session.back
        self._once = Once()

    async def page(self, table: int, back: str) -> str:
        """A table's debrief as it is now, without people's names; empty before its end.

        Raises:
            TabletopError: with a sentence, where its record can't be read.
        """
        return await self._rendered(("table", table), await self._back.debrief(table), back)

    async def side_by_side(self, back: str) -> str:
        """The session's tables side by side; empty where they are not several that are over.

        Raises:
            TabletopError: with a sentence, where a record can't be read.
        """
        return await self._rendered("side by side", await self._back.side_by_side(), back)

    async def _rendered(self, what: object, document: Document | None, back: str) -> str:
        if document is None:
            return ""
        make = partial(asyncio.to_thread, html.render, document, back)
        return await self._once.of((what, back), document, make)

"""Debriefing: what people read at a terminal once the facilitator has opened it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tabletop.debrief.blocks import Block, Figure
from tabletop.debrief.documents.document import Document

if TYPE_CHECKING:
    from tabletop.conduct.session.session import Session


async def debriefed(session: Session, table: int) -> Document | None:
    """The debrief of a table, without people's names; none before its end.

    Raises:
        TabletopError: with a sentence, where its record can't be read.
    """
    document = await session.back.debrief(table)
    if document is None:
        return None
    pages = (
        replace(page, blocks=tuple(map(_for_terminals, page.blocks))) for page in document.pages
    )
    return replace(document, pages=tuple(pages))


def _for_terminals(block: Block) -> Block:
    """A figure without the shapes that only pages draw."""
    return replace(block, shapes=()) if isinstance(block, Figure) else block

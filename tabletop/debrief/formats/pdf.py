"""PDF: a document typeset by typst, tagged as PDF/UA-1 asks.

The template is the package's own and holds every instruction there is; the document reaches it as
data, so nothing anyone wrote is ever read as markup or code. A figure is a drawing with its
description, and the table behind it follows as a table.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, assert_never

from tabletop.debrief.blocks import (
    Ask,
    Authored,
    Block,
    Figure,
    Form,
    Heading,
    Items,
    Line,
    Rows,
    Table,
)
from tabletop.debrief.documents.document import Document
from tabletop.debrief.formats.columns import shares
from tabletop.debrief.formats.missing import MissingPackage, MissingSign
from tabletop.debrief.formats.picture import svg
from tabletop.debrief.prose import clean, passages
from tabletop.wording import say

_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed')
_UNDATED = datetime.fromtimestamp(0, UTC)
"""So that the same document gives the same file."""


def render(document: Document) -> bytes:
    """The document as a PDF file.

    Raises:
        MissingPackage: where typst is not installed.
        MissingSign: where a text holds a sign that its fonts lack.
    """
    try:
        import typst
    except ModuleNotFoundError:
        raise MissingPackage("PDF") from None
    given = {
        "title": document.title,
        "marking": document.marking,
        "notice": document.notice,
        "notice_last": document.notice_last,
        "language": document.language,
        "page": say("Page {number} of {count}", language=document.language),
        "nothing": say("Nothing was written here.", language=document.language),
        "pages": [
            {
                "title": page.title,
                "fresh": page.fresh,
                "blocks": [_block(block) for block in page.blocks],
            }
            for page in document.pages
        ],
    }
    try:
        made: bytes = typst.compile(
            _template(),
            sys_inputs={"document": json.dumps(_cleaned(given))},
            pdf_standards=["ua-1"],
            timestamp=_UNDATED,
        )
    except typst.TypstError as error:
        found = _UNSHOWN.search(str(error))
        if found is None:
            raise
        raise MissingSign("PDF", clean(found[1])) from None
    return made


@cache
def _template() -> bytes:
    return (files("tabletop.debrief") / "templates" / "document.typ").read_bytes()


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading() | Line() | Rows() | Items() | Form():
            given = asdict(block)
        case Table():
            given = _table(block)
        case Ask():
            given = {"question": block.question, "written": block.written}
        case Authored():
            given = {"passages": [asdict(passage) for passage in passages(block.text)]}
        case Figure():
            given = {
                "svg": svg(block),
                "described": block.described,
                "keys": [(glyph, text) for glyph, _, text in block.key],
                "table": _table(block.table),
            }
        case _:
            assert_never(block)
    return {"kind": type(block).__name__, **given}


def _table(table: Table) -> dict[str, Any]:
    return {**asdict(table), "shares": shares(table)}


def _cleaned(given: Any) -> Any:
    """The same with nothing unseen in any text."""
    if isinstance(given, str):
        return clean(given)
    if isinstance(given, dict):
        return {name: _cleaned(value) for name, value in given.items()}
    if isinstance(given, Iterable):
        return [_cleaned(each) for each in given]
    return given

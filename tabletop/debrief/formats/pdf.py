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
from tabletop.debrief.formats.columns import fits, shares
from tabletop.debrief.formats.missing import MissingPackage, MissingSign
from tabletop.debrief.formats.picture import svg
from tabletop.debrief.prose import clean, passages
from tabletop.wording import say

_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed')
_LARGEST = 0.78
"""Points of paper to a unit of a figure at most, so that its text is no larger than that around."""
_SHEET = {False: (468, 590), True: (648, 400)}
"""Points a figure may take of a sheet, upright and on its side, its key below it left out."""
_LOW = 30
"""Lines of a row that is not to be broken across pages."""
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
        "wide": document.wide,
        "centered": document.centered,
        "language": document.language,
        "page": say("Page {number} of {count}", language=document.language),
        "contents": say("Contents", language=document.language),
        "nothing": say("Nothing was written here.", language=document.language),
        "pages": [
            {
                "title": page.title,
                "fresh": page.fresh,
                "wide": page.wide,
                "blocks": [_block(block, wide=page.wide) for block in page.blocks],
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


def _block(block: Block, *, wide: bool) -> dict[str, Any]:
    match block:
        case Heading() | Line() | Rows() | Items() | Form():
            given = asdict(block)
        case Table():
            given = _table(block, wide=wide)
        case Ask():
            given = {"question": block.question, "written": block.written}
        case Authored():
            given = {"passages": [asdict(passage) for passage in passages(block.text)]}
        case Figure():
            given = {
                "svg": svg(block),
                "width": _share_of_sheet(block, wide=wide),
                "described": block.described,
                "keys": [(glyph, text) for glyph, _, text in block.key],
                "table": _table(block.table, wide=wide),
            }
        case _:
            assert_never(block)
    return {"kind": type(block).__name__, **given}


def _share_of_sheet(figure: Figure, *, wide: bool) -> int:
    """How broad a figure is set, in percent: as large as its text may be and the sheet has room."""
    across, along = _SHEET[wide]
    scale = min(_LARGEST, across / figure.width, along / figure.height)
    return int(100 * figure.width * scale / across)


def _table(table: Table, *, wide: bool) -> dict[str, Any]:
    given = shares(table, wide=wide)
    return {
        **asdict(table),
        "shares": given,
        "fits": fits(table, wide=wide),
        "short": table.short,
        # A row that would not fit a page has to go on over the next.
        "whole": [
            max(len(cell) / share for cell, share in zip(row, given, strict=True)) < _LOW
            for row in table.rows
        ],
    }


def _cleaned(given: Any) -> Any:
    """The same with nothing unseen in any text."""
    if isinstance(given, str):
        return clean(given)
    if isinstance(given, dict):
        return {name: _cleaned(value) for name, value in given.items()}
    if isinstance(given, Iterable):
        return [_cleaned(each) for each in given]
    return given

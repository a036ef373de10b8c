"""The pages of a document as lines: the same pages in the same order as everywhere."""

from io import StringIO
from typing import TYPE_CHECKING

from tabletop.debrief import blocks as b
from tabletop.plain.page import Page
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.debrief.documents.document import Document


def heading(page: Page, leaf: b.Page, number: int, most: int) -> None:
    """Writes out which page this is."""
    page.gap()
    page.line(say("Page {number} of {most}: {title}", number=number, most=most, title=leaf.title))


def write(page: Page, block: b.Block) -> None:
    """Writes out one block."""
    match block:
        case b.Heading(text, aside):
            page.heading(f"{text} ({aside})" if aside else text)
        case b.Line(text):
            page.paragraph(text)
        case b.Authored(text):
            page.prose(text)
        case b.Rows(rows):
            for row in rows:
                page.line(f"{row.label}: {row.text}", "", "  ")
        case b.Items(mark=mark):
            page.gap()
            for sign, item in block.marked():
                page.line(item, "- " if mark == "bullet" else f"{sign} ")
        case b.Ask(_, question, written):
            page.paragraph(question)
            for who, text in written:
                page.line(f"{who}: {text}", "- ")
        case b.Table():
            _table(page, block)
        case b.Form(fields):
            for field in fields:
                page.line(f"{field.label}: {field.text or '_' * 20}", "", "  ")
        case b.Figure():
            # The table behind it says the same, and reads well aloud.
            _table(page, block.table)


def _table(page: Page, table: b.Table) -> None:
    """A table, told row by row: each cell with the head of its column, on one line if it fits."""
    page.paragraph(f"{table.caption}:")
    for first, *cells in table.rows:
        pairs = zip(table.head[1:], cells, strict=False)
        told = [f"{head}: {cell}" for head, cell in pairs if cell]
        line = f"{first}. {'; '.join(told)}"
        if len(line) + 2 <= page.width:
            page.line(line, "- ")
        else:
            page.line(first, "- ")
            for each in told:
                page.line(each, "  ", "    ")


def text(document: "Document") -> str:
    """A whole document as text."""
    out = StringIO()
    whole(Page(out, width=80), document)
    return out.getvalue()


def whole(page: Page, document: "Document") -> None:
    """Writes out a whole document, with what stands above every one that leaves the program."""
    page.line(document.title)
    page.line(document.marking)
    if not document.notice_last:
        _notice(page, document)
    for number, leaf in enumerate(document.pages, 1):
        heading(page, leaf, number, len(document.pages))
        for block in leaf.blocks:
            write(page, block)
    if document.notice_last:
        page.gap()
        _notice(page, document)
    page.flush()


def _notice(page: Page, document: "Document") -> None:
    for line in document.notice:
        page.line(line)

"""Markdown: a document as a text file that reads well as it is.

Whatever an author or a player wrote is escaped, so that it shows as it was written and makes no
heading, link, table or code of its own.
"""

from collections.abc import Iterable

from tabletop.debrief.blocks import (
    Ask,
    Authored,
    Block,
    Field,
    Figure,
    Form,
    Heading,
    Items,
    Line,
    Rows,
    Table,
)
from tabletop.debrief.documents.document import Document
from tabletop.debrief.prose import line, markdown, paragraphs
from tabletop.wording import say

_RULE = r"\_" * 30
"""A line to write on; the backslashes keep it from being a rule across the page."""


def render(document: Document) -> str:
    """The document as Markdown."""
    lines = [f"# {_one(document.title)}", ""]
    notice = _quoted((document.marking, *document.notice))
    lines += _quoted((document.marking,)) if document.notice_last else notice
    for page in document.pages:
        lines += [f"## {_one(page.title)}", ""]
        for block in page.blocks:
            lines += _block(block, document.language)
    if document.notice_last:
        lines += _quoted(document.notice)
    return "\n".join(lines).rstrip() + "\n"


def _quoted(notice: Iterable[str]) -> list[str]:
    lines = [line for each in notice for line in (f"> {_one(each)}", ">")]
    return [*lines[:-1], ""]


def _one(text: str) -> str:
    return markdown(line(text))


def _block(block: Block, language: str) -> list[str]:
    match block:
        case Heading():
            aside = f"*{_one(block.aside)}*" if block.aside else ""
            return [f"{'#' * block.level} {_one(block.text)}", "", *([aside, ""] if aside else [])]
        case Line():
            text = _one(block.text)
            return [{"strong": f"**{text}**", "quiet": f"*{text}*"}.get(block.tone, text), ""]
        case Authored():
            lines = []
            for paragraph in paragraphs(block.text):
                text = _one(paragraph.text)
                lines += [f"- {text}" if paragraph.item else text, ""]
            return lines
        case Rows():
            lines = [f"- **{_one(row.label)}:** {_one(row.text)}" for row in block.rows]
            return [*lines, ""]
        case Items():
            return [*_items(block), ""]
        case Ask():
            lines = [f"**{_one(block.question)}**", ""]
            for who, words in block.written:
                quoted = "  \n  ".join(markdown(each) for each in words.split("\n") if each.strip())
                lines += [f"- {_one(who)}: {quoted}", ""]
            if not block.written:
                lines += [f"*{say('Nothing was written here.', language=language)}*", ""]
            return lines
        case Table():
            return [f"**{_one(block.caption)}**", "", *_table(block), ""]
        case Form():
            return [line for field in block.fields for line in _field(field)]
        case Figure():
            return _block(block.table, language)


def _items(block: Items) -> list[str]:
    match block.mark:
        case "number":
            return [f"{mark} {_one(item)}" for mark, item in block.marked()]
        case "box":
            return [f"- {mark} {_one(item)}" for mark, item in block.marked()]
    return [f"- {_one(item)}" for item in block.items]


def _field(field: Field) -> list[str]:
    if field.text:
        return [f"**{_one(field.label)}:** {_one(field.text)}", ""]
    rules = [each for _ in range(field.lines - 1) for each in (_RULE, "")]
    return [f"**{_one(field.label)}:** {_RULE}", "", *rules]


def _table(block: Table) -> list[str]:
    rows = [block.head, tuple("---" for _ in block.head), *block.rows]
    return [
        f"| {' | '.join(cell if cell == '---' else _one(cell) for cell in row)} |" for row in rows
    ]

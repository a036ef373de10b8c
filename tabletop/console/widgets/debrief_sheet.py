"""The debrief's blocks as set text, for as much room as there is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tabletop.console.typeset import Block, BlockKind, blocks, plain
from tabletop.debrief import blocks as b
from tabletop.wording import say

COLUMN = 21
"""How wide the labels stand where there is room beside them."""
ROOMY = 72
"""From this width on, labels stand beside their text and not above it."""
APART = 2
"""Cells between the columns of a table."""
_TONES: dict[str, BlockKind] = {"plain": "text", "quiet": "note", "strong": "strong"}


def sheet(given: Iterable[b.Block], width: int) -> tuple[Block, ...]:
    """Blocks of a debrief as lines to set; places to write are left out."""
    lines = [line for block in given for line in _set(block, width)]
    # What stands first on a page needs no line above it.
    return tuple(line if number else replace(line, gap=0) for number, line in enumerate(lines))


def written_out(given: Iterable[b.Block]) -> Iterator[b.Block]:
    """Blocks with what was written in the places to write, for those who only read."""
    for block in given:
        if not isinstance(block, b.Ask):
            yield block
            continue
        yield b.Heading(block.question, level=4)
        yield b.Rows(tuple(b.Row(who, words) for who, words in block.written))
        if not block.written:
            yield b.Line(say("Nothing was written here."), "quiet")


def _set(block: b.Block, width: int) -> Iterator[Block]:
    roomy = width >= ROOMY
    match block:
        case b.Heading(level=3):
            yield Block(block.text, kind="heading", gap=2)
            if block.aside:
                yield plain(block.aside, "note")
        case b.Heading():
            yield Block(block.text, kind="title", gap=1)
            if block.aside:
                yield plain(block.aside, "note")
        case b.Line():
            yield plain(block.text, _TONES[block.tone], gap=1)
        case b.Authored():
            for number, each in enumerate(blocks(block.text)):
                yield (
                    each
                    if number
                    else Block(each.text, each.spans, each.kind, each.first, each.rest, 1)
                )
        case b.Rows():
            for number, row in enumerate(block.rows):
                yield from _row(row.label, row.text, roomy, gap=0 if number else 1)
        case b.Items():
            for number, (mark, item) in enumerate(block.marked()):
                rest = " " * (len(mark) + 1)
                yield Block(item, first=f"{mark} ", rest=rest, gap=0 if number else 1)
        case b.Table():
            yield plain(block.caption, "note", gap=1)
            yield from _table(block, width, gap=0)
        case b.Form():
            for number, field in enumerate(block.fields):
                text = field.text or "_" * 20
                yield from _row(field.label, text, roomy, gap=0 if number else 1)
        case b.Figure():
            yield from _figure(block)
            if not block.whole:
                yield from _table(block.table, width, gap=1)


def _row(label: str, text: str, roomy: bool, gap: int = 0) -> Iterator[Block]:
    if not roomy:
        yield plain(label, "note", gap=gap)
        yield Block(text, first="  ", rest="  ")
        return
    beside = " " * COLUMN
    if len(label) >= COLUMN - 1:
        yield plain(label, "note", gap=gap)
        yield Block(text, first=beside, rest=beside)
    else:
        yield Block(text, first=label.ljust(COLUMN), rest=beside, gap=gap)


def _table(table: b.Table, width: int, gap: int) -> Iterator[Block]:
    """In columns where every row has room on one line, else a row under another, each labelled."""
    widths = [max(map(len, cells)) for cells in zip(table.head, *table.rows, strict=True)]
    if sum(widths) + APART * (len(widths) - 1) <= width:
        yield plain(_columns(table.head, widths), "note", gap=gap)
        for cells in table.rows:
            yield Block(_columns(cells, widths))
        return
    short = max(map(len, table.head[1:])) < COLUMN - 1 and COLUMN + max(widths[1:]) <= width
    for cells in table.rows:
        yield Block(cells[0], kind="strong", gap=1)
        for head, cell in zip(table.head[1:], cells[1:], strict=True):
            yield from _row(head, cell, short or width >= ROOMY)


def _columns(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = (f"{cell:{wide}}" for cell, wide in zip(cells, widths, strict=True))
    return (" " * APART).join(padded).rstrip()


def _figure(figure: b.Figure) -> Iterator[Block]:
    """As it is drawn for a terminal, with every number in it; no line of a drawing is broken."""
    for each in figure.drawn:
        if each.label:
            yield Block(each.label, rest="    ", gap=1)
        for number, line in enumerate(each.lines):
            indent = "    " if each.label else ""
            yield Block(line, first=indent, gap=0 if number or each.label else 1)

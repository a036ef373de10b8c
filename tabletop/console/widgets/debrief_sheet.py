"""The debrief's blocks as set text, for as much room as there is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tabletop.console.typeset import Block, BlockKind, blocks, plain
from tabletop.debrief import blocks as b

COLUMN = 21
"""How wide the labels stand where there is room beside them."""
ROOMY = 72
"""From this width on, labels stand beside their text and not above it."""
_TONES: dict[str, BlockKind] = {"plain": "text", "quiet": "note", "strong": "strong"}


def sheet(given: Iterable[b.Block], width: int) -> tuple[Block, ...]:
    """Blocks of a debrief as lines to set; places to write are left out."""
    lines = [line for block in given for line in _set(block, width >= ROOMY)]
    # What stands first on a page needs no line above it.
    return tuple(line if number else replace(line, gap=0) for number, line in enumerate(lines))


def _set(block: b.Block, roomy: bool) -> Iterator[Block]:
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
            for number, item in enumerate(block.items):
                yield Block(item, first="• ", rest="  ", gap=0 if number else 1)
        case b.Table():
            for cells in block.rows:
                yield Block(cells[0], kind="strong", gap=1)
                for head, cell in zip(block.head[1:], cells[1:], strict=True):
                    yield from _row(head, cell, roomy)
        case b.Form():
            for number, field in enumerate(block.fields):
                text = field.text or "_" * 20
                yield from _row(field.label, text, roomy, gap=0 if number else 1)
        case b.Figure():
            yield from _figure(block)


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


def _figure(figure: b.Figure) -> Iterator[Block]:
    """As it is drawn for a terminal, with every number in it; no line of a drawing is broken."""
    for each in figure.drawn:
        if each.label:
            yield Block(each.label, rest="    ", gap=1)
        for number, line in enumerate(each.lines):
            yield Block(line, first="    ", gap=0 if number or each.label else 1)

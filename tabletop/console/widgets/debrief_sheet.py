"""The debrief's blocks as set text, for as much room as there is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tabletop.console.typeset import Block, BlockKind, blocks, plain
from tabletop.debrief import blocks as b
from tabletop.debrief.parts import Point
from tabletop.debrief.wordings import mark

COLUMN = 21
"""How wide the labels stand where there is room beside them."""
ROOMY = 72
"""From this width on, labels stand beside their text and not above it."""
_TONES: dict[str, BlockKind] = {"plain": "text", "quiet": "note", "strong": "strong"}
HALF = 4
"""Cells from the middle of an axis to its end: two a mark, so that a half has its own."""


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
        case b.Chart():
            yield from _chart(block)


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


def _chart(chart: b.Chart) -> Iterator[Block]:
    """Every choice with its place on both axes; the numbers stand beside the drawing."""
    yield plain(f"● {chart.axes[0]}   ■ {chart.axes[1]}   ├─┤ {chart.span}", "note", gap=1)
    for number, point in enumerate(chart.points, 1):
        yield Block(f"{point.title}: {point.chosen}", first=f"{number:>2}  ", rest="    ", gap=1)
        for axis, shape in enumerate("●■"):
            if point.worst[axis] != point.best[axis]:
                yield Block(_axis(point, axis, shape), first=f"    {shape} ", rest="      ")


def _axis(point: Point, axis: int, shape: str) -> str:
    low, high = point.worst[axis], point.best[axis]
    value = point.ci if axis else point.vc
    cells = ["·"] * (2 * HALF + 1)
    first, last, at = (HALF + int(each * 2) for each in (low, high, value))
    for cell in range(first, last + 1):
        cells[cell] = "─"
    if last > first:
        cells[first], cells[last] = "├", "┤"
    cells[at] = shape
    return f"{''.join(cells)}  {mark(value):>2}   ({mark(low)} … {mark(high)})"

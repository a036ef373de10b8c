"""Marks by choice: a row a choice, a column an axis, with what was open beside what was taken."""

from collections.abc import Iterator
from fractions import Fraction

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Drawn, Figure, Table
from tabletop.debrief.figures.lines import key
from tabletop.debrief.figures.shapes import Glyph, Mark, Segment, Shape, Tone, Words
from tabletop.debrief.parts import Point
from tabletop.wording import say

ROW, TOP, LEFT, WIDE, GAP = 30, 58, 52, 250, 60
STEP = WIDE // 4
COLUMNS = (LEFT, LEFT + WIDE + GAP)
AXES: tuple[tuple[Glyph, Tone, str], ...] = (("circle", "vc", "●"), ("square", "ci", "■"))
HALF = 4
"""Cells from the middle of an axis to its end: two a mark, so that a half has its own."""


def marks(points: tuple[Point, ...], language: str) -> Figure:
    """The figure of some choices."""
    names = w.axis("vc", language), w.axis("ci", language)
    chosen = say("chosen", language=language)
    bottom = TOP + ROW * len(points)
    return Figure(
        title=say("Marks by choice on the two axes", language=language),
        described=say(
            "One row a choice. A circle marks victim-centeredness, a square case"
            " integrity; the line shows what was open. The table below has the same"
            " numbers.",
            language=language,
        ),
        width=LEFT + 2 * WIDE + GAP + LEFT,
        height=bottom + 12,
        shapes=(*_frame(names, bottom), *_rows(points)),
        key=(
            *(
                (glyph, tone, say("{axis}, {chosen}", language=language, axis=name, chosen=chosen))
                for (glyph, tone, _), name in zip(AXES, names, strict=True)
            ),
            ("line", "quiet", say("worst to best that was open", language=language)),
            ("stroke", "ink", say("best open", language=language)),
        ),
        drawn=tuple(_drawn(points, names, language)),
        table=_table(points, names, language),
    )


def _frame(names: tuple[str, str], bottom: int) -> Iterator[Shape]:
    for column, name in zip(COLUMNS, names, strict=True):
        yield Words(column + WIDE / 2, 18, name, "middle", size=14, strong=True)
        for step in range(5):
            x = column + step * STEP
            yield Segment(x, TOP, x, bottom, "rule")
            yield Words(x, TOP - 12, w.mark(Fraction(step - 2)), "middle", "quiet", 12)


def _rows(points: tuple[Point, ...]) -> Iterator[Shape]:
    for number, point in enumerate(points):
        y = TOP + ROW * number + ROW / 2
        yield Words(18, y + 5, str(number + 1), "middle", size=14)
        for axis, (column, value) in enumerate(zip(COLUMNS, (point.vc, point.ci), strict=True)):
            end = _x(column, point.best[axis])
            yield Segment(_x(column, point.worst[axis]), y, end, y, "quiet", 3)
            yield Segment(end, y - 7, end, y + 7, "ink", 2)
            glyph, tone, _ = AXES[axis]
            yield Mark(_x(column, value), y, glyph, tone, 7)


def _x(column: int, value: Fraction) -> int:
    return column + int((value + 2) * STEP)


def _drawn(points: tuple[Point, ...], names: tuple[str, str], language: str) -> Iterator[Drawn]:
    span = say("worst to best that was open", language=language)
    yield key((f"● {names[0]}", f"■ {names[1]}", f"├─┤ {span}"))
    for number, point in enumerate(points, 1):
        yield Drawn(
            f"{number}  {_named(point, language)}",
            tuple(
                f"{shape} {_axis(point, axis, shape)}"
                for axis, (_, _, shape) in enumerate(AXES)
                if point.worst[axis] != point.best[axis]
            ),
        )


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
    return f"{''.join(cells)}  {w.mark(value):>2}   ({w.mark(low)} … {w.mark(high)})"


def _table(points: tuple[Point, ...], names: tuple[str, str], language: str) -> Table:
    was_open = say("was open", language=language)
    return Table(
        say(
            "Marks, from {low} to {high}; half where the reason given did not fit",
            language=language,
            low=w.mark(Fraction(-2)),
            high=w.mark(Fraction(2)),
        ),
        ("", say("Choice", language=language), names[0], was_open, names[1], was_open),
        tuple(
            (
                str(number),
                _named(point, language),
                w.mark(point.vc),
                _span(point.worst[0], point.best[0], language),
                w.mark(point.ci),
                _span(point.worst[1], point.best[1], language),
            )
            for number, point in enumerate(points, 1)
        ),
    )


def _named(point: Point, language: str) -> str:
    return say("{title}: {chosen}", language=language, title=point.title, chosen=point.chosen)


def _span(worst: Fraction, best: Fraction, language: str) -> str:
    if worst == best:
        return say("nothing else", language=language)
    return say("{worst} to {best}", language=language, worst=w.mark(worst), best=w.mark(best))

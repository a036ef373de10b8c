"""Chart: marked choices on the two axes, drawn as plain SVG.

Two columns of rows, one column an axis and one row a choice. Which axis it is shows in the shape
(circle, square) and in the place, so the drawing holds in grey, in print and for any eye. Colours
come from the page's variables; every number stands in the table below.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tabletop.debrief.blocks import Chart
from tabletop.debrief.wordings import mark

ROW = 30
TOP = 58
LEFT = 52
WIDE = 250
GAP = 60
STEP = WIDE // 4


@dataclass(frozen=True, slots=True)
class Stroke:
    """One axis of one choice: where the span runs, and where the choice lies."""

    shape: Literal["circle", "square"]
    y: int
    start: int
    end: int
    at: int
    value: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis, with its grid line."""

    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template places."""

    width: int
    height: int
    top: int
    bottom: int
    ticks: tuple[Tick, ...]
    heads: tuple[Tick, ...]
    numbers: tuple[tuple[int, str], ...]
    strokes: tuple[Stroke, ...]


def drawing(chart: Chart) -> Drawing:
    """Where everything lies."""
    columns = (LEFT, LEFT + WIDE + GAP)
    bottom = TOP + ROW * len(chart.points)
    strokes: list[Stroke] = []
    for number, point in enumerate(chart.points):
        y = TOP + ROW * number + ROW // 2
        for axis, (column, value) in enumerate(zip(columns, (point.vc, point.ci), strict=True)):
            strokes.append(
                Stroke(
                    shape="square" if axis else "circle",
                    y=y,
                    start=_x(column, point.worst[axis]),
                    end=_x(column, point.best[axis]),
                    at=_x(column, value),
                    value=mark(value),
                )
            )
    return Drawing(
        width=LEFT + 2 * WIDE + GAP + LEFT,
        height=bottom + 12,
        top=TOP,
        bottom=bottom,
        ticks=tuple(
            Tick(column + step * STEP, mark(Fraction(step - 2)))
            for column in columns
            for step in range(5)
        ),
        heads=tuple(
            Tick(column + WIDE // 2, name) for column, name in zip(columns, chart.axes, strict=True)
        ),
        numbers=tuple(
            (TOP + ROW * number + ROW // 2, str(number + 1)) for number in range(len(chart.points))
        ),
        strokes=tuple(strokes),
    )


def _x(column: int, value: Fraction) -> int:
    return column + int((value + 2) * STEP)

"""Where this run lies among what no play beats: what was gained, and what was forgone.

A play beats another only if it is no worse in both, so both are drawn; what lies further up and to
the right in one panel may be worse in the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from tabletop.debrief import wordings as w
from tabletop.debrief.analysis.frontier import Frontier, Total
from tabletop.debrief.blocks import Drawn, Figure, Table
from tabletop.debrief.figures.lines import key
from tabletop.debrief.figures.shapes import Glyph, Mark, Segment, Shape, Tone, Words
from tabletop.wording import say

PANEL, LEFT, TOP, GAP = 270, 70, 44, 90
STEPS = 6
"""About how many lines run across a panel."""
ROWS, COLUMNS = 12, 40
"""Cells of a panel in a terminal."""
KINDS: tuple[tuple[Glyph, Tone, str], ...] = (
    ("ring", "quiet", "○"),
    ("circle", "ink", "●"),
    ("diamond", "ink", "◆"),
)
"""What no play beats, one that beats this run, and this run: the last lies on top."""
Place = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class _Panel:
    """One of the two, with its places by kind."""

    title: str
    signed: bool
    places: tuple[tuple[Place, ...], ...]

    @property
    def every(self) -> tuple[Place, ...]:
        return tuple(place for places in self.places for place in places)

    def span(self, axis: int) -> tuple[int, int]:
        """The whole numbers an axis runs between."""
        values = [place[axis] for place in self.every]
        low, high = floor(min(values)), ceil(max(values))
        return (low, high) if high > low else (low - 1, high + 1)


def plot(found: Frontier, language: str) -> Figure:
    """The figure of a frontier that is known, with a run beside it."""
    table = _table(found, language)
    panels = (
        _panel(say("Gained", language=language), found, gained=True),
        _panel(say("Forgone", language=language), found, gained=False),
    )
    axes = w.axis("vc", language), w.axis("ci", language)
    names = (
        say("no play beats it", language=language),
        say("beats this exercise", language=language),
        say("this exercise", language=language),
    )
    there = [kind for kind in range(len(KINDS)) if panels[0].places[kind]]
    return Figure(
        title=table.caption,
        described=say(
            "Two panels, what plays gained and what they gave up: victim-centeredness from left to"
            " right, case integrity upward. Rings are plays that no play beats, a diamond is this"
            " exercise. The table below has the numbers.",
            language=language,
        ),
        width=LEFT + 2 * PANEL + GAP + 20,
        height=TOP + PANEL + 56,
        shapes=tuple(
            shape
            for number, panel in enumerate(panels)
            for shape in _shapes(panel, LEFT + number * (PANEL + GAP), axes)
        ),
        key=tuple((*KINDS[kind][:2], names[kind]) for kind in there),
        drawn=(
            key(f"{KINDS[kind][2]} {names[kind]}" for kind in there),
            *(Drawn(f"{panel.title}: {axes[0]} →, {axes[1]} ↑", _lines(panel)) for panel in panels),
        ),
        table=table,
        whole=False,
    )


def total(given: Total) -> tuple[str, str, str, str]:
    """Gained on both axes and forgone on both, as they are written."""
    return (
        w.mark(given.vc),
        w.mark(given.ci),
        w.mark(given.forgone_vc).lstrip("+"),
        w.mark(given.forgone_ci).lstrip("+"),
    )


def _table(found: Frontier, language: str) -> Table:
    """This run, one that beats it, and every total that no play beats, in no order of worth."""
    axes = w.axis("vc", language), w.axis("ci", language)
    rows = [(say("This exercise", language=language), found.run)]
    if found.better is not None:
        rows.append((say("One that beats it", language=language), found.better.total))
    rows += [(say("No play beats it", language=language), each) for each in found.points]
    return Table(
        say("This exercise beside what no play beats", language=language),
        (
            say("Play", language=language),
            *(say("{axis}, gained", language=language, axis=axis) for axis in axes),
            *(say("{axis}, forgone", language=language, axis=axis) for axis in axes),
        ),
        tuple((name, *total(each)) for name, each in rows if each is not None),
    )


def _panel(title: str, found: Frontier, *, gained: bool) -> _Panel:
    def place(total: Total) -> Place:
        return (total.vc, total.ci) if gained else (total.forgone_vc, total.forgone_ci)

    better = found.better
    return _Panel(
        title,
        gained,
        (
            tuple(dict.fromkeys(map(place, found.points))),
            () if better is None else (place(better.total),),
            () if found.run is None else (place(found.run),),
        ),
    )


def _shapes(panel: _Panel, left: int, axes: tuple[str, str]) -> Iterator[Shape]:
    (low_x, high_x), (low_y, high_y) = panel.span(0), panel.span(1)
    bottom = TOP + PANEL
    yield Words(left + PANEL / 2, 20, panel.title, "middle", size=14, strong=True)
    for value in _steps(low_x, high_x):
        x = left + PANEL * (value - low_x) / (high_x - low_x)
        yield Segment(x, TOP, x, bottom, "rule")
        yield Words(x, bottom + 18, _number(panel, value), "middle", "quiet", 12)
    for value in _steps(low_y, high_y):
        y = bottom - PANEL * (value - low_y) / (high_y - low_y)
        yield Segment(left, y, left + PANEL, y, "rule")
        yield Words(left - 8, y + 4, _number(panel, value), "end", "quiet", 12)
    yield Words(left + PANEL / 2, bottom + 40, axes[0], "middle", size=12)
    yield Words(left - 48, TOP - 14, axes[1], size=12)
    for (glyph, tone, _), places in zip(KINDS, panel.places, strict=True):
        for vc, ci in places:
            x = left + PANEL * float((vc - low_x) / (high_x - low_x))
            y = bottom - PANEL * float((ci - low_y) / (high_y - low_y))
            yield Mark(x, y, glyph, tone, 9 if glyph == "diamond" else 6)


def _number(panel: _Panel, value: int) -> str:
    """A mark with its sign; what was forgone has none."""
    return w.mark(Fraction(value)) if panel.signed else str(value)


def _steps(low: int, high: int) -> range:
    """The values with a line: every one, or every second, fifth, tenth where they are many."""
    by = next((by for by in (1, 2, 5, 10, 20) if (high - low) <= by * STEPS), 50)
    return range(-(-low // by) * by, high + 1, by)


def _lines(panel: _Panel) -> tuple[str, ...]:
    (low_x, high_x), (low_y, high_y) = panel.span(0), panel.span(1)
    cells = [["·"] * COLUMNS for _ in range(ROWS)]
    for (_, _, sign), places in zip(KINDS, panel.places, strict=True):
        for vc, ci in places:
            column = round((COLUMNS - 1) * (vc - low_x) / (high_x - low_x))
            row = round((ROWS - 1) * (high_y - ci) / (high_y - low_y))
            cells[row][column] = sign
    ends = {0: _number(panel, high_y), ROWS - 1: _number(panel, low_y)}
    broad = max(map(len, ends.values()))
    across = f"{_number(panel, low_x):{COLUMNS - 4}}{_number(panel, high_x):>4}"
    return (
        *(f"{ends.get(row, ''):>{broad}} {''.join(line)}" for row, line in enumerate(cells)),
        f"{'':{broad}} {across}",
    )

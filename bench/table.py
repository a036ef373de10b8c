"""The table: a row for each thing measured, its neighbour, and whether the aim is met."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    what: str
    found: str
    beside: str = ""
    ratio: str = ""
    aim: str = ""
    met: bool | None = None
    """Whether the aim is met; `None` where there is none or nothing was measured."""


def interleaved(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """The median of each measure, taken in turns so that a busy minute falls on all of them."""
    taken: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds):
        for each, measure in zip(taken, measures, strict=True):
            each.append(measure())
    return [median(each) for each in taken]


def at_most(what: str, ours: float, theirs: float, aim: float, beside: str) -> Row:
    """A row of two times in seconds whose ratio should not exceed the aim."""
    ratio = ours / theirs
    return Row(what, ms(ours), f"{beside} {ms(theirs)}", f"{ratio:.2f}", f"≤ {aim:g}", ratio <= aim)


def ms(seconds: float) -> str:
    if seconds < 0.002:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def printed(rows: Sequence[Row]) -> str:
    """The rows in Markdown, so that `docs/speed.md` can hold them as they are."""
    cells = [("what", "measured", "beside", "ratio", "aim", "")]
    for row in rows:
        verdict = {True: "met", False: "missed", None: ""}[row.met]
        cells.append((row.what, row.found, row.beside, row.ratio, row.aim, verdict))
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    lines = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)

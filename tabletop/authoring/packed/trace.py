"""Traces: what one move brings, gathered while it unfolds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Vector = tuple[int, int, int, int]
"""Gained VC and CI, and the best VC and CI that were open, in units of `Model.scale`."""
Judged = tuple[int, int, bool]
"""VC, CI, and whether positive marks can count whole."""
Step = tuple[str, ...]
"""What was done: `commit decision option`, `share fact holder to`, `release inject`, `advance`."""

NOTHING: Vector = (0, 0, 0, 0)


@dataclass(slots=True)
class Trace:
    """What one move brings, gathered while it unfolds."""

    factors: list[tuple[Vector, ...]] = field(default_factory=list)
    exercised: int = 0
    words: int = 0
    minutes: int = 0
    decided: int = 0
    seen: int = 0
    """What shows on it, where somebody watches (`watch.py`)."""

    def add(self, ways: Iterable[Vector]) -> None:
        """Adds a marked choice with the ways it may count."""
        distinct = tuple(dict.fromkeys(ways))
        if distinct != (NOTHING,):
            self.factors.append(distinct)


def worth(mark: int, full: bool, scale: int) -> int:
    """What a mark counts, in units of the scale."""
    return mark * scale if full or mark < 0 else mark * scale // 2

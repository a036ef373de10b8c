"""Abreast: where the talk about each table stands, while a room goes through one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.debrief.hot_wash import Step


def beside(steps: Sequence[Step], others: Sequence[Step], number: int) -> int:
    """Where a talk stands while another one, about another table, is at a step; 0 for nowhere.

    At the same step, the same decision in turn; where this talk has fewer decisions, at the last
    step before that both of them have.
    """
    own = {name: at for at, name in enumerate(_named(steps), 1)}
    known = (own[name] for name in reversed(_named(others)[:number]) if name in own)
    return next(known, 0) if 0 < number <= len(others) else 0


def _named(steps: Sequence[Step]) -> list[tuple[str, int]]:
    """What each step of a talk is, and the how manieth of its kind."""
    seen: Counter[str] = Counter()
    found = []
    for step in steps:
        seen[step.slug] += 1
        found.append((step.slug, seen[step.slug]))
    return found

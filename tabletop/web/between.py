"""Between: what is new between two views, made once for all who were shown both.

Whoever reads the same is shown the same objects (`exercise/readers.py`), and what a page or a
terminal has to be told when one of them takes another's place rests on these two alone. So it is
known by the objects themselves, which costs nothing, and never by reading them through.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Shown = TypeVar("Shown")
Made = TypeVar("Made")

MOST = 500
"""How many of these are kept; few are wanted again once everyone has been told."""


def between(make: Callable[[Shown, Shown], Made]) -> Callable[[Shown, Shown], Made]:
    """Makes something of an earlier and a later object once, however many ask for it."""
    # The objects are kept with it, so that no other can come to be where they were.
    kept: dict[tuple[int, int], tuple[Shown, Shown, Made]] = {}

    @wraps(make)
    def found(before: Shown, now: Shown) -> Made:
        key = id(before), id(now)
        known = kept.get(key)
        if known is None:
            if len(kept) >= MOST:
                del kept[next(iter(kept))]
            known = kept[key] = before, now, make(before, now)
        return known[2]

    return found

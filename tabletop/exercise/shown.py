"""Shown: parts of views as an engine last made them.

After each command every seat is given a whole view, and most of it says what it said before. State
is made of values that are replaced and never changed, so whether a part still holds is told by
comparing what it is made of with what it was made of, and mostly by their being the same objects.
A part must be given everything it reads; a test holds remembered views against views made anew.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar

from tabletop.exercise.engine import Engine

Made = TypeVar("Made")

REMEMBERED = 20_000
"""How many parts of views an engine keeps before it begins anew; some 20 MB."""


def renewed(
    engine: Engine, part: str, who: Hashable, given: tuple[object, ...], make: Callable[[], Made]
) -> Made:
    """A part of views, made again where anything it is made of has changed.

    `who` is whatever the part reads of those who see it: a role, a reader, or nobody.
    """
    key = (part, who)
    last: tuple[object, Made] | None = engine.shown.get(key)
    # Tuples take the same object for equal before they ask it, which makes this cheap.
    if last is not None and last[0] == given:
        return last[1]
    made = make()
    engine.shown[key] = (given, made)
    return made


def once(engine: Engine, make: Callable[..., Made], *given: Hashable) -> Made:
    """What `make(engine, *given)` gives, made the first time and remembered."""
    key = (make, *given)
    found: Made | None = engine.shown.get(key)
    if found is None:
        if len(engine.shown) > REMEMBERED:
            engine.shown.clear()
        found = engine.shown[key] = make(engine, *given)
    return found

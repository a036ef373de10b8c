"""Bounds: the least and the most that can still be counted, and the endings that can be reached.

The least is kept negative, so that more is always wider: over several moves the wider of each
counts, over a move and what follows it their sum. Where situations can follow each other in a
circle, their bounds are worked out together in rounds; what still grows after as many rounds as
there are situations has no bound.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

from tabletop.authoring.packed.components import components

Wide = tuple[float, float, float, float]
"""The least VC and CI, negative, and the most, in units of the scale; endless where unbounded."""
NONE: Wide = (0, 0, 0, 0)
Node = TypeVar("Node", bound=Hashable)


class TooWide(Exception):
    """There are more situations than may be walked."""


@dataclass(frozen=True, slots=True)
class Value:
    """What can come between a situation and the endings."""

    wide: Wide
    endings: frozenset[str]


Onward = tuple[Wide, "Node | Value | None"]
"""What a move may count, and the situation it leads to or what is known of it."""


class Bounds(Generic[Node]):
    """The bounds of situations, each worked out once."""

    def __init__(self, onward: Callable[[Node], Iterable[Onward[Node]]], limit: int) -> None:
        """Takes where a situation leads, and how many situations may be walked."""
        self._onward = onward
        self._limit = limit
        self._known: dict[Node, Value | None] = {}

    def of(self, node: Node) -> Value | None:
        """What can come of a situation; nothing where it leads to no end.

        Raises:
            TooWide: where it is too much to walk.
        """
        if node not in self._known:
            found: dict[Node, list[Onward[Node]]] = {}

            def after(here: Node) -> list[Node]:
                if len(self._known) + len(found) >= self._limit:
                    raise TooWide
                found[here] = list(self._onward(here))
                return [
                    to
                    for _, to in found[here]
                    if to is not None and not isinstance(to, Value) and to not in self._known
                ]

            for component in components((node,), after):
                self._known.update(self._solved(component, found))
                for each in component:
                    del found[each]
        return self._known[node]

    def either(self, steps: Iterable[Onward[Node]]) -> Value | None:
        """What can come of any of some moves; nothing where none leads to an end."""
        return _either(steps, self.of)

    def _solved(
        self, component: list[Node], found: Mapping[Node, list[Onward[Node]]]
    ) -> Mapping[Node, Value | None]:
        within: dict[Node, Value | None] = dict.fromkeys(component)

        def known(node: Node) -> Value | None:
            return within[node] if node in within else self._known[node]

        if len(component) == 1 and all(to != component[0] for _, to in found[component[0]]):
            return {component[0]: _either(found[component[0]], known)}
        grown, rounds = True, 0
        while grown:
            grown = False
            rounds += 1
            for node in component:
                old, new = within[node], _either(found[node], known)
                if new != old:
                    grown = True
                    if old is not None and new is not None and rounds > len(component) + 1:
                        new = _endless(old, new)
                    within[node] = new
        return within


def _either(steps: Iterable[Onward[Node]], known: Callable[[Node], Value | None]) -> Value | None:
    found: Value | None = None
    for wide, target in steps:
        there = known(target) if not isinstance(target, Value | None) else target
        if there is not None:
            counted = plus(wide, there.wide)
            if found is None:
                found = Value(counted, there.endings)
            else:
                a, b, c, d = map(max, found.wide, counted)
                found = Value((a, b, c, d), found.endings | there.endings)
    return found


def _endless(old: Value, new: Value) -> Value:
    """What grew has no bound."""
    a, b, c, d = (o if o == n else inf for o, n in zip(old.wide, new.wide, strict=True))
    return Value((a, b, c, d), new.endings)


def plus(one: Wide, other: Wide) -> Wide:
    """What two things one after the other may count."""
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]

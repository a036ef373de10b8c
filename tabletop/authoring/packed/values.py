"""Values: what can still come of a situation, and how it follows from what comes after.

All situations with the same value are one to whatever leads to them, so a value is worked out
once for each scene, pattern of arrival and values behind its exits, however many situations share
them. `Way` is what lies between two points, `Value` what lies between one point and the ends.

The least and the most of everything counted stand side by side in one long integer, the least
taken negative. Adding two integers adds all of them; `largest` takes the larger of each at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabletop.authoring.packed.inside import Inside
from tabletop.authoring.packed.moves import Label
from tabletop.authoring.packed.reach import Passing
from tabletop.authoring.packed.spread import ZERO, Spread, joined, packed, unbeaten

COUNTED = ("vc", "ci", "decisions", "words", "minutes", "moves")
"""What is counted, the least of each first and then the most."""
_BITS = 40
_LANE = (1 << _BITS) - 1
BEYOND = 1 << 36
"""What counts as without bound; everything finite stays far below."""
_ZERO = 1 << 38
"""Where a lane has its zero, so that no lane ever goes below none."""


@dataclass(frozen=True, slots=True)
class Way:
    """What lies between two points, by any way from one to the other."""

    counts: int
    """The least and the most of everything counted, as one integer, its zeros at 0."""
    must: int
    """What every way exercises."""
    may: int
    """What some way exercises."""
    routes: int
    """How many ways there are."""
    spread: Spread
    """The totals no other beats."""


@dataclass(frozen=True, slots=True)
class Value:
    """What lies between a situation and the ends."""

    counts: int
    """As for a way, and the fewest moves to each ending, taken negative; zeros at `_ZERO`."""
    must: int
    may: int
    routes: int
    """How many ways there are to each ending, side by side; below zero where without number."""
    spread: Spread | None
    """Nothing where there is no end of totals."""


class Lanes:
    """How many numbers stand side by side, and how wide routes are."""

    def __init__(self, endings: Sequence[str], routes: int) -> None:
        """Takes the endings, and a number that no number of routes exceeds."""
        self.endings = tuple(endings)
        self.width = len(COUNTED) * 2 + len(endings)
        self.tops = sum(1 << _BITS * place + _BITS - 1 for place in range(self.width))
        self.zeros = sum(_ZERO << _BITS * place for place in range(self.width))
        self.routes = routes.bit_length() + 1

    def largest(self, one: int, two: int) -> int:
        """The larger of each pair of numbers."""
        if one == two:
            return one
        tops = ((one | self.tops) - two) & self.tops
        return two ^ ((one ^ two) & (tops - (tops >> _BITS - 1)))

    def pack(self, numbers: Iterable[int]) -> int:
        """Numbers side by side, their zeros at 0."""
        return sum(number << _BITS * place for place, number in enumerate(numbers))

    def read(self, counts: int) -> list[int]:
        """The numbers of a value, side by side."""
        return [(counts >> _BITS * place & _LANE) - _ZERO for place in range(self.width)]

    def only(self, counts: int, places: Iterable[int]) -> int:
        """Counts, their zeros at 0, with all but a few numbers made 0."""
        mask = sum(_LANE << _BITS * place for place in places)
        return (counts + self.zeros & mask) - (self.zeros & mask)

    def label_way(self, label: Label, *, plain: bool) -> Way:
        """What one move brings."""
        counted = [label.decided, label.words, label.minutes, label.moves]
        low = [sum(min(way[axis] for way in f) for f in label.factors) for axis in (0, 1)]
        high = [sum(max(way[axis] for way in f) for f in label.factors) for axis in (0, 1)]
        spread = ZERO
        for factor in label.factors:
            spread = joined(unbeaten(packed(*way) for way in factor), spread)
        negative = [-number for number in (*low, *counted)]
        nearest = [-label.moves] * len(self.endings)
        return Way(
            self.pack((*negative, *high, *counted, *nearest)),
            label.exercised,
            label.exercised,
            1 if plain else 0,
            spread,
        )

    def either(self, ways: Sequence[Way]) -> Way:
        """Any of several ways between the same two points."""
        if len(ways) == 1:
            return ways[0]
        counts, must, may, routes = ways[0].counts + self.zeros, ways[0].must, 0, 0
        for way in ways:
            counts = self.largest(counts, way.counts + self.zeros)
            must &= way.must
            may |= way.may
            routes += way.routes
        spreads = dict.fromkeys(way.spread for way in ways)
        spread = unbeaten([total for each in spreads for total in each])
        return Way(counts - self.zeros, must, may, routes, spread)

    def ended(self, ending: str) -> Value:
        """The value of an ending."""
        place = self.endings.index(ending)
        nearest = [0 if each == ending else -BEYOND for each in self.endings]
        counts = self.pack((*[0] * (len(COUNTED) * 2), *nearest)) + self.zeros
        return Value(counts, 0, 0, 1 << place * self.routes, ZERO)

    def ahead(self, ways: Iterable[tuple[Way, Value]]) -> Value | None:
        """The value of a point from which each way leads to a point of a known value.

        Its totals are left out: they follow apart, since fewer situations differ in them.
        """
        counts, must, may, routes, largest = 0, -1, 0, 0, self.largest
        for way, value in ways:
            counts = largest(counts, way.counts + value.counts)
            must &= way.must | value.must
            may |= way.may | value.may
            routes = -1 if min(routes, value.routes) < 0 else routes + way.routes * value.routes
        return Value(counts, must, may, routes, None) if counts else None


def after(first: Way, second: Way) -> Way:
    """One way and then the other."""
    return Way(
        first.counts + second.counts,
        first.must | second.must,
        first.may | second.may,
        first.routes * second.routes,
        joined(first.spread, second.spread),
    )


def crossing(
    lanes: Lanes, inside: Inside, passing: Passing, ways: Sequence[Way], plain: Sequence[Way]
) -> list[tuple[int, Way]]:
    """For each exit that a pattern of arrival leads to: everything between the two."""
    first = plain[passing.label]
    if not passing.whole:
        return []
    if passing.target < 0:
        return [(~passing.target, first)]
    here: dict[int, list[Way]] = {passing.target: [first]}
    out: dict[int, list[Way]] = {}
    for node in passing.nodes:
        way = lanes.either(here.pop(node))
        for edge in inside.explored(node):
            led = after(way, (plain if edge.plain else ways)[edge.label])
            if edge.target < 0:
                out.setdefault(~edge.target, []).append(led)
            else:
                here.setdefault(edge.target, []).append(led)
    return [(number, lanes.either(out[number])) for number in passing.exits]


def spread_ahead(ways: Iterable[tuple[Spread, Spread]]) -> Spread:
    """The unbeaten totals of some ways, each with what lies behind it."""
    sums: dict[Spread, list[Spread]] = {}
    for way, rest in ways:
        sums.setdefault(rest, []).append(way)
    if len(sums) == 1:
        ((rest, ones),) = sums.items()
        return joined(ones[0] if len(ones) == 1 else _united(ones), rest)
    totals: set[int] = set()
    for rest, ones in sums.items():
        one = ones[0] if len(ones) == 1 else _united(ones)
        totals.update([first + second for first in one for second in rest])
    return unbeaten(totals)


def _united(spreads: list[Spread]) -> Spread:
    return unbeaten([total for each in dict.fromkeys(spreads) for total in each])

"""Weights: what the diagrams of what is still to come are about.

Four kinds of weight, and a fifth that stands at the ends only: how they are put together along a
way, what of several is taken, and what two have in common.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd
from operator import add, mul, or_

from tabletop.authoring.packed.diagrams import BELOW, END, Diagrams, Function
from tabletop.authoring.packed.spread import ZERO, Spread
from tabletop.authoring.packed.values import Lanes, spread_ahead


class Most(Diagrams[int]):
    """The most of everything counted, side by side in one integer."""

    along = staticmethod(add)
    light = 0

    def __init__(self, lanes: Lanes) -> None:
        """Takes how numbers stand side by side."""
        super().__init__()
        self.lanes = lanes

    def shared(
        self, without: Function[int], having: Function[int]
    ) -> tuple[int, Function[int], Function[int]]:
        """What the first counts."""
        weight = (without or having or (0, 0))[0]
        return (
            weight,
            without and (without[0] - weight, without[1]),
            having and (having[0] - weight, having[1]),
        )

    def gathered(
        self, functions: Iterable[tuple[int, int]]
    ) -> tuple[int, tuple[tuple[int, int], ...]]:
        """What the first counts; of two weights above a diagram, the larger of each number."""
        zeros, largest = self.lanes.zeros, self.lanes.largest
        best: dict[int, int] = {}
        for weight, each in functions:
            known = best.get(each)
            if known is None:
                best[each] = weight
            elif known != weight:
                best[each] = largest(known + zeros, weight + zeros) - zeros
        several = sorted(best.items())
        first = several[0][1]
        return first, tuple([(each, weight - first) for each, weight in several])


class Number(Diagrams[int]):
    """A number of ways, for several ends side by side in one integer."""

    along = staticmethod(mul)
    light = 1

    def shared(
        self, without: Function[int], having: Function[int]
    ) -> tuple[int, Function[int], Function[int]]:
        """What divides both."""
        weight = gcd(without[0] if without else 0, having[0] if having else 0) or 1
        return (
            weight,
            without and (without[0] // weight, without[1]),
            having and (having[0] // weight, having[1]),
        )

    def gathered(
        self, functions: Iterable[tuple[int, int]]
    ) -> tuple[int, tuple[tuple[int, int], ...]]:
        """What divides all; of two weights above a diagram, their sum."""
        sums: dict[int, int] = {}
        for weight, each in functions:
            sums[each] = sums.get(each, 0) + weight
        common = gcd(*sums.values())
        if not common:
            return 1, ((END, 0),)
        return common, tuple([(each, sums[each] // common) for each in sorted(sums) if sums[each]])


class Must(Diagrams[int]):
    """What no way avoids, a bit for each subject."""

    along = staticmethod(or_)
    light = 0

    def shared(
        self, without: Function[int], having: Function[int]
    ) -> tuple[int, Function[int], Function[int]]:
        """What neither avoids."""
        weight = (without[0] if without else -1) & (having[0] if having else -1)
        return (
            weight,
            without and (without[0] & ~weight, without[1]),
            having and (having[0] & ~weight, having[1]),
        )

    def gathered(
        self, functions: Iterable[tuple[int, int]]
    ) -> tuple[int, tuple[tuple[int, int], ...]]:
        """What none avoids; of two weights above a diagram, what neither avoids."""
        musts: dict[int, int] = {}
        common = -1
        for weight, each in functions:
            musts[each] = musts.get(each, weight) & weight
            common &= weight
        return common, tuple([(each, musts[each] & ~common) for each in sorted(musts)])


class May(Must):
    """What some way does not avoid, a bit for each subject."""

    def gathered(
        self, functions: Iterable[tuple[int, int]]
    ) -> tuple[int, tuple[tuple[int, int], ...]]:
        """What none avoids; of two weights above a diagram, all that either holds."""
        mays: dict[int, int] = {}
        common = -1
        for weight, each in functions:
            mays[each] = mays.get(each, 0) | weight
            common &= weight
        return common, tuple([(each, mays[each] & ~common) for each in sorted(mays)])


Ways = tuple[Spread, ...]
"""The totals of several ways."""


class Unbeaten(Diagrams[Ways]):
    """The totals no other beats.

    Sums of such sets have nothing in common that could be taken out. So they stand at the ends,
    an end for each, no way inside a diagram has a weight, and sums are made once for all at an end.
    """

    along = staticmethod(lambda ways, _: ways)
    light = (ZERO,)

    def __init__(self) -> None:
        """Begins with the end at which nothing more comes."""
        super().__init__()
        self.spreads: dict[int, Spread] = {END: ZERO}
        self._ends: dict[Spread, int] = {ZERO: END}

    def end(self, spread: Spread) -> Function[Ways]:
        """The function that is these totals everywhere."""
        if spread not in self._ends:
            self._ends[spread] = self.add(BELOW, None, None)
            self.spreads[self._ends[spread]] = spread
        return self.light, self._ends[spread]

    def shared(
        self, without: Function[Ways], having: Function[Ways]
    ) -> tuple[Ways, Function[Ways], Function[Ways]]:
        """Nothing."""
        return self.light, without, having

    def gathered(
        self, functions: Iterable[tuple[Ways, int]]
    ) -> tuple[Ways, tuple[tuple[int, Ways], ...]]:
        """Nothing; of two weights above a diagram, both."""
        ways: dict[int, set[Spread]] = {}
        for weight, each in functions:
            ways.setdefault(each, set()).update(weight)
        return self.light, tuple([(each, tuple(sorted(ways[each]))) for each in sorted(ways)])

    def ended(self, several: tuple[tuple[int, Ways], ...]) -> Function[Ways]:
        """The unbeaten of all totals of a way and the end it leads to."""
        return self.end(
            spread_ahead((way, self.spreads[each]) for each, ways in several for way in ways)
        )

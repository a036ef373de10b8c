"""Sets: many packed situations as one, in a decision diagram.

A scenario in which twenty flags stay live has a million situations on arrival, and one in which
forty do, a million times a million. Written down one by one they fit into no laptop; but what they
have in common is small. A set is therefore a diagram: it asks for one bit, the lowest that matters,
and goes on with one of two smaller sets. Equal sets are made once and have the same number, so that
comparing two is comparing numbers, and whatever was worked out for a set is worked out once
wherever it occurs. A flag that nobody set yet, or that says nothing, costs nothing.

A bit set for each scene, with the live flags in slots, is faster still up to some twenty-six flags;
beyond, only diagrams are left, and having one way for both is worth more (measured: of the time it
takes to reach two million situations, half goes here).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

NOTHING, EVERYTHING = 0, 1
"""The set without a pattern, and the set of all patterns."""
_BELOW = 1 << 30
"""A bit below all others, that the two sets without a question ask for."""


class Sets:
    """Sets of patterns of bits, each a number."""

    def __init__(self, width: int) -> None:
        """Takes how many bits a pattern has."""
        self.width = width
        # Sets, and functions of their patterns, are walked down a question at a time.
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 1_000 + 4 * width))
        self.asked = [_BELOW, _BELOW]
        """By set: the place of the bit it asks for."""
        self.without = [NOTHING, EVERYTHING]
        """By set: those of it that lack that bit."""
        self.having = [NOTHING, EVERYTHING]
        """By set: those of it that have that bit."""
        self.rests = [0, 0]
        """By set: the bits it rests on."""
        self.sizes = [0, 1 << width]
        """By set: how many patterns it holds."""
        self._numbers: dict[tuple[int, int, int], int] = {}
        self._unions: dict[tuple[int, int], int] = {}
        self._differences: dict[tuple[int, int], int] = {}

    def asking(self, bit: int, without: int, having: int) -> int:
        """The set that asks for a bit, and goes on with one of two sets below it."""
        if without == having:
            return without
        key = (bit, without, having)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.asked)
            self.asked.append(bit)
            self.without.append(without)
            self.having.append(having)
            self.rests.append(1 << bit | self.rests[without] | self.rests[having])
            self.sizes.append(self.sizes[without] + self.sizes[having] >> 1)
        return number

    def union(self, one: int, two: int) -> int:
        """What is in either of two sets."""
        if two in (one, NOTHING):
            return one
        if one == NOTHING:
            return two
        if EVERYTHING in (one, two):
            return EVERYTHING
        key = (one, two) if one < two else (two, one)
        found = self._unions.get(key)
        if found is None:
            bit = min(self.asked[one], self.asked[two])
            lacking, having = self.parts(one, bit), self.parts(two, bit)
            found = self._unions[key] = self.asking(
                bit, self.union(lacking[0], having[0]), self.union(lacking[1], having[1])
            )
        return found

    def parts(self, one: int, bit: int) -> tuple[int, int]:
        """Those of a set that lack a bit, and those that have it; none above asks for it."""
        if self.asked[one] == bit:
            return self.without[one], self.having[one]
        return one, one

    def united(self, several: Iterable[int]) -> int:
        """What is in any of several sets."""
        left = list(dict.fromkeys(several))
        # In pairs, so that large unions are made few times.
        while len(left) > 1:
            pairs = zip(left[::2], left[1::2], strict=False)
            left = [self.union(*pair) for pair in pairs] + left[len(left) & ~1 :]
        return left[0] if left else NOTHING

    def minus(self, one: int, two: int) -> int:
        """What is in the first of two sets and not in the second."""
        if one == NOTHING or two in (one, EVERYTHING):
            return NOTHING
        if two == NOTHING:
            return one
        key = (one, two)
        found = self._differences.get(key)
        if found is None:
            bit = min(self.asked[one], self.asked[two])
            left, taken = self.parts(one, bit), self.parts(two, bit)
            found = self._differences[key] = self.asking(
                bit, self.minus(left[0], taken[0]), self.minus(left[1], taken[1])
            )
        return found

    def pick(self, one: int, bits: int, ones: int) -> int | None:
        """A pattern of a set in which some bits stand as in `ones`; nothing where there is none."""
        without: set[int] = set()

        def follow(each: int) -> int | None:
            if each == EVERYTHING:
                return ones & bits
            if each in without:
                return None
            bit = self.asked[each]
            for has, rest in ((0, self.without[each]), (1, self.having[each])):
                if bits >> bit & 1 and ones >> bit & 1 != has:
                    continue
                found = follow(rest)
                if found is not None:
                    return found | has << bit
            without.add(each)
            return None

        without.add(NOTHING)
        return follow(one)

    def forgetting(self, one: int, bits: int) -> int:
        """A set when nobody can tell any more how some bits stood."""
        done: dict[int, int] = {}

        def forget(each: int) -> int:
            if not self.rests[each] & bits:
                return each
            found = done.get(each)
            if found is None:
                bit = self.asked[each]
                without, having = forget(self.without[each]), forget(self.having[each])
                found = done[each] = (
                    self.union(without, having)
                    if bits >> bit & 1
                    else self.asking(bit, without, having)
                )
            return found

        return forget(one)

    def fixed(self, one: int, bits: int, ones: int) -> int:
        """Those of a set in which some bits, on which it does not rest, stand as in `ones`."""
        order = places(bits)
        done: dict[tuple[int, int], int] = {}

        def fix(each: int, place: int) -> int:
            if each == NOTHING or place == len(order):
                return each
            found = done.get((each, place))
            if found is None:
                bit = order[place]
                if bit > self.asked[each]:
                    found = self.asking(
                        self.asked[each],
                        fix(self.without[each], place),
                        fix(self.having[each], place),
                    )
                else:
                    rest = fix(each, place + 1)
                    pair = (NOTHING, rest) if ones >> bit & 1 else (rest, NOTHING)
                    found = self.asking(bit, *pair)
                done[each, place] = found
            return found

        return fix(one, 0)

    def split(self, one: int, bits: int) -> dict[int, int]:
        """By each pattern of some bits that occurs in a set: what stands beside it."""
        order = places(bits)
        done: dict[tuple[int, int], dict[int, int]] = {}

        def part(each: int, place: int) -> dict[int, int]:
            if each == NOTHING:
                return {}
            if place == len(order):
                return {0: each}
            found = done.get((each, place))
            if found is None:
                bit = order[place]
                if bit > self.asked[each]:
                    without = part(self.without[each], place)
                    having = part(self.having[each], place)
                    found = {
                        pattern: self.asking(
                            self.asked[each],
                            without.get(pattern, NOTHING),
                            having.get(pattern, NOTHING),
                        )
                        for pattern in {**without, **having}
                    }
                else:
                    lacking, its = self.parts(each, bit)
                    found = dict(part(lacking, place + 1))
                    for pattern, rest in part(its, place + 1).items():
                        found[pattern | 1 << bit] = rest
                done[each, place] = found
            return found

        return part(one, 0)

    def patterns(self, one: int, order: Sequence[int]) -> Iterator[int]:
        """The patterns of a set over some places in order, beginning with a place."""
        waiting = [(one, 0, 0)]
        while waiting:
            each, place, pattern = waiting.pop()
            if each == NOTHING:
                continue
            if place == len(order):
                yield pattern
                continue
            without, having = self.parts(each, order[place])
            waiting.append((having, place + 1, pattern | 1 << order[place]))
            waiting.append((without, place + 1, pattern))


def places(bits: int) -> list[int]:
    """The places of the bits in a mask, the lowest first."""
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found

"""Diagrams: what is still to come, as a function of the bits that tell situations apart.

What can still come of a situation differs between almost any two of a million: one more option here
is one more route, one more point. Yet little of it is new. It is a sum of parts that each rest on a
few flags, and a best of sums. A diagram asks for one bit, the lowest that matters, and goes on with
one of two diagrams; on each of the two ways lies a weight, and the weights on the way are put
together. What two diagrams have in common is taken out and stands above them, so that a part of the
sum that rests on other flags is written down once, not once for each sum it is a part of
(measured: 45,000 different values of 48,776 situations are 1,076 questions).

What weights are, how they are put together and which of several ways is taken differs by what is
asked (`weights.py`). All kinds do the same with them: several weighted diagrams are walked down at
once; where two have become the same diagram, they become one with a weight for both; and what was
worked out for some diagrams with some weights between them is worked out once, whatever weight they
share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

Weight = TypeVar("Weight")
Function = tuple[Weight, int] | None
"""A weight and the diagram below it; nothing where there is no way to an end."""

END = 0
"""The diagram that asks for nothing."""
BELOW = 1 << 30
"""A bit below all others, that an end asks for."""
_UNKNOWN: Any = object()
"""What was not worked out yet."""


class Diagrams(Generic[Weight]):
    """Functions of bits, made of diagrams that each have a number."""

    along: Callable[[Weight, Weight], Weight]
    """The weight of one way and then another."""
    light: Weight
    """The weight that changes nothing."""

    def __init__(self) -> None:
        """Begins with the end alone."""
        self.asked = [BELOW]
        self.without: list[Function[Weight]] = [None]
        self.having: list[Function[Weight]] = [None]
        self.rests = [0]
        """By diagram: the bits it rests on."""
        self._numbers: dict[tuple[int, Function[Weight], Function[Weight]], int] = {}
        self._found: dict[tuple[tuple[int, Weight], ...], Function[Weight]] = {}

    # What each kind says for itself.

    def shared(
        self, without: Function[Weight], having: Function[Weight]
    ) -> tuple[Weight, Function[Weight], Function[Weight]]:
        """What two functions have in common, and what is left of each; not both are nothing."""
        raise NotImplementedError

    def gathered(
        self, functions: Iterable[tuple[Weight, int]]
    ) -> tuple[Weight, tuple[tuple[int, Weight], ...]]:
        """What several functions have in common, and each diagram with what is left above it."""
        raise NotImplementedError

    def ended(self, several: tuple[tuple[int, Weight], ...]) -> Function[Weight]:
        """What several ends come to; of all but one kind there is never more than one."""
        ((each, weight),) = several
        return weight, each

    # What all do alike.

    def after(self, weight: Weight, function: Function[Weight]) -> Function[Weight]:
        """A function that begins with some weight."""
        return None if function is None else (self.along(weight, function[0]), function[1])

    def asking(
        self, bit: int, without: Function[Weight], having: Function[Weight]
    ) -> Function[Weight]:
        """The function that asks for a bit, and goes on with one of two that rest on lower ones."""
        if without == having:
            return without
        weight, *pair = self.shared(without, having)
        key = (bit, pair[0], pair[1])
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self.add(bit, pair[0], pair[1])
        return weight, number

    def add(self, bit: int, without: Function[Weight], having: Function[Weight]) -> int:
        """Makes a diagram there was not yet."""
        self.asked.append(bit)
        self.without.append(without)
        self.having.append(having)
        self.rests.append(
            (1 << bit if bit < BELOW else 0)
            | (self.rests[without[1]] if without else 0)
            | (self.rests[having[1]] if having else 0)
        )
        return len(self.asked) - 1

    def forget(self) -> None:
        """Forgets what several diagrams came to, which is seldom asked for again elsewhere."""
        self._found.clear()

    def at(self, function: Function[Weight], packed: int) -> Function[Weight]:
        """The weight for a packed situation, and the end that is come to."""
        while function is not None and self.asked[function[1]] < BELOW:
            weight, each = function
            has = packed >> self.asked[each] & 1
            function = self.after(weight, self.having[each] if has else self.without[each])
        return function

    def either(self, functions: Iterable[Function[Weight]]) -> Function[Weight]:
        """What comes of being free to go on by any of several functions."""
        known = [function for function in functions if function is not None]
        if not known:
            return None
        weight, several = self.gathered(known)
        if len(several) == 1 and several[0][1] == self.light:
            return weight, several[0][0]
        found = self._found.get(several, _UNKNOWN)
        if found is _UNKNOWN:
            found = self._found[several] = self._both(several)
        return self.after(weight, found)

    def _both(self, several: tuple[tuple[int, Weight], ...]) -> Function[Weight]:
        asked, along = self.asked, self.along
        bit = min([asked[each] for each, _ in several])
        if bit == BELOW:
            return self.ended(several)
        lacking: list[Function[Weight]] = []
        having: list[Function[Weight]] = []
        for each, weight in several:
            if asked[each] != bit:
                lacking.append((weight, each))
                having.append((weight, each))
                continue
            for function, into in ((self.without[each], lacking), (self.having[each], having)):
                if function is not None:
                    into.append((along(weight, function[0]), function[1]))
        return self.asking(bit, self.either(lacking), self.either(having))

    def restricted(
        self, function: Function[Weight], free: int, ones: int, done: dict[int, Function[Weight]]
    ) -> Function[Weight]:
        """The function where only some bits are free and the others stand as in `ones`.

        `done` is kept by the caller for the same diagrams, `free` and `ones`.
        """
        rests = self.rests

        def restrict(each: int) -> Function[Weight]:
            if not rests[each] & ~free:
                return self.light, each
            found: Function[Weight] = done.get(each, _UNKNOWN)
            if found is _UNKNOWN:
                bit = self.asked[each]
                without, having = self.without[each], self.having[each]
                if free >> bit & 1:
                    found = self.asking(bit, follow(without), follow(having))
                else:
                    found = follow(having if ones >> bit & 1 else without)
                done[each] = found
            return found

        def follow(way: Function[Weight]) -> Function[Weight]:
            return None if way is None else self.after(way[0], restrict(way[1]))

        return follow(function)

    def assembled(
        self, parts: Mapping[int, Function[Weight]], order: Sequence[int]
    ) -> Function[Weight]:
        """The function that is a part of its own for each pattern of some places.

        Patterns that never occur have no part; what the function is there does not matter.
        """
        done: dict[tuple[int, Function[Weight], Function[Weight]], Function[Weight]] = {}

        def assemble(left: Mapping[int, Function[Weight]], place: int) -> Function[Weight]:
            if place == len(order):
                (part,) = left.values()
                return part
            bit = order[place]
            without = {each: part for each, part in left.items() if not each >> bit & 1}
            having = {each: part for each, part in left.items() if each >> bit & 1}
            if not (without and having):
                return assemble(without or having, place + 1)
            return choose(bit, assemble(without, place + 1), assemble(having, place + 1))

        def choose(
            bit: int, without: Function[Weight], having: Function[Weight]
        ) -> Function[Weight]:
            if without == having:
                return without
            key = (bit, without, having)
            found: Function[Weight] = done.get(key, _UNKNOWN)
            if found is _UNKNOWN:
                first = min(self.asked[each[1]] for each in (without, having) if each is not None)
                if bit < first:
                    found = self.asking(bit, without, having)
                else:
                    one, two = self.parts(without, first), self.parts(having, first)
                    found = self.asking(
                        first, choose(bit, one[0], two[0]), choose(bit, one[1], two[1])
                    )
                done[key] = found
            return found

        return assemble(parts, 0)

    def parts(
        self, function: Function[Weight], bit: int
    ) -> tuple[Function[Weight], Function[Weight]]:
        """What a function goes on with where a bit lacks and where it stands; none above asks."""
        if function is None or self.asked[function[1]] != bit:
            return function, function
        weight, each = function
        return self.after(weight, self.without[each]), self.after(weight, self.having[each])

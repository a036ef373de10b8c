"""Members: packed situations that share most of their bits.

Of the two hundred bits of a packed situation few differ among those that arrive in one scene.
Members are what all have in common, which bits vary, and a set of patterns of those bits; the set
asks for nothing else, and stays as small as the differences are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabletop.authoring.packed.sets import EVERYTHING, NOTHING, Sets, places


@dataclass(frozen=True, slots=True)
class Members:
    """Some packed situations."""

    sets: Sets
    base: int
    """What they have in common; 0 where a bit varies."""
    varying: int
    """The bits that may vary."""
    number: int
    """The set of patterns of those bits."""

    @classmethod
    def single(cls, sets: Sets, packed: int) -> Members:
        """One situation alone."""
        return cls(sets, packed, 0, EVERYTHING)

    @property
    def count(self) -> int:
        """How many there are; with enough flags more than `len` could say."""
        sets = self.sets
        return sets.sizes[self.number] >> sets.width - self.varying.bit_count()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.number != NOTHING

    def __iter__(self) -> Iterator[int]:
        """Each of them."""
        for pattern in self.sets.patterns(self.number, places(self.varying)):
            yield self.base | pattern

    def __contains__(self, packed: int) -> bool:
        """Whether a situation is one of them."""
        sets, number = self.sets, self.number
        if (packed ^ self.base) & ~self.varying:
            return False
        while number > EVERYTHING:
            has = packed >> sets.asked[number] & 1
            number = sets.having[number] if has else sets.without[number]
        return number == EVERYTHING

    @property
    def first(self) -> int:
        """The first of them."""
        return next(iter(self))

    def matching(self, bits: int, ones: int) -> int | None:
        """One of them in which some bits stand as in `ones`; nothing where none do."""
        if (self.base ^ ones) & bits & ~self.varying:
            return None
        pattern = self.sets.pick(self.number, bits & self.varying, ones)
        return None if pattern is None else self.base | pattern

    def whatever(self, bits: int) -> Members:
        """Every situation that differs from one of them at most in some bits."""
        kept = self.keeping(~bits)
        return Members(self.sets, kept.base, kept.varying | bits, kept.number)

    def split(self, bits: int) -> dict[int, Members]:
        """By each pattern of some bits that occurs: the members, without those bits."""
        shared, varying = self.base & bits, self.varying & ~bits
        parts = self.sets.split(self.number, self.varying & bits)
        return {
            shared | pattern: Members(self.sets, self.base & ~bits, varying, number)
            for pattern, number in parts.items()
        }

    def keeping(self, bits: int) -> Members:
        """The members when all but some bits are forgotten."""
        lost = self.varying & ~bits
        number = self.sets.forgetting(self.number, lost) if lost else self.number
        return Members(self.sets, self.base & bits, self.varying & bits, number)

    def setting(self, bits: int, ones: int) -> Members:
        """The members after some bits were made to stand as in `ones`."""
        kept = self.keeping(~bits)
        return Members(self.sets, kept.base | ones & bits, kept.varying, kept.number)


def apart(one: Members, other: Members) -> Members:
    """What is in the first and not in the second."""
    sets, base, varying = _together((one, other))
    numbers = [sets.fixed(each.number, varying & ~each.varying, each.base) for each in (one, other)]
    return Members(sets, base, varying, sets.minus(*numbers))


def both(one: Members, other: Members) -> Members:
    """What is in the first and in the second."""
    return apart(one, apart(one, other))


def united(several: Sequence[Members]) -> Members:
    """What is in any of several; at least one."""
    if len(several) == 1:
        return several[0]
    sets, base, varying = _together(several)
    numbers: dict[tuple[int, int], list[int]] = {}
    for each in several:
        fixed = varying & ~each.varying
        numbers.setdefault((fixed, each.base & fixed), []).append(each.number)
    number = sets.united([sets.fixed(sets.united(those), *key) for key, those in numbers.items()])
    return Members(sets, base, varying, number)


def _together(several: Sequence[Members]) -> tuple[Sets, int, int]:
    """What several have in common, and the bits that vary among them."""
    base, varying = several[0].base, 0
    for each in several:
        varying |= each.varying | each.base ^ base
    return several[0].sets, base & ~varying, varying

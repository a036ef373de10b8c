"""Regret: what a choice gave up, in two senses that are kept apart, on each axis by itself.

*Forgone* looks at the choice alone: the best mark that was open less what was taken. *Lost ahead*
looks at what was still to come: the best total that could still be attained before the choice less
the best that could be attained after it. The one may be nothing where the other is not: a good mark
can close a better way, and a bad one can leave every way open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tabletop.debrief.analysis.forks import Fork
from tabletop.debrief.choices import Pair

SHOWN = 3
"""How many pivotal choices are shown at most."""
Sense = Literal["forgone", "ahead"]


@dataclass(frozen=True, slots=True)
class Regret:
    """What one choice that counts gave up."""

    fork: Fork
    forgone: Pair
    """The best mark that was open at the choice less what it gained."""
    ahead: Pair | None
    """The change in the best total still attainable; nothing where that is not known."""

    @property
    def sense(self) -> Sense:
        """In which of the two it gave up more: the sense by which it is ranked."""
        return "ahead" if self.ahead and _wide(self.ahead) > _wide(self.forgone) else "forgone"

    @property
    def width(self) -> tuple[Fraction, Fraction]:
        """What it gave up in that sense, the wider axis first."""
        return _wide(self.ahead if self.sense == "ahead" and self.ahead else self.forgone)


def regrets(forks: Iterable[Fork]) -> tuple[Regret, ...]:
    """What each choice that counts gave up, in order."""
    return tuple(
        Regret(fork, fork.choice.forgone, lost_ahead(fork)) for fork in forks if fork.choice.counts
    )


def lost_ahead(fork: Fork) -> Pair | None:
    """The best still attainable by any way that was open, less the best by the one taken."""
    taken = fork.taken
    if taken is None or taken.free is None:
        return None
    lost = []
    for axis in (0, 1):
        after = taken.free.best[axis]
        before = [way.free.best[axis] for way in fork.ways if way.free is not None]
        known = [best for best in before if best is not None]
        if after is None or len(known) < len(before):
            return None
        lost.append(max(known) - after)
    return lost[0], lost[1]


def pivotal(found: Sequence[Regret], most: int = SHOWN) -> tuple[Regret, ...]:
    """The choices that gave up most, widest first; those that gave up nothing are none.

    They are ranked by the wider axis and then by the other: the axes are never added. Of equals
    the earlier comes first.
    """
    those = [each for each in found if each.width[0] > 0]
    return tuple(sorted(those, key=lambda each: each.width, reverse=True)[:most])


def _wide(pair: Pair) -> tuple[Fraction, Fraction]:
    return max(pair), min(pair)

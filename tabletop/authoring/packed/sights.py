"""Sights: what can show on a move, each at a bit of its own, so that moves unite by one `|`.

    asked decision · unasked decision · offered decision option · mark decision option number
    delivered inject · shared fact number · way scene number · stranded decision role
    read wording reader · learned role fact · occupied role
    names wording reader fact · rests place reader fact

`unasked` is a decision passed over because none of those who decide had joined; `stranded` one for
which no rule of a stand-in gave an answer; `occupied` a role to which an offer comes that may be
deferred. `names` is a wording that names a fact, `rests` one that would not be read, or a way that
would not be taken, if no role knew the fact: where the reader knows it, that is as it should be.
"""

from __future__ import annotations

from collections.abc import Iterator

Sight = tuple[str, ...]


class Sights:
    """A bit for everything that can show."""

    def __init__(self) -> None:
        """Begins with nothing named."""
        self._bits: dict[Sight, int] = {}
        self._named: list[Sight] = []

    def bit(self, *sight: str) -> int:
        """The bit of something that can show."""
        found = self._bits.get(sight)
        if found is None:
            found = self._bits[sight] = 1 << len(self._named)
            self._named.append(sight)
        return found

    def known(self, *sight: str) -> int:
        """The bit of something, or none where it never showed anywhere."""
        return self._bits.get(sight, 0)

    def of(self, seen: int) -> Iterator[Sight]:
        """What some bits stand for, in the order in which it was first seen."""
        while seen:
            low = seen & -seen
            seen ^= low
            yield self._named[low.bit_length() - 1]

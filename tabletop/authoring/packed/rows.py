"""Rows: the numbers of routes of many situations side by side, in one long integer.

Unlike all else that can still come, the number of routes has little in it that repeats: almost
every situation has one of its own, and a diagram of them asks more questions than there are
situations. What helps is to handle many at once. Some bits that vary most are chosen as columns;
all situations that agree in the other bits stand in one row, a column for each pattern of these.
Multiplying and adding long integers then counts for a whole row, and where an exit leaves a chosen
bit one way, half of the columns are copied over the other half by one shift.

A row is made for every pattern of the other bits, so this is for as many situations as can be
listed in rows; beyond, and where scenes go round, diagrams count (`weights.Number`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tabletop.authoring.packed.diagrams import END, Function
from tabletop.authoring.packed.members import Members
from tabletop.authoring.packed.reach import Reached
from tabletop.authoring.packed.sets import places
from tabletop.authoring.packed.values import Value, Way

if TYPE_CHECKING:
    from tabletop.authoring.packed.solving import Crossings

MOST = 2_000_000
"""How often a row may be added to another before diagrams are taken (5 µs each where rows are
longest)."""
_FEW, _CHOSEN = 1_000, 8


class Rows:
    """The number of routes from every situation on arrival, worked out scene by scene."""

    def __init__(self, reached: Reached, width: int) -> None:
        """Takes how many bits a number needs."""
        self._width = width
        self._chosen = _columns(reached)
        self._order = places(self._chosen)
        """The chosen bits; which pattern of them a column is for is read in this order."""
        self._rows: dict[str, dict[int, int]] = {}
        fields = 1 << len(self._order)
        self._every = sum(1 << place * width for place in range(fields))
        """A one in every column."""
        field = (1 << width) - 1
        self._lacking = [
            sum(field << place * width for place in range(fields) if not place >> bit & 1)
            for bit in range(len(self._order))
        ]
        """By chosen bit: the columns whose patterns lack it."""

    def of_way(self, way: Way) -> int:
        """The number of routes on a way."""
        return way.routes

    def of_value(self, value: Value) -> Function[int]:
        """The number of routes of a value."""
        return max(0, value.routes), END

    def work(self, reached: Reached, crossings: Crossings) -> int:
        """How often a row will be added to another."""
        return sum(
            beside.keeping(~self._chosen).count * len(crossings[scene, local])
            for scene, groups in reached.groups.items()
            for local, beside in groups.items()
        )

    def work_out(
        self, reached: Reached, crossings: Crossings, scene: str, ended: Function[int]
    ) -> None:
        """Works out a scene whose following scenes are known, or an ending."""
        rows = self._rows.setdefault(scene, {})
        arrivals = reached.arrivals[scene].varying
        for local, beside in reached.groups.get(scene, {}).items():
            exits = list(self._exits(reached, crossings, (scene, local), beside, ended))
            columns = self._standing(arrivals & ~beside.varying, local | beside.base)
            for rest in beside.keeping(~self._chosen):
                row = 0
                for known, bits, kept, changes, routes in exits:
                    found = known.get(bits | rest & kept, 0)
                    for place, ones in changes:
                        found = self._copied(found, place, ones=ones)
                    row += routes * found
                key = (local | rest) & ~self._chosen
                rows[key] = rows.get(key, 0) | row & columns

    def _exits(
        self,
        reached: Reached,
        crossings: Crossings,
        group: tuple[str, int],
        beside: Members,
        ended: Function[int],
    ) -> Iterator[tuple[dict[int, int], int, int, list[tuple[int, bool]], int]]:
        """By exit: the rows it leads to, how to come from one to another, and its routes."""
        inside = reached.model.inside(group[0])
        for number, way in crossings[group]:
            out = inside.exits[number]
            if not out.to:
                row = self._every * (ended[0] if ended else 0)
                yield {0: row}, 0, 0, [], way.routes
                continue
            if out.to not in self._rows:
                # Exploring was stopped before it came there.
                continue
            kept = reached.model.inside(out.to).stage.arriving & ~out.stopped
            ones = out.bits | beside.base & kept
            asked = reached.arrivals[out.to].varying & ~(beside.varying & kept)
            changes = [
                (place, bool(ones >> bit & 1))
                for place, bit in enumerate(self._order)
                if asked >> bit & 1
            ]
            yield (
                self._rows[out.to],
                out.bits & ~self._chosen,
                kept & ~self._chosen,
                changes,
                way.routes,
            )

    def _copied(self, row: int, place: int, *, ones: bool) -> int:
        """A row in which columns that lack a bit and columns that have it are alike."""
        lacking, far = self._lacking[place], self._width << place
        if ones:
            half = row >> far & lacking
            return half | half << far
        half = row & lacking
        return half | half << far

    def _standing(self, bits: int, ones: int) -> int:
        """The columns for patterns in which some bits stand as in `ones`."""
        columns = self._every * ((1 << self._width) - 1)
        for place, bit in enumerate(self._order):
            if bits >> bit & 1:
                lacking = self._lacking[place]
                columns &= lacking << (self._width << place) if ones >> bit & 1 else lacking
        return columns

    def at(self, scene: str, packed: int) -> Function[int]:
        """The number of routes from a situation on arrival."""
        row = self._rows.get(scene, {}).get(packed & ~self._chosen)
        if row is None:
            return None
        column = sum((packed >> bit & 1) << place for place, bit in enumerate(self._order))
        return row >> column * self._width & (1 << self._width) - 1, END


def _columns(reached: Reached) -> int:
    """The bits that vary most, as long as there are many situations to each row."""
    weights: dict[int, int] = {}
    for members in reached.arrivals.values():
        for bit in places(members.varying):
            weights[bit] = weights.get(bit, 0) + members.count
    if sum(members.count for members in reached.arrivals.values()) < _FEW:
        return 0
    most = sorted(weights, key=lambda bit: (-weights[bit], bit))[:_CHOSEN]
    return sum(1 << bit for bit in most)

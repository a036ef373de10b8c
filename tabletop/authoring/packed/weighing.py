"""Weighing: where a lower mark leads to a higher attainable total on the same axis.

What is still to be gained by way of two answers to one question differs by what lies behind the
exits they lead to, and by nothing that lies behind all exits alike. So of all arrivals that share a
pattern, one is weighed for each way in which the exits differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.authoring.packed.diagrams import END, Diagrams, Function
from tabletop.authoring.packed.members import Members
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.sets import EVERYTHING, NOTHING
from tabletop.authoring.packed.values import BEYOND, COUNTED

if TYPE_CHECKING:
    from tabletop.authoring.packed.solving import Solved

High = tuple[int, int]
"""The most VC and CI still to be gained."""
Marked = tuple[str, str, str, int]
"""A decision, the option marked lower, the one marked higher, and the axis."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where a lower mark leads to a higher attainable total on the same axis."""

    decision: str
    lower: str
    higher: str
    axis: int
    """0 for VC, 1 for CI."""
    with_lower: int
    """The best total on this axis that is still to be gained by way of the lower mark."""
    with_higher: int
    scene: str
    arrival: int
    node: int
    """The situation inside the scene."""


class Weighing:
    """Looks for trouble that pays."""

    def __init__(self, solved: Solved) -> None:
        """Takes what is solved."""
        self.solved = solved
        self.found: dict[Marked, Trouble] = {}
        self._gains = [
            (
                sum(max(way[0] for way in factor) for factor in label.factors),
                sum(max(way[1] for way in factor) for factor in label.factors),
            )
            for label in solved.reached.model.labels
        ]

    def weigh_scene(self, scene: str) -> None:
        """Weighs the answers of a scene."""
        reached = self.solved.reached
        inside = reached.model.inside(scene)
        if not inside.stage.asked:
            return
        highs = self.solved.highs
        for local, beside in reached.groups.get(scene, {}).items():
            numbers = [number for number, _ in self.solved.crossings[scene, local]]
            ways = [inside.exits[number] for number in numbers]
            functions = [highs.onward(reached, way, beside) for way in ways]
            for pattern in Differing(highs.diagrams, beside).patterns(tuple(functions)).values():
                arrival = local | beside.base | pattern
                exits = {}
                for number, function in zip(numbers, functions, strict=True):
                    high = highs.diagrams.at(function, arrival)
                    if high is not None:
                        exits[~number] = self._read(high[0])
                if all(max(high) < BEYOND // 2 for high in exits.values()):
                    self._weigh(scene, local, arrival, exits)

    def _read(self, counts: int) -> High:
        lanes = self.solved.lanes
        numbers = lanes.read(counts + lanes.zeros)
        return numbers[len(COUNTED)], numbers[len(COUNTED) + 1]

    def _weigh(self, scene: str, local: int, arrival: int, best: dict[int, High]) -> None:
        inside = self.solved.reached.model.inside(scene)
        gains = self._gains
        for node in reversed(self.solved.reached.passing(scene, local).nodes):
            totals: list[tuple[Edge, High]] = []
            for edge in inside.explored(node):
                there = best.get(edge.target)
                if there is not None:
                    high = gains[edge.label]
                    totals.append((edge, (high[0] + there[0], high[1] + there[1])))
            if not totals:
                continue
            best[node] = max(high[0] for _, high in totals), max(high[1] for _, high in totals)
            marked = [each for each in totals if each[0].mark is not None]
            for one in marked:
                for two in marked:
                    if one[0].step[1] == two[0].step[1] and one is not two:
                        self._compare((scene, arrival, node), one, two)

    def _compare(
        self, place: tuple[str, int, int], low: tuple[Edge, High], high: tuple[Edge, High]
    ) -> None:
        (lower, with_lower), (higher, with_higher) = low, high
        assert lower.mark is not None
        assert higher.mark is not None
        for axis in (0, 1):
            paid = with_lower[axis] - with_higher[axis]
            if lower.mark[axis] >= higher.mark[axis] or paid <= 0:
                continue
            key = (lower.step[1], lower.step[2], higher.step[2], axis)
            known = self.found.get(key)
            if known is None or known.with_lower - known.with_higher < paid:
                self.found[key] = Trouble(*key, with_lower[axis], with_higher[axis], *place)


class Differing:
    """The ways in which several functions differ from each other for some members."""

    def __init__(self, diagrams: Diagrams[int], members: Members) -> None:
        """Takes the diagrams the functions are made of, and the members that count."""
        self._diagrams = diagrams
        self._members = members
        self._done: dict[tuple[tuple[Function[int], ...], int], dict[object, int]] = {}

    def patterns(self, functions: tuple[Function[int], ...]) -> dict[object, int]:
        """For each way in which they differ, a pattern of bits with which they do."""
        return self._among(_apart(functions), self._members.number)

    def _among(self, functions: tuple[Function[int], ...], members: int) -> dict[object, int]:
        key = (functions, members)
        found = self._done.get(key)
        if found is None:
            found = self._done[key] = self._parted(functions, members)
        return found

    def _parted(self, functions: tuple[Function[int], ...], members: int) -> dict[object, int]:
        if members == NOTHING or not any(functions):
            return {}
        diagrams, sets = self._diagrams, self._members.sets
        first = min([diagrams.asked[each[1]] for each in functions if each])
        bit = min(first, sets.asked[members])
        if members == EVERYTHING and all(each is None or each[1] == END for each in functions):
            return {functions: 0}
        found: dict[object, int] = {}
        pairs = [diagrams.parts(each, bit) for each in functions]
        for side, those in enumerate(sets.parts(members, bit)):
            within = _apart(tuple([pair[side] for pair in pairs]))
            for key, pattern in self._among(within, those).items():
                found.setdefault(key, pattern | side << bit)
        return found


def _apart(functions: tuple[Function[int], ...]) -> tuple[Function[int], ...]:
    """The functions without what the first counts, which makes no difference."""
    first = next((each[0] for each in functions if each), 0)
    return tuple([each and (each[0] - first, each[1]) for each in functions])


def troubles(solved: Solved) -> dict[Marked, Trouble]:
    """Each pair of options of which the lower pays somewhere, and where it pays most."""
    weighing = Weighing(solved)
    for scene in solved.reached.order:
        weighing.weigh_scene(scene)
    return weighing.found

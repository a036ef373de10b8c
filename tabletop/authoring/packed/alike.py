"""Alike: whether anything that can follow tells two situations apart.

Two situations that differ in something that is still read may be one to everybody all the same:
what reads it may never hold, or say the same either way. They are followed side by side, move by
move, until something differs in what is open, what is told, what counts, or where it leads; if
nothing ever does, they are alike.

The bits beside a scene's own are the same in both at first, and are followed as a set. From scene
to scene each of the two makes its own arrival of them: some bits set by the exits, others kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tabletop.authoring.packed.members import Members
from tabletop.authoring.packed.moves import Edge, Exit
from tabletop.authoring.packed.reach import Reached


@dataclass(frozen=True, slots=True)
class Made:
    """How an arrival is made of the bits that both have in common."""

    ones: int
    kept: int

    def of(self, rest: int) -> int:
        """The arrival made of some bits."""
        return self.ones | rest & self.kept

    def beyond(self, way: Exit, inside: int, arriving: int) -> Made:
        """How the arrival behind an exit is made."""
        kept = arriving & ~way.stopped & ~inside
        ones = way.bits | self.ones & kept
        return Made(ones, self.kept & kept & ~ones)


@dataclass(frozen=True, slots=True)
class Two:
    """Two situations inside a scene, or exits below zero, for each of some bits beside."""

    scene: str
    one: int
    other: int
    first: Made
    second: Made
    beside: Members

    @property
    def same(self) -> bool:
        """Whether both are one and the same."""
        possible = self.beside.base | self.beside.varying
        return (
            self.one == self.other
            and self.first.ones == self.second.ones
            and self.first.kept & possible == self.second.kept & possible
        )


class Alike:
    """Compares situations of one attendance."""

    def __init__(self, reached: Reached, told: Callable[[int], object]) -> None:
        """Takes what was reached, and what is told where something shows."""
        self.reached = reached
        self.model = reached.model
        self.told = told

    def alike(self, scene: str, one: int, other: int, beside: Members) -> bool:
        """Whether two situations or exits of a scene are alike, whatever stands beside."""
        whole = Made(0, (1 << self.model.layout.width) - 1)
        begun = Two(scene, one, other, whole, whole, beside)
        seen = {begun}
        waiting = deque([begun])
        while waiting:
            two = waiting.popleft()
            if two.same:
                continue
            following = self._following(two)
            if following is None:
                return False
            for each in following:
                if each not in seen:
                    seen.add(each)
                    waiting.append(each)
        return True

    def _following(self, two: Two) -> list[Two] | None:
        """What both lead to, move by move; nothing where they already differ."""
        if two.one < 0 or two.other < 0:
            return self._beyond(two) if two.one < 0 and two.other < 0 else None
        inside = self.model.inside(two.scene)
        stage = inside.stage
        packed = inside.nodes[two.one], inside.nodes[two.other]
        for each in stage.offers:
            stands = self.model.layout.offers[each.offer][0].bits
            if not each.explicit(two.scene) and (packed[0] ^ packed[1]) & stands:
                return None
        edges = [{edge.step: edge for edge in inside.found(node)} for node in (two.one, two.other)]
        if edges[0].keys() != edges[1].keys():
            return None
        found = []
        for step, one in edges[0].items():
            other = edges[1][step]
            if not self.one_move(two.scene, packed, (one, other)):
                return None
            found.append(
                Two(two.scene, one.target, other.target, two.first, two.second, two.beside)
            )
        return found

    def one_move(self, scene: str, packed: tuple[int, int], edges: tuple[Edge, Edge]) -> bool:
        """Whether two moves count alike, and tell the same."""
        labels = self.model.labels
        if labels[edges[0].label].factors != labels[edges[1].label].factors:
            return False
        if edges[0].step[0] == "commit":
            stage = self.model.inside(scene).stage
            grave = [
                (mark := stage.mark(edge.step[1], edge.step[2], each)) is not None and mark.critical
                for edge, each in zip(edges, packed, strict=True)
            ]
            if grave[0] != grave[1]:
                return False
        return self.told(edges[0].seen) == self.told(edges[1].seen)

    def _beyond(self, two: Two) -> list[Two] | None:
        exits = self.model.inside(two.scene).exits
        ways = exits[~two.one], exits[~two.other]
        if ways[0].to != ways[1].to:
            return None
        if not ways[0].to:
            return []
        return self._arrived(two, ways)

    def _arrived(self, two: Two, ways: tuple[Exit, Exit]) -> list[Two] | None:
        scene = ways[0].to
        here, there = self.model.inside(two.scene).stage, self.model.inside(scene)
        made = [
            each.beyond(way, here.inside, there.stage.arriving)
            for each, way in zip((two.first, two.second), ways, strict=True)
        ]
        labels = self.model.labels
        found = []
        for pattern, beside in self._parts(two.beside, made, there.stage.inside):
            own = [each.of(pattern) & there.stage.inside for each in made]
            one, other = (self.reached.passing(scene, local) for local in own)
            if labels[one.label].factors != labels[other.label].factors:
                return None
            if self.told(there.seen[own[0]]) != self.told(there.seen[own[1]]):
                return None
            found.append(Two(scene, one.target, other.target, made[0], made[1], beside))
        return found

    @staticmethod
    def _parts(beside: Members, made: list[Made], inside: int) -> Iterator[tuple[int, Members]]:
        kept = made[0].kept | made[1].kept
        yield from beside.keeping(kept).split(inside & kept).items()

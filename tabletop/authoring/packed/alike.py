"""Alike: whether anything that can follow tells two situations apart.

Two situations that differ in something that is still read may be one to everybody all the same:
what reads it may never hold, or say the same either way. They are followed side by side, move by
move, until something differs in what is open, what is told, what counts, or where it leads; if
nothing ever does, they are alike.

Two arrivals in a scene share most of their bits. What only one of them has is held apart, and all
pairs that differ in just that are followed as one set, from scene to scene.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tabletop.authoring.packed.members import Members, apart, united
from tabletop.authoring.packed.moves import Edge, Exit
from tabletop.authoring.packed.reach import Reached

Pair = tuple[int, int]
"""Two situations of a scene, or two exits below zero."""
Own = tuple[int, int]
"""The bits that only the first of two arrivals has, and those that only the second has."""
Beginning = tuple[str, Pair, Members]
"""Two situations or exits of a scene, and the bits that may stand beside both."""
Waiting = dict[str, dict[Own, list[Members]]]
"""By scene: pairs of arrivals, as the bits that both have."""


class Alike:
    """Compares situations of one attendance."""

    def __init__(self, reached: Reached, told: Callable[[int], object]) -> None:
        """Takes what was reached, and what is told where something shows."""
        self.reached = reached
        self.model = reached.model
        self.told = told
        self._ends: dict[tuple[str, Pair], frozenset[Pair] | None] = {}

    def alike(self, beginnings: Iterable[Beginning]) -> bool:
        """Whether the two of each of some pairs are alike, whatever stands beside them."""
        waiting: Waiting = {}
        known: dict[tuple[str, Own], Members] = {}
        for scene, pair, beside in beginnings:
            if not self._pass(scene, pair, (0, 0), beside, waiting):
                return False
        while waiting:
            scene = next(name for name in self.reached.order if name in waiting)
            for own, several in waiting.pop(scene).items():
                shared = united(several)
                if (scene, own) in known:
                    shared = apart(shared, known[scene, own])
                    known[scene, own] = united([known[scene, own], shared])
                else:
                    known[scene, own] = shared
                if shared and not self._enter(scene, own, shared, waiting):
                    return False
        return True

    def one_move(self, scene: str, nodes: Pair, edges: tuple[Edge, Edge]) -> bool:
        """Whether two moves count alike, and tell the same."""
        if not self._same(edges[0].label, edges[1].label):
            return False
        if edges[0].step[0] == "commit":
            inside = self.model.inside(scene)
            marks = [
                inside.stage.mark(edge.step[1], edge.step[2], inside.nodes[node])
                for edge, node in zip(edges, nodes, strict=True)
            ]
            if len({mark is not None and mark.critical for mark in marks}) > 1:
                return False
        return self.told(edges[0].seen) == self.told(edges[1].seen)

    def _same(self, one: int, other: int) -> bool:
        """Whether two labels count alike."""
        labels = self.model.labels
        return one == other or labels[one].factors == labels[other].factors

    def _enter(self, scene: str, own: Own, shared: Members, waiting: Waiting) -> bool:
        """Follows pairs of arrivals through a scene; whether nothing differs in it."""
        inside = self.model.inside(scene)
        mask, seen = inside.stage.inside, inside.seen
        for pattern, beside in shared.split(mask).items():
            locals_ = pattern | own[0] & mask, pattern | own[1] & mask
            one, other = (self.reached.passing(scene, local) for local in locals_)
            if not self._same(one.label, other.label):
                return False
            if self.told(seen[locals_[0]]) != self.told(seen[locals_[1]]):
                return False
            pair = one.target, other.target
            rest = own[0] & ~mask, own[1] & ~mask
            if not self._pass(scene, pair, rest, beside, waiting):
                return False
        return True

    def _pass(self, scene: str, pair: Pair, own: Own, beside: Members, waiting: Waiting) -> bool:
        """Follows a pair to the exits of its scene; whether nothing differs on the way."""
        if (scene, pair) not in self._ends:
            self._ends[scene, pair] = self._followed(scene, pair)
        ends = self._ends[scene, pair]
        if ends is None:
            return False
        exits = self.model.inside(scene).exits
        for one, other in ends:
            ways = exits[~one], exits[~other]
            if ways[0].to != ways[1].to:
                return False
            if ways[0].to:
                there = waiting.setdefault(ways[0].to, {})
                for each, shared in self._arriving(ways, own, beside):
                    there.setdefault(each, []).append(shared)
        return True

    def _followed(self, scene: str, pair: Pair) -> frozenset[Pair] | None:
        """The exits that the same moves lead both to; nothing where they differ before."""
        inside = self.model.inside(scene)
        seen = {pair}
        for nodes in (waiting := [pair]):
            if nodes[0] < 0 and nodes[1] < 0:
                continue
            if nodes[0] < 0 or nodes[1] < 0 or self._offers(scene, nodes):
                return None
            one, other = ({edge.step: edge for edge in inside.found(node)} for node in nodes)
            if one.keys() != other.keys():
                return None
            for step, edge in one.items():
                if not self.one_move(scene, nodes, (edge, other[step])):
                    return None
                after = edge.target, other[step].target
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return frozenset(each for each in seen if each[0] < 0)

    def _offers(self, scene: str, nodes: Pair) -> bool:
        """Whether something that may be deferred can be shared in one situation only."""
        inside = self.model.inside(scene)
        differs = inside.nodes[nodes[0]] ^ inside.nodes[nodes[1]]
        return any(
            differs & self.model.layout.offers[each.offer][0].bits and not each.explicit(scene)
            for each in inside.stage.offers
        )

    def _arriving(
        self, ways: tuple[Exit, Exit], own: Own, beside: Members
    ) -> Iterator[tuple[Own, Members]]:
        """The pairs of arrivals that two exits make, by what only one of them has."""
        arriving = self.model.inside(ways[0].to).stage.arriving
        kept = [arriving & ~way.stopped for way in ways]
        # A bit that one exit stops and the other lets through differs where it stood.
        for pattern, rest in beside.split(kept[0] ^ kept[1]).items():
            first, second = (
                way.bits | (pattern | bits) & keeps
                for way, bits, keeps in zip(ways, own, kept, strict=True)
            )
            both = first & second
            if first != second:
                shared = rest.keeping(kept[0] & kept[1]).setting(both, both)
                yield (first & ~second, second & ~first), shared

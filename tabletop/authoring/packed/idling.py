"""Idling: routes on which a role has nothing to do for several modules in a row.

On the ground floor anything may be done. From the beginning of a module one may go up, and on the
floors above only such moves are left after which the role is asked nothing, is consulted on nothing
and has nothing to share; each module that is left like that leads one floor higher. Whoever could
share a fact before is taken to have done so, since that leaves everything else as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.authoring.explore import Move
from tabletop.authoring.packed.layout import Place as Bits
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.reach import Reached
from tabletop.authoring.packed.search import Search, start
from tabletop.authoring.packed.stage import Stage


class Idling(Search):
    """Routes on which one role has nothing to do."""

    def __init__(
        self, reached: Reached, role: str, occupied: int, modules: Mapping[str, str]
    ) -> None:
        """Takes what shows where an offer comes to the role, and the module of each scene."""
        super().__init__(reached)
        self.role = role
        self.occupied = occupied
        self.modules = modules
        self.joined: Bits = self.model.layout.joined[role]
        self.highest = len(reached.order) + 1
        """No higher floor is looked for: where scenes can follow each other for ever, none ends."""
        self._asked: dict[str, int] = {}
        self._idle: dict[tuple[str, int], bool] = {}

    def begins(self) -> tuple[int, ...]:
        """The exercise begins with a module."""
        return 0, 1

    def floors(self, floor: int, scene: str, to: str) -> tuple[int, ...]:
        """A module that is left without anything done leads one floor higher."""
        if self.modules[scene] == self.modules[to]:
            return (floor,)
        if not floor:
            return 0, 1
        return (min(floor + 1, self.highest),)

    def enters(self, scene: str, local: int, floor: int) -> bool:
        """Whether nothing is there to do on arriving."""
        if not floor:
            return True
        inside = self.model.inside(scene)
        if inside.seen.get(local, 0) & self.occupied:
            return False
        return self._rests(scene, self.reached.passing(scene, local).target)

    def passes(self, scene: str, edge: Edge, floor: int) -> bool:
        """Whether nothing is there to do after a move."""
        if not floor:
            return True
        return not edge.seen & self.occupied and self._rests(scene, edge.target)

    def _rests(self, scene: str, node: int) -> bool:
        """Whether the role is there and has nothing to do in a situation."""
        if node < 0:
            return True
        key = scene, node
        if key not in self._idle:
            inside = self.model.inside(scene)
            self._idle[key] = self._nothing(scene, inside.stage, inside.nodes[node])
        return self._idle[key]

    def _nothing(self, scene: str, stage: Stage, packed: int) -> bool:
        if not packed & self.joined.bits:
            return False
        if scene not in self._asked:
            self._asked[scene] = sum(
                self.model.layout.opened[name].bits
                for name, asked in stage.asked.items()
                if self.role in (*asked.decision.by, *asked.decision.consult)
            )
        if packed & self._asked[scene]:
            return False
        return not any(
            one.offer[1] == self.role
            and one.explicit(scene)
            and stage.takable(packed, *one.offer[:3]) is not None
            for one in stage.offers
        )

    # What may come of it.

    def bound(self) -> int:
        """No more modules in a row than this can be idle, told by the scenes alone."""
        onward = {scene: self._onward(scene) for scene in self.reached.order}
        if self.reached.cyclic:
            return self.highest
        longest: dict[str, int] = {}
        for scene in reversed(self.reached.order):
            longest[scene] = max(
                (
                    longest.get(to, 0) + (self.modules[scene] != self.modules[to])
                    for to in onward[scene]
                ),
                default=0,
            )
        return max(longest.values())

    def _onward(self, scene: str) -> set[str]:
        """The scenes one can go on to without having had anything to do, after some arrival."""
        exits = self.model.inside(scene).exits
        return {
            exits[~end].to
            for local in self.reached.groups.get(scene, ())
            for end in self.steps(scene, local, 1)
            if end < 0 and exits[~end].to
        }

    def most(self) -> int:
        """The most modules in a row in which the role has nothing to do."""
        return max((floor for _, floor in self.layers), default=1) - 1

    def longest(self) -> tuple[tuple[Move, ...], int]:
        """A shortest route to the end of the longest stretch, and the moves before it begins."""
        top = max(floor for _, floor in self.layers)
        far, scene, arrival = min(
            (layers[0][0], scene, local | members.first)
            for (scene, floor), layers in self.layers.items()
            if floor == top
            for local, members in list(layers[0][1].items())[:1]
        )
        before: list[Move] = []
        along: list[Move] = []
        for floor, moves in reversed(list(self._back(scene, top, far, arrival))):
            (along if floor else before).extend(moves)
        return (start(self.model), *before, *along), 1 + len(before)

"""Routes: from what was worked out back to moves that can be played."""

from __future__ import annotations

from functools import cached_property

from tabletop.authoring.explore import Move
from tabletop.authoring.packed.members import Members
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.reach import arriving
from tabletop.authoring.packed.search import Place, Search, move, start
from tabletop.authoring.packed.solving import Solved
from tabletop.authoring.packed.values import COUNTED

FEWEST, MOST = 0, len(COUNTED)
DECISIONS = COUNTED.index("decisions")
_ENDLESS = 10_000


class Routes:
    """Finds routes through a solved scenario."""

    def __init__(self, solved: Solved) -> None:
        """Takes what was solved."""
        self.solved = solved
        self.model = solved.reached.model

    def to_ending(self, ending: str) -> tuple[Move, ...]:
        """A shortest route to an ending that can be reached."""
        place = self.solved.endings.index(ending)
        return self.best(2 * len(COUNTED) + place)

    def best(self, lane: int) -> tuple[Move, ...]:
        """A route on which what one lane counts is at its best; empty where it has no end."""
        solved, model = self.solved, self.model
        gains = [
            solved.lanes.read(way.counts + solved.lanes.zeros)[lane] for way in solved.plain_ways
        ]
        moves = [start(model)]
        scene = model.scenario.start
        packed = solved.reached.begin
        for _ in range(_ENDLESS):
            inside = model.inside(scene)
            local, beside = packed & inside.stage.inside, packed & ~inside.stage.inside
            found: list[tuple[int, int, str, int]] = []
            for number, way in solved.crossings[scene, local]:
                out = inside.exits[number]
                if not out.to:
                    return tuple(moves)
                to = arriving(model, out, beside)
                value = solved.value(out.to, to)
                if value is not None:
                    total = solved.lanes.read(way.counts + value.counts)[lane]
                    found.append((total, number, out.to, to))
            if not found:
                return ()
            _, number, scene_after, packed = max(found, key=lambda each: each[0])
            moves += self._across(scene, local, number, gains)
            scene = scene_after
        return ()

    def to_node(self, scene: str, arrival: int, node: int) -> tuple[Move, ...]:
        """A route with the fewest moves to a situation inside a scene."""
        inside = self.model.inside(scene).stage.inside
        among = Members.single(self.solved.reached.arrivals[scene].sets, arrival & ~inside)
        return self._search.route(Place(scene, arrival & inside, node, among=among))

    def to_stuck(self, scene: str, node: int) -> tuple[Move, ...]:
        """A shortest route to a situation from which nothing can be done."""
        return self._search.nearest(self._search.standing(scene, lambda each: each == node))

    @cached_property
    def _search(self) -> Search:
        return Search(self.solved.reached)

    def _across(self, scene: str, local: int, number: int, gains: list[int]) -> list[Move]:
        """The best moves from arrival in a scene to one of its exits."""
        passing = self.solved.reached.passing(scene, local)
        if passing.target < 0:
            return []
        inside = self.model.inside(scene)
        totals = {passing.target: 0}
        before: dict[int, tuple[int, Edge]] = {}
        for node in passing.nodes:
            for edge in inside.explored(node):
                total = totals[node] + gains[edge.label]
                if (edge.target >= 0 or ~edge.target == number) and (
                    edge.target not in totals or total > totals[edge.target]
                ):
                    totals[edge.target] = total
                    before[edge.target] = node, edge
        moves: list[Move] = []
        at = ~number
        while at != passing.target:
            at, edge = before[at]
            moves.append(move(self.model, scene, at, edge))
        moves.reverse()
        return moves

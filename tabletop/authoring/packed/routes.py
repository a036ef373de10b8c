"""Routes: from what was worked out back to moves that can be played."""

from __future__ import annotations

from heapq import heappop, heappush

from tabletop.authoring.explore import FACILITATOR, Move, seats
from tabletop.authoring.packed.compile import Edge
from tabletop.authoring.packed.reach import arriving
from tabletop.authoring.packed.solving import Arrival, Solved
from tabletop.authoring.packed.values import COUNTED
from tabletop.exercise import commands as c

FEWEST, MOST = 0, len(COUNTED)
DECISIONS = COUNTED.index("decisions")
_ENDLESS = 10_000


class Routes:
    """Finds routes through a solved scenario."""

    def __init__(self, solved: Solved) -> None:
        """Takes what was solved."""
        self.solved = solved
        self.model = solved.reached.model
        self._before: dict[Arrival, tuple[Arrival, int] | None] = {}

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
        moves = [self._start()]
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
        local = arrival & self.model.inside(scene).stage.inside
        return (*self._to_arrival(scene, arrival), *self._within(scene, local, node))

    def to_stuck(self, scene: str, node: int) -> tuple[Move, ...]:
        """A route to a situation from which nothing can be done."""
        reached = self.solved.reached
        for local, beside in reached.groups[scene].items():
            if node in reached.passing(scene, local).nodes:
                return self.to_node(scene, local | beside.first, node)
        return ()

    # Pieces.

    def _start(self) -> Move:
        table = seats(
            self.model.engine,
            [role for role in self.model.scenario.roles if role in self.model.people],
            facilitated=self.model.facilitated,
        )
        return ((table[-1].id, c.Start(table, self.model.facilitated)),)

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
        return self._unwound(scene, before, passing.target, ~number)

    def _within(self, scene: str, local: int, wanted: int) -> list[Move]:
        """The fewest moves from arrival in a scene to a situation or exit of it."""
        inside = self.model.inside(scene)
        begin = self.solved.reached.passing(scene, local).target
        before: dict[int, tuple[int, Edge]] = {}
        waiting = [begin]
        for node in waiting:
            if node == wanted:
                break
            for edge in inside.explored(node):
                if edge.target not in before and edge.target != begin:
                    before[edge.target] = node, edge
                    if edge.target >= 0:
                        waiting.append(edge.target)
        return self._unwound(scene, before, begin, wanted)

    def _unwound(
        self, scene: str, before: dict[int, tuple[int, Edge]], begin: int, end: int
    ) -> list[Move]:
        moves: list[Move] = []
        at = end
        while at != begin:
            at, edge = before[at]
            moves.append(self._move(scene, at, edge))
        moves.reverse()
        return moves

    def _move(self, scene: str, node: int, edge: Edge) -> Move:
        stage = self.model.inside(scene).stage
        match edge.step:
            case ("commit", decision, option):
                by = stage.by(stage.scene.decisions[decision], self.model.inside(scene).nodes[node])
                return tuple(
                    (role, c.Commit(decision, option)) for role in by if role in self.model.people
                )
            case ("share", fact, holder, to):
                return ((holder, c.Share(fact, to)),)
            case ("release", inject):
                return ((FACILITATOR, c.Release(inject)),)
        first = next(role for role in self.model.scenario.roles if role in self.model.people)
        return ((FACILITATOR if self.model.facilitated else first, c.Advance()),)

    def _to_arrival(self, scene: str, arrival: int) -> list[Move]:
        moves = [self._start()]
        pieces: list[list[Move]] = []
        at: Arrival = (scene, arrival)
        while (step := self._preceding()[at]) is not None:
            before, number = step
            local = before[1] & self.model.inside(before[0]).stage.inside
            if self.solved.reached.passing(before[0], local).target >= 0:
                pieces.append(self._within(before[0], local, ~number))
            at = before
        for piece in reversed(pieces):
            moves += piece
        return moves

    def _preceding(self) -> dict[Arrival, tuple[Arrival, int] | None]:
        """For each arrival the one before it on a route with the fewest moves, and the exit."""
        if self._before:
            return self._before
        solved, model = self.solved, self.model
        start = model.scenario.start
        packed = solved.reached.begin
        waiting: list[tuple[int, int, Arrival, Arrival | None, int]] = []
        heappush(waiting, (0, 0, (start, packed), None, 0))
        pushed = 0
        moves = COUNTED.index("moves")
        while waiting:
            far, _, here, before, exit_ = heappop(waiting)
            if here in self._before:
                continue
            self._before[here] = None if before is None else (before, exit_)
            scene, packed = here
            inside = model.inside(scene)
            local, beside = packed & inside.stage.inside, packed & ~inside.stage.inside
            for number, way in solved.crossings.get((scene, local), ()):
                out = inside.exits[number]
                if out.to:
                    to = arriving(model, out, beside)
                    steps = -solved.lanes.read(way.counts + solved.lanes.zeros)[moves]
                    pushed += 1
                    heappush(waiting, (far + steps, pushed, (out.to, to), here, number))
        return self._before

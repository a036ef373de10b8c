"""Searching: shortest routes through what was reached, perhaps without some of its moves.

Knowledge only grows, so a role can lack a fact at some moment just where a route leads there on
which nothing teaches it; and a task is left out just where a route leads to an end on which nothing
exercises it. Both are searches that leave moves out (`teaching`, `exercising`).

All arrivals that are equally far are followed as one set, the nearest first. No way back is kept:
going back from an arrival, one before it is picked from among those near enough. A search may have
floors (`idling.py`): the same situation on another floor is another place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from tabletop.authoring.explore import FACILITATOR, Move, seats
from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.members import Members, apart, both, united
from tabletop.authoring.packed.moves import Edge, Exit
from tabletop.authoring.packed.reach import Reached, leaving
from tabletop.exercise import commands as c

Steps = dict[int, tuple[int, int, Edge | None]]
"""For each situation inside and each exit (`~exit`): how far, from which situation, by what."""
Layer = tuple[int, dict[int, Members]]
"""How far, and by pattern of arrival the arrivals that are no nearer."""
Scene = tuple[str, int]
"""A scene, on a floor."""

MOVE = 1 << 24
"""How far one move takes: farther than entering any number of scenes, which is 1 each.

Where nobody who plays has joined, scenes are passed without a move; so no way back is a circle.
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something shows: on arriving, in a situation, or on a move from it."""

    scene: str
    local: int
    """The pattern of arrival."""
    node: int | None = None
    """The situation; nothing where it shows on arriving."""
    edge: Edge | None = None
    """The move; nothing where it shows in the situation itself."""
    among: Members | None = None
    """The arrivals of the pattern after which it shows; nothing where it does after any."""
    floor: int = 0


class Search:
    """Shortest routes through what was reached."""

    def __init__(self, reached: Reached, *, teaching: int = 0, exercising: int = 0) -> None:
        """Takes what no move may show, and what none may exercise."""
        self.reached = reached
        self.model = reached.model
        self.teaching = teaching
        self.exercising = exercising
        self._steps: dict[tuple[str, int, int], Steps] = {}
        self._layers: dict[Scene, list[Layer]] = {}

    # Routes.

    def nearest(self, places: Iterable[Place]) -> tuple[Move, ...]:
        """A shortest route to one of some places; empty where none leads to any."""
        best: tuple[int, Place] | None = None
        for place in places:
            far = self.distance(place)
            if far is not None and (best is None or far < best[0]):
                best = far, place
        return () if best is None else self.route(best[1])

    def distance(self, place: Place) -> int | None:
        """How far a place is, its own move included; nothing where no way leads there."""
        near = self._arrived(place)
        if near is None or place.node is None:
            return None if near is None else near[0]
        step = self.steps(place.scene, place.local, place.floor).get(place.node)
        return None if step is None else near[0] + step[0] + MOVE * (place.edge is not None)

    def arrival(self, place: Place) -> int:
        """The nearest of the arrivals before a place that can be reached."""
        near = self._arrived(place)
        assert near is not None
        return near[1]

    def _arrived(self, place: Place) -> tuple[int, int] | None:
        """Of the arrivals before a place the nearest: how far, and which."""
        for far, groups in self.layers.get((place.scene, place.floor), ()):
            members = groups.get(place.local)
            if members and place.among is not None:
                members = both(members, place.among)
            if members:
                return far, place.local | members.first
        return None

    def route(self, place: Place) -> tuple[Move, ...]:
        """A shortest route to a place that can be reached."""
        near = self._arrived(place)
        assert near is not None
        moves = self._to_arrival(place.scene, place.floor, *near)
        if place.node is not None:
            moves += self._within(place.scene, place.local, place.floor, place.node)
            if place.edge is not None:
                moves.append(move(self.model, place.scene, place.node, place.edge))
        return tuple(moves)

    def _to_arrival(self, scene: str, floor: int, far: int, arrival: int) -> list[Move]:
        moves = [start(self.model)]
        for _, piece in reversed(list(self._back(scene, floor, far, arrival))):
            moves += piece
        return moves

    def _back(
        self, scene: str, floor: int, far: int, arrival: int
    ) -> Iterator[tuple[int, list[Move]]]:
        """The moves across each scene before an arrival, the last first, and on which floor."""
        while (before := self._before(scene, floor, far, arrival)) is not None:
            scene, floor, far, arrival, number = before
            local = arrival & self.model.inside(scene).stage.inside
            passed = self.reached.passing(scene, local).target < 0
            yield floor, [] if passed else self._within(scene, local, floor, ~number)

    def _within(self, scene: str, local: int, floor: int, end: int) -> list[Move]:
        """The fewest moves from arriving in a scene to a situation or exit of it."""
        steps = self.steps(scene, local, floor)
        moves: list[Move] = []
        while True:
            _, node, edge = steps[end]
            if edge is None:
                moves.reverse()
                return moves
            moves.append(move(self.model, scene, node, edge))
            end = node

    # Places.

    def showing(
        self, scene: str, wanted: Callable[[int], bool], beside: Mapping[int, Sequence[Edge]]
    ) -> Iterator[Place]:
        """The places of a scene on whose arrival or move something shows, told by the bits.

        `beside` are moves that stay, by situation.
        """
        inside = self.model.inside(scene)
        for local in self.locals(scene):
            if wanted(inside.seen.get(local, 0)):
                yield Place(scene, local)
            for node in self.steps(scene, local):
                if node >= 0:
                    for edge in (*inside.found(node), *beside.get(node, ())):
                        if wanted(edge.seen):
                            yield Place(scene, local, node, edge)

    def standing(self, scene: str, nodes: Callable[[int], bool]) -> Iterator[Place]:
        """The places of a scene that are one of some situations inside."""
        for local in self.locals(scene):
            for node in self.steps(scene, local):
                if node >= 0 and nodes(node):
                    yield Place(scene, local, node)

    def locals(self, scene: str) -> tuple[int, ...]:
        """The patterns of arrival in a scene."""
        layers = self.layers.get((scene, 0), ())
        return tuple(dict.fromkeys(local for _, groups in layers for local in groups))

    # Inside a scene.

    def steps(self, scene: str, local: int, floor: int = 0) -> Steps:
        """How to get from arriving to everything inside, as far as moves are allowed."""
        key = scene, local, floor
        if key not in self._steps:
            self._steps[key] = self._walked(scene, local, floor)
        return self._steps[key]

    def _walked(self, scene: str, local: int, floor: int) -> Steps:
        inside = self.model.inside(scene)
        passing = self.reached.passing(scene, local)
        if not self.enters(scene, local, floor):
            return {}
        steps: Steps = {passing.target: (0, passing.target, None)}
        waiting = [passing.target] if passing.target >= 0 else []
        for node in waiting:
            far = steps[node][0] + MOVE
            for edge in inside.found(node):
                if edge.target not in steps and self.passes(scene, edge, floor):
                    steps[edge.target] = far, node, edge
                    if edge.target >= 0:
                        waiting.append(edge.target)
        return steps

    def enters(self, scene: str, local: int, floor: int) -> bool:
        """Whether going on from arriving is allowed."""
        passing = self.reached.passing(scene, local)
        return self._allowed(passing.label, self.model.inside(scene).seen.get(local, 0))

    def passes(self, scene: str, edge: Edge, floor: int) -> bool:
        """Whether a move is allowed."""
        return self._allowed(edge.label, edge.seen)

    def _allowed(self, label: int, seen: int) -> bool:
        if not (self.teaching or self.exercising):
            return True
        exercised = self.model.labels[label].exercised
        return not (seen & self.teaching or exercised & self.exercising)

    # From scene to scene.

    @property
    def layers(self) -> dict[Scene, list[Layer]]:
        """By scene and floor: the arrivals, the nearest first."""
        if not self._layers:
            self._spread()
        return self._layers

    def floors(self, floor: int, scene: str, to: str) -> tuple[int, ...]:
        """The floors on which one may go on from one scene to another."""
        return (floor,)

    def _spread(self) -> None:
        reached, inside = self.reached, self.model.inside
        begin = self.model.scenario.start
        sets = reached.arrivals[begin].sets
        waiting = {
            (0, begin, each): [Members.single(sets, reached.begin)] for each in self.begins()
        }
        near = list(waiting)
        known: dict[Scene, Members] = {}
        while near:
            key = heappop(near)
            far, scene, floor = key
            new = united(waiting.pop(key))
            if (scene, floor) in known:
                new = apart(new, known[scene, floor])
                if not new:
                    continue
                known[scene, floor] = united([known[scene, floor], new])
            else:
                known[scene, floor] = new
            followed = reached.groups.get(scene, {})
            parts = new.split(inside(scene).stage.inside)
            groups = {local: members for local, members in parts.items() if local in followed}
            if groups:
                self._layers.setdefault((scene, floor), []).append((far, groups))
            for local, members in groups.items():
                for end, (steps, _, _) in self.steps(scene, local, floor).items():
                    way = inside(scene).exits[~end] if end < 0 else None
                    if way is None or not way.to:
                        continue
                    arrived = leaving(self.model, way, members)
                    for upon in self.floors(floor, scene, way.to):
                        there = far + steps + 1, way.to, upon
                        if there not in waiting:
                            waiting[there] = []
                            heappush(near, there)
                        waiting[there].append(arrived)

    def begins(self) -> tuple[int, ...]:
        """The floors on which the exercise begins."""
        return (0,)

    def _before(
        self, scene: str, floor: int, far: int, arrival: int
    ) -> tuple[str, int, int, int, int] | None:
        """What lies before an arrival on a shortest route, and the exit between."""
        if not far:
            return None
        for (name, upon), layers in self.layers.items():
            if floor not in self.floors(upon, name, scene):
                continue
            for nearer, groups in layers if layers[0][0] < far else ():
                for local, members in groups.items():
                    for end, (steps, _, _) in self.steps(name, local, upon).items():
                        if end >= 0 or nearer + steps + 1 != far:
                            continue
                        way = self.model.inside(name).exits[~end]
                        if way.to == scene and (rest := self._fitting(way, members, arrival)) >= 0:
                            return name, upon, nearer, local | rest, ~end
        raise AssertionError("what was arrived at was come from")

    def _fitting(self, way: Exit, members: Members, arrival: int) -> int:
        """One of some members that an exit makes an arrival of; -1 where there is none."""
        kept = self.model.inside(way.to).stage.arriving & ~way.stopped & ~way.bits
        if arrival & ~kept != way.bits:
            return -1
        found = members.matching(kept, arrival)
        return -1 if found is None else found


def start(model: Model) -> Move:
    """The move that begins every route."""
    table = seats(
        model.engine,
        [role for role in model.scenario.roles if role in model.people],
        facilitated=model.facilitated,
    )
    return ((table[-1].id, c.Start(table, model.facilitated)),)


def move(model: Model, scene: str, node: int, edge: Edge) -> Move:
    """A move inside a scene as it is played."""
    inside = model.inside(scene)
    match edge.step:
        case ("commit", decision, option):
            by = inside.stage.by(inside.stage.scene.decisions[decision], inside.nodes[node])
            return tuple((role, c.Commit(decision, option)) for role in by if role in model.people)
        case ("share", fact, holder, to):
            return ((holder, c.Share(fact, to)),)
        case ("release", inject):
            return ((FACILITATOR, c.Release(inject)),)
    first = next(role for role in model.scenario.roles if role in model.people)
    return ((FACILITATOR if model.facilitated else first, c.Advance()),)

"""Outlook: what an exercise can still come to from where it stands, looked up and not guessed.

Everything is worked out once for a scenario, with everyone a person and a facilitator at the table:
whoever plays which role, each role's answers are moves in it. Where an exercise stands is found by
following what happened in it, move by move. A jump leaves what was proved, and then there is none
until the exercise goes back; so does an inject kept back that would have come by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.reach import arriving, reach
from tabletop.authoring.packed.solving import Solved, solve
from tabletop.authoring.packed.trace import Step
from tabletop.authoring.packed.values import BEYOND, COUNTED
from tabletop.exercise import events as e
from tabletop.exercise.engine import Engine

LIMIT = 1_000_000
"""Situations beyond which no outlook is worked out while people wait."""
_DECISIONS = COUNTED.index("decisions")


@dataclass(frozen=True, slots=True)
class Opening:
    """A held inject, and the objectives it alone would still let people exercise."""

    inject: str
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can still come of an exercise, whatever its people choose."""

    endings: tuple[str, ...]
    """Those that can still be reached, in the author's order."""
    every: int
    """How many endings the scenario has."""
    fewest: int
    most: int | None
    """Decisions still to be settled, in the least and the most; nothing where ways go round."""
    ahead: tuple[str, ...]
    """Objectives not yet exercised that some way on exercises."""
    gone: tuple[str, ...]
    """Objectives not yet exercised that no way on exercises any more."""
    openings: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class _Standing:
    scene: str
    local: int
    beside: int
    node: int
    exercised: int


@dataclass(frozen=True, slots=True)
class _Ahead:
    counts: int
    must: int
    may: int


def steps(engine: Engine, events: Iterable[e.Event]) -> tuple[Step, ...] | None:
    """What happened, as moves; nothing where it left what was proved."""
    found: list[Step] = []
    entered = False
    for event in events:
        match event:
            case e.Jumped() | e.InjectHeld() | e.InjectOmitted():
                return None
            case e.Settled():
                found.append(("commit", event.decision, event.option))
            case e.FactShared():
                found.append(("share", event.fact, event.sender, event.to))
            case e.InjectDelivered() if engine.plan.inject(event.inject).held:
                found.append(("release", event.inject))
            case e.SceneEntered():
                if entered:
                    found.append(("advance",))
                entered = True
    return tuple(found)


class Outlooks:
    """The outlooks of a scenario."""

    def __init__(self, engine: Engine, *, limit: int = LIMIT) -> None:
        """Works everything out."""
        self.engine = engine
        model = Model(engine, engine.scenario.roles, facilitated=True)
        reached = reach(model, limit=limit)
        self._solved: Solved | None = None if reached.stopped else solve(reached)
        self._model = model
        objectives = [name for kind, name in model.subjects if kind == "objective"]
        self._bits = {name: 1 << model.subjects.index(("objective", name)) for name in objectives}

    def at(self, taken: Iterable[Step]) -> Outlook | None:
        """What can still come after some moves; nothing where it was not worked out."""
        if self._solved is None:
            return None
        standing = self._followed(tuple(taken))
        if standing is None:
            return None
        aheads = self._aheads(standing)
        ahead = aheads.get(standing.node)
        return None if ahead is None else self._outlook(standing, ahead, aheads)

    # Following.

    def _followed(self, taken: tuple[Step, ...]) -> _Standing | None:
        assert self._solved is not None
        begin = self._solved.reached.begin
        standing = self._arrived(self._model.scenario.start, begin, 0)
        for step in taken:
            if standing is None:
                return None
            standing = self._moved(standing, step)
        return standing

    def _moved(self, standing: _Standing, step: Step) -> _Standing | None:
        inside = self._model.inside(standing.scene)
        edge = next((each for each in inside.explored(standing.node) if each.step == step), None)
        if edge is None:
            # A share that changes nothing is no move; anything else was never proved.
            return standing if step[0] == "share" else None
        exercised = standing.exercised | self._model.labels[edge.label].exercised
        if edge.target >= 0:
            return _Standing(
                standing.scene, standing.local, standing.beside, edge.target, exercised
            )
        return self._left(standing.scene, standing.beside, ~edge.target, exercised)

    def _arrived(self, scene: str, packed: int, exercised: int) -> _Standing | None:
        inside = self._model.inside(scene)
        local, beside = packed & inside.stage.inside, packed & ~inside.stage.inside
        label, target = inside.arrive(local)
        exercised |= self._model.labels[label].exercised
        if target < 0:
            return self._left(scene, beside, ~target, exercised)
        return _Standing(scene, local, beside, target, exercised)

    def _left(self, scene: str, beside: int, exit_: int, exercised: int) -> _Standing | None:
        way = self._model.inside(scene).exits[exit_]
        if not way.to:
            return None
        return self._arrived(way.to, arriving(self._model, way, beside), exercised)

    # Looking ahead.

    def _aheads(self, standing: _Standing) -> dict[int, _Ahead]:
        """What lies ahead of a situation, and of each that follows it in its scene."""
        inside = self._model.inside(standing.scene)
        found: dict[int, _Ahead] = {}
        for node in self._behind(standing):
            ahead: _Ahead | None = None
            for edge in inside.explored(node):
                there = found.get(edge.target)
                if there is None and edge.target < 0:
                    there = self._beyond(standing, ~edge.target)
                if there is not None:
                    ahead = self._either(ahead, self._after(edge.label, there))
            if ahead is not None:
                found[node] = ahead
        return found

    def _behind(self, standing: _Standing) -> Iterator[int]:
        """The situations that follow one in its scene, each after those that follow it."""
        inside = self._model.inside(standing.scene)
        seen = {standing.node}
        waiting = [(standing.node, iter(inside.explored(standing.node)))]
        while waiting:
            node, edges = waiting[-1]
            for edge in edges:
                if edge.target >= 0 and edge.target not in seen:
                    seen.add(edge.target)
                    waiting.append((edge.target, iter(inside.explored(edge.target))))
                    break
            else:
                waiting.pop()
                yield node

    def _beyond(self, standing: _Standing, exit_: int) -> _Ahead | None:
        assert self._solved is not None
        way = self._model.inside(standing.scene).exits[exit_]
        value = self._solved.value(way.to, arriving(self._model, way, standing.beside))
        return None if value is None else _Ahead(value.counts, value.must, value.may)

    def _after(self, label: int, there: _Ahead) -> _Ahead:
        assert self._solved is not None
        way = self._solved.ways[label]
        return _Ahead(way.counts + there.counts, way.must | there.must, way.may | there.may)

    def _either(self, one: _Ahead | None, other: _Ahead) -> _Ahead:
        if one is None:
            return other
        assert self._solved is not None
        counts = self._solved.lanes.largest(one.counts, other.counts)
        return _Ahead(counts, one.must & other.must, one.may | other.may)

    def _outlook(self, standing: _Standing, ahead: _Ahead, aheads: dict[int, _Ahead]) -> Outlook:
        assert self._solved is not None
        numbers = self._solved.lanes.read(ahead.counts)
        nearest = numbers[2 * len(COUNTED) :]
        most = numbers[len(COUNTED) + _DECISIONS]
        endings = tuple(
            name
            for name, far in zip(self._solved.endings, nearest, strict=True)
            if far > -BEYOND // 2
        )
        left = {name: bit for name, bit in self._bits.items() if not standing.exercised & bit}
        return Outlook(
            endings=endings,
            every=len(self._solved.endings),
            fewest=-numbers[_DECISIONS],
            most=None if most >= BEYOND // 2 else most,
            ahead=tuple(name for name, bit in left.items() if ahead.may & bit),
            gone=tuple(name for name, bit in left.items() if not ahead.may & bit),
            openings=tuple(self._openings(standing, left, aheads)),
        )

    def _openings(
        self, standing: _Standing, left: dict[str, int], aheads: dict[int, _Ahead]
    ) -> Iterator[Opening]:
        """Held injects that would let people exercise what no way without them does."""
        inside = self._model.inside(standing.scene)
        edges = inside.explored(standing.node)
        without = 0
        released: dict[str, int] = {}
        for edge in edges:
            there = aheads.get(edge.target) or (
                self._beyond(standing, ~edge.target) if edge.target < 0 else None
            )
            if there is None:
                continue
            may = self._after(edge.label, there).may
            if edge.step[0] == "release":
                released[edge.step[1]] = may
            else:
                without |= may
        for inject, may in released.items():
            names = tuple(name for name, bit in left.items() if may & bit and not without & bit)
            if names:
                yield Opening(inject, names)

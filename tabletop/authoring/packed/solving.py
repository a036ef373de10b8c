"""Solving: what can still come of every situation on arrival, from the ends backward.

For each scene there is a function of the situation on arrival: for each pattern of the bits the
scene can read, what lies between that pattern and an exit, and then the function of the scene the
exit leads to, where some bits stand as the exit leaves them and the others as they did. Nothing is
done for one situation; how long it takes depends on how much scenes have to do with each other, not
on how many situations there are. Where scenes follow each other in a cycle, `cycles.py` works out
theirs one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from tabletop.authoring.packed.cycles import Turning
from tabletop.authoring.packed.diagrams import END, Diagrams, Function
from tabletop.authoring.packed.members import Members
from tabletop.authoring.packed.moves import Exit
from tabletop.authoring.packed.reach import Reached
from tabletop.authoring.packed.rows import MOST, Rows
from tabletop.authoring.packed.sets import places
from tabletop.authoring.packed.spread import Spread
from tabletop.authoring.packed.values import COUNTED, Lanes, Value, Way, crossing
from tabletop.authoring.packed.weighing import Marked, Trouble, troubles
from tabletop.authoring.packed.weights import May, Most, Must, Number, Unbeaten

VC, CI = len(COUNTED), len(COUNTED) + 1
"""Where the most of each axis stands."""
Purpose = Literal["everything", "findings", "totals"]
"""What is asked for: all of it, what findings rest on, or what can be counted and come to."""
Weight = TypeVar("Weight")
Crossings = dict[tuple[str, int], list[tuple[int, Way]]]
"""By scene and pattern of arrival: for each exit, everything between the two."""


class Aspect(Generic[Weight]):
    """One thing that can be asked of what is still to come, for every situation on arrival."""

    def __init__(
        self,
        diagrams: Diagrams[Weight],
        of_way: Callable[[Way], Weight],
        of_value: Callable[[Value], Function[Weight]],
    ) -> None:
        """Takes what it is on a way from arrival to an exit, and of a value."""
        self.diagrams = diagrams
        self.of_way = of_way
        self.of_value = of_value
        self.scenes: dict[str, Function[Weight]] = {}
        self._restricted: dict[tuple[str, int, int], dict[int, Function[Weight]]] = {}

    def onward(self, reached: Reached, way: Exit, beside: Members) -> Function[Weight]:
        """What it is for those who leave a scene by an exit, as a function of the bits beside."""
        function = self.scenes.get(way.to)
        if function is None:
            return None
        kept = reached.model.inside(way.to).stage.arriving & ~way.stopped
        free, ones = beside.varying & kept, way.bits | beside.base & kept
        rests = self.diagrams.rests[function[1]]
        key = (way.to, free & rests, ones & rests & ~free)
        return self.diagrams.restricted(function, free, ones, self._restricted.setdefault(key, {}))

    def work_out(
        self, reached: Reached, crossings: Crossings, scene: str, ended: Function[Weight]
    ) -> None:
        """Works out a scene whose following scenes are known, or an ending."""
        inside, diagrams = reached.model.inside(scene), self.diagrams
        parts: dict[int, Function[Weight]] = {}
        for local, beside in reached.groups.get(scene, {}).items():
            ways = []
            for number, way in crossings[scene, local]:
                out = inside.exits[number]
                function = self.onward(reached, out, beside) if out.to else ended
                ways.append(diagrams.after(self.of_way(way), function))
            parts[local] = diagrams.either(ways)
        if parts:
            order = places(reached.arrivals[scene].varying & inside.stage.inside)
            self.scenes[scene] = diagrams.assembled(parts, order)
        diagrams.forget()
        self._restricted.clear()

    def list_out(self, reached: Reached, scene: str, values: dict[int, Value | None]) -> None:
        """Takes the value of each arrival in a scene."""
        varying = reached.arrivals[scene].varying
        parts = {
            arrival & varying: None if value is None else self.of_value(value)
            for arrival, value in values.items()
        }
        self.scenes[scene] = self.diagrams.assembled(parts, places(varying))

    def at(self, scene: str, packed: int) -> Function[Weight]:
        """What it is for a situation on arrival."""
        return self.diagrams.at(self.scenes.get(scene), packed)


class Solved:
    """What can still come of a scenario's situations."""

    def __init__(self, reached: Reached, purpose: Purpose = "everything") -> None:
        """Prepares for what was reached, as far as a purpose needs it."""
        self.reached = reached
        scenes = reached.model.scenario.scenes
        self.endings = tuple(name for name, scene in scenes.items() if scene.ending)
        self.endless = False
        """Whether some situations can follow each other for ever."""
        self.unbounded = False
        """Whether they can, and come to an end after all: routes are without number then."""
        self.crossings: Crossings = {}
        self.lanes = Lanes(self.endings, 1)
        self.ways: list[Way] = []
        self.plain_ways: list[Way] = []
        self._cross()
        lanes, zeros = self.lanes, self.lanes.zeros
        self.counts = Aspect(
            Most(lanes), lambda way: way.counts, lambda value: (value.counts - zeros, END)
        )
        self.highs = Aspect(
            Most(lanes),
            lambda way: lanes.only(way.counts, (VC, CI)),
            lambda value: (lanes.only(value.counts - zeros, (VC, CI)), END),
        )
        """The most VC and CI alone, in which fewer situations differ."""
        self.routes = self._counting()
        self.must = Aspect(Must(), lambda way: way.must, lambda value: (value.must, END))
        self.may = Aspect(May(), lambda way: way.may, lambda value: (value.may, END))
        self.unbeaten = Unbeaten()
        self.totals = Aspect(
            self.unbeaten,
            lambda way: (way.spread,),
            lambda value: None if value.spread is None else self.unbeaten.end(value.spread),
        )
        needed: dict[Purpose, tuple[Aspect[Any] | Rows, ...]] = {
            "findings": (self.highs, self.must),
            "totals": (self.counts, self.totals),
        }
        every: tuple[Aspect[Any] | Rows, ...] = (
            *(self.highs, self.must, self.counts, self.routes, self.may, self.totals),
        )
        # Where scenes go round, everything that can come of them is worked out together.
        self.aspects = every if reached.cyclic else needed.get(purpose, every)
        """What is worked out for each scene."""

    @cached_property
    def troubles(self) -> dict[Marked, Trouble]:
        """Where a lower mark pays; nothing is known of it where it was stopped before or now."""
        if self.reached.stopped == "interrupted":
            return {}
        try:
            return troubles(self)
        except KeyboardInterrupt:
            self.reached.stopped = "interrupted"
            return {}

    def _counting(self) -> Aspect[int] | Rows:
        """What counts routes: rows, where they are few enough to be listed."""
        if not self.reached.cyclic:
            rows = Rows(self.reached, self.lanes.routes * len(self.endings))
            if rows.work(self.reached, self.crossings) <= MOST:
                return rows
        return Aspect(Number(), lambda way: way.routes, lambda value: (max(0, value.routes), END))

    def _cross(self) -> None:
        """Works out every crossing, and with them how many routes there can be at most."""
        model = self.reached.model
        for label in model.labels:
            self.ways.append(self.lanes.label_way(label, plain=False))
            self.plain_ways.append(replace(self.ways[-1], routes=1))
        bound = 1
        for scene, groups in self.reached.groups.items():
            inside, most = model.inside(scene), 1
            for local in groups:
                passing = self.reached.passing(scene, local)
                found = crossing(self.lanes, inside, passing, self.ways, self.plain_ways)
                self.crossings[scene, local] = found
                most = max(most, sum(way.routes for _, way in found))
            bound *= most
        self.lanes = Lanes(self.endings, bound)

    @property
    def start(self) -> Value | None:
        """The value of the situation in which every route begins."""
        return self.value(self.reached.model.scenario.start, self.reached.begin)

    @property
    def always(self) -> int:
        """What every route to an end exercises; all there is where none leads to one."""
        begin = self.reached.model.scenario.start, self.reached.begin
        return (self.must.at(*begin) or (-1, END))[0]

    def value(self, scene: str, packed: int) -> Value | None:
        """What can still come of a situation on arrival; nothing where no end is known."""
        counts = self.counts.at(scene, packed)
        if counts is None:
            return None
        routes = self.routes.at(scene, packed)
        must, may = self.must.at(scene, packed), self.may.at(scene, packed)
        return Value(
            counts[0] + self.lanes.zeros,
            must[0] if must else 0,
            may[0] if may else 0,
            routes[0] if routes and not self.unbounded else -1,
            self.spread(scene, packed),
        )

    def spread(self, scene: str, packed: int) -> Spread | None:
        """The totals that can still come of a situation on arrival and that no other beats.

        Nothing where no end is known, or where there is no end of totals.
        """
        totals = self.totals.at(scene, packed)
        return self.unbeaten.spreads[totals[1]] if totals and not self.unbounded else None

    def work_out(self, scene: str) -> None:
        """Works out a scene whose following scenes are known."""
        ended = self.lanes.ended(scene) if scene in self.endings else None
        for aspect in self.aspects:
            aspect.work_out(
                self.reached, self.crossings, scene, aspect.of_value(ended) if ended else None
            )

    def list_out(self, scene: str, values: dict[int, Value | None]) -> None:
        """Takes the value of each arrival in a scene."""
        self.unbounded |= any(value is not None and value.routes < 0 for value in values.values())
        for aspect in self.aspects:
            assert isinstance(aspect, Aspect), "where scenes go round, there are no rows"
            aspect.list_out(self.reached, scene, values)


def solve(reached: Reached, purpose: Purpose = "everything") -> Solved:
    """Works out what can still come of every situation on arrival."""
    solved = Solved(reached, purpose)
    try:
        for place, scenes in enumerate(_backward(reached)):
            reached.tell_solved(place)
            if len(scenes) > 1 or _turns(reached, scenes[0]):
                for scene, values in Turning(solved, scenes).values().items():
                    solved.list_out(scene, values)
            else:
                solved.work_out(scenes[0])
    except KeyboardInterrupt:
        # Situations stay counted; of what was not worked out, nothing is known.
        reached.stopped = "interrupted"
    return solved


def _backward(reached: Reached) -> list[tuple[str, ...]]:
    """The scenes, those that follow each other in a cycle together, each after what follows it."""
    reach = reached.model.engine.plan.reach
    together: dict[frozenset[str], list[str]] = {}
    for scene in reversed(reached.order):
        if scene in reached.arrivals:
            together.setdefault(reach[scene], []).append(scene)
    return [tuple(scenes) for scenes in together.values()]


def _turns(reached: Reached, scene: str) -> bool:
    """Whether a scene can lead to itself at once."""
    return any(branch.to == scene for branch in reached.model.scenario.scenes[scene].next)

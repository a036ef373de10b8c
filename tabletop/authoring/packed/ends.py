"""Ends: from which situations no way leads to an end, and where one can go round undecided.

Where scenes cannot follow each other in a circle, every situation leads on to an end or to one in
which nothing can be done. Only on a circle can it go on and on: there it is worked out backward,
from the ends and from where the exercise stands still, which arrivals can get there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tabletop.authoring.packed.members import Members, apart, both, united
from tabletop.authoring.packed.moves import Edge, Exit
from tabletop.authoring.packed.reach import Reached, arriving, leaving
from tabletop.authoring.packed.search import Place

Arrivals = dict[str, Members]
"""By scene: some of its arrivals."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Ways round."""

    scene: str
    """The first of their scenes in the file."""
    arrivals: Members
    """The arrivals in it that lie on them."""


def stuck(reached: Reached) -> Iterator[Place]:
    """The situations in which nothing can be done but share facts, to no avail."""
    for scene in dict.fromkeys(scene for scene, _ in reached.stuck):
        still = {node for name, node in reached.stuck if name == scene}
        inside = reached.model.inside(scene)
        for local in reached.groups[scene]:
            for node in reversed(reached.passing(scene, local).nodes):
                moves = inside.found(node)
                if moves and all(m.step[0] == "share" and m.target in still for m in moves):
                    still.add(node)
                if node in still:
                    yield Place(scene, local, node)


class Circles:
    """What becomes of arrivals where scenes can follow each other in a circle."""

    def __init__(self, reached: Reached) -> None:
        """Takes what was reached."""
        self.reached = reached
        self.model = reached.model

    def lost(self) -> Iterator[Circle]:
        """The circles from which nothing leads to an end or to where the exercise stands still."""
        still = {(scene, node) for scene, node in self.reached.stuck}
        ending = self._leading(
            lambda scene, local: any(
                not self._way(scene, number).to
                for number in self.reached.passing(scene, local).exits
            )
        )
        standing = self._leading(
            lambda scene, local: any(
                (scene, node) in still for node in self.reached.passing(scene, local).nodes
            )
        )
        lost = {
            scene: _less(_less(every, ending.get(scene)), standing.get(scene))
            for scene, every in self.reached.arrivals.items()
        }
        for scenes in self._circles():
            within = self._round({each: lost[each] for each in scenes if lost.get(each)})
            first = next((each for each in scenes if each in within), None)
            if first is not None:
                yield Circle(first, within[first])

    def _circles(self) -> Iterator[tuple[str, ...]]:
        """The scenes that can follow each other in a circle, each circle in the file's order."""
        reach, done = self.model.engine.plan.reach, set[str]()
        for scene, each in self.model.scenario.scenes.items():
            if scene in done or not any(scene in reach[branch.to] for branch in each.next):
                continue
            circle = tuple(
                o for o in self.model.scenario.scenes if o in reach[scene] and scene in reach[o]
            )
            done.update(circle)
            yield circle

    def _round(self, arrivals: Arrivals) -> Arrivals:
        """Those of some arrivals that others of them lead to, and lead to others, without end."""
        left = arrivals
        while True:
            after = self._both(left, self._after(left))
            after = self._both(after, self._before_all(after))
            if _count(after) == _count(left):
                return after
            left = after

    def _after(self, arrivals: Arrivals) -> Arrivals:
        """What some arrivals lead to."""
        found: dict[str, list[Members]] = {}
        for scene, members in arrivals.items():
            for local, beside in self._split(scene, members):
                for number in self.reached.passing(scene, local).exits:
                    way = self._way(scene, number)
                    if way.to:
                        found.setdefault(way.to, []).append(leaving(self.model, way, beside))
        return {scene: united(each) for scene, each in found.items()}

    def _before_all(self, arrivals: Arrivals) -> Arrivals:
        """What leads to some arrivals."""
        found = {scene: list(self._before(scene, arrivals)) for scene in arrivals}
        return {scene: united(each) for scene, each in found.items() if each}

    @staticmethod
    def _both(one: Arrivals, other: Arrivals) -> Arrivals:
        found = {scene: both(one[scene], other[scene]) for scene in one if scene in other}
        return {scene: members for scene, members in found.items() if members}

    def undecided(self) -> Iterator[Circle]:
        """The circles on which one only moves on, by the first of their scenes in the file."""
        scenes = [scene for scene in self.model.scenario.scenes if scene in self.reached.arrivals]
        every: Arrivals = {
            scene: united([each.setting(local, local) for local, each in groups.items()])
            for scene, groups in self.reached.groups.items()
            if groups
        }
        for place, scene in enumerate(scenes):
            onward = self._moving({each: every[each] for each in scenes[place:] if each in every})
            if scene in onward:
                yield Circle(scene, onward[scene])

    def _moving(self, arrivals: Arrivals) -> Arrivals:
        """Those of some arrivals that moving on leads round to, among them alone.

        Moving on leads from each arrival to one at most, so what is still arrived at after any
        number of times is what lies on a circle.
        """
        left = arrivals
        while True:
            onward: dict[str, list[Members]] = {}
            for scene, members in left.items():
                for local, beside in self._split(scene, members):
                    moved = self.moved_on(scene, local)
                    way = None if moved is None else self._way(scene, moved[0])
                    if way is not None and way.to in left:
                        arrived = leaving(self.model, way, beside)
                        onward.setdefault(way.to, []).append(arrived)
            after = self._both(left, {scene: united(each) for scene, each in onward.items()})
            if _count(after) == _count(left):
                return after
            left = after

    def around(self, circle: Circle, arrival: int) -> Iterator[tuple[str, int]]:
        """Once round from an arrival: each scene, and the pattern of arrival in it."""
        scene, packed = circle.scene, arrival
        while True:
            local = packed & self._inside(scene)
            yield scene, local
            moved = self.moved_on(scene, local)
            assert moved is not None
            way = self._way(scene, moved[0])
            packed, scene = arriving(self.model, way, packed & ~local), way.to
            if (scene, packed) == (circle.scene, arrival):
                return

    def moved_on(self, scene: str, local: int) -> tuple[int, Edge | None] | None:
        """The exit that moving on at once leads to, if nobody is asked anything before.

        Where nobody who plays has joined, scenes are passed without a move.
        """
        target = self.reached.passing(scene, local).target
        if target < 0:
            return ~target, None
        for edge in self.model.inside(scene).found(target):
            if edge.step == ("advance",):
                return ~edge.target, edge
        return None

    def _leading(self, begins: Callable[[str, int], bool]) -> Arrivals:
        """The arrivals from which one can get to some that are told by scene and pattern."""
        found: Arrivals = {}
        for scene, groups in self.reached.groups.items():
            those = [
                members.setting(local, local)
                for local, members in groups.items()
                if begins(scene, local)
            ]
            if those:
                found[scene] = united(those)
        grown = True
        while grown:
            grown = False
            for scene in reversed(self.reached.order):
                before = found[scene].count if scene in found else 0
                those = [*([found[scene]] if before else ()), *self._before(scene, found)]
                if those:
                    found[scene] = united(those)
                    grown = grown or found[scene].count > before
        return found

    def _before(self, scene: str, to: Arrivals) -> Iterator[Members]:
        """The arrivals in a scene that some exit leads to given ones."""
        for local, members in self.reached.groups.get(scene, {}).items():
            for number in self.reached.passing(scene, local).exits:
                way = self._way(scene, number)
                if way.to in to:
                    those = both(members, self._coming(way, to[way.to]))
                    if those:
                        yield those.setting(local, local)

    def _coming(self, way: Exit, arrived: Members) -> Members:
        """All that an exit would make one of some arrivals of."""
        kept = self.model.inside(way.to).stage.arriving & ~way.stopped & ~way.bits
        every = (1 << self.model.layout.width) - 1
        fitting = arrived.split(every & ~kept).get(way.bits)
        nothing = Members(arrived.sets, 0, 0, 0)
        return nothing if fitting is None else fitting.whatever(every & ~kept)

    def _way(self, scene: str, number: int) -> Exit:
        return self.model.inside(scene).exits[number]

    def _inside(self, scene: str) -> int:
        return self.model.inside(scene).stage.inside

    def _split(self, scene: str, members: Members) -> Iterable[tuple[int, Members]]:
        return members.split(self._inside(scene)).items()


def _less(one: Members, other: Members | None) -> Members:
    return one if other is None else apart(one, other)


def _count(arrivals: Arrivals) -> int:
    return sum(members.count for members in arrivals.values())

"""Reach: every situation of a compiled scenario, scene by scene.

What comes from one scene to the next are the situations on arrival, as one set. Split by the bits
the scene can read, each group passes through the scene's own small graph as a whole, and leaves it
by the same exits. Inside, a situation is one node of that graph and one member of the group; they
are counted, never made. Scenes come in an order in which all arrivals are known before a scene is
passed; where scenes form a cycle, they are passed until nothing new arrives.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.members import Members, united
from tabletop.authoring.packed.moves import Exit
from tabletop.authoring.packed.sets import Sets

_OFTEN = 1_000
"""Situations inside a scene after which it is said how far exploring has come."""

Progress = Callable[[int, int, int], None]
"""Called with the situations known so far, the steps done, and the steps in all.

A scene is two steps: it is reached, and what can still come of it is worked out.
"""


@dataclass(slots=True)
class Passing:
    """What lies behind one pattern of arrival: situations inside and exits, nearest first."""

    label: int
    target: int
    nodes: list[int] = field(default_factory=list)
    exits: list[int] = field(default_factory=list)
    whole: bool = False
    """Whether that is all; if not, nothing is known of what lies behind."""


@dataclass(slots=True)
class Reached:
    """What was reached."""

    model: Model
    plain_only: bool
    limit: int
    progress: Progress | None
    order: tuple[str, ...]
    cyclic: bool
    begin: int
    """The situation on arrival in the first scene."""
    arrivals: dict[str, Members] = field(default_factory=dict)
    groups: dict[str, dict[int, Members]] = field(default_factory=dict)
    """By scene and pattern of arrival: the bits beside the pattern."""
    passings: dict[tuple[str, int], Passing] = field(default_factory=dict)
    situations: dict[str, int] = field(default_factory=dict)
    transitions: int = 0
    stuck: dict[tuple[str, int], int] = field(default_factory=dict)
    """Nodes from which nothing can be done, and how many situations each stands for."""
    most: int = sys.maxsize
    """How many situations inside scenes are looked at one by one at most."""
    looked: int = 0
    """How many were so far: what exploring takes goes by them, and not by how many there are."""
    stopped: str = ""
    """Why not everything was explored: `limit`, `interrupted`, or empty."""

    @property
    def count(self) -> int:
        """The situations found, an ending being one."""
        return sum(self.situations.values())

    def passing(self, scene: str, local: int) -> Passing:
        """What lies behind a pattern of arrival."""
        key = (scene, local)
        if key not in self.passings:
            label, target = self.model.inside(scene).arrive(local)
            self.passings[key] = passing = Passing(label, target)
            self._explore(scene, passing)
        return self.passings[key]

    def _explore(self, scene: str, passing: Passing) -> None:
        """Finds what lies behind a pattern; where that is cut short, what was found stays."""
        inside = self.model.inside(scene)
        if passing.target < 0:
            passing.exits.append(~passing.target)
            passing.whole = True
            return
        exits: dict[int, None] = {}
        seen = {passing.target}

        def after(node: int) -> Iterator[int]:
            return iter(inside.after(node, plain_only=self.plain_only))

        waiting = [(passing.target, after(passing.target))]
        # Depth first: a situation is done after all that follow it, so the reverse is an order.
        try:
            while waiting:
                node, following = waiting[-1]
                for to in following:
                    if to < 0:
                        exits[~to] = None
                    elif to not in seen:
                        seen.add(to)
                        waiting.append((to, after(to)))
                        break
                else:
                    passing.nodes.append(node)
                    waiting.pop()
                if len(inside.nodes) > self.limit or self.looked + len(seen) > self.most:
                    raise _Limit
                if not len(seen) % _OFTEN:
                    self.tell(len(inside.nodes))
            passing.whole = True
            self.looked += len(seen)
        finally:
            passing.nodes.extend(node for node, _ in reversed(waiting))
            passing.nodes.reverse()
            passing.exits.extend(exits)

    def tell(self, beside: int = 0) -> int:
        """Says how far it has come, and gives how many situations are known so far."""
        done = len(self.situations if not self.cyclic else self.arrivals)
        known = beside + (
            self.count if not self.cyclic else sum(each.count for each in self.arrivals.values())
        )
        if self.progress is not None:
            self.progress(known, done, 2 * len(self.order))
        return known

    def tell_solved(self, scenes: int) -> None:
        """Says of how many scenes is worked out what can still come."""
        if self.progress is not None:
            self.progress(self.count, len(self.order) + scenes, 2 * len(self.order))


def reach(
    model: Model,
    *,
    limit: int,
    progress: Progress | None = None,
    plain_only: bool = False,
    most: int = sys.maxsize,
) -> Reached:
    """Passes every scene until nothing new arrives, or the limit is hit.

    The `limit` is on the situations that are found, `most` on those looked at one by one.
    """
    order, cyclic = scene_order(model)
    begin = model.layout.begin() & model.inside(model.scenario.start).stage.arriving
    found = Reached(model, plain_only, limit, progress, order, cyclic, begin, most=most)
    waiting = {model.scenario.start: [Members.single(Sets(model.layout.width), begin)]}
    try:
        while waiting:
            scene = next(name for name in order if name in waiting)
            known = found.arrivals.get(scene)
            arrived = united([*([known] if known else ()), *waiting.pop(scene)])
            if known is not None and arrived.count == known.count:
                continue
            found.arrivals[scene] = arrived
            for to, onward in _pass(found, scene).items():
                waiting.setdefault(to, []).extend(onward)
            if not cyclic:
                _count(found, scene)
            if found.tell() > limit:
                found.stopped = "limit"
                break
    except _Limit:
        found.stopped = "limit"
    except KeyboardInterrupt:
        found.stopped = "interrupted"
    if found.stopped:
        _leave_out(found)
    for scene in found.arrivals:
        if scene not in found.situations:
            _count(found, scene)
    return found


def _leave_out(found: Reached) -> None:
    """Leaves out what arrived and was not followed any more: nothing behind it is known."""
    for scene, arrived in found.arrivals.items():
        parts = arrived.split(found.model.inside(scene).stage.inside)
        found.groups[scene] = {
            local: each for local, each in parts.items() if (scene, local) in found.passings
        }


class _Limit(Exception):
    """The bound was hit."""


def scene_order(model: Model) -> tuple[tuple[str, ...], bool]:
    """The scenes from the start on, each before those that follow it; and whether some cycle."""
    plan, scenario = model.engine.plan, model.scenario
    after = plan.reach[scenario.start]
    scenes = [name for name in scenario.scenes if name in after]
    # Of two scenes on a line the earlier has the larger reach; on a cycle they are equal.
    scenes.sort(key=lambda name: -len(plan.reach[name]))
    cyclic = any(
        name in plan.reach[branch.to] for name in scenes for branch in scenario.scenes[name].next
    )
    return tuple(scenes), cyclic


def _pass(found: Reached, scene: str) -> dict[str, list[Members]]:
    """Lets arrivals pass a scene, and gives what arrives elsewhere."""
    inside = found.model.inside(scene)
    groups = found.groups[scene] = {}
    onward: dict[str, list[Members]] = {}
    for local, beside in found.arrivals[scene].split(inside.stage.inside).items():
        groups[local] = beside
        passing = found.passing(scene, local)
        for number in passing.exits:
            way = inside.exits[number]
            if way.to:
                onward.setdefault(way.to, []).append(leaving(found.model, way, beside))
    return onward


def leaving(model: Model, way: Exit, beside: Members) -> Members:
    """The situations on arrival that an exit makes of those beside the scene's own bits."""
    left = beside.keeping(model.inside(way.to).stage.arriving & ~way.stopped)
    return left.setting(way.bits, way.bits)


def arriving(model: Model, way: Exit, beside: int) -> int:
    """The situation on arrival that an exit makes of the bits beside the scene's own."""
    return way.bits | beside & model.inside(way.to).stage.arriving & ~way.stopped


def _count(found: Reached, scene: str) -> None:
    """Counts the situations of a scene as the plain exploration tells them apart.

    A situation inside is a pattern of the scene's own bits, and any of the groups that come to it;
    a flag set inside stands the same in all of them.
    """
    inside = found.model.inside(scene)
    stage = inside.stage
    if stage.scene.ending:
        found.situations[scene] = 1
        return
    apart: dict[int, Sequence[Members]] = {}
    moves: dict[int, int] = {}
    still: dict[int, dict[int, None]] = {}
    for node, key, members in _inside(found, scene):
        _gather(apart, key, members)
        if key not in moves:
            moves[key] = inside.plain_moves(node)
        if not moves[key]:
            still.setdefault(key, {})[node] = None
    counts = {key: united(each).count for key, each in apart.items()}
    for key, nodes in still.items():
        # All nodes of a key are the same situations to the plain exploration.
        found.stuck.update({(scene, node): 0 for node in nodes})
        found.stuck[scene, next(iter(nodes))] = counts[key]
    found.situations[scene] = sum(counts.values())
    found.transitions += sum(moves[key] * count for key, count in counts.items())


def _gather(apart: dict[int, Sequence[Members]], key: int, members: tuple[Members]) -> None:
    """Adds members to those of a key; most keys have no others, and share what is written once."""
    known = apart.get(key)
    if known is None:
        apart[key] = members
    elif isinstance(known, list):
        known += members
    else:
        apart[key] = [*known, *members]


def counted(found: Reached, scene: str, wanted: Callable[[int], bool]) -> int:
    """How many situations of a scene are one of those wanted inside."""
    apart: dict[int, Sequence[Members]] = {}
    for node, key, members in _inside(found, scene):
        if wanted(node):
            _gather(apart, key, members)
    return sum(united(each).count for each in apart.values())


def _inside(found: Reached, scene: str) -> Iterator[tuple[int, int, tuple[Members]]]:
    """The situations inside a scene, each with its own bits, and those beside by each arrival."""
    inside = found.model.inside(scene)
    stage = inside.stage
    for local, beside in found.groups.get(scene, {}).items():
        members = beside.keeping(stage.plain)
        moved: dict[tuple[int, int], tuple[Members]] = {}
        for node in found.passing(scene, local).nodes:
            packed = inside.nodes[node]
            stopped = inside.stopped(packed) & stage.plain
            own = packed & ~stage.touchable & stage.plain
            key, fixed = own & ~stage.set_only, own & stopped
            if (stopped, fixed) not in moved:
                moved[stopped, fixed] = (members.setting(stopped, fixed),)
            yield node, key, moved[stopped, fixed]

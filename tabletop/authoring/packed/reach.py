"""Reach: every situation of a compiled scenario, scene by scene.

What comes from one scene to the next is a set of integers: the situations on arrival. Split by
the bits the scene can read, each group passes through the scene's own small graph as a whole, and
leaves it by the same exits. Inside, a situation is one node of that graph and one member of the
group; they are counted, never made. Scenes come in an order in which all arrivals are known
before a scene is passed; where scenes form a cycle, they are passed until nothing new arrives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tabletop.authoring.packed.compile import Exit, Inside, Model

Progress = Callable[[int, int, int], None]
"""Called with the situations known so far, the scenes done, and the scenes in all."""


@dataclass(slots=True)
class Passing:
    """What lies behind one pattern of arrival: situations inside and exits, nearest first."""

    label: int
    target: int
    nodes: list[int]
    exits: list[int]


@dataclass(slots=True)
class Reached:
    """What was reached."""

    model: Model
    plain_only: bool
    order: tuple[str, ...]
    cyclic: bool
    begin: int
    """The situation on arrival in the first scene."""
    arrivals: dict[str, set[int]] = field(default_factory=dict)
    groups: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    """By scene and pattern of arrival: the bits beside the pattern."""
    passings: dict[tuple[str, int], Passing] = field(default_factory=dict)
    situations: dict[str, int] = field(default_factory=dict)
    transitions: int = 0
    stuck: dict[tuple[str, int], int] = field(default_factory=dict)
    """Nodes from which nothing can be done, and how many situations each stands for."""
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
            self.passings[key] = _passing(self.model.inside(scene), local, self.plain_only)
        return self.passings[key]


def reach(
    model: Model,
    *,
    limit: int,
    progress: Progress | None = None,
    plain_only: bool = False,
) -> Reached:
    """Passes every scene until nothing new arrives, or the limit is hit."""
    order, cyclic = scene_order(model)
    begin = model.layout.begin() & model.inside(model.scenario.start).stage.arriving
    found = Reached(model, plain_only, order, cyclic, begin)
    waiting: dict[str, set[int]] = {model.scenario.start: {begin}}
    try:
        done = 0
        while waiting:
            scene = next(name for name in order if name in waiting)
            new = waiting.pop(scene) - found.arrivals.setdefault(scene, set())
            if not new:
                continue
            found.arrivals[scene] |= new
            for to, arrived in _pass(found, scene, new, limit).items():
                waiting.setdefault(to, set()).update(arrived)
            done += 1
            if not cyclic:
                _count(found, scene)
            known = found.count if not cyclic else sum(map(len, found.arrivals.values()))
            if progress is not None:
                progress(known, min(done, len(order)), len(order))
            if known > limit:
                found.stopped = "limit"
                break
    except _Limit:
        found.stopped = "limit"
    except KeyboardInterrupt:
        found.stopped = "interrupted"
    for scene in found.arrivals:
        if scene not in found.situations:
            _count(found, scene)
    return found


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


def _pass(found: Reached, scene: str, new: set[int], limit: int) -> dict[str, set[int]]:
    """Lets arrivals pass a scene, and gives what arrives elsewhere."""
    inside = found.model.inside(scene)
    mask = inside.stage.inside
    groups = found.groups.setdefault(scene, {})
    fresh: dict[int, list[int]] = {}
    for packed in new:
        fresh.setdefault(packed & mask, []).append(packed & ~mask)
    onward: dict[str, set[int]] = {}
    for local, beside in fresh.items():
        groups.setdefault(local, []).extend(beside)
        passing = found.passing(scene, local)
        if len(inside.nodes) > limit:
            raise _Limit
        for number in passing.exits:
            way = inside.exits[number]
            if way.to:
                onward.setdefault(way.to, set()).update(arriving(found.model, way, beside))
    return onward


def arriving(model: Model, way: Exit, beside: list[int]) -> list[int]:
    """The situations on arrival that an exit makes of the bits beside the scene's own."""
    mask = model.inside(way.to).stage.arriving & ~way.stopped
    bits = way.bits
    if not mask & ~model.inside(way.to).stage.model.layout.everyone and not beside[1:]:
        return [bits | beside[0] & mask]
    return [bits | rest & mask for rest in beside]


def _passing(inside: Inside, local: int, plain_only: bool) -> Passing:
    label, target = inside.arrive(local)
    nodes: list[int] = []
    exits: dict[int, None] = {}
    if target < 0:
        return Passing(label, target, nodes, [~target])
    seen = {target}
    waiting = [(target, iter(inside.explored(target)))]
    # Depth first: a situation is done after all that follow it, so the reverse is an order.
    while waiting:
        node, edges = waiting[-1]
        for edge in edges:
            if plain_only and not edge.plain:
                continue
            if edge.target < 0:
                exits[~edge.target] = None
            elif edge.target not in seen:
                seen.add(edge.target)
                waiting.append((edge.target, iter(inside.explored(edge.target))))
                break
        else:
            nodes.append(node)
            waiting.pop()
    nodes.reverse()
    return Passing(label, target, nodes, list(exits))


def _count(found: Reached, scene: str) -> None:
    """Counts the situations of a scene as the plain exploration tells them apart.

    The groups become bit sets, a bit for each pattern beside the scene's own bits; a situation
    inside is counted by uniting the groups that come to it. A flag set inside is one of the bits
    of the pattern, and setting it moves a bit set by one shift.
    """
    inside = found.model.inside(scene)
    stage = inside.stage
    if stage.scene.ending:
        found.situations[scene] = 1
        return
    groups = found.groups.get(scene, {})
    slots = _slots(groups, stage.plain & ~stage.inside, stage.plain & stage.set_only)
    if len(slots) > MOST_SLOTS:
        _count_apart(found, scene)
        return
    sets = {local: _bit_set(beside, slots) for local, beside in groups.items()}
    low = {bit: _low(place, len(slots)) for bit, place in slots.items()}
    apart: dict[int, int] = {}
    moves: dict[int, int] = {}
    for local, members in sets.items():
        moved: dict[tuple[int, int], int] = {}
        for node in found.passing(scene, local).nodes:
            packed = inside.nodes[node]
            stopped = inside.stopped(packed) & stage.plain
            own = packed & ~stage.touchable & stage.plain
            key, fixed = own & ~stage.set_only, own & stopped
            if (stopped, fixed) not in moved:
                moved[stopped, fixed] = _set(members, stopped, fixed, slots, low)
            apart[key] = apart.get(key, 0) | moved[stopped, fixed]
            edges = inside.explored(node)
            if key not in moves:
                moves[key] = sum(edge.plain for edge in edges)
            if not edges:
                count = found.stuck.get((scene, node), 0)
                found.stuck[scene, node] = count + members.bit_count()
    found.situations[scene] = sum(members.bit_count() for members in apart.values())
    found.transitions += sum(moves[key] * each.bit_count() for key, each in apart.items())


MOST_SLOTS = 22
"""Beyond this many bits that vary, sets of integers are smaller than bit sets (of 512 kB)."""


def _slots(groups: dict[int, list[int]], beside: int, set_only: int) -> dict[int, int]:
    """A place for each bit that tells situations beside a scene's own bits apart."""
    ones, zeros = 0, 0
    for each in groups.values():
        for rest in each:
            ones |= rest
            zeros |= ~rest
    varying = (ones & zeros | set_only) & beside
    slots: dict[int, int] = {}
    while varying:
        bit = varying & -varying
        varying ^= bit
        slots[bit] = len(slots)
    return slots


def _bit_set(beside: list[int], slots: dict[int, int]) -> int:
    """Some patterns as a bit set."""
    members = bytearray((1 << len(slots)) + 7 >> 3)
    # Patterns share their halves: each half is looked up, and worked out once.
    bits = list(slots)
    parts = [bits[:8], bits[8:16], bits[16:]]
    masks = [sum(part) for part in parts]
    tables: list[dict[int, int]] = [{}, {}, {}]
    for rest in beside:
        place = 0
        for mask, table, part in zip(masks, tables, parts, strict=True):
            pattern = rest & mask
            if pattern not in table:
                table[pattern] = sum(1 << slots[bit] for bit in part if pattern & bit)
            place |= table[pattern]
        members[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(members, "little")


def _low(place: int, slots: int) -> int:
    """The bits of a bit set whose pattern lacks the bit at a place."""
    width = 1 << place
    mask, span = (1 << width) - 1, 2 * width
    while span < 1 << slots:
        mask |= mask << span
        span *= 2
    return mask


def _set(members: int, stopped: int, fixed: int, slots: dict[int, int], low: dict[int, int]) -> int:
    """A bit set after some bits of every pattern in it were set."""
    for bit, place in slots.items():
        if stopped & bit:
            without, with_it = members & low[bit], members & ~low[bit]
            if fixed & bit:
                members = with_it | without << (1 << place)
            else:
                members = without | with_it >> (1 << place)
    return members


def _count_apart(found: Reached, scene: str) -> None:
    """Counts the situations of a scene one by one."""
    inside = found.model.inside(scene)
    stage = inside.stage
    apart: dict[int, set[int]] = {}
    moves: dict[int, int] = {}
    beside_mask = stage.plain & ~stage.inside
    for local, beside in found.groups.get(scene, {}).items():
        reduced = list({rest & beside_mask for rest in beside})
        for node in found.passing(scene, local).nodes:
            packed = inside.nodes[node]
            mask = ~inside.stopped(packed)
            own = packed & ~stage.touchable & stage.plain
            key = own & ~stage.set_only
            fixed = own & stage.set_only
            apart.setdefault(key, set()).update([rest & mask | fixed for rest in reduced])
            edges = inside.explored(node)
            moves[key] = sum(edge.plain for edge in edges)
            if not edges:
                found.stuck[scene, node] = found.stuck.get((scene, node), 0) + len(reduced)
    found.situations[scene] = sum(map(len, apart.values()))
    found.transitions += sum(moves[key] * len(members) for key, members in apart.items())

"""Solving: the value of every situation on arrival, from the ends backward.

Where situations on arrival follow each other in a cycle, their values are worked out together, in
rounds, from "no end known" upward. What still changes after as many rounds as there are situations
grows for ever, and is said to be endless.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from tabletop.authoring.packed.compile import Edge
from tabletop.authoring.packed.reach import Reached, arriving
from tabletop.authoring.packed.spread import Spread
from tabletop.authoring.packed.values import (
    BEYOND,
    COUNTED,
    Lanes,
    Value,
    Way,
    crossing,
    spread_ahead,
)

Arrival = tuple[str, int]
"""A scene and a packed situation on arrival in it."""
Marked = tuple[str, str, str, int]
"""A decision, the option marked lower, the one marked higher, and the axis."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where a lower mark leads to a higher attainable total on the same axis."""

    decision: str
    lower: str
    higher: str
    axis: int
    """0 for VC, 1 for CI."""
    with_lower: int
    """The best total on this axis that is still to be gained by way of the lower mark."""
    with_higher: int
    scene: str
    arrival: int
    node: int
    """The situation inside the scene."""


class Solved:
    """The values of a scenario's situations."""

    def __init__(self, reached: Reached) -> None:
        """Prepares for what was reached."""
        self.reached = reached
        scenes = reached.model.scenario.scenes
        self.endings = tuple(name for name, scene in scenes.items() if scene.ending)
        self.values: list[Value] = []
        self.classes: dict[str, dict[int, int | None]] = {}
        """By scene: for each arrival the number of its value, or nothing where no end is known."""
        self.troubles: dict[Marked, Trouble] = {}
        self.endless = False
        """Whether some situations can follow each other for ever."""
        self.highs: list[tuple[int, int]] = []
        """The most VC and CI of each value."""
        self.crossings: dict[Arrival, list[tuple[int, Way]]] = {}
        """By scene and pattern of arrival."""
        self.lanes = Lanes(self.endings, 1)
        self.ways: list[Way] = []
        self.plain_ways: list[Way] = []
        self._numbers: dict[Value, int] = {}
        self._spreads: dict[tuple[object, ...], Spread | None] = {}
        self._weighed: set[tuple[object, ...]] = set()
        self._cross()
        self.gains = [
            (
                sum(max(w[0] for w in f) for f in each.factors),
                sum(max(w[1] for w in f) for f in each.factors),
            )
            for each in reached.model.labels
        ]
        """The most VC and CI that each label brings."""

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

    def value(self, scene: str, packed: int) -> Value | None:
        """The value of a situation on arrival."""
        number = self.classes.get(scene, {}).get(packed)
        return None if number is None else self.values[number]

    def number(self, value: Value | None) -> int | None:
        """The number of a value."""
        if value is None:
            return None
        found = self._numbers.setdefault(value, len(self.values))
        if found == len(self.values):
            self.values.append(value)
        return found

    def onward(self, scene: str, local: int, beside: list[int]) -> list[Sequence[int | None]]:
        """For each exit, the numbers of the values that the arrivals of a group lead to."""
        model = self.reached.model
        inside = model.inside(scene)
        columns: list[Sequence[int | None]] = []
        for number, _ in self.crossings[scene, local]:
            way = inside.exits[number]
            if not way.to:
                columns.append([self.number(self.lanes.ended(scene))] * len(beside))
                continue
            known = self.classes.get(way.to, {})
            columns.append([known.get(arriving(model, way, each)) for each in beside])
        return columns

    def ahead(self, scene: str, local: int, values: Sequence[Value | None]) -> Value | None:
        """The value behind a pattern of arrival whose exits lead to these values."""
        ways = self.crossings[scene, local]
        known = [
            (way, value) for (_, way), value in zip(ways, values, strict=True) if value is not None
        ]
        found = self.lanes.ahead(known)
        if found is None:
            return None
        key = (scene, local, *[value and value.spread for value in values])
        if key not in self._spreads:
            pairs = [(way.spread, value.spread) for way, value in known if value.spread is not None]
            self._spreads[key] = spread_ahead(pairs) if len(pairs) == len(known) else None
        spread = self._spreads[key]
        return Value(found.counts, found.must, found.may, found.routes, spread)


def solve(reached: Reached) -> Solved:
    """Works out the value of every situation on arrival."""
    solved = Solved(reached)
    try:
        _solve(solved)
    except KeyboardInterrupt:
        # Situations stay counted; of what was not worked out, nothing is known.
        reached.stopped = "interrupted"
    return solved


def _solve(solved: Solved) -> None:
    reached = solved.reached
    if not reached.cyclic:
        for scene in reversed(reached.order):
            _solve_scene(solved, scene)
    else:
        for component in _components(solved):
            _solve_component(solved, component)
    for scene in reached.order:
        _weigh_scene(solved, scene)


def _solve_scene(solved: Solved, scene: str) -> None:
    classes = solved.classes[scene] = {}
    for local, beside in solved.reached.groups.get(scene, {}).items():
        columns = solved.onward(scene, local, list(beside))
        keys = list(zip(*columns, strict=True)) if columns else list(repeat((), beside.count))
        found: dict[tuple[int | None, ...], int | None] = {}
        for key in keys:
            if key not in found:
                values = [None if each is None else solved.values[each] for each in key]
                found[key] = solved.number(solved.ahead(scene, local, values))
        classes.update(zip([local | rest for rest in beside], map(found.get, keys), strict=True))


# Cycles.


def _after(solved: Solved, arrival: Arrival) -> list[tuple[Way, Arrival]]:
    scene, packed = arrival
    model = solved.reached.model
    inside = model.inside(scene)
    local = packed & inside.stage.inside
    found = []
    for number, way in solved.crossings[scene, local]:
        out = inside.exits[number]
        if out.to:
            to = arriving(model, out, packed & ~inside.stage.inside)
            found.append((way, (out.to, to)))
    return found


def _components(solved: Solved) -> Iterator[list[Arrival]]:
    """The strongly connected components of arrivals, each after those that follow it."""
    every = [
        (scene, packed)
        for scene, each in solved.reached.arrivals.items()
        for packed in sorted(each)
    ]
    known = set(every)
    index: dict[Arrival, int] = {}
    low: dict[Arrival, int] = {}
    stack: list[Arrival] = []
    on: set[Arrival] = set()
    for root in every:
        if root in index:
            continue
        work = [(root, iter([to for _, to in _after(solved, root) if to in known]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on.add(root)
        while work:
            here, following = work[-1]
            for to in following:
                if to not in index:
                    index[to] = low[to] = len(index)
                    stack.append(to)
                    on.add(to)
                    work.append((to, iter([a for _, a in _after(solved, to) if a in known])))
                    break
                if to in on:
                    low[here] = min(low[here], index[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == index[here]:
                    place = stack.index(here)
                    component, stack[place:] = stack[place:], []
                    on.difference_update(component)
                    yield component


def _solve_component(solved: Solved, component: list[Arrival]) -> None:
    members = set(component)
    cycle = len(component) > 1 or any(to in members for _, to in _after(solved, component[0]))
    if not cycle:
        ((scene, packed),) = component
        solved.classes.setdefault(scene, {})[packed] = solved.number(
            _value(solved, (scene, packed))
        )
        return
    solved.endless = True
    values: dict[Arrival, Value | None] = dict.fromkeys(component)
    for _ in range(len(component) + 2):
        before = dict(values)
        for arrival in component:
            values[arrival] = _bare(_value(solved, arrival, values))
        if values == before:
            break
    else:
        values = _widened(solved, component, values)
    for scene, packed in component:
        found = values[scene, packed]
        solved.classes.setdefault(scene, {})[packed] = solved.number(found)


def _value(
    solved: Solved, arrival: Arrival, within: dict[Arrival, Value | None] | None = None
) -> Value | None:
    scene, packed = arrival
    model = solved.reached.model
    inside = model.inside(scene)
    local, beside = packed & inside.stage.inside, packed & ~inside.stage.inside
    values: list[Value | None] = []
    for number, _ in solved.crossings[scene, local]:
        out = inside.exits[number]
        if not out.to:
            values.append(solved.lanes.ended(scene))
            continue
        to = arriving(model, out, beside)
        known = within.get((out.to, to)) if within else None
        values.append(known or solved.value(out.to, to))
    return solved.ahead(scene, local, values)


def _bare(value: Value | None) -> Value | None:
    """A value inside a cycle: the routes are without number, and so are their totals."""
    return None if value is None else replace(value, routes=-1, spread=None)


def _widened(
    solved: Solved, component: list[Arrival], values: dict[Arrival, Value | None]
) -> dict[Arrival, Value | None]:
    """Values of which what still grows has no bound."""
    for _ in range(len(component) + 2):
        for arrival, value in values.items():
            new = _bare(_value(solved, arrival, values))
            if value is not None and new is not None:
                lanes = zip(
                    solved.lanes.read(value.counts), solved.lanes.read(new.counts), strict=True
                )
                counts = solved.lanes.pack(
                    old if old == now else max(now, BEYOND) for old, now in lanes
                )
                new = replace(new, counts=counts + solved.lanes.zeros)
            values[arrival] = new
    return values


# Trouble pays.


def _weigh_scene(solved: Solved, scene: str) -> None:
    """Looks in a scene for answers whose lower mark leads to more of the same."""
    inside = solved.reached.model.inside(scene)
    if not inside.stage.asked:
        return
    highs = solved.highs
    highs += [_highs(solved, value.counts) for value in solved.values[len(highs) :]]
    for local, beside in solved.reached.groups.get(scene, {}).items():
        numbers = [number for number, _ in solved.crossings[scene, local]]
        columns = [
            [None if each is None else highs[each] for each in column]
            for column in solved.onward(scene, local, list(beside))
        ]
        # Of all arrivals that lead to the same, one is weighed.
        distinct = dict(zip(zip(*columns, strict=True), beside, strict=False))
        for key, rest in distinct.items():
            known = [each for each in key if each is not None]
            if not known:
                continue
            top = (max(each[0] for each in known), max(each[1] for each in known))
            if max(top) >= BEYOND // 2:
                continue
            # Only differences matter, so that ends which are worth more alike are weighed once.
            apart = tuple(e and (e[0] - top[0], e[1] - top[1]) for e in key)
            if (scene, local, apart) in solved._weighed:
                continue
            solved._weighed.add((scene, local, apart))
            _weigh(solved, scene, local, local | rest, dict(zip(numbers, key, strict=True)))


def _highs(solved: Solved, counts: int) -> tuple[int, int]:
    """The most VC and CI that counts hold."""
    numbers = solved.lanes.read(counts)
    return numbers[len(COUNTED)], numbers[len(COUNTED) + 1]


def _weigh(
    solved: Solved,
    scene: str,
    local: int,
    arrival: int,
    exits: dict[int, tuple[int, int] | None],
) -> None:
    inside = solved.reached.model.inside(scene)
    best: dict[int, tuple[int, int] | None] = {~n: high for n, high in exits.items()}
    gains = solved.gains
    for node in reversed(solved.reached.passing(scene, local).nodes):
        totals: list[tuple[Edge, tuple[int, int]]] = []
        for edge in inside.explored(node):
            there = best.get(edge.target)
            if there is not None:
                highs = gains[edge.label]
                totals.append((edge, (highs[0] + there[0], highs[1] + there[1])))
        best[node] = (
            (max(total[0] for _, total in totals), max(total[1] for _, total in totals))
            if totals
            else None
        )
        marked = [(edge, total) for edge, total in totals if edge.mark is not None]
        for one, its in marked:
            for two, other in marked:
                if one.step[1] == two.step[1] and one is not two:
                    _compare(solved, (scene, arrival, node), (one, its), (two, other))


def _compare(
    solved: Solved,
    place: tuple[str, int, int],
    low: tuple[Edge, tuple[int, int]],
    high: tuple[Edge, tuple[int, int]],
) -> None:
    lower, with_lower = low
    higher, with_higher = high
    assert lower.mark is not None
    assert higher.mark is not None
    for axis in (0, 1):
        if lower.mark[axis] < higher.mark[axis] and with_lower[axis] > with_higher[axis]:
            key = (lower.step[1], lower.step[2], higher.step[2], axis)
            known = solved.troubles.get(key)
            if (
                known
                and known.with_lower - known.with_higher >= with_lower[axis] - with_higher[axis]
            ):
                continue
            solved.troubles[key] = Trouble(*key, with_lower[axis], with_higher[axis], *place)

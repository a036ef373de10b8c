"""The report of an exploration: everything that was found, as plain values.

`examine` explores for everyone as a person, in full, and for every other allowed attendance in
brief. Marks are given as they count, half ones included.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass

from tabletop.authoring.explorations import LIMIT, Explorations, undisturbed
from tabletop.authoring.explore import Move
from tabletop.authoring.packed.reach import Progress, Reached, reach
from tabletop.authoring.packed.routes import DECISIONS, FEWEST, MOST, Routes
from tabletop.authoring.packed.solving import Solved
from tabletop.authoring.packed.spread import unpacked
from tabletop.authoring.packed.values import BEYOND, COUNTED, Value
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine

KINDS = ("objective", "task", "practice", "source")

Range = tuple[float | None, float | None]
"""The least and the most; nothing where there is no bound."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending, and how it is reached."""

    name: str
    routes: int | None
    """How many routes lead there; nothing where they are without number."""
    moves: int
    """The moves of a shortest route, its start not counted."""
    route: tuple[Move, ...]
    """A shortest route; empty where none leads there."""

    @property
    def reached(self) -> bool:
        """Whether any route leads there."""
        return bool(self.route)


@dataclass(frozen=True, slots=True)
class Deciding:
    """The decisions of one route, in all and by role."""

    decisions: int
    by_role: dict[str, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """A point of the achievable frontier."""

    vc: float
    ci: float
    forgone_vc: float
    forgone_ci: float


@dataclass(frozen=True, slots=True)
class TroublePays:
    """Where a lower mark leads to a higher attainable total on the same axis."""

    decision: str
    lower: str
    higher: str
    axis: str
    with_lower: float
    with_higher: float
    route: tuple[Move, ...]
    """A shortest route to a situation in which both are open."""


@dataclass(frozen=True, slots=True)
class Exercised:
    """What every route exercises, what only some do, and what none does, by kind."""

    every: dict[str, tuple[str, ...]]
    some: dict[str, tuple[str, ...]]
    none: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Attended:
    """What was found for one attendance."""

    people: tuple[str, ...]
    facilitated: bool
    stopped: str
    """Why not everything was explored: `limit`, `interrupted`, or empty."""
    situations: int
    transitions: int
    stuck: int
    """Situations from which nothing leads on."""
    stuck_route: tuple[Move, ...]
    endings: tuple[Ending, ...]
    routes: int | None
    cycles: bool
    """Whether some situations can follow each other for ever."""
    vc: Range
    ci: Range
    decisions: Range
    words: Range
    minutes: Range
    frontier: tuple[Standing, ...] | None
    """Nothing where totals grow without end."""


@dataclass(frozen=True, slots=True)
class ExploreReport:
    """Everything that exploring a scenario found."""

    title: str
    version: str
    everyone: Attended
    shortest: Deciding | None
    longest: Deciding | None
    trouble: tuple[TroublePays, ...]
    exercised: Exercised
    attendances: tuple[Attended, ...]
    """For every other allowed attendance."""
    limit: int

    @property
    def stopped(self) -> bool:
        """Whether anything was left unexplored."""
        return bool(self.everyone.stopped) or any(each.stopped for each in self.attendances)


def examine(
    engine: Engine,
    *,
    limit: int = LIMIT,
    facilitated: bool = False,
    attendances: bool = True,
    progress: Progress | None = None,
) -> ExploreReport:
    """Explores a scenario for every allowed attendance.

    `progress` may raise `KeyboardInterrupt`; what is known by then is reported.
    """
    made = Explorations(engine, limit=limit, progress=progress)
    return reported(made, facilitated=facilitated, attendances=attendances)


def reported(
    made: Explorations, *, facilitated: bool = False, attendances: bool = True
) -> ExploreReport:
    """The report of explorations; those it needs and that were not made yet are made."""
    with undisturbed():
        return _reported(made, facilitated=facilitated, attendances=attendances)


def _reported(made: Explorations, *, facilitated: bool, attendances: bool) -> ExploreReport:
    first, *others = made.attendances
    engine = made.engine
    solved = made.of(first, facilitated=facilitated).solved
    # Before anything is said, since weighing may be stopped as well.
    troubles = sorted(solved.troubles.items())
    routes = Routes(solved)
    everyone = _attended(solved, routes)
    rest: list[Attended] = []
    if attendances and not everyone.stopped:
        for people in others:
            other = made.of(people, facilitated=facilitated).solved
            rest.append(_attended(other, Routes(other)))
            if rest[-1].stopped == "interrupted":
                break
    scale = solved.reached.model.scale
    return ExploreReport(
        title=engine.scenario.title,
        version=engine.scenario.version,
        everyone=everyone,
        shortest=_deciding(engine, routes.best(FEWEST + DECISIONS)),
        longest=_deciding(engine, routes.best(MOST + DECISIONS)),
        trouble=tuple(
            TroublePays(
                each.decision,
                each.lower,
                each.higher,
                ("vc", "ci")[each.axis],
                each.with_lower / scale,
                each.with_higher / scale,
                routes.to_node(each.scene, each.arrival, each.node),
            )
            for _, each in troubles
        ),
        exercised=_exercised(solved),
        attendances=tuple(rest),
        limit=made.limit,
    )


def _attended(solved: Solved, routes: Routes) -> Attended:
    reached, model = _plain(solved.reached), solved.reached.model
    value = solved.start
    scale = model.scale
    stuck = next(iter(reached.stuck), None)
    return Attended(
        people=tuple(role for role in model.scenario.roles if role in model.people),
        facilitated=model.facilitated,
        stopped=solved.reached.stopped,
        situations=reached.count,
        transitions=reached.transitions,
        stuck=sum(reached.stuck.values()),
        stuck_route=routes.to_stuck(*stuck) if stuck else (),
        endings=tuple(_ending(solved, value, routes, name) for name in solved.endings),
        routes=_routes(solved, value, None),
        cycles=solved.endless,
        vc=_range(solved, value, "vc", scale),
        ci=_range(solved, value, "ci", scale),
        decisions=_range(solved, value, "decisions"),
        words=_range(solved, value, "words"),
        minutes=_range(solved, value, "minutes"),
        frontier=_frontier(value, scale),
    )


def _plain(reached: Reached) -> Reached:
    """What was reached by moves of the plain exploration alone."""
    explicit = any(
        one.person and not one.simple and one.live != frozenset(reached.model.scenario.scenes)
        for one in reached.model.followed
    )
    if not explicit or reached.stopped:
        return reached
    # It is a part of what was reached within the limit already.
    return reach(reached.model, limit=sys.maxsize, plain_only=True)


def _routes(solved: Solved, value: Value | None, place: int | None) -> int | None:
    if value is None:
        return 0
    if value.routes < 0:
        return None
    width = solved.lanes.routes
    each = [
        value.routes >> width * number & (1 << width) - 1 for number in range(len(solved.endings))
    ]
    return sum(each) if place is None else each[place]


def _ending(solved: Solved, value: Value | None, routes: Routes, name: str) -> Ending:
    place = solved.endings.index(name)
    if value is None:
        return Ending(name, 0, 0, ())
    moves = -solved.lanes.read(value.counts)[2 * len(COUNTED) + place]
    if moves >= BEYOND // 2:
        return Ending(name, 0, 0, ())
    return Ending(name, _routes(solved, value, place), moves, routes.to_ending(name))


def _range(solved: Solved, value: Value | None, counted: str, scale: int = 1) -> Range:
    if value is None:
        return None, None
    numbers = solved.lanes.read(value.counts)
    place = COUNTED.index(counted)
    least, most = -numbers[place], numbers[len(COUNTED) + place]
    return (
        None if abs(least) >= BEYOND // 2 else _counted(least, scale),
        None if abs(most) >= BEYOND // 2 else _counted(most, scale),
    )


def _counted(number: int, scale: int) -> float:
    """A number of marks as it counts; whole where it is whole."""
    return number // scale if number % scale == 0 else number / scale


def _frontier(value: Value | None, scale: int) -> tuple[Standing, ...] | None:
    if value is None:
        return ()
    if value.spread is None:
        return None
    points = sorted(map(unpacked, value.spread), key=lambda p: (-p[0], -p[1], p))
    return tuple(Standing(*(_counted(part, scale) for part in point)) for point in points)


def _deciding(engine: Engine, route: tuple[Move, ...]) -> Deciding | None:
    if not route:
        return None
    asked = [move for move in route if isinstance(move[0][1], c.Commit)]
    counted = Counter(seat for move in asked for seat, _ in move)
    return Deciding(len(asked), {role: counted[role] for role in engine.scenario.roles})


def _exercised(solved: Solved) -> Exercised:
    model, value = solved.reached.model, solved.start
    must, may = (value.must, value.may) if value else (0, 0)
    every: dict[str, list[str]] = {kind: [] for kind in KINDS}
    some: dict[str, list[str]] = {kind: [] for kind in KINDS}
    none: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for place, (kind, name) in enumerate(model.subjects):
        bit = 1 << place
        (every if must & bit else some if may & bit else none)[kind].append(name)
    for name, objective in model.scenario.objectives.items():
        tasks = [f"{name}.{task}" for task in objective.tasks]
        none["task"] += [task for task in tasks if ("task", task) not in model.subjects]
        if ("objective", name) not in model.subjects:
            none["objective"].append(name)
    return Exercised(*(_sorted(each) for each in (every, some, none)))


def _sorted(names: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(sorted(each)) for kind, each in names.items()}

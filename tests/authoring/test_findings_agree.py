"""What is found by exploring is what an oracle finds in the whole graph of full situations.

Codes and places are the same, and so are the fewest moves that show each; every route leads to a
situation in which what is said is so.
"""

from collections.abc import Iterator
from functools import cache, partial
from itertools import pairwise

import pytest
import shipped
from enumerator import full
from findings_oracle import Said, TooMany, World, busy, findings, going_round
from random_scenarios import drawn

from tabletop.authoring.check import explorations, remarks_on_behavior
from tabletop.authoring.explorations import Explorations
from tabletop.authoring.explore import play
from tabletop.authoring.findings import Remark
from tabletop.authoring.liveness import Liveness
from tabletop.authoring.route_file import replayed
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.state import State

EACH_TIME = range(9, 200, 12)
SEEDS = [
    seed if seed in EACH_TIME else pytest.param(seed, marks=pytest.mark.soak) for seed in range(200)
]
"""Every twelfth each time, with some in which scenes go round; all when soaking."""


@cache
def found(engine: Engine) -> dict[Said, Remark]:
    remarks: dict[Said, Remark] = {}
    for remark in remarks_on_behavior(explorations(engine)):
        remarks.setdefault((remark.code, remark.path), remark)
    return remarks


@cache
def told_of(seed: int) -> dict[Said, tuple[int, set[object]] | None] | None:
    """What the oracle finds in a random scenario; nothing where it is too large for it."""
    try:
        return findings(drawn(seed))
    except TooMany:
        return None


@pytest.mark.xdist_group("oracle")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_scenario_holds_what_the_oracle_finds_and_every_route_shows_it(seed: int) -> None:
    told = told_of(seed)
    if told is None:
        return
    engine = drawn(seed)
    remarks = found(engine)
    assert remarks.keys() == told.keys()
    for said, where in told.items():
        remark = remarks[said]
        if where is None:
            shows_along(engine, remark)
            continue
        assert remark.route is not None
        state, _ = replayed(engine, remark.route)
        fewest, those = where
        assert len(remark.route.moves) - 1 == fewest, remark
        assert (("ended", state.ending) if state.status == "ended" else full(state)) in those


def shows_along(engine: Engine, remark: Remark) -> None:
    """Whether a route shows what only a whole stretch of it can show."""
    if remark.route is None:
        assert remark.code not in ("TT410", "TT411")
        return
    states = [State()]
    for move in remark.route.moves:
        states.append(play(engine, states[-1], move))
    if remark.code == "TT406":
        live = Liveness(engine)
        around = len(remark.route.moves)
        while remark.route.moves[around - 1][0][1] == c.Advance():
            around -= 1
        assert live.key(states[-1]) in {live.key(state) for state in states[around + 1 : -1]}
    elif remark.code == "TT405":
        world = World(engine, remark.route.people, remark.route.facilitated)
        assert world.key(states[-1]) in going_round(world)
    elif remark.code == "TT410":
        decision = states[-1].decisions[str(remark.path[3])]
        assert not decision.done
        assert remark.path[5] in decision.shown()
    elif remark.code == "TT411":
        world = World(engine, remark.route.people)
        role = str(remark.path[1])
        left = 0
        for before, after in list(pairwise(states))[:0:-1]:
            if busy(world, before, role):
                break
            ends = after.status == "ended"
            left += ends or engine.module_of[before.scene] != engine.module_of[after.scene]
        assert left > 2


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("first_hour", marks=pytest.mark.xdist_group("first_hour")),
        pytest.param("larkmoor_row", marks=pytest.mark.soak),
    ],
)
def test_a_shipped_scenario_holds_what_the_oracle_finds(slug: str) -> None:
    """What nothing can read is forgotten here, and shares that change nothing are left out."""
    engine = shipped.engine(slug)
    live = Liveness(engine)

    def changes(state: State, share: tuple[str, str, str]) -> bool:
        return any(
            offer[:3] == share and status == "open" and live.consequential(state.scene, offer)
            for offer, status in state.offers.items()
        )

    told = findings(
        engine, partial(World, limit=10_000, kept=live.key, shares=changes, either=True)
    )
    assert found(engine).keys() == told.keys()


@pytest.mark.xdist_group("oracle")
def test_few_random_scenarios_are_too_large_for_the_oracle() -> None:
    """Keeps the tests above honest."""
    large = [seed for seed in EACH_TIME if told_of(seed) is None]
    assert len(large) < len(EACH_TIME) / 4


BOUNDED = [
    seed if seed in (9, 57, 69, 152) else pytest.param(seed, marks=pytest.mark.soak)
    for seed in range(200)
]
PLACES = 12
"""How often the largest are interrupted: one has 298 places for it, and takes 20 s each time."""


@pytest.mark.parametrize("seed", BOUNDED)
def test_wherever_it_is_bounded_what_is_found_is_so(seed: int) -> None:
    """A limit or an interruption leaves findings out, and never makes one up."""
    engine = drawn(seed)
    whole = found(engine).keys()
    calls = [0]

    def counted(*reached: int) -> None:
        calls[0] += 1

    list(remarks_on_behavior(explorations(engine, progress=counted)))
    for limit in (1, 3, 10, 30, 100, 300):
        assert bounded(engine, explorations(engine, limit=limit)) <= whole
    for last in range(1, calls[0] + 1, max(3, calls[0] // PLACES)):
        left = iter(range(last - 1))

        def stop(*reached: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt

        made = explorations(engine, progress=stop)
        assert bounded(engine, made) <= whole
        assert made.stopped == "interrupted"


def bounded(engine: Engine, made: Explorations) -> set[Said]:
    """What is found until it is stopped; every route plays."""
    remarks: list[Remark] = []
    try:
        remarks += remarks_on_behavior(made)
    except KeyboardInterrupt:
        assert made.stopped == "interrupted"
    for remark in remarks:
        if remark.route is not None:
            replayed(engine, remark.route)
    return {(remark.code, remark.path) for remark in remarks}

"""Exploring agrees with the plain exploration, and with playing every whole play."""

from functools import cache

import pytest
import shipped
from enumerator import Enumerator, Outcome, TooMany, unbeaten
from random_scenarios import drawn

from tabletop.authoring import report as reports
from tabletop.authoring.explore import Exploration, explore, play
from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.reach import reach
from tabletop.authoring.packed.routes import Routes
from tabletop.authoring.packed.solving import solve
from tabletop.authoring.packed.spread import packed, unpacked
from tabletop.authoring.packed.spread import unbeaten as unbeaten_packed
from tabletop.authoring.report import Attended, examine
from tabletop.authoring.report_text import as_values, lines
from tabletop.exercise.engine import Engine
from tabletop.exercise.state import State

EACH_TIME = range(0, 200, 8)
SEEDS = [
    seed if seed in EACH_TIME else pytest.param(seed, marks=pytest.mark.soak) for seed in range(200)
]
"""Every eighth each time, all when soaking."""
PLAIN_LIMIT = 2_000


def attended(engine: Engine, people: tuple[str, ...]) -> Attended:
    solved = solve(reach(Model(engine, people), limit=1_000_000))
    return reports._attended(solved, Routes(solved))


def attendance(engine: Engine, seed: int) -> tuple[str, ...]:
    """Everyone for most seeds; the first alone, or all but the first, for the others."""
    roles = tuple(engine.scenario.roles)
    return (roles, roles, roles[:1], roles[1:])[seed % 4]


def agree(engine: Engine, found: Attended, plain: Exploration) -> None:
    assert found.situations == len(plain.situations)
    assert {each.name for each in found.endings if each.reached} == set(plain.endings())
    assert found.stuck == len(plain.stuck)
    assert found.transitions == plain.transitions
    for ending in found.endings:
        if ending.reached:
            assert ending.moves == len(ending.route) - 1
            key = ("ended", ending.name)
            assert ending.moves == len(plain.route(key)) - 1
            assert played(engine, ending.route).ending == ending.name


def played(engine: Engine, route: tuple) -> State:
    state = State()
    for move in route:
        state = play(engine, state, move)
    return state


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_scenario_is_explored_as_plainly(seed: int) -> None:
    engine = drawn(seed)
    people = attendance(engine, seed)
    plain = explore(engine, people, limit=PLAIN_LIMIT)
    if not plain.bounded:
        agree(engine, attended(engine, people), plain)


@cache
def enumerated(seed: int) -> frozenset[Outcome] | None:
    """What every whole play of a random scenario comes to; nothing where there are too many."""
    engine = drawn(seed)
    try:
        return Enumerator(engine, attendance(engine, seed)).outcomes()
    except TooMany:
        return None


@pytest.mark.xdist_group("enumerated")
@pytest.mark.parametrize("seed", SEEDS)
def test_totals_are_those_of_every_whole_play(seed: int) -> None:
    outcomes = enumerated(seed)
    if outcomes is None:
        return
    engine = drawn(seed)
    found = attended(engine, attendance(engine, seed))
    ended = [each for each in outcomes if each[0] != "stuck"]
    assert {each.name for each in found.endings if each.reached} == {each[0] for each in ended}
    if not ended:
        return
    for place, span in ((1, found.vc), (2, found.ci), (5, found.decisions), (6, found.minutes)):
        totals = [each[place] for each in ended]
        assert span == (min(totals), max(totals))
    assert found.frontier is not None
    points = {(p.vc, p.ci, p.forgone_vc, p.forgone_ci) for p in found.frontier}
    assert points == unbeaten(outcomes)


@pytest.mark.xdist_group("enumerated")
def test_few_random_scenarios_are_too_large_to_enumerate() -> None:
    """Keeps the tests above honest: most of what is drawn is played out to the end."""
    large = [seed for seed in EACH_TIME if enumerated(seed) is None]
    assert len(large) < len(EACH_TIME) / 4


@pytest.mark.parametrize(
    "slug", [pytest.param(s, marks=pytest.mark.xdist_group(s)) for s in shipped.SLUGS]
)
def test_a_shipped_scenario_is_explored_as_plainly(slug: str) -> None:
    engine = shipped.engine(slug)
    roles = tuple(engine.scenario.roles)
    for people in (roles, roles[:1], roles[-1:]):
        agree(engine, attended(engine, people), shipped.explored(slug, people))


def test_the_routes_are_counted_as_walks_through_the_plain_exploration() -> None:
    from tabletop.authoring.explore import moves
    from tabletop.authoring.liveness import Liveness

    engine = shipped.engine("first_hour")
    roles = tuple(engine.scenario.roles)
    plain = explore(engine, roles)
    liveness = Liveness(engine)
    counts = dict.fromkeys(plain.situations, 0)
    counts[next(iter(counts))] = 1
    # Every move goes forward in this scenario, so in some order each comes after all before it.
    after = {
        key: [
            liveness.key(play(engine, found.state, move))
            for move in moves(engine, found.state, liveness)
        ]
        if found.state.status != "ended"
        else []
        for key, found in plain.situations.items()
    }
    waiting = dict.fromkeys(counts, 0)
    for following in after.values():
        for key in following:
            waiting[key] += 1
    ready = [key for key, number in waiting.items() if not number]
    for key in ready:
        for following in after[key]:
            counts[following] += counts[key]
            waiting[following] -= 1
            if not waiting[following]:
                ready.append(following)
    found = attended(engine, roles)
    for ending in found.endings:
        assert ending.routes == counts["ended", ending.name]


def test_a_limit_that_is_hit_is_said() -> None:
    engine = shipped.engine("larkmoor_row")
    report = examine(engine, limit=200)
    assert report.stopped
    assert report.everyone.stopped == "limit"
    told = "\n".join(lines(report))
    assert "limit of 200 situations was hit" in told
    assert as_values(report, engine)["complete"] is False


def test_a_scene_that_is_larger_than_the_limit_is_left_in_its_middle() -> None:
    engine = shipped.engine("larkmoor_row")
    report = examine(engine, limit=20)
    assert report.everyone.stopped == "limit"
    assert 5 < report.everyone.situations <= 40
    assert not any(ending.reached for ending in report.everyone.endings)
    told = "\n".join(lines(report))
    assert "limit of 20 situations was hit" in told
    # Of routes nothing is known then, and nothing is said.
    assert "no bound" not in told
    assert "on every route" not in told
    assert as_values(report, engine)["frontier"] == []


def test_how_far_it_has_come_goes_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    report = examine(
        shipped.engine("larkmoor_row"),
        attendances=False,
        progress=lambda known, done, steps: told.append((known, done / steps)),
    )
    assert told == sorted(told)
    assert told[-1][0] == report.everyone.situations
    assert 0.9 < told[-1][1] <= 1


@pytest.mark.parametrize("steps", [4, 30, 40])
def test_whoever_stops_it_gets_what_is_known(steps: int) -> None:
    def stop(situations: int, done: int, scenes: int) -> None:
        if done == steps:
            raise KeyboardInterrupt

    report = examine(shipped.engine("larkmoor_row"), progress=stop)
    assert report.everyone.stopped == "interrupted"
    assert report.everyone.situations > 100
    assert "Exploring was stopped" in "\n".join(lines(report))


def test_the_report_of_a_shipped_scenario_says_everything() -> None:
    engine = shipped.engine("first_hour")
    report = examine(engine)
    assert len(report.attendances) == 6
    assert report.exercised.none == dict.fromkeys(reports.KINDS, ())
    assert report.shortest is not None
    assert sum(report.shortest.by_role.values()) >= report.shortest.decisions
    values = as_values(report, engine)
    assert values["endings"]["daylight"]["route"][-1] == "expect: {ended: daylight}"
    assert values["complete"] is True


def test_totals_are_packed_and_beaten_part_by_part() -> None:
    one, two = packed(3, -2, 4, 0), packed(3, -3, 4, 0)
    assert unpacked(one) == (3, -2, 1, 2)
    assert unpacked(one + two) == (6, -5, 2, 5)
    assert unbeaten_packed([two, one]) == (one,)
    assert len(unbeaten_packed([packed(1, 0, 1, 0), packed(0, 1, 0, 1)])) == 2

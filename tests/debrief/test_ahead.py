"""What alternatives could still have come to is what brute force finds; regret is never below 0."""

from fractions import Fraction
from functools import cache
from random import Random

import pytest
import shipped
from debrief_table import Table
from enumerator import TooMany
from random_scenarios import Drawn
from replaying import Brute, played

from tabletop.debrief.analysis.ahead import Ahead, Fork, Way
from tabletop.debrief.analysis.prospects import Prospect
from tabletop.debrief.analysis.regret import pivotal, regrets
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e
from tabletop.exercise.state import State

FEW = [seed for seed in range(0, 200, 12) if seed % 10 != 9]
SEEDS = [
    seed if seed in FEW else pytest.param(seed, marks=pytest.mark.soak)
    for seed in range(200)
    if seed % 10 != 9
]
"""Every twelfth each time, all when soaking; without those in which scenes go round."""


def drawn(seed: int) -> Table:
    text = Drawn(seed).source()
    roles = tuple(
        role for role in ("investigator", "advocate", "prosecutor") if f"  {role}: {{d" in text
    )
    people = (roles, roles, roles[:1], roles[1:])[seed % 4]
    return played(text, people, seed)


def ahead(table: Table) -> Ahead:
    return Ahead(Telling(table.record(), names=False))


def same(found: Prospect | None, outcomes) -> None:
    if found is None:
        assert not outcomes
        return
    assert set(found.endings) == {end for end, _, _ in outcomes}
    for axis in (0, 1):
        totals = [Fraction(each[axis + 1]) for each in outcomes]
        assert (found.worst[axis], found.best[axis]) == (min(totals), max(totals))


def usual(found: Prospect | None, outcome) -> None:
    if found is not None:
        expected = outcome and (Fraction(outcome[1]), Fraction(outcome[2]))
        assert found.typical == expected
        assert found.typical_ending == (outcome[0] if outcome else "")


def compare(table: Table, forks: tuple[Fork, ...]) -> int:
    """Holds every way of every choice made against brute force, and counts the ways."""
    brute, ways = Brute(table), 0
    moments = {id(event): before for before, event in brute.moments}
    for fork in forks:
        event = fork.choice.step.event
        before = moments.get(id(event))
        if before is None or fork.why:
            # What brute force could have told, and the other not, hangs nothing on.
            assert fork.why in ("", "idle")
            continue
        for way in fork.ways:
            ways += 1
            if way.name == fork.choice.taken and fork.came is not None:
                assert way.kept is not None
                assert way.kept.worst == way.kept.best == way.kept.typical == fork.came
            if isinstance(event, e.Settled) and way.name != event.option:
                answered(brute, before, event.decision, way)
            elif isinstance(event, (e.FactShared, e.OfferClosed)):
                holder = event.sender if isinstance(event, e.FactShared) else event.holder
                told_or_kept(brute, before, (event.fact, holder, event.to), way)
    return ways


def answered(brute: Brute, before: State, decision: str, way: Way) -> None:
    free, kept, ends = set(), set(), []
    for reason in ("", *brute.engine.plan.decision(decision).reasons):
        after, events = brute.commit(before, decision, way.name, reason)
        free |= brute.free(after, events)
        kept |= added(brute, events, brute.kept(after))
        ends.append((after, events))
    same(way.free, free)
    same(way.kept, kept)
    after, events = ends[0]
    usual(way.free, first(added(brute, events, {brute.usual(after, False)})))
    usual(way.kept, first(added(brute, events, {brute.usual(after, True)})))


def told_or_kept(brute: Brute, before: State, triple: tuple[str, str, str], way: Way) -> None:
    if way.name == "kept":
        never = frozenset({triple})
        same(way.free, brute.free_but(before, triple))
        same(way.kept, brute.kept(before, never))
        usual(way.kept, brute.usual(before, True, never))
    else:
        after, events = brute.share(before, *triple)
        same(way.free, brute.free(after, events))
        same(way.kept, added(brute, events, brute.kept(after)))
        usual(way.free, first(added(brute, events, {brute.usual(after, False)})))


def added(brute: Brute, events, outcomes):
    vc, ci = brute.gained(events)
    return {each and (each[0], each[1] + vc, each[2] + ci) for each in outcomes}


def first(outcomes):
    return next(iter(outcomes))


@cache
def agreed(seed: int) -> int:
    """How many ways of a random play were held against brute force; 0 where they are too many."""
    table = drawn(seed)
    try:
        return compare(table, ahead(table).forks)
    except TooMany:
        return 0


@pytest.mark.parametrize("seed", SEEDS)
def test_every_way_of_a_random_play_comes_to_what_brute_force_finds(seed: int) -> None:
    agreed(seed)


def test_few_random_plays_are_too_large_for_brute_force() -> None:
    """Keeps the test above honest."""
    ways = [agreed(seed) for seed in FEW]
    assert sum(each > 0 for each in ways) > 0.8 * len(ways)
    assert sum(ways) > 8 * len(ways)


@pytest.mark.parametrize("seed", SEEDS)
def test_regret_is_never_below_nothing(seed: int) -> None:
    for each in regrets(ahead(drawn(seed)).forks):
        assert min(each.forgone) >= 0
        assert each.ahead is None or min(each.ahead) >= 0


@pytest.mark.parametrize("slug", shipped.SLUGS)
@pytest.mark.parametrize("alone", [True, False])
def test_with_nothing_changed_a_shipped_scenario_comes_to_what_came(slug: str, alone: bool) -> None:
    text = (shipped.ROOT / slug / "scenario.yaml").read_text(encoding="utf-8")
    roles = tuple(shipped.engine(slug).scenario.roles)
    forks = ahead(Table(text, roles[:1] if alone else roles).play(Random(3))).forks
    assert len(forks) > 4
    for fork in forks:
        assert fork.came is not None
        if fork.why != "idle":
            assert fork.taken is not None
            assert fork.taken.kept is not None
            assert fork.taken.kept.worst == fork.taken.kept.best == fork.came
            assert fork.taken.free is not None
            for axis in (0, 1):
                worst, best = fork.taken.free.worst[axis], fork.taken.free.best[axis]
                assert worst <= fork.came[axis] <= best
    found = regrets(forks)
    assert len(pivotal(found)) == 3
    widths = [max(each.width) for each in pivotal(found)]
    assert widths == sorted((max(each.width) for each in found), reverse=True)[:3]

"""What alternatives could still have come to is what brute force finds; regret is never below 0."""

from fractions import Fraction
from functools import cache
from math import isinf
from random import Random

import pytest
import shipped
from debrief_table import Table
from enumerator import TooMany
from random_scenarios import Drawn
from replaying import Brute, Moment, Outcome, added, either
from small import END, TOP
from steering import WHO, facilitated, played

from tabletop.debrief.analysis.ahead import Ahead
from tabletop.debrief.analysis.forks import Fork, Way
from tabletop.debrief.analysis.prospects import Prospect
from tabletop.debrief.analysis.regret import pivotal, regrets
from tabletop.debrief.pages import pages
from tabletop.debrief.report import build
from tabletop.debrief.telling import Telling
from tabletop.exercise import commands as c
from tabletop.exercise import events as e

FEW = [*range(0, 200, 12), 29, 79, 129, 179]
SEEDS = [seed if seed in FEW else pytest.param(seed, marks=pytest.mark.soak) for seed in range(200)]
"""A few each time, all when soaking; in every tenth from 9 on scenes go round."""
STEERED = [*range(0, 100, 13), 357]
ALL_STEERED = [
    seed if seed in STEERED else pytest.param(seed, marks=pytest.mark.soak) for seed in range(400)
]


def drawn(seed: int, *, steered: bool = False) -> Table:
    text = Drawn(seed).source()
    roles = tuple(
        role for role in ("investigator", "advocate", "prosecutor") if f"  {role}: {{d" in text
    )
    people = (roles, roles, roles[:1], roles[1:])[seed % 4]
    return (facilitated if steered else played)(text, people, seed)


def ahead(table: Table) -> Ahead:
    return Ahead(Telling(table.record(), names=False))


def same(found: Prospect | None, outcome: Outcome | None) -> None:
    assert (found is None) == (outcome is None)
    if found is None or outcome is None:
        return
    assert set(found.endings) == outcome.endings
    for axis in (0, 1):
        assert (found.worst[axis], found.best[axis]) == bound(outcome, axis)


def bound(outcome: Outcome, axis: int) -> tuple[Fraction | None, Fraction | None]:
    worst, best = outcome.worst[axis], outcome.best[axis]
    return tuple(None if isinf(each) else Fraction(each) for each in (worst, best))


def usual(found: Prospect | None, ended, gain) -> None:
    if found is not None:
        expected = ended and (Fraction(ended[1] + gain[0]), Fraction(ended[2] + gain[1]))
        assert found.typical == (expected or None)
        assert found.typical_ending == (ended[0] if ended else "")


def compare(table: Table, forks: tuple[Fork, ...]) -> int:
    """Holds every way of every choice made against brute force, and counts the ways."""
    brute, ways = Brute(table), 0
    moments = {id(moment.event): moment for moment in brute.moments}
    for fork in forks:
        event = fork.choice.step.event
        moment = moments.get(id(event))
        if fork.why == "limit":
            raise TooMany
        if moment is None or fork.why:
            # What brute force could have told, and the other not, hangs nothing on.
            assert fork.why in ("", "idle", "clock")
            clocked = "at_minute" in table.text or (moment and moment.state.scheduled)
            assert fork.why != "clock" or clocked
            continue
        assert not fork.why_kept
        assert {way.name for way in fork.others} == {
            way.name for way in fork.choice.ways if way.name != fork.choice.taken
        }
        for way in fork.ways:
            ways += 1
            if way.name == fork.choice.taken and fork.came is not None and not moment.steered:
                assert way.kept is not None
                assert way.kept.worst == way.kept.best == way.kept.typical == fork.came
                assert not fork.steered
            if isinstance(event, e.Settled):
                answered(brute, moment, event, way)
            else:
                holder = event.sender if isinstance(event, e.FactShared) else event.holder
                told_or_kept(brute, moment, (event.fact, holder, event.to), way, fork.choice.taken)
    return ways


def answered(brute: Brute, moment: Moment, event: e.Settled, way: Way) -> None:
    if way.name == event.option:
        made = next(made for made in brute.made if made.event is event)
        first = brute.as_made(moment.state, made)
        assert first is not None
        led = [first]
    else:
        reasons = ("", *brute.engine.plan.decision(event.decision).reasons)
        led = [
            brute.did(moment.state, ("commit", event.decision, way.name, reason))
            for reason in reasons
        ]
    leads(brute, moment, led, way)


def leads(brute: Brute, moment: Moment, led, way: Way) -> None:
    """What a way comes to that begins with one of some moves."""
    after = [(state, gain, brute.entering(moment.seen, events)) for state, events, gain in led]
    same(way.free, either(added(gain, brute.free_from(state)) for state, gain, _ in after))
    same(way.kept, either(added(gain, brute.kept_from(at, seen)) for at, gain, seen in after))
    state, gain, seen = after[0]
    usual(way.free, brute.usual(state, seen, kept=False), gain)
    usual(way.kept, brute.usual(state, seen, kept=True), gain)


def told_or_kept(brute: Brute, moment: Moment, triple, way: Way, taken: str) -> None:
    # What was kept may have been told later on; what was told could never have been.
    state, never = moment.state, frozenset({triple} if taken == "told" else ())
    if way.name == "told":
        leads(brute, moment, [brute.did(state, ("share", *triple))], way)
        return
    others = [
        move
        for move in brute.every(state)
        if move != ("share", *triple) and not (move[0] == "share" and brute.idle(move[1], move[3]))
    ]
    led = [brute.did(state, move) for move in others]
    same(way.free, either(added(gain, brute.free_from(after)) for after, _, gain in led))
    led = [each for each in brute.kept(state, moment.seen, never) if not tells(each[1], triple)]
    seen = [brute.entering(moment.seen, events) for _, events, _ in led]
    later = zip(led, seen, strict=True)
    outcomes = (added(each[2], brute.kept_from(each[0], at, never)) for each, at in later)
    same(way.kept, either(outcomes))
    first = led[0] if len(led) == 1 else None
    if first is None and led:
        first = brute.stand_in(state, moment.seen, True, never | {triple})
    if first is None:
        usual(way.kept, None, (0, 0))
        return
    after, events, gain = first
    at = brute.entering(moment.seen, events)
    usual(way.kept, brute.usual(after, at, kept=True, never=never), gain)


def tells(events, triple: tuple[str, str, str]) -> bool:
    first = events[0]
    return isinstance(first, e.FactShared) and (first.fact, first.sender, first.to) == triple


@cache
def agreed(seed: int, *, steered: bool = False) -> int:
    """How many ways of a random play were held against brute force; 0 where they are too many."""
    table = drawn(seed, steered=steered)
    try:
        return compare(table, ahead(table).forks)
    except TooMany:
        return 0


@pytest.mark.parametrize("seed", SEEDS)
def test_every_way_of_a_random_play_comes_to_what_brute_force_finds(seed: int) -> None:
    agreed(seed)


@pytest.mark.parametrize("seed", ALL_STEERED)
def test_and_so_it_does_whatever_a_facilitator_did(seed: int) -> None:
    agreed(seed, steered=True)


def test_few_random_plays_are_too_large_for_brute_force() -> None:
    """Keeps the tests above honest."""
    ways = [agreed(seed) for seed in FEW] + [agreed(seed, steered=True) for seed in STEERED]
    assert sum(each > 0 for each in ways) > 0.8 * len(ways)
    assert sum(ways) > 6 * len(ways)


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


CLOCK = """
scenes:
  one:
    narration: Here.
    injects: {late: {to: all, title: Late, at_minute: 5, text: It is late.}}
    decisions:
      first: {title: First, by: investigator, ask: Shall we?, stand_in: wait, options: {
        ring: {text: Ring., vc: 1, because: It helps., practices: [name_resource_limits]},
        wait: {text: Wait., because: It is not asked.}}}
      second: {title: Second, by: investigator, ask: And now?, stand_in: wait,
        when: settled(first) and delivered(late), options: {
        ring: {text: Ring., vc: 1, because: It helps., practices: [name_resource_limits]},
        wait: {text: Wait., because: It is not asked.}}}
    next: end
"""


def test_what_hangs_on_the_clock_within_a_scene_is_said_not_to_be_known() -> None:
    for text, why in ((CLOCK, "clock"), (CLOCK.replace(" and delivered(late)", ""), "")):
        table = Table(TOP + text + END, ("investigator",))
        forks = ahead(table.do("investigator", c.Commit("first", "ring"))).forks
        assert [fork.why for fork in forks] == [why]


ROUND = """
state: {tired: {start: 0, range: [0, 3], means: How tired people are.}}
scenes:
  one:
    narration: Here.
    decisions:
      ask: {title: Ask, by: investigator, ask: Ask once more?, stand_in: leave, options: {
        more: {text: More., vc: 1, ci: -1, because: It helps., practices: [name_resource_limits],
               add: {tired: 1}},
        leave: {text: Leave., vc: 1, because: It helps too., practices: [name_resource_limits]}}}
    next: [{when: ask == more, to: two}, {to: end}]
  two:
    narration: There.
    decisions:
      rest: {title: Rest, by: advocate, ask: A break?, stand_in: rest, options: {
        rest: {text: Rest., ci: 1, because: It helps., practices: [name_resource_limits]},
        go_on: {text: Go on., because: It is not asked., when: tired < 3}}}
    next: one
"""


def test_where_scenes_go_round_each_visit_has_its_choices_and_what_grows_has_no_bound() -> None:
    table = Table(TOP + ROUND + END, ("investigator", "advocate"))
    for answer in ("rest", "go_on"):
        table.do("investigator", c.Commit("ask", "more")).do("investigator", c.Advance())
        table.do("advocate", c.Commit("rest", answer)).do("advocate", c.Advance())
    table.do("investigator", c.Commit("ask", "leave")).do("investigator", c.Advance())
    forks = ahead(table).forks
    assert compare(table, forks) == 10
    for fork in forks:
        for way in fork.ways:
            assert way.kept is not None
            assert way.free is not None
            endless = fork.choice.name != "ask" or way.name == "more"
            assert (way.free.best[0] is None) is endless
            assert way.free.worst[0] is not None
    # At the third visit the record has no answer for what follows another one.
    beyond = next(way for way in forks[-1].ways if way.name == "more")
    assert beyond.kept.best == beyond.free.best == (None, 0)
    assert [way.kept.best for way in forks[0].ways] == [(3, -1), (1, 0)]
    page = str(next(p for p in pages(build(table.record())) if p.slug == "ahead"))
    assert "without bound" in page
    assert "come again without end" in page


CALL = """
state: {called: {start: false, means: Somebody called.}}
scenes:
  one:
    narration: Here.
    injects:
      call: {to: all, title: A call, when: first == ring, text: It rang., set: {called: true}}
    decisions:
      first: {title: First, by: investigator, ask: Shall we?, stand_in: wait, options: {
        ring: {text: Ring., because: It is asked.},
        wait: {text: Wait., because: It is not asked.}}}
    next: two
  two:
    narration: There.
    decisions:
      second: {title: Second, by: investigator, ask: And now?, stand_in: wait, options: {
        go: {text: Go., when: called, vc: 2, because: It helps., practices: [name_resource_limits]},
        wait: {text: Wait., because: It is not asked.}}}
    next: end
"""


@pytest.mark.parametrize(
    ("steering", "best"),
    [
        ([], [2, 0]),
        # Released it comes whatever was answered; left out it never does.
        ([c.Hold("call")], [2, 2]),
        ([c.Omit("call")], [0, 0]),
        ([c.Hold("call"), c.Hold("call", on=False)], [2, 0]),
    ],
)
def test_an_inject_held_back_comes_where_it_is_released_and_one_left_out_never(steering, best):
    table = Table(TOP + CALL + END, ("investigator",), facilitated=True)
    for command in steering:
        table.do(WHO, command)
    table.do("investigator", c.Commit("first", "ring")).do(WHO, c.Advance())
    table.do("investigator", c.Commit("second", "wait")).do(WHO, c.Advance())
    forks = ahead(table).forks
    assert compare(table, forks)
    assert [way.free.best[0] for way in forks[0].ways] == best


BACK = """
facts:
  beds:
    class: capacity
    text: Two beds are free.
    held_by: advocate
    share:
      - {to: investigator, during: one, vc: 2, because: There is time to plan.,
         practices: [name_resource_limits]}
scenes:
  one:
    narration: Here.
    decisions:
      first: {title: First, by: investigator, ask: Shall we?, stand_in: wait, options: {
        ring: {text: Ring., vc: 1, because: It helps., practices: [name_resource_limits]},
        wait: {text: Wait., because: It is not asked.}}}
    next: two
  two:
    narration: There.
    decisions:
      second: {title: Second, by: investigator, ask: And now?, stand_in: wait, options: {
        ring: {text: Ring., vc: 1, because: It helps., practices: [name_resource_limits]},
        wait: {text: Wait., because: It is not asked.}}}
    next: end
"""


def test_after_going_back_an_offer_stays_closed_and_each_visit_has_its_own_choices() -> None:
    table = Table(TOP + BACK + END, ("investigator", "advocate"), facilitated=True)
    for answer in ("ring", "wait"):
        table.do("investigator", c.Commit("first", answer)).do(WHO, c.Advance())
        table.do("investigator", c.Commit("second", answer))
        if answer == "ring":
            table.do(WHO, c.Jump("one"))
    table.do(WHO, c.Advance())
    forks = ahead(table).forks
    assert compare(table, forks)
    decided = [fork for fork in forks if fork.choice.kind == "decision"]
    best = [[way.free.best[0] for way in fork.ways] for fork in decided]
    kept = [[way.kept.best[0] for way in fork.ways] for fork in decided]
    # Before the fact was kept it is still to be told; after going back it is not.
    assert best == [[4, 3], [1, 0], [2, 1], [1, 0]]
    assert kept == [[2, 1], [1, 0], [1, 0], [1, 0]]


def test_beyond_its_limit_it_says_what_is_not_known_and_how_to_have_it():
    table = drawn(0)
    telling = Telling(table.record(), names=False)
    forks = Ahead(telling, limit=2).forks
    assert forks
    assert {fork.why for fork in forks} == {"limit"}
    assert all(each.ahead is None for each in regrets(forks))
    told = str(pages(build(table.record(), limit=2)))
    assert "more situations than are looked at" in told
    assert "--limit" in told


@pytest.mark.parametrize(("limit", "known"), [("5", False), ("100000", True)])
def test_the_limit_is_asked_for_on_the_command_line(tabletop, finished, limit, known):
    said = tabletop("debrief", finished, "--limit", limit)
    assert said.code == 0, said.err
    assert ("more situations than" not in " ".join(said.out.split())) is known


def test_the_limit_is_on_all_that_is_worked_out_for_a_record():
    """Once an inject is held back what can come is worked out anew, and counts anew."""
    table = Table(TOP + CALL + END, ("investigator",), facilitated=True)
    table.do("investigator", c.Commit("first", "wait")).do(WHO, c.Advance())
    table.do(WHO, c.Jump("one")).do(WHO, c.Hold("call"))
    table.do("investigator", c.Commit("first", "ring")).do(WHO, c.Advance())
    table.do("investigator", c.Commit("second", "wait")).do(WHO, c.Advance())
    telling = Telling(table.record(), names=False)
    known = [[fork.why == "" for fork in Ahead(telling, limit=n).forks] for n in range(40)]
    assert known[0] == [False] * 3
    assert known[-1] == [True] * 3
    assert any(first and not second for first, second, _ in known)

"""Ratings proposed for critical tasks, against the rule written down a second time."""

import itertools
from dataclasses import astuple
from pathlib import Path
from random import Random

import pytest
import shipped
from debrief_table import Table

from tabletop.debrief.analysis.ratings import Flags, proposals, rating, worst
from tabletop.debrief.choices import choices
from tabletop.debrief.report import build
from tabletop.debrief.telling import Telling
from tabletop.exercise.state import Observation

SCENARIOS = ("first_hour", "larkmoor_row")
CASTS = (("investigator",), ("advocate",), ("investigator", "advocate", "prosecutor"))
PLAYS = [
    *(
        (slug, cast, seed)
        for slug, cast in itertools.product(SCENARIOS, CASTS)
        for seed in range(3)
    ),
    *(("small", ("advocate", "counsel"), seed) for seed in range(12)),
    *(("small", ("investigator", "advocate", "counsel"), seed) for seed in range(12)),
]


SMALL = (Path(__file__).parent / "scenario.yaml").read_text(encoding="utf-8")
"""One of everything; below with tasks, a fact rightly kept, and one that comes out by itself."""
CHANGES = (
    ("start: morning\n", """start: morning
objectives:
  all:
    title: All
    capability: Everything
    target: It is done.
    tasks:
      limits: {text: Says limits., practices: [name_resource_limits]}
      leave: {text: Asks for leave., practices: [written_limited_release]}
      needs: {text: Sees to needs., practices: [needs_before_questions]}
      notice: {text: Calls ahead., practices: [advance_notice_to_providers, need_to_know_sharing]}
"""),
    ("because: A privilege is lost.\n", """because: A privilege is lost.
        kept: {because: It stayed hers., practices: [written_limited_release]}
"""),
    ("because: She is heard.}", "because: She is heard., reveals: {investigator: [beds]}}"),
)  # fmt: skip


def text(slug):
    if slug != "small":
        return (shipped.ROOT / slug / "scenario.yaml").read_text(encoding="utf-8")
    changed = SMALL
    for old, new in CHANGES:
        assert changed.count(old) == 1
        changed = changed.replace(old, new)
    return changed


def played(slug, cast, seed):
    return Telling(Table(text(slug), cast).play(Random(seed)).record(), names=False)


def by_hand(exercised, achieved, harmed_other, added_risk, noncompliant, improvable):
    if exercised and achieved:
        if not (harmed_other or added_risk or noncompliant):
            return "S" if improvable else "P"
        return "M"
    return "U" if exercised else ""


def test_the_rating_follows_the_rule_for_all_that_a_record_can_show():
    given = {}
    for flags in itertools.product((False, True), repeat=6):
        made = Flags(*flags)
        assert astuple(made) == flags
        given[flags] = rating(made)
        assert given[flags] == by_hand(*flags)
    assert set(given.values()) == {"", "P", "S", "M", "U"}
    order = ["", "P", "S", "M", "U"]
    for some in itertools.combinations_with_replacement(order, 3):
        assert worst(some) == max(some, key=order.index)


def pairs(choice):
    """What was open, as plain pairs with what it cites: the way taken first."""
    cited = {way.name: set(way.mark.practices) if way.mark else set() for way in choice.ways}
    taken = (tuple(map(float, choice.worth)), choice.way.critical, cited[choice.taken])
    others = [(tuple(map(float, w.worth)), w.critical, cited[w.name]) for w in choice.ways]
    return taken, others


def beats(one, two):
    return one != two and one[0] >= two[0] and one[1] >= two[1]


def expected(telling, practices, name):
    """The flags of one task, worked out from pairs of numbers."""
    exercised = achieved = harmed = risk = breach = improvable = False
    for choice in choices(telling):
        if not choice.counts:
            continue
        (worth, critical, cites), ways = pairs(choice)
        ahead = [
            (other, cited)
            for other, grave, cited in ways
            if not grave and (beats(other, worth) or (-2 in worth and -2 not in other))
        ]
        best = [cited for other, cited in ahead if not any(beats(x, other) for x, _ in ahead)]
        if choice.kind == "kept":
            told = next(way for way in choice.ways if way.name == "told")
            right = told.critical or told.worth[0] < 0 or told.worth[1] < 0
            best = best if choice.missed else []
        else:
            right = False
        good = (worth[0] > 0 or worth[1] > 0 or right) and -2 not in worth and not critical
        here, there = bool(cites & practices), any(cited & practices for cited in best)
        if not (here or there) or not (good or best or critical):
            continue
        exercised = True
        achieved = achieved or (good and here)
        risk = risk or (bool(best) and worth[0] < 0)
        harmed = harmed or (bool(best) and worth[1] < 0)
        breach = breach or critical
        improvable = improvable or bool(best)
    for noted in telling.state.observations:
        if noted.task == name or noted.practice in practices:
            if noted.kind == "strength":
                exercised = achieved = True
            else:
                improvable = True
    return exercised, achieved, harmed, risk, breach, improvable


@pytest.mark.parametrize(("slug", "cast", "seed"), PLAYS)
def test_a_proposal_equals_what_working_it_out_by_hand_gives(slug, cast, seed):
    telling = played(slug, cast, seed)
    tasks = [
        (f"{name}.{task}", set(authored.practices))
        for name, objective in telling.scenario.objectives.items()
        for task, authored in objective.tasks.items()
    ]
    notes = [
        Observation(0, "", "f", kind, "w", 0, "", practice, task)
        for kind, practice, task in (
            ("strength", "", tasks[0][0]),
            ("issue", "", tasks[1][0]),
            ("strength", min(tasks[2][1]), ""),
            ("issue", "nothing", ""),
        )
    ]
    for noted in ((), notes):
        telling.state = telling.state.but(observations=tuple(noted))
        found = proposals(telling, choices(telling))
        assert [each.name for each in found] == [name for name, _ in tasks]
        for each, (name, practices) in zip(found, tasks, strict=True):
            flags = expected(telling, practices, name)
            assert astuple(each.flags) == flags
            assert each.rating == by_hand(*flags)
            strengths = [noted[number - 1].kind == "strength" for number in each.observations]
            assert bool(each.rating) == (bool(each.evidence) or any(strengths))


@pytest.mark.parametrize("slug", SCENARIOS)
def test_what_stand_ins_did_is_no_evidence(slug):
    telling = played(slug, ("advocate",), 1)
    for each in proposals(telling, choices(telling)):
        assert all(set(shown.choice.roles) == {"advocate"} for shown in each.evidence)


def test_a_report_says_what_was_proposed_then_beside_what_was_made_of_it():
    table = Table(text("first_hour"), ("investigator",)).play(Random(3))
    report = build(table.record(), limit=0)
    tasks = [task for each in report.concluded.objectives for task in each.tasks]
    assert {task.rating for task in tasks} == {""}
    for each in report.concluded.objectives:
        assert each.final == worst(task.proposed for task in each.tasks)
    assert not report.concluded.watched

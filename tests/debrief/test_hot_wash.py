"""The hot wash over many plays: its order, its length, and what the room may not see."""

from functools import cache
from random import Random

import pytest
import shipped
from debrief_table import Table

from tabletop.debrief import asked
from tabletop.debrief.analysis.ahead import Ahead
from tabletop.debrief.analysis.regret import regrets
from tabletop.debrief.hot_wash import FORMS, PIVOTAL, WAYS, hot_wash
from tabletop.debrief.report import build
from tabletop.debrief.telling import Telling
from tabletop.debrief.turning import turned_on
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c

NAMES = {"investigator": "Zelda Quist", "advocate": "Bo Varga", "prosecutor": "Cy Ohm"}
PLAYS = [(slug, seed) for slug in shipped.SLUGS for seed in range(3)]
PRIVATE = "Nobody asked her about pain."


@cache
def washed(slug, seed):
    """A play with people's names in it and private words; its report with names, as a room's is."""
    text = (shipped.ROOT / slug / "scenario.yaml").read_text(encoding="utf-8")
    table = Table(text, NAMES, NAMES).play(Random(seed))
    for each in ("reaction", "plus"):
        table.do("investigator", c.Reflect(each, "My own words."))
    record = table.record()
    return build(record, names=True, limit=0), turned_on(record)


def room(step):
    return "\n".join((step.title, step.prompt, *step.points))


@pytest.mark.parametrize(("slug", "seed"), PLAYS)
def test_reactions_come_first_and_ratings_last(slug, seed):
    report, turned = washed(slug, seed)
    for form in FORMS:
        steps = hot_wash(report, form, turned)
        slugs = [each.slug for each in steps]
        assert next(each for each in slugs if each != "ground") == "reactions"
        assert slugs[-1] == "close"
        if form == "full":
            assert slugs[-2] == "scores"
            assert slugs.index("story") < slugs.index("then") < slugs.index("strengths")
        ratings = {asked.rating(each) for each in a.RATINGS}
        bands = {"at risk", "mixed"}
        for step in steps:
            if step.slug != "scores":
                assert not any(each in room(step) for each in ratings | bands)


@pytest.mark.parametrize(("slug", "seed"), PLAYS)
def test_a_few_decisions_first_as_they_looked_then_about_two_other_ways(slug, seed):
    report, turned = washed(slug, seed)
    for form, most in (("short", 1), ("full", PIVOTAL)):
        steps = hot_wash(report, form, turned)
        then = [n for n, each in enumerate(steps) if each.slug == "then"]
        assert len(then) == most
        titles = [steps[number].title for number in then]
        assert {each.finding.title for each in turned[:most]} <= set(titles)
        for number in then:
            seen, other = steps[number], steps[number + 1]
            assert (other.slug, other.title) == ("ways", seen.title)
            ways = [each for each in other.points if each.startswith("Another way")]
            assert len(ways) <= WAYS
            assert not any(each.removeprefix("Another way: ") in room(seen) for each in ways)
        minutes = sum(each.minutes for each in steps)
        assert minutes <= (5 if form == "short" else 30)


@pytest.mark.parametrize(("slug", "seed"), PLAYS)
def test_the_room_sees_no_name_and_nothing_that_was_somebodys_own(slug, seed):
    report, turned = washed(slug, seed)
    for form in FORMS:
        for step in hot_wash(report, form, turned):
            for name in (*NAMES.values(), "My own words"):
                assert name not in room(step)
            assert " you knew" not in room(step).casefold()


def test_what_it_turned_on_is_what_gave_up_most():
    text = (shipped.ROOT / "first_hour" / "scenario.yaml").read_text(encoding="utf-8")
    record = Table(text, NAMES).play(Random(3)).record()
    telling = Telling(record, names=False)
    wide = sorted(
        (max((*each.forgone, *(each.ahead or ()))) for each in regrets(Ahead(telling).forks)),
        reverse=True,
    )
    (first, *_) = turned_on(record)
    assert max(first.finding.cost) == wide[0] or first.sense == "ahead"
    report = build(record)
    assert [each.slug for each in hot_wash(report, "short", turned_on(record))].count("then") == 1
    assert any(
        step.title == first.finding.title for step in hot_wash(report, "short", turned_on(record))
    )


def test_what_was_noted_is_in_the_notes_alone_and_a_rating_stands_when_given():
    text = (shipped.ROOT / "first_hour" / "scenario.yaml").read_text(encoding="utf-8")
    table = Table(text, ("investigator",), facilitated=True).do("facilitator", c.End())
    task = "support_first.look_after_needs"
    table.do("facilitator", c.Observe("issue", PRIVATE, task=task))
    table.do("facilitator", a.Rate(task, "M", "", "I saw it."))
    steps = hot_wash(build(table.record()), "full")
    assert PRIVATE not in "\n".join(map(room, steps))
    assert any(PRIVATE in each.notes for each in steps)
    scores = next(each for each in steps if each.slug == "scores")
    assert f"Victim services in a reactive encounter: {asked.rating('M')}" in scores.points
    assert "I saw it" not in room(scores)

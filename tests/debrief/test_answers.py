"""Agreement, confidence and silence, counted again from the raw events alone."""

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
import shipped
from debrief_table import Table

from tabletop.debrief.analysis import agreement as agreeing
from tabletop.debrief.analysis import calibration as calibrating
from tabletop.debrief.analysis.quiet import voices
from tabletop.debrief.choices import choices
from tabletop.debrief.pages import pages
from tabletop.debrief.report import build
from tabletop.debrief.telling import Telling
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.seats import Seat

SMALL = (Path(__file__).parent / "scenario.yaml").read_text(encoding="utf-8")
LARGE = (shipped.ROOT / "larkmoor_row" / "scenario.yaml").read_text(encoding="utf-8")
TEXTS = {"small": SMALL, "large": LARGE}
PLAYS = [("small", seed) for seed in range(12)] + [("large", seed) for seed in range(6)]
BESIDE = (
    Seat("investigator_2", "player", "investigator"),
    Seat("investigator_3", "player", "investigator"),
    Seat("prosecutor_2", "player", "prosecutor"),
)


@cache
def played(name, seed):
    roles = ("investigator", "prosecutor", "advocate")
    return Table(TEXTS[name], roles, beside=BESIDE).play(Random(seed), share=0.2, change=0.3)


def answered(table):
    """By decision: answers as shown (or nothing), as they stood at the end, and the settling."""
    answers, shown, found = {}, {}, []
    for entry in table.entries:
        for event in entry.events:
            match event:
                case e.Committed() if event.seat in table.players:
                    answers.setdefault(event.decision, {})[event.seat] = event
                case e.Revealed():
                    shown[event.decision] = dict(answers.get(event.decision, {}))
                case e.Settled():
                    last = answers.get(event.decision, {})
                    if last:
                        found.append((event, shown.get(event.decision), last))
    return found


DISCIPLINES = {
    "investigator": "law_enforcement",
    "prosecutor": "attorney",
    "advocate": "victim_services",
}


def discipline(table, seat):
    return DISCIPLINES[table.players[seat]]


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_pairs_that_agreed_are_those_that_counting_finds(name, seed):
    table = played(name, seed)
    found = agreeing.agreement(Telling(table.record(), names=False))
    by_hand = answered(table)
    assert [each.decision for each in found.decisions] == [each.decision for each, _, _ in by_hand]
    for after in (False, True):
        same, every, decisions = Counter(), Counter(), Counter()
        for _, first, last in by_hand:
            given = last if after else first if first is not None else last
            groups = set()
            for one, other in combinations(given.values(), 2):
                group = frozenset((discipline(table, one.seat), discipline(table, other.seat)))
                every[group] += 1
                same[group] += one.option == other.option
                groups.add(group)
            decisions.update(groups)
        assert {
            frozenset(group): (pairs.agreed, pairs.of, pairs.decisions)
            for group, pairs in found.over_all(after=after).items()
        } == {group: (same[group], every[group], decisions[group]) for group in every}
    for each, (settled, first, last) in zip(found.decisions, by_hand, strict=True):
        assert {one.seat for one in each.dissent} == {
            seat for seat, answer in last.items() if answer.option != settled.option
        }
        assert {one.seat for one in each.moved} == {
            seat
            for seat, answer in last.items()
            if first and seat in first and first[seat].option != answer.option
        }


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_credit_is_what_the_marks_in_the_events_come_to(name, seed):
    table = played(name, seed)
    telling = Telling(table.record(), names=False)
    found = calibrating.calibration(telling, choices(telling))
    scenario = table.engine.scenario
    gathered = {}
    for settled, _, last in answered(table):
        if not settled.credit:
            continue
        decision = scenario.scenes[table.engine.plan.scene_of_decision[settled.decision]]
        authored = decision.decisions[settled.decision]
        marks = {each.option: each for each in settled.marks}
        for answer in last.values():
            if not answer.confidence:
                continue
            row = []
            for axis in ("vc", "ci"):

                def worth(judged, whole, axis=axis):
                    mark = getattr(judged, axis)
                    return Fraction(mark) if whole or mark < 0 else Fraction(mark, 2)

                open_ = [worth(judged, judged.attainable) for judged in marks.values()]
                fits = authored.tension != "depends" or answer.because in _fitting(
                    table, telling, settled, answer.option
                )
                own = worth(marks[answer.option], fits)
                row.append((own, min(*open_, own), max(*open_, own)))
            gathered.setdefault(answer.confidence, []).append(row)
    assert [level.confidence for level in found.levels] == sorted(gathered)
    for level in found.levels:
        rows = gathered[level.confidence]
        assert level.answers == len(rows)
        for axis in (0, 1):
            staked = [row[axis] for row in rows if row[axis][1] != row[axis][2]]
            assert level.at_stake[axis] == len(staked)
            if len(staked) < 3:
                assert level.credit[axis] is None
                continue
            own, low, high = (sum(each[i] for each in staked) for i in range(3))
            assert level.credit[axis] == (own - low) / (high - low)
            assert 0 <= level.credit[axis] <= 1


def _fitting(table, telling, settled, option):
    step = next(step for step in telling.of(e.Settled) if step.event is settled)
    situation = telling.situation(step.before)
    reasons = table.engine.plan.decision(settled.decision).reasons
    return {
        name
        for name, reason in reasons.items()
        if option in reason.options and (reason.fits is None or reason.fits.holds(situation))
    }


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_voices_are_what_counting_finds(name, seed):
    table = played(name, seed)
    asked, said = Counter(), Counter()
    answers = Counter()
    for _, _, last in answered(table):
        answers.update(last.keys())
        said.update(seat for seat, each in last.items() if each.reason)
    for entry in table.entries:
        for event in entry.events:
            if isinstance(event, e.FactShared):
                said[entry.by] += 1
            if isinstance(event, e.Settled):
                by = table.engine.plan.decision(event.decision).by
                asked.update(seat for seat, role in table.players.items() if role in by)
    for each in voices(Telling(table.record(), names=False)):
        assert each.answered == answers[each.seat]
        assert each.said == said[each.seat]
        assert each.answered <= each.asked <= asked[each.seat]
        assert each.quiet is (not each.said or (each.asked >= 2 and each.answered < each.asked / 2))


def test_these_tables_have_dissent_second_thoughts_and_enough_to_say():
    found = [agreeing.agreement(Telling(played(*play).record(), names=False)) for play in PLAYS]
    decisions = [each for agreed in found for each in agreed.decisions]
    assert any(each.dissent for each in decisions)
    assert any(each.moved for each in decisions)
    assert any(p.enough for agreed in found for p in agreed.over_all(after=True).values())
    assert not all(p.enough for agreed in found for p in agreed.over_all(after=True).values())


def said(table, *, names=False):
    report = build(table.record(), names=names)
    return str(next(page for page in pages(report) if page.slug == "answers"))


def voted(names=None):
    """Three investigators at the notice (the small scenario lets the lead's role decide)."""
    table = Table(SMALL, ("investigator",), names, beside=BESIDE[:2])
    table.do("investigator", c.Commit("notice", "early", reason="Beds first.", confidence=4))
    table.do("investigator_2", c.Commit("notice", "late", reason="It leaks.", confidence=2))
    table.do("investigator_3", c.Commit("notice", "early", confidence=3))
    table.do("investigator_3", c.Commit("notice", "late", confidence=3))
    table.do("investigator_3", c.Commit("notice", "early", confidence=3))
    return table.do("investigator", c.Settle("notice")).do("investigator", c.End())


def test_dissent_is_kept_with_its_reason_and_nobody_s_name():
    told = said(voted({"investigator": "Jo Example"}))
    assert "In their words: “It leaks.”" in told
    assert "Jo" not in told
    assert "not enough to say" in told


def test_names_stand_there_only_where_they_were_asked_for():
    roles = ("investigator", "prosecutor", "advocate")
    named = Table(LARGE, roles, {"investigator": "Jo Example"}).play(Random(3))
    assert "Answers of" not in said(named).replace("Answers of stand-ins", "")
    assert "Answers of Jo Example (investigator)" in said(named, names=True)


def test_somebody_who_said_nothing_is_counted_and_named_only_on_request():
    table = voted({"investigator": "Jo Example"})
    told = said(table)
    assert "Of 3 people, 1 answered less than half" in told
    assert "Items" not in told.split("Who was heard")[1]


def test_a_forced_answer_and_a_stand_in_s_count_for_nobody_s_credit():
    table = Table(SMALL, ("advocate",)).do("advocate", c.End())
    found = build(table.record(), limit=0).answers
    assert not found.sure.answers
    assert "Not enough to say" in said(table)

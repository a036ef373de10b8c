"""The report against an oracle that knows the small scenario's marks by heart, not its events."""

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
import shipped
from debrief_table import Table

from tabletop.debrief.blocks import Figure
from tabletop.debrief.pages import pages
from tabletop.debrief.report import build
from tabletop.exercise import commands as c
from tabletop.exercise import events as e

TEXT = (Path(__file__).parent / "scenario.yaml").read_text(encoding="utf-8")
CASTS = (
    ("investigator",),
    ("advocate",),
    ("investigator", "advocate"),
    ("counsel", "prosecutor"),
    ("investigator", "advocate", "prosecutor", "counsel"),
)
PLAYS = [(cast, seed) for cast in CASTS for seed in range(12)]


def played(cast, seed):
    return Table(TEXT, cast).play(Random(seed), share=0.4)


# The oracle: what each answer is worth, written down by hand from the scenario.

NAMES = {
    "The notice": "notice",
    "The tape": "taping",
    "The care": "care",
    "Two beds": "beds",
    "A client in pain": "pain",
    "The hidden envelope": "secret",
    "Something held under privilege": "secret",
}
NOTICE = {"early": (2, -1), "both": (1, 1), "late": (-2, 2), "never": (-2, -2)}
TAPE = {"tape": (1, 2), "notes": (2, 1), "nothing": (0, -2)}


@dataclass
class Met:
    """A marked choice by hand: whose it was, what it gained, what was open."""

    name: str
    roles: tuple[str, ...]
    gained: tuple[Fraction, Fraction]
    open: list[tuple[Fraction, Fraction]]
    critical: bool = False

    def best(self, axis):
        return max(self.gained[axis], *(each[axis] for each in self.open))

    def worst(self, axis):
        return min(self.gained[axis], *(each[axis] for each in self.open))

    def forgone(self):
        return self.best(0) - self.gained[0], self.best(1) - self.gained[1]


def half(mark, whole):
    return tuple(Fraction(m) if m < 0 or whole else Fraction(m, 2) for m in mark)


def met(table):
    """Every marked choice of a play, from who did what in which order and nothing else."""
    people, found = set(table.people), []
    beds_known, ready, leave, beds_told, pain_told = False, False, False, False, False
    because = {}
    for entry in table.entries:
        for event in entry.events:
            if isinstance(event, e.Committed):
                because[event.decision, event.seat] = (event.option, event.because)
            elif isinstance(event, e.Settled) and event.decision == "notice":
                if "investigator" in people:
                    found.append(
                        Met(
                            "notice",
                            ("investigator",),
                            half(NOTICE[event.option], True),
                            [half(mark, True) for mark in NOTICE.values()],
                            event.option == "never",
                        )
                    )
                ready = event.option == "early"
            elif isinstance(event, e.Settled) and event.decision == "taping":
                fits = {
                    "tape": {"safe"} | ({"room"} if beds_known else set()),
                    "notes": {"room"} if beds_known else set(),
                    "nothing": set(),
                }
                if "investigator" in people:
                    reason = because["taping", "investigator"][1]
                    found.append(
                        Met(
                            "taping",
                            ("investigator",),
                            half(TAPE[event.option], reason in fits[event.option]),
                            [half(mark, bool(fits[way])) for way, mark in TAPE.items()],
                        )
                    )
            elif isinstance(event, e.Settled) and event.decision == "care":
                marks = {"listen": (2, 2), "wait": (0, 0), "press": (-2 if ready else -1, 0)}
                if "advocate" in people:
                    found.append(
                        Met(
                            "care",
                            ("advocate",),
                            half(marks[event.option], True),
                            [half(mark, True) for mark in marks.values()],
                        )
                    )
                leave = True
            elif isinstance(event, e.FactShared):
                told = {"beds": (1, 0), "pain": (2, 0) if leave else (-2, 0), "secret": (-2, -2)}
                kept = {"beds": (-1, 0), "pain": (0, 0), "secret": (0, 0)}
                beds_told |= event.fact == "beds"
                pain_told |= event.fact == "pain"
                beds_known |= event.fact == "beds"
                if event.sender in people:
                    critical = event.fact == "secret" or (event.fact == "pain" and not leave)
                    found.append(
                        Met(
                            event.fact,
                            (event.sender,),
                            half(told[event.fact], True),
                            [half(told[event.fact], True), half(kept[event.fact], True)],
                            critical,
                        )
                    )
            elif isinstance(event, e.SceneEntered) and event.scene == "night":
                gone = {(each.name) for each in found}
                for fact, holder, mark, other in (
                    ("beds", "advocate", (-1, 0), (1, 0)),
                    ("pain", "advocate", (0, 0), (2, 0)),
                ):
                    known = beds_told if fact == "beds" else pain_told
                    if holder in people and not known and fact not in gone:
                        found.append(
                            Met(
                                fact,
                                (holder,),
                                half(mark, True),
                                [half(mark, True), half(other, True)],
                            )
                        )
                secrets = sum(each.name == "secret" for each in found)
                if "counsel" in people:
                    found += [
                        Met(
                            "secret",
                            ("counsel",),
                            (Fraction(0), Fraction(0)),
                            [(Fraction(0), Fraction(0)), (Fraction(-2), Fraction(-2))],
                        )
                    ] * (2 - secrets)
    return found


def band(choices, axis):
    touched = [each for each in choices if each.best(axis) or each.worst(axis)]
    low, high = (sum(f(each, axis) for each in touched) for f in (Met.worst, Met.best))
    if any(each.critical and each.gained[axis] < 0 for each in choices):
        return "at risk"
    if len(touched) < 3 or low == high:
        return "not enough to say"
    place = (sum(each.gained[axis] for each in touched) - low) / (high - low)
    return (
        "strong" if place >= Fraction(7, 10) else "mixed" if place >= Fraction(4, 10) else "at risk"
    )


@pytest.mark.parametrize(("cast", "seed"), PLAYS)
def test_every_number_is_what_counting_by_hand_gives(cast, seed):
    table = played(cast, seed)
    report = build(table.record())
    by_hand = met(table)
    shown = sorted((point.vc, point.ci, *point.worst, *point.best) for point in report.points)
    wanted = sorted(
        (*each.gained, each.worst(0), each.worst(1), each.best(0), each.best(1))
        for each in by_hand
        if any(each.best(axis) != each.worst(axis) for axis in (0, 1))
    )
    assert shown == wanted
    for row in report.bands:
        mine = [e for e in by_hand if row.who is None or row.who.id in e.roles]
        for axis, line in enumerate(row.lines):
            assert line.standing == band(mine, axis), (row.who, line.axis)
            assert line.choices == sum(bool(e.best(axis) or e.worst(axis)) for e in mine)


@pytest.mark.parametrize(("cast", "seed"), PLAYS)
def test_gaps_are_the_widest_and_a_better_way_was_open(cast, seed):
    table = played(cast, seed)
    report = build(table.record())

    def is_gap(each):
        better = [
            way
            for way in each.open
            if way != each.gained
            and (
                (way[0] >= each.gained[0] and way[1] >= each.gained[1])
                or (min(each.gained) == -2 and min(way) > -2)
            )
        ]
        return each.critical or bool(better)

    widths = sorted(
        ((e.critical, max(e.forgone()), min(e.forgone())) for e in met(table) if is_gap(e)),
        reverse=True,
    )
    assert [(gap.critical, max(gap.cost), min(gap.cost)) for gap in report.gaps] == widths[:3]
    by_hand = {(each.name, each.forgone()) for each in met(table)}
    for gap in report.gaps:
        assert (NAMES[gap.title], gap.cost) in by_hand
        assert gap.marked
        assert gap.guidance, gap.title
        assert gap.question
        assert gap.other is not None


@pytest.mark.parametrize(("cast", "seed"), PLAYS)
def test_no_stand_in_is_praised_or_found_wanting(cast, seed):
    report = build(played(cast, seed).record())
    for found in (*report.gaps, *(f for each in report.strengths for f in each.found)):
        assert found.marked
        assert {who.id for who in found.who} <= set(cast)
    for point in report.points:
        assert {who.id for who in point.who} <= set(cast)
    for scene in report.story:
        for moment in scene.moments:
            if moment.what is None:
                continue
            by = getattr(moment.what, "by", None)
            if by is not None and not {who.id for who in by} & set(cast):
                assert not moment.what.marked
                assert "not marked" in moment.what.how


def words_of(page):
    """Everything a page says, in figures too, but not where their shapes lie."""
    return str(
        [
            (block.title, block.described, block.key, block.drawn, block.table)
            if isinstance(block, Figure)
            else block
            for block in page.blocks
        ]
    )


NUMBERS = re.compile(
    r"[+−]\s?[\d½]|-[12]\b|\d\s?%|\d+ (?:of|/) \d+|\b(?:score|points?|total)\b", re.IGNORECASE
)


@pytest.mark.parametrize(("cast", "seed"), PLAYS)
def test_no_number_stands_before_the_bands_and_nothing_is_ever_added(cast, seed):
    report = build(played(cast, seed).record())
    leaves = pages(report)
    assert [page.slug for page in leaves] == [
        "reactions",
        "story",
        "knowing",
        "strengths",
        "gaps",
        "turned",
        "pulls",
        "causes",
        "change",
        "bands",
        "ahead",
        "answers",
        "closing",
    ]
    for page in leaves:
        if page.slug not in ("bands", "ahead", "answers"):
            assert not NUMBERS.search(words_of(page)), (page.slug, NUMBERS.search(words_of(page)))
        assert not re.search(r"\b(?:total|overall|rank|sum)\b", words_of(page), re.IGNORECASE)


@pytest.mark.parametrize(("cast", "seed"), PLAYS)
def test_a_privileged_fact_stays_unsaid_unless_its_text_was_told(cast, seed):
    table = played(cast, seed)
    told = any(
        isinstance(event, e.FactShared) and event.fact == "secret" and event.told
        for entry in table.entries
        for event in entry.events
    )
    said = str([words_of(page) for page in pages(build(table.record(), limit=0))])
    assert ("hidden envelope" in said) is told


def test_critical_acts_are_named_last_and_in_the_gaps():
    table = Table(TEXT, ("investigator",)).do("investigator", c.Commit("notice", "never"))
    table.do("investigator", c.Commit("taping", "tape", because="safe"))
    table.do("investigator", c.Settle("taping"))
    table.do("investigator", c.Advance()).do("investigator", c.Advance())
    report = build(table.record(), limit=0)
    assert [found.title for found in report.critical] == ["The notice"]
    assert report.gaps[0].critical
    assert report.gaps[0].other.text == "Call the director."
    assert [line.standing for line in report.bands[0].lines] == ["at risk", "at risk"]
    assert "weighing" in report.gaps[0].question


def test_what_was_known_is_what_was_known_then():
    table = Table(TEXT, ("investigator", "advocate"))
    table.do("investigator", c.Commit("notice", "early"))
    table.do("advocate", c.Share("beds", "investigator"))
    table.do("investigator", c.Commit("taping", "tape", because="room"))
    table.do("investigator", c.Settle("taping"))
    report = build(table.record(), limit=0)
    by_title = {
        moment.what.title: moment.what
        for scene in report.story
        for moment in scene.moments
        if hasattr(moment.what, "snapshots")
    }
    before, after = (by_title[title].snapshots[0] for title in ("The notice", "The tape"))
    assert before.known == ()
    assert [(fact.title, fact.asked) for fact in before.missing] == [("Two beds", False)]
    assert after.known == ("Two beds",)
    assert not after.missing


def test_asking_is_told_as_asking():
    table = Table(TEXT, ("investigator", "advocate"))
    table.do("investigator", c.Say("advocate", "How many beds?"))
    table.do("investigator", c.Commit("notice", "both"))
    report = build(table.record(), limit=0)
    missing = [
        fact
        for scene in report.story
        for moment in scene.moments
        for snapshot in getattr(moment.what, "snapshots", ())
        for fact in snapshot.missing
    ]
    assert [fact.asked for fact in missing] == [True]


def test_an_offer_that_was_wrong_to_take_is_nothing_one_should_have_been_told():
    """The client's pain may not be told without leave, so nobody failed to ask for it."""
    table = Table(TEXT, ("investigator",)).do("investigator", c.Commit("notice", "both"))
    said = str(build(table.record(), limit=0).story)
    assert "A client in pain" not in said


def test_a_record_without_a_second_strength_does_not_pad():
    table = Table(TEXT, ("investigator",)).do("investigator", c.Commit("notice", "late"))
    table.do("investigator", c.End())
    leaf = next(page for page in pages(build(table.record(), limit=0)) if page.slug == "strengths")
    assert "not evidenced by this exercise" in words_of(leaf)


def test_names_stay_out_unless_asked_for():
    table = Table(TEXT, ("investigator",), names={"investigator": "Jo Example"})
    table.do("investigator", c.Commit("notice", "both"))
    assert "Jo Example" not in str(build(table.record()))
    assert "Jo Example" in str(build(table.record(), names=True))


def test_erased_words_are_said_to_be_erased():
    table = Table(TEXT, ("investigator",))
    table.do("investigator", c.Commit("notice", "both", reason="for the client Zed"))
    table.do("investigator", c.End()).do("investigator", c.Reflect("reaction", "hard for Zed"))
    record = table.record()
    for reference in record.words:
        record.words[reference] = None
    said = str([words_of(page) for page in pages(build(record))])
    assert "Zed" not in said
    assert said.count("(erased)") == 2


def test_writing_again_replaces_what_was_written():
    table = Table(TEXT, ("investigator",)).do("investigator", c.End())
    table.do("investigator", c.Reflect("delta", "first"))
    table.do("investigator", c.Reflect("delta", "second"))
    assert [each.text for each in build(table.record(), limit=0).written("delta")] == ["second"]


def test_the_takeaway_is_the_widest_gap_s_practice_or_one_worth_keeping():
    table = Table(TEXT, ("investigator",)).do("investigator", c.Commit("notice", "both"))
    table.do("investigator", c.End())
    takeaway = build(table.record(), limit=0).takeaway
    assert takeaway.keep
    assert takeaway.guidance.practice == "advance_notice_to_providers"
    table = Table(TEXT, ("investigator",)).do("investigator", c.Commit("notice", "late"))
    table.do("investigator", c.End())
    report = build(table.record(), limit=0)
    assert not report.takeaway.keep
    assert report.takeaway.guidance == report.gaps[0].guidance[0]


def test_every_finding_of_the_shipped_scenarios_says_what_the_guidance_is():
    for slug in shipped.SLUGS:
        text = (shipped.ROOT / slug / "scenario.yaml").read_text(encoding="utf-8")
        roles = tuple(shipped.engine(slug).scenario.roles)
        for seed in range(3):
            report = build(Table(text, roles).play(Random(seed)).record(), limit=0)
            for found in (*report.gaps, *report.critical):
                assert found.guidance, (slug, found.title)
                assert all(each.references for each in found.guidance)
            assert report.takeaway.guidance is not None


def test_pauses_and_skipped_passages_are_nobody_s_business():
    table = Table(TEXT, ("investigator",))
    table.do("investigator", c.Pause()).do("investigator", c.StepOut())
    table.do("investigator", c.StepIn()).do("investigator", c.Resume())
    table.do("investigator", c.End())
    said = str([words_of(page) for page in pages(build(table.record()))]).lower()
    assert "pause" not in said
    assert "stepped" not in said

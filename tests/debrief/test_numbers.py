"""Every number a page shows is what counting by hand gives, whatever happened at the table.

The pages of records in which somebody facilitated, jumped, went back, forced answers and moved
people about are read as they are printed, and counted again from the events of the entries that
still hold and from nothing else: no state is folded and no part of the debrief is asked.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import combinations

import pytest
import shipped
from random_scenarios import Drawn
from steering import facilitated

from tabletop.debrief.blocks import Figure, Heading, Line, Table
from tabletop.debrief.documents.played import played
from tabletop.debrief.pages import notice, pages
from tabletop.exercise import events as e
from tabletop.exercise.record import trunk

SMALL = (shipped.ROOT.parent / "tests" / "debrief" / "scenario.yaml").read_text(encoding="utf-8")
LARGE = (shipped.ROOT / "larkmoor_row" / "scenario.yaml").read_text(encoding="utf-8")
FIRST = (shipped.ROOT / "first_hour" / "scenario.yaml").read_text(encoding="utf-8")
PLAYS = [
    *(("small", seed) for seed in range(8)),
    *(("first", seed) for seed in range(4)),
    *(("large", seed) for seed in range(2)),
    *(("drawn", seed) for seed in range(6)),
]
MORE = [pytest.param(name, seed, marks=pytest.mark.soak) for name, seed in [
    *(("small", seed) for seed in range(8, 60)),
    *(("first", seed) for seed in range(4, 30)),
    *(("large", seed) for seed in range(2, 16)),
    *(("drawn", seed) for seed in range(6, 60)),
]]  # fmt: skip
EVERY = pytest.mark.parametrize(("name", "seed"), [*PLAYS, *MORE])


@cache
def read(name: str, seed: int):
    """A record, its pages as they are printed, and what was counted by hand."""
    text = Drawn(seed).source() if name == "drawn" else {"small": SMALL, "large": LARGE}.get(name)
    table = facilitated(text or FIRST, ("investigator", "advocate"), seed, most=10)
    record = table.record()
    whole = played(record)
    return record, whole, {page.slug: page.blocks for page in pages(whole.report)}, counted(record)


@dataclass
class Counted:
    """What the entries that hold say, event by event."""

    seats: dict = field(default_factory=dict)
    """Who sits where: by seat its kind and role."""
    given: dict = field(default_factory=lambda: defaultdict(dict))
    shown: dict = field(default_factory=dict)
    settled: list = field(default_factory=list)
    """Each settling with when it was, people's answers before the talk and at the end."""
    kept_or_told: list = field(default_factory=list)
    asked: Counter = field(default_factory=Counter)
    answered: Counter = field(default_factory=Counter)
    said: Counter = field(default_factory=Counter)
    by: dict = field(default_factory=dict)
    last: int = 0


def counted(record) -> Counted:
    found = Counted()
    for entry in trunk(record.entries):
        found.last = max(found.last, entry.at)
        for event in entry.events:
            note(found, entry, event)
    return found


def note(found: Counted, entry, event) -> None:
    people = {seat: role for seat, (kind, role) in found.seats.items() if kind == "player"}
    match event:
        case e.Started() | e.Rewound():
            left = getattr(event, "left", ())
            found.seats = {s.id: (s.kind, s.role) for s in event.seats if s.id not in left}
        case e.Seated(seat=seat):
            for other, (kind, role) in list(found.seats.items()):
                if kind == "stand_in" and role == seat.role and seat.kind == "player":
                    del found.seats[other]
            found.seats.pop(seat.id, None)
            found.seats[seat.id] = seat.kind, seat.role
        case e.Left():
            del found.seats[event.seat]
        case e.SceneEntered():
            for again in event.again:
                found.given.pop(again, None)
                found.shown.pop(again, None)
        case e.DecisionOpened():
            found.by[event.decision] = event.by
            found.given.pop(event.decision, None)
            found.shown.pop(event.decision, None)
        case e.Committed():
            found.given[event.decision][event.seat] = event
        case e.Revealed():
            found.shown[event.decision] = own(found.given[event.decision], people)
        case e.Settled():
            last = own(found.given[event.decision], people)
            first = found.shown.get(event.decision, last)
            found.settled.append((event, entry.at, first, last))
            found.asked.update(s for s, role in people.items() if role in found.by[event.decision])
            found.answered.update(last.keys())
            found.said.update(seat for seat, (_, each) in last.items() if each.reason)
        case e.Told(kind="message" | "advice" | "shared", seat=seat):
            found.said[seat] += 1
        case e.FactShared() | e.OfferClosed():
            found.kept_or_told.append((event, entry.at))


def own(given: dict, people: dict) -> dict:
    """People's answers, each with the role they sit in."""
    return {seat: (people[seat], each) for seat, each in given.items() if seat in people}


def worth(judged, axis: str, whole: bool) -> Fraction:
    mark = getattr(judged, axis)
    return Fraction(mark) if whole or mark < 0 else Fraction(mark, 2)


def marked(found: Counted):
    """Every marked choice: whose it was, and on each axis what it gained and what was open."""
    for event, _, _, _ in found.settled:
        if event.credit:
            chosen = next(each for each in event.marks if each.option == event.option)
            for place, (role, fits) in enumerate((event.credit[0], *event.credit)):
                axes = []
                for axis in ("vc", "ci"):
                    mine = worth(chosen, axis, fits)
                    every = [worth(each, axis, each.attainable) for each in event.marks]
                    axes.append((mine, [*every, mine]))
                yield "" if place == 0 else role, axes, chosen.critical
    for event, _ in found.kept_or_told:
        if event.counts:
            told = isinstance(event, e.FactShared)
            other = (event.kept_vc, event.kept_ci) if told else (event.shared_vc, event.shared_ci)
            axes = [
                (Fraction(mine), [Fraction(mine), Fraction(its)])
                for mine, its in zip((event.vc, event.ci), other, strict=True)
            ]
            for role in ("", event.sender if told else event.holder):
                yield role, axes, told and event.critical


def band(choices, axis: int) -> str:
    at_stake = [axes[axis] for axes, _ in choices if any(axes[axis][1])]
    low = sum(min(every) for _, every in at_stake)
    high = sum(max(every) for _, every in at_stake)
    gained = sum(mine for mine, _ in at_stake)
    by_marks = "not enough to say"
    if len(at_stake) >= 3 and low != high:
        place = Fraction(gained - low, high - low)
        by_marks = "strong" if place >= Fraction(7, 10) else "mixed"
        by_marks = by_marks if place >= Fraction(4, 10) else "at risk"
    harmed = [axes[axis][0] < 0 or axes[1 - axis][0] >= 0 for axes, critical in choices if critical]
    if any(harmed):
        return "at risk" if by_marks == "at risk" else "at risk, because of a critical act"
    return by_marks


def written(value) -> str:
    value = Fraction(value)
    whole, half = divmod(abs(value), 1)
    digits = f"{whole or ''}½" if half else str(whole)
    sign = "" if not value else "+" if value > 0 else "\N{MINUS SIGN}"
    return sign + digits


def tables(blocks):
    return {
        each.caption: each
        for block in blocks
        if isinstance(each := block.table if isinstance(block, Figure) else block, Table)
    }


def cells(table, *columns):
    return Counter(tuple(row[column] for column in columns) for row in table.rows)


@EVERY
def test_bands_and_marks_are_those_of_the_choices_that_count(name, seed):
    _, _, shown, found = read(name, seed)
    bands = tables(shown["bands"])["Bands"]
    choices = list(marked(found))
    roles = re.compile(r"investigator|advocate|prosecutor|counsel|$")
    subjects = [roles.search(row[0].lower())[0] for row in bands.rows]
    # Whoever's choices count has a row, also who left before the end.
    assert {role for role, _, _ in choices if role} <= set(subjects)
    assert "" in subjects or len(subjects) == 1
    for subject, row in zip(subjects, bands.rows, strict=True):
        mine = [(axes, critical) for role, axes, critical in choices if role == subject]
        assert row[1:] == (band(mine, 0), band(mine, 1)), row
    marks = next((t for caption, t in tables(shown["bands"]).items() if "Marks" in caption), None)
    wanted = Counter(
        (written(axes[0][0]), written(axes[1][0]))
        for role, axes, _ in choices
        if not role and any(min(every) != max(every) for _, every in axes)
    )
    assert (cells(marks, 2, 4) if marks else Counter()) == wanted


@EVERY
def test_what_choices_gave_up_is_the_best_open_less_what_was_taken(name, seed):
    _, whole, shown, found = read(name, seed)
    given = next((t for c, t in tables(shown["ahead"]).items() if c.startswith("Forgone")), None)
    wanted = Counter(
        tuple(written(max(every) - mine).lstrip("+") for mine, every in axes)
        for role, axes, _ in marked(found)
        if not role and any(max(every) != mine for mine, every in axes)
    )
    printed = cells(given, 1, 2) if given else Counter()
    printed.pop(("0", "0"), None)
    assert printed == wanted
    # What was lost ahead rests on prospects, which test_ahead holds against brute force.
    lost = Counter()
    for fork in whole.ahead.forks:
        if fork.choice.counts and fork.taken and fork.taken.free:
            ways = [way.free.best for way in fork.ways if way.free]
            if all(None not in best for best in ways):
                after = fork.taken.free.best
                pair = [max(best[axis] for best in ways) - after[axis] for axis in (0, 1)]
                if any(pair):
                    lost[tuple(written(each).lstrip("+") for each in pair)] += 1
    printed = cells(given, 3, 4) if given else Counter()
    for nothing in (("0", "0"), ("not known", "not known")):
        printed.pop(nothing, None)
    assert printed == lost


@EVERY
def test_agreement_and_sureness_are_what_counting_finds(name, seed):
    _, whole, shown, found = read(name, seed)
    roles = whole.telling.scenario.roles
    rows = {}
    for after in (False, True):
        same, every, decisions = Counter(), Counter(), Counter()
        for _, _, first, last in found.settled:
            groups = set()
            for (role, one), (other, two) in combinations((last if after else first).values(), 2):
                group = frozenset((roles[role].discipline, roles[other].discipline))
                every[group] += 1
                same[group] += one.option == two.option
                groups.add(group)
            decisions.update(groups)
        for group in every:
            enough = decisions[group] >= 3
            said = f"{same[group]} of {every[group]}" if enough else "not enough to say"
            rows.setdefault(group, {})[after] = said, decisions[group]
    wanted = Counter(
        (
            str(row.get(True, ("", 0))[1]),
            row.get(False, ("not enough to say",))[0],
            row.get(True, ("not enough to say",))[0],
        )
        for row in rows.values()
    )
    table = tables(shown["answers"]).get("Pairs of people who gave the same answer")
    several = any(len(last) > 1 for _, _, _, last in found.settled)
    assert (cells(table, 1, 2, 3) if table else Counter()) == (wanted if several else Counter())
    sure = tables(shown["answers"]).get("Answers by how sure people were")
    if sure:
        levels = Counter(
            each.confidence
            for event, _, _, last in found.settled
            if event.credit
            for _, each in last.values()
            if each.confidence
        )
        assert [row[1] for row in sure.rows] == [str(levels[level]) for level in sorted(levels)]
        for row in sure.rows:
            assert all(re.fullmatch(r"\d{1,3} %|not enough to say", cell) for cell in row[2:])


@EVERY
def test_who_was_quiet_is_what_counting_finds(name, seed):
    _, _, shown, found = read(name, seed)
    text = " ".join(block.text for block in shown["answers"] if isinstance(block, Line))
    people = {seat for seat, (kind, _) in found.seats.items() if kind == "player"}
    told = re.search(r"Of (\d+) people, (\d+) answered", text)
    if told:
        assert int(told[2]) <= int(told[1])
        quiet = {
            seat
            for seat in people
            if not found.said[seat]
            or (found.asked[seat] >= 2 and found.answered[seat] * 2 < found.asked[seat])
        }
        assert len(quiet) <= int(told[2]) <= len(quiet) + int(told[1]) - len(people)


@EVERY
def test_minutes_are_those_of_the_entries(name, seed):
    _, whole, shown, found = read(name, seed)
    printed = Counter(
        int(again[1])
        for block in shown["story"]
        if isinstance(block, Heading) and (again := re.search(r"minute (\d+)", block.aside))
        if block.level > 3
    )
    wanted = Counter(at // 60_000 + 1 for _, at, _, _ in found.settled)
    assert sum(printed.values()) >= sum(wanted.values()) or not wanted
    assert not wanted - printed
    top = " ".join(notice(whole.report))
    assert f", {-(-found.last // 60_000)} min;" in top


def test_these_records_hold_all_that_happens():
    """Keeps the laws above honest."""
    kinds = Counter()
    for play in PLAYS:
        record = read(*play)[0]
        kinds.update(type(event).__name__ for entry in record.entries for event in entry.events)
        kinds["forced"] += sum(
            isinstance(event, e.Settled) and event.how == "facilitator"
            for entry in record.entries
            for event in entry.events
        )
    for each in ("Jumped", "Rewound", "Seated", "Left", "forced", "FactShared", "OfferClosed"):
        assert kinds[each] > 2, (each, kinds)

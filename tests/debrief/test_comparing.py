"""Exercises side by side: recounted from the raw events, in the order given, and only if alike."""

from dataclasses import replace
from functools import cache
from itertools import permutations
from random import Random

import pytest
from debrief_table import Table
from test_knowing import SHIPPED, SMALL

from tabletop.debrief.analysis.comparing import compared
from tabletop.debrief.documents.comparison import NotAlike, comparison
from tabletop.debrief.report import build
from tabletop.debrief.telling import Telling
from tabletop.exercise import commands as c
from tabletop.exercise import events as e

TEXTS = {"small": SMALL, "first_hour": SHIPPED["first_hour"]}
ROLES = {"small": ("investigator", "advocate"), "first_hour": ("investigator", "advocate")}


def named(record, name):
    return replace(record, header=replace(record.header, id=name))


@cache
def records(name, seeds):
    return tuple(
        named(Table(TEXTS[name], ROLES[name]).play(Random(seed)).record(), f"x{seed}")
        for seed in seeds
    )


GROUPS = [(name, seeds) for name in TEXTS for seeds in ((0, 1), (2, 3, 4), (5, 6, 7, 8))]


@pytest.mark.parametrize(("name", "seeds"), GROUPS)
def test_every_row_is_what_reading_each_record_alone_gives(name, seeds):
    given = records(name, seeds)
    found = compared([Telling(record, names=False) for record in given])
    wanted, told, paths = {}, {}, []
    for place, record in enumerate(given):
        path = []
        for entry in record.entries:
            for event in entry.events:
                match event:
                    case e.Settled():
                        wanted.setdefault(event.decision, {})[place] = event.option
                    case e.FactShared():
                        told.setdefault((event.fact, event.sender, event.to), {})[place] = "told"
                    case e.OfferClosed(missed=True):
                        told.setdefault((event.fact, event.holder, event.to), {})[place] = "kept"
                    case e.SceneEntered():
                        path.append(event.scene)
        paths.append(tuple(path))
    for rows, by_hand in (
        (found.decisions, {(decision,): each for decision, each in wanted.items()}),
        (found.facts, told),
    ):
        assert {row.name for row in rows} == set(by_hand)
        for row in rows:
            flat = {place: way for way, places in row.ways for place in places}
            assert flat == by_hand[row.name]
            assert set(row.without) == set(range(len(given))) - set(flat)
            assert row.differs is (len(set(flat.values())) > 1)
    assert found.paths == tuple(paths)
    assert found.endings == tuple(
        path[-1] if record.entries[-1].events[-1] == e.Ended(path[-1]) else ""
        for path, record in zip(paths, given, strict=True)
    )


@pytest.mark.parametrize(("name", "seeds"), GROUPS)
def test_ways_part_in_the_first_scene_with_a_difference(name, seeds):
    found = compared([Telling(record, names=False) for record in records(name, seeds)])
    differing = {row.scene for row in (*found.decisions, *found.facts) if row.differs}
    for place, scene in enumerate(found.paths[0]):
        following = {path[place + 1 : place + 2] for path in found.paths}
        if scene in differing or len(following) > 1:
            assert found.parting is not None
            assert found.parting.scene == scene
            assert {(s,) if s else () for s, _ in found.parting.followed} == following
            return
    assert found.parting is None


def table(document, slug):
    page = next(page for page in document.pages if page.slug == slug)
    return next(block for block in page.blocks if hasattr(block, "rows"))


@pytest.mark.parametrize(("name", "seeds"), GROUPS)
def test_bands_are_those_of_each_debrief_and_stand_in_the_order_given(name, seeds):
    given = records(name, seeds)
    for order in list(permutations(given))[:4]:
        rows = table(comparison(order), "bands").rows
        assert list(dict.fromkeys(row[0] for row in rows)) == [each.header.id for each in order]
        for record in order:
            shown = [row[2:] for row in rows if row[0] == record.header.id]
            bands = build(record, limit=0).bands
            assert len(shown) == len(bands)
            for cells, band in zip(shown, bands, strict=True):
                for cell, line in zip(cells, band.lines, strict=True):
                    assert cell.startswith(line.standing)
        assert [row[0] for row in table(comparison(order), "exercises").rows] == [
            each.header.id for each in order
        ]


def test_nothing_in_it_ranks_anyone():
    for name, seeds in GROUPS:
        said = str(comparison(records(name, seeds)).pages).lower().replace("not ranked", "")
        for word in ("rank", "best", "worst", "winner", "average", "score"):
            assert f" {word}" not in said


def test_other_wording_is_the_same_scenario_and_another_meaning_is_not():
    one = named(Table(SMALL, ("investigator",)).do("investigator", c.End()).record(), "one")
    text = SMALL.replace("text: Call now.", "text: Call them right now.")
    reworded = Table(text, ("investigator",)).do("investigator", c.End()).record()
    assert comparison((one, named(reworded, "two"))).pages
    text = SMALL.replace("set: {ready: true}", "set: {ready: false}")
    changed = Table(text, ("investigator",)).do("investigator", c.End()).record()
    with pytest.raises(NotAlike, match=r"one and two can't be compared: .* mean different things"):
        comparison((one, named(changed, "two")))
    (other, _) = records("first_hour", (0, 1))
    with pytest.raises(NotAlike, match=r"Two Doors 1\.0\.0 and First Hour"):
        comparison((one, other))


def test_one_alone_or_one_twice_is_nothing_to_compare():
    (one, _) = records("small", (0, 1))
    for some in ((one,), (one, one)):
        with pytest.raises(NotAlike, match="two exercises or more"):
            comparison(some)


def test_a_privileged_fact_that_one_exercise_kept_is_named_in_none():
    told = Table(SMALL, ("counsel",)).do("counsel", c.Share("secret", "advocate"))
    kept = Table(SMALL, ("counsel",))
    while kept.state.status == "running":
        kept.do("counsel", c.Advance())
    for each in (told,):
        while each.state.status == "running":
            each.do("counsel", c.Advance())
    said = str(comparison((named(told.record(), "a"), named(kept.record(), "b"))).pages)
    assert "Something held under privilege" in said
    assert "hidden envelope" not in said

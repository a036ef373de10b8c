"""What an exercise showed, what it left out of the marks, and what working together came to."""

from random import Random

import pytest
from debrief_table import Table
from test_causes import found
from test_knowing import PLAYS, SHIPPED, page, played, written

from tabletop.debrief.blocks import Items, Rows
from tabletop.debrief.report import build
from tabletop.exercise import events as e


def rows(leaf):
    return [row for block in leaf.blocks if isinstance(block, Rows) for row in block.rows]


@pytest.mark.parametrize("seed", range(4))
def test_a_task_is_shown_by_its_evidence_or_said_to_have_none(seed):
    people = ("investigator",) if seed % 2 else ("investigator", "advocate", "prosecutor")
    table = Table(SHIPPED["larkmoor_row"], people).play(Random(seed))
    report = build(table.record())
    told = {row.label: row.text for row in rows(page(table, "bands"))}
    tasks = [task for objective in report.concluded.objectives for task in objective.tasks]
    authored = written("larkmoor_row")["objectives"].values()
    assert len(tasks) == sum(len(objective["tasks"]) for objective in authored)
    for task in tasks:
        text = told[task.text.rstrip(".")]
        assert (text == "not evidenced by this exercise") is (not task.shown)
        for each in task.shown:
            assert each.title in text
    assert len({bool(task.shown) for task in tasks}) == 2


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_what_is_left_out_of_the_marks_is_what_credits_nobody(name, seed):
    table = played(name, seed)
    events = [event for entry in table.entries for event in entry.events]
    titles = [
        table.engine.plan.decision(event.decision).title
        for event in events
        if isinstance(event, e.Settled) and not event.credit
    ]
    shared = [event for event in events if isinstance(event, e.FactShared) and not event.counts]
    leaf = page(table, "bands")
    heads = [getattr(each, "text", "") for each in leaf.blocks]
    at = [number for number, text in enumerate(heads) if text == "Left out of the marks"]
    assert bool(at) is bool(titles or shared)
    if at:
        items = leaf.blocks[at[0] + 1]
        assert isinstance(items, Items)
        said = " ".join(items.items)
        assert said.count(" · ") + len(items.items) == len(titles) + len(shared)
        for title in titles:
            assert title in said


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_following_forward_and_tracing_back_are_the_same(name, seed):
    _, every = found(name, seed)
    back = {}
    for number, cause in every.by_number.items():
        back[number] = set(cause.parents).union(*(back[parent] for parent in cause.parents))
    for number in every.by_number:
        after = {each.step.number for each in every.followed(number)}
        assert after == {other for other, before in back.items() if number in before}


def test_a_choice_of_working_together_says_what_it_opened():
    table = played("larkmoor_row", 3)
    opened = build(table.record(), limit=0).collaboration.came_of
    assert any(what.startswith("the answer at “") and later for what, later in opened)
    assert "It had a part in this: " in str(page(table, "pulls"))


def test_a_fact_that_was_not_told_says_what_that_closed():
    table = Table(SHIPPED["larkmoor_row"], ("investigator", "prosecutor")).play(
        Random(3), share=0.0
    )
    opened = dict(build(table.record(), limit=0).collaboration.came_of)
    later = opened["the investigator did not tell the prosecutor: The bank's alert"]
    assert any("was not among the answers" in each for each in later)

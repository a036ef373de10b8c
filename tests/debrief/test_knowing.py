"""Who knew what, when: rebuilt from the raw events and the scenario's own text, it is the same."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
import shipped
import yaml
from debrief_table import Table

from tabletop.debrief.analysis.knowing import knowing
from tabletop.debrief.pages import pages
from tabletop.debrief.report import build
from tabletop.debrief.telling import Telling
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.evolve import apply, evolve
from tabletop.exercise.run import Run
from tabletop.exercise.state import State

SMALL = (Path(__file__).parent / "scenario.yaml").read_text(encoding="utf-8")
SHIPPED = {
    slug: (shipped.ROOT / slug / "scenario.yaml").read_text(encoding="utf-8")
    for slug in shipped.SLUGS
}
TEXTS = {"small": SMALL, **SHIPPED}
PLAYS = [("small", seed) for seed in range(12)] + [(s, seed) for s in SHIPPED for seed in range(4)]


@cache
def written(name):
    """The scenario as its author wrote it."""
    return yaml.load(TEXTS[name], yaml.CSafeLoader)


@cache
def played(name, seed):
    chance = Random(seed)
    roles = list(written(name)["roles"])
    people = roles if seed % 2 else chance.sample(roles, 2)
    return Table(TEXTS[name], people).play(chance, share=0.5)


def analysed(table):
    return knowing(Telling(table.record(), names=False))


def states(table):
    """Every event with the state right before it, and when it was."""
    state = State()
    for entry in table.entries:
        state = apply(state, entry.at, ())
        for event in entry.events:
            yield entry, event, state
            state = evolve(state, event)


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_each_role_knew_each_fact_from_the_entry_on_in_which_it_first_did(name, seed):
    table = played(name, seed)
    found = analysed(table)
    first = {}
    state = State()
    for entry in table.entries:
        state = apply(state, entry.at, entry.events)
        for role in state.joined:
            for fact in state.known.get(role, {}):
                first.setdefault((role, fact), (entry.seq, state.at))
    assert {(each.role, each.fact): (each.seq, each.at) for each in found.came} == first
    assert len(found.came) == len(first)
    assert set(found.roles) == set(state.joined)


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_how_it_was_learned_is_what_the_scenario_and_the_passages_say(name, seed):
    table = played(name, seed)
    scenario = written(name)
    revealing = {"decision": {}, "inject": {}}
    for scene in scenario["scenes"].values():
        for inject, each in scene.get("injects", {}).items():
            revealing["inject"][inject] = each
        for decision, each in scene.get("decisions", {}).items():
            revealing["decision"][decision] = each
    told = {
        (event.to[0], event.item): event.sender
        for _, event, _ in states(table)
        if isinstance(event, e.Told) and event.kind == "told"
    }
    final = table.state
    for each in analysed(table).came:
        if each.how == "held":
            held = scenario["facts"][each.fact].get("held_by", [])
            assert each.role in ([held] if isinstance(held, str) else held)
        elif each.how == "told":
            assert told[each.role, each.fact] == each.by
        elif each.how == "inject":
            assert each.by in final.delivered
            assert each.fact in str(revealing["inject"][each.by]["reveals"][each.role])
        elif each.how == "decision":
            option = final.decisions[each.by].settled
            reveals = revealing["decision"][each.by]["options"][option]["reveals"]
            assert each.fact in str(reveals[each.role])
        else:
            assert any(offer[0] == each.by for offer, is_ in final.offers.items() if is_ == "taken")


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_it_happened_in_one_order(name, seed):
    found = analysed(played(name, seed))
    for row in (found.came, found.hints, found.decisions, found.disclosures):
        for one, other in pairwise(row):
            assert (one.number, one.seq, one.at) <= (other.number, other.seq, other.at)
    for each in found.decisions:
        for missed in each.unshared:
            assert missed.since <= each.at
        numbers = {(came.role, came.fact): came.number for came in found.came}
        for role, fact in each.known:
            assert numbers[role, fact] < each.number


def names_in(tree):
    """What the conditions under a part of a scenario's text read: knows(…) and every other name."""
    knows, names = set(), set()

    def walk(node, key=""):
        if isinstance(node, dict):
            for name, value in node.items():
                walk(value, name)
        elif isinstance(node, list):
            for value in node:
                walk(value, key)
        elif key in ("when", "fits"):
            knows.update(re.findall(r"knows\((\w+), ?(\w+)\)", str(node)))
            names.update(re.findall(r"\w+", str(node)))

    walk(tree)
    return knows, names


def bearing(scenario, decision, role):
    knows, names = names_in(decision)
    found = {fact for who, fact in knows if who == role}
    for fact, each in scenario["facts"].items():
        for share in each.get("share", []):
            to = share["to"]
            changed = {*share.get("set", {}), *share.get("add", {})}
            for key in ("grant", "revoke"):
                given = share.get(key, [])
                changed.update([given] if isinstance(given, str) else given)
            revealed = {
                (who, what)
                for who, facts in share.get("reveals", {}).items()
                for what in ([facts] if isinstance(facts, str) else facts)
            }
            if role in ([to] if isinstance(to, str) else to) and (
                changed & names or revealed & knows
            ):
                found.add(fact)
    return found


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_what_was_not_told_is_what_trying_every_moment_finds(name, seed):
    table = played(name, seed)
    scenario = written(name)
    decisions = {
        decision: each
        for scene in scenario["scenes"].values()
        for decision, each in scene.get("decisions", {}).items()
    }
    rightly, wanted = {}, {}
    for _, event, state in states(table):
        for (fact, holder, to, number), status in state.offers.items():
            mark = Run(table.engine.plan, table.engine.law, state).share_mark(fact, number)[0]
            if status == "open" and min(mark.vc, mark.ci) >= 0 and not mark.critical:
                rightly.setdefault((fact, to), {}).setdefault(holder, state.at)
        if isinstance(event, e.Settled):
            for role in state.decisions[event.decision].by:
                for fact in bearing(scenario, decisions[event.decision], role):
                    could = rightly.get((fact, role))
                    if could and not state.knows(role, fact):
                        key = event.decision, role, fact
                        wanted[key] = (set(could), min(could.values()))
    found = {
        (each.decision, missed.to, missed.fact): (set(missed.holders), missed.since)
        for each in analysed(table).decisions
        for missed in each.unshared
    }
    assert found == wanted


def test_something_is_ever_found_in_each_of_these_ways():
    """The laws above would hold of nothing as well."""
    found = [analysed(played(name, seed)) for name, seed in PLAYS]
    assert {each.how for known in found for each in known.came} >= {
        "held", "told", "decision", "inject",
    }  # fmt: skip
    assert any(known.hints for known in found)
    assert any(each.unshared for known in found for each in known.decisions)
    assert {each.consent for known in found for each in known.disclosures} >= {
        "granted", "without",
    }  # fmt: skip


def test_what_a_role_brought_with_it_it_knew_on_joining():
    text = SMALL.replace("name: Di, brief", "name: Di, joins: evening, brief")
    table = Table(text, ("investigator", "counsel")).later(5)
    table.do("investigator", c.Commit("notice", "both"))
    table.do("investigator", c.Commit("taping", "tape")).do("investigator", c.Settle("taping"))
    table.later(2).do("investigator", c.Advance())
    (came,) = (each for each in analysed(table).came if each.role == "counsel")
    assert (came.fact, came.how, came.joining, came.at) == ("secret", "held", True, 7 * 60_000)
    assert "on joining, minute 8" in str(page(table, "knowing"))


def test_what_was_not_anyone_s_to_give_was_not_missed():
    """The client's leave comes only later; until then nobody could rightly have told it."""
    text = SMALL.replace("knows(investigator, beds)", "knows(investigator, pain)")
    table = Table(text, ("investigator", "advocate"))
    table.do("investigator", c.Commit("notice", "both"))
    table.do("investigator", c.Commit("taping", "tape")).do("investigator", c.Settle("taping"))
    (taping,) = (each for each in analysed(table).decisions if each.decision == "taping")
    assert taping.unshared == ()


def page(table, slug):
    return next(page for page in pages(build(table.record(), limit=0)) if page.slug == slug)


def test_a_privileged_fact_that_was_not_told_keeps_its_title_in_the_table_too():
    table = Table(SMALL, ("investigator", "counsel")).do("investigator", c.End())
    said = str(page(table, "knowing"))
    assert "Something held under privilege" in said
    assert "hidden envelope" not in said
    table = Table(SMALL, ("investigator", "counsel"))
    table.do("counsel", c.Share("secret", "prosecutor")).do("investigator", c.End())
    said = str(page(table, "knowing"))
    assert "hidden envelope" not in said
    assert "only that it exists, from the counsel" in said
    table = Table(SMALL, ("investigator", "counsel"))
    table.do("counsel", c.Share("secret", "advocate")).do("investigator", c.End())
    assert "hidden envelope" in str(page(table, "knowing"))


def test_telling_without_leave_is_said_to_be_that_in_the_table_and_below_it():
    table = Table(SMALL, ("investigator", "advocate")).do(
        "advocate", c.Share("pain", "investigator")
    )
    table.do("investigator", c.End())
    said = str(page(table, "knowing"))
    assert "minute 1, from the advocate, without leave" in said
    assert "Leave for it was never given: a client, a doctor. A critical act." in said

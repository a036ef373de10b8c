"""How things came about: laws over every played record, and what is made of them in words."""

import itertools
import re
from random import Random

import pytest
from debrief_table import Table
from test_knowing import PLAYS, SMALL, page, played, written

from tabletop.debrief.analysis.causes import causes
from tabletop.debrief.analysis.grounds import grounds
from tabletop.debrief.documents.explanation import NothingThere, explanation
from tabletop.debrief.documents.played import played as of_record
from tabletop.debrief.prose import line
from tabletop.debrief.reasons import Explainer
from tabletop.debrief.telling import Telling
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.scenario.conditions import Condition

NAMES = ("a", "b", "d", "f")


class Flags(dict):
    """A situation of flags alone."""

    def value(self, name):
        return self[name]


def a_condition(chance, deep=3):
    kind = chance.randint(0, 3) if deep else 0
    if kind == 0:
        return chance.choice(NAMES)
    if kind == 1:
        return f"not ({a_condition(chance, deep - 1)})"
    joint = " and " if kind == 2 else " or "
    return f"({joint.join(a_condition(chance, deep - 1) for _ in range(chance.randint(2, 3)))})"


@pytest.mark.parametrize("seed", range(60))
def test_what_a_condition_rests_on_settles_it_whatever_else_were_so(seed):
    condition = Condition(a_condition(Random(seed)))
    for values in itertools.product((False, True), repeat=len(NAMES)):
        situation = Flags(zip(NAMES, values, strict=True))
        held = {each.part.source: each.holds for each in grounds(condition, situation)}
        assert all(situation[name] is holds for name, holds in held.items())
        for others in itertools.product((False, True), repeat=len(NAMES)):
            other = Flags(zip(NAMES, others, strict=True)) | held
            assert condition.holds(Flags(other)) is condition.holds(situation)


def found(name, seed):
    telling = Telling(played(name, seed).record(), names=False)
    return telling, causes(telling)


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_every_line_of_causes_goes_back_and_ends_at_an_act_or_the_author(name, seed):
    telling, every = found(name, seed)
    for number, cause in every.by_number.items():
        assert all(parent < number for parent in cause.parents)
        assert all(parent in every.by_number for parent in cause.parents)
        assert cause.parents or cause.root
        kinds = {
            "decision": e.Settled,
            "share": e.FactShared | e.OfferMade,
            "facilitator": e.Jumped | e.Ended,
        }
        if cause.root in kinds:
            assert isinstance(cause.step.event, kinds[cause.root])
    for step in telling.of(e.Changed, e.ConsentGiven):
        assert every[step.number].parents


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_what_changed_is_what_its_author_lets_its_cause_change(name, seed):
    telling, every = found(name, seed)
    scenario = written(name)
    decisions = {
        n: d for s in scenario["scenes"].values() for n, d in s.get("decisions", {}).items()
    }
    injects = {n: i for s in scenario["scenes"].values() for n, i in s.get("injects", {}).items()}
    for step in telling.of(e.Changed):
        (parent,) = every[step.number].parents
        match every[parent].step.event:
            case e.Settled() as event:
                authored = decisions[event.decision]["options"][event.option]
            case e.FactShared() as event:
                authored = scenario["facts"][event.fact]["share"][event.offer]
            case e.InjectDelivered() as event:
                authored = injects[event.inject]
        assert step.event.name in {**authored.get("set", {}), **authored.get("add", {})}


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_grounds_of_a_consequence_stood_as_it_says_when_it_came(name, seed):
    telling, every = found(name, seed)
    scenes = written(name)["scenes"]
    conditional = {
        inject
        for scene in scenes.values()
        for inject, each in scene.get("injects", {}).items()
        if each.get("when") or each.get("alone")
    }
    for cause in every.by_number.values():
        event = cause.step.event
        situation = telling.situation(cause.step.before)
        if isinstance(event, e.InjectDelivered):
            assert (event.inject in conditional) is any(r.ground for r in cause.reasons)
            for reason in cause.reasons:
                assert reason.ground.part.holds(situation) is reason.ground.holds
        if isinstance(event, e.DecisionOpened):
            options = telling.decision(event.decision).options
            hanging = {name for name, option in options.items() if option.when is not None}
            assert {reason.about for reason in cause.reasons} - {""} == hanging
            assert set(options) - set(dict(event.options)) <= hanging


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_an_answer_said_to_have_left_something_so_had_another_beside_it(name, seed):
    telling, every = found(name, seed)
    for cause in every.by_number.values():
        for reason in (each for each in cause.reasons if each.left):
            for parent in reason.parents:
                event = every[parent].step.event
                if isinstance(event, e.Settled):
                    open_ = {mark.option for mark in event.marks} - {event.option}
                    options = telling.decision(event.decision).options
                    effects = str(
                        [options[o].model_dump(exclude={"text", "outcome"}) for o in open_]
                    )
                    assert any(read[-1] in effects for read in reason.ground.reads)
                else:
                    offer = (event.fact, event.holder, event.to, event.offer)
                    assert cause.step.before.offers[offer] != "taken"


@pytest.mark.parametrize(("name", "seed"), PLAYS)
def test_every_answer_a_sentence_names_was_given_and_every_state_is_the_authors(name, seed):
    telling, every = found(name, seed)
    given = {
        f"“{telling.decision_title(step.event.decision)}” was “"
        + telling.option_text(step.event.decision, step.event.option).rstrip(".")
        for step in telling.of(e.Settled)
    }
    means = {
        line(telling.fill(each.means or name)) for name, each in telling.scenario.state.items()
    }
    for each in Explainer(telling, every, "en").story():
        assert all(item.endswith(".") for item in each.because)
        told = " ".join(each.because)
        for after in told.split("answer at ")[1:]:
            assert any(after.startswith(answer) for answer in given), after
        for after in re.split("[Bb]y then “", told)[1:]:
            assert any(after.startswith(f"{meant.rstrip('.')}”") for meant in means), after


def test_a_chain_reads_from_the_consequence_to_the_decision():
    table = Table(SMALL, ("investigator",)).do("investigator", c.Commit("notice", "early"))
    table.do("investigator", c.Commit("taping", "tape")).do("investigator", c.Settle("taping"))
    table.do("investigator", c.Advance()).do("investigator", c.End())
    told = str(page(table, "causes"))
    assert "“Thanks” came" in told
    assert (
        "By then “Beds are ready” was so, since the answer at “The notice” was “Call now”." in told
    )


def test_it_says_so_where_nothing_hung_on_anything():
    table = Table(SMALL, ("investigator",)).do("investigator", c.End())
    assert "Nothing here hung on" in str(page(table, "causes"))


def test_one_thing_is_explained_by_its_id_or_title_and_nothing_is_said_kindly():
    table = Table(SMALL, ("investigator",)).do("investigator", c.Commit("notice", "early"))
    read = of_record(table.do("investigator", c.End()).record())
    for what in ("ready", "notice", "The notice"):
        (leaf,) = explanation(read, what).pages
        assert "The notice" in str(leaf) or "Beds are ready" in str(leaf)
    with pytest.raises(NothingThere, match="did you mean notice"):
        explanation(read, "notise")
    with pytest.raises(NothingThere, match="Ask for one of these"):
        explanation(read, "zzzz")

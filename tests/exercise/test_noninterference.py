"""No view depends on what its reader may not know: every situation, with all of that changed.

`elsewhere` builds from a situation another that is the same to one reader: whatever is told, known,
answered, offered, kept or noted elsewhere is another. The reader's view of both must be equal.
Two engines make them, so that neither remembers what it showed of the other.
"""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
import shipped

from tabletop.authoring.explore import Exploration
from tabletop.exercise import conduct_views, views
from tabletop.exercise.conduct_views import conduct_view, public_view
from tabletop.exercise.engine import Engine
from tabletop.exercise.seats import CONDUCTING, Seat
from tabletop.exercise.state import (
    CONDUCT,
    PUBLIC,
    Answer,
    DecisionState,
    Known,
    Moment,
    Observation,
    State,
)
from tabletop.exercise.views import view

SECRET = "a secret"
WORDS = {SECRET: "These words are not for everyone."}
SCREEN = ""
"""Stands for the screen's reader, who is in no role."""


def elsewhere(engine: Engine, state: State, role: str) -> State:
    """A situation that differs in everything a role, or the screen, may not know."""
    return state.but(
        values={name: not x if isinstance(x, bool) else x + 7 for name, x in state.values.items()},
        known={
            each: known if each == role else _known(engine, known)
            for each, known in state.known.items()
        },
        consents=_consents(engine, state, role),
        delivered=tuple(reversed(state.delivered[1:])),
        visited=(*reversed(state.visited), state.scene),
        decisions={
            name: _decision(engine, state, name, decision, role)
            for name, decision in state.decisions.items()
        },
        offers={
            offer: status if offer[1] == role else "closed" if status == "open" else "open"
            for offer, status in state.offers.items()
        },
        feeds={
            each: passages if each == (role or PUBLIC) else passages[: len(passages) // 2]
            for each, passages in state.feeds.items()
        },
        acknowledged=dict.fromkeys(state.seats, 1),
        skipped={seat.id: (1,) for seat in state.seats.values() if seat.role != role or not role},
        seats={name: _seat(seat, role) for name, seat in state.seats.items()},
        by_role={
            each: tuple(_seat(seat, role) for seat in seats)
            for each, seats in state.by_role.items()
        },
        carer=SECRET if state.care else "",
        held=tuple(engine.plan.scene_of_inject),
        omitted=tuple(engine.plan.scene_of_inject)[:1],
        scheduled=dict.fromkeys(engine.plan.scene_of_inject, 60_000),
        spent=dict.fromkeys(engine.scenario.scenes, 1),
        moments=(*state.moments, Moment("scene", state.scene, 1)),
        observations=(Observation(1, state.scene, "facilitator", "issue", SECRET, 0, "", "", ""),),
        entered_at=state.entered_at + 1,
    )


def _known(engine: Engine, known: object) -> dict[str, Known]:
    """Every fact that is not known, and none that is."""
    return {
        fact: Known("revealed", "")
        for fact in engine.scenario.facts
        if isinstance(known, dict) and fact not in known
    }


def _consents(engine: Engine, state: State, role: str) -> dict[str, str]:
    mine = {fact for fact, x in state.known.get(role, {}).items() if x.how != "shared"}
    return {
        name: state.consents.get(name, "")
        if mine & set(consent.covers)
        else "ended"
        if state.consents.get(name) == "granted"
        else "granted"
        for name, consent in engine.scenario.consents.items()
        if not mine & set(consent.covers) or name in state.consents
    }


def _decision(
    engine: Engine, state: State, name: str, decision: DecisionState, role: str
) -> DecisionState:
    """The decision as it may be for all one of its readers can tell."""
    shown = decision.shown()
    here = engine.plan.scene_of_decision[name] == state.scene
    public = not role and here and not decision.done
    if (role in decision.by or public) and here and decision.revealed:
        return decision
    mine = {seat.id for seat in state.in_role(role)}
    answers = {
        seat: answer
        if seat in mine and here
        else Answer(shown[0] if answer.option != shown[0] else shown[-1], SECRET, "x", 4)
        for seat, answer in decision.answers.items()
    }
    if role in decision.by and here:
        return decision.but(answers=answers)
    if public:
        return decision.but(answers=answers, consult=(), advised=("x",), how="rule")
    return decision.but(
        answers=answers,
        advised=("x",),
        settled=decision.settled and shown[0],
        how="rule" if decision.how else "",
        revealed=not decision.revealed,
    )


def _seat(seat: Seat, role: str) -> Seat:
    """A seat as it may be for all others can tell."""
    hidden = seat.kind in CONDUCTING
    own = seat.role == role
    return replace(
        seat,
        skips=seat.skips if own else ("x",),
        agency=SECRET,
        name=SECRET if hidden else seat.name,
    )


def situations(exploration: Exploration, every: int) -> Iterator[State]:
    """Every so many situations, each also with joint decisions half answered."""
    found = (each.state for each in exploration.situations.values())
    for state in itertools.islice(found, 0, None, every):
        yield state
        for name, decision in state.decisions.items():
            if decision.options and len(decision.by) > 1 and not decision.done:
                first = state.in_role(decision.by[0])[0]
                answers = {first.id: Answer(decision.shown()[0], SECRET, "", 1)}
                half = decision.but(answers=answers, revealed=False)
                yield state.but(decisions={**state.decisions, name: half})


def leaks(slug: str, exploration: Exploration, every: int) -> Iterator[tuple[str, str]]:
    """Where a view differs, and whose."""
    one = shipped.engine(slug)
    two = Engine(one.scenario, one.guidance)
    one.shown.clear()
    for state in situations(exploration, every):
        for seat in state.seats.values():
            if seat.kind not in CONDUCTING:
                other = elsewhere(one, state, seat.role)
                if view(one, state, seat.id, WORDS) != view(two, other, seat.id, WORDS):
                    yield state.scene, seat.role
        other = elsewhere(one, state, SCREEN)
        if public_view(one, state, WORDS) != public_view(two, other, WORDS):
            yield state.scene, "the screen"
        yield from _conducting(one, two, state)


def _conducting(one: Engine, two: Engine, state: State) -> Iterator[tuple[str, str]]:
    """Answers before their reveal, what seats skip and who wished not to be named."""
    for seat in state.seats.values():
        if seat.kind not in CONDUCTING:
            continue
        other = state.but(
            skipped=dict.fromkeys(state.seats, (1,)),
            decisions={
                name: decision
                if decision.revealed or decision.settled
                else _decision(one, state, name, decision, CONDUCT)
                if not decision.done
                else decision
                for name, decision in state.decisions.items()
            },
        )
        other = other.but(
            decisions={
                name: decision.but(
                    revealed=state.decisions[name].revealed,
                    settled=state.decisions[name].settled,
                    how=state.decisions[name].how,
                )
                for name, decision in other.decisions.items()
            }
        )
        if conduct_view(one, state, seat.id, WORDS) != conduct_view(two, other, seat.id, WORDS):
            yield state.scene, seat.kind


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.soak), 29])
def test_no_view_depends_on_what_its_reader_may_not_know(
    slug: str, exploration: Exploration, every: int
) -> None:
    assert not list(itertools.islice(leaks(slug, exploration, every), 3))


@pytest.mark.soak
def test_no_view_does_where_someone_facilitates(slug: str, engine: Engine) -> None:
    found = shipped.explored(slug, tuple(engine.scenario.roles), facilitated=True)
    assert not list(itertools.islice(leaks(slug, found, 1), 3))


def test_a_view_that_does_is_found(
    slug: str, engine: Engine, exploration: Exploration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves the tests above, leak by leak."""
    decided, people, public = views._decided, views._people, conduct_views._public_decisions

    def how_sure_others_are(engine, who, name, decision, answers):
        made = decided(engine, who, name, decision, answers)
        return replace(made, expected=sum(x.confidence for x in decision.answers.values()))

    def as_they_know(engine, state, role, words):
        made = people(engine, state, role, words)
        return tuple(sorted(made, key=lambda each: len(state.known.get(each.role, {}))))

    def what_was_flagged(engine, state):
        yield from public(engine, state)
        yield tuple(state.values.values())

    told = {"_decided", "_people", "_public_decisions"}
    if not any(
        len(decision.by) > 1
        for decision in map(engine.plan.decision, engine.plan.scene_of_decision)
    ):
        told.discard("_decided")
    for module, name, leaky in (
        (views, "_decided", how_sure_others_are),
        (views, "_people", as_they_know),
        (conduct_views, "_public_decisions", what_was_flagged),
    ):
        with monkeypatch.context() as plant:
            plant.setattr(module, name, leaky)
            assert any(leaks(slug, exploration, 7)) is (name in told), name

"""Laws that hold in every situation any shipped scenario can get into."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
import shipped
from oracle import oracle

from tabletop.authoring.explore import Exploration, moves, play, quiet, seats, step
from tabletop.authoring.liveness import Liveness
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c
from tabletop.exercise import views
from tabletop.exercise.codec import decode, encode
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply, evolve
from tabletop.exercise.readers import Reader
from tabletop.exercise.refusals import SENTENCES, Refused
from tabletop.exercise.scoring import score
from tabletop.exercise.state import State
from tabletop.exercise.views import view

LARGEST = 10_000


def states(exploration: Exploration) -> Iterator[State]:
    return (found.state for found in exploration.situations.values())


def every_command(engine: Engine, state: State, role: str) -> Iterator[c.Command]:
    """All well-formed commands, wise or not, with a word where words go.

    Decisions of other scenes are tried with one option each: they are refused before the option is
    looked at. Of passages, those with a gentler wording are tried, their neighbors and the edges.
    """
    yield from _anywhere(engine)
    for decision, scene in engine.plan.scene_of_decision.items():
        options = tuple(engine.plan.decision(decision).options)
        for option in options if scene == state.scene else options[:1]:
            yield c.Commit(decision, option)
            yield c.Settle(decision, option)
        yield c.Settle(decision)
        yield c.Say("", "w", decision)
        yield c.Say("", "", decision)
    feed = state.feeds.get(role, ())
    faded = [number for number, p in enumerate(feed, 1) if p.path and engine.fade(p.path)]
    for number in {0, 1, len(feed), len(feed) + 1, *faded, *(number + 1 for number in faded)}:
        yield c.Skip(number)


@cache
def _anywhere(engine: Engine) -> tuple[c.Command, ...]:
    scenario = engine.scenario
    return (
        *itertools.starmap(c.Share, itertools.product(scenario.facts, scenario.roles)),
        *(c.Say(to, "w") for to in ("all", "facilitator", *scenario.roles)),
        *(c.Release(inject) for inject in engine.plan.scene_of_inject),
        *(c.Advance(), c.Pause(), c.Resume(), c.StepOut(), c.StepIn(), c.End()),
        *(c.Reflect(prompt, "w") for prompt in c.PROMPTS),
        *(
            a.Rate(f"{name}.{task}", rating, reason="w")
            for name, objective in scenario.objectives.items()
            for task in objective.tasks
            for rating in a.RATINGS
        ),
        *(a.Improve("w"), a.Improve("w", item=1), a.UpdateAction(1, "done")),
        *(a.GiveFeedback(suggestions="w"), a.Sign("w", "w", "w", a.digest(State()))),
    )


def worded(command: c.Command) -> c.Command:
    """A legal command with a word where a person's words go."""
    if isinstance(command, c.Say) and not command.words:
        return c.Say(command.to, "w", command.about)
    if isinstance(command, c.Reflect):
        return c.Reflect(command.prompt, "w")
    if isinstance(command, a.Improve):
        return replace(command, issue="w")
    if isinstance(command, a.Sign):
        return a.Sign("w", "w", "w", command.digest)
    return command


def test_a_shipped_scenario_stays_small_and_every_ending_is_reached(
    engine: Engine, exploration: Exploration
) -> None:
    endings = {name for name, scene in engine.scenario.scenes.items() if scene.ending}
    assert not exploration.bounded
    assert not exploration.stuck
    assert len(exploration.situations) < LARGEST
    assert set(exploration.endings()) == endings


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.soak), 16])
def test_what_is_legal_is_exactly_what_is_accepted(
    engine: Engine, exploration: Exploration, monkeypatch: pytest.MonkeyPatch, every: int
) -> None:
    """In every situation when soaking; in every sixteenth each time."""
    asked: dict[c.Command, bool] = {}
    honest = engine.accepts

    def once(state: State, seat: str, command: c.Command) -> bool:
        """Asks the engine once for each command, whoever wants to know."""
        if command not in asked:
            asked[command] = honest(state, seat, command)
        return asked[command]

    monkeypatch.setattr(engine, "accepts", once)
    for state in itertools.islice(states(exploration), 0, None, every):
        for seat, each in state.seats.items():
            asked.clear()
            legal = {worded(command) for command in engine.legal(state, seat)}
            accepted = {x for x in every_command(engine, state, each.role) if once(state, seat, x)}
            legal = {command for command in legal if not isinstance(command, c.Acknowledge)}
            assert legal == accepted, (state.scene, seat)


def test_what_is_accepted_can_be_decided_and_what_is_refused_says_why(
    engine: Engine, exploration: Exploration
) -> None:
    for state in itertools.islice(states(exploration), 0, None, 31):
        for seat, each in state.seats.items():
            for command in every_command(engine, state, each.role):
                slug = ""
                try:
                    made = engine.decide(state, seat, command)
                except Refused as refused:
                    slug = refused.slug
                assert engine.accepts(state, seat, command) is (not slug)
                assert slug in SENTENCES if slug else made


def test_deciding_changes_nothing_and_folding_events_gives_the_live_state(
    engine: Engine, exploration: Exploration
) -> None:
    liveness = Liveness(engine)
    for state in itertools.islice(states(exploration), 0, None, 19):
        if state.status == "ended":
            continue
        before = repr(state)
        for move in moves(engine, state, liveness):
            seat, command = move[0]
            made = engine.decide(state, seat, command)
            assert repr(state) == before
            told = [decode(json.loads(json.dumps(encode(event)))) for event in made]
            assert tuple(told) == made
            one_by_one = state
            for event in told:
                one_by_one = evolve(one_by_one, event)
            assert one_by_one == apply(state, state.at, made)


def test_no_view_holds_what_its_role_may_not_know(engine: Engine, exploration: Exploration) -> None:
    for state in states(exploration):
        for seat in state.seats.values():
            allowed = oracle(engine, state, seat.role)
            assert set(state.known.get(seat.role, {})) == allowed.known
            leaks = list(allowed.leaks(view(engine, state, seat.id, {})))
            assert not leaks, (state.scene, seat.role, leaks)


def test_the_oracle_sees_a_planted_leak(
    engine: Engine, exploration: Exploration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves the test above: each role is shown the facts of whoever comes after it."""
    honest = views._facts
    roles = tuple(engine.scenario.roles)

    def leaky(engine: Engine, state: State, who: Reader) -> object:
        other = roles[(roles.index(who.role) + 1) % len(roles)]
        return honest(engine, state, who._replace(role=other))

    monkeypatch.setattr(views, "_facts", leaky)
    # What was shown before must not hide the leak, nor the leak be shown afterwards.
    monkeypatch.setattr(engine, "shown", {})
    assert any(
        next(oracle(engine, state, seat.role).leaks(view(engine, state, seat.id, {})), None)
        for state in itertools.islice(states(exploration), 20)
        for seat in state.seats.values()
    )


def test_an_offer_without_consequences_concerns_two_roles_and_no_one_else(
    engine: Engine, exploration: Exploration
) -> None:
    """The offers exploration leaves out, each tried once: one fact, one recipient at a time."""
    liveness = Liveness(engine)
    tried: set[tuple[str, str, str, int]] = set()
    for state in states(exploration):
        for offer, status in state.offers.items():
            fact, holder, to, _ = offer
            if status != "open" or offer in tried or liveness.consequential(state.scene, offer):
                continue
            command = c.Share(fact, to)
            if not engine.accepts(state, holder, command):
                continue
            tried.add(offer)
            after = step(engine, state, holder, command)
            for seat in state.seats.values():
                seen = view(engine, after, seat.id, {})
                assert not list(oracle(engine, after, seat.role).leaks(seen))
                if seat.role not in (holder, to):
                    assert seen == view(engine, state, seat.id, {})
    assert tried or all(not fact.share for fact in engine.scenario.facts.values())


def test_an_answer_not_yet_shown_is_seen_by_nobody_else(
    engine: Engine, exploration: Exploration
) -> None:
    """Half-made answers, decision by decision: with one of several given, only its giver's view
    changes by more than the number of answers."""
    tried: set[str] = set()
    for state in states(exploration):
        for name, decision in state.decisions.items():
            if name in tried or decision.done or len(decision.by) < 2:
                continue
            if engine.plan.scene_of_decision[name] != state.scene:
                continue
            tried.add(name)
            giver, other = decision.by[0], decision.by[1]
            seen = set()
            for option in decision.shown():
                after = step(engine, state, giver, c.Commit(name, option, "secret"))
                theirs = view(engine, after, other, {"secret": "a secret reason"})
                assert "secret" not in repr(theirs)
                seen.add(repr(theirs))
                for seat in state.seats.values():
                    if seat.role not in decision.by:
                        assert view(engine, after, seat.id, {}) == view(engine, state, seat.id, {})
            assert len(seen) == 1
    joint = [
        name for name in engine.plan.scene_of_decision if len(engine.plan.decision(name).by) > 1
    ]
    assert tried == set(joint)


def test_what_a_view_says_may_be_done_is_what_is_accepted(
    engine: Engine, exploration: Exploration
) -> None:
    plain = {
        "advance": c.Advance(),
        "pause": c.Pause(),
        "resume": c.Resume(),
        "step_out": c.StepOut(),
        "step_in": c.StepIn(),
        "end": c.End(),
        "say": c.Say("all", "w"),
        "reflect": c.Reflect("plus", "w"),
        "improve": a.Improve("w"),
        "give_feedback": a.GiveFeedback(suggestions="w"),
    }
    for state in itertools.islice(states(exploration), 0, None, 13):
        for seat in state.seats.values():
            seen = view(engine, state, seat.id, {})
            accepted = {
                name for name, command in plain.items() if engine.accepts(state, seat.id, command)
            }
            assert set(seen.may) == accepted
            offers = {(offer.fact, offer.to) for offer in seen.offers}
            legal = engine.legal(state, seat.id)
            assert offers == {(x.fact, x.to) for x in legal if isinstance(x, c.Share)}


def test_forgone_is_never_negative_and_every_sum_lies_between_worst_and_best(
    engine: Engine, exploration: Exploration
) -> None:
    for key, found in exploration.situations.items():
        if found.state.status != "ended":
            continue
        state, events = State(), []
        for move in exploration.route(key):
            for seat, command in move:
                made = engine.decide(state, seat, command)
                events += made
                state = apply(state, state.at, made)
            for name, decision in list(state.decisions.items()):
                if decision.revealed and not decision.done:
                    for command in (c.Settle(name), c.Settle(name, move[0][1].option)):
                        if engine.accepts(state, move[0][0], command):
                            made = engine.decide(state, move[0][0], command)
                            events += made
                            state = apply(state, state.at, made)
                            break
        for standings in score(events).bands.values():
            for standing in standings:
                assert standing.worst <= standing.gained <= standing.best
                assert standing.forgone >= 0


@pytest.mark.parametrize("alone", [True, False])
def test_played_by_one_person_every_role_reaches_an_end(
    slug: str, engine: Engine, alone: bool
) -> None:
    for role in engine.scenario.roles:
        found = shipped.explored(slug, (role,), facilitated=not alone)
        assert not found.bounded
        assert not found.stuck
        assert found.endings()
        for state in itertools.islice(states(found), 0, None, 3):
            for seat in state.seats.values():
                if seat.kind == "facilitator":
                    continue
                seen = view(engine, state, seat.id, {})
                leaks = list(oracle(engine, state, seat.role).leaks(seen))
                assert not leaks, (state.scene, seat.role, leaks)


def test_independent_settlings_commute(engine: Engine, exploration: Exploration) -> None:
    liveness = Liveness(engine)
    tried = 0
    for state in itertools.islice(states(exploration), 0, None, 11):
        if state.status == "ended":
            continue
        settling = [m for m in moves(engine, state, liveness) if isinstance(m[0][1], c.Commit)]
        for one, two in itertools.combinations(settling, 2):
            if one[0][1].decision == two[0][1].decision:
                continue
            tried += 1
            there = play(engine, play(engine, state, one), two)
            back = play(engine, play(engine, state, two), one)
            assert liveness.key(there) == liveness.key(back)
    several = any(
        not engine.plan.blockers[name]
        for scene in engine.scenario.scenes.values()
        for name in list(scene.decisions)[1:]
    )
    assert tried or not several


def test_stand_ins_come_to_rest(engine: Engine) -> None:
    table = seats(engine, ())
    person = seats(engine, (next(iter(engine.scenario.roles)),))
    state = step(engine, State(), person[0].id, c.Start(person))
    rested = quiet(engine, state)
    assert quiet(engine, rested) == rested
    assert table != person

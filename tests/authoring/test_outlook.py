"""Outlook: what is said to be still reachable is what the plain exploration reaches from there."""

from functools import cache

import pytest
import shipped

from tabletop.authoring.explore import FACILITATOR, Exploration, explore, moves, play, seats
from tabletop.authoring.liveness import Liveness
from tabletop.authoring.outlook import Outlooks, steps
from tabletop.authoring.walking import played_out
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.events import Event, Settled
from tabletop.exercise.state import State

SLUG = "first_hour"


@cache
def outlooks() -> Outlooks:
    return Outlooks(shipped.engine(SLUG))


def begun(engine: Engine) -> tuple[State, list[Event]]:
    table = seats(engine, engine.scenario.roles, facilitated=True)
    return played_out(engine, State(), ((FACILITATOR, c.Start(table, facilitated=True)),))


def onward(engine: Engine, state: State) -> tuple[set[str], int, int]:
    """The endings reached from a state, and the fewest and most decisions, by walking it all."""
    liveness = Liveness(engine)
    known: dict[object, tuple[set[str], int, int]] = {}

    def behind(at: State) -> tuple[set[str], int, int]:
        if at.status == "ended":
            return {at.ending}, 0, 0
        key = liveness.key(at)
        if key not in known:
            endings: set[str] = set()
            fewest, most = 10**6, 0
            for move in moves(engine, at, liveness):
                asked = isinstance(move[0][1], c.Commit)
                there, low, high = behind(play(engine, at, move))
                endings |= there
                fewest, most = min(fewest, low + asked), max(most, high + asked)
            known[key] = endings, fewest, most
        return known[key]

    return behind(state)


@pytest.mark.parametrize("which", [0, -1])
def test_along_a_whole_play_it_is_what_walking_everything_finds(which: int) -> None:
    """Near the end, where walking everything takes a moment."""
    engine = shipped.engine(SLUG)
    state, events = begun(engine)
    liveness = Liveness(engine)
    while state.status == "running":
        taken = steps(engine, events)
        assert taken is not None
        found = outlooks().at(taken)
        assert found is not None
        if state.scene == "before_three":
            endings, fewest, most = onward(engine, state)
            assert (set(found.endings), found.fewest, found.most) == (endings, fewest, most)
        open_now = [m for m in moves(engine, state, liveness) if not isinstance(m[0][1], c.Release)]
        state, made = played_out(engine, state, open_now[which])
        events += made
    assert any(isinstance(event, Settled) for event in events)


def test_at_the_beginning_everything_lies_ahead() -> None:
    engine = shipped.engine(SLUG)
    _, events = begun(engine)
    found = outlooks().at(steps(engine, events) or ())
    assert found is not None
    assert len(found.endings) == found.every == 3
    assert (found.fewest, found.most) == (8, 9)
    assert found.gone == ()


def test_a_jump_leaves_what_was_proved() -> None:
    engine = shipped.engine(SLUG)
    state, events = begun(engine)
    events = [*events, *engine.decide(state, FACILITATOR, c.Jump("helper"))]
    assert steps(engine, events) is None
    assert outlooks().at((("advance",), ("advance",))) is None


def test_a_scenario_too_large_for_waiting_people_has_none() -> None:
    assert Outlooks(shipped.engine(SLUG), limit=5).at(()) is None


def test_the_plain_exploration_reaches_the_same_endings() -> None:
    engine = shipped.engine(SLUG)
    plain: Exploration = explore(engine, engine.scenario.roles, facilitated=True)
    found = outlooks().at(())
    assert found is not None
    assert set(found.endings) == set(plain.endings())

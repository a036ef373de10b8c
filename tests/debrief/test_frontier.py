"""The frontier is what playing every whole play finds, and the play that beats a run replays."""

from functools import cache
from random import Random

import pytest
import shipped
from debrief_table import Table
from enumerator import Enumerator, TooMany, unbeaten
from test_ahead import FEW, ahead, drawn

from tabletop.authoring.explore import FACILITATOR, seats
from tabletop.authoring.walking import played_out
from tabletop.debrief.analysis.frontier import Frontier, Total, frontier
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.engine import Engine
from tabletop.exercise.scoring import EXERCISE, score
from tabletop.exercise.state import State


def of(table: Table) -> Frontier:
    looking = ahead(table)
    return frontier(looking.telling, looking)


def parts(total: Total) -> tuple[float, ...]:
    return tuple(map(float, (total.vc, total.ci, total.forgone_vc, total.forgone_ci)))


def replayed(engine: Engine, found: Frontier) -> None:
    """The play that beats the run comes to what is said, by the engine alone."""
    assert found.better is not None
    assert found.run is not None
    state, events = State(), []
    for move in found.better.moves:
        state, made = played_out(engine, state, move)
        events += made
    assert state.ending == found.better.ending
    counted = [each for each in score(events).choices if each.subject == EXERCISE]
    axes = [[each.vc for each in counted], [each.ci for each in counted]]
    came = [sum(each.gained for each in axis) for axis in axes]
    came += [sum(each.forgone for each in axis) for axis in axes]
    assert tuple(came) == parts(found.better.total)
    assert found.better.total.beats(found.run)


@pytest.mark.parametrize("seed", FEW)
def test_of_a_random_play_it_is_what_every_whole_play_finds(seed: int) -> None:
    table = drawn(seed)
    found = of(table)
    if not table.state.ending:
        assert found.why == "unended"
        return
    try:
        points = unbeaten(Enumerator(table.engine, table.people).outcomes())
    except TooMany:
        return
    assert found.run is not None
    assert {parts(each) for each in found.points} == points
    assert found.on_it == (parts(found.run) in points)
    if not found.on_it:
        replayed(table.engine, found)


class Facilitated(Enumerator):
    """Every outcome where somebody facilitates, who may release what is held."""

    def outcomes(self):
        table = seats(self.engine, self.people, facilitated=True)
        state, events = self.do(State(), FACILITATOR, c.Start(table, True))
        return self.added(events, 0, self.behind(state))

    def steps(self, state):
        yield from super().steps(state)
        for inject in self.engine.scenario.scenes[state.scene].injects:
            if self.engine.accepts(state, FACILITATOR, c.Release(inject)):
                yield (*self.do(state, FACILITATOR, c.Release(inject)), 0)
        if self.engine.accepts(state, FACILITATOR, c.Advance()):
            yield (*self.do(state, FACILITATOR, c.Advance()), 0)

    def answered(self, state, name, option, people, reason):
        """A tie is the facilitator's to settle."""
        events = []
        for role in people:
            state, made = self.do(state, role, c.Commit(name, option, "", reason))
            events += made
        for command in (c.Settle(name), c.Settle(name, option)):
            if not state.decisions[name].done and self.engine.accepts(state, FACILITATOR, command):
                state, made = self.do(state, FACILITATOR, command)
                events += made
        return state, events


@cache
def counted(seed: int) -> str:
    """The frontier of a facilitated play against every whole play; why not, where it was not."""
    table = drawn(seed, steered=True)
    found = of(table)
    if found.why:
        return found.why
    begun = next(x for entry in table.entries for x in entry.events if isinstance(x, e.Started))
    people = tuple(seat.role for seat in begun.seats if seat.kind == "player")
    try:
        points = unbeaten(Facilitated(table.engine, people).outcomes())
    except TooMany:
        return "many"
    assert {parts(each) for each in found.points} == points
    assert found.run is not None
    beaten = any(each.beats(found.run) for each in found.points)
    assert found.on_it is not beaten
    if beaten:
        replayed(table.engine, found)
    return ""


@pytest.mark.parametrize("seed", range(0, 100, 7))
def test_of_a_facilitated_play_it_is_what_every_whole_play_finds(seed: int) -> None:
    counted(seed)


def test_some_facilitated_plays_have_a_frontier() -> None:
    """Keeps the test above honest."""
    assert sum(not counted(seed) for seed in range(0, 100, 7)) > 4


@pytest.mark.parametrize("slug", shipped.SLUGS)
@pytest.mark.parametrize("alone", [True, False])
def test_of_a_shipped_scenario_a_better_play_can_be_played(slug: str, alone: bool) -> None:
    text = (shipped.ROOT / slug / "scenario.yaml").read_text(encoding="utf-8")
    roles = tuple(shipped.engine(slug).scenario.roles)
    table = Table(text, roles[:1] if alone else roles).play(Random(3))
    found = of(table)
    assert found.points
    assert not any(one.beats(other) for one in found.points for other in found.points)
    replayed(table.engine, found)
    assert found.better is not None
    assert alone or any(each.same for each in found.better.chosen)
    # Played, that play is on the frontier itself.
    again = Table(text, table.people)
    for move in found.better.moves[1:]:
        for seat, command in move:
            again.do(seat, command)
        for name, decision in again.state.decisions.items():
            if decision.revealed and not decision.done:
                settle(again, name, move[0])
    assert of(again).on_it


def settle(table: Table, name: str, step) -> None:
    from tabletop.exercise import commands as c

    seat, answer = step
    plain = c.Settle(name)
    able = table.engine.accepts(table.state, seat, plain)
    table.do(seat, plain if able else c.Settle(name, answer.option))

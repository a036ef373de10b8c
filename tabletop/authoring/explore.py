"""Plain exploration: every situation a scenario can get into, through the engine's own rules.

A visited set over live situations, breadth first, so that the first way found to a situation is a
shortest one. Its steps are whole: a settling (everyone asked gives the same answer), a share, a
released inject, moving on. Half-made answers, messages and feeds are tested apart. Slow and
obvious on purpose: whatever explores faster is tested against this.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tabletop.authoring.liveness import Key, Liveness
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State

Step = tuple[str, c.Command]
"""A seat and what it does."""
Move = tuple[Step, ...]
"""The steps of one whole move; stand-ins follow by themselves."""

FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class Found:
    """One way into a situation: where from, and by which move."""

    before: Key | None
    move: Move
    state: State


@dataclass(slots=True)
class Exploration:
    """What was found."""

    situations: dict[Key, Found] = field(default_factory=dict)
    transitions: int = 0
    stuck: list[Key] = field(default_factory=list)
    bounded: bool = False

    def endings(self) -> tuple[str, ...]:
        """The endings reached."""
        ended = (found.state for found in self.situations.values() if found.state.status == "ended")
        return tuple(dict.fromkeys(state.ending for state in ended))

    def route(self, key: Key) -> tuple[Move, ...]:
        """A shortest way to a situation, its start first."""
        moves: list[Move] = []
        at: Key | None = key
        while at is not None:
            found = self.situations[at]
            moves.append(found.move)
            at = found.before
        return tuple(reversed(moves))


def seats(engine: Engine, people: Iterable[str], *, facilitated: bool = False) -> tuple[Seat, ...]:
    """One seat a role: people where named, stand-ins elsewhere; perhaps a facilitator."""
    played = frozenset(people)
    table = tuple(
        Seat(role, "player" if role in played else "stand_in", role)
        for role in engine.scenario.roles
    )
    return (*table, Seat(FACILITATOR, "facilitator")) if facilitated else table


def explore(
    engine: Engine,
    people: Iterable[str],
    *,
    facilitated: bool = False,
    limit: int = 100_000,
) -> Exploration:
    """Explores until nothing new is found, or says that the limit was hit."""
    liveness = Liveness(engine)
    table = seats(engine, people, facilitated=facilitated)
    first: Move = ((table[-1].id, c.Start(table, facilitated)),)
    state = play(engine, State(), first)
    start = liveness.key(state)
    exploration = Exploration({start: Found(None, first, state)})
    waiting = deque([start])
    while waiting:
        key = waiting.popleft()
        state = exploration.situations[key].state
        if state.status == "ended":
            continue
        alive = False
        for move in moves(engine, state, liveness):
            alive = True
            after = play(engine, state, move)
            exploration.transitions += 1
            reached = liveness.key(after)
            if reached not in exploration.situations:
                if len(exploration.situations) >= limit:
                    exploration.bounded = True
                    return exploration
                exploration.situations[reached] = Found(key, move, after)
                waiting.append(reached)
        if not alive:
            exploration.stuck.append(key)
    return exploration


def moves(engine: Engine, state: State, liveness: Liveness) -> Iterator[Move]:
    """Every whole move open in a situation that can change anything but its own mark."""
    for name, decision in state.decisions.items():
        if decision.done or engine.plan.scene_of_decision[name] != state.scene:
            continue
        people = [
            seat.id for role in decision.by for seat in state.in_role(role) if seat.kind == "player"
        ]
        for option in decision.shown():
            if people:
                yield tuple((seat, c.Commit(name, option)) for seat in people)
    for fact, holder, to in dict.fromkeys(
        offer[:3]
        for offer, status in state.offers.items()
        if status == "open" and liveness.consequential(state.scene, offer)
    ):
        for seat in state.in_role(holder):
            share = c.Share(fact, to)
            if seat.kind == "player" and engine.accepts(state, seat.id, share):
                yield ((seat.id, share),)
    mover = steering_seat(state)
    if state.facilitated:
        for inject in engine.scenario.scenes[state.scene].injects:
            if engine.accepts(state, mover, c.Release(inject)):
                yield ((mover, c.Release(inject)),)
    if engine.accepts(state, mover, c.Advance()):
        yield ((mover, c.Advance()),)


def steering_seat(state: State) -> str:
    """The seat that moves the exercise on."""
    kind = "facilitator" if state.facilitated else "player"
    there = (seat for seat in state.seats.values() if seat.id not in state.left)
    return next(seat.id for seat in there if seat.kind == kind)


def play(engine: Engine, state: State, move: Move) -> State:
    """The state after a move, what stand-ins do about it, and settling what was revealed."""
    for seat, command in move:
        state = step(engine, state, seat, command)
        state = quiet(engine, state)
    for name, decision in state.decisions.items():
        if decision.revealed and not decision.done:
            state = quiet(engine, _settle(engine, state, name, move))
    return state


def _settle(engine: Engine, state: State, name: str, move: Move) -> State:
    seat = move[0][0]
    command: c.Command = c.Settle(name)
    if not engine.accepts(state, seat, command):
        answer = move[0][1]
        assert isinstance(answer, c.Commit)
        command = c.Settle(name, answer.option)
    return step(engine, state, FACILITATOR if state.facilitated else seat, command)


def step(engine: Engine, state: State, seat: str, command: c.Command) -> State:
    """The state after one command."""
    return apply(state, state.at, engine.decide(state, seat, command))


def quiet(engine: Engine, state: State) -> State:
    """The state once no stand-in has anything left to do."""
    acted = True
    while acted:
        acted = False
        for seat in state.seats.values():
            command = engine.proposal(state, seat.id)
            if command is not None:
                state = step(engine, state, seat.id, command)
                acted = True
                break
    return state

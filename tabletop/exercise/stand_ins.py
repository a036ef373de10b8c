"""What a stand-in would do now, by its authored rules and nothing else.

A rule may read only what its role may know; that is checked on reading the scenario. Stand-ins
share first, then advise, then answer, then settle what only stand-ins decide; alone, while nobody
who plays is at the table yet, they also move on.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from tabletop.exercise import commands as c
from tabletop.exercise.seats import Seat
from tabletop.exercise.situation import Standing
from tabletop.exercise.state import DecisionState, State

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine


def proposal(engine: Engine, state: State, seat: str) -> c.Command | None:
    """The stand-in's next command, or nothing."""
    found = state.seats.get(seat)
    if found is None or found.kind != "stand_in" or state.status != "running" or state.paused:
        return None
    if found.role in state.joined:
        command = _share(engine, state, found) or _decide(engine, state, found)
        if command is not None:
            return command
    return _move_on(engine, state, found)


def _share(engine: Engine, state: State, seat: Seat) -> c.Command | None:
    for (fact, holder, to, number), status in state.offers.items():
        share = engine.scenario.facts[fact].share[number]
        if status != "open" or holder != seat.role or share.stand_in != state.scene:
            continue
        command = c.Share(fact, to)
        if engine.accepts(state, seat.id, command):
            return command
    return None


def _decide(engine: Engine, state: State, seat: Seat) -> c.Command | None:
    for name in engine.scenario.scenes[state.scene].decisions:
        decision = state.decisions.get(name)
        if decision is None or decision.done:
            continue
        if (
            seat.role in decision.consult
            and seat.role not in decision.advised
            and seat.role in engine.plan.decision(name).advice
        ):
            advice = c.Say("", "", name)
            if engine.accepts(state, seat.id, advice):
                return advice
        if seat.role not in decision.by:
            continue
        if seat.id not in decision.answers:
            answer = c.Commit(name, _choice(engine, state, seat.role, name, decision))
            if engine.accepts(state, seat.id, answer):
                return answer
        elif engine.accepts(state, seat.id, c.Settle(name)):
            return c.Settle(name)
    return None


def _choice(engine: Engine, state: State, role: str, name: str, decision: DecisionState) -> str:
    situation = Standing(state, engine.law)
    shown = decision.shown()
    for rule in engine.plan.decision(name).rules_for(role):
        if rule.choose in shown and (rule.when is None or rule.when.holds(situation)):
            return rule.choose
    return shown[zlib.crc32(f"{engine.seed}/{name}/{role}".encode()) % len(shown)]


def _move_on(engine: Engine, state: State, seat: Seat) -> c.Command | None:
    waiting = any(
        other.kind == "player" and other.role in state.joined for other in state.seats.values()
    )
    if state.facilitated or waiting:
        return None
    first = next(each.id for each in state.seats.values() if each.kind == "stand_in")
    return c.Advance() if seat.id == first and engine.accepts(state, seat.id, c.Advance()) else None

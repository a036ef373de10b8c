"""Permission: what a seat must be, and the exercise stand at, before anything else is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.exercise.refusals import Refused
from tabletop.exercise.run import Run
from tabletop.exercise.seats import CONDUCTING, Seat
from tabletop.exercise.state import DecisionState, State

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine


def going(engine: Engine, run: Run, seat: str, *, away: bool = False) -> Seat:
    """The seat, where the exercise is running and nothing stops it from acting."""
    state = run.state
    if state.status == "open":
        raise Refused("not_begun")
    found = state.seats.get(seat)
    if found is None:
        raise Refused("no_seat")
    if seat in state.left:
        raise Refused("left")
    if state.status == "ended":
        raise Refused("ended")
    if state.paused:
        raise Refused("paused")
    if seat in state.away and not away:
        raise Refused("away")
    return found


def playing(engine: Engine, run: Run, seat: str) -> Seat:
    """The seat, where its role is at the table."""
    found = going(engine, run, seat)
    if found.kind in CONDUCTING:
        raise Refused("not_asked")
    if found.role not in run.state.joined:
        raise Refused("not_joined")
    return found


def steering(engine: Engine, run: Run, seat: str) -> Seat:
    """The seat, where it may steer: the facilitator, or alone any player."""
    found = going(engine, run, seat)
    if run.state.facilitated:
        if found.kind != "facilitator":
            raise Refused("not_yours")
    elif found.kind != "player" and any(
        each.kind == "player" and each.role in run.state.joined for each in run.state.seats.values()
    ):
        raise Refused("not_a_person")
    return found


def conducting(engine: Engine, run: Run, seat: str, *, after: bool = False) -> Seat:
    """The seat, where it is a facilitator's and it is under way, paused or not, or `after` it."""
    state = run.state
    if state.status == "open":
        raise Refused("not_begun")
    found = state.seats.get(seat)
    if found is None or seat in state.left:
        raise Refused("no_seat")
    if state.status == "ended" and not after:
        raise Refused("ended")
    if found.kind != "facilitator":
        raise Refused("not_yours")
    return found


def finished(engine: Engine, run: Run, seat: str) -> None:
    """Lets pass where the seat may steer and nobody is asked any more in this scene."""
    steering(engine, run, seat)
    if not decided(engine, run.state):
        raise Refused("open_decisions")


def decided(engine: Engine, state: State) -> bool:
    """Whether nobody is asked anything any more in this scene."""
    for name in engine.scenario.scenes[state.scene].decisions:
        decision = state.decisions.get(name)
        if decision is None or not decision.done:
            return False
    return True


def open_decision(engine: Engine, run: Run, name: str) -> DecisionState:
    """A decision that is open in this scene."""
    decision = run.state.decisions.get(name)
    if (
        decision is None
        or decision.passed
        or engine.plan.scene_of_decision.get(name) != run.state.scene
    ):
        raise Refused("not_open")
    if decision.settled:
        raise Refused("settled")
    return decision

"""Conducting: beginning, moving on, releasing, the clock, pausing, leaving, ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.machine import BEFORE
from tabletop.exercise.permission import finished, going, steering
from tabletop.exercise.refusals import Refused
from tabletop.exercise.run import Run
from tabletop.exercise.seats import CONDUCTING

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine


def start(engine: Engine, run: Run, seat: str, command: c.Start) -> None:
    """Begins: everyone seated, what is held known, the first scene entered."""
    if run.state.status != "open":
        raise Refused("begun")
    ids = [each.id for each in command.seats]
    if len(set(ids)) != len(ids) or seat not in ids:
        raise Refused("bad_seats")
    for role in engine.scenario.roles:
        kinds = [each.kind for each in command.seats if each.role == role]
        if kinds != ["stand_in"] and not (kinds and set(kinds) == {"player"}):
            raise Refused("bad_seats")
    if any(
        (each.role in engine.scenario.roles) == (each.kind in CONDUCTING) for each in command.seats
    ):
        raise Refused("bad_seats")
    if command.facilitated and not any(each.kind == "facilitator" for each in command.seats):
        raise Refused("bad_seats")
    run.emit(
        e.Started(
            command.seats,
            command.facilitated,
            tuple((name, each.start) for name, each in engine.scenario.state.items()),
            tuple(name for name, each in engine.scenario.consents.items() if each.start),
        )
    )
    for fact, each in engine.scenario.facts.items():
        for role in each.held_by:
            run.learn(role, fact, "held")
    scene = engine.machine.follow("start", BEFORE, run.situation)
    assert scene is not None
    run.enter(scene)


def advance(engine: Engine, run: Run, seat: str, command: c.Advance) -> None:
    """Leaves the scene by the first branch that holds."""
    finished(engine, run, seat)
    here = run.state.scene
    scene = engine.scenario.scenes[here]
    for name, inject in scene.injects.items():
        waits = name in run.state.held or name in run.state.omitted
        if inject.at_minute is not None and name not in run.state.delivered and not waits:
            run.deliver(name)
    to = engine.machine.follow("advance", here, run.situation)
    if to is None:
        raise Refused("no_way_on")
    run.leave(to)
    run.enter(to)


def release(engine: Engine, run: Run, seat: str, command: c.Release) -> None:
    """Releases a held inject."""
    found = going(engine, run, seat)
    if found.kind != "facilitator":
        raise Refused("not_yours")
    inject = engine.scenario.scenes[run.state.scene].injects.get(command.inject)
    if inject is None or not (inject.held or command.inject in run.state.held):
        raise Refused("not_held")
    if command.inject in run.state.delivered:
        raise Refused("released")
    if command.inject in run.state.omitted:
        raise Refused("no_inject")
    if not run.may_release(inject):
        raise Refused("mid_scene")
    run.deliver(command.inject)


def pass_time(engine: Engine, run: Run, seat: str, command: c.PassTime) -> None:
    """Lets the clock reach a time."""
    going(engine, run, seat, away=True)
    if command.to < run.state.at:
        raise Refused("time_back")
    run.emit(e.TimePassed(command.to))


def pause(engine: Engine, run: Run, seat: str, command: c.Pause) -> None:
    """Stops for everyone."""
    steering(engine, run, seat)
    run.emit(e.Paused())


def resume(engine: Engine, run: Run, seat: str, command: c.Resume) -> None:
    """Goes on."""
    state = run.state
    if not state.paused:
        raise Refused("not_paused")
    found = state.seats.get(seat)
    if found is None:
        raise Refused("no_seat")
    if found.kind != ("facilitator" if state.facilitated else "player"):
        raise Refused("not_yours")
    run.emit(e.Resumed())


def step_out(engine: Engine, run: Run, seat: str, command: c.StepOut) -> None:
    """Lets a player leave the table."""
    state = run.state
    if not (state.paused and state.status == "running" and seat in state.seats):
        going(engine, run, seat, away=True)
    if state.seats[seat].kind != "player":
        raise Refused("not_a_person")
    if seat in state.away:
        raise Refused("away")
    run.emit(e.SteppedOut(seat))


def step_in(engine: Engine, run: Run, seat: str, command: c.StepIn) -> None:
    """Lets a player come back."""
    if not (run.state.paused and seat in run.state.seats):
        going(engine, run, seat, away=True)
    if seat not in run.state.away:
        raise Refused("not_away")
    run.emit(e.SteppedIn(seat))


def end(engine: Engine, run: Run, seat: str, command: c.End) -> None:
    """Ends before an ending."""
    steering(engine, run, seat)
    run.emit(e.Ended())

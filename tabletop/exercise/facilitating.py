"""Facilitating: seating people, steering past the scenario's own ways, and noting what is seen.

What a facilitator does to the story (holding an inject, jumping, going back) lies outside what was
proved of the scenario; the events say so, and nothing of it is marked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.permission import conducting, open_decision
from tabletop.exercise.refusals import Refused
from tabletop.exercise.run import Run
from tabletop.exercise.seats import CONDUCTING, Seat
from tabletop.exercise.state import CONDUCT, PUBLIC, State
from tabletop.scenario.texts import ALL

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine


# Who sits where.


def admit(engine: Engine, run: Run, seat: str, command: c.Admit) -> None:
    """Seats someone; in a role, beside whoever plays it, or in place of its stand-in.

    Whoever conducts may come after the end too: for the hot wash, and what is found in it.
    """
    new = command.seat
    conducting(engine, run, seat, after=new.kind in CONDUCTING)
    if new.kind == "stand_in" or (new.kind in CONDUCTING) != (not new.role):
        raise Refused("bad_seats")
    if new.id in engine.scenario.roles or not new.id:
        raise Refused("bad_seats")
    if new.id in run.state.seats and new.id not in run.state.left:
        raise Refused("seated")
    if new.role:
        _free(engine, run, new.role)
    run.emit(e.Seated(new))


def move(engine: Engine, run: Run, seat: str, command: c.Move) -> None:
    """Moves a player to another role; whoever has worn one attorney's hat never wears the other."""
    conducting(engine, run, seat)
    found = run.state.seats.get(command.seat)
    if found is None or found.kind != "player" or found.id in run.state.left:
        raise Refused("no_seat")
    if found.role == command.role:
        raise Refused("seated")
    _free(engine, run, command.role)
    roles = engine.scenario.roles
    worn = found.worn or roles[found.role].hat or ""
    new = roles[command.role].hat
    if worn and new and worn != new:
        raise Refused("hats")
    run.emit(e.Seated(replace(found, role=command.role, worn=worn)))
    _stand_in(run, found.role)


def dismiss(engine: Engine, run: Run, seat: str, command: c.Dismiss) -> None:
    """Frees a seat; its own person may, and a facilitator."""
    if seat != command.seat:
        conducting(engine, run, seat)
    state = run.state
    found = state.seats.get(command.seat)
    if found is None or found.kind == "stand_in" or found.id in state.left:
        raise Refused("no_seat")
    if state.status != "running":
        raise Refused("ended" if state.status == "ended" else "not_begun")
    if not state.facilitated:
        raise Refused("alone")
    others = (each for each in state.seats.values() if each.id != found.id)
    if found.kind == "facilitator" and not any(
        each.kind == "facilitator" and each.id not in state.left for each in others
    ):
        raise Refused("bad_seats")
    run.emit(e.Left(found.id))
    if found.role:
        _stand_in(run, found.role)


def _free(engine: Engine, run: Run, role: str) -> None:
    """Lets pass where a person may come to a role now."""
    if role not in engine.scenario.roles:
        raise Refused("no_role")
    stand_ins = {each.id for each in run.state.in_role(role) if each.kind == "stand_in"}
    answering = any(
        not decision.done and not stand_ins.isdisjoint(decision.answers)
        for decision in run.state.decisions.values()
    )
    if answering:
        raise Refused("mid_decision")


def _stand_in(run: Run, role: str) -> None:
    """Lets a stand-in take a role in which nobody is left."""
    if not run.state.in_role(role):
        # Whoever left keeps their seat's name, for what they said and wrote.
        name = role if role not in run.state.seats else f"{role}-stand-in"
        run.emit(e.Seated(Seat(name, "stand_in", role)))


# Where it goes on.


def reveal(engine: Engine, run: Run, seat: str, command: c.Reveal) -> None:
    """Shows the answers given so far to those who gave them."""
    _going(engine, run, seat)
    decision = open_decision(engine, run, command.decision)
    if decision.revealed:
        raise Refused("revealed")
    if not decision.answers:
        raise Refused("no_answers")
    run.emit(e.Revealed(command.decision))


def jump(engine: Engine, run: Run, seat: str, command: c.Jump) -> None:
    """Goes to a scene; what closes on the way does not count."""
    conducting(engine, run, seat)
    if command.scene not in engine.scenario.scenes:
        raise Refused("no_scene")
    run.emit(e.Jumped(command.scene, seat, command.reason))
    _tell_all(run, "jumped", command.scene)
    run.leave(command.scene, counts=False)
    run.enter(command.scene, jumped=True)


def rewind(engine: Engine, run: Run, seat: str, command: c.Rewind, now: State) -> None:
    """Goes on from an earlier state, the run's, with the table as it is `now`."""
    conducting(engine, Run(run.plan, run.law, now), seat)
    if not 1 <= command.moment <= len(now.moments):
        raise Refused("no_moment")
    seats, away, left = tuple(now.seats.values()), now.away, now.left
    run.emit(e.Rewound(command.moment, seat, seats, away, left, command.reason))
    if run.state.paused != now.paused:
        run.emit(e.Paused() if now.paused else e.Resumed())
    if now.care:
        run.emit(e.CareAsked(now.carer))
    _tell_all(run, "rewound", "")


def _tell_all(run: Run, kind: e.PassageKind, item: str) -> None:
    run.emit(e.Told(kind, (*run.present((ALL,)), PUBLIC), item, "", "", CONDUCT))


def _going(engine: Engine, run: Run, seat: str) -> Seat:
    """The facilitator's seat, where nothing is paused."""
    found = conducting(engine, run, seat)
    if run.state.paused:
        raise Refused("paused")
    return found


# What comes.


def hold(engine: Engine, run: Run, seat: str, command: c.Hold) -> None:
    """Keeps an inject back that has not come yet, in this scene or a later one."""
    _coming(engine, run, seat, command.inject)
    kept = command.inject in run.state.held
    if command.on and (kept or engine.plan.inject(command.inject).held):
        raise Refused("held_already")
    if not command.on and not kept:
        raise Refused("not_held_back")
    run.emit(e.InjectHeld(command.inject, command.on))


def omit(engine: Engine, run: Run, seat: str, command: c.Omit) -> None:
    """Leaves an inject out that has not come yet."""
    _coming(engine, run, seat, command.inject)
    run.emit(e.InjectOmitted(command.inject))


def schedule(engine: Engine, run: Run, seat: str, command: c.Schedule) -> None:
    """Sets the time at which a held inject of this scene comes."""
    _coming(engine, run, seat, command.inject)
    inject = engine.scenario.scenes[run.state.scene].injects.get(command.inject)
    if inject is None or not inject.held:
        raise Refused("not_held")
    if command.at and command.at < run.state.at:
        raise Refused("time_back")
    if not command.at and command.inject not in run.state.scheduled:
        raise Refused("no_timer")
    run.emit(e.InjectScheduled(command.inject, command.at))


def _coming(engine: Engine, run: Run, seat: str, inject: str) -> None:
    """Lets pass where a facilitator speaks of an inject that may still come."""
    conducting(engine, run, seat)
    gone = (*run.state.delivered, *run.state.omitted)
    if inject not in engine.plan.scene_of_inject or inject in gone:
        raise Refused("no_inject")


def write(engine: Engine, run: Run, seat: str, command: c.Write) -> None:
    """Sends an inject written on the spot."""
    _going(engine, run, seat)
    if not command.words:
        raise Refused("no_words")
    to = run.present(command.to)
    if not to:
        raise Refused("no_recipient")
    everyone = (PUBLIC,) if ALL in command.to else ()
    run.emit(e.Told("written", (*to, *everyone), "", "", command.words, CONDUCT, seat))


def set_timer(engine: Engine, run: Run, seat: str, command: c.SetTimer) -> None:
    """Sets, extends or drops the time people see; nothing happens when it is over."""
    conducting(engine, run, seat)
    if not command.until and not run.state.timer:
        raise Refused("no_timer")
    if command.until and command.until <= run.state.at:
        raise Refused("time_back")
    run.emit(e.TimerSet(command.until))


# Care, and what is seen.


def stop_for_care(engine: Engine, run: Run, seat: str, command: c.StopForCare) -> None:
    """Stops for everyone, at anyone's wish and without a name unless they want one."""
    state = run.state
    found = state.seats.get(seat)
    if found is None or found.kind != "player" or seat in state.left:
        raise Refused("no_seat")
    if not state.facilitated:
        raise Refused("alone")
    if state.status != "running":
        raise Refused("ended" if state.status == "ended" else "not_begun")
    if state.care and not (command.named and not state.carer):
        raise Refused("paused")
    run.emit(e.CareAsked(seat if command.named else ""))
    if not state.paused:
        run.emit(e.Paused())


def observe(engine: Engine, run: Run, seat: str, command: c.Observe) -> None:
    """Notes what a facilitator or evaluator saw, also after the end."""
    state = run.state
    found = state.seats.get(seat)
    if found is None or seat in state.left:
        raise Refused("no_seat")
    if found.kind not in ("facilitator", "evaluator"):
        raise Refused("not_conducting")
    if state.status == "open":
        raise Refused("not_begun")
    if not command.words:
        raise Refused("no_words")
    objective, _, task = command.task.partition(".")
    objectives = engine.scenario.objectives
    there = (
        0 <= command.passage <= len(state.feeds.get(CONDUCT, ()))
        and (not command.decision or command.decision in engine.plan.scene_of_decision)
        and (not command.practice or command.practice in engine.guidance.practices)
        and (not command.task or (objective in objectives and task in objectives[objective].tasks))
    )
    if not there:
        raise Refused("no_subject")
    run.emit(
        e.Observed(
            seat,
            command.kind,
            command.words,
            command.passage,
            command.decision,
            command.practice,
            command.task,
        )
    )

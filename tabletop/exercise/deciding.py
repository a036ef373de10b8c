"""Deciding: committing and settling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.permission import going, open_decision, playing
from tabletop.exercise.refusals import Refused
from tabletop.exercise.run import Run
from tabletop.exercise.settling import by_rule, credit, judged

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine


def commit(engine: Engine, run: Run, seat: str, command: c.Commit) -> None:
    """Gives a private answer; one person deciding alone settles with it."""
    found = playing(engine, run, seat)
    decision = open_decision(engine, run, command.decision)
    if found.role not in decision.by:
        raise Refused("not_asked")
    if command.option not in decision.shown():
        raise Refused("no_option")
    authored = engine.plan.decision(command.decision)
    if command.because and command.because not in authored.reasons:
        raise Refused("no_reason")
    seats = [each for role in decision.by for each in run.state.in_role(role)]
    people = any(each.kind == "player" for each in seats)
    if found.kind == "stand_in" and people and not decision.revealed:
        raise Refused("wait_for_people")
    run.emit(
        e.Committed(
            command.decision,
            seat,
            command.option,
            command.reason,
            command.because,
            command.confidence,
        )
    )
    if len(seats) == 1:
        how: e.How = "sole" if found.kind == "player" else "stand_in"
        count(engine, run, command.decision, command.option, how, seat)


def settle(engine: Engine, run: Run, seat: str, command: c.Settle) -> None:
    """Makes an answer count after the reveal, by the rule or, where that gives none, by choice."""
    found = going(engine, run, seat)
    decision = open_decision(engine, run, command.decision)
    if found.kind == "facilitator":
        if command.option:
            if command.option not in decision.shown():
                raise Refused("no_option")
            count(
                engine, run, command.decision, command.option, "facilitator", seat, command.reason
            )
            return
    elif found.role not in decision.by or found.role not in run.state.joined:
        raise Refused("not_asked")
    if not decision.revealed:
        raise Refused("not_revealed")
    seats = [each for role in decision.by for each in run.state.in_role(role)]
    people = any(each.kind == "player" for each in seats)
    if found.kind == "stand_in" and people:
        raise Refused("not_a_person")
    if any(each.kind == "stand_in" and each.id not in decision.answers for each in seats):
        raise Refused("answers_missing")
    given = by_rule(run.state, decision, engine.plan.decision(command.decision).rule)
    if given is None and not people:
        given = by_rule(run.state, decision, "lead")
    if given is not None:
        if command.option:
            raise Refused("rule_decides")
        how: e.How = given[1] if people else "stand_in"
        count(engine, run, command.decision, given[0], how, seat)
    elif run.state.facilitated or not command.option:
        raise Refused("tie")
    elif command.option not in decision.shown():
        raise Refused("no_option")
    else:
        count(engine, run, command.decision, command.option, "alone", seat, command.reason)


def count(
    engine: Engine, run: Run, name: str, option: str, how: e.How, seat: str, reason: str = ""
) -> None:
    """Lets an answer count: its mark is taken first, then its effects and its outcome."""
    authored = engine.plan.decision(name)
    chosen = authored.options[option]
    marks = judged(run, name, authored)
    credited = credit(run, name, authored, option, how, seat)
    run.emit(e.Settled(name, option, how, marks, credited, seat, reason))
    decision = run.state.decisions[name]
    path = f"{engine.plan.decision_path(name)}.options.{option}"
    said: dict[str, list[str]] = {}
    for role, wording in dict(decision.options)[option]:
        if role in decision.by:
            said.setdefault(wording, []).append(role)
    for wording, roles in said.items():
        run.emit(e.Told("settled", tuple(roles), name, wording))
    run.affect(chosen)
    if chosen.outcome is not None:
        run.tell("outcome", chosen.outcome, f"{path}.outcome", decision.by, item=name)

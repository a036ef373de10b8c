"""Concluding: what people may enter once play is over, one rule at a time.

Where someone facilitates, those who facilitate or evaluate rate, write improvements and sign;
whoever plays alone may do so too, except rate: nobody watched.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.refusals import Refused
from tabletop.exercise.run import Run
from tabletop.exercise.seats import Seat

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine


def reflect(engine: Engine, run: Run, seat: str, command: c.Reflect) -> None:
    """Keeps what a person writes down after the exercise; nothing takes back what stands there."""
    _person(run, seat)
    if command.prompt not in c.PROMPTS:
        raise Refused("no_prompt")
    stands = run.state.reflections.get(seat, {}).get(command.prompt, ("",))
    if not command.words and not stands[0]:
        raise Refused("no_words")
    if command.prompt != "commitment" and (command.when or command.by):
        raise Refused("no_commitment")
    run.emit(e.Reflected(seat, command.prompt, command.words, command.when, command.by))


def rate(engine: Engine, run: Run, seat: str, command: a.Rate) -> None:
    """Rates a critical task; what differs from what was proposed needs a reason."""
    _appraising(run, seat)
    if not run.state.facilitated:
        raise Refused("alone")
    objective, _, task = command.task.partition(".")
    found = engine.scenario.objectives.get(objective)
    if found is None or task not in found.tasks or command.rating not in a.RATINGS:
        raise Refused("no_task")
    _unsigned(run)
    if command.rating != command.proposed and not command.reason:
        raise Refused("no_reason_given")
    run.emit(a.Rated(seat, command.task, command.rating, command.proposed, command.reason))


def rate_capability(engine: Engine, run: Run, seat: str, command: a.RateCapability) -> None:
    """Rates a capability; what differs from what its tasks propose needs a reason."""
    _appraising(run, seat)
    if not run.state.facilitated:
        raise Refused("alone")
    known = {objective.capability for objective in engine.scenario.objectives.values()}
    if command.capability not in known or command.rating not in a.RATINGS:
        raise Refused("no_capability")
    _unsigned(run)
    if command.rating != command.proposed and not command.reason:
        raise Refused("no_reason_given")
    said = command.capability, command.rating, command.proposed, command.reason
    run.emit(a.CapabilityRated(seat, *said))


def improve(engine: Engine, run: Run, seat: str, command: a.Improve) -> None:
    """Writes down something to improve, or anew."""
    _appraising(run, seat)
    _unsigned(run)
    state = run.state
    if not command.issue:
        raise Refused("no_words")
    if command.item and command.item not in state.improvements:
        raise Refused("no_item")
    if command.item in state.withdrawn:
        raise Refused("withdrawn")
    there = (
        command.element in a.ELEMENTS
        and (not command.objective or command.objective in engine.scenario.objectives)
        and all(each in engine.plan.scene_of_decision for each in command.decisions)
        and all(1 <= each <= len(state.observations) for each in command.observations)
    )
    if not there:
        raise Refused("no_anchor")
    start, due = _day(command.start), _day(command.due)
    if start and due and due < start:
        raise Refused("due_before_start")
    run.emit(
        a.ImprovementWritten(
            seat,
            command.item or len(state.improvements) + 1,
            command.issue,
            command.action,
            command.element,
            command.owner,
            command.contact,
            start,
            due,
            command.objective,
            command.decisions,
            command.observations,
        )
    )


def withdraw(engine: Engine, run: Run, seat: str, command: a.Withdraw) -> None:
    """Takes back something that was written down to be improved, for a reason."""
    _appraising(run, seat)
    _unsigned(run)
    _there(run, command.item)
    if not command.reason:
        raise Refused("no_reason_to_withdraw")
    run.emit(a.Withdrawn(seat, command.item, command.reason))


def update_action(engine: Engine, run: Run, seat: str, command: a.UpdateAction) -> None:
    """Says what has become of an action, also after it was signed."""
    _appraising(run, seat)
    _there(run, command.item)
    if command.status not in a.STATUSES:
        raise Refused("no_status")
    due = _day(command.due)
    run.emit(
        a.ActionUpdated(seat, command.item, command.status, command.note, due, _day(command.on))
    )


def give_feedback(engine: Engine, run: Run, seat: str, command: a.GiveFeedback) -> None:
    """Takes feedback on the exercise; whose it is stands nowhere in what is made of it."""
    _person(run, seat)
    if not run.state.facilitated:
        raise Refused("alone")
    said = tuple(getattr(command, part) for part in a.PARTS)
    if not command.answers and not any(said):
        raise Refused("no_words")
    known = [statement for statement, _ in command.answers]
    if (
        len(set(known)) < len(known)
        or not set(known) <= set(a.STATEMENTS)
        or not all(1 <= answer <= 5 for _, answer in command.answers)
    ):
        raise Refused("no_statement")
    run.emit(a.FeedbackGiven(command.answers, *said))


def sign(engine: Engine, run: Run, seat: str, command: a.Sign) -> None:
    """Signs what was found, where it is still what the signer saw."""
    _appraising(run, seat)
    if not (command.name and command.organization and command.role):
        raise Refused("no_signature")
    if command.digest != a.digest(run.state):
        raise Refused("found_otherwise")
    run.emit(
        a.Signed(
            seat,
            command.name,
            command.organization,
            command.role,
            command.digest,
            _day(command.on),
        )
    )


def _person(run: Run, seat: str) -> Seat:
    """A person's seat, once the exercise is over."""
    found = run.state.seats.get(seat)
    if found is None or found.kind == "stand_in":
        raise Refused("no_seat")
    if run.state.status != "ended":
        raise Refused("not_ended")
    return found


def _appraising(run: Run, seat: str) -> Seat:
    """The seat, where it may say what was found."""
    found = _person(run, seat)
    if run.state.facilitated and found.kind not in ("facilitator", "evaluator"):
        raise Refused("not_conducting")
    return found


def _there(run: Run, item: int) -> None:
    """Lets pass where there is such an improvement, and it still stands."""
    if item not in run.state.improvements:
        raise Refused("no_item")
    if item in run.state.withdrawn:
        raise Refused("withdrawn")


def _unsigned(run: Run) -> None:
    if run.state.signatures:
        raise Refused("signed")


def _day(text: str) -> str:
    """A day as in 2026-12-01, or none."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused("no_day") from None

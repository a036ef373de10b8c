"""Kept: what people chose in a record, as moves that can be made again in another course of things.

Of the choices around an alternative, each that was made in the record is made again, in the scene
in which it was made and in the same order, as soon as it is its turn there and the rules allow it.
A question that came up in the record and is not answered alike because the answer is not open is
free, and so is one that never came up. A fact that could be told in the record and was not stays
untold; one that was told is told in its scene, and may be told or kept anywhere else once that
scene can not come any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tabletop.authoring.packed.trace import Step as Move
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e
from tabletop.exercise.state import State

Triple = tuple[str, str, str]
"""A fact, who holds it, and who may be told."""


@dataclass(frozen=True, slots=True)
class Made:
    """One choice of the record."""

    move: Move
    because: str = ""
    """The offered reason it counts by, if one was given."""
    counts: bool = True
    """Whether it is anyone's; what a facilitator forced counts nowhere."""


@dataclass(frozen=True)
class Kept:
    """The choices of a record from some moment on."""

    made: Mapping[str, tuple[Made, ...]]
    """By scene, in order."""
    told: Mapping[Triple, str]
    """What was told, and in which scene."""
    offered: frozenset[Triple]
    """What could be told."""
    never: frozenset[Triple] = frozenset()
    """What is not told whatever the record says."""

    def without(self, triple: Triple) -> "Kept":
        """The same choices, only that a fact is kept."""
        return replace(self, never=self.never | {triple})


def kept(telling: Telling, after: int = -1) -> Kept:
    """The choices made after a step by its number; -1 for all."""
    made: dict[str, list[Made]] = {}
    told: dict[Triple, str] = {}
    offered: set[Triple] = set()
    for step in telling.steps:
        if isinstance(step.event, e.OfferMade):
            offered.add((step.event.fact, step.event.holder, step.event.to))
        if step.number <= after:
            continue
        found = made_by(telling, step)
        if found is not None:
            made.setdefault(step.before.scene, []).append(found)
            if isinstance(step.event, e.FactShared):
                told[step.event.fact, step.event.sender, step.event.to] = step.before.scene
    return Kept({scene: tuple(each) for scene, each in made.items()}, told, frozenset(offered))


def made_by(telling: Telling, step: Step) -> Made | None:
    """What people chose at a step, if it is a choice of theirs."""
    event, state = step.event, step.before
    match event:
        case e.Settled() if _played(state, state.decisions[event.decision].by):
            move = ("commit", event.decision, event.option)
            return Made(move, reason(state, event), bool(event.credit))
        case e.FactShared() if state.played(event.sender):
            return Made(("share", event.fact, event.sender, event.to), "", event.counts)
        case e.InjectDelivered() if (
            state.facilitated and telling.engine.plan.inject(event.inject).held
        ):
            return Made(("release", event.inject))
    return None


def reason(state: State, event: e.Settled) -> str:
    """The offered reason by which a settled answer counts; empty where none was given."""
    answers = state.decisions[event.decision].answers
    for role, _ in event.credit[:1]:
        for seat in state.in_role(role):
            answer = answers.get(seat.id)
            if seat.kind == "player" and answer is not None and answer.option == event.option:
                return answer.because
    return ""


def _played(state: State, roles: Iterable[str]) -> bool:
    return any(state.played(role) for role in roles)

"""Kept: what people chose in a record, as moves that can be made again in another course of things.

Choices are kept by visit. What was chosen at a scene's first visit is chosen again at its first
visit, what was chosen at its second at its second, in the same order, each as soon as it is its
turn and the rules allow it. Visits are counted over the whole record; a facilitator who goes to a
scene visits it too. What the record has no visit for is open.

A question that came up in the record and is not answered alike because the answer is not open is
free, and so is one that never came up. A fact that could be told in the record and was not stays
untold; one that was told is told at its visit, and may be told or kept anywhere else once that
visit can not come any more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from tabletop.authoring.packed.trace import Step as Move
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e
from tabletop.exercise.plan import Plan
from tabletop.exercise.state import State

Triple = tuple[str, str, str]
"""A fact, who holds it, and who may be told."""
Seen = tuple[tuple[str, int], ...]
"""How often scenes were visited, those alone that can still come, this one included."""


class Visit(NamedTuple):
    """A scene, for the how-manieth time, from 1."""

    scene: str
    number: int


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
    """The choices of a record."""

    made: Mapping[Visit, tuple[Made, ...]]
    """By visit, in order."""
    visits: Mapping[str, int]
    """How often each scene was visited."""
    told: Mapping[Triple, Visit]
    """What was told, and when."""
    offered: frozenset[Triple]
    """What could be told."""
    plan: Plan
    never: frozenset[Triple] = frozenset()
    """What is not told whatever the record says."""

    def without(self, triple: Triple) -> "Kept":
        """The same choices, only that a fact is kept."""
        return replace(self, never=self.never | {triple})

    def entering(self, seen: Seen, scene: str) -> Seen:
        """The visits once a scene is entered; beyond those of the record they are alike."""
        counts = dict(seen)
        counts[scene] = min(counts.get(scene, 0), self.visits.get(scene, 0)) + 1
        reach = self.plan.reach[scene]
        return tuple(sorted(pair for pair in counts.items() if pair[0] in reach))

    def now(self, scene: str, seen: Seen) -> tuple[Made, ...]:
        """What was chosen at the present visit."""
        return self.made.get(Visit(scene, dict(seen)[scene]), ())

    def may_tell(self, triple: Triple, scene: str, seen: Seen) -> bool:
        """Whether the record leaves it open to tell a fact here."""
        if triple in self.never:
            return False
        told = self.told.get(triple)
        if told is None:
            return triple not in self.offered
        done = dict(seen).get(told.scene, 0)
        if told.scene == scene and told.number == done:
            return False
        after = (branch.to for branch in self.plan.scenario.scenes[scene].next)
        return done >= told.number or not any(told.scene in self.plan.reach[to] for to in after)


def kept(telling: Telling) -> Kept:
    """The choices made in a record."""
    made: dict[Visit, list[Made]] = {}
    told: dict[Triple, Visit] = {}
    offered: set[Triple] = set()
    visits = Counter[str]()
    for step in telling.steps:
        scene = step.before.scene
        if isinstance(step.event, e.SceneEntered):
            visits[step.event.scene] += 1
        elif isinstance(step.event, e.OfferMade):
            offered.add((step.event.fact, step.event.holder, step.event.to))
        found = made_by(telling, step)
        if found is not None:
            visit = Visit(scene, visits[scene])
            made.setdefault(visit, []).append(found)
            if isinstance(step.event, e.FactShared):
                told[step.event.fact, step.event.sender, step.event.to] = visit
    choices = {visit: tuple(each) for visit, each in made.items()}
    return Kept(choices, visits, told, frozenset(offered), telling.engine.plan)


def visited(telling: Telling, number: int) -> Seen:
    """The visits up to a step by its number, of those scenes that can still come after it."""
    counts = Counter[str]()
    for step in telling.of(e.SceneEntered):
        if step.number < number and isinstance(step.event, e.SceneEntered):
            counts[step.event.scene] += 1
    reach = telling.engine.plan.reach[telling.steps[number].before.scene]
    return tuple(sorted(pair for pair in counts.items() if pair[0] in reach))


def made_by(telling: Telling, step: Step) -> Made | None:
    """What people chose at a step, if it is a choice of theirs."""
    event, state = step.event, step.before
    match event:
        case e.Settled() if _played(state, state.decisions[event.decision].by):
            move = ("commit", event.decision, event.option)
            return Made(move, reason(state, event), bool(event.credit))
        case e.FactShared() if state.played(event.sender):
            return Made(("share", event.fact, event.sender, event.to), "", event.counts)
        case e.InjectDelivered(inject) if state.facilitated and (
            inject in state.held or telling.engine.plan.inject(inject).held
        ):
            return Made(("release", inject))
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

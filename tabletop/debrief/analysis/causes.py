"""Causes: how each consequence in an exercise came about, back to what somebody did.

Every event that is told as a consequence has its reasons: what brought it directly, or the parts of
the condition it hung on, each with the events that had made that part what it was. Where a part was
as the author began it, the events are those that left it so and could have changed it: a decision
at which another open answer would have, an offer not taken. Reasons always lie earlier, so there is
no circle; and at the end of every line stands a decision, a share told or not told, an act of the
facilitator, or the author: the beginning, the order of scenes, the clock.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tabletop.debrief.analysis.grounds import Ground, grounds
from tabletop.debrief.analysis.sources import CHANGING, changed, sources
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e
from tabletop.exercise.plan import changes
from tabletop.exercise.state import State
from tabletop.scenario.conditions import Condition, Read

Root = Literal["", "decision", "share", "facilitator", "author"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a consequence."""

    parents: tuple[int, ...]
    """Numbers of earlier events; none where it was so from the start."""
    ground: Ground | None = None
    """The part of a condition they made what it was; nothing where they brought it directly."""
    left: bool = False
    """Whether they left it as it was and could have changed it."""
    about: str = ""
    """Where it is about an option that was on offer or was not: that option."""


@dataclass(frozen=True, slots=True)
class Cause:
    """An event with its reasons."""

    step: Step
    reasons: tuple[Reason, ...]
    root: Root
    """What it is at the end of a line; empty where it always has an earlier reason."""

    @property
    def parents(self) -> tuple[int, ...]:
        """The numbers of all events among its reasons."""
        return tuple(dict.fromkeys(n for reason in self.reasons for n in reason.parents))


CAUSED = (
    *CHANGING,
    e.Started,
    e.SceneEntered,
    e.RoleJoined,
    e.InjectDelivered,
    e.DecisionOpened,
    e.DecisionPassed,
    e.Settled,
    e.OfferMade,
    e.FactShared,
    e.OfferClosed,
    e.Ended,
    e.Jumped,
    e.Rewound,
    e.InjectScheduled,
)
"""Events that have causes, or are some."""


class Causes:
    """The causes of an exercise."""

    def __init__(self, telling: Telling) -> None:
        """Works them all out, in order."""
        self.telling = telling
        self._sources = sources(telling)
        self._writers: dict[Read, list[int]] = {}
        self._opened: dict[str, Step] = {}
        self._deciding: State | None = None
        self.by_number: dict[int, Cause] = {}
        for step in telling.steps:
            if isinstance(step.event, CAUSED):
                reasons, root = self._caused(step)
                if not any(reason.parents for reason in reasons):
                    root = root or "author"
                self.by_number[step.number] = Cause(step, reasons, root)
                self._note(step)

    def __getitem__(self, number: int) -> Cause:
        """The causes of the event of a number."""
        return self.by_number[number]

    def consequences(self) -> Iterator[Cause]:
        """What is worth explaining without being asked: what would not have come either way."""
        for cause in self.by_number.values():
            match cause.step.event:
                case e.InjectDelivered() | e.SceneEntered() | e.DecisionOpened():
                    if cause.reasons or cause.root == "facilitator":
                        yield cause
                case e.ConsentEnded() | e.DecisionPassed():
                    yield cause

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number, cause in self.by_number.items():
            for parent in cause.parents:
                found.setdefault(parent, []).append(number)
        return found

    def followed(self, number: int) -> tuple[Cause, ...]:
        """Everything an event had a part in, in order."""
        found: set[int] = set()
        waiting = [number]
        while waiting:
            for child in self._children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return tuple(self.by_number[each] for each in sorted(found))

    def _note(self, step: Step) -> None:
        event = step.event
        read = changed(event)
        if read is not None:
            self._writers.setdefault(read, []).append(step.number)
        elif isinstance(event, e.Settled | e.DecisionPassed):
            self._writers.setdefault(("name", event.decision), []).append(step.number)
        elif isinstance(event, e.InjectDelivered):
            self._writers.setdefault(("delivered", event.inject), []).append(step.number)
        elif isinstance(event, e.DecisionOpened):
            self._opened[event.decision] = step

    def _caused(self, step: Step) -> tuple[tuple[Reason, ...], Root]:
        event = step.event
        match event:
            case e.Settled():
                root: Root = "facilitator" if event.how == "facilitator" else "decision"
                return self._asked(event.decision, event.option), root
            case e.FactShared() | e.OfferMade():
                return (), "share"
            case e.Jumped() | e.Rewound() | e.InjectScheduled():
                return (), "facilitator"
            case e.InjectDelivered():
                return self._delivered(step, event.inject)
            case e.SceneEntered() | e.OfferClosed():
                return self._moved(step)
            case e.RoleJoined():
                return self._in_entry(step, e.SceneEntered), ""
            case e.Ended() if event.ending:
                return self._in_entry(step, e.SceneEntered), ""
            case e.Ended():
                return (), "facilitator"
            case e.DecisionOpened():
                return self._shown(step, event), ""
            case e.DecisionPassed():
                return self._passed(step, event.decision), ""
        source = self._sources.get(step.number)
        if source is not None:
            return (Reason((source.number,)),), ""
        return self._moved(step) if isinstance(event, e.ConsentEnded) else ((), "author")

    def _in_entry(self, step: Step, kind: type[e.Event]) -> tuple[Reason, ...]:
        """The latest event of a kind in the same entry."""
        for number in range(step.number - 1, -1, -1):
            found = self.telling.steps[number]
            if found.seq != step.seq:
                break
            if isinstance(found.event, kind):
                return (Reason((number,)),)
        return ()

    def _asked(self, decision: str, option: str) -> tuple[Reason, ...]:
        """Why it could be decided so at all, where that hung on anything."""
        opened = self._opened[decision]
        authored = self.telling.decision(decision)
        return self._reasons((authored.when, authored.options[option].when), opened)

    def _shown(self, step: Step, event: e.DecisionOpened) -> tuple[Reason, ...]:
        authored = self.telling.decision(event.decision)
        options = tuple(
            reason
            for name, option in authored.options.items()
            for reason in self._reasons((option.when,), step, about=name)
        )
        return (*self._reasons((authored.when,), step), *options)

    def _passed(self, step: Step, decision: str) -> tuple[Reason, ...]:
        authored = self.telling.decision(decision)
        situation = self.telling.situation(step.before)
        if authored.when is not None and not authored.when.holds(situation):
            return self._reasons((authored.when,), step)
        return self._reasons((option.when for option in authored.options.values()), step)

    def _delivered(self, step: Step, name: str) -> tuple[tuple[Reason, ...], Root]:
        inject, before = self.telling.engine.plan.inject(name), step.before
        if name in before.scheduled:
            scheduled = (
                each.number
                for each in reversed(self.telling.steps[: step.number])
                if isinstance(each.event, e.InjectScheduled) and each.event.inject == name
            )
            return (Reason((next(scheduled),)),), ""
        if name in before.held or (inject.held and before.facilitated):
            return (), "facilitator"
        return self._reasons((inject.alone if inject.held else inject.when,), step), ""

    def _moved(self, step: Step) -> tuple[tuple[Reason, ...], Root]:
        """Why a scene was entered, or what closed on the way to it."""
        steps = self.telling.steps
        if jumped := self._in_entry(step, e.Jumped):
            return jumped, ""
        # The way was chosen before anything closed on it.
        chosen = step
        while (
            chosen.number
            and (before := steps[chosen.number - 1]).seq == step.seq
            and isinstance(before.event, e.OfferClosed | e.ConsentEnded)
            and before.number not in self._sources
        ):
            chosen = before
        if not chosen.before.scene:
            return (), "author"
        conditions: list[Condition | None] = []
        situation = self.telling.situation(chosen.before)
        for branch in self.telling.scene(chosen.before.scene).next:
            if branch.when is None or branch.when.holds(situation):
                conditions.append(branch.when)
                break
            conditions.append(branch.when)
        return self._reasons(conditions, chosen), ""

    def _reasons(
        self, conditions: Iterable[Condition | None], step: Step, about: str = ""
    ) -> tuple[Reason, ...]:
        situation = self.telling.situation(step.before)
        found = dict.fromkeys(
            ground
            for condition in conditions
            if condition is not None
            for ground in grounds(condition, situation)
        )
        return tuple(self._reason(ground, step, about) for ground in found)

    def _reason(self, ground: Ground, step: Step, about: str) -> Reason:
        parents = tuple(
            number for read in ground.reads for number in self._wrote(read, step.number)
        )
        if parents:
            return Reason(parents, ground, about=about)
        left = tuple(number for read in ground.reads for number in self._left(read, step))
        return Reason(left, ground, left=bool(left), about=about)

    def _wrote(self, read: Read, before: int) -> tuple[int, ...]:
        wrote = tuple(n for n in self._writers.get(read, ()) if n < before)
        variable = self.telling.scenario.state.get(read[1]) if read[0] == "name" else None
        # All that raised or lowered a counter made it what it was.
        return wrote if variable is not None and variable.range is not None else wrote[-1:]

    def _left(self, read: Read, step: Step) -> Iterator[int]:
        """What had left something as the author began it and could have changed it."""
        for each in self.telling.steps[: step.number]:
            match each.event:
                case e.Settled() as event:
                    authored = self.telling.decision(event.decision).options
                    others = (authored[m.option] for m in event.marks if m.option != event.option)
                    if any(read in set(changes(other)) for other in others):
                        yield each.number
                case e.OfferMade(fact, holder, to, number):
                    share = self.telling.scenario.facts[fact].share[number]
                    taken = step.before.offers.get((fact, holder, to, number)) == "taken"
                    if not taken and read in {("knows", to, fact), *changes(share)}:
                        yield each.number


def causes(telling: Telling) -> Causes:
    """How everything in an exercise came about."""
    return Causes(telling)

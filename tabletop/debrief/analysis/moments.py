"""Moments: when each choice is looked at, and where rules alone do not know what comes after it.

A decision is looked at when its answer counted, a fact told when it was told, a fact kept the last
time it could have been told. The rules know no clock: where an inject that was set for a time is
due and waits for the edge of its scene, or where something in a scene hangs on whether an inject
has come at its minute, they do not say what comes until that scene is past.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from tabletop.debrief.analysis.kept import Triple
from tabletop.debrief.choices import Choice
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise.record import trunk
from tabletop.exercise.state import State


class Moments:
    """The moments of one record."""

    def __init__(self, telling: Telling) -> None:
        """Takes a record that was read."""
        self.telling = telling

    def of(self, choice: Choice, can_be_told: Callable[[State, Triple], bool]) -> Step | None:
        """The step before which a choice is looked at; nothing where it hangs on nothing."""
        if choice.kind == "decision":
            return choice.step
        triple, steps = (choice.name, choice.roles[0], choice.to), [choice.step]
        if choice.kind == "kept":
            if choice.step.before.shared(*triple):
                # Told by another of its offers.
                return None
            steps = [step for step in reversed(self._begins) if step.number <= choice.step.number]
        return next(
            (
                step
                for step in steps
                if any(
                    offer[:3] == triple and status == "open"
                    for offer, status in step.before.offers.items()
                )
                and can_be_told(step.before, triple)
            ),
            None,
        )

    def begins(self, number: int) -> Step:
        """The first step of the entry that a step belongs to."""
        return next(step for step in reversed(self._begins) if step.number <= number)

    @cached_property
    def _begins(self) -> tuple[Step, ...]:
        """The first step of each entry in which something happened."""
        found, number = [], 0
        for entry in trunk(self.telling.record.entries):
            if entry.events:
                found.append(self.telling.steps[number])
            number += len(entry.events)
        return tuple(found)

    # The clock.

    def clocked(self, state: State) -> bool:
        """Whether what can come hangs on the clock."""
        due = (inject for inject, at in state.scheduled.items() if at <= state.at)
        return any(self.may_come(each, state) for each in (*due, *self._clocked))

    def may_come(self, inject: str, state: State) -> bool:
        """Whether an inject has not come yet, and its scene is now or still to come."""
        plan = self.telling.engine.plan
        return (
            inject not in state.delivered
            and plan.scene_of_inject[inject] in plan.reach[state.scene]
        )

    @cached_property
    def _clocked(self) -> tuple[str, ...]:
        """The injects that come at a minute where something in their scene asks whether they did.

        Where nothing does, it makes no difference that they come when the scene is left.
        """
        plan = self.telling.engine.plan
        return tuple(
            inject
            for scene in self.telling.scenario.scenes.values()
            for inject, each in scene.injects.items()
            if each.at_minute
            and any(
                ("delivered", inject) in asked
                for asked in (
                    *(plan.asked_by_decision[name] for name in scene.decisions),
                    *(plan.asked_by_inject[name] for name in scene.injects),
                )
            )
        )

"""Footprints: all that an answer and what follows from it by itself can read or change.

Three decisions that stand open side by side, with three flags each, are five hundred situations on
arrival; but answering one of them comes to the same whatever the flags of the others are. So an
answer is worked out once for each pattern of the bits it can have to do with at all, and found
again in every other situation. Which these are depends only on what has come and been settled so
far: an inject that came and a decision that is open are not read again. Leaving a scene is no part
of it: stand-ins leave by themselves only where no person is there to answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.authoring.packed import masks
from tabletop.scenario.model import Effects

if TYPE_CHECKING:
    from tabletop.authoring.packed.stage import Stage


class Footprints:
    """The footprints of a scene's answers."""

    def __init__(self, stage: Stage) -> None:
        """Works out what each thing in the scene has to do with."""
        self._stage = stage
        layout, scene, plan = stage.model.layout, stage.scene, stage.model.engine.plan
        self._standing = {
            name: masks.own(layout, name) & ~layout.shown[name].bits for name in scene.decisions
        }
        self._came = {name: layout.delivered[name].bits for name in scene.injects}
        self._decisions = {
            name: layout.mask(plan.asked_by_decision[name])
            | masks.own(layout, name)
            | layout.answer[name].bits
            | self._effects(*decision.options.values())
            for name, decision in scene.decisions.items()
        }
        self._injects = {
            name: layout.mask(plan.asked_by_inject[name]) | self._effects(inject)
            for name, inject in scene.injects.items()
        }
        self._always = layout.everyone | layout.told | self._offers()
        self.control = layout.everyone | sum(self._standing.values()) | sum(self._came.values())
        """Where it stands how far the scene has come."""
        self._always |= self.control
        self._known: dict[tuple[int, str], int] = {}

    def _effects(self, *several: Effects) -> int:
        layout, bits = self._stage.model.layout, 0
        for effects in several:
            bits |= layout.changed(effects)
            for flag in effects.set:
                bits |= layout.touched[flag].bits
        return bits

    def _offers(self) -> int:
        """What offers have to do with; what the texts of facts read is always part of it."""
        stage, bits = self._stage, 0
        # A stand-in shares where its rule says so, and may look at any offer for that.
        several = stage.model.followed if stage.model.stand_ins else (*stage.offers, *stage.closing)
        for one in several:
            bits |= masks.around(stage.model.layout, one) | self._effects(one.share)
        return bits

    def of(self, packed: int, decision: str) -> int:
        """The bits that answering a decision has to do with."""
        key = packed & self.control, decision
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._of(*key)
        return found

    def _of(self, control: int, decision: str) -> int:
        stage = self._stage
        # Stand-ins answer what is open as well, as soon as something else is out of the way.
        awaiting = stage.model.layout.opened if stage.model.stand_ins else {}
        bits = self._always | self._decisions[decision]
        for name, came in self._came.items():
            bits |= 0 if control & came else self._injects[name]
        for name, standing in self._standing.items():
            waits = name in awaiting and control & awaiting[name].bits
            bits |= self._decisions[name] if waits or not control & standing else 0
        return bits

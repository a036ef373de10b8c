"""Standing: where an exercise stands among packed situations, read from its state.

Whatever led to a state, and be it a facilitator's jump, what can still come of it by the rules
hangs on the state alone. So what follows any moment of an exercise can be worked out, whether or
not it kept to the ways that were proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.layout import ENDED, GRANTED, HELD, REVEALED, SHARED, Layout
from tabletop.authoring.packed.offering import Tracked
from tabletop.exercise.engine import Engine
from tabletop.exercise.state import Offer, State
from tabletop.scenario.model import Scene

_HOW = {"held": HELD, "revealed": REVEALED, "shared": SHARED}
_CONSENT = {"granted": GRANTED, "ended": ENDED}


class Standing(NamedTuple):
    """A situation: the scene, the bits beside those it can read, and the situation inside it."""

    scene: str
    beside: int
    node: int


class EveryShare(Model):
    """A compiled scenario in which each fact that may count is told by a move of its own."""

    def __init__(
        self,
        engine: Engine,
        people: Iterable[str],
        *,
        facilitated: bool = False,
        shut: frozenset[Offer] = frozenset(),
        held: frozenset[str] = frozenset(),
        omitted: frozenset[str] = frozenset(),
    ) -> None:
        """Compiles it for who is at the table and what a facilitator has done.

        Offers that are `shut` do not stand again, injects that are `held` come only where they are
        released, and those `omitted` never.
        """
        self.shut = shut
        self.held = held
        self.omitted = omitted
        super().__init__(engine, people, facilitated=facilitated)

    def scene(self, scene: str) -> Scene:
        """A scene with its injects as they may still come."""
        found = super().scene(scene)
        if not (self.held | self.omitted).intersection(found.injects):
            return found
        freed = {"held": True, "when": None, "at_minute": None}
        injects = {
            name: inject.model_copy(update=freed) if name in self.held else inject
            for name, inject in found.injects.items()
            if name not in self.omitted
        }
        return found.model_copy(update={"injects": injects})

    def tracked(self) -> tuple[Tracked, ...]:
        """The offers to follow, none of them deferred until its window closes."""
        return tuple(
            replace(one, simple=False) for one in super().tracked() if one.offer not in self.shut
        )


def standing(model: Model, state: State) -> Standing:
    """Where a state stands; answers that do not count yet are no part of it."""
    inside = model.inside(state.scene)
    stage = inside.stage
    # Every flag counts as set inside, so that what passes a scene is as it stands in the state.
    found = packed(model.layout, state) | stage.touchable
    own = found & (stage.inside | stage.set_only | stage.touchable)
    return Standing(state.scene, found & stage.arriving & ~stage.inside, inside.at(stage.rest(own)))


def packed(layout: Layout, state: State) -> int:
    """A state as one integer; in which wording options were read makes no difference to it."""
    found = 0
    for name, value in state.values.items():
        found = layout.values[name].write(found, int(value) - layout.low[name])
    for name, decision in state.decisions.items():
        if decision.passed:
            found |= layout.passed[name].bits
            continue
        options = tuple(layout.engine.plan.decision(name).options)
        if decision.settled:
            found |= layout.settled[name].bits
            found = layout.answer[name].write(found, options.index(decision.settled))
        else:
            shown = sum(1 << options.index(option) for option in decision.shown())
            found = layout.shown[name].write(found | layout.opened[name].bits, shown)
    for inject in state.delivered:
        found |= layout.delivered[inject].bits
    for role in state.joined:
        found |= layout.joined[role].bits
    for consent, how in state.consents.items():
        found = layout.consents[consent].write(found, _CONSENT[how])
    for role, facts in state.known.items():
        for fact, known in facts.items():
            if (role, fact) in layout.known:
                found = layout.known[role, fact].write(found, _HOW[known.how])
    for offer, status in state.offers.items():
        if offer in layout.offers and status != "closed":
            stands, taken = layout.offers[offer]
            found |= stands.bits if status == "open" else taken.bits
    return found

"""The layout of a packed situation: every variable of a scenario at fixed bits of one integer.

Dropping what nothing can read any more is then one `&`, and everything that depends on a few
variables can be looked up by those bits alone (`Lookup`). What is looked up for the first time is
worked out by the scenario's own conditions, which see the integer through `PackedSituation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Generic, TypeVar

from tabletop.exercise.plan import changes, effects_of
from tabletop.exercise.state import Offer
from tabletop.scenario.conditions import Condition, Read
from tabletop.scenario.model import Decision, Effects
from tabletop.scenario.texts import Text

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine

Looked = TypeVar("Looked")

HELD, REVEALED, SHARED = 1, 2, 3
"""How a role knows a fact; 0 where it does not."""
GRANTED, ENDED = 1, 2
"""How a consent stands; 0 where it was never given."""


class Place:
    """Some bits in a row."""

    __slots__ = ("bits", "ones", "shift")

    def __init__(self, shift: int, ones: int) -> None:
        """Takes how far up they begin, and the largest number that fits."""
        self.shift = shift
        self.ones = ones
        self.bits = ones << shift
        """The mask over these bits where they stand."""

    def read(self, packed: int) -> int:
        """The number that stands there."""
        return packed >> self.shift & self.ones

    def write(self, packed: int, number: int) -> int:
        """The integer with another number there."""
        return packed & ~self.bits | number << self.shift


class Lookup(Generic[Looked]):
    """A function of a few bits, worked out once for each pattern of them."""

    __slots__ = ("_found", "_mask", "_work")

    def __init__(self, mask: int, work: Callable[[int], Looked]) -> None:
        """Takes the bits it depends on and what works it out."""
        self._mask = mask
        self._work = work
        self._found: dict[int, Looked] = {}

    def __call__(self, packed: int) -> Looked:
        """The result for a packed situation."""
        key = packed & self._mask
        if key in self._found:
            return self._found[key]
        found = self._found[key] = self._work(packed)
        return found


class Layout:
    """Where each variable of a scenario stands."""

    def __init__(self, engine: Engine) -> None:
        """Gives every variable its bits."""
        scenario = engine.scenario
        self.engine = engine
        self.width = 0
        self.low = {name: (each.range or (0, 1))[0] for name, each in scenario.state.items()}
        self.high = {name: (each.range or (0, 1))[1] for name, each in scenario.state.items()}
        self.flags = {name for name, each in scenario.state.items() if each.range is None}
        self.values = {name: self._place(self.high[name] - self.low[name]) for name in self.low}
        self.touched = {name: self._place(1) for name in scenario.state if name in self.flags}
        decisions = {
            name: each
            for scene in scenario.scenes.values()
            for name, each in scene.decisions.items()
        }
        self.settled = {name: self._place(1) for name in decisions}
        self.passed = {name: self._place(1) for name in decisions}
        self.opened = {name: self._place(1) for name in decisions}
        self.answer = {n: self._place(len(each.options) - 1) for n, each in decisions.items()}
        self.shown = {name: self._place(_wordings(each)) for name, each in decisions.items()}
        self.delivered = {name: self._place(1) for name in engine.plan.scene_of_inject}
        self.joined = {name: self._place(1) for name in scenario.roles}
        self.consents = {name: self._place(2) for name in scenario.consents}
        shown, told = _shown(engine), _told(engine)
        self.known = {
            (role, fact): self._place(3)
            for fact, each in scenario.facts.items()
            for role in scenario.roles
            if role in each.held_by or (role, fact) in shown or (role, fact) in told
        }
        self.offers: dict[Offer, tuple[Place, Place]] = {
            (fact, holder, to, number): (self._place(1), self._place(1))
            for fact, each in scenario.facts.items()
            for holder in scenario.roles
            for number, share in enumerate(each.share)
            if holder in each.held_by
            or (holder, fact) in shown
            or ((holder, fact) in told and share.onward)
            for to in share.to
            if to != holder
        }
        self.available: dict[Offer, Place] = {}
        self.told = self.mask(engine.plan.asked_by_texts)
        """What the texts of facts and briefs read, which may be told in any scene."""
        self.everyone = sum(place.bits for place in self.joined.values())

    def _place(self, most: int) -> Place:
        bits = max(1, most.bit_length())
        place = Place(self.width, (1 << bits) - 1)
        self.width += bits
        return place

    def remember_marks(self, offer: Offer, marks: int) -> None:
        """Makes room for which marks an offer could have had so far."""
        self.available[offer] = self._place((1 << marks) - 1)

    def mask(self, reads: Iterable[Read]) -> int:
        """The bits behind what conditions read."""
        mask = 0
        for read in reads:
            sort, name = read[0], read[1]
            if sort == "name" and name in self.values:
                mask |= self.values[name].bits
            elif sort in ("name", "settled") and name in self.settled:
                # Other names are the words an answer or the jurisdiction card is compared with.
                mask |= self.settled[name].bits | (self.answer[name].bits if sort == "name" else 0)
            elif sort == "knows":
                place = self.known.get((read[1], read[2]))
                mask |= place.bits if place else 0
            elif sort == "granted":
                mask |= self.consents[name].bits
            elif sort == "delivered":
                mask |= self.delivered[name].bits
        return mask

    def reads(self, conditions: Iterable[Condition | None]) -> int:
        """The bits that conditions read."""
        return self.mask(read for each in conditions if each is not None for read in each.reads)

    def changed(self, effects: Effects) -> int:
        """The bits that effects may change."""
        return self.mask(changes(effects))

    def holding(self, condition: Condition | None) -> Callable[[int], bool]:
        """A condition over packed situations."""
        if condition is None:
            return _always
        return Lookup(
            self.reads((condition,)), lambda packed: condition.holds(PackedSituation(self, packed))
        )

    def begin(self) -> int:
        """The packed situation before the first scene is entered."""
        scenario = self.engine.scenario
        packed = 0
        for name, each in scenario.state.items():
            packed = self.values[name].write(packed, int(each.start) - self.low[name])
        for name, consent in scenario.consents.items():
            packed = self.consents[name].write(packed, GRANTED if consent.start else 0)
        for fact, each_fact in scenario.facts.items():
            for role in each_fact.held_by:
                packed = self.known[role, fact].write(packed, HELD)
        return packed


class PackedSituation:
    """A packed integer as conditions see it."""

    __slots__ = ("_layout", "_packed")

    def __init__(self, layout: Layout, packed: int) -> None:
        """Takes the layout and the integer."""
        self._layout = layout
        self._packed = packed

    def value(self, name: str) -> bool | int | str | None:
        """A flag, a counter, or a decision's settled option; `None` while unsettled."""
        layout = self._layout
        place = layout.values.get(name)
        if place is not None:
            number = place.read(self._packed)
            return bool(number) if name in layout.flags else number + layout.low[name]
        if not self.settled(name):
            return None
        options = tuple(layout.engine.plan.decision(name).options)
        return options[layout.answer[name].read(self._packed)]

    def settled(self, decision: str) -> bool:
        """Whether the decision has an answer that counts."""
        return bool(self._packed & self._layout.settled[decision].bits)

    def knows(self, role: str, fact: str) -> bool:
        """Whether the role knows the fact."""
        place = self._layout.known.get((role, fact))
        return place is not None and bool(self._packed & place.bits)

    def granted(self, consent: str) -> bool:
        """Whether the consent is in force."""
        return self._layout.consents[consent].read(self._packed) == GRANTED

    def delivered(self, inject: str) -> bool:
        """Whether the inject has been delivered."""
        return bool(self._packed & self._layout.delivered[inject].bits)

    def law(self, attribute: str) -> bool | str:
        """What the jurisdiction card says."""
        return self._layout.engine.law[attribute]


def _always(packed: int) -> bool:
    return True


def _wordings(decision: Decision) -> int:
    """The largest number that says which options are shown and in which wordings."""
    most = 1
    for _, _, roles, count in worded(decision):
        most *= count ** len(roles)
    return (1 << len(decision.options)) * most - 1


def worded(decision: Decision) -> list[tuple[int, Text, tuple[str, ...], int]]:
    """Option texts whose wording varies: place, text, readers, and one more than its wordings."""
    readers = tuple(dict.fromkeys((*decision.by, *decision.consult)))
    return [
        (place, option.text, readers, 1 + sum(1 for _ in option.text.wordings()))
        for place, option in enumerate(decision.options.values())
        if next(option.text.conditions(), None) is not None
    ]


def _shown(engine: Engine) -> set[tuple[str, str]]:
    """The roles and the facts that some effect reveals to them."""
    return {
        (role, fact)
        for effects in effects_of(engine.scenario)
        for role, facts in effects.reveals.items()
        for fact in facts
    }


def _told(engine: Engine) -> set[tuple[str, str]]:
    """The roles and the facts that someone may share with them."""
    return {
        (to, fact)
        for fact, each in engine.scenario.facts.items()
        for share in each.share
        for to in share.to
        if not engine.withheld(fact, to)
    }

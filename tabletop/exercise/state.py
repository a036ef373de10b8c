"""The state of an exercise: a value, folded from events, that never holds a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tabletop.exercise.afterwards import (
    ActionUpdated,
    CapabilityRated,
    ImprovementWritten,
    Rated,
    Signed,
    Withdrawn,
)
from tabletop.exercise.commands import Confidence, ObservationKind
from tabletop.exercise.events import How, PassageKind
from tabletop.exercise.seats import Seat

PUBLIC = "public"
"""The feed of what everyone in the room may read; no role can have this name's place."""

CONDUCT = "facilitator"
"""The feed of those who conduct: every passage told to anyone, where someone facilitates."""

Offer = tuple[str, str, str, int]
"""A fact, its holder, a recipient, and the place of the share in the fact."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Something a feed holds: the path of an authored text or a reference to someone's words."""

    kind: PassageKind
    at: int
    scene: str
    to: tuple[str, ...]
    item: str = ""
    path: str = ""
    words: str = ""
    sender: str = ""
    seat: str = ""
    stand_in: bool = False
    """Whether a stand-in played the sender's role then."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A seat's present answer to a decision."""

    option: str
    reason: str = ""
    because: str = ""
    confidence: Confidence = 0


@dataclass(frozen=True)
class DecisionState:
    """Where a decision stands."""

    by: tuple[str, ...] = ()
    consult: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    advised: tuple[str, ...] = ()
    revealed: bool = False
    settled: str = ""
    how: How | Literal[""] = ""
    passed: bool = False

    @property
    def done(self) -> bool:
        """Whether nobody is asked any more."""
        return bool(self.settled) or self.passed

    def but(self, **changes: object) -> "DecisionState":
        """This decision with some fields replaced; far cheaper than `dataclasses.replace`."""
        new = object.__new__(DecisionState)
        new.__dict__.update(self.__dict__, **changes)
        return new

    def shown(self) -> tuple[str, ...]:
        """The options that were shown."""
        return tuple(option for option, _ in self.options)


@dataclass(frozen=True, slots=True)
class Known:
    """How a role came to know a fact, and the wording it knows it in."""

    how: Literal["held", "revealed", "shared"]
    path: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point one may want to go back to: a scene was entered, or an answer counted."""

    kind: Literal["scene", "settled"]
    item: str
    at: int
    """Exercise milliseconds."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What someone who conducts noted; its words as a reference."""

    at: int
    scene: str
    seat: str
    kind: ObservationKind
    words: str
    passage: int
    decision: str
    practice: str
    task: str


@dataclass(frozen=True)
class State:
    """An exercise at one moment; `State()` is one that has not begun."""

    status: Literal["open", "running", "ended"] = "open"
    paused: bool = False
    facilitated: bool = False
    scene: str = ""
    at: int = 0
    entered_at: int = 0
    seats: Mapping[str, Seat] = field(default_factory=dict)
    by_role: Mapping[str, tuple[Seat, ...]] = field(default_factory=dict)
    away: tuple[str, ...] = ()
    values: Mapping[str, int | bool] = field(default_factory=dict)
    known: Mapping[str, Mapping[str, Known]] = field(default_factory=dict)
    consents: Mapping[str, Literal["granted", "ended"]] = field(default_factory=dict)
    delivered: tuple[str, ...] = ()
    visited: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    decisions: Mapping[str, DecisionState] = field(default_factory=dict)
    offers: Mapping[Offer, Literal["open", "taken", "closed"]] = field(default_factory=dict)
    feeds: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    acknowledged: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    ending: str = ""
    left: tuple[str, ...] = ()
    """Seats that were left for good; they stay in `seats` for what they said and wrote."""
    care: bool = False
    """Whether a pause was asked for, for someone's sake."""
    carer: str = ""
    """Who asked, where they wished to be named."""
    held: tuple[str, ...] = ()
    """Injects kept back that would come by themselves."""
    omitted: tuple[str, ...] = ()
    scheduled: Mapping[str, int] = field(default_factory=dict)
    """Inject to the exercise time (ms) at which it is to come."""
    timer: int = 0
    """The exercise time (ms) by which people were asked to be done; 0: none."""
    spent: Mapping[str, int] = field(default_factory=dict)
    """Scene to the milliseconds spent in it, the present visit not counted."""
    moments: tuple[Moment, ...] = ()
    observations: tuple[Observation, ...] = ()
    ratings: Mapping[str, Rated] = field(default_factory=dict)
    """Critical task to what was last said of it."""
    capabilities: Mapping[str, CapabilityRated] = field(default_factory=dict)
    """Capability to what was last said of it."""
    improvements: Mapping[int, ImprovementWritten] = field(default_factory=dict)
    withdrawn: Mapping[int, Withdrawn] = field(default_factory=dict)
    """Those that were taken back."""
    actions: Mapping[int, ActionUpdated] = field(default_factory=dict)
    """Improvement to what was last said of its action."""
    reflections: Mapping[str, Mapping[str, tuple[str, str, str]]] = field(default_factory=dict)
    """Seat to what it last wrote to each prompt: words, occasion, day."""
    feedback: int = 0
    """How often feedback was given."""
    signatures: tuple[Signed, ...] = ()
    branch: int = 0
    """How often the exercise was rewound on the way here."""

    def but(self, **changes: object) -> "State":
        """This state with some fields replaced; far cheaper than `dataclasses.replace`."""
        new = object.__new__(State)
        new.__dict__.update(self.__dict__, **changes)
        return new

    def in_role(self, role: str) -> tuple[Seat, ...]:
        """The seats of a role, first seated first."""
        return self.by_role.get(role, ())

    def played(self, role: str) -> bool:
        """Whether a person sits in the role."""
        return any(seat.kind == "player" for seat in self.in_role(role))

    def knows(self, role: str, fact: str) -> bool:
        """Whether the role knows the fact."""
        return fact in self.known.get(role, {})

    def shared(self, fact: str, holder: str, to: str) -> bool:
        """Whether the holder has shared the fact with the role."""
        return any(
            status == "taken" and offer[:3] == (fact, holder, to)
            for offer, status in self.offers.items()
        )

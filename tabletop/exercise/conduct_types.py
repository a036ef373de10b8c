"""The types of what those who conduct an exercise see, and of what everyone in the room sees.

Facilitators, evaluators and observers see every passage and every fact that was shared. They see
who has answered and, until the reveal, not what; no mark, effect or condition has a field here.
"""

from dataclasses import dataclass
from typing import Literal

from tabletop.exercise.afterwards import ActionStatus, Element, Proposal, Rating
from tabletop.exercise.view_types import (
    CommitView,
    OptionView,
    PassageView,
    SceneView,
    SpreadView,
    Status,
)

Coming = Literal[
    "entry", "condition", "minute", "held", "scheduled", "kept back", "left out", "came"
]
"""How an inject comes, or what became of it."""


@dataclass(frozen=True, slots=True)
class SeatView:
    """Someone at or beside the table."""

    id: str
    kind: str
    role: str
    name: str
    """What the person is called, or empty."""
    agency: str
    away: bool
    left: bool
    unread: int
    """Passages not yet said to be read."""
    asked: int
    """Open decisions this seat is asked."""
    answered: int
    """Those of them it has answered."""


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role and whether it has joined."""

    id: str
    name: str
    discipline: str
    hat: str
    joined: bool
    joins: str
    """The scene it joins with, or empty."""


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module of the agenda."""

    title: str
    planned: int
    """Minutes planned for its scenes that were entered or can still come; alternatives count once
    each."""
    used: int
    """Milliseconds spent in its scenes before the present visit."""
    current: bool
    visited: bool


@dataclass(frozen=True, slots=True)
class ConductDecision:
    """A decision of the present scene, as those who conduct see it."""

    id: str
    title: str
    ask: tuple[tuple[str, str], ...]
    """Role and the wording it reads."""
    by: tuple[str, ...]
    consult: tuple[str, ...]
    rule: str
    options: tuple[OptionView, ...]
    """Worded as the first deciding role reads them."""
    phase: Literal["waits", "open", "revealed", "settled", "passed"]
    answered: tuple[tuple[str, int, int], ...]
    """Role, how many of its people have answered, and how many there are."""
    commits: tuple[CommitView, ...]
    """Empty before the reveal."""
    spread: tuple[SpreadView, ...]
    settled: str
    how: str
    may_reveal: bool
    may_settle: bool
    may_choose: bool
    """Whether settling needs a named option, because the rule gives none."""


@dataclass(frozen=True, slots=True)
class InjectView:
    """An inject of the present scene, or one kept back for later."""

    id: str
    title: str
    sender: str
    to: tuple[str, ...]
    text: str
    note: str
    expect: str
    coming: Coming
    at: int
    """The exercise time (ms) at which it is to come; 0 where no time is set."""
    may_release: bool


@dataclass(frozen=True, slots=True)
class ConductPassage:
    """A passage as it was told, with whom it was told to."""

    passage: PassageView
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MomentView:
    """A point one may go back to."""

    number: int
    kind: str
    """scene or settled."""
    title: str
    at: int
    item: str = ""
    """The scene or decision."""


@dataclass(frozen=True, slots=True)
class ObservationView:
    """Something noted by someone who conducts."""

    at: int
    scene: str
    by: str
    kind: str
    words: str
    passage: int
    decision: str
    practice: str
    task: str
    erased: bool


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A practice or critical task that observations may be tied to."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class RatingView:
    """What somebody said of a critical task, or of a capability."""

    task: str
    """As `objective.task`; of a capability, its name in the scenario."""
    rating: Rating
    proposed: Proposal
    reason: str
    by: str
    """What they are called, or empty."""


@dataclass(frozen=True, slots=True)
class ImprovementView:
    """Something to improve, and what has become of it."""

    number: int
    issue: str
    action: str
    element: Element
    owner: str
    contact: str
    start: str
    due: str
    objective: str
    decisions: tuple[str, ...]
    observations: tuple[int, ...]
    status: ActionStatus
    note: str
    withdrawn: bool = False
    """Whether it was taken back, and"""
    why: str = ""
    """why; empty where that was erased."""


@dataclass(frozen=True, slots=True)
class SignatureView:
    """Somebody's signature, and the digest of what they signed."""

    name: str
    organization: str
    role: str
    on: str
    digest: str


@dataclass(frozen=True, slots=True)
class ConclusionsView:
    """What was entered once play was over."""

    ratings: tuple[RatingView, ...]
    capabilities: tuple[RatingView, ...]
    improvements: tuple[ImprovementView, ...]
    signatures: tuple[SignatureView, ...]
    feedback: int
    """How many gave feedback; what they said stands in the debrief, where they are enough."""
    digest: str
    """Of what a signature would freeze now."""


@dataclass(frozen=True, slots=True)
class ConductView:
    """What those who conduct see."""

    title: str
    seat: str
    kind: str
    """facilitator, evaluator or observer."""
    status: Status
    care: bool
    carer: str
    """Who asked for a stop, where they wished to be named."""
    scene: SceneView | None
    modules: tuple[ModuleView, ...]
    scenes: tuple[SceneView, ...]
    """Every scene, in the author's order, to go to."""
    entered_at: int
    timer: int
    roles: tuple[RoleView, ...]
    seats: tuple[SeatView, ...]
    decisions: tuple[ConductDecision, ...]
    injects: tuple[InjectView, ...]
    feed: tuple[ConductPassage, ...]
    questions: tuple[tuple[str, tuple[str, ...]], ...]
    """Discussion questions: for `all` or for a role."""
    notes: str
    """The author's notes for the facilitator of this scene."""
    moments: tuple[MomentView, ...]
    observations: tuple[ObservationView, ...]
    practices: tuple[SubjectView, ...]
    """Those the present scene's decisions rest on."""
    tasks: tuple[SubjectView, ...]
    objectives: tuple[SubjectView, ...]
    may: tuple[str, ...]
    """Names of commands open to this seat now."""
    branch: int
    ending: str
    """The title of the ending, once it is over."""
    ended_early: bool
    closing: tuple[str, ...]
    conclusions: ConclusionsView | None = None
    """Nothing before it is over."""


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """What the whole room may see of an open decision.

    The question and what its letters stand for are there only where everyone at the table decides.
    """

    title: str
    ask: str
    options: tuple[str, ...]
    answered: int
    expected: int
    spread: tuple[SpreadView, ...]
    """After the reveal: answers as letters, by discipline."""
    phase: Literal["open", "revealed"]


@dataclass(frozen=True, slots=True)
class PublicView:
    """What everyone in the room may see."""

    title: str
    status: Status
    care: bool
    scene: SceneView | None
    feed: tuple[PassageView, ...]
    decisions: tuple[PublicDecision, ...]
    timer: int
    branch: int
    ended_early: bool
    closing: tuple[str, ...]

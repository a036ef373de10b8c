"""The parts of a report that people entered once play was over."""

from dataclasses import dataclass

from tabletop.debrief.parts import Guidance, Observed
from tabletop.exercise.afterwards import ActionStatus, Element, Proposal


@dataclass(frozen=True, slots=True)
class Shown:
    """A marked choice that shows something of a critical task."""

    at: int
    title: str
    chosen: str
    done: bool
    """Whether the task was done here."""
    better: bool
    """Whether a better way was open."""
    critical: bool


@dataclass(frozen=True, slots=True)
class TaskRating:
    """A critical task: what the record proposes, and what a person made of it."""

    id: str
    """As `objective.task`."""
    text: str
    guidance: tuple[Guidance, ...]
    proposed: Proposal
    """Empty: not evidenced. Where somebody rated it, what they were shown."""
    suggested: Proposal
    """What is proposed now; other than `proposed` where something was noted since."""
    rating: Proposal
    """What a person said; empty where nobody has."""
    reason: str | None
    """Nothing where it was erased."""
    by: str
    """Whether an evaluator or a facilitator said it; empty where nobody has."""
    shown: tuple[Shown, ...]
    observed: tuple[Observed, ...]

    @property
    def final(self) -> Proposal:
        """What a person said, else what is proposed."""
        return self.rating or self.proposed


@dataclass(frozen=True, slots=True)
class ObjectiveRating:
    """An objective with its tasks; as good as the worst of those that were exercised."""

    id: str
    title: str
    capability: str
    target: str
    tasks: tuple[TaskRating, ...]
    final: Proposal


@dataclass(frozen=True, slots=True)
class CapabilityRating:
    """A capability; as good as the worst of its objectives, unless a person said otherwise."""

    name: str
    proposed: Proposal
    """The worst of its objectives; where somebody rated it, what they were shown."""
    rating: Proposal
    """What a person said; empty where nobody has."""
    reason: str | None
    """Nothing where it was erased."""

    @property
    def final(self) -> Proposal:
        """What a person said, else what is proposed."""
        return self.rating or self.proposed


@dataclass(frozen=True, slots=True)
class Improvement:
    """A row of the improvement plan; words that were erased are nothing."""

    number: int
    issue: str | None
    action: str | None
    element: Element
    owner: str | None
    contact: str | None
    """Empty unless names were asked for."""
    start: str
    due: str
    capability: str
    objective: str
    decisions: tuple[str, ...]
    observations: tuple[Observed, ...]
    status: ActionStatus
    note: str | None
    updated: str
    """The day something was last said of it; empty for never."""
    withdrawn: bool
    """Whether it was taken back."""
    why: str | None
    """Why it was; empty where it stands, and nothing where that was erased."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the feedback form and how many answered 1 to 5."""

    name: str
    counts: tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What people said of the exercise; nothing of it where too few did."""

    given: int
    enough: bool
    statements: tuple[Statement, ...] = ()
    """Those that enough people answered."""
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Part of the form (`afterwards.PARTS`) to what was written there, in alphabetical order."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's signature under what was found."""

    name: str | None
    """Empty unless names were asked for."""
    organization: str | None
    role: str | None
    on: str
    digest: str
    holds: bool
    """Whether what was signed is what stands here."""


@dataclass(frozen=True, slots=True)
class Concluded:
    """All of it."""

    watched: bool
    """Whether someone facilitated; who plays alone rates nothing."""
    objectives: tuple[ObjectiveRating, ...]
    capabilities: tuple[CapabilityRating, ...]
    improvements: tuple[Improvement, ...]
    feedback: Feedback
    signatures: tuple[Signature, ...]

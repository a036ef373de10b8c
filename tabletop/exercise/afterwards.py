"""Afterwards: what people enter once play is over, as commands and as events.

An exercise that has ended goes on being written in: those who watched rate each critical task and
each capability, what is to be improved gets an owner and a day, people say how it was, and somebody
signs. These are entries like all others, so they are chained, and their words can be erased.

Five things hold:

* What was proposed for a task or a capability stands beside what a person made of it, in the same
  event, so that nobody can later take one for the other.
* What was written down to be improved is never deleted: who takes it back says why, and both stay.
* A signature freezes what was found (ratings, and what is to be improved and why). It names the
  digest of that, and is refused where somebody has changed it since the signer looked. What becomes
  of an action stays open.
* Feedback has no field for who gave it, and its entry is written without seat and key.
* Days are texts as in 2026-12-01. On which day something was signed or done is nobody's to say: the
  room fills it in.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tabletop.exercise.state import State

Rating = Literal["P", "S", "M", "U"]
"""How a critical task was performed: without challenges, with some, with major ones, not at all."""

Proposal = Literal["P", "S", "M", "U", ""]
"""A rating that was proposed; empty where the exercise showed nothing of the task."""

RATINGS: tuple[Rating, ...] = ("P", "S", "M", "U")
"""The best first."""

Element = Literal["planning", "organization", "equipment", "training", "exercise"]
"""What of a capability an action changes."""

ELEMENTS: tuple[Element, ...] = ("planning", "organization", "equipment", "training", "exercise")

ActionStatus = Literal["open", "begun", "done", "dropped"]

STATUSES: tuple[ActionStatus, ...] = ("open", "begun", "done", "dropped")

STATEMENTS = (
    "structured",
    "plausible",
    "facilitated",
    "documents",
    "fitting",
    "attendance",
    "practised",
    "prepared",
    "safe",
    "others",
    "sharing",
    "respectful",
)
"""What feedback agrees with or not, from 1 to 5; the last four are ours."""

PARTS = ("strengths", "improvements", "missed", "actions", "review", "suggestions")
"""What feedback says in words: the fields of `GiveFeedback`."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Say how a critical task was performed: what was proposed, or something else for a reason."""

    task: str
    """As `objective.task`."""
    rating: Rating
    proposed: Proposal = ""
    """What was proposed to who rates."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RateCapability:
    """Say how a capability was performed: as its tasks propose, or something else for a reason."""

    capability: str
    """As the scenario's objectives name it."""
    rating: Rating
    proposed: Proposal = ""
    """What was proposed to who rates."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Improve:
    """Write down something to improve, or (`item`, its number from 1) write it anew."""

    issue: str
    action: str = ""
    element: Element = "planning"
    owner: str = ""
    """The organization that sees to it."""
    contact: str = ""
    start: str = ""
    due: str = ""
    objective: str = ""
    """The scenario's objective, and with it the capability, it belongs to."""
    decisions: tuple[str, ...] = ()
    observations: tuple[int, ...] = ()
    """What shows it: decisions, and observations by their number from 1."""
    item: int = 0


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back something that was written down to be improved; it stays, and so does why."""

    item: int
    reason: str


@dataclass(frozen=True, slots=True)
class UpdateAction:
    """Say what has become of an action."""

    item: int
    status: ActionStatus
    note: str = ""
    due: str = ""
    """A new day; empty leaves the old one."""
    on: str = ""


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """Say without a name how the exercise was."""

    answers: tuple[tuple[str, int], ...] = ()
    """Statement to 1 (not at all) … 5 (wholly); what was left out was not answered."""
    strengths: str = ""
    improvements: str = ""
    missed: str = ""
    actions: str = ""
    review: str = ""
    suggestions: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """Sign what was found, as it was seen."""

    name: str
    organization: str
    role: str
    digest: str
    """Of what was seen (`digest`)."""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """Somebody rated a critical task."""

    seat: str
    task: str
    rating: Rating
    proposed: Proposal = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CapabilityRated:
    """Somebody rated a capability."""

    seat: str
    capability: str
    rating: Rating
    proposed: Proposal = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImprovementWritten:
    """Something to improve was written down, or anew."""

    seat: str
    item: int
    issue: str
    action: str = ""
    element: Element = "planning"
    owner: str = ""
    contact: str = ""
    start: str = ""
    due: str = ""
    objective: str = ""
    decisions: tuple[str, ...] = ()
    observations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something that was written down to be improved was taken back."""

    seat: str
    item: int
    reason: str


@dataclass(frozen=True, slots=True)
class ActionUpdated:
    """Something became of an action."""

    seat: str
    item: int
    status: ActionStatus
    note: str = ""
    due: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """Somebody said how the exercise was."""

    answers: tuple[tuple[str, int], ...] = ()
    strengths: str = ""
    improvements: str = ""
    missed: str = ""
    actions: str = ""
    review: str = ""
    suggestions: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody signed what was found."""

    seat: str
    name: str
    organization: str
    role: str
    digest: str
    on: str = ""


def digest(state: "State") -> str:
    """What a signature names: a hash of everything it freezes, words by their salted references."""
    from tabletop.exercise.codec import canonical, encode

    frozen: dict[str, list[Any]] = {
        "ratings": [encode(state.ratings[task]) for task in sorted(state.ratings)],
        "improvements": [encode(state.improvements[item]) for item in sorted(state.improvements)],
    }
    # Not there where there is nothing: what was signed before it could be has the same digest.
    if state.capabilities:
        frozen["capabilities"] = [encode(each) for _, each in sorted(state.capabilities.items())]
    if state.withdrawn:
        frozen["withdrawn"] = [encode(each) for _, each in sorted(state.withdrawn.items())]
    return sha256(canonical(frozen)).hexdigest()

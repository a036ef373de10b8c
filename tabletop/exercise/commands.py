"""Commands: what a seat may ask for, in the imperative.

A command names no role: the seat it comes from is bound to one. Where a command carries a person's
words it carries their reference in the table of words (`words.py`), never the words themselves;
an empty string stands for "none".
"""

from dataclasses import dataclass
from typing import Literal

from tabletop.exercise import afterwards as a
from tabletop.exercise.seats import Seat

Confidence = Literal[0, 1, 2, 3, 4]
"""How sure a player is: 1 guess, 2 lean, 3 fairly sure, 4 certain; 0 not said."""

Prompt = Literal["reaction", "plus", "delta", "commitment"]
"""What a person is asked to write down after an exercise."""

ObservationKind = Literal["strength", "issue"]

PROMPTS: tuple[Prompt, ...] = ("reaction", "plus", "delta", "commitment")


@dataclass(frozen=True, slots=True)
class Start:
    """Begin: everyone in their seats."""

    seats: tuple[Seat, ...]
    facilitated: bool = False


@dataclass(frozen=True, slots=True)
class Commit:
    """Give one's private answer; until it is settled it may be given again."""

    decision: str
    option: str
    reason: str = ""
    because: str = ""
    confidence: Confidence = 0


@dataclass(frozen=True, slots=True)
class Settle:
    """Make the answer count: by the rule, or, where that gives none, the named option."""

    decision: str
    option: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Share a fact one holds with one role."""

    fact: str
    to: str


@dataclass(frozen=True, slots=True)
class Say:
    """Say something to a role or to `all`, or advise (`about`) those who decide."""

    to: str
    words: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Say how many of one's passages one has read."""

    passages: int


@dataclass(frozen=True, slots=True)
class Advance:
    """Move on to the next scene."""


@dataclass(frozen=True, slots=True)
class Release:
    """Release a held inject."""

    inject: str


@dataclass(frozen=True, slots=True)
class PassTime:
    """Let the exercise's clock reach a time, in milliseconds since the start."""

    to: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop for everyone."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after a pause."""


@dataclass(frozen=True, slots=True)
class StepOut:
    """Leave the table for a while; nobody waits for this seat."""


@dataclass(frozen=True, slots=True)
class StepIn:
    """Come back to the table."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Read the gentler wording of a passage instead (its number in one's own feed)."""

    passage: int


@dataclass(frozen=True, slots=True)
class End:
    """End the exercise before its ending."""


@dataclass(frozen=True, slots=True)
class Reflect:
    """Write something down after the exercise."""

    prompt: Prompt
    words: str
    when: str = ""
    """For a commitment: the occasion on which it is done."""
    by: str = ""
    """For a commitment: by when."""


@dataclass(frozen=True, slots=True)
class Admit:
    """Seat someone who came after the beginning; a stand-in hands its role over."""

    seat: Seat


@dataclass(frozen=True, slots=True)
class Move:
    """Move a player to another role."""

    seat: str
    role: str


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Free a seat for good; where nobody is left in its role, a stand-in takes it."""

    seat: str


@dataclass(frozen=True, slots=True)
class Reveal:
    """Show the answers given so far without waiting for the rest."""

    decision: str


@dataclass(frozen=True, slots=True)
class Jump:
    """Go to a scene whatever its ways in say, for a reason."""

    scene: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rewind:
    """Go on from an earlier moment, its number from 1 (`State.moments`), for a reason."""

    moment: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """Keep an inject that would come by itself until it is released, or no longer (`on`)."""

    inject: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Omit:
    """Leave an inject out for good."""

    inject: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """Let a held inject come at a time, in exercise milliseconds; 0 takes it off again."""

    inject: str
    at: int


@dataclass(frozen=True, slots=True)
class Write:
    """Send an inject written on the spot to some roles, or to `all`."""

    to: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Show people a time to be done by, in exercise milliseconds; 0 drops it."""

    until: int


@dataclass(frozen=True, slots=True)
class StopForCare:
    """Ask for a stop, for oneself or for somebody else; anonymous unless `named`."""

    named: bool = False


@dataclass(frozen=True, slots=True)
class Observe:
    """Note something seen, and what it is about: a passage, a decision, a practice, a task."""

    kind: ObservationKind
    words: str
    passage: int = 0
    """Its number in the feed of those who conduct; 0 for none."""
    decision: str = ""
    practice: str = ""
    task: str = ""
    """A critical task, as `objective.task`."""


Command = (
    Start
    | Commit
    | Settle
    | Share
    | Say
    | Acknowledge
    | Advance
    | Release
    | PassTime
    | Pause
    | Resume
    | StepOut
    | StepIn
    | Skip
    | End
    | Reflect
    | Admit
    | Move
    | Dismiss
    | Reveal
    | Jump
    | Rewind
    | Hold
    | Omit
    | Schedule
    | Write
    | SetTimer
    | StopForCare
    | Observe
    | a.Rate
    | a.RateCapability
    | a.Improve
    | a.Withdraw
    | a.UpdateAction
    | a.GiveFeedback
    | a.Sign
)

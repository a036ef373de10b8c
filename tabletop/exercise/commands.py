"""Commands: what a seat may ask for, in the imperative.

A command names no role: the seat it comes from is bound to one. Where a command carries a person's
words it carries their reference in the table of words (`words.py`), never the words themselves;
an empty string stands for "none".
"""

from dataclasses import dataclass
from typing import Literal

from tabletop.exercise.seats import Seat

Confidence = Literal[0, 1, 2, 3, 4]
"""How sure a player is: 1 guess, 2 lean, 3 fairly sure, 4 certain; 0 not said."""

Prompt = Literal["reaction", "plus", "delta", "commitment"]
"""What a person is asked to write down after an exercise."""

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
)

"""What a facilitator does to a session, beside what they do in its exercises."""

from dataclasses import dataclass
from typing import Literal

ALL_TABLES = 0
"""Every table at once."""


@dataclass(frozen=True, slots=True)
class AdmitPerson:
    """Let someone in, in a role or, where it is empty, without one yet; also moves them."""

    person: int
    role: str = ""
    table: int = 1


@dataclass(frozen=True, slots=True)
class DeclinePerson:
    """Turn someone away."""

    person: int


@dataclass(frozen=True, slots=True)
class FreeSeat:
    """Free the seat of someone who has gone; a stand-in takes it where nobody else is there."""

    person: int


@dataclass(frozen=True, slots=True)
class GiveSeat:
    """Give the seat of someone whose device is lost to the device of someone who waits."""

    person: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Give everyone who waits, or has no role, a role: wishes first, then the emptiest."""


@dataclass(frozen=True, slots=True)
class AssignList:
    """Assign roles from lines of `name, role` or `name, role, table`; unknown names wait for it."""

    text: str


@dataclass(frozen=True, slots=True)
class LockDoor:
    """Let nobody new in, or again (`on`); nobody is put out by it."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """Admit whoever comes without asking, or no longer (`on`)."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin the exercise at every table."""


@dataclass(frozen=True, slots=True)
class Rehearse:
    """Run it once with stand-ins in every seat; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class EndRehearsal:
    """Delete the rehearsal and stand at the beginning again."""


@dataclass(frozen=True, slots=True)
class OpenDebrief:
    """Show everyone the debrief on their own page, or no longer (`on`)."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class ShowPrompt:
    """Show the room a question to talk about; an empty one takes it away."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowStep:
    """Show the room a step of the hot wash, its number from 1; 0 takes it away.

    The number counts the steps of one table's talk; the others' screens show the same of theirs.
    """

    form: Literal["short", "full"]
    number: int
    table: int = 1


@dataclass(frozen=True, slots=True)
class CloseSession:
    """End the session: names and devices are forgotten, the exercises stay."""


SessionCommand = (
    AdmitPerson
    | DeclinePerson
    | FreeSeat
    | GiveSeat
    | Balance
    | AssignList
    | LockDoor
    | OpenDoor
    | Begin
    | Rehearse
    | EndRehearsal
    | OpenDebrief
    | ShowPrompt
    | ShowStep
    | CloseSession
)

"""Among: the parts of a report on what passed among people, as values with their names resolved.

Who knew what and how, what was not told, what was disclosed; how far answers were the same and how
sure people were. They stand here and not in `parts.py` only because there are many of them.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tabletop.debrief.who import Who

Consent = Literal["", "granted", "without", "lapsed"]


@dataclass(frozen=True, slots=True)
class Learned:
    """How a role came to know a fact, or that there is one."""

    at: int
    """Exercise milliseconds from which on it knew."""
    how: Literal["held", "told", "decision", "inject", "fact", "hinted"]
    by: Who | None = None
    """Who told it, or let know that it exists."""
    through: str = ""
    """The title of the decision, inject or fact that revealed it; empty where that stays unsaid."""
    consent: Consent = ""
    joining: bool = False
    """Whether it was known before the role came to the table."""


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact somebody at the table knew, and how each role came to it."""

    title: str
    """Its short title; empty where it is privileged and was not told."""
    learned: tuple[Learned | None, ...]
    """By role, in the order of the roles; nothing where a role never knew it."""


@dataclass(frozen=True, slots=True)
class NotShared:
    """A fact that bore on a decision and could rightly have been told by then."""

    decision: str
    at: int
    fact: str
    to: Who
    holders: tuple[Who, ...]
    since: int
    """Exercise milliseconds from which on it could rightly have been told."""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A privileged fact, or one that needs a consent, was told, or one as a critical act."""

    at: int
    fact: str
    """Its short title; empty where it is privileged and was not told."""
    sender: Who
    to: Who
    told: bool
    privileged: bool
    consent: Consent
    purpose: str
    """What the consent was given for, by whom; empty where the fact needs none."""
    critical: bool
    marked: bool
    set_off: tuple[str, ...] = ()
    """What followed from it, as sentences."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Who knew what, when."""

    roles: tuple[Who, ...] = ()
    facts: tuple[KnownFact, ...] = ()
    not_shared: tuple[NotShared, ...] = ()
    disclosed: tuple[Disclosed, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """How many pairs of answers were the same."""

    agreed: int
    of: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Answers within one discipline, or between two, before people talked and after."""

    disciplines: tuple[str, ...]
    decisions: int
    """At how many decisions there was such a pair after the talk."""
    before: Share | None
    """Nothing where there were too few to say."""
    after: Share | None


@dataclass(frozen=True, slots=True)
class Dissent:
    """An answer that stood to the end and did not count."""

    who: Who
    option: str
    reason: str | None
    """Their own words; empty where none, nothing where erased."""
    because: str
    """The offered reason they picked; empty where none."""
    confidence: int


@dataclass(frozen=True, slots=True)
class Together:
    """One decision that several people answered."""

    at: int
    title: str
    chosen: str
    before: tuple[tuple[str, int], ...]
    """Answers as they were shown, with how many gave each."""
    after: tuple[tuple[str, int], ...]
    moved: int
    """How many answered otherwise after the talk."""
    talked: bool
    dissent: tuple[Dissent, ...]


@dataclass(frozen=True, slots=True)
class Sureness:
    """The answers of one confidence."""

    confidence: int
    answers: int
    credit: tuple[Fraction | None, Fraction | None]
    """On each axis from 0, the worst that was open, to 1, the best; nothing where too few."""


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure people were, beside the credit of their answers."""

    levels: tuple[Sureness, ...] = ()
    answers: int = 0
    unsaid: int = 0
    people: tuple[tuple[str, tuple[Sureness, ...]], ...] = ()
    """By name; empty unless names were asked for."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """How many people answered little or said nothing of their own."""

    people: int = 0
    quiet: int = 0
    names: tuple[str, ...] = ()
    """Only where names were asked for."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How far people's answers were the same, and how sure they were."""

    decisions: tuple[Together, ...] = ()
    alike: tuple[Alike, ...] = ()
    sure: Sure = Sure()
    quiet: Quiet = Quiet()


@dataclass(frozen=True, slots=True)
class Explained:
    """A consequence with its reasons, as sentences a person reads."""

    number: int
    """The number of its event."""
    at: int
    what: str
    """A sentence without its end, as in "“The motion” came"."""
    because: tuple[str, ...]
    """Reasons, each a sentence; none where nothing had to be so for it."""
    ending: str = ""
    """Where no reason is needed: who has it so, as a sentence."""

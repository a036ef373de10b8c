"""Events: what a command made happen, in the past tense.

Events carry results, never things to look up: the scene entered, the value after, who learned
what, which mark each open option had. `evolve` therefore reads no scenario and no condition, and a
later version of the program replays an old record.
"""

from dataclasses import dataclass
from typing import Literal

from tabletop.exercise import afterwards as a
from tabletop.exercise.commands import Confidence, ObservationKind, Prompt
from tabletop.exercise.seats import Seat

How = Literal["sole", "lead", "majority", "unanimous", "alone", "facilitator", "stand_in"]
"""How an answer came to count; `alone` where one person had to break a tie of stand-ins."""

ConsentStanding = Literal["", "granted", "without", "lapsed"]
"""How the consent stood that a share needs; empty where it needs none."""

PassageKind = Literal[
    "brief",
    "narration",
    "inject",
    "outcome",
    "learned",
    "told",
    "shared",
    "withheld",
    "message",
    "advice",
    "settled",
    "written",
    "jumped",
    "rewound",
]
"""What a passage is. `told`: someone shared a fact with you; `shared`: you shared one; `withheld`:
someone told you that something privileged exists, and not what; `settled`: which answer counts;
`written`: an inject written on the spot; `jumped`, `rewound`: the facilitator went elsewhere."""


@dataclass(frozen=True, slots=True)
class Started:
    """The exercise began."""

    seats: tuple[Seat, ...]
    facilitated: bool
    values: tuple[tuple[str, int | bool], ...]
    consents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SceneEntered:
    """A scene was entered; `again` are decisions of an earlier visit that are asked anew."""

    scene: str
    again: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleJoined:
    """A role came to the table."""

    role: str


@dataclass(frozen=True, slots=True)
class Told:
    """A passage reached some roles; `path` names an authored text, `words` a person's own.

    `sender` is the role it comes from, and for `shared` the role that was told.
    """

    kind: PassageKind
    to: tuple[str, ...]
    item: str = ""
    path: str = ""
    words: str = ""
    sender: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A flag or counter took a value."""

    name: str
    value: int | bool


@dataclass(frozen=True, slots=True)
class Learned:
    """A role came to know a fact: it `held` it, it was `revealed`, or someone `shared` it."""

    role: str
    fact: str
    how: Literal["held", "revealed", "shared"]
    path: str


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A consent came into force."""

    consent: str


@dataclass(frozen=True, slots=True)
class ConsentEnded:
    """A consent was revoked or lapsed."""

    consent: str


@dataclass(frozen=True, slots=True)
class InjectDelivered:
    """An inject was delivered."""

    inject: str


@dataclass(frozen=True, slots=True)
class DecisionOpened:
    """A decision was put; texts are by role (`all` where every role reads the same)."""

    decision: str
    by: tuple[str, ...]
    consult: tuple[str, ...]
    asks: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class DecisionPassed:
    """A decision did not arise."""

    decision: str


@dataclass(frozen=True, slots=True)
class Committed:
    """A player answered, privately."""

    decision: str
    seat: str
    option: str
    reason: str = ""
    because: str = ""
    confidence: Confidence = 0


@dataclass(frozen=True, slots=True)
class Revealed:
    """The answers were shown to those who gave them."""

    decision: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What an open option was worth when its decision settled.

    `mark` is its place among the option's marks (-1: none held). `attainable` is false where the
    guidance settles nothing and no offered reason fits, so that positive marks count half at best.
    """

    option: str
    mark: int
    vc: int
    ci: int
    critical: bool = False
    attainable: bool = True


@dataclass(frozen=True, slots=True)
class Settled:
    """An answer counts.

    `credit` names the roles it is marked for and whether their reason fits; empty where it was
    forced or given by stand-ins, and then it counts nowhere.
    """

    decision: str
    option: str
    how: How
    marks: tuple[Judged, ...]
    credit: tuple[tuple[str, bool], ...]
    seat: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OfferMade:
    """A holder could from now on share a fact with a role; `offer` is its place in the fact."""

    fact: str
    holder: str
    to: str
    offer: int


@dataclass(frozen=True, slots=True)
class FactShared:
    """A role shared a fact with another; `told` is false where only its existence was."""

    fact: str
    sender: str
    to: str
    told: bool
    offer: int
    mark: int
    consent: ConsentStanding
    vc: int
    ci: int
    kept_vc: int
    kept_ci: int
    critical: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class OfferClosed:
    """The window of an offer closed and it was not taken.

    `missed` where the recipient still did not know, and then keeping it is marked.
    """

    fact: str
    holder: str
    to: str
    offer: int
    missed: bool
    vc: int
    ci: int
    shared_vc: int
    shared_ci: int
    counts: bool


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A seat said how many passages it had read."""

    seat: str
    passages: int


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The clock reached a time."""

    to: int


@dataclass(frozen=True, slots=True)
class Paused:
    """Everything stopped."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """It went on."""


@dataclass(frozen=True, slots=True)
class SteppedOut:
    """A seat left for a while."""

    seat: str


@dataclass(frozen=True, slots=True)
class SteppedIn:
    """A seat came back."""

    seat: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A seat chose the gentler wording of one of its passages."""

    seat: str
    passage: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The exercise ended, in an ending or before one."""

    ending: str = ""


@dataclass(frozen=True, slots=True)
class Reflected:
    """A person wrote something down afterwards."""

    seat: str
    prompt: Prompt
    words: str
    when: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Seated:
    """Someone took a seat after the beginning, or a stand-in took one that was left."""

    seat: Seat


@dataclass(frozen=True, slots=True)
class Left:
    """A seat was left for good."""

    seat: str


@dataclass(frozen=True, slots=True)
class Jumped:
    """The exercise left its ways for a scene the facilitator chose."""

    scene: str
    seat: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rewound:
    """The exercise goes on from an earlier moment; who sits where stays as it was.

    Its entry's parent is the entry of that moment, and the clock stands where it stood then.
    """

    moment: int
    seat: str
    seats: tuple[Seat, ...]
    away: tuple[str, ...]
    left: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class InjectHeld:
    """An inject is kept back, or no longer (`on`)."""

    inject: str
    on: bool


@dataclass(frozen=True, slots=True)
class InjectOmitted:
    """An inject was left out for good."""

    inject: str


@dataclass(frozen=True, slots=True)
class InjectScheduled:
    """A held inject is to come at an exercise time (ms); 0: no longer."""

    inject: str
    at: int


@dataclass(frozen=True, slots=True)
class TimerSet:
    """People see a time to be done by (exercise ms); 0: no longer. Nothing happens then."""

    until: int


@dataclass(frozen=True, slots=True)
class CareAsked:
    """Somebody asked for a stop; the seat only where they wished it."""

    seat: str = ""


@dataclass(frozen=True, slots=True)
class Observed:
    """Someone who conducts noted something."""

    seat: str
    kind: ObservationKind
    words: str
    passage: int = 0
    decision: str = ""
    practice: str = ""
    task: str = ""


Event = (
    Started
    | SceneEntered
    | RoleJoined
    | Told
    | Changed
    | Learned
    | ConsentGiven
    | ConsentEnded
    | InjectDelivered
    | DecisionOpened
    | DecisionPassed
    | Committed
    | Revealed
    | Settled
    | OfferMade
    | FactShared
    | OfferClosed
    | Acknowledged
    | TimePassed
    | Paused
    | Resumed
    | SteppedOut
    | SteppedIn
    | Skipped
    | Ended
    | Reflected
    | Seated
    | Left
    | Jumped
    | Rewound
    | InjectHeld
    | InjectOmitted
    | InjectScheduled
    | TimerSet
    | CareAsked
    | Observed
    | a.Rated
    | a.CapabilityRated
    | a.ImprovementWritten
    | a.Withdrawn
    | a.ActionUpdated
    | a.FeedbackGiven
    | a.Signed
)

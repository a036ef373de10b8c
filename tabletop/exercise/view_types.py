"""The types of views: what a seat may be given, and nothing else has a place in them.

No mark, effect, branch condition, unrevealed commit or other role's fact could travel in these
types, because there is no field for it.
"""

from dataclasses import dataclass
from typing import Literal

Status = Literal["open", "running", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class SceneView:
    """Where the exercise is, or was."""

    id: str
    title: str
    module: str
    number: int
    """The module's number, from 1; 0 in an ending."""
    modules: int
    time: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """One passage of a seat's feed."""

    number: int
    """From 1, without gaps, in this seat's feed."""
    at: int
    """Exercise milliseconds."""
    scene: str
    kind: str
    heading: str
    """Who it comes from and to whom, or what it is, as a line of the interface."""
    title: str
    text: str
    """CommonMark; parameters filled in."""
    sender: str
    """A role, or empty."""
    stand_in: bool
    """Whether a stand-in said it."""
    skippable: bool
    """Whether a gentler wording exists and is not shown."""
    faded: bool
    erased: bool
    """Whether a person's words were erased since."""


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact this role knows."""

    id: str
    title: str
    text: str
    class_title: str
    how: str
    """held, revealed or shared."""
    disclosable: bool
    """Whether it may by now fall under the duty to disclose to the defense, as far as this role
    can tell."""


@dataclass(frozen=True, slots=True)
class OfferView:
    """A fact this role could share, with whom; wise or not, without a hint which."""

    fact: str
    title: str
    to: str
    to_name: str


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A consent that covers something this role knows."""

    id: str
    text: str
    state: Literal["in force", "ended", "not given"]


@dataclass(frozen=True, slots=True)
class OptionView:
    """An answer to choose."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class CommitView:
    """An answer given: one's own, or after the reveal another's."""

    name: str
    role: str
    option: str
    reason: str
    because: str
    confidence: int
    stand_in: bool
    person: str = ""
    """What the person is called, where several may share a role."""


@dataclass(frozen=True, slots=True)
class SpreadView:
    """How the people of one discipline answered, after the reveal."""

    discipline: str
    counts: tuple[tuple[str, int], ...]
    """Option and how many chose it, in the order shown; options nobody chose are left out."""


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as someone who decides or is consulted sees it."""

    id: str
    title: str
    ask: str
    part: Literal["decide", "consult"]
    options: tuple[OptionView, ...]
    reasons: tuple[OptionView, ...]
    """Reasons offered, where the guidance settles no one answer."""
    consulted: tuple[str, ...]
    """Names of the roles that may advise."""
    phase: Literal["open", "revealed", "settled"]
    mine: CommitView | None
    commits: tuple[CommitView, ...]
    """Empty before the reveal."""
    answered: int
    expected: int
    """How many of those who decide have answered; 0 of 0 for those consulted."""
    settled: str
    """The option that counts, for those who decide."""
    may_settle: bool
    may_choose: bool
    """Whether settling needs a named option, because the rule gives none."""
    spread: tuple[SpreadView, ...] = ()
    """After the reveal, where more than one person answered."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """Someone at the table."""

    role: str
    name: str
    discipline: str
    who: Literal["you", "player", "stand-in", "joins later", "away"]
    people: tuple[str, ...] = ()
    """What those who play it are called, where someone facilitates."""


@dataclass(frozen=True, slots=True)
class WrittenView:
    """What somebody wrote to a prompt once it was over; writing again replaces it."""

    prompt: str
    words: str
    when: str
    by: str


@dataclass(frozen=True, slots=True)
class PlayerView:
    """Everything one player or stand-in may know, and nothing else."""

    title: str
    role: str
    name: str
    discipline: str
    brief: str
    status: Status
    scene: SceneView | None
    """Nothing before this role has joined."""
    scenes: tuple[SceneView, ...]
    """The scenes this seat has passages of, in order."""
    feed: tuple[PassageView, ...]
    facts: tuple[FactView, ...]
    offers: tuple[OfferView, ...]
    consents: tuple[ConsentView, ...]
    decisions: tuple[DecisionView, ...]
    """Those of the present scene that this seat decides or is consulted on."""
    people: tuple[PersonView, ...]
    may: tuple[str, ...]
    """Names of commands open to this seat, as in `advance`, `pause`, `say`, `step_out`."""
    waiting: bool
    """Whether the scene waits for others."""
    joins: str
    """For a role that joins later: the title of the scene with which it does; else empty."""
    ended_early: bool
    closing: tuple[str, ...]
    """At an ending: what remains open."""
    support: str
    """At the end: whom to talk to."""
    facilitated: bool = False
    care: bool = False
    """Whether the pause was asked for, for someone's sake."""
    timer: int = 0
    """The exercise time (ms) by which people were asked to be done; 0: none."""
    branch: int = 0
    """How often the exercise went back to an earlier point; then the feed is another."""
    written: tuple[WrittenView, ...] = ()
    """At the end: what they wrote about themselves, for their eyes."""

    def wrote(self, prompt: str) -> WrittenView:
        """What they wrote to a prompt; nothing where they have not."""
        found = (each for each in self.written if each.prompt == prompt)
        return next(found, WrittenView(prompt, "", "", ""))

"""The parts of a report: everything a debrief shows, as values and in the order it is shown.

A report holds sentences that were resolved once, from the record and the scenario it carries.
Renderers arrange and escape; they look nothing up and judge nothing. Text that an author or a
player wrote stays apart from the program's own sentences all the way, in fields that say so.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from tabletop.authoring.diagram.model import Diagram
from tabletop.debrief.among import Answers, Explained, Knowledge

# Everyone who reads parts knows them from here too.
from tabletop.debrief.who import Who as Who  # noqa: PLC0414
from tabletop.debrief.who import Written as Written  # noqa: PLC0414
from tabletop.exercise.commands import Prompt

if TYPE_CHECKING:
    from tabletop.debrief.conclusion_parts import Concluded
    from tabletop.debrief.turning import Turned

Tension = Literal["aligned", "synthesis", "conflict", "depends"]
Standing = Literal["strong", "mixed", "at risk", "not enough to say"]
Checked = Literal["founding_document", "excerpt", "unverified"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands above every debrief."""

    title: str
    version: str
    created: str
    """The day the exercise began, as in 2026-11-22."""
    minutes: int
    """Exercise minutes it took."""
    modules: tuple[str, ...]
    """The modules that were reached, of the scenario."""
    roles: tuple[Who, ...]
    """Every role of the scenario."""
    key: Literal["author", "panel"]
    law_as_of: str
    jurisdiction: str
    tool_version: str
    own_notice: str
    """What the author says about how the scenario was made; may be empty."""
    over: bool
    """Whether it is over; before that, a debrief gives away what is still to be played."""
    finished: bool
    """Whether it reached an ending."""
    scenario: str
    """What the scenario was asked for by."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a practice comes from."""

    title: str
    publisher: str
    at: str
    """The place in it; empty for all of it."""
    date: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the guidance says: a practice, its sources, and how far they were checked."""

    practice: str
    """The practice's id."""
    title: str
    text: str
    references: tuple[Reference, ...]
    checked: Checked
    unverified_part: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one role knew at one moment, and what it could have been told and was not."""

    who: Who
    known: tuple[str, ...]
    """Short titles of the facts it knew, the latest last."""
    missing: tuple["Missing", ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact a role did not know though someone else did."""

    title: str
    """Its short title; empty where it is privileged and stays so."""
    holders: tuple[Who, ...]
    asked: bool
    """Whether the role had spoken to a holder before."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to a decision, with its reason."""

    who: Who
    option: str
    reason: str | None
    """Their own words; empty where none, nothing where erased."""
    because: str
    """The offered reason they picked; empty where none."""
    confidence: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was made."""

    id: str
    title: str
    ask: str
    by: tuple[Who, ...]
    chosen: str
    """The wording of the option that counted."""
    how: str
    answers: tuple[Answered, ...]
    advice: tuple[Written, ...]
    silent: tuple[Who, ...]
    """Roles that could have been heard and were not."""
    snapshots: tuple[Snapshot, ...]
    marked: bool
    outcome: str
    """What followed, as it was told then; empty where nothing was."""
    earlier: tuple[str, ...] = ()
    """What it had been answered with before the facilitator went back."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A fact told, or a fact kept until it could no longer be told."""

    sender: Who
    to: Who
    fact: str
    """Its short title; empty where it is privileged and stays so."""
    told: bool
    """Whether its text was told, and not only that it exists."""
    kept: bool
    consent: Literal["", "granted", "without", "lapsed"]
    marked: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """Something else that happened: an inject, a message, a role that joined, a consent."""

    kind: Literal["inject", "message", "joined", "consent_given", "consent_ended"]
    title: str
    sender: str = ""
    to: tuple[Who, ...] = ()
    """Whom it reached; empty for all."""
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing in the timeline."""

    at: int
    """Exercise milliseconds."""
    what: Decided | Shared | Happened


@dataclass(frozen=True, slots=True)
class SceneStory:
    """What happened in one scene."""

    module: str
    title: str
    time: str
    at: int
    ending: bool
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way that was open at the same moment."""

    text: str
    because: str
    followed: str = ""
    """What would have been told next; empty where that hangs on more than this choice."""
    same_answer: bool = False
    """Whether it is the same answer for another reason."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A choice looked at again: a strength, a gap, a critical act, or a place of tension."""

    at: int
    scene: str
    title: str
    who: tuple[Who, ...]
    kind: Literal["decision", "told", "kept"]
    chosen: str
    because: str
    """The author's reason for the mark of what was chosen."""
    tension: Tension
    critical: bool
    marked: bool
    guidance: tuple[Guidance, ...]
    other: Alternative | None
    cost: tuple[Fraction, Fraction]
    """Forgone on each axis; the renderers put it into words."""
    snapshots: tuple[Snapshot, ...]
    question: str
    """A question to think or talk about, or for a critical act a plain statement."""


@dataclass(frozen=True, slots=True)
class Strengths:
    """What one played role did well; fewer than two means the exercise showed no more."""

    who: Who
    found: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Pull:
    """A decision at which the two axes pulled apart, and the other defensible ways."""

    finding: Finding
    others: tuple[Alternative, ...]
    given: tuple[tuple[Who, str, bool], ...] = ()
    """Where it depends: who gave which offered reason for it, and whether that fitted here."""
    fitting: tuple[str, ...] = ()
    """Where it depends: the offered reasons for it that fitted here."""
    good_yet_costly: bool = False
    """Whether nothing better was open and it still cost one axis."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What came of a choice later on."""

    inject: str
    at: int
    choices: tuple[tuple[str, str], ...]
    """Decisions (title, chosen wording) whose settling it hung on."""
    good: bool
    """Whether nothing better was open at any of them."""


@dataclass(frozen=True, slots=True)
class Collaboration:
    """Working together, told and not scored."""

    told: tuple[Shared, ...]
    not_told: tuple[Shared, ...]
    messages: int
    heard: tuple[tuple[Who, str], ...]
    """Roles that advised, with the decision."""
    silent: tuple[tuple[Who, str], ...]
    """Roles that could have advised and were not heard, with the decision."""
    practices: tuple[Guidance, ...]
    """Practices of working together that a choice showed."""
    came_of: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Something told or not told, notice given, or leave, with what it opened or closed later."""


@dataclass(frozen=True, slots=True)
class BandLine:
    """Where a role, or the whole exercise, stands on one axis."""

    axis: Literal["vc", "ci"]
    standing: Standing
    choices: int
    """How many marked choices touched this axis."""
    capped: bool
    """Whether a critical act, and not the marks, puts it at risk."""


@dataclass(frozen=True, slots=True)
class Bands:
    """The two bands of a role, or of the whole exercise."""

    who: Who | None
    """Nobody: the exercise as a whole."""
    lines: tuple[BandLine, BandLine]


@dataclass(frozen=True, slots=True)
class Point:
    """One marked choice on both axes with what was open beside it; the chart's data."""

    title: str
    chosen: str
    who: tuple[Who, ...]
    vc: Fraction
    ci: Fraction
    worst: tuple[Fraction, Fraction]
    best: tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Takeaway:
    """One thing to do differently, or to keep where there was no gap."""

    keep: bool
    guidance: Guidance | None
    occasion: str
    """The choice it comes from."""
    way: str
    """What to do, in the words of the choice; empty where only the guidance says it."""


@dataclass(frozen=True, slots=True)
class Closing:
    """How it ends."""

    ending: str
    """The title of the ending; empty where the exercise stopped before one."""
    words: str
    remains: tuple[str, ...]
    support: str
    other_roles: tuple[Who, ...]
    """Roles one could play next."""


@dataclass(frozen=True, slots=True)
class Steered:
    """Something a facilitator did to the story, or a stop somebody asked for."""

    kind: Literal["jumped", "rewound", "settled", "written", "held", "omitted", "care"]
    at: int
    title: str = ""
    """The scene, decision or inject it was about; what was written."""
    reason: str | None = ""
    """Nothing where it was erased."""
    to: tuple[Who, ...] = ()
    known: tuple[str, ...] = ()
    """After going back: decisions whose outcome people had seen by then."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What an evaluator or facilitator noted."""

    kind: Literal["strength", "issue"]
    at: int
    words: str | None
    """Nothing where they were erased."""
    about: tuple[str, ...]
    """The decision, task and practice it was tied to."""


@dataclass(frozen=True, slots=True)
class Report:
    """A debrief, whole, in the order it is read."""

    language: str
    exercise: str
    notice: Notice
    reflections: tuple[tuple[Prompt, tuple[Written, ...]], ...]
    story: tuple[SceneStory, ...]
    knowledge: Knowledge
    answers: Answers
    explained: tuple[Explained, ...]
    """What would not have come either way, with its reasons."""
    steered: tuple[Steered, ...]
    """In order; empty where nobody facilitated."""
    observed: tuple[Observed, ...]
    way: Diagram
    """The map of the scenario with the way the exercise took."""
    strengths: tuple[Strengths, ...]
    gaps: tuple[Finding, ...]
    pulls: tuple[Pull, ...]
    either_way: tuple[str, ...]
    """Injects that would have come whatever anyone chose."""
    traces: tuple[Trace, ...]
    collaboration: Collaboration
    bands: tuple[Bands, ...]
    points: tuple[Point, ...]
    critical: tuple[Finding, ...]
    takeaway: Takeaway
    closing: Closing
    turned: "Turned"
    """What it turned on, and how it lies beside every other play."""
    concluded: "Concluded"
    """What people entered once play was over."""

    def written(self, prompt: Prompt) -> tuple[Written, ...]:
        """What people wrote to a prompt."""
        return dict(self.reflections).get(prompt, ())

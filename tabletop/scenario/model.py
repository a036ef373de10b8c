"""The scenario: everything an author can write, as frozen models.

One sentence under each field serves three readers: who reads this code, the schema that lets an
editor complete and explain a field, and `docs/scenario-format.md`. Names inside a scenario are
checked against each other in `names.py`, so that all problems of a file come at once; here each
piece is checked alone.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from tabletop.scenario.conditions import Condition
from tabletop.scenario.scalars import (
    Day,
    Line,
    Name,
    Names,
    NamesOrOne,
    Prose,
    Switch,
    Value,
    Whole,
    several,
)
from tabletop.scenario.texts import Text

Discipline = Literal["law_enforcement", "victim_services", "attorney"]
Hat = Literal["prosecutor", "victims_attorney"]
Tension = Literal["aligned", "synthesis", "conflict", "depends"]
Rule = Literal["lead", "majority", "unanimous"]
Mark2 = Annotated[Whole, Field(ge=-2, le=2)]


class Role(Value):
    """A seat at the table, with what only it is told at the start."""

    discipline: Discipline
    """The profession: law_enforcement, victim_services or attorney."""
    hat: Hat | None = None
    """For an attorney: prosecutor or victims_attorney, opposite duties of disclosure."""
    employer: Literal["community", "system"] | None = None
    """For an advocate: a community provider, or an agency of the system."""
    name: Line
    """The person played, as in "Det. Okafor, lead investigator"."""
    line: Line | None = None
    """One line about the role for the card a player chooses from."""
    brief: Text
    """What only this role reads at the start."""
    joins: Name | None = None
    """The scene with which this role joins; left out, the first."""

    @model_validator(mode="after")
    def _hatted(self) -> "Role":
        if (self.discipline == "attorney") != (self.hat is not None):
            raise ValueError(
                "only an attorney has a `hat`, and always: prosecutor or victims_attorney"
            )
        return self


class Variable(Value):
    """A flag or a bounded counter."""

    start: Switch | Whole
    """Where it begins: true or false for a flag, a whole number for a counter."""
    range: tuple[Whole, Whole] | None = None
    """For a counter: the lowest and highest value; it saturates there."""
    means: Line
    """What it stands for, for authors and facilitators."""
    known_to: NamesOrOne = ()
    """The roles that can tell its value; only these roles' marks and stand-ins may read it."""

    @model_validator(mode="after")
    def _ranged(self) -> "Variable":
        if isinstance(self.start, bool):
            if self.range is not None:
                raise ValueError("a flag (true or false) has no `range`")
        elif self.range is None:
            raise ValueError("a counter needs a `range` such as [0, 5]")
        elif not self.range[0] <= self.start <= self.range[1] or self.range[0] >= self.range[1]:
            raise ValueError("`start` lies within `range`, lowest value first")
        return self


class Consent(Value):
    """A person's leave to share named facts with named roles for a purpose; revocable."""

    giver: Line = Field(alias="from")
    """Who gives it, as in "a client"."""
    covers: NamesOrOne
    """The facts it covers."""
    to: NamesOrOne
    """The roles it may be told to."""
    purpose: Line
    """What it was given for."""
    start: Switch = True
    """Whether it is in force from the beginning, or only once an effect grants it."""
    through: Name | None = None
    """The last scene in which it holds; left out, until it is revoked."""


class PlainMark(Value):
    """A mark on both axes with the guidance it rests on."""

    vc: Mark2 = 0
    """Victim-centeredness, -2 to 2."""
    ci: Mark2 = 0
    """Case integrity, -2 to 2."""
    because: Prose
    """The reason, in one or two sentences for the debrief."""
    practices: NamesOrOne = ()
    """The practices it rests on; a mark other than zero names at least one."""
    critical: Switch = False
    """Whether nothing else can offset this act."""


class Mark(PlainMark):
    """One of several marks, of which the first that holds counts."""

    when: Condition | None = None
    """What has to hold for this mark; reads only what the deciding role knows."""


class Effects(Value):
    """What an option, a share or an inject changes."""

    set: dict[Name, Switch] = {}
    """Flags to set."""
    add: dict[Name, Whole] = {}
    """Counters to raise or lower; they saturate at their range."""
    reveals: dict[Name, NamesOrOne] = {}
    """Role to facts it learns."""
    grant: NamesOrOne = ()
    """Consents that come into force."""
    revoke: NamesOrOne = ()
    """Consents that end."""


class Marked(Effects):
    """Something chosen: its effects and its mark, or marks of which the first that holds counts."""

    vc: Mark2 = 0
    """Victim-centeredness, -2 to 2."""
    ci: Mark2 = 0
    """Case integrity, -2 to 2."""
    because: Prose | None = None
    """The reason for the mark."""
    practices: NamesOrOne = ()
    """The practices it rests on; left out on an option, those of its decision."""
    critical: Switch = False
    """Whether nothing else can offset this act."""
    marks: tuple[Mark, ...] = ()
    """Instead of one mark: several with conditions, the first that holds."""

    @model_validator(mode="after")
    def _one_way(self) -> "Marked":
        if self.marks and (self.vc or self.ci or self.because or self.critical):
            raise ValueError("give either `marks` or one mark (`vc`, `ci`, `because`), not both")
        if not self.marks and self.because is None:
            raise ValueError("a choice needs a `because`: why it has this mark, or none")
        return self

    def key(self) -> tuple[Mark, ...]:
        """The marks in order of precedence."""
        if self.marks:
            return self.marks
        return (
            Mark(
                vc=self.vc,
                ci=self.ci,
                because=self.because or "",
                practices=self.practices,
                critical=self.critical,
            ),
        )


class Share(Marked):
    """Recipients a fact may be offered to, wise or not, and what sharing or keeping it is worth."""

    to: NamesOrOne
    """The recipients; each is an offer of its own."""
    during: NamesOrOne | None = None
    """The scenes in which the offer stands; left out, any."""
    under: Name | None = None
    """The consent that makes this sharing right."""
    without: PlainMark | None = None
    """The mark where that consent was never given."""
    lapsed: PlainMark | None = None
    """The mark where that consent has ended."""
    kept: PlainMark | None = None
    """The mark for having kept it until the window closed."""
    onward: Switch = False
    """Whether a role that was told it may pass it on."""
    stand_in: Name | None = None
    """The scene in which a stand-in shares it."""
    outcome: Text | None = None
    """What follows, told to the one who shared."""


class Fact(Value):
    """A piece of information with a class, holders and rules for sharing it."""

    title: Line | None = None
    """A short name for lists; left out, the beginning of the text."""
    fact_class: Name = Field(alias="class")
    """Its class in the guidance, such as `capacity` or `client_confidence`."""
    text: Text
    """What whoever knows it reads."""
    held_by: NamesOrOne = ()
    """The roles that know it from the start."""
    share: tuple[Share, ...] = ()
    """Every recipient offered."""


class Inject(Effects):
    """Information delivered to some roles: on entry, on a condition, at a minute, or held."""

    to: NamesOrOne
    """The roles that receive it, or `all`."""
    sender: Line | None = Field(default=None, alias="from")
    """Who it comes from."""
    title: Line
    """A short heading."""
    text: Text
    """What is received."""
    when: Condition | None = None
    """Delivered once, at the first moment this holds while the scene is open."""
    at_minute: Annotated[Whole, Field(ge=0)] | None = None
    """Delivered at this minute of the scene; without effects."""
    held: Switch = False
    """Whether the facilitator releases it."""
    alone: Condition | None = None
    """For a held inject where nobody facilitates: delivered when this holds."""
    note: Prose | None = None
    """For the facilitator: when to release it."""
    expect: Prose | None = None
    """For the facilitator: what players are expected to do."""

    @model_validator(mode="after")
    def _one_trigger(self) -> "Inject":
        if sum((self.when is not None, self.at_minute is not None, self.held)) > 1:
            raise ValueError("comes by one of `when`, `at_minute` or `held`, or else on entry")
        if self.alone is not None and not self.held:
            raise ValueError("`alone` belongs to a held inject; use `when`")
        if self.at_minute is not None and (
            self.set or self.add or self.reveals or self.grant or self.revoke
        ):
            raise ValueError("an inject at a minute has no effects: the clock decides nothing")
        return self


class Reason(Value):
    """A reason offered at a decision on which the guidance does not settle one answer."""

    text: Line
    """The reason as a player would put it."""
    options: NamesOrOne = Field(alias="for")
    """The options it is a reason for."""
    fits: Condition | None = None
    """When it fits; left out, always."""


class StandInRule(Value):
    """One line of a stand-in's rule."""

    when: Condition | None = None
    """What has to hold; reads only what the role may know."""
    choose: Name
    """The option."""


def _rules(given: Any) -> Any:
    if isinstance(given, str):
        return ({"choose": given},)
    return given


StandInRules = Annotated[tuple[StandInRule, ...], BeforeValidator(_rules)]


class Option(Marked):
    """One answer to a decision."""

    text: Text
    """What the player chooses."""
    when: Condition | None = None
    """Shown only if this holds when the decision opens."""
    outcome: Text | None = None
    """What follows, told to those who decided."""


class Decision(Value):
    """What is asked of one or several roles."""

    title: Line
    """A short heading."""
    point: Annotated[str, Field(pattern=r"^DP[0-9]{2}$")] | None = None
    """The decision point of the domain catalogue it comes from."""
    by: NamesOrOne
    """The roles that decide; the first leads."""
    consult: NamesOrOne = ()
    """Roles that see the question and may advise."""
    advice: dict[Name, Text] = {}
    """What a stand-in for a consulted role advises."""
    ask: Text
    """The question."""
    when: Condition | None = None
    """Asked only if this holds when its place in the scene is reached."""
    rule: Rule = "lead"
    """How several roles become one answer: lead, majority or unanimous."""
    tension: Tension = "aligned"
    """How the two axes stand to each other here."""
    reasons: dict[Name, Reason] = {}
    """For `depends`: the reasons offered."""
    practices: NamesOrOne = ()
    """Practices its options inherit."""
    stand_in: dict[Name, StandInRules] | StandInRules = ()
    """How a stand-in answers: an option, a list of `{when, choose}`, or a map by role."""
    options: Annotated[dict[Name, Option], Field(min_length=2, max_length=9)]
    """The answers, in the order shown."""

    def rules_for(self, role: str) -> tuple[StandInRule, ...]:
        """The stand-in's rules for one of the deciding roles."""
        return self.stand_in.get(role, ()) if isinstance(self.stand_in, dict) else self.stand_in


class Branch(Value):
    """One way out of a scene."""

    when: Condition | None = None
    """What has to hold; left out, always."""
    to: Name
    """The scene it leads to."""


def _branches(given: Any) -> Any:
    return ({"to": given},) if isinstance(given, str) else given


def _questions(given: Any) -> Any:
    return {"all": given} if isinstance(given, tuple) else given


class Scene(Value):
    """A node of the graph: what is told, delivered and asked, and where it leads."""

    module: Line | None = None
    """The module it belongs to; left out, that of the scene before it in the file."""
    title: Line | None = None
    """A short name for maps and lists; left out, made from its identifier."""
    time: Line | None = None
    """When it takes place in the story."""
    minutes: Annotated[Whole, Field(ge=0, le=480)] = 0
    """Planned for people in a group; triggers nothing."""
    narration: Text
    """What all who are there read on entering."""
    injects: dict[Name, Inject] = {}
    """Information delivered while the scene is open, in order."""
    decisions: dict[Name, Decision] = {}
    """What is asked, in order."""
    questions: Annotated[
        dict[Name, Annotated[tuple[Prose, ...], BeforeValidator(several)]],
        BeforeValidator(_questions),
    ] = {}
    """Discussion questions, for all or by role."""
    facilitator: Prose | None = None
    """Notes for the facilitator."""
    ending: Switch = False
    """Whether the exercise ends here."""
    closing: tuple[Prose, ...] = ()
    """For an ending: what remains open, one sentence each."""
    next: Annotated[tuple[Branch, ...], BeforeValidator(_branches)] = ()
    """The ways out; the first that holds is taken."""

    @model_validator(mode="after")
    def _ends_or_leads(self) -> "Scene":
        if self.ending == bool(self.next):
            raise ValueError("a scene either has `next` or is an `ending: true`")
        if self.ending and self.decisions:
            raise ValueError("an ending asks for no decisions")
        return self


class Task(Value):
    """A critical task of an objective."""

    text: Line
    """What is done, observably."""
    practices: NamesOrOne
    """The practices that show it."""


class Objective(Value):
    """What the exercise lets people practise."""

    title: Line
    """The objective in a few words."""
    capability: Line
    """The capability it belongs to."""
    target: Prose
    """A measurable statement."""
    tasks: Annotated[dict[Name, Task], Field(min_length=1)]
    """Its critical tasks."""


class Minutes(Value):
    """How long an exercise takes people."""

    alone: Annotated[Whole, Field(ge=1, le=480)]
    """Alone, in minutes."""
    group: Annotated[Whole, Field(ge=1, le=960)]
    """In a facilitated group, in minutes."""


class Attendance(Value):
    """Who has to be a person."""

    required: Names = ()
    """Roles a stand-in may not take in a facilitated session."""


class Scenario(Value):
    """A scenario, whole."""

    title: Line
    """Its name."""
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    """Its version, as in 1.0.0."""
    summary: Prose
    """Two sentences for the library."""
    minutes: Minutes
    """How long it takes."""
    themes: dict[Name, Line] = {}
    """Content themes with a plain note on each, shown before anyone starts."""
    jurisdiction: Name
    """A card in the guidance."""
    law_as_of: Day
    """The day to which statements of law hold."""
    key: Literal["author", "panel"] = "author"
    """Who set the marks."""
    parameters: dict[Name, Line] = {}
    """Values for `$name` in texts; replaceable when an exercise starts."""
    attendance: Attendance = Attendance()
    """Who has to be a person."""
    support: Prose
    """Whom to talk to afterwards; the facilitator completes this."""
    roles: Annotated[dict[Name, Role], Field(min_length=1, max_length=8)]
    """The roles."""
    state: dict[Name, Variable] = {}
    """Flags and counters."""
    consents: dict[Name, Consent] = {}
    """Consents."""
    facts: dict[Name, Fact] = {}
    """Facts."""
    objectives: dict[Name, Objective] = {}
    """Objectives with their critical tasks."""
    start: Name
    """The first scene."""
    scenes: Annotated[dict[Name, Scene], Field(min_length=1, max_length=200)]
    """The scenes."""
    notice: Prose | None = None
    """Anything a reader should know about how this scenario was made."""

    def module_of(self, scene: str) -> str:
        """The module a scene belongs to: its own, or the last one named before it."""
        module = self.title
        for name, each in self.scenes.items():
            module = each.module or module
            if name == scene:
                break
        return module

    def modules(self) -> tuple[str, ...]:
        """The modules in order of appearance, endings left out."""
        named = (self.module_of(name) for name, scene in self.scenes.items() if not scene.ending)
        return tuple(dict.fromkeys(named))

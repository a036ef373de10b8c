"""The scenario: everything an author can write, as frozen models.

One sentence under each field serves three readers: who reads this code, the schema that lets an
editor complete and explain a field, and the pages in `docs/authoring/`. Names inside a scenario are
checked against each other in `names.py`, so that all problems of a file come at once; here each
piece is checked alone. The parts have modules of their own (`marks.py`, `facts.py`,
`decisions.py`, `scenes.py`) and are all to be had from here.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from tabletop.scenario.decisions import Decision, Option, Reason, StandInRule
from tabletop.scenario.facts import Consent, Fact, Share
from tabletop.scenario.marks import Effects, Mark, Marked, PlainMark
from tabletop.scenario.scalars import (
    Day,
    Line,
    Name,
    NewName,
    Practices,
    Prose,
    RoleName,
    Roles,
    SceneName,
    Several,
    Switch,
    ToldLine,
    Value,
    Whole,
)
from tabletop.scenario.scenes import Branch, Inject, Scene
from tabletop.scenario.texts import Text
from tabletop.scenario.written import Refers, Schema, Written

__all__ = [
    "Attendance",
    "Branch",
    "Consent",
    "Decision",
    "Effects",
    "Fact",
    "Inject",
    "Mark",
    "Marked",
    "Minutes",
    "Objective",
    "Option",
    "PlainMark",
    "Reason",
    "Role",
    "Scenario",
    "Scene",
    "Share",
    "StandInRule",
    "Task",
    "Variable",
    "Waiver",
]

Discipline = Literal["law_enforcement", "victim_services", "attorney"]
Hat = Literal["prosecutor", "victims_attorney"]


class Role(Value):
    """A seat at the table, with what only it is told at the start."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"discipline": {"const": "attorney"}}},
            "then": {"required": ["hat"]},
            "else": {"properties": {"hat": False}},
        }
    )

    discipline: Discipline
    """The profession: `law_enforcement`, `victim_services` or `attorney`."""
    hat: Hat | None = None
    """For an attorney, and only there: `prosecutor` or `victims_attorney`. Their duties of
    disclosure are opposite, so they are never one person.
    """
    employer: Literal["community", "system"] | None = None
    """For an advocate: `community` or `system`. It decides where a confidence can end up."""
    name: ToldLine
    """The person played, with what they are."""
    line: Line | None = None
    """One line for the card a player chooses from."""
    brief: Text
    """What only this role reads at the start."""
    joins: SceneName | None = None
    """The scene with which the role joins. Before it, the role decides, receives and is asked
    nothing. Left out: from the first scene.
    """

    @model_validator(mode="after")
    def _hatted(self) -> "Role":
        if (self.discipline == "attorney") != (self.hat is not None):
            raise ValueError(
                "only an attorney has a `hat`, and always: prosecutor or victims_attorney"
            )
        return self


class Variable(Value):
    """A flag or a bounded counter."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"start": {"type": "boolean"}}},
            "then": {"properties": {"range": False}},
            "else": {"required": ["range"]},
        }
    )

    start: Switch | Whole
    """Where it begins: `true` or `false` for a flag, a whole number for a counter."""
    range: tuple[Whole, Whole] | None = None
    """For a counter: its lowest and its highest value. It stops there."""
    means: Line
    """What it stands for. Facilitators and authors read it; players do not."""
    known_to: Roles = ()
    """The roles that can tell its value. Only their marks and stand-ins may read it."""

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


class Task(Value):
    """A critical task of an objective."""

    text: Line
    """What is done, so that someone can see it."""
    practices: Practices
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
    """Minutes for one person alone."""
    group: Annotated[Whole, Field(ge=1, le=960)]
    """Minutes for a group that someone facilitates."""


class Attendance(Value):
    """Who has to be a person."""

    required: Several[RoleName] = ()
    """Roles that must be taken by a person where someone facilitates. Left out: none."""


class Waiver(Value):
    """What an author lets stand, and why."""

    at: Line | None = None
    """The place it is meant for, as the check names it. Left out: wherever the code is found."""
    reason: Prose
    """Why it may stand. It is printed with every check and in the certificate."""


def _waivers(given: Any) -> Any:
    if isinstance(given, (str, Mapping)):
        given = (given,)
    if not isinstance(given, tuple):
        return given
    return tuple({"reason": each} if isinstance(each, str) else each for each in given)


def _waivers_or_reasons(listed: Schema) -> Schema:
    reason: Schema = {"type": "string", "minLength": 1, "maxLength": 12_000, "pattern": r"\S"}
    either = [reason, listed["items"]]
    return {"anyOf": [*either, {**listed, "items": {"anyOf": either}}]}


Waivers = Annotated[tuple[Waiver, ...], BeforeValidator(_waivers), Written(_waivers_or_reasons)]
"""One reason, one `{at, reason}`, or a list of them."""
Code = Annotated[str, Field(pattern=r"^TT[0-9]{3}$")]


class Scenario(Value):
    """A scenario, whole."""

    title: Line
    """The name of the scenario."""
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    """Three numbers, as in `1.0.0`. Records keep the version they were made with."""
    summary: Prose
    """Two sentences for the library."""
    minutes: Minutes
    """How long it takes: `alone` for one person, `group` for a facilitated room."""
    themes: dict[Name, Line] = {}
    """Content themes, each with a plain note. They are shown before anyone starts."""
    jurisdiction: Annotated[Name, Refers("jurisdiction")]
    """The law the scenario assumes: a jurisdiction card of the guidance."""
    law_as_of: Day
    """The day to which statements of law hold."""
    key: Literal["author", "panel"] = "author"
    """Who set the marks: `author` or `panel`."""
    parameters: dict[Name, Line] = {}
    """Values for `$name` in texts. Whoever starts an exercise may put in others."""
    attendance: Attendance = Attendance()
    """Who must be a person."""
    support: Prose
    """Whom to talk to afterwards. The facilitator completes it."""
    roles: Annotated[dict[NewName, Role], Field(min_length=1, max_length=8)]
    """The roles, one to eight."""
    state: dict[NewName, Variable] = {}
    """Flags and counters."""
    consents: dict[NewName, Consent] = {}
    """Leave that people have given, or may give."""
    facts: dict[NewName, Fact] = {}
    """What some roles know and others do not."""
    objectives: dict[Name, Objective] = {}
    """What the exercise lets people practice."""
    start: SceneName
    """The first scene."""
    scenes: Annotated[dict[NewName, Scene], Field(min_length=1, max_length=200)]
    """The scenes, up to 200."""
    notice: Prose | None = None
    """What a reader should know about how the scenario was made: fiction, who set the marks, who
    has reviewed them.
    """
    waive: dict[Code, Waivers] = {}
    """What a check finds and you let stand: a code, with the reason."""

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

"""Scenes: what is told, delivered and asked in one place of the story, and where it leads."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from tabletop.scenario.conditions import Condition
from tabletop.scenario.decisions import Decision
from tabletop.scenario.marks import Effects
from tabletop.scenario.scalars import (
    NAME,
    AudienceName,
    Line,
    NewName,
    OneOrMore,
    Prose,
    SceneName,
    Switch,
    ToldLine,
    ToldProse,
    Value,
    Whole,
    several,
)
from tabletop.scenario.texts import Text
from tabletop.scenario.written import SORT, Schema, Written, one_or_more


class Inject(Effects):
    """Information delivered to some roles: on entry, on a condition, at a minute, or held."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                {
                    "if": {"required": ["at_minute"]},
                    "then": {
                        "properties": {
                            "when": False,
                            "held": {"const": False},
                            **{key: {"maxProperties": 0} for key in ("set", "add", "reveals")},
                            **{
                                key: {"type": "array", "maxItems": 0} for key in ("grant", "revoke")
                            },
                        }
                    },
                },
                {
                    "if": {"required": ["when"]},
                    "then": {"properties": {"held": {"const": False}}},
                },
                {
                    "if": {"required": ["alone"]},
                    "then": {"required": ["held"], "properties": {"held": {"const": True}}},
                },
            ]
        }
    )

    to: OneOrMore[AudienceName]
    """The roles that receive it, or `all`."""
    sender: ToldLine | None = Field(default=None, alias="from")
    """Who it comes from, in the story."""
    title: ToldLine
    """A short heading."""
    text: Text
    """What is received."""
    when: Condition | None = None
    """It comes once, at the first moment this holds while the scene is open."""
    at_minute: Annotated[Whole, Field(ge=0)] | None = None
    """It comes at this minute of the scene, and at the latest before the scene is left. It has no
    effects.
    """
    held: Switch = False
    """`true` if the facilitator releases it, or not."""
    alone: Condition | None = None
    """For a held inject where nobody facilitates: it comes when this holds. Left out: it does not
    come.
    """
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


class Branch(Value):
    """One way out of a scene."""

    when: Condition | None = None
    """What has to hold. Left out: always."""
    to: SceneName
    """The scene it leads to."""


def _branches(given: Any) -> Any:
    return ({"to": given},) if isinstance(given, str) else given


def _branches_or_scene(listed: Schema) -> Schema:
    return {"anyOf": [{"type": "string", "pattern": NAME, SORT: "scene"}, listed]}


def _questions(given: Any) -> Any:
    return {"all": given} if isinstance(given, tuple) else given


def _by_role_or_listed(by_role: Schema) -> Schema:
    return {"anyOf": [by_role["additionalProperties"]["anyOf"][1], by_role]}


Questions = Annotated[tuple[ToldProse, ...], BeforeValidator(several), Written(one_or_more)]


class Scene(Value):
    """A node of the graph: what is told, delivered and asked, and where it leads."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["ending"], "properties": {"ending": {"const": True}}},
            "then": {
                "properties": {
                    "next": {"type": "array", "maxItems": 0},
                    "decisions": {"maxProperties": 0},
                }
            },
            "else": {"required": ["next"], "properties": {"next": {"minItems": 1}}},
        }
    )

    module: Line | None = None
    """Groups scenes for people. Left out: that of the scene before it in the file."""
    title: Line | None = None
    """A short name for maps and lists. Left out: made from the scene's name."""
    time: Line | None = None
    """When it takes place in the story."""
    minutes: Annotated[Whole, Field(ge=0, le=480)] = 0
    """Planned for a group. It triggers nothing."""
    narration: Text
    """What all who are there read on entering."""
    injects: dict[NewName, Inject] = {}
    """Information delivered while the scene is open, in order."""
    decisions: dict[NewName, Decision] = {}
    """What is asked, in order."""
    questions: Annotated[
        dict[AudienceName, Questions], BeforeValidator(_questions), Written(_by_role_or_listed)
    ] = {}
    """For discussion: a list for all, or a map by role."""
    facilitator: Prose | None = None
    """Notes for the facilitator."""
    ending: Switch = False
    """`true` if the exercise ends here."""
    closing: tuple[Prose, ...] = ()
    """For an ending: what remains open, one sentence each."""
    next: Annotated[
        tuple[Branch, ...], BeforeValidator(_branches), Written(_branches_or_scene)
    ] = ()
    """The ways out. The first that holds is taken."""

    @model_validator(mode="after")
    def _ends_or_leads(self) -> "Scene":
        if self.ending == bool(self.next):
            raise ValueError("a scene either has `next` or is an `ending: true`")
        if self.ending and self.decisions:
            raise ValueError("an ending asks for no decisions")
        return self

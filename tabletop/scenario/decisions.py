"""Decisions: what is asked, the answers, and how a stand-in answers."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from tabletop.scenario.conditions import Condition
from tabletop.scenario.marks import Marked
from tabletop.scenario.scalars import (
    NAME,
    Line,
    Name,
    NewName,
    OneOrMore,
    OptionName,
    Practices,
    RoleName,
    Roles,
    ToldLine,
    Value,
)
from tabletop.scenario.texts import Text
from tabletop.scenario.written import SORT, Schema, Written

Tension = Literal["aligned", "synthesis", "conflict", "depends"]
Rule = Literal["lead", "majority", "unanimous"]


class Reason(Value):
    """A reason offered at a decision on which the guidance does not settle one answer."""

    text: ToldLine
    """The reason as a player would put it."""
    options: OneOrMore[OptionName] = Field(alias="for")
    """The options it is a reason for."""
    fits: Condition | None = None
    """When it fits. Left out: always."""


class StandInRule(Value):
    """One line of a stand-in's rule."""

    when: Condition | None = None
    """What has to hold. It reads only what the role may know. Left out: always."""
    choose: OptionName
    """The option."""


def _rules(given: Any) -> Any:
    if isinstance(given, str):
        return ({"choose": given},)
    return given


def _rules_or_option(listed: Schema) -> Schema:
    return {"anyOf": [{"type": "string", "pattern": NAME, SORT: "option"}, listed]}


StandInRules = Annotated[
    tuple[StandInRule, ...], BeforeValidator(_rules), Written(_rules_or_option)
]


class Option(Marked):
    """One answer to a decision."""

    text: Text
    """What the player chooses."""
    when: Condition | None = None
    """Read once, when the decision opens. If it fails, the option is not shown."""
    outcome: Text | None = None
    """What follows, told to those who decided."""


class Decision(Value):
    """What is asked of one or several roles."""

    title: Line
    """A short heading."""
    point: Annotated[str, Field(pattern=r"^DP[0-9]{2}$")] | None = None
    """The decision point of the catalog it comes from, such as `DP26`."""
    by: Roles
    """The roles that decide. The first leads."""
    consult: Roles = ()
    """Roles that see the question and its options, and may advise. Nobody waits for them."""
    advice: dict[RoleName, Text] = {}
    """By role: what a stand-in for a consulted role says."""
    ask: Text
    """The question."""
    when: Condition | None = None
    """Read once, when the decision's place in the scene is reached. If it fails, the decision is
    passed over.
    """
    rule: Rule = "lead"
    """How several roles become one answer: `lead`, `majority` or `unanimous`."""
    tension: Tension = "aligned"
    """How the two axes stand to each other: `aligned`, `synthesis`, `conflict` or `depends`."""
    reasons: dict[Name, Reason] = {}
    """For `depends`: the reasons offered."""
    practices: Practices = ()
    """The practices its options inherit."""
    stand_in: StandInRules | dict[RoleName, StandInRules] = ()
    """How a stand-in answers: an option, a list of rules, or a map by role."""
    options: Annotated[dict[NewName, Option], Field(min_length=2, max_length=9)]
    """The answers, two to nine, in the order shown."""

    def rules_for(self, role: str) -> tuple[StandInRule, ...]:
        """The stand-in's rules for one of the deciding roles."""
        return self.stand_in.get(role, ()) if isinstance(self.stand_in, dict) else self.stand_in

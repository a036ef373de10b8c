"""Marks and effects: what a choice is worth, and what it changes."""

from typing import Annotated

from pydantic import ConfigDict, Field, model_validator

from tabletop.scenario.conditions import Condition
from tabletop.scenario.scalars import (
    Consents,
    CounterName,
    Facts,
    FlagName,
    Practices,
    Prose,
    RoleName,
    Switch,
    Value,
    Whole,
)

Mark2 = Annotated[Whole, Field(ge=-2, le=2)]


class PlainMark(Value):
    """A mark on both axes with the guidance it rests on."""

    vc: Mark2 = 0
    """The mark for victim-centeredness, -2 to 2. Left out: 0."""
    ci: Mark2 = 0
    """The mark for case integrity, -2 to 2. Left out: 0."""
    because: Prose
    """The reason, in one or two sentences. The debrief prints it."""
    practices: Practices = ()
    """The practices it rests on. A mark other than zero, and every critical one, names at least
    one.
    """
    critical: Switch = False
    """`true` for an act that nothing else can offset."""


class Mark(PlainMark):
    """One of several marks, of which the first that holds counts."""

    when: Condition | None = None
    """What has to hold for this mark. It reads only what the deciding role knows."""


class Effects(Value):
    """What an option, a share or an inject changes."""

    set: dict[FlagName, Switch] = {}
    """Flags to set."""
    add: dict[CounterName, Whole] = {}
    """Counters to raise or lower. They stop at their range."""
    reveals: dict[RoleName, Facts] = {}
    """Role to facts it learns. Nobody forgets."""
    grant: Consents = ()
    """Consents that come into force."""
    revoke: Consents = ()
    """Consents that end."""


class Marked(Effects):
    """Something chosen: its effects and its mark, or marks of which the first that holds counts."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["marks"], "properties": {"marks": {"minItems": 1}}},
            "then": {
                "properties": {
                    "vc": {"const": 0},
                    "ci": {"const": 0},
                    "because": False,
                    "critical": {"const": False},
                }
            },
            "else": {"required": ["because"]},
        }
    )

    vc: Mark2 = 0
    """The mark for victim-centeredness, -2 to 2. Left out: 0."""
    ci: Mark2 = 0
    """The mark for case integrity, -2 to 2. Left out: 0."""
    because: Prose | None = None
    """The reason, in one or two sentences. The debrief prints it."""
    practices: Practices = ()
    """The practices it rests on. Left out on an option: those of its decision."""
    critical: Switch = False
    """`true` for an act that nothing else can offset."""
    marks: tuple[Mark, ...] = ()
    """Instead of one mark: several, of which the first that holds counts."""

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

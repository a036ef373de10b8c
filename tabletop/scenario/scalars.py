"""The scalars of a scenario: what a piece of YAML may be, decided by the field and not by its look.

The reader hands every scalar over as text: `Plain` where the author wrote it bare, `str` where it
was quoted or in a block. A number or a switch must be bare; everything else is text as written, so
`no`, `12:30`, `010` and `2026-11-01` mean themselves wherever text is meant.
"""

import re
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from tabletop.scenario.written import Refers, Written, one_or_more

NAME = r"^[a-z][a-z0-9_]{0,47}$"
LINE = 300
PROSE = 12_000
"""The most characters of a single line and of prose."""
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_SIGNED = re.compile(r"(?:\+|([\u2010-\u2015\u2212\uff0d]))\s*([0-9]{1,9})$")
"""A number with a plus, or with what looks like the minus of the keyboard."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Plain(str):
    """A scalar written bare in YAML, without quotes."""

    __slots__ = ()


def whole(value: object) -> object:
    """Reads a bare decimal whole number; leaves anything else for pydantic to refuse."""
    if isinstance(value, Plain):
        if not WHOLE.fullmatch(value):
            sign = _SIGNED.match(value)
            hint = f"; write {'-' if sign[1] else ''}{sign[2]}" if sign else ""
            raise ValueError(f"should be a whole number such as 2 or -1{hint}")
        return int(value)
    return value


def switch(value: object) -> object:
    """Reads a bare `true` or `false`; YAML 1.2 knows no `yes`, `no`, `on` or `off`."""
    if isinstance(value, Plain):
        if value not in ("true", "false"):
            raise ValueError("should be true or false")
        return value == "true"
    return value


def day(value: object) -> object:
    """Reads a date written as 2026-11-01."""
    if isinstance(value, str):
        if not DAY.fullmatch(value):
            raise ValueError("should be a date such as 2026-11-01")
        return date.fromisoformat(value)
    return value


def several(value: object) -> object:
    """Lets one bare name stand for a list of one."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


Name = Annotated[str, StringConstraints(pattern=NAME)]
Whole = Annotated[int, BeforeValidator(whole)]
Switch = Annotated[bool, BeforeValidator(switch)]
Day = Annotated[date, BeforeValidator(day)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=LINE, pattern=r"\S")]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=PROSE, pattern=r"\S")]

T = TypeVar("T")
Several = Annotated[tuple[T, ...], Field(max_length=40)]
OneOrMore = Annotated[Several[T], BeforeValidator(several), Written(one_or_more)]

Consents = OneOrMore[Annotated[Name, Refers("consent")]]
NewName = Annotated[Name, Refers("name")]
"""A name that conditions may read, so none of their words."""
CounterName = Annotated[Name, Refers("counter")]
FactClassName = Annotated[Name, Refers("fact class")]
Facts = OneOrMore[Annotated[Name, Refers("fact")]]
FlagName = Annotated[Name, Refers("flag")]
OptionName = Annotated[Name, Refers("option")]
Practices = OneOrMore[Annotated[Name, Refers("practice")]]
RoleName = Annotated[Name, Refers("role")]
Roles = OneOrMore[RoleName]
SceneName = Annotated[Name, Refers("scene")]
AudienceName = Annotated[Name, Refers("audience")]
"""A role, or `all`."""
ToldLine = Annotated[Line, Refers("parameter")]
ToldProse = Annotated[Prose, Refers("parameter")]
"""Texts in which `$name` becomes a parameter's value."""


class Value(BaseModel):
    """A frozen piece of a scenario; unknown fields are refused and never echoed back.

    What validates a model is built when it is first needed: mostly the whole scenario's is, which
    holds all the others.
    """

    model_config = ConfigDict(
        defer_build=True,
        strict=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        arbitrary_types_allowed=True,
    )

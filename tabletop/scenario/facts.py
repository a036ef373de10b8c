"""Facts and consents: who knows what, who may be told, and with whose leave."""

from typing import Annotated

from pydantic import Field

from tabletop.scenario.marks import Marked, PlainMark
from tabletop.scenario.scalars import (
    FactClassName,
    Facts,
    Line,
    Name,
    OneOrMore,
    Roles,
    SceneName,
    Switch,
    Value,
)
from tabletop.scenario.texts import Text
from tabletop.scenario.written import Refers


class Consent(Value):
    """A person's leave to share named facts with named roles for a purpose; revocable."""

    giver: Line = Field(alias="from")
    """Who gives it, as in "a client"."""
    covers: Facts
    """The facts it covers."""
    to: Roles
    """The roles it may be told to."""
    purpose: Line
    """What it was given for."""
    start: Switch = True
    """Whether it is in force from the beginning, or only once an effect grants it."""
    through: SceneName | None = None
    """The last scene in which it holds; left out, until it is revoked."""


class Share(Marked):
    """Recipients a fact may be offered to, wise or not, and what sharing or keeping it is worth."""

    to: Roles
    """The recipients; each is an offer of its own."""
    during: OneOrMore[SceneName] | None = None
    """The scenes in which the offer stands; left out, any."""
    under: Annotated[Name, Refers("consent")] | None = None
    """The consent that makes this sharing right."""
    without: PlainMark | None = None
    """The mark where that consent was never given."""
    lapsed: PlainMark | None = None
    """The mark where that consent has ended."""
    kept: PlainMark | None = None
    """The mark for having kept it until the window closed."""
    onward: Switch = False
    """Whether a role that was told it may pass it on."""
    stand_in: SceneName | None = None
    """The scene in which a stand-in shares it."""
    outcome: Text | None = None
    """What follows, told to the one who shared."""


class Fact(Value):
    """A piece of information with a class, holders and rules for sharing it."""

    title: Line | None = None
    """A short name for lists; left out, the beginning of the text."""
    fact_class: FactClassName = Field(alias="class")
    """Its class in the guidance, such as `capacity` or `client_confidence`."""
    text: Text
    """What whoever knows it reads."""
    held_by: Roles = ()
    """The roles that know it from the start."""
    share: tuple[Share, ...] = ()
    """Every recipient offered."""

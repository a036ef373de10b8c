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
    """Who gives it, as players read it."""
    covers: Facts
    """The facts it covers."""
    to: Roles
    """The roles that may be told."""
    purpose: Line
    """What it was given for."""
    start: Switch = True
    """`true` if it is in force from the beginning, `false` if an effect has to grant it."""
    through: SceneName | None = None
    """The last scene in which it holds. Left out: until it is revoked."""


class Share(Marked):
    """Recipients a fact may be offered to, wise or not, and what sharing or keeping it is worth."""

    to: Roles
    """The recipients. Each is an offer of its own."""
    during: OneOrMore[SceneName] | None = None
    """The scenes in which the offer stands: its window. Left out: any scene."""
    under: Annotated[Name, Refers("consent")] | None = None
    """The consent that makes it right."""
    without: PlainMark | None = None
    """The mark where that consent was never given."""
    lapsed: PlainMark | None = None
    """The mark where that consent has ended. Left out: that of `without`."""
    kept: PlainMark | None = None
    """The mark for having kept the fact to oneself until the window closed."""
    onward: Switch = False
    """`true` if a role that was told may pass it on."""
    stand_in: SceneName | None = None
    """The scene in which a stand-in shares it. Left out: a stand-in keeps it."""
    outcome: Text | None = None
    """What follows, told to the one who shared."""


class Fact(Value):
    """A piece of information with a class, holders and rules for sharing it."""

    title: Line | None = None
    """A short name for lists. Left out: the beginning of the text."""
    fact_class: FactClassName = Field(alias="class")
    """Its class in the guidance, such as `capacity` or `client_confidence`."""
    text: Text
    """What whoever knows it reads."""
    held_by: Roles = ()
    """The roles that know it from the start. Others learn it by `reveals` or by being told."""
    share: tuple[Share, ...] = ()
    """The offers: to whom it may be told, and what that is worth."""

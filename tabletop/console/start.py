"""What the console opens with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import ConductConnection, PlaceConnection


@dataclass(frozen=True, slots=True)
class Home:
    """The home screen."""


@dataclass(frozen=True, slots=True)
class Play:
    """A scenario's setup, with what was already chosen for it."""

    ref: str
    roles: tuple[str, ...] = ()
    seed: int | None = None
    skips: tuple[str, ...] = ()
    """Content themes to read in their gentler wording."""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resume:
    """An exercise begun before; without an id the newest that goes on."""

    id: str | None = None
    as_begun: bool = False
    """Also where its scenario has changed since."""


@dataclass(frozen=True, slots=True)
class Debrief:
    """The debrief of an exercise."""

    id: str


@dataclass(frozen=True, slots=True)
class Author:
    """A scenario on its author's workbench."""

    path: Path


@dataclass(frozen=True, slots=True)
class Conduct:
    """A session, for someone who conducts it."""

    line: "ConductConnection"
    told: str = ""
    """What to tell whoever has come."""


@dataclass(frozen=True, slots=True)
class Join:
    """A place in a session."""

    place: "PlaceConnection"
    told: str = ""
    """What to tell whoever has come."""


Start = Home | Play | Resume | Debrief | Author | Conduct | Join

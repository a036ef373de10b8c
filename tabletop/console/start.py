"""What the console opens with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Home:
    """The home screen."""


@dataclass(frozen=True, slots=True)
class Play:
    """A scenario's setup, with roles already chosen where they are named."""

    ref: str
    roles: tuple[str, ...] = ()
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """An exercise begun before; without an id the newest that goes on."""

    id: str | None = None


@dataclass(frozen=True, slots=True)
class Debrief:
    """The debrief of an exercise."""

    id: str


Start = Home | Play | Resume | Debrief

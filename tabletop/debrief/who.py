"""Who: someone in the exercise, and what a person wrote, as every part of a report names them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Who:
    """Someone in the exercise: a role, and who sat in it."""

    id: str
    """The role's id."""
    role: str
    """The role's name, as in `prosecutor`."""
    person: str
    """The person of the story, as in "ADA Vaughn"."""
    played: bool
    """Whether a person sat there; else a stand-in."""
    you: bool = False
    """Whether this is the one person the debrief speaks to."""
    name: str = ""
    """The player's own name, only where names were asked for."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote."""

    who: Who
    text: str | None
    """Their words; nothing where they were erased since."""
    when: str | None = ""
    """For a commitment, the occasion it is for."""
    by: str | None = ""
    """For a commitment, by when."""

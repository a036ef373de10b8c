"""Seats: who sits at the table, as far as the rules need to know."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["player", "stand_in", "facilitator"]


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat: a player or stand-in in a role, or the facilitator."""

    id: str
    kind: Kind
    role: str = ""
    name: str = ""
    """The person's name, as a reference in the table of words."""
    skips: tuple[str, ...] = ()
    """Content themes whose passages this seat wants in their gentler wording."""

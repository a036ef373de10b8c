"""Seats: who sits at the table, as far as the rules need to know."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["player", "stand_in", "facilitator", "evaluator", "observer"]
"""Evaluators see everything, note what they observe and steer nothing; observers only see."""

CONDUCTING: frozenset[str] = frozenset({"facilitator", "evaluator", "observer"})
"""Who sits beside the table, without a role."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat: a player or stand-in in a role, or someone beside the table."""

    id: str
    kind: Kind
    role: str = ""
    name: str = ""
    """The person's name, as a reference in the table of words."""
    skips: tuple[str, ...] = ()
    """Content themes whose passages this seat wants in their gentler wording."""
    agency: str = ""
    """Where the person comes from, as a reference in the table of words."""
    worn: str = ""
    """The attorney's hat this person wore in a role they left; never to be joined by the other."""

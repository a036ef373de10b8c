"""Forks: choices of people, with the ways that were open and what each could still have come to."""

from dataclasses import dataclass
from typing import Literal

from tabletop.debrief.analysis.prospects import Prospect
from tabletop.debrief.choices import Choice, Pair

Why = Literal["", "limit", "clock", "idle"]
"""Why something is not known: too many situations; what hangs on the clock (`moments.py`); or
telling or keeping a fact that counts nothing and changes nothing."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way that was open, and what it could still have come to, itself included."""

    name: str
    """The option, or `told` or `kept`."""
    kept: Prospect | None
    """With the others' later choices kept; nothing where it leads to no end or is not known."""
    free: Prospect | None
    """Whatever people would have chosen."""


@dataclass(frozen=True, slots=True)
class Fork:
    """A choice of people with the ways that were open."""

    choice: Choice
    ways: tuple[Way, ...]
    """The one taken among them; empty where nothing is known."""
    came: Pair | None
    """What came of it in the record, itself and all later choices; nothing without an ending."""
    why: Why = ""
    """Why nothing is known of any way, where that is so."""
    why_kept: Why = ""
    """Why nothing is known with later choices kept."""

    @property
    def taken(self) -> Way | None:
        """The way that was taken."""
        return next((way for way in self.ways if way.name == self.choice.taken), None)

    @property
    def steered(self) -> bool:
        """Whether the exercise left the scenario's own ways after it, so that more came of it."""
        kept = self.taken and self.taken.kept
        return bool(kept and self.came and not kept.worst == kept.best == self.came)

    @property
    def others(self) -> tuple[Way, ...]:
        """The ways that were not taken."""
        return tuple(way for way in self.ways if way.name != self.choice.taken)

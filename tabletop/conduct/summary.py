"""Summary: what a list of exercises shows of one, without opening its record."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["open", "running", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class ExerciseSummary:
    """One line in a list of exercises."""

    id: str
    title: str = ""
    scenario_name: str = ""
    started: str = ""
    """When it was begun, ISO 8601."""
    last: str = ""
    """When something last happened in it, ISO 8601."""
    roles: tuple[str, ...] = ()
    """The roles people play."""
    status: Status = "open"
    scene_title: str = ""
    elapsed_ms: int = 0
    problem: str = ""
    """Why it can't be opened, as a sentence; empty where it can."""

"""Changes between two scenarios, as plain values."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["added", "removed", "renamed", "moved", "changed"]
Key = tuple[str, ...]
"""What a part is, and its name: `("decision", "notice")`, `("option", "notice", "in_ranges")`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of meaning."""

    kind: Kind
    key: Key
    """The part it is about, by its new name, or by its old one where it is gone."""
    field: str = ""
    """What of it has changed, as an author writes it; empty for the part as a whole."""
    old: Any = None
    """What it was, as plain values; nothing where it was left out."""
    new: Any = None
    scenes: tuple[str, ...] = ()
    """The scenes in which it shows, by their old names; none where it may show in any."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """One text that reads otherwise."""

    key: Key
    label: str
    """Which text of the part it is, as an author writes it."""
    old: str
    """What it was; empty where there was none."""
    new: str
    line: int
    """The line of the new file on which the text, or its part, begins."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that two scenarios differ in."""

    meaning: tuple[Change, ...]
    text: tuple[Rewording, ...]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.meaning or self.text)

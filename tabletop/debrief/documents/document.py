"""Document: what every format renders: a title, what stands above it, and pages of blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tabletop.debrief.blocks import Page

Audience = Literal["everyone", "role", "conductors"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document, whole."""

    slug: str
    """The file's name without its suffix; never a person's name."""
    title: str
    marking: str
    """Stands at the top and the foot of every sheet."""
    notice: tuple[str, ...]
    """How to handle it and what it rests on, line by line."""
    pages: Sequence[Page]
    audience: Audience = "everyone"
    """Who may read it: everyone, those in one role, or those who conduct and evaluate."""
    language: str = "en"
    notice_last: bool = False
    """Whether the notice stands at the end, as on a form that people fill in; else before all."""
    centered: bool = False
    """Whether it is set in the middle, as what people hang on a wall."""

    @property
    def wide(self) -> bool:
        """Whether all its sheets lie on their side."""
        return all(page.wide for page in self.pages)

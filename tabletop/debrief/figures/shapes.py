"""Shapes: the few a figure is drawn with, on a sheet whose origin is at the upper left."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["ink", "quiet", "rule", "field", "ground", "vc", "ci"]
Glyph = Literal[
    "circle", "ring", "square", "diamond", "triangle", "cross", "line", "dashes", "stroke"
]
"""What a thing is marked with; a `line` and `dashes` lie, a `stroke` stands."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: Tone = "ink"
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something marked at a place, twice `size` wide and high."""

    x: float
    y: float
    glyph: Glyph
    tone: Tone = "ink"
    size: float = 6


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; it stands on its place's height."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    tone: Tone = "ink"
    size: int = 13
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone = "field"


Shape = Segment | Mark | Words | Area

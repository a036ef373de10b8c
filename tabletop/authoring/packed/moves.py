"""Moves: what leads from one situation to another, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tabletop.authoring.packed.offering import Worth
from tabletop.authoring.packed.trace import Step, Vector


@dataclass(frozen=True, slots=True)
class Label:
    """What a move brings."""

    factors: tuple[tuple[Vector, ...], ...] = ()
    """For each marked choice, the ways it may count."""
    exercised: int = 0
    words: int = 0
    minutes: int = 0
    decided: int = 0
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of a scene: where to, the bits that are set then, and those that pass no more."""

    to: str
    """The next scene; empty where the exercise is over."""
    bits: int = 0
    stopped: int = 0


class Move(NamedTuple):
    """What can be done in a situation, wherever it leads."""

    label: int
    plain: bool
    """Whether the plain exploration makes it a move of its own."""
    step: Step
    mark: Worth | None
    """For an answer that counts: the best it can count, in units of the scale."""
    seen: int
    """What shows on it, where somebody watches (`watch.py`)."""


class Edge(NamedTuple):
    """A move from one situation inside a scene to another."""

    label: int
    plain: bool
    target: int
    """A situation inside, or, below zero, an exit (`~target`)."""
    step: Step
    mark: Worth | None = None
    seen: int = 0

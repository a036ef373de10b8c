"""Frontier: every total that no play beats, this run beside it, and one play that beats it if any.

A total has four parts: gained and forgone, on both axes. One beats another if it is no worse in all
four and better in one. Totals alone would reward trouble, since more decisions are more marks, and
forgone alone would reward an early collapse; so neither is looked at without the other.

The play that beats this run is an example and not the answer. Of the totals that beat it, it is one
that improves on both axes most evenly; `route.py` finds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tabletop.authoring.explore import Move
from tabletop.authoring.packed.solving import Solved
from tabletop.authoring.packed.spread import unpacked
from tabletop.authoring.packed.standing import EveryShare
from tabletop.debrief.analysis.ahead import Ahead
from tabletop.debrief.analysis.route import Chosen, Route
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e
from tabletop.exercise.scoring import EXERCISE, score
from tabletop.exercise.state import State

Why = Literal["", "limit", "circle", "table", "unended"]
"""Why there is none: too many situations, scenes that go round without bound, another table in the
middle than at the beginning, or a run that came to no ending."""


@dataclass(frozen=True, slots=True)
class Total:
    """What one whole play came to."""

    vc: Fraction
    ci: Fraction
    forgone_vc: Fraction
    forgone_ci: Fraction

    def beats(self, other: Total) -> bool:
        """Whether it is no worse in gained and forgone on both axes, and better in one."""
        mine = (self.vc, self.ci, -self.forgone_vc, -self.forgone_ci)
        theirs = (other.vc, other.ci, -other.forgone_vc, -other.forgone_ci)
        return mine != theirs and all(a >= b for a, b in zip(mine, theirs, strict=True))


@dataclass(frozen=True, slots=True)
class Better:
    """A play that beats this run."""

    total: Total
    chosen: tuple[Chosen, ...]
    ending: str
    moves: tuple[Move, ...]
    """The whole play as it is replayed, its start first."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """The totals that no play beats, and this run."""

    points: tuple[Total, ...]
    run: Total | None
    better: Better | None
    """Nothing where this run is on the frontier, or where nothing is known."""
    steered: bool
    """Whether a facilitator led the run off the scenario's ways, so that it may lie anywhere."""
    why: Why = ""

    @property
    def on_it(self) -> bool:
        """Whether no play beats this run."""
        return self.run is not None and not self.why and self.better is None


def frontier(telling: Telling, ahead: Ahead) -> Frontier:
    """The frontier for who was at the table, with this run beside it."""
    steered = _steered(telling)
    begun = next((step.before for step in telling.steps if step.before.status == "running"), None)
    if begun is None or not telling.state.ending:
        return Frontier((), None, None, steered, "unended")
    run = _run(telling)
    tables = {_table(step.before) for step in telling.steps if step.before.status == "running"}
    if len(tables) > 1:
        return Frontier((), run, None, steered, "table")
    solved = ahead.solved(begun)
    if solved is None:
        return Frontier((), run, None, steered, "limit")
    points = _points(*solved)
    if points is None:
        return Frontier((), run, None, steered, "circle")
    beating = {packed: total for packed, total in points.items() if total.beats(run)}
    better = None
    if beating:
        wanted = max(beating, key=lambda packed: _evenly(beating[packed], run))
        made = frozenset(each.move for visit in ahead.kept.made.values() for each in visit)
        better = Better(beating[wanted], *Route(*solved, made).to(wanted))
    return Frontier(tuple(points.values()), run, better, steered)


def _points(model: EveryShare, solved: Solved) -> Mapping[int, Total] | None:
    spread = solved.spread(model.scenario.start, solved.reached.begin)
    if spread is None:
        return None
    unit = Fraction(1, model.scale)
    return {packed: Total(*(part * unit for part in unpacked(packed))) for packed in spread}


def _run(telling: Telling) -> Total:
    counted = [each for each in score(telling.events).choices if each.subject == EXERCISE]
    return Total(
        sum((Fraction(each.vc.gained) for each in counted), Fraction(0)),
        sum((Fraction(each.ci.gained) for each in counted), Fraction(0)),
        sum((Fraction(each.vc.forgone) for each in counted), Fraction(0)),
        sum((Fraction(each.ci.forgone) for each in counted), Fraction(0)),
    )


def _evenly(total: Total, run: Total) -> tuple[Fraction, Fraction]:
    gains = total.vc - run.vc, total.ci - run.ci
    return min(gains), max(gains)


def _table(state: State) -> frozenset[str]:
    return frozenset(role for role in state.by_role if state.played(role))


def _steered(telling: Telling) -> bool:
    off = (e.Jumped, e.InjectHeld, e.InjectOmitted)
    return any(
        isinstance(each, off) or (isinstance(each, e.Settled) and each.how == "facilitator")
        for each in telling.events
    )

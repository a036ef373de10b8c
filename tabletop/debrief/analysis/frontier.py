"""Frontier: every total that no play beats, this run beside it, and one play that beats it if any.

A total has four parts: gained and forgone, on both axes. One beats another if it is no worse in all
four and better in one. Totals alone would reward trouble, since more decisions are more marks, and
forgone alone would reward an early collapse; so neither is looked at without the other.

The play that beats this run is an example and not the answer. Of the totals that beat it, it is one
that improves on both axes most evenly, and on the way there it makes the run's own choices wherever
they lead to that total too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from tabletop.authoring.explore import Move
from tabletop.authoring.packed.layout import PackedSituation
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.reach import arriving
from tabletop.authoring.packed.search import move, start
from tabletop.authoring.packed.solving import Solved
from tabletop.authoring.packed.spread import ZERO, Spread, unpacked
from tabletop.authoring.packed.standing import EveryShare, Standing
from tabletop.authoring.packed.trace import Step
from tabletop.authoring.packed.values import spread_ahead
from tabletop.debrief.analysis.ahead import Ahead
from tabletop.debrief.analysis.kept import kept
from tabletop.debrief.telling import Telling
from tabletop.exercise import commands as c
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
class Chosen:
    """One choice of a play."""

    scene: str
    kind: Literal["decision", "told", "release"]
    name: str
    """The decision, fact or inject."""
    option: str = ""
    because: str = ""
    """The offered reason to give, where one counts."""
    holder: str = ""
    to: str = ""
    same: bool = False
    """Whether this run made it too."""


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
        better = _Route(*solved, telling).to(wanted, beating[wanted])
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


class _Route:
    """Finds a play that comes to a total, by what can still come of each situation on it."""

    def __init__(self, model: EveryShare, solved: Solved, telling: Telling) -> None:
        self.model = model
        self.solved = solved
        self.made = {each.move for scene in kept(telling).made.values() for each in scene}
        self._spreads: dict[Standing, Spread] = {}

    def to(self, wanted: int, total: Total) -> Better:
        """A play that comes to a total that can be come to."""
        model = self.model
        chosen: list[Chosen] = []
        moves = [start(model)]
        scene, arrival = model.scenario.start, self.solved.reached.begin
        while True:
            inside = model.inside(scene)
            beside = arrival & ~inside.stage.inside
            label, target = inside.arrive(arrival & inside.stage.inside)
            wanted = self._left(wanted, label, scene, beside, target)
            while target >= 0:
                at = Standing(scene, beside, target)
                edge, wanted = self._next(at, wanted)
                because = self._because(at, edge)
                moves.append(_reasoned(move(model, scene, target, edge), because))
                chosen.extend(self._chosen(scene, edge.step, because))
                target = edge.target
            way = inside.exits[~target]
            if not way.to:
                return Better(total, tuple(chosen), scene, tuple(moves))
            scene, arrival = way.to, arriving(model, way, beside)

    def _next(self, at: Standing, wanted: int) -> tuple[Edge, int]:
        edges = self.model.inside(at.scene).explored(at.node)
        for edge in sorted(edges, key=lambda each: each.step not in self.made):
            behind = self._behind(at.scene, at.beside, edge.target)
            for total in self.solved.ways[edge.label].spread:
                if wanted - total in behind:
                    return edge, wanted - total
        raise AssertionError("a total that can be come to is come to by some move")

    def _left(self, wanted: int, label: int, scene: str, beside: int, target: int) -> int:
        behind = self._behind(scene, beside, target)
        return next(
            wanted - total for total in self.solved.ways[label].spread if wanted - total in behind
        )

    def _behind(self, scene: str, beside: int, target: int) -> Spread:
        """The totals that no way on beats from where a move leads."""
        if target >= 0:
            return self._spread(Standing(scene, beside, target))
        way = self.model.inside(scene).exits[~target]
        if not way.to:
            return ZERO
        return self.solved.spread(way.to, arriving(self.model, way, beside)) or ()

    def _spread(self, of: Standing) -> Spread:
        waiting = [of]
        while waiting:
            here = waiting[-1]
            if here not in self._spreads:
                edges = self.model.inside(here.scene).explored(here.node)
                after = [
                    at
                    for edge in edges
                    if edge.target >= 0
                    and (at := here._replace(node=edge.target)) not in self._spreads
                ]
                if after:
                    waiting += after
                    continue
                ways = [
                    (self.solved.ways[edge.label].spread, behind)
                    for edge in edges
                    if (behind := self._behind(here.scene, here.beside, edge.target))
                ]
                self._spreads[here] = spread_ahead(ways) if ways else ()
            waiting.pop()
        return self._spreads[of]

    def _because(self, at: Standing, edge: Edge) -> str:
        """The offered reason by which an answer counts whole, where it takes one."""
        if edge.step[0] != "commit":
            return ""
        _, name, option = edge.step
        inside = self.model.inside(at.scene)
        situation = PackedSituation(self.model.layout, inside.nodes[at.node])
        reasons = inside.stage.scene.decisions[name].reasons
        return next(
            (
                each
                for each, reason in reasons.items()
                if option in reason.options and (not reason.fits or reason.fits.holds(situation))
            ),
            "",
        )

    def _chosen(self, scene: str, step: Step, because: str) -> Iterator[Chosen]:
        same = step in self.made
        if step[0] == "commit":
            yield Chosen(scene, "decision", step[1], step[2], because, same=same)
        elif step[0] == "share":
            _, fact, holder, to = step
            yield Chosen(scene, "told", fact, holder=holder, to=to, same=same)
        elif step[0] == "release":
            yield Chosen(scene, "release", step[1], same=same)


def _reasoned(whole: Move, because: str) -> Move:
    return tuple(
        (seat, replace(command, because=because) if isinstance(command, c.Commit) else command)
        for seat, command in whole
    )

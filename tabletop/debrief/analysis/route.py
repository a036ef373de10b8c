"""Route: a play that comes to a total, by what can still come of each situation on the way.

It makes the choices of a run wherever they lead to that total too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tabletop.authoring.explore import Move
from tabletop.authoring.packed.layout import PackedSituation
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.reach import arriving
from tabletop.authoring.packed.search import move, start
from tabletop.authoring.packed.solving import Solved
from tabletop.authoring.packed.spread import ZERO, Spread
from tabletop.authoring.packed.standing import EveryShare, Standing
from tabletop.authoring.packed.trace import Step
from tabletop.authoring.packed.values import spread_ahead
from tabletop.exercise import commands as c


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


class Route:
    """Finds a play that comes to a total, by what can still come of each situation on it."""

    def __init__(self, model: EveryShare, solved: Solved, made: frozenset[Step]) -> None:
        """Takes what was solved, and the moves of the run, to be made wherever they lead there."""
        self.model = model
        self.solved = solved
        self.made = made
        self._spreads: dict[Standing, Spread] = {}

    def to(self, wanted: int) -> tuple[tuple[Chosen, ...], str, tuple[Move, ...]]:
        """A play that comes to a total that can be come to: its choices, ending and moves."""
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
                return tuple(chosen), scene, tuple(moves)
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

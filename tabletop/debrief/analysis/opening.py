"""Opening: what is open in a situation, and how each move counts there.

Without kept choices every move is open. With kept choices (`kept.py`) there is mostly one: the
record's next choice at this visit. Only where the record has none that can be made, people are
free, in all that the record leaves open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.layout import PackedSituation
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.standing import Standing
from tabletop.authoring.packed.trace import NOTHING, Vector
from tabletop.debrief.analysis.bounds import Wide
from tabletop.debrief.analysis.kept import Kept, Made, Seen

Factors = tuple[tuple[Vector, ...], ...]


class Place(NamedTuple):
    """A situation, and where choices are kept the visits on the way there."""

    at: Standing
    seen: Seen = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """What a move counts."""

    wide: Wide
    """At least and at most."""
    plain: tuple[int, int]
    """Where no reason is given for it."""


Open = tuple[Counted, Edge]


class Opening:
    """What is open in situations, with kept choices or without."""

    def __init__(self, model: Model, kept: Kept | None) -> None:
        """Takes the rules for who is at the table, and the choices that are kept if any."""
        self.model = model
        self.kept = kept
        self._by_label: dict[int, Counted] = {}

    def edges(self, at: Standing) -> list[Edge]:
        """The moves the rules allow."""
        return self.model.inside(at.scene).explored(at.node)

    def of(self, place: Place) -> Iterator[Open]:
        """The moves that may be made, each with what it counts."""
        at, edges = place.at, self.edges(place.at)
        if self.kept is None:
            yield from ((self.counted(at, edge), edge) for edge in edges)
            return
        for made in self.kept.now(at.scene, place.seen):
            edge = self.made_by(at, made)
            if edge is not None and edge.step[1:] not in self.kept.never:
                yield self.counted(at, edge, made), edge
                return
        free = [edge for edge in edges if self._free(self.kept, place, edge)]
        # Where nothing else is left, what the record has no place for may go on.
        yield from ((self.counted(at, edge), edge) for edge in free or edges)

    def made_by(self, at: Standing, made: Made) -> Edge | None:
        """The move by which a choice of the record would be made here, if it can be.

        An answer may be come to where people give another and are outvoted by stand-ins.
        """
        kind, name = made.move[:2]
        edges = [edge for edge in self.edges(at) if edge.step[:2] == (kind, name)]
        edges.sort(key=lambda edge: edge.step != made.move)
        for edge in edges:
            if kind != "commit" and edge.step == made.move:
                return edge
            if kind == "commit" and self._final(at, edge) == made.move[-1]:
                return edge
        return None

    @staticmethod
    def _free(kept: Kept, place: Place, edge: Edge) -> bool:
        """Whether the record leaves it open to make a move."""
        if edge.step[0] == "share":
            _, fact, holder, to = edge.step
            return kept.may_tell((fact, holder, to), place.at.scene, place.seen)
        return edge.step[0] != "release"

    def _final(self, at: Standing, edge: Edge) -> str:
        """The answer that counts where everybody asked gives one."""
        _, name, option = edge.step
        inside = self.model.inside(at.scene)
        stage, packed = inside.stage, inside.nodes[at.node]
        asked = stage.asked[name]
        given = {
            role: option if role in self.model.people else asked.answers[role](packed)
            for role in stage.by(asked.decision, packed)
        }
        return stage.by_vote(asked.decision.rule, given, option)[0]

    def counted(self, at: Standing, edge: Edge, made: Made | None = None) -> Counted:
        """What a move counts; as it was `made`, if it was."""
        if made is not None and edge.mark is not None and edge.step[0] == "commit":
            return _counts(self._as_made(at, made, self.model.labels[edge.label].factors))
        return self.labelled(edge.label)

    def labelled(self, label: int) -> Counted:
        """What a label counts."""
        if label not in self._by_label:
            self._by_label[label] = _counts(self.model.labels[label].factors)
        return self._by_label[label]

    def _as_made(self, at: Standing, made: Made, factors: Factors) -> Factors:
        """What an answer counts by the reason that was given for it, or if it is nobody's."""
        inside = self.model.inside(at.scene)
        packed, (_, name, option) = inside.nodes[at.node], made.move
        own = dict.fromkeys(inside.stage.asked[name].ways(packed)[option])
        if tuple(own) == (NOTHING,):
            return factors
        if not made.counts:
            return factors[1:]
        if len(own) == 1:
            return factors
        reason = inside.stage.scene.decisions[name].reasons.get(made.because)
        situation = PackedSituation(self.model.layout, packed)
        fits = (
            reason is not None
            and option in reason.options
            and (reason.fits is None or reason.fits.holds(situation))
        )
        return (factors[0][:1] if fits else factors[0][1:], *factors[1:])

    def usual(self, at: Standing, steps: list[Open]) -> Open | None:
        """Of some moves, the one that stand-ins' rules would make."""
        if len(steps) == 1:
            return steps[0]
        by_step = {edge.step: (counted, edge) for counted, edge in steps}
        inside = self.model.inside(at.scene)
        stage, packed = inside.stage, inside.nodes[at.node]
        for one in self.model.followed:
            found = by_step.get(("share", *one.offer[:3]))
            stands = packed & self.model.layout.offers[one.offer][0].bits
            if found is not None and stands and one.share.stand_in == at.scene:
                return found
        for name, asked in stage.asked.items():
            roles = stage.by(asked.decision, packed)
            if roles and any(step[:2] == ("commit", name) for step in by_step):
                given = {role: stage.by_rules(name, asked.decision, role, packed) for role in roles}
                answer = stage.by_vote(asked.decision.rule, given, given[roles[0]])[0]
                return by_step.get(("commit", name, answer))
        return by_step.get(("advance",))


def _counts(factors: Factors) -> Counted:
    """What some marked choices count together: a reason that fits comes first of the ways."""
    wide = (
        -sum(min(way[0] for way in factor) for factor in factors),
        -sum(min(way[1] for way in factor) for factor in factors),
        sum(max(way[0] for way in factor) for factor in factors),
        sum(max(way[1] for way in factor) for factor in factors),
    )
    return Counted(wide, (sum(f[-1][0] for f in factors), sum(f[-1][1] for f in factors)))

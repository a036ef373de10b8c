"""Prospects: what can still come of a situation, on each axis by itself.

Everything is worked out by the rules, through every situation that can follow; nothing is sampled.
Without kept choices everyone may answer anything, and from the next scene on it is looked up in
what exploring solved. With kept choices (`kept.py`) there is mostly one way on, and it is walked.

`typical` is a way that can be walked too. On it each free choice falls as the author says that
somebody in the role would answer whom nobody plays: by the rules of their stand-in, which read
nothing but what the role may know. Facts come before questions, questions in the author's order,
and no offered reason is given for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.layout import PackedSituation
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.reach import arriving
from tabletop.authoring.packed.solving import CI, VC, Solved
from tabletop.authoring.packed.standing import Standing
from tabletop.authoring.packed.trace import NOTHING, Vector
from tabletop.authoring.packed.values import BEYOND, COUNTED
from tabletop.debrief.analysis.kept import Kept, Made
from tabletop.debrief.choices import Pair

LIMIT = 200_000
"""Situations beyond which nothing more is walked for one question."""
Bound = Fraction | None
"""A total; nothing where there is no bound."""
Span = tuple[int | None, int | None, int | None, int | None]
"""The least VC and CI and the most, in units of the scale; nothing where there is no bound."""
Counted = tuple[Span, tuple[int, int]]
"""What a move may count, and what it counts where no reason is given for it."""
_NONE: Span = (0, 0, 0, 0)


class Unknown(Exception):
    """What can still come is not worked out: `limit`, or `circle` where scenes go round."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What can come between one moment and the endings, each axis by itself."""

    worst: tuple[Bound, Bound]
    best: tuple[Bound, Bound]
    endings: tuple[str, ...]
    """Those that can be reached, in the author's order."""
    typical: Pair | None
    """Nothing where this one way on comes to no end."""
    typical_ending: str


@dataclass(frozen=True, slots=True)
class _Value:
    span: Span
    endings: frozenset[str]


class Prospects:
    """What can still come of the situations of one attendance."""

    def __init__(self, model: Model, solved: Solved, kept: Kept | None = None) -> None:
        """Takes what was solved from the beginning, and the choices that are kept if any.

        Raises:
            Unknown: for kept choices where scenes go round.
        """
        if kept is not None and solved.reached.cyclic:
            raise Unknown("circle")
        self.model = model
        self.solved = solved
        self.kept = kept
        self._values: dict[Standing, _Value | None] = {}
        self._beyond: dict[tuple[str, int], _Value | None] = {}

    def by(self, at: Standing, edge: Edge, made: Made | None = None) -> Prospect | None:
        """What can come by one move; it counts as it was `made`, if it was.

        Raises:
            Unknown: where it is too much to walk.
        """
        step = self._counted(at, edge, made), edge
        return self._prospect(at, [step], step)

    def beside(self, at: Standing, edge: Edge) -> Prospect | None:
        """What can come of a situation if one move is not made there.

        Raises:
            Unknown: where it is too much to walk.
        """
        steps = [each for each in self.open(at) if each[1].step != edge.step]
        return self._prospect(at, steps, self._usual(at, steps))

    def _prospect(
        self,
        at: Standing,
        steps: list[tuple[Counted, Edge]],
        first: tuple[Counted, Edge] | None,
    ) -> Prospect | None:
        value = self._either(at, steps)
        if value is None:
            return None
        unit = Fraction(1, self.model.scale)
        least_vc, least_ci, most_vc, most_ci = (
            None if each is None else each * unit for each in value.span
        )
        typical, ending = self._walked(at, first)
        return Prospect(
            (least_vc, least_ci),
            (most_vc, most_ci),
            tuple(each for each in self.solved.endings if each in value.endings),
            (typical[0] * unit, typical[1] * unit) if ending else None,
            ending,
        )

    # What every way on comes to.

    def _either(self, at: Standing, steps: Iterable[tuple[Counted, Edge]]) -> _Value | None:
        """What can come of any of some moves; nothing where none leads to an end."""
        found: _Value | None = None
        for (span, _), edge in steps:
            onward, target = self._led(at, edge.target)
            there = self._value(target) if isinstance(target, Standing) else target
            if there is not None:
                value = _Value(_sum(_sum(span, onward), there.span), there.endings)
                found = value if found is None else _joined(found, value)
        return found

    def _value(self, of: Standing) -> _Value | None:
        waiting = [of]
        while waiting:
            here = waiting[-1]
            if here not in self._values:
                if len(self._values) + len(waiting) > LIMIT:
                    raise Unknown("limit")
                steps = list(self.open(here))
                targets = [self._led(here, edge.target)[1] for _, edge in steps]
                after = [
                    each
                    for each in targets
                    if isinstance(each, Standing) and each not in self._values
                ]
                if after:
                    waiting += after
                    continue
                self._values[here] = self._either(here, steps)
            waiting.pop()
        return self._values[of]

    def _led(self, at: Standing, target: int) -> tuple[Span, Standing | _Value | None]:
        """What comes on the way to where a move leads, and that situation or what it is worth."""
        span, scene, beside = _NONE, at.scene, at.beside
        while target < 0:
            way = self.model.inside(scene).exits[~target]
            if not way.to:
                return span, _Value(_NONE, frozenset({scene}))
            scene, arrival = way.to, arriving(self.model, way, beside)
            if self._looked_up(scene, arrival):
                return span, self._beyond[scene, arrival]
            gained, beside, target = self.arrive(scene, arrival)
            span = _sum(span, gained[0])
        return span, Standing(scene, beside, target)

    def arrive(self, scene: str, arrival: int) -> tuple[Counted, int, int]:
        """What arriving in a scene brings, the bits beside, and what it leads to."""
        inside = self.model.inside(scene)
        label, target = inside.arrive(arrival & inside.stage.inside)
        factors = self.model.labels[label].factors
        return _counts(factors), arrival & ~inside.stage.inside, target

    def _looked_up(self, scene: str, arrival: int) -> bool:
        """Whether what can come of an arrival was solved; then it stands ready."""
        if self.kept is not None:
            return False
        if (scene, arrival) not in self._beyond:
            reached = self.solved.reached
            if scene not in reached.arrivals or arrival not in reached.arrivals[scene]:
                if reached.cyclic:
                    raise Unknown("circle")
                return False
            self._beyond[scene, arrival] = self._solved(scene, arrival)
        return True

    def _solved(self, scene: str, arrival: int) -> _Value | None:
        counts = self.solved.counts.at(scene, arrival)
        if counts is None:
            return None
        lanes = self.solved.lanes
        numbers = lanes.read(counts[0] + lanes.zeros)
        endings = zip(self.solved.endings, numbers[2 * len(COUNTED) :], strict=True)
        least_vc, least_ci = (
            None if numbers[lane] > BEYOND // 2 else -numbers[lane] for lane in (0, 1)
        )
        most_vc, most_ci = (
            None if numbers[lane] > BEYOND // 2 else numbers[lane] for lane in (VC, CI)
        )
        return _Value(
            (least_vc, least_ci, most_vc, most_ci),
            frozenset(name for name, far in endings if far > -BEYOND // 2),
        )

    # What is open, and how it counts.

    def open(self, at: Standing) -> Iterator[tuple[Counted, Edge]]:
        """The moves that may be made in a situation, each with what it counts."""
        edges = self.model.inside(at.scene).explored(at.node)
        if self.kept is None:
            yield from ((self._counted(at, edge), edge) for edge in edges)
            return
        for made in self.kept.made.get(at.scene, ()):
            edge = self.made_by(at, made)
            if edge is not None and edge.step[1:] not in self.kept.never:
                yield self._counted(at, edge, made), edge
                return
        free = [edge for edge in edges if self._free(at, edge)]
        # Where nothing else is left, what the record has no place for may go on.
        yield from ((self._counted(at, edge), edge) for edge in free or edges)

    def made_by(self, at: Standing, made: Made) -> Edge | None:
        """The move by which a choice of the record would be made here, if it can be."""
        for edge in self.model.inside(at.scene).explored(at.node):
            if edge.step == made.move and made.move[0] != "commit":
                return edge
            if edge.step[:2] == made.move[:2] and self._final(at, edge) == made.move[-1]:
                return edge
        return None

    def _free(self, at: Standing, edge: Edge) -> bool:
        """Whether the record leaves it open to make a move."""
        assert self.kept is not None
        if edge.step[0] != "share":
            return edge.step[0] != "release"
        _, fact, holder, to = edge.step
        triple = fact, holder, to
        if triple in self.kept.never:
            return False
        told = self.kept.told.get(triple)
        if told is None:
            return triple not in self.kept.offered
        return told not in self.model.engine.plan.reach[at.scene]

    def _final(self, at: Standing, edge: Edge) -> str:
        """The answer that counts where everybody asked gives one."""
        if edge.step[0] != "commit":
            return ""
        _, name, option = edge.step
        inside = self.model.inside(at.scene)
        stage, packed = inside.stage, inside.nodes[at.node]
        asked = stage.asked[name]
        given = {
            role: option if role in self.model.people else asked.answers[role](packed)
            for role in stage.by(asked.decision, packed)
        }
        return stage.by_vote(asked.decision.rule, given, option)[0]

    def _counted(self, at: Standing, edge: Edge, made: Made | None = None) -> Counted:
        factors = self.model.labels[edge.label].factors
        if made is not None and edge.mark is not None and edge.step[0] == "commit":
            factors = self._as_made(at, edge, made, factors)
        return _counts(factors)

    def _as_made(
        self, at: Standing, edge: Edge, made: Made, factors: tuple[tuple[Vector, ...], ...]
    ) -> tuple[tuple[Vector, ...], ...]:
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

    # One way on.

    def _walked(
        self, at: Standing, first: tuple[Counted, Edge] | None
    ) -> tuple[tuple[int, int], str]:
        """What the usual way on comes to after a first move, and its ending if it comes to one."""
        vc, ci = 0, 0
        step, seen = first, set[Standing]()
        while step is not None and at not in seen:
            seen.add(at)
            (_, plain), edge = step
            vc, ci = vc + plain[0], ci + plain[1]
            scene, beside, target = at.scene, at.beside, edge.target
            while target < 0:
                way = self.model.inside(scene).exits[~target]
                if not way.to:
                    return (vc, ci), scene
                scene = way.to
                gained, beside, target = self.arrive(scene, arriving(self.model, way, beside))
                vc, ci = vc + gained[1][0], ci + gained[1][1]
            at = Standing(scene, beside, target)
            step = self._usual(at, list(self.open(at)))
        return (vc, ci), ""

    def _usual(
        self, at: Standing, steps: list[tuple[Counted, Edge]]
    ) -> tuple[Counted, Edge] | None:
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


def _counts(factors: tuple[tuple[Vector, ...], ...]) -> Counted:
    """What some marked choices count together: a reason that fits comes first of the ways."""
    span = (
        sum(min(way[0] for way in factor) for factor in factors),
        sum(min(way[1] for way in factor) for factor in factors),
        sum(max(way[0] for way in factor) for factor in factors),
        sum(max(way[1] for way in factor) for factor in factors),
    )
    return span, (sum(f[-1][0] for f in factors), sum(f[-1][1] for f in factors))


def _sum(one: Span, other: Span) -> Span:
    a, b, c, d = (
        None if x is None or y is None else x + y for x, y in zip(one, other, strict=True)
    )
    return a, b, c, d


def _joined(one: _Value, other: _Value) -> _Value:
    pairs = list(zip(one.span, other.span, strict=True))
    low = [None if None in pair else min(pair) for pair in pairs[:2]]  # type: ignore[type-var]
    high = [None if None in pair else max(pair) for pair in pairs[2:]]  # type: ignore[type-var]
    return _Value((low[0], low[1], high[0], high[1]), one.endings | other.endings)

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

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isinf
from typing import NamedTuple

from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.reach import arriving
from tabletop.authoring.packed.solving import CI, VC, Solved
from tabletop.authoring.packed.standing import Standing
from tabletop.authoring.packed.values import BEYOND, COUNTED
from tabletop.debrief.analysis.bounds import NONE, Bounds, TooWide, Value, Wide, plus
from tabletop.debrief.analysis.kept import Kept, Made
from tabletop.debrief.analysis.opening import Counted, Open, Opening, Place
from tabletop.debrief.choices import Pair

Bound = Fraction | None
"""A total; nothing where there is no bound."""


class Unknown(Exception):
    """What can still come is not worked out: there are too many situations."""


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


class Prospects:
    """What can still come of the situations of one attendance."""

    def __init__(self, model: Model, solved: Solved, kept: Kept | None, limit: int) -> None:
        """Takes what was solved from the beginning, and the choices that are kept if any.

        No more than a `limit` of situations are walked.
        """
        self.model = model
        self.solved = solved
        self.kept = kept
        self.opening = Opening(model, kept)
        self._bounds = Bounds[Place](self._onward, limit)
        self._beyond: dict[tuple[str, int], Value | None] = {}
        self._usual: dict[Place, Walked] = {}

    def by(self, place: Place, edge: Edge, made: Made | None = None) -> Prospect | None:
        """What can come by one move; it counts as it was `made`, if it was.

        Raises:
            Unknown: where it is too much to walk.
        """
        step = self.opening.counted(place.at, edge, made), edge
        return self._prospect(place, [step], step)

    def beside(self, place: Place, edge: Edge) -> Prospect | None:
        """What can come of a situation if one move is not made there.

        Raises:
            Unknown: where it is too much to walk.
        """
        steps = [each for each in self.opening.of(place) if each[1].step != edge.step]
        return self._prospect(place, steps, self.opening.usual(place.at, steps))

    def _prospect(self, place: Place, steps: list[Open], first: Open | None) -> Prospect | None:
        try:
            value = self._bounds.either(self._led(place, each) for each in steps)
        except TooWide:
            raise Unknown from None
        if value is None:
            return None
        unit = Fraction(1, self.model.scale)
        worst_vc, worst_ci, best_vc, best_ci = (
            None if isinf(each) else int(each) * unit for each in value.wide
        )
        typical = self._walked(place, first)
        return Prospect(
            (worst_vc and -worst_vc, worst_ci and -worst_ci),
            (best_vc, best_ci),
            tuple(each for each in self.solved.endings if each in value.endings),
            (typical.vc * unit, typical.ci * unit) if typical.ending else None,
            typical.ending,
        )

    # What every way on comes to.

    def _onward(self, place: Place) -> Iterator[tuple[Wide, Place | Value | None]]:
        return (self._led(place, each) for each in self.opening.of(place))

    def _led(self, place: Place, step: Open) -> tuple[Wide, Place | Value | None]:
        """What comes by a move up to where it leads, and that place or what is known of it."""
        (scene, beside, _), seen = place
        counted, edge = step
        wide, target = counted.wide, edge.target
        while target < 0:
            way = self.model.inside(scene).exits[~target]
            if not way.to:
                return wide, Value(NONE, frozenset({scene}))
            scene, arrival = way.to, arriving(self.model, way, beside)
            if self.kept is not None:
                seen = self.kept.entering(seen, scene)
            elif self._reached(scene, arrival):
                return wide, self._solved(scene, arrival)
            gained, beside, target = self.arrive(scene, arrival)
            wide = plus(wide, gained.wide)
        return wide, Place(Standing(scene, beside, target), seen)

    def arrive(self, scene: str, arrival: int) -> tuple[Counted, int, int]:
        """What arriving in a scene brings, the bits beside, and what it leads to."""
        inside = self.model.inside(scene)
        label, target = inside.arrive(arrival & inside.stage.inside)
        return self.opening.labelled(label), arrival & ~inside.stage.inside, target

    def _reached(self, scene: str, arrival: int) -> bool:
        """Whether what can come of an arrival stands ready; beyond a jump it may not."""
        arrivals = self.solved.reached.arrivals
        return scene in arrivals and arrival in arrivals[scene]

    def _solved(self, scene: str, arrival: int) -> Value | None:
        key = scene, arrival
        if key not in self._beyond:
            self._beyond[key] = self._read(scene, arrival)
        return self._beyond[key]

    def _read(self, scene: str, arrival: int) -> Value | None:
        found = self.solved.counts.at(scene, arrival)
        if found is None:
            return None
        lanes = self.solved.lanes
        numbers = lanes.read(found[0] + lanes.zeros)
        endings = zip(self.solved.endings, numbers[2 * len(COUNTED) :], strict=True)
        a, b, c, d = (
            float("inf") if numbers[lane] > BEYOND // 2 else numbers[lane]
            for lane in (0, 1, VC, CI)
        )
        return Value((a, b, c, d), frozenset(name for name, far in endings if far > -BEYOND // 2))

    # One way on.

    def _walked(self, place: Place, first: Open | None) -> Walked:
        """What the usual way on comes to after a first move."""
        if first is None:
            return _NOWHERE
        gained, ending, target = self._moved(place, first)
        past: list[tuple[Place, tuple[int, int]]] = []
        while target is not None and target not in self._usual:
            # Whoever comes by here again goes round, and comes to no end.
            self._usual[target] = _NOWHERE
            step = self.opening.usual(target.at, list(self.opening.of(target)))
            if step is None:
                break
            counted, ending, onward = self._moved(target, step)
            past.append((target, counted))
            target = onward
        found = self._usual[target] if target is not None else Walked(0, 0, ending)
        for known, counted in reversed(past):
            found = self._usual[known] = found.after(counted)
        return found.after(gained)

    def _moved(self, place: Place, step: Open) -> tuple[tuple[int, int], str, Place | None]:
        """What a move counts up to where it leads, the ending it comes to, or that place."""
        (scene, beside, _), seen = place
        counted, edge = step
        (vc, ci), target = counted.plain, edge.target
        while target < 0:
            way = self.model.inside(scene).exits[~target]
            if not way.to:
                return (vc, ci), scene, None
            scene = way.to
            seen = self.kept.entering(seen, scene) if self.kept is not None else seen
            gained, beside, target = self.arrive(scene, arriving(self.model, way, beside))
            vc, ci = vc + gained.plain[0], ci + gained.plain[1]
        return (vc, ci), "", Place(Standing(scene, beside, target), seen)


class Walked(NamedTuple):
    """What the usual way on from somewhere comes to, and the ending if it comes to one."""

    vc: int
    ci: int
    ending: str

    def after(self, gained: tuple[int, int]) -> Walked:
        """The same from before a move that gained something."""
        return Walked(self.vc + gained[0], self.ci + gained[1], self.ending)


_NOWHERE = Walked(0, 0, "")

"""Choices: every decision settled and every fact told or kept, with what else was open then.

A choice is judged on what the record says was open at that moment and on nothing that came later.
The two axes are never added: one option is better than another only if it is no worse on either
axis and better on one, or if the other does one of them grave harm and it does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from tabletop.debrief.parts import Tension
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e
from tabletop.scenario.model import Marked, PlainMark

Pair = tuple[Fraction, Fraction]
GRAVE = -2


@dataclass(frozen=True, slots=True)
class Way:
    """One way that was open: an option, or telling or keeping a fact."""

    name: str
    worth: Pair
    """What it could be worth at best on (victim-centeredness, case integrity)."""
    critical: bool
    mark: PlainMark | None

    def beats(self, other: Pair) -> bool:
        """Whether it is no worse on either axis than another worth, and better on one."""
        return self.worth != other and all(a >= b for a, b in zip(self.worth, other, strict=True))


@dataclass(frozen=True)
class Choice:
    """A choice that was made, and the ways that were open."""

    step: Step
    kind: Literal["decision", "told", "kept"]
    name: str
    """The decision, or the fact."""
    roles: tuple[str, ...]
    """Those it belongs to: credited, or where it counts nowhere those who were asked."""
    to: str
    """For a fact, the role told or not told."""
    taken: str
    """The way that was taken."""
    worth: Pair
    """What it was worth as taken; half of a way's good where the reason did not fit."""
    ways: tuple[Way, ...]
    practices: tuple[str, ...]
    tension: Tension
    counts: bool
    missed: bool = True
    """For a fact kept: whether the recipient never came to know it."""

    @cached_property
    def way(self) -> Way:
        """The way that was taken."""
        return next(way for way in self.ways if way.name == self.taken)

    @cached_property
    def forgone(self) -> Pair:
        """On each axis, the best that was open less what was taken; never below zero."""
        best = self.best
        return best[0] - self.worth[0], best[1] - self.worth[1]

    @cached_property
    def best(self) -> Pair:
        """The best that was open, on each axis by itself."""
        vc, ci = zip(*(way.worth for way in self.ways), strict=True)
        return max(*vc, self.worth[0]), max(*ci, self.worth[1])

    @cached_property
    def worst(self) -> Pair:
        """The worst that was open, on each axis by itself."""
        vc, ci = zip(*(way.worth for way in self.ways), strict=True)
        return min(*vc, self.worth[0]), min(*ci, self.worth[1])

    @cached_property
    def better(self) -> tuple[Way, ...]:
        """Ways that were better than the one taken, and that no other way beats.

        A way is better if it beats the one taken, and also if it harms neither axis gravely where
        the one taken does: nothing given to the one side makes up for that. First comes the way
        that serves the less served axis best.
        """
        grave = not tolerable(self.worth)
        better = [
            way
            for way in self.ways
            if not way.critical and (way.beats(self.worth) or (grave and tolerable(way.worth)))
        ]
        unbeaten = [w for w in better if not any(o.beats(w.worth) for o in better)]
        return tuple(sorted(unbeaten, key=lambda way: sorted(way.worth), reverse=True))

    @cached_property
    def rightly_kept(self) -> bool:
        """Whether a fact was kept that would have done harm."""
        told = [way for way in self.ways if way.name == "told"]
        return self.kind == "kept" and any(way.critical or min(way.worth) < 0 for way in told)

    @cached_property
    def defensible(self) -> tuple[Way, ...]:
        """Other ways that do some good and no grave harm, and that nothing open beats."""
        return tuple(
            way
            for way in self.ways
            if way.name != self.taken
            and not way.critical
            and max(way.worth) > 0
            and tolerable(way.worth)
            and not any(other.beats(way.worth) for other in self.ways)
        )


def tolerable(worth: Pair) -> bool:
    """Whether a worth harms neither axis gravely, which the scale's lowest mark stands for."""
    return min(worth) > GRAVE


def choices(telling: Telling) -> tuple[Choice, ...]:
    """Every choice of the exercise, in order, marked or not."""
    return tuple(_choices(telling))


def _choices(telling: Telling) -> Iterator[Choice]:
    for step in telling.steps:
        if isinstance(step.event, e.Settled):
            yield _decision(telling, step, step.event)
        elif isinstance(step.event, e.FactShared):
            yield _told(telling, step, step.event)
        elif isinstance(step.event, e.OfferClosed):
            yield _kept(telling, step, step.event)


def _decision(telling: Telling, step: Step, event: e.Settled) -> Choice:
    decision = telling.decision(event.decision)
    ways = tuple(
        Way(
            judged.option,
            halved(judged, judged.attainable),
            judged.critical,
            _mark(decision.options[judged.option], judged.mark, decision.practices),
        )
        for judged in event.marks
    )
    taken = next(judged for judged in event.marks if judged.option == event.option)
    # Where the deciding roles' reasons differ, the exercise is marked by the first one credited.
    fits = event.credit[0][1] if event.credit else True
    roles = tuple(role for role, _ in event.credit)
    return Choice(
        step=step,
        kind="decision",
        name=event.decision,
        roles=roles or step.before.decisions[event.decision].by,
        to="",
        taken=event.option,
        worth=halved(taken, fits and taken.attainable),
        ways=ways,
        practices=decision.practices,
        tension=decision.tension,
        counts=bool(roles),
    )


def _told(telling: Telling, step: Step, event: e.FactShared) -> Choice:
    share = telling.scenario.facts[event.fact].share[event.offer]
    if event.consent in ("without", "lapsed"):
        mark = share.lapsed or share.without if event.consent == "lapsed" else share.without
        mark = mark and _inheriting(mark, share.practices)
    else:
        mark = _mark(share, event.mark, ())
    kept = share.kept and _inheriting(share.kept, share.practices)
    worth = Fraction(event.vc), Fraction(event.ci)
    return Choice(
        step=step,
        kind="told",
        name=event.fact,
        roles=(event.sender,),
        to=event.to,
        taken="told",
        worth=worth,
        ways=(
            Way("told", worth, event.critical, mark),
            Way("kept", (Fraction(event.kept_vc), Fraction(event.kept_ci)), False, kept),
        ),
        practices=share.practices,
        tension="aligned",
        counts=event.counts,
    )


def _kept(telling: Telling, step: Step, event: e.OfferClosed) -> Choice:
    share = telling.scenario.facts[event.fact].share[event.offer]
    standing = telling.share_standing(step.before, event.fact, event.offer)
    worth = Fraction(event.vc), Fraction(event.ci)
    shared = Fraction(event.shared_vc), Fraction(event.shared_ci)
    kept = share.kept and _inheriting(share.kept, share.practices)
    return Choice(
        step=step,
        kind="kept",
        name=event.fact,
        roles=(event.holder,),
        to=event.to,
        taken="kept",
        worth=worth,
        ways=(
            Way("told", shared, standing.critical, standing.mark),
            Way("kept", worth, False, kept),
        ),
        practices=share.practices,
        tension="aligned",
        counts=event.counts,
        missed=event.missed,
    )


def halved(judged: e.Judged, whole: bool) -> Pair:
    """A mark with its good halved where no fitting reason stands behind it."""
    by = Fraction(1) if whole else Fraction(1, 2)
    vc, ci = (Fraction(m) * (by if m > 0 else 1) for m in (judged.vc, judged.ci))
    return vc, ci


def _mark(marked: Marked, number: int, inherited: tuple[str, ...]) -> PlainMark | None:
    if number < 0:
        return None
    return _inheriting(marked.key()[number], marked.practices or inherited)


def _inheriting(mark: PlainMark, practices: tuple[str, ...]) -> PlainMark:
    return mark if mark.practices else mark.model_copy(update={"practices": practices})

"""Calibration: how sure people were, beside the credit their answers would have earned.

The credit of an answer on an axis is its place between the worst and the best that was open when
the decision settled, as the bands have it, with its good halved where no fitting reason was given.
Over several answers worst, best and credit are each added up before they are divided, again as for
a band. Only people's last answers with a stated confidence count, at decisions that count; with
fewer than `ENOUGH` answers that had anything to gain or lose on an axis, there is nothing to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tabletop.debrief.analysis.agreement import Given, given
from tabletop.debrief.choices import Choice, Pair, halved
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e

ENOUGH = 3
"""Answers of one confidence with something at stake, below which no credit is named."""
LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Credited:
    """One person's answer to a decision, with what it would have earned."""

    number: int
    decision: str
    given: Given
    worth: Pair
    worst: Pair
    best: Pair


@dataclass(frozen=True, slots=True)
class Level:
    """The answers of one confidence."""

    confidence: int
    answers: int
    credit: tuple[Fraction | None, Fraction | None]
    """On each axis from 0 (the worst that was open) to 1 (the best); nothing where too few."""
    at_stake: tuple[int, int]
    """On each axis: the answers that had anything to gain or lose there."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The answers of an exercise by how sure people were."""

    credited: tuple[Credited, ...]
    unsaid: int
    """Answers at decisions that count which named no confidence."""

    @property
    def levels(self) -> tuple[Level, ...]:
        """By confidence, the least sure first; confidences nobody named are left out."""
        return tuple(by_confidence(self.credited))

    @property
    def by_seat(self) -> Mapping[str, tuple[Credited, ...]]:
        """By person; for those alone who asked for names."""
        found: dict[str, tuple[Credited, ...]] = {}
        for each in self.credited:
            found[each.given.seat] = (*found.get(each.given.seat, ()), each)
        return found


def calibration(telling: Telling, made: Iterable[Choice]) -> Calibration:
    """How sure people were in an exercise, beside what their answers would have earned."""
    credited, unsaid = [], 0
    for choice in made:
        if choice.kind != "decision" or not choice.counts:
            continue
        for each in given(telling, choice.step.before, choice.name):
            if each.answer.confidence:
                credited.append(_credited(telling, choice, each))
            else:
                unsaid += 1
    return Calibration(tuple(credited), unsaid)


def by_confidence(credited: Iterable[Credited]) -> Iterator[Level]:
    """Answers gathered by confidence."""
    every = tuple(credited)
    for confidence in LEVELS:
        some = [each for each in every if each.given.answer.confidence == confidence]
        if some:
            (vc, vc_stake), (ci, ci_stake) = (_credit(some, axis) for axis in (0, 1))
            yield Level(confidence, len(some), (vc, ci), (vc_stake, ci_stake))


def _credit(some: list[Credited], axis: int) -> tuple[Fraction | None, int]:
    staked = [each for each in some if each.best[axis] != each.worst[axis]]
    if len(staked) < ENOUGH:
        return None, len(staked)
    worst = sum(each.worst[axis] for each in staked)
    best = sum(each.best[axis] for each in staked)
    gained = sum(each.worth[axis] for each in staked)
    return Fraction(gained - worst, best - worst), len(staked)


def _credited(telling: Telling, choice: Choice, each: Given) -> Credited:
    event = choice.step.event
    assert isinstance(event, e.Settled)
    judged = next(mark for mark in event.marks if mark.option == each.answer.option)
    ways = [way.worth for way in choice.ways]
    worth = halved(judged, _fits(telling, choice, each))
    vc, ci = zip(*ways, worth, strict=True)
    return Credited(
        number=choice.step.number,
        decision=choice.name,
        given=each,
        worth=worth,
        worst=(min(vc), min(ci)),
        best=(max(vc), max(ci)),
    )


def _fits(telling: Telling, choice: Choice, each: Given) -> bool:
    """Whether an answer's reason fitted then; where the guidance settles one answer it always does.

    Only where it depends are reasons offered at all.
    """
    if choice.tension != "depends":
        return True
    reason = telling.decision(choice.name).reasons.get(each.answer.because)
    return (
        reason is not None
        and each.answer.option in reason.options
        and (reason.fits is None or reason.fits.holds(telling.situation(choice.step.before)))
    )

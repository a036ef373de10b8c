"""Scoring: bands, gained and forgone, from the events alone. Two axes, never added.

A decision counts once for the exercise and once for each role that settled it; a share counts for
the role that held the fact. Forced and stand-in acts carry no credit and count nowhere. Where the
guidance settles no one answer, a positive mark counts half until the reason given fits.

Per axis and subject, the band is where the sum lies between the worst and the best that were open
at the choices actually met: strong from 0.70, mixed from 0.40, else at risk; with fewer than three
marked choices, or no difference between best and worst, there is not enough to say. A critical act
caps the axes it harmed at "at risk" (both, where its marks name neither).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tabletop.exercise.events import Event, FactShared, Judged, OfferClosed, Settled

Band = Literal["strong", "mixed", "at_risk", "not_enough"]
STRONG = 0.70
MIXED = 0.40
ENOUGH = 3
EXERCISE = ""
"""The subject that stands for the exercise as a whole."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a choice: what it gained, and the best and worst that were open."""

    gained: float
    best: float
    worst: float

    @property
    def forgone(self) -> float:
        """The best that was open minus what was gained; never below zero."""
        return self.best - self.gained


@dataclass(frozen=True, slots=True)
class Choice:
    """A marked choice of one subject."""

    subject: str
    """A role, or `EXERCISE`."""
    kind: Literal["decision", "share"]
    item: str
    """The decision or fact."""
    chosen: str
    """The option; for a share `shared` or `kept`."""
    to: str
    """For a share: the recipient."""
    vc: Axis
    ci: Axis
    critical: bool
    event: int
    """The number of its event among those given, from 0."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a subject stands on one axis."""

    band: Band
    gained: float
    best: float
    worst: float
    forgone: float
    choices: int


@dataclass(frozen=True, slots=True)
class Score:
    """Every marked choice, and the bands they come to by subject: (VC, CI)."""

    choices: tuple[Choice, ...]
    bands: dict[str, tuple[Standing, Standing]]

    def critical(self, subject: str = EXERCISE) -> tuple[Choice, ...]:
        """The critical acts of a subject."""
        return tuple(c for c in self.choices if c.subject == subject and c.critical)


def score(events: Iterable[Event]) -> Score:
    """The score of a run of events."""
    choices: list[Choice] = []
    for number, event in enumerate(events):
        match event:
            case Settled():
                choices.extend(_decision(event, number))
            case FactShared(counts=True):
                choices.extend(_shared(event, number))
            case OfferClosed(counts=True):
                choices.extend(_kept(event, number))
    subjects = dict.fromkeys((EXERCISE, *(choice.subject for choice in choices)))
    return Score(
        tuple(choices),
        {
            subject: _bands([choice for choice in choices if choice.subject == subject])
            for subject in subjects
        },
    )


def worth(mark: int, full: bool) -> float:
    """What a mark counts: positive ones half where the reason does not fit."""
    return mark if full or mark < 0 else mark / 2


def _decision(event: Settled, number: int) -> list[Choice]:
    chosen = next(judged for judged in event.marks if judged.option == event.option)
    found = []
    subjects = [*event.credit[:1], *event.credit]
    for place, (role, fits) in enumerate(subjects):
        found.append(
            Choice(
                subject=EXERCISE if place == 0 else role,
                kind="decision",
                item=event.decision,
                chosen=event.option,
                to="",
                vc=_axis(worth(chosen.vc, fits), [_open(judged, "vc") for judged in event.marks]),
                ci=_axis(worth(chosen.ci, fits), [_open(judged, "ci") for judged in event.marks]),
                critical=chosen.critical,
                event=number,
            )
        )
    return found


def _open(judged: Judged, axis: Literal["vc", "ci"]) -> float:
    return worth(judged.vc if axis == "vc" else judged.ci, judged.attainable)


def _axis(gained: float, open_: list[float]) -> Axis:
    return Axis(gained, max(gained, *open_), min(gained, *open_))


def _shared(event: FactShared, number: int) -> list[Choice]:
    return [
        Choice(
            subject=subject,
            kind="share",
            item=event.fact,
            chosen="shared",
            to=event.to,
            vc=_axis(event.vc, [event.vc, event.kept_vc]),
            ci=_axis(event.ci, [event.ci, event.kept_ci]),
            critical=event.critical,
            event=number,
        )
        for subject in (EXERCISE, event.sender)
    ]


def _kept(event: OfferClosed, number: int) -> list[Choice]:
    return [
        Choice(
            subject=subject,
            kind="share",
            item=event.fact,
            chosen="kept",
            to=event.to,
            vc=_axis(event.vc, [event.vc, event.shared_vc]),
            ci=_axis(event.ci, [event.ci, event.shared_ci]),
            critical=False,
            event=number,
        )
        for subject in (EXERCISE, event.holder)
    ]


def _bands(choices: list[Choice]) -> tuple[Standing, Standing]:
    return (
        _standing(
            [choice.vc for choice in choices],
            any(c.critical and (c.vc.gained < 0 or c.ci.gained >= 0) for c in choices),
        ),
        _standing(
            [choice.ci for choice in choices],
            any(c.critical and (c.ci.gained < 0 or c.vc.gained >= 0) for c in choices),
        ),
    )


def _standing(axes: list[Axis], capped: bool) -> Standing:
    marked = [axis for axis in axes if axis.best or axis.worst]
    gained = sum(axis.gained for axis in marked)
    best = sum(axis.best for axis in marked)
    worst = sum(axis.worst for axis in marked)
    band: Band
    if len(marked) < ENOUGH or best == worst:
        band = "not_enough"
    else:
        place = (gained - worst) / (best - worst)
        band = "strong" if place >= STRONG else "mixed" if place >= MIXED else "at_risk"
    if capped:
        band = "at_risk"
    return Standing(band, gained, best, worst, best - gained, len(marked))

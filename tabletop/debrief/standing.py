"""Standing: the bands and the marks behind them, which come last and are never added up.

All numbers are `exercise.scoring`'s; here they only get the names a reader knows them by.
"""

from fractions import Fraction

from tabletop.debrief.choices import Choice
from tabletop.debrief.findings import Reader
from tabletop.debrief.parts import BandLine, Bands, Point, Standing
from tabletop.debrief.telling import Telling
from tabletop.exercise import scoring

_WORDS: dict[scoring.Band, Standing] = {
    "strong": "strong",
    "mixed": "mixed",
    "at_risk": "at risk",
    "not_enough": "not enough to say",
}


def bands(telling: Telling, score: scoring.Score) -> tuple[Bands, ...]:
    """The bands of the exercise and of each role people played; of a single role only its own.

    Whoever left before the end has theirs too: what they decided counts.
    """
    roles = tuple(
        role for role in telling.scenario.roles if role in telling.played or role in score.bands
    )
    subjects = roles if len(roles) == 1 else ("", *roles)
    nothing = scoring.Standing("not_enough", 0, 0, 0, 0, 0)
    found = []
    for subject in subjects:
        vc, ci = score.bands.get(subject, (nothing, nothing))
        critical = bool(score.critical(subject))
        found.append(
            Bands(
                who=telling.who(subject) if subject else None,
                lines=(
                    BandLine("vc", _WORDS[vc.band], vc.choices, critical and _held(vc)),
                    BandLine("ci", _WORDS[ci.band], ci.choices, critical and _held(ci)),
                ),
            )
        )
    return tuple(found)


def _held(standing: scoring.Standing) -> bool:
    """Whether a critical act, and not the marks, puts a standing at risk."""
    if standing.band != "at_risk":
        return False
    if standing.choices < scoring.ENOUGH or standing.best == standing.worst:
        return True
    place = (standing.gained - standing.worst) / (standing.best - standing.worst)
    return place >= scoring.MIXED


def points(
    telling: Telling, score: scoring.Score, made: tuple[Choice, ...], reader: Reader
) -> tuple[Point, ...]:
    """Every marked choice at which something was open to gain or lose, in order."""
    by_number = {choice.step.number: choice for choice in made}
    found = []
    for each in score.choices:
        if each.subject != scoring.EXERCISE:
            continue
        if (each.vc.best, each.ci.best) == (each.vc.worst, each.ci.worst):
            continue
        choice = by_number[each.event]
        found.append(
            Point(
                title=reader.title(choice),
                chosen=reader.wording(choice, choice.way),
                who=telling.everyone(choice.roles),
                vc=Fraction(each.vc.gained),
                ci=Fraction(each.ci.gained),
                worst=(Fraction(each.vc.worst), Fraction(each.ci.worst)),
                best=(Fraction(each.vc.best), Fraction(each.ci.best)),
            )
        )
    return tuple(found)

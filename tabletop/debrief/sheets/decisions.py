"""Every answer that was given to a decision, one row each, and the answer that came to count."""

from collections.abc import Iterator

from tabletop.debrief.choices import Choice
from tabletop.debrief.pseudonyms import Pseudonyms
from tabletop.debrief.sheets.sheet import Cell, Sheet
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e
from tabletop.exercise.state import DecisionState

HEAD = (
    "exercise",
    "minute",
    "scene",
    "decision",
    "options_offered",
    "seat",
    "role",
    "answer",
    "confidence",
    "reason",
    "settled",
    "how",
    "vc",
    "ci",
    "critical",
    "counts",
    "practices",
)


def decisions(telling: Telling, made: tuple[Choice, ...], pseudonyms: Pseudonyms) -> Sheet:
    """A row for each answer; a decision nobody answered has one without a seat."""
    rows = [
        row
        for choice in made
        if isinstance(choice.step.event, e.Settled)
        for row in _rows(telling, pseudonyms, choice, choice.step.event)
    ]
    return Sheet("decisions", HEAD, tuple(rows))


def _rows(
    telling: Telling, pseudonyms: Pseudonyms, choice: Choice, event: e.Settled
) -> Iterator[tuple[Cell, ...]]:
    step = choice.step
    taken = next(judged for judged in event.marks if judged.option == event.option)
    decision = step.before.decisions[event.decision]
    nobody = ("", " ".join(decision.by), "", 0, "")
    for answer in [*_answers(telling, pseudonyms, decision)] or [nobody]:
        yield (
            telling.record.header.id,
            step.at // 60_000,
            step.before.scene,
            event.decision,
            " ".join(judged.option for judged in event.marks),
            *answer,
            event.option,
            event.how,
            taken.vc,
            taken.ci,
            taken.critical,
            choice.counts,
            " ".join(choice.way.mark.practices if choice.way.mark else ()),
        )


def _answers(
    telling: Telling, pseudonyms: Pseudonyms, decision: DecisionState
) -> Iterator[tuple[Cell, ...]]:
    for seat, answer in decision.answers.items():
        yield (
            pseudonyms.of(seat),
            telling.role_of(seat),
            answer.option,
            answer.confidence,
            (telling.word(answer.reason) or "") if answer.reason else "",
        )

"""What people entered once play was over: ratings, what is to be improved, and feedback."""

from tabletop.debrief.analysis.ratings import proposals
from tabletop.debrief.choices import Choice
from tabletop.debrief.sheets.sheet import Cell, Sheet
from tabletop.debrief.telling import Telling
from tabletop.exercise.afterwards import PARTS, STATEMENTS, FeedbackGiven

FLOOR = 3
"""Fewer answers than these would point at somebody, so none is shown."""


def ratings(telling: Telling, made: tuple[Choice, ...]) -> Sheet:
    """A row for each critical task: what was proposed and what a person made of it."""
    head = (
        "exercise",
        "objective",
        "task",
        "proposed",
        "rating",
        "reason",
        "decisions",
        "observed",
    )
    rows = []
    for each in proposals(telling, made):
        rated = telling.state.ratings.get(each.name)
        rows.append(
            (
                telling.record.header.id,
                each.objective,
                each.task,
                each.rating or "not evidenced",
                rated.rating if rated else "",
                _said(telling, rated.reason) if rated else "",
                " ".join(dict.fromkeys(evidence.choice.name for evidence in each.evidence)),
                len(each.observations),
            )
        )
    return Sheet("ratings", head, tuple(rows))


def capabilities(telling: Telling) -> Sheet:
    """A row for each capability that somebody rated."""
    head = ("exercise", "capability", "proposed", "rating", "reason")
    rows = tuple(
        (
            telling.record.header.id,
            telling.fill(each.capability),
            each.proposed or "not evidenced",
            each.rating,
            _said(telling, each.reason),
        )
        for each in telling.state.capabilities.values()
    )
    return Sheet("capabilities", head, rows)


def improvements(telling: Telling) -> Sheet:
    """A row for each thing to improve, with what has become of it."""
    head = (
        *("exercise", "number", "objective", "issue", "action", "element", "owner", "contact"),
        *("start", "due", "status", "note", "decisions", "observations"),
    )
    rows = []
    for number, each in telling.state.improvements.items():
        update, back = telling.state.actions.get(number), telling.state.withdrawn.get(number)
        rows.append(
            (
                telling.record.header.id,
                number,
                each.objective,
                _said(telling, each.issue),
                _said(telling, each.action),
                each.element,
                _said(telling, each.owner),
                _said(telling, each.contact) if telling.names else "",
                each.start,
                (update and update.due) or each.due,
                "withdrawn" if back else update.status if update else "open",
                _said(telling, back.reason if back else update.note if update else ""),
                " ".join(each.decisions),
                " ".join(map(str, each.observations)),
            )
        )
    return Sheet("improvement_plan", head, tuple(rows))


def feedback(telling: Telling) -> Sheet:
    """A row for each who answered, in no order of theirs; none below the floor."""
    given = [step.event for step in telling.everything if isinstance(step.event, FeedbackGiven)]
    rows: list[tuple[Cell, ...]] = []
    for each in given if len(given) >= FLOOR else ():
        answers = dict(each.answers)
        rows.append(
            (
                *(answers.get(name, "") for name in STATEMENTS),
                *(_said(telling, getattr(each, part)) for part in PARTS),
            )
        )
    return Sheet("feedback", (*STATEMENTS, *PARTS), tuple(sorted(rows, key=repr)))


def _said(telling: Telling, reference: str) -> str:
    """Somebody's words; nothing where there were none or they were erased."""
    return (telling.word(reference) or "") if reference else ""

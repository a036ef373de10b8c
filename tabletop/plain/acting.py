"""Acting: what is to be improved over all exercises, for people and as JSON for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from tabletop.debrief import asked
from tabletop.plain.lists import dumped
from tabletop.plain.page import one_line
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.actions import Action


def actions(found: Sequence["Action"], *, every: bool) -> Iterator[str]:
    """The actions, the most pressing first."""
    if not found:
        yield (
            say("Nothing has been written down to improve yet.")
            if every
            else say("Nothing is left to do; --all lists what was done or dropped too.")
        )
    for number, action in enumerate(found):
        each = action.improvement
        if number:
            yield ""
        yield say(
            "{standing}  {exercise} {number}  {issue}",
            standing=standing(action),
            exercise=action.exercise,
            number=each.number,
            issue=one_line(each.issue) or say("(erased)"),
        )
        if each.action:
            yield "  " + one_line(each.action)
        owner = one_line(each.owner) or say("nobody yet")
        yield "  " + say(
            "{owner} · {element} · {title}, {day}",
            owner=owner,
            element=asked.element(each.element),
            title=one_line(action.title),
            day=action.started,
        )
        if each.note:
            yield "  " + say("Last said: {note}", note=one_line(each.note))


def standing(action: "Action") -> str:
    """How an action stands, in a few words."""
    each = action.improvement
    if action.overdue:
        return say("OVERDUE since {day}", day=each.due)
    status = asked.status(each.status)
    return say("{status}, due {day}", status=status, day=each.due) if each.due else status


def actions_json(found: Sequence["Action"]) -> list[str]:
    """The same, for programs."""
    return dumped(
        [
            {
                "exercise": each.exercise,
                "title": each.title,
                "started": each.started,
                **asdict(each.improvement),
                "overdue": each.overdue,
            }
            for each in found
        ]
    )

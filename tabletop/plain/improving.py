"""Improving: what is to be improved, written down line by line, written anew, taken back.

An answer that does not fit is asked again with the reason, so that nothing that was typed is lost.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from tabletop.debrief import asked
from tabletop.exercise import afterwards as a
from tabletop.exercise.conduct_types import ConclusionsView, ImprovementView
from tabletop.plain.page import one_line
from tabletop.plain.steering import Usage, Verb, after, nth, number
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.plain.conducting import Desk

Word = TypeVar("Word", bound=str)
Given = TypeVar("Given")
BLANK = ImprovementView(0, "", "", a.ELEMENTS[0], "", "", "", "", "", (), (), "open", "")
"""Nothing written down yet."""


def concluded(desk: "Desk") -> ConclusionsView:
    """What has been entered at the table looked at.

    Raises:
        Usage: before it is over.
    """
    found = desk.view.conclusions
    if found is None:
        raise Usage(say("This comes once the exercise is over."))
    return found


def one_of(known: Sequence[Word], given: str) -> Word:
    """The one of some words that was typed, in capitals or not.

    Raises:
        Usage: where it is none of them.
    """
    for each in known:
        if each.casefold() == given.casefold():
            return each
    raise Usage(say("It is one of {names}.", names=", ".join(known)))


async def _improvements(desk: "Desk", rest: str) -> None:
    found = concluded(desk)
    if not found.improvements:
        desk.page.line(say("Nothing has been written down yet."))
    for each in found.improvements:
        desk.page.line(f"{each.number}. {one_line(each.issue) or say('(erased)')}", "", "   ")
        for part in _parts(each):
            desk.page.line(part, "   ", "   ")
    for signed in found.signatures:
        desk.page.line(say("Signed: {name}, {role}, {organization}, on {day}", day=signed.on,
                           name=one_line(signed.name), role=one_line(signed.role),
                           organization=one_line(signed.organization)))  # fmt: skip


def _parts(each: ImprovementView) -> tuple[str, ...]:
    if each.withdrawn:
        return (say("withdrawn: {why}", why=one_line(each.why) or say("(erased)")),)
    due = say("due {day}", day=each.due) if each.due else ""
    stands = (one_line(each.owner), due, asked.status(each.status), one_line(each.note))
    parts = (one_line(each.action), " · ".join(part for part in stands if part))
    return tuple(part for part in parts if part)


async def _improve(desk: "Desk", rest: str) -> None:
    _unsigned(desk)
    issue = rest or await desk.keyboard.ask(_issue())
    if not issue:
        raise Usage
    await _write(desk, issue, BLANK)


async def _rewrite(desk: "Desk", rest: str) -> None:
    _unsigned(desk)
    at = number(rest)
    item = next((each for each in concluded(desk).improvements if each.number == at), BLANK)
    if item.withdrawn or item is BLANK:
        raise Usage(say("There is no number {number} there.", number=at))
    desk.page.line(say("Enter leaves an answer as it stands."))
    await _write(desk, await _again(desk, _issue(), item.issue), item)


def _issue() -> str:
    return say("What should be better? A problem, not a person.")


async def _withdraw(desk: "Desk", rest: str) -> None:
    concluded(desk)
    desk.answered(await desk.line.submit(a.Withdraw(number(rest), after(rest))))


def _unsigned(desk: "Desk") -> None:
    if concluded(desk).signatures:
        raise Usage(say("The findings are signed; update says what becomes of an action."))


async def _write(desk: "Desk", issue: str, item: ImprovementView) -> None:
    """Asks for everything else of an item as it stands, and keeps it."""
    there, objectives = asked.anchors(desk.view), desk.view.objectives
    decisions, observations = await _chosen(
        desk,
        [text for _, text in there],
        say("Which of these shows it? A number, or nothing."),
        lambda at: asked.anchored(there[at][0]),
        (item.decisions, item.observations),
    )
    objective = await _chosen(
        desk,
        [each.title for each in objectives],
        say("Which objective does it belong to? A number, or nothing."),
        lambda at: objectives[at].id,
        item.objective,
    )
    elements = say("What does it change: {elements}?", elements=", ".join(a.ELEMENTS))
    element = await _fitting(desk, elements, lambda given: one_of(a.ELEMENTS, given), item.element)
    action = await _again(desk, say("What will be done?"), item.action)
    owner = await _again(desk, say("Which organization sees to it?"), item.owner)
    contact = await _again(desk, say("Whom to ask there?"), item.contact)
    start = await _fitting(desk, say("From which day, as in 2026-12-01?"), _day, item.start)
    due = await _fitting(desk, say("By which day?"), lambda given: _day(given, start), item.due)
    command = a.Improve(
        issue,
        action,
        element,
        owner,
        contact,
        start,
        due,
        objective,
        decisions,
        observations,
        item.number,
    )
    desk.answered(await desk.line.submit(command))


async def _again(desk: "Desk", question: str, stands: str) -> str:
    """Words; what stands there already where nothing is typed."""
    if stands:
        desk.page.line(say("Now: {words}", words=one_line(stands)))
    return await desk.keyboard.ask(question) or stands


async def _fitting(
    desk: "Desk", question: str, read: Callable[[str], Given], stands: Given
) -> Given:
    """An answer that fits; what stands there already where nothing is typed."""
    while answer := await desk.keyboard.ask(question):
        try:
            return read(answer)
        except Usage as error:
            desk.page.line(str(error) or say("A number of the list, or nothing."))
    return stands


async def _chosen(
    desk: "Desk",
    lines: Sequence[str],
    question: str,
    read: Callable[[int], Given],
    stands: Given,
) -> Given:
    """What a number of a list stands for."""
    if not lines:
        return stands
    for at, text in enumerate(lines, 1):
        desk.page.line(f"{at}. {one_line(text)}", "", "   ")
    places = tuple(range(len(lines)))
    return await _fitting(desk, question, lambda given: read(nth(places, given)), stands)


def _day(given: str, first: str = "") -> str:
    """A day, not before another."""
    try:
        day = date.fromisoformat(given).isoformat()
    except ValueError:
        raise Usage(say("A day is written as in 2026-12-01.")) from None
    if day < first:
        raise Usage(say("It is due before it begins."))
    return day


VERBS: dict[str, Verb] = {
    "improvements": Verb("improvements", say("what is to be improved, by number"), _improvements),
    "improve": Verb("improve [TEXT]", say("write one down; the rest is asked"), _improve),
    "rewrite": Verb("rewrite NUMBER", say("write one anew; Enter leaves what stands"), _rewrite),
    "withdraw": Verb("withdraw NUMBER REASON", say("take one back; it stays, with the reason"),
                     _withdraw),
}  # fmt: skip
"""The verbs for what is to be improved."""

"""Appraising: the verbs for after an exercise: the talk, ratings, improvements, a signature."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from tabletop.conduct.errors import TabletopError
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.looking_back import Proposed
from tabletop.debrief import asked
from tabletop.debrief.documents.document import Document
from tabletop.debrief.hot_wash import FORMS, Form, Step
from tabletop.exercise import afterwards as a
from tabletop.exercise.conduct_types import ConclusionsView, ImprovementView
from tabletop.plain.feedback import give_feedback
from tabletop.plain.page import one_line
from tabletop.plain.pages import whole
from tabletop.plain.steering import Usage, Verb, after, manages, nth, number
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.plain.conducting import Desk

Word = TypeVar("Word", bound=str)


def _concluded(desk: "Desk") -> ConclusionsView:
    found = desk.view.conclusions
    if found is None:
        raise Usage(say("This comes once the exercise is over."))
    return found


def _one_of(known: Sequence[Word], given: str) -> Word:
    for each in known:
        if each.casefold() == given.casefold():
            return each
    raise Usage(say("It is one of {names}.", names=", ".join(known)))


async def _wash(desk: "Desk", rest: str) -> None:
    _concluded(desk)
    form: Form = _one_of(FORMS, rest) if rest else "full"
    try:
        steps = await desk.line.hot_wash(form)
    except TabletopError as error:
        raise Usage(str(error)) from None
    for at, step in enumerate(steps, 1):
        desk.page.line(f"{at}. {_titled(step)}", "", "   ")
        desk.page.line(step.prompt, "   ", "   ")
        for each in step.points:
            desk.page.line(each, "   - ", "     ")
        for each in step.notes:
            desk.page.line(say("For you: {note}", note=each), "   ", "   ")


def _titled(step: Step) -> str:
    minutes = say("{minutes} min", minutes=step.minutes)
    return f"{one_line(step.title)} ({minutes})"


def _step(desk: "Desk", rest: str) -> s.SessionCommand:
    words = rest.split()
    shown, _ = desk.frame.session.step
    form = words[1] if len(words) > 1 else shown or "full"
    return s.ShowStep(_one_of(FORMS, form), number(rest))


async def _proposed(desk: "Desk") -> tuple[Proposed, ...]:
    _concluded(desk)
    try:
        return await desk.line.proposed()
    except TabletopError as error:
        raise Usage(str(error)) from None


async def _tasks(desk: "Desk", rest: str) -> None:
    rated = {each.task: each for each in _concluded(desk).ratings}
    for at, task in enumerate(await _proposed(desk), 1):
        desk.page.line(f"{at}. {one_line(task.text)}", "", "   ")
        line = say("proposed: {rating}", rating=_rating(task.proposed))
        if task.task in rated:
            mine = rated[task.task]
            line = say("{told}; rated {letter} {reason}", told=line, letter=mine.rating,
                       reason=one_line(mine.reason))  # fmt: skip
        desk.page.line(line, "   ", "   ")
        for each in task.shown:
            desk.page.line(each, "   - ", "     ")


def _rating(of: a.Proposal) -> str:
    words = asked.rating(of)
    return say("{letter}, {words}", letter=of, words=words) if of else words


async def _rate(desk: "Desk", rest: str) -> None:
    words = rest.split(maxsplit=2)
    if len(words) < 2:
        raise Usage
    task = nth(await _proposed(desk), rest)
    reason = words[2] if len(words) > 2 else ""
    rating = _one_of(a.RATINGS, words[1])
    desk.answered(await desk.line.submit(a.Rate(task.task, rating, task.proposed, reason)))


async def _improvements(desk: "Desk", rest: str) -> None:
    found = _concluded(desk)
    if not found.improvements:
        desk.page.line(say("Nothing has been written down yet."))
    for each in found.improvements:
        desk.page.line(f"{each.number}. {one_line(each.issue)}", "", "   ")
        for part in _parts(each):
            desk.page.line(part, "   ", "   ")
    for signed in found.signatures:
        desk.page.line(say("Signed: {name}, {role}, {organization}, on {day}", day=signed.on,
                           name=one_line(signed.name), role=one_line(signed.role),
                           organization=one_line(signed.organization)))  # fmt: skip


def _parts(each: ImprovementView) -> tuple[str, ...]:
    due = say("due {day}", day=each.due) if each.due else ""
    stands = (one_line(each.owner), due, asked.status(each.status), one_line(each.note))
    parts = (one_line(each.action), " · ".join(part for part in stands if part))
    return tuple(part for part in parts if part)


async def _improve(desk: "Desk", rest: str) -> None:
    if _concluded(desk).signatures:
        raise Usage(say("The findings are signed; update says what becomes of an action."))
    ask = desk.keyboard.ask
    issue = rest or await ask(say("What should be better? A problem, not a person."))
    if not issue:
        raise Usage
    there = asked.anchors(desk.view)
    for at, (_, text) in enumerate(there, 1):
        desk.page.line(f"{at}. {one_line(text)}", "", "   ")
    shown = await ask(say("Which of these shows it? A number, or nothing.")) if there else ""
    decisions, observations = asked.anchored(nth(there, shown)[0] if shown else "")
    elements = ", ".join(a.ELEMENTS)
    answer = await ask(say("What does it change: {elements}?", elements=elements))
    command = a.Improve(
        issue,
        action=await ask(say("What will be done?")),
        element=_one_of(a.ELEMENTS, answer or a.ELEMENTS[0]),
        owner=await ask(say("Which organization sees to it?")),
        contact=await ask(say("Whom to ask there?")),
        start=await ask(say("From which day, as in 2026-12-01?")),
        due=await ask(say("By which day?")),
        decisions=decisions,
        observations=observations,
    )
    desk.answered(await desk.line.submit(command))


async def _update(desk: "Desk", rest: str) -> None:
    _concluded(desk)
    words = rest.split(maxsplit=2)
    status = _one_of(a.STATUSES, after(rest).split(" ", 1)[0])
    note = words[2] if len(words) > 2 else ""
    desk.answered(await desk.line.submit(a.UpdateAction(number(rest), status, note)))


async def _sign(desk: "Desk", rest: str) -> None:
    seen = _concluded(desk).digest
    ask = desk.keyboard.ask
    name, organization = await ask(say("Name?")), await ask(say("Organization?"))
    role = await ask(say("Role?"))
    desk.answered(await desk.line.submit(a.Sign(name, organization, role, seen)))


async def _feedback(desk: "Desk", rest: str) -> None:
    _concluded(desk)
    if "give_feedback" not in desk.view.may:
        raise Usage(say("You have given your feedback; it can't be found again to change it."))
    desk.page.line(asked.feedback_promise())
    await give_feedback(desk.line, desk.page, desk.keyboard)


async def _read(desk: "Desk", rest: str) -> None:
    _concluded(desk)
    await _opened(desk, desk.line.debrief)


async def _tables(desk: "Desk", rest: str) -> None:
    _concluded(desk)
    if len(desk.frame.session.tables) < 2:
        raise Usage(say("There is one table alone; nothing stands beside it."))
    await _opened(desk, desk.line.side_by_side)


async def _opened(desk: "Desk", asked: Callable[[], Awaitable[Document | None]]) -> None:
    try:
        document = await asked()
    except TabletopError as error:
        raise Usage(str(error)) from None
    if document is None:
        raise Usage(say("The facilitator has not opened the debrief."))
    whole(desk.page, document)


VERBS: dict[str, Verb] = {
    "wash": Verb("wash [short|full]", say("the steps of the talk afterwards, by number"), _wash),
    "step": Verb("step NUMBER [short|full]", say("show the room a step; 0 takes it away"),
                 manages(_step)),
    "tasks": Verb("tasks", say("critical tasks by number, with what is proposed"), _tasks),
    "rate": Verb("rate NUMBER P|S|M|U [REASON]", say("rate a task; the reason where it differs"),
                 _rate),
    "improvements": Verb("improvements", say("what is to be improved, by number"), _improvements),
    "improve": Verb("improve [TEXT]", say("write one down; the rest is asked"), _improve),
    "update": Verb("update NUMBER open|begun|done|dropped [NOTE]",
                   say("what has become of an action"), _update),
    "sign": Verb("sign", say("sign the ratings and improvements; they are frozen then"), _sign),
    "read": Verb("read", say("read the debrief, once it is open"), _read),
    "compare": Verb("compare", say("read the tables side by side, once the debrief is open"),
                    _tables),
    "feedback": Verb("feedback", say("say without a name how the exercise was"), _feedback),
}  # fmt: skip
"""Every verb for afterwards, in the order help lists them."""

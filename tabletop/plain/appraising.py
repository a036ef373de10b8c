"""Appraising: the verbs for after an exercise: the talk, ratings, a signature, what is read."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tabletop.conduct.errors import TabletopError
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.looking_back import Proposed, ProposedCapability, capabilities
from tabletop.debrief import asked
from tabletop.debrief.documents.document import Document
from tabletop.debrief.hot_wash import FORMS, Form, Step
from tabletop.exercise import afterwards as a
from tabletop.exercise.conduct_types import RatingView
from tabletop.plain import improving
from tabletop.plain.feedback import give_feedback
from tabletop.plain.improving import concluded, one_of
from tabletop.plain.page import one_line
from tabletop.plain.pages import whole
from tabletop.plain.steering import Usage, Verb, after, manages, nth, number
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.plain.conducting import Desk


async def _wash(desk: "Desk", rest: str) -> None:
    concluded(desk)
    form: Form = one_of(FORMS, rest) if rest else "full"
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
    return s.ShowStep(one_of(FORMS, form), number(rest), desk.line.table)


async def _proposed(desk: "Desk") -> tuple[Proposed, ...]:
    concluded(desk)
    try:
        return await desk.line.proposed()
    except TabletopError as error:
        raise Usage(str(error)) from None


async def _tasks(desk: "Desk", rest: str) -> None:
    rated = {each.task: each for each in concluded(desk).ratings}
    for at, task in enumerate(await _proposed(desk), 1):
        _tell(desk, f"{at}. {one_line(task.text)}", task, rated.get(task.task))


def _tell(
    desk: "Desk", title: str, of: Proposed | ProposedCapability, said: RatingView | None
) -> None:
    """Writes out what is proposed, what somebody said, and what it rests on."""
    desk.page.line(title, "", "   ")
    told = say("proposed: {rating}", rating=asked.rating_in_full(of.proposed))
    if said is not None:
        told = say("{told}; rated {letter} {reason}", told=told, letter=said.rating,
                   reason=one_line(said.reason))  # fmt: skip
    desk.page.line(told, "   ", "   ")
    for each in of.shown:
        desk.page.line(each, "   - ", "     ")


async def _rate(desk: "Desk", rest: str) -> None:
    task = nth(await _proposed(desk), rest)
    desk.answered(await desk.line.submit(a.Rate(task.task, *_rating(rest, task.proposed))))


def _rating(rest: str, proposed: a.Proposal) -> tuple[a.Rating, a.Proposal, str]:
    """The rating behind a number, beside what is proposed, and the reason."""
    _, letter, *reason = rest.split(maxsplit=2) if len(rest.split()) > 1 else ("", "")
    if not letter:
        raise Usage
    return one_of(a.RATINGS, letter), proposed, "".join(reason)


async def _capabilities(desk: "Desk", rest: str) -> None:
    found = concluded(desk)
    rated = {each.task: each for each in found.capabilities}
    for at, top in enumerate(capabilities(await _proposed(desk), found), 1):
        _tell(desk, f"{at}. {one_line(top.called)}", top, rated.get(top.capability))


async def _rate_capability(desk: "Desk", rest: str) -> None:
    top = nth(capabilities(await _proposed(desk), concluded(desk)), rest)
    said = _rating(rest, top.proposed)
    desk.answered(await desk.line.submit(a.RateCapability(top.capability, *said)))


async def _update(desk: "Desk", rest: str) -> None:
    concluded(desk)
    words = rest.split(maxsplit=2)
    status = one_of(a.STATUSES, after(rest).split(" ", 1)[0])
    note = words[2] if len(words) > 2 else ""
    desk.answered(await desk.line.submit(a.UpdateAction(number(rest), status, note)))


async def _sign(desk: "Desk", rest: str) -> None:
    seen = concluded(desk).digest
    ask = desk.keyboard.ask
    name, organization = await ask(say("Name?")), await ask(say("Organization?"))
    role = await ask(say("Role?"))
    desk.answered(await desk.line.submit(a.Sign(name, organization, role, seen)))


async def _feedback(desk: "Desk", rest: str) -> None:
    concluded(desk)
    if "give_feedback" not in desk.view.may:
        raise Usage(say("You have given your feedback; it can't be found again to change it."))
    desk.page.line(asked.feedback_promise())
    await give_feedback(desk.line, desk.page, desk.keyboard)


async def _read(desk: "Desk", rest: str) -> None:
    concluded(desk)
    await _opened(desk, desk.line.debrief)


async def _tables(desk: "Desk", rest: str) -> None:
    concluded(desk)
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
    "capabilities": Verb("capabilities", say("capabilities by number, with what is proposed"),
                         _capabilities),
    "grade": Verb("grade NUMBER P|S|M|U [REASON]",
                  say("rate a capability; the reason where it differs"), _rate_capability),
    **improving.VERBS,
    "update": Verb("update NUMBER open|begun|done|dropped [NOTE]",
                   say("what has become of an action"), _update),
    "sign": Verb("sign", say("sign the ratings and improvements; they are frozen then"), _sign),
    "read": Verb("read", say("read the debrief, once it is open"), _read),
    "compare": Verb("compare", say("read the tables side by side, once the debrief is open"),
                    _tables),
    "feedback": Verb("feedback", say("say without a name how the exercise was"), _feedback),
}  # fmt: skip
"""Every verb for afterwards, in the order help lists them."""

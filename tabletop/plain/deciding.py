"""Deciding: what is asked of a role, how an answer is taken, and how it comes to count."""

from typing import TYPE_CHECKING

from tabletop.exercise import commands as c
from tabletop.exercise.view_types import DecisionView, PlayerView
from tabletop.plain import telling
from tabletop.plain.asking import not_an_option, number
from tabletop.plain.page import Page
from tabletop.plain.seated import Seated
from tabletop.plain.verbs import away
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.plain.conversation import Conversation


def asked(view: PlayerView) -> DecisionView | None:
    """The decision that waits for this role, unanswered ones first."""
    if view.status != "running" or away(view):
        return None
    decide = [each for each in view.decisions if each.part == "decide" and each.phase != "settled"]
    decide.sort(key=lambda each: (each.mine is not None, each.phase == "open"))
    return decide[0] if decide else None


def shape(view: PlayerView, decision: DecisionView | None) -> tuple[str, ...]:
    """What has to be the same for a question to be the same."""
    now = (decision.id, decision.phase, str(decision.commits)) if decision is not None else ()
    consulted = (
        each.id for each in view.decisions if each.part == "consult" and each.phase == "open"
    )
    return (*now, *consulted, str(away(view)), str(view.care), str(view.branch))


def question(decision: DecisionView, most: int) -> str:
    """What is asked below a decision that waits for this role."""
    if decision.phase != "revealed":
        return say("Answer with 1 to {most}; ? lists what else you can do.", most=most)
    if decision.may_choose:
        return say(
            "y chooses which answer counts, 1 to {most} changes yours, ? lists the rest.", most=most
        )
    if not decision.may_settle:
        return say("1 to {most} changes your answer, ? lists the rest.", most=most)
    return say("y lets it count, 1 to {most} changes your answer, ? lists the rest.", most=most)


def put(page: Page, view: PlayerView, decision: DecisionView | None) -> None:
    """Writes out what is asked, in full."""
    if view.status == "paused":
        page.paragraph(
            say("Stopped for care: somebody asked for it. The facilitator goes on when all can.")
            if view.care
            else say("The exercise is paused for everyone; nothing is lost.")
        )
    elif away(view):
        page.paragraph(say("You have stepped out, and nobody waits for you."))
    elif view.scene is None:
        page.paragraph(
            say("You join with the scene “{scene}”. Until then others act.", scene=view.joins)
        )
    else:
        for each in view.decisions:
            if each.part == "consult" and each.phase == "open":
                telling.decision(page, each)
                page.line(say("a gives advice; nobody waits for it."))
        if decision is not None and decision.part == "decide":
            if decision.phase == "revealed":
                telling.answers(page, decision)
            telling.decision(page, decision)
        else:
            page.gap()


async def take(talk: "Conversation", seated: Seated, decision: DecisionView, given: str) -> None:
    """Takes an answer to a decision, with its reason and how sure it is."""
    options = decision.options
    if len(given) > 5 or not 1 <= int(given) <= len(options):
        talk.page.line(not_an_option(given, len(options)))
        return
    option = options[int(given) - 1]
    talk.page.line(say("You choose: {option}", option=option.text))
    reason = await talk.keyboard.ask(say("Why? It may stay empty; back chooses again."))
    if reason.lower() == "back":
        return
    because = ""
    if decision.reasons:
        talk.page.paragraph(say("Which of these reasons comes closest?"))
        talk.page.numbered(each.text for each in decision.reasons)
        picked = await number(
            talk.page, talk.keyboard, say("A number, or nothing."), len(decision.reasons)
        )
        because = decision.reasons[picked - 1].id if picked else ""
    sure = await _sure(talk)
    if sure is None:
        return
    if not await talk.submit(seated, c.Commit(decision.id, option.id, reason, because, sure)):
        return
    mine = next((each for each in seated.view.decisions if each.id == decision.id), None)
    if mine is not None and mine.phase == "open":
        talk.page.line(say("Committed. You can change it until everyone has answered."))


async def _sure(talk: "Conversation") -> c.Confidence | None:
    """How sure the person is; nothing where they would rather choose again."""
    levels: dict[str, c.Confidence] = {"": 0, "1": 1, "2": 2, "3": 3, "4": 4}
    while True:
        answer = await talk.keyboard.ask(
            say(
                "How sure are you? 1 a guess, 2 leaning, 3 fairly sure, 4 certain, or nothing;"
                " back chooses again."
            )
        )
        if answer in levels:
            return levels[answer]
        if answer.lower() == "back":
            return None
        talk.page.line(say("1, 2, 3 or 4, or nothing."))


async def settle(talk: "Conversation", seated: Seated, decision: DecisionView) -> None:
    """Lets the answers count, or one of them where they give no result."""
    if decision.may_settle:
        await talk.submit(seated, c.Settle(decision.id))
    elif decision.may_choose:
        chosen = await number(
            talk.page,
            talk.keyboard,
            say("The answers give no result by themselves. Which option counts?"),
            len(decision.options),
        )
        if chosen is None:
            return
        reason = await talk.keyboard.ask(say("Why? One line. It may stay empty."))
        await talk.submit(seated, c.Settle(decision.id, decision.options[chosen - 1].id, reason))
    else:
        talk.page.line(say("There is nothing to settle yet."))

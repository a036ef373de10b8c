"""Conversation: an exercise held as questions and answers, for all the roles at one keyboard.

Between two questions the stand-ins come to rest and whatever is new for the role at the keyboard
is told. So the same answers, typed or piped, meet the same questions.
"""

import time
from collections.abc import Awaitable
from typing import TYPE_CHECKING

from tabletop.conduct.connection import Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.exercise import commands as c
from tabletop.exercise.view_types import DecisionView, PlayerView
from tabletop.plain import telling
from tabletop.plain.asking import not_a_choice, number
from tabletop.plain.glossary import Glossary
from tabletop.plain.keyboard import Keyboard
from tabletop.plain.page import Page, one_line
from tabletop.plain.seated import Seated, settled
from tabletop.plain.verbs import HandOver, parsed
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.solo import Exercise

LATER, READING, DECIDING = 1, 2, 3


class Conversation:
    """An exercise at one keyboard."""

    def __init__(self, exercise: "Exercise", page: Page, keyboard: Keyboard) -> None:
        """Takes an exercise that has begun."""
        self.page = page
        self.keyboard = keyboard
        self.glossary = Glossary(exercise.engine.guidance)
        self.table = [Seated(role, exercise.connection(role)) for role in exercise.roles]
        self._at: Seated | None = None

    async def hold(self) -> None:
        """Plays until the exercise has ended.

        Raises:
            Quit: where the person leaves.
            EndOfInput: where there is nothing more to read.
        """
        for seated in self.table:
            seated.follow()
        while True:
            await settled(self.table)
            seated = self._next()
            if seated is not self._at:
                await self._hand_over(seated)
            view = seated.view
            telling.tell(self.page, seated, view)
            if view.status == "ended":
                return
            try:
                await self._ask(seated, view)
            except HandOver:
                await self._choose_role(seated)

    async def close(self) -> None:
        """Leaves the table with every role."""
        for seated in self.table:
            await seated.close()

    async def submit(self, seated: Seated, command: c.Command) -> bool:
        """Submits a command and waits for what it sets off; a refusal is said and changes nothing."""
        try:
            answer = await seated.connection.submit(command)
        except TabletopError as error:
            self.page.line(str(error))
            return False
        if isinstance(answer, Rejected):
            self.page.line(answer.sentence)
            return False
        await settled(self.table)
        return True

    async def kept(self, keeping: Awaitable[None]) -> None:
        """Says whether something beside the record was kept."""
        try:
            await keeping
        except TabletopError as error:
            self.page.line(str(error))
        else:
            self.page.line(say("Kept."))

    async def chosen(self, given: str, question: str, most: int) -> int | None:
        """A number that was given with the verb, or else is asked for."""
        if given:
            if given.isdecimal() and len(given) < 6 and 1 <= int(given) <= most:
                return int(given)
            self.page.line(not_a_choice(given, most))
        return await number(self.page, self.keyboard, question, most)

    def minutes(self, seated: Seated) -> int:
        """Exercise minutes that have passed."""
        assert seated.frame is not None
        clock = seated.frame.clock
        elapsed = clock.elapsed
        if clock.running:
            elapsed += int(max(0.0, time.monotonic() - clock.as_of) * 1000)
        return elapsed // 60_000

    # Whose keyboard it is.

    def _next(self) -> Seated:
        """Who goes on: whoever is there, while something waits for them."""
        now = self._at or self.table[0]
        place = self.table.index(now)
        ring = [*self.table[place:], *self.table[:place]]
        if self._at is None:
            ring.sort(key=lambda each: -_waits(each))
        if now.view.status == "ended":
            return now
        for least in (DECIDING, READING, LATER):
            for each in ring:
                if _waits(each) >= least:
                    return each
        return now

    async def _hand_over(self, seated: Seated) -> None:
        first, self._at = self._at is None, seated
        seated.asked = ()
        if len(self.table) == 1:
            return
        if not first:
            self.page.curtain()
        self.page.paragraph(
            say("Pass the keyboard to {name}. Everyone else, please look away.",
                name=seated.view.name)
        )
        await self.keyboard.ask(say("{name}, press Enter when you are ready.",
                                    name=seated.view.name))

    async def _choose_role(self, seated: Seated) -> None:
        others = [each for each in self.table if each is not seated]
        if not others:
            self.page.line(say("Nobody else plays at this keyboard."))
            return
        self.page.paragraph(say("To whom?"))
        self.page.numbered(each.view.name for each in others)
        chosen = await number(self.page, self.keyboard, say("A number, or back."), len(others))
        if chosen:
            await self._hand_over(others[chosen - 1])
            telling.tell(self.page, self._at_seat(), self._at_seat().view)
            await self._ask(self._at_seat(), self._at_seat().view)

    def _at_seat(self) -> Seated:
        assert self._at is not None
        return self._at

    # What is asked.

    async def _ask(self, seated: Seated, view: PlayerView) -> None:
        """Asks one question and does what the answer says."""
        decision = _asked(view)
        now = (view.scene.id if view.scene else "", view.status, *_shape(view, decision))
        if now != seated.asked:
            self._put(view, decision)
            seated.asked = now
        else:
            self.page.gap()
        answer = await self.keyboard.ask(_question(view, decision))
        if decision is not None and decision.part == "decide" and answer.rstrip(".").isdecimal():
            await self._take(seated, decision, answer.rstrip("."))
            return
        if answer.lower() in ("y", "yes") and decision is not None:
            await self._settle(seated, decision)
            return
        found = parsed(answer, view)
        if found is None:
            self._puzzled(answer)
            return
        verb, rest = found
        await verb.does(self, seated, view, rest)

    def _puzzled(self, answer: str) -> None:
        if answer:
            self.page.line(
                say("{answer} means nothing here. ? lists what you can do.",
                    answer=one_line(answer)[:40])
            )
        else:
            self.page.line(say("Type an answer and press Enter; ? lists what you can do."))

    def _put(self, view: PlayerView, decision: DecisionView | None) -> None:
        """Writes out what is asked, in full."""
        if view.status == "paused":
            self.page.paragraph(say("The exercise is paused for everyone; nothing is lost."))
        elif "step_in" in view.may:
            self.page.paragraph(say("You have stepped out, and nobody waits for you."))
        elif view.scene is None:
            self.page.paragraph(
                say("You join with the scene “{scene}”. Until then others act.", scene=view.joins)
            )
        else:
            for each in view.decisions:
                if each.part == "consult" and each.phase == "open":
                    telling.decision(self.page, each)
                    self.page.line(say("a gives advice; nobody waits for it."))
            if decision is not None and decision.part == "decide":
                if decision.phase == "revealed":
                    telling.answers(self.page, decision)
                telling.decision(self.page, decision)

    async def _take(self, seated: Seated, decision: DecisionView, given: str) -> None:
        """Takes an answer to a decision, with its reason and how sure it is."""
        options = decision.options
        if len(given) > 5 or not 1 <= int(given) <= len(options):
            self.page.line(not_a_choice(given, len(options)))
            return
        option = options[int(given) - 1]
        self.page.line(say("You choose: {option}", option=option.text))
        reason = await self.keyboard.ask(say("Why? One line. It may stay empty; back chooses again."))
        if reason.lower() == "back":
            return
        because = ""
        if decision.reasons:
            self.page.paragraph(say("Which of these reasons comes closest?"))
            self.page.numbered(each.text for each in decision.reasons)
            picked = await number(
                self.page, self.keyboard, say("A number, or nothing."), len(decision.reasons)
            )
            because = decision.reasons[picked - 1].id if picked else ""
        sure = await self._sure()
        if sure is None:
            return
        if not await self.submit(seated, c.Commit(decision.id, option.id, reason, because, sure)):
            return
        mine = next((each for each in seated.view.decisions if each.id == decision.id), None)
        if mine is not None and mine.phase == "open":
            self.page.line(say("Committed. You can change it until everyone has answered."))

    async def _sure(self) -> c.Confidence | None:
        """How sure the person is; nothing where they would rather choose again."""
        levels: dict[str, c.Confidence] = {"": 0, "1": 1, "2": 2, "3": 3, "4": 4}
        while True:
            answer = await self.keyboard.ask(
                say(
                    "How sure are you? 1 a guess, 2 leaning, 3 fairly sure, 4 certain, or nothing;"
                    " back chooses again."
                )
            )
            if answer in levels:
                return levels[answer]
            if answer.lower() == "back":
                return None
            self.page.line(say("1, 2, 3 or 4, or nothing."))

    async def _settle(self, seated: Seated, decision: DecisionView) -> None:
        if decision.may_settle:
            await self.submit(seated, c.Settle(decision.id))
        elif decision.may_choose:
            chosen = await number(
                self.page,
                self.keyboard,
                say("The answers give no result by themselves. Which option counts?"),
                len(decision.options),
            )
            if chosen is None:
                return
            reason = await self.keyboard.ask(say("Why? One line. It may stay empty."))
            await self.submit(
                seated, c.Settle(decision.id, decision.options[chosen - 1].id, reason)
            )
        else:
            self.page.line(say("There is nothing to settle yet."))


def _asked(view: PlayerView) -> DecisionView | None:
    """The decision that waits for this role, unanswered ones first."""
    if view.status != "running" or "step_in" in view.may:
        return None
    decide = [each for each in view.decisions if each.part == "decide" and each.phase != "settled"]
    decide.sort(key=lambda each: (each.mine is not None, each.phase == "open"))
    return decide[0] if decide else None


def _shape(view: PlayerView, decision: DecisionView | None) -> tuple[str, ...]:
    """What has to be the same for a question to be the same."""
    asked = (
        (decision.id, decision.phase, str(decision.commits)) if decision is not None else ()
    )
    consulted = (
        each.id for each in view.decisions if each.part == "consult" and each.phase == "open"
    )
    return (*asked, *consulted, str("step_in" in view.may))


def _question(view: PlayerView, decision: DecisionView | None) -> str:
    if view.status == "paused":
        return say("g goes on, q leaves, ? lists the rest.")
    if "step_in" in view.may:
        return say("i steps in again, q leaves, ? lists the rest.")
    if decision is not None:
        most = len(decision.options)
        if decision.phase == "revealed":
            if decision.may_choose:
                return say("y chooses which answer counts, 1 to {most} changes yours, ? lists the"
                           " rest.", most=most)
            return say("y lets it count, 1 to {most} changes your answer, ? lists the rest.",
                       most=most)
        if decision.mine is not None:
            return say("You have answered. 1 to {most} changes it, ? lists what else you can do.",
                       most=most)
        return say("Your answer, 1 to {most}? ? lists what else you can do.", most=most)
    if "advance" in view.may:
        return say("m moves on, ? lists what else you can do.")
    return say("Nothing waits for you just now. ? lists what you can do.")


def _waits(seated: Seated) -> int:
    """How much waits for a role: a decision, something to read, only moving on, or nothing."""
    view = seated.view
    decision = _asked(view)
    if decision is not None and (
        decision.mine is None or decision.may_settle or decision.may_choose
    ):
        return DECIDING
    if view.scene is None:
        return 0
    if len(view.feed) > seated.read:
        return READING
    return LATER if {"advance", "resume", "step_in"} & set(view.may) else 0

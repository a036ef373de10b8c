"""Conversation: an exercise held as questions and answers, for all the roles at one keyboard.

Between two questions the stand-ins come to rest and whatever is new for the role at the keyboard
is told. So the same answers, typed or piped, meet the same questions.
"""

import time
from collections.abc import Awaitable

from tabletop.conduct.connection import Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.conduct.library import guidance
from tabletop.exercise import commands as c
from tabletop.exercise.view_types import DecisionView, PlayerView
from tabletop.plain import deciding, telling
from tabletop.plain.acts import HandOver
from tabletop.plain.asking import not_a_choice, number
from tabletop.plain.glossary import Glossary
from tabletop.plain.keyboard import Keyboard
from tabletop.plain.page import Page, one_line
from tabletop.plain.seated import Held, Seated, settled
from tabletop.plain.verbs import away, parsed
from tabletop.wording import say

NOTHING, MOVING, READING, DECIDING = range(4)


class Conversation:
    """An exercise at one keyboard."""

    def __init__(self, exercise: Held, page: Page, keyboard: Keyboard) -> None:
        """Takes an exercise that has begun."""
        self.exercise = exercise
        self.page = page
        self.keyboard = keyboard
        self.glossary = Glossary(guidance())
        self.table = [Seated(role, exercise.connection(role)) for role in exercise.roles]
        self._seated = self.table[0]
        self._begun = False
        self.resting = False
        """Whether a question waits that something new may take the place of."""

    async def hold(self) -> None:
        """Plays until the exercise has ended.

        Raises:
            Quit: where the person leaves.
            EndOfInput: where there is nothing more to read.
        """
        for seated in self.table:
            seated.follow()
        await settled(self.exercise, self.table)
        await self._hand_over(max(self.table, key=_waits))
        while True:
            await settled(self.exercise, self.table)
            seated = self._seated
            telling.tell(self.page, seated, seated.view)
            if seated.view.status == "ended":
                return
            try:
                await self._ask(seated, seated.view)
            except HandOver:
                await self._choose_role()

    async def close(self) -> None:
        """Leaves the table with every role."""
        for seated in self.table:
            await seated.close()

    async def submit(self, seated: Seated, command: c.Command) -> bool:
        """Submits a command and waits for what it sets off; says why not where it is refused."""
        try:
            answer = await seated.connection.submit(command)
        except TabletopError as error:
            self.page.line(str(error))
            return False
        if isinstance(answer, Rejected):
            self.page.line(answer.sentence)
            return False
        await settled(self.exercise, self.table)
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

    def _other(self) -> Seated | None:
        """Who else has most waiting for them, if anything waits."""
        place = self.table.index(self._seated)
        ring = [*self.table[place + 1 :], *self.table[:place]]
        most = max(ring, key=_waits, default=None)
        return most if most is not None and _waits(most) > NOTHING else None

    async def _hand_over(self, seated: Seated) -> None:
        self._seated = seated
        seated.asked = ()
        if len(self.table) == 1:
            return
        name = seated.view.name
        if self._begun:
            self.page.curtain()
        self._begun = True
        self.page.paragraph(
            say("Pass the keyboard to {name}. Everyone else, please look away.", name=name)
        )
        await self.keyboard.ask(say("{name}, press Enter when you are ready.", name=name))

    async def _choose_role(self) -> None:
        others = [each for each in self.table if each is not self._seated]
        if not others:
            self.page.line(say("Nobody else plays at this keyboard."))
            return
        chosen: int | None = 1
        if len(others) > 1:
            # Whoever has most waiting stands first; for the rest the order stays.
            others.sort(key=lambda each: each is not self._other())
            self.page.paragraph(say("To whom?"))
            self.page.numbered(each.view.name for each in others)
            chosen = await number(self.page, self.keyboard, say("A number, or back."), len(others))
        if chosen:
            await self._hand_over(others[chosen - 1])

    # What is asked.

    async def _ask(self, seated: Seated, view: PlayerView) -> None:
        """Asks one question and does what the answer says."""
        decision = deciding.asked(view)
        now = (view.scene.id if view.scene else "", view.status, *deciding.shape(view, decision))
        if now == seated.asked:
            self.page.gap()
        else:
            deciding.put(self.page, view, decision)
            seated.asked = now
        self.resting = True
        answer = await self.keyboard.ask(self._question(view, decision))
        self.resting = False
        if decision is not None and decision.part == "decide" and answer.rstrip(".").isdecimal():
            await deciding.take(self, seated, decision, answer.rstrip("."))
            return
        if answer.lower() in ("y", "yes") and decision is not None:
            await deciding.settle(self, seated, decision)
            return
        found = parsed(answer)
        if found is None:
            self._puzzled(answer)
            return
        verb, rest = found
        if not verb.open(view):
            self.page.line(say("{word} is not open to you now.", word=verb.word.capitalize()))
            return
        await verb.does(self, seated, view, rest)

    def _question(self, view: PlayerView, decision: DecisionView | None) -> str:
        if view.status == "paused" and "resume" not in view.may:
            return say("It goes on when the facilitator does. ? lists what you can do.")
        if view.status == "paused":
            return say("g goes on, q leaves, ? lists the rest.")
        if away(view):
            return say("i steps in again, q leaves, ? lists the rest.")
        if decision is not None and (decision.phase == "revealed" or decision.mine is None):
            return deciding.question(decision, len(decision.options))
        other = self._other()
        name = other.view.name if other is not None else ""
        if decision is not None:
            most = len(decision.options)
            if name:
                return say(
                    "You have answered. h hands the keyboard to {name}, 1 to {most} changes your"
                    " answer, ? lists the rest.",
                    name=name,
                    most=most,
                )
            return say(
                "You have answered. 1 to {most} changes it, ? lists what else you can do.",
                most=most,
            )
        if "advance" in view.may:
            if other is not None and _waits(other) == READING:
                return say(
                    "h hands the keyboard to {name}, who has something to read; m moves on;"
                    " ? lists the rest.",
                    name=name,
                )
            return say("m moves on, ? lists what else you can do.")
        if name:
            return say("h hands the keyboard to {name}, ? lists what else you can do.", name=name)
        if view.facilitated:
            return say("The facilitator moves on. ? lists what you can do meanwhile.")
        return say("Nothing waits for you just now. ? lists what you can do.")

    def _puzzled(self, answer: str) -> None:
        if answer:
            self.page.line(
                say(
                    "{answer} means nothing here. ? lists what you can do.",
                    answer=one_line(answer)[:40],
                )
            )
        else:
            self.page.line(say("Type an answer and press Enter; ? lists what you can do."))


def _waits(seated: Seated) -> int:
    """How much waits for a role: a decision, something to read, only moving on, or nothing."""
    view = seated.view
    decision = deciding.asked(view)
    if decision is not None and (
        decision.mine is None or decision.may_settle or decision.may_choose
    ):
        return DECIDING
    if view.scene is None:
        return NOTHING
    if len(view.feed) > seated.read:
        return READING
    return MOVING if {"advance", "resume", "step_in"} & set(view.may) else NOTHING

"""Feedback on the exercise in lines, without a name."""

from typing import Protocol

from tabletop.conduct.connection import Answer, Rejected
from tabletop.debrief import asked
from tabletop.exercise import afterwards as a
from tabletop.plain.keyboard import Keyboard
from tabletop.plain.page import Page
from tabletop.wording import say

SCALE = ("1", "2", "3", "4", "5")


class Line(Protocol):
    """Whose line it is does not matter here."""

    async def submit(self, command: a.GiveFeedback, key: str = "") -> Answer:
        """Submits it."""


async def give_feedback(line: Line, page: Page, keyboard: Keyboard) -> None:
    """Asks statement by statement; an empty answer leaves one out."""
    page.line(say("How far do you agree, 1 (not at all) to 5 (wholly)? Enter leaves one out."))
    answers = []
    for statement in a.STATEMENTS:
        answer = await keyboard.ask(asked.statement(statement))
        while answer and answer not in SCALE:
            answer = await keyboard.ask(say("A number from 1 to 5, or nothing."))
        if answer:
            answers.append((statement, int(answer)))
    words = [await keyboard.ask(asked.feedback_part(part)) for part in a.PARTS]
    if not answers and not any(words):
        page.line(say("Nothing was said."))
        return
    answered = await line.submit(a.GiveFeedback(tuple(answers), *words))
    page.line(answered.sentence if isinstance(answered, Rejected) else asked.feedback_thanks())

"""Questions with a few possible answers, asked until one of them is given."""

from collections.abc import Collection

from tabletop.plain.keyboard import Keyboard
from tabletop.plain.page import Page, one_line
from tabletop.wording import say


async def number(page: Page, keyboard: Keyboard, question: str, most: int) -> int | None:
    """A number from 1; nothing where the person would rather go back."""
    while True:
        answer = (await keyboard.ask(question)).rstrip(".")
        if answer.lower() in ("", "back", "0"):
            return None
        if answer.isdecimal() and len(answer) < 6 and 1 <= int(answer) <= most:
            return int(answer)
        page.line(not_a_choice(answer, most))


async def numbers(page: Page, keyboard: Keyboard, question: str, most: int) -> tuple[int, ...]:
    """Any of the numbers from 1, in order; an empty answer is none of them."""
    while True:
        answer = await keyboard.ask(question)
        if answer.lower() in ("all", say("all")):
            return tuple(range(1, most + 1))
        given = answer.replace(",", " ").split()
        if all(each.isdecimal() and len(each) < 6 and 1 <= int(each) <= most for each in given):
            return tuple(sorted({int(each) for each in given}))
        page.line(
            say("Numbers from 1 to {most} please, such as 1, or nothing.", most=most)
            if most < 2
            else say("Numbers from 1 to {most} please, such as 1 2, or nothing.", most=most)
        )


async def yes(page: Page, keyboard: Keyboard, question: str) -> bool:
    """Whether the person agrees; an empty answer is no."""
    while True:
        answer = (await keyboard.ask(question)).lower()
        if answer in ("y", "yes"):
            return True
        if answer in ("", "n", "no"):
            return False
        page.line(say("y for yes, n for no."))


def not_a_choice(answer: str, most: int) -> str:
    """What to say to an answer that is not among the numbers."""
    shown = one_line(answer)[:40]
    if most == 1:
        return say("{answer} is not a choice here: 1, or back.", answer=shown)
    return say("{answer} is not a choice here: 1 to {most}, or back.", answer=shown, most=most)


def not_an_option(answer: str, most: int) -> str:
    """What to say to a number that none of the options has."""
    return say("{answer} is none of them: 1 to {most}.", answer=one_line(answer)[:40], most=most)


def picked(answer: str, allowed: Collection[str]) -> str:
    """The one of some words that an answer is, or begins, or nothing."""
    if answer in allowed:
        return answer
    begun = [each for each in allowed if answer and each.startswith(answer)]
    return begun[0] if len(begun) == 1 else ""

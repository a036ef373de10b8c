"""Review: the debrief after an exercise, page by page, with room to write before any of it counts.

Where there is no more input the pages are told to their end all the same: a piped exercise ends
with its debrief, and everything is saved already.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.conduct.errors import TabletopError
from tabletop.debrief import blocks as b
from tabletop.debrief.pages import pages
from tabletop.debrief.report import build
from tabletop.exercise import commands as c
from tabletop.plain.asking import number
from tabletop.plain.keyboard import EndOfInput, Keyboard
from tabletop.plain.page import Page
from tabletop.plain.pages import heading, whole, write
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.solo import Exercise

WHAT_IF = "what if"
Save = Callable[[str, Path], Sequence[Path]]
"""Saves the debrief of an exercise in a folder, and says in which files."""


async def review(
    exercise: "Exercise", page: Page, keyboard: Keyboard, save: Save, program: str
) -> None:
    """Tells the debrief of an exercise that has ended."""
    page.paragraph(say("The exercise has ended. What follows is its debrief."))
    report = build(await exercise.record())
    leaves = pages(report)
    for at, leaf in enumerate(leaves, 1):
        heading(page, leaf, at, len(leaves))
        wrote = False
        # What is asked comes last: an answer should not have to wait for a sentence below it.
        for block in sorted(leaf.blocks, key=lambda each: isinstance(each, b.Ask)):
            write(page, block)
            if isinstance(block, b.Ask):
                wrote |= await _written(exercise, page, keyboard, block)
        if wrote:
            page.line(say("Kept with the exercise, on this computer."))
        elif at < len(leaves):
            await _pause(page, keyboard)
    await _save(exercise, page, keyboard, save, program)


async def _written(exercise: "Exercise", page: Page, keyboard: Keyboard, block: b.Ask) -> bool:
    """Asks everyone at this keyboard; whether somebody wrote something."""
    wrote = False
    for role in exercise.roles:
        question = say("A line, or nothing.")
        if len(exercise.roles) > 1:
            name = exercise.engine.scenario.roles[role].name
            question = say("{name}: a line, or nothing.", name=name)
        try:
            words = await keyboard.ask(question)
        except EndOfInput:
            return wrote
        if words:
            connection = exercise.connection(role)
            await connection.submit(c.Reflect(block.prompt, words))
            await connection.close()
            wrote = True
    return wrote


async def _pause(page: Page, keyboard: Keyboard) -> None:
    page.gap()
    try:
        await keyboard.ask(say("Press Enter for the next page."))
    except EndOfInput:
        return


async def _other_answer(exercise: "Exercise", page: Page, keyboard: Keyboard) -> None:
    """Lists what else was open at each decision, and plays what is chosen forward."""
    from tabletop.debrief.documents.played import played
    from tabletop.debrief.documents.what_if import alternative, answers

    read = played(await exercise.record())
    asked: list[str] = []
    for answer in answers(read):
        page.heading(answer.decision)
        page.line(say("Was chosen: {option}", option=answer.taken))
        for name, words in answer.others:
            asked.append(name)
            page.line(words, f"{len(asked)}. ")
    if not asked:
        page.line(say("People answered no decision in this exercise."))
        return
    question = say("Which other answer? Its number, or nothing.")
    chosen = await number(page, keyboard, question, len(asked))
    if chosen is not None:
        whole(page, alternative(read, asked[chosen - 1]))
    page.gap()


def _saving() -> str:
    return say(
        "Save the debrief to a folder? Type its path, or nothing; {what_if} plays another answer"
        " forward.",
        what_if=WHAT_IF,
    )


async def _save(
    exercise: "Exercise", page: Page, keyboard: Keyboard, save: Save, program: str
) -> None:
    page.gap()
    try:
        while (answer := await keyboard.ask(_saving())) == WHAT_IF:
            await _other_answer(exercise, page, keyboard)
    except EndOfInput:
        answer = ""
    if answer:
        try:
            for path in save(exercise.id, Path(answer).expanduser()):
                page.line(say("Saved: {path}", path=path))
        except TabletopError as error:
            page.line(str(error))
    page.line(say("To read it again: {program} debrief {id}", program=program, id=exercise.id))
    page.line(
        say(
            "To write down what is to be improved: {program} actions {id} --write TEXT",
            program=program,
            id=exercise.id,
        )
    )

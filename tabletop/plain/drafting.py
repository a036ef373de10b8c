"""A new scenario: the few questions before it is written, and what to do with it then."""

import asyncio
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TypeVar

from tabletop.authoring.draft import PLAY, folder_name, titled
from tabletop.authoring.draft_roles import KINDS, DraftRole, Undrafted, draft_roles, role_words
from tabletop.conduct.draft_folder import first_draft, unused
from tabletop.conduct.errors import FolderError
from tabletop.conduct.library import FILE, Library
from tabletop.conduct.schema_file import NAME as SCHEMA
from tabletop.plain.keyboard import EndOfInput, Keyboard
from tabletop.plain.page import Page
from tabletop.wording import say

Answer = TypeVar("Answer")

TITLE = "A first draft"
ROLES = "investigator, advocate, prosecutor"
"""What is taken where nobody can be asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a new scenario is to be."""

    title: str
    table: tuple[DraftRole, ...]
    folder: Path

    def files(self) -> dict[str, str]:
        """Its files, each under its path in the folder."""
        return first_draft(self.title, self.table)


def given(title: str | None, roles: str | None, folder: Path | None) -> Asked:
    """What is asked for without a question, with the rest as usual.

    Raises:
        Undrafted: where it can't be.
    """
    called = titled(TITLE if title is None else title)
    table = draft_roles(role_words(ROLES if roles is None else roles))
    return Asked(called, table, folder or Path(folder_name(called)))


async def ask(title: str | None, roles: str | None, folder: Path | None) -> Asked | None:
    """Asks for what is not given; nothing where the person would rather leave."""
    page = Page(sys.stdout)
    keyboard = Keyboard(page, 0, echo=False)
    questions = _Questions(page, keyboard)
    try:
        page.line(
            say(
                "A new scenario: a first draft to be written over. Nothing is written before the"
                " last question, and Ctrl-C leaves."
            )
        )
        called = await questions.title() if title is None else titled(title)
        table = await questions.roles() if roles is None else draft_roles(role_words(roles))
        where = await questions.folder(folder_name(called)) if folder is None else folder
    except (EndOfInput, asyncio.CancelledError):
        page.paragraph(say("Nothing was written."))
        page.flush()
        return None
    page.gap()
    page.flush()
    return Asked(called, table, where)


class _Questions:
    """The questions, each asked until an answer will do."""

    def __init__(self, page: Page, keyboard: Keyboard) -> None:
        self._page = page
        self._keyboard = keyboard

    async def title(self) -> str:
        self._page.gap()
        return await self._answer(say("What is it called?"), titled)

    async def roles(self) -> tuple[DraftRole, ...]:
        self._page.paragraph(say("Kinds of role:"))
        self._page.numbered(
            (
                say("investigator (law enforcement)"),
                say("advocate (victim services)"),
                say("prosecutor"),
                say("counsel (an attorney of the victims)"),
            )
        )
        question = say(
            "Who is at the table? Numbers, such as 1 2 2 3; or names of your own with their kind,"
            " such as detective:investigator, advocate. Nothing stands for 1 2 3."
        )
        return await self._answer(question, _meant)

    async def folder(self, usual: str) -> Path:
        self._page.gap()

        def unused_one(answer: str) -> Path:
            path = Path(answer or usual).expanduser()
            unused(path)
            return path

        question = say("Into which new folder? Nothing stands for {usual}.", usual=usual)
        return await self._answer(question, unused_one)

    async def _answer(self, question: str, read: Callable[[str], Answer]) -> Answer:
        while True:
            try:
                return read(await self._keyboard.ask(question))
            except (Undrafted, FolderError) as error:
                self._page.line(str(error))


def _meant(answer: str) -> tuple[DraftRole, ...]:
    """The roles an answer means: numbers of kinds, or words with commas."""
    if not answer:
        return draft_roles(role_words(ROLES))
    if re.fullmatch(r"[0-9 ,]+", answer):
        numbers = [int(each) for each in re.findall(r"[0-9]{1,3}", answer)]
        if not all(1 <= each <= len(KINDS) for each in numbers):
            raise Undrafted(say("Numbers from 1 to {most} please.", most=len(KINDS)))
        return draft_roles(KINDS[each - 1] for each in numbers)
    return draft_roles(role_words(answer))


def tell(folder: Path) -> None:
    """Says what lies in the folder now, and what to do next."""
    page = Page(sys.stdout)
    page.line(say("Written: {path}", path=folder))
    _columns(
        page,
        (FILE, say("the scenario, to be written over piece by piece")),
        (SCHEMA, say("by which an editor completes and explains it")),
        (PLAY, say("a route through it, with what is expected on the way")),
    )
    # A folder may have the name of a scenario that came along.
    name = str(folder)
    place = quote(f"./{name}" if name in Library().slugs() else name)
    page.heading(say("Next:"))
    _columns(
        page,
        (f"tabletop play {place}", say("plays it")),
        (f"tabletop check --watch {place}", say("checks it at every save")),
        (f"tabletop test {place}", say("runs its play scripts")),
    )
    page.flush()


def _columns(page: Page, *rows: tuple[str, str]) -> None:
    width = max(len(first) for first, _ in rows)
    for first, second in rows:
        page.line(second, f"  {first:<{width}}  ")

"""What if: the decisions people answered, and another answer to one of them played forward."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from tabletop.conduct.errors import TabletopError
from tabletop.console import safe
from tabletop.console.screens.base import BaseScreen, Heading
from tabletop.console.screens.choice import ChoiceScreen
from tabletop.console.screens.document import DocumentScreen
from tabletop.console.typeset import plain
from tabletop.console.widgets.answers import Item
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.footer import Footer
from tabletop.exercise.record import Record, Unreadable
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.debrief.documents.document import Document
    from tabletop.debrief.documents.played import Played
    from tabletop.debrief.documents.what_if import Answer


class WhatIfScreen(BaseScreen[None]):
    """Every decision with what was chosen; one is opened, and another answer to it chosen."""

    HINTS = ("list.select", "list.page_down")
    CSS = """
    WhatIfScreen #told { color: $quiet; margin: 0 3 1 3; max-width: 84; }
    WhatIfScreen #decisions { height: 1fr; margin: 0 3; max-width: 84; max-height: 100%; }
    WhatIfScreen.-narrow #told { margin: 0 2 1 2; }
    WhatIfScreen.-narrow #decisions { margin: 0 2; }
    """

    class Listed(Message):
        """The answers there were are known."""

        def __init__(self, answers: "tuple[Answer, ...]") -> None:
            super().__init__()
            self.answers = answers

    class WorkedOut(Message):
        """Another answer has been played forward."""

        def __init__(self, document: "Document") -> None:
            super().__init__()
            self.document = document

    def __init__(self, record: Callable[[], Record]) -> None:
        """Takes what reads the record."""
        super().__init__()
        self.record = record
        self.played: Played | None = None
        self.answers: tuple[Answer, ...] = ()

    def compose(self) -> ComposeResult:
        """What one does here, and the answers."""
        yield Heading(say("What if"))
        yield safe.static(say("Reading what was recorded …"), id="told")
        yield Choices(id="decisions")
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "Enter on a decision shows what else was open. What you choose there is played forward"
            " beside what happened; whatever else people chose is chosen again where it comes up"
            " and is open. The record stays as it is. Escape goes back to the debrief."
        )

    def on_mount(self) -> None:
        """Reads the record."""
        super().on_mount()
        self.query_one(Choices).display = False
        self.read()

    @work(exclusive=True, group="work")
    async def read(self) -> None:
        """Reads the record and what was open in it, away from the screen."""
        try:
            answers = await asyncio.to_thread(self._read)
        except (TabletopError, Unreadable) as error:
            self.dismiss()
            self.console_app.problem(str(error))
            return
        self.post_message(self.Listed(answers))

    def _read(self) -> "tuple[Answer, ...]":
        from tabletop.debrief.documents.played import played
        from tabletop.debrief.documents.what_if import answers

        self.played = played(self.record())
        return answers(self.played)

    @on(Listed)
    def take(self, message: Listed) -> None:
        """Shows the answers."""
        if not message.answers:
            self._tell(say("People answered no decision in this exercise."))
            return
        self.answers = message.answers
        decisions = self.query_one(Choices)
        decisions.set_options(
            Choices.line(
                answer.decision, say("Was chosen: {option}", option=answer.taken), id=str(number)
            )
            for number, answer in enumerate(message.answers)
        )
        # It may have had the focus, and nothing to point at, while the record was read.
        decisions.highlighted = 0
        decisions.display = True
        self._offer()

    def _offer(self) -> None:
        self._tell(say("At which decision would you look at another answer?"))
        decisions = self.query_one(Choices)
        decisions.disabled = False
        decisions.focus()

    def _tell(self, sentence: str) -> None:
        self.query_one("#told", Static).update(safe.prose(sentence))

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Asks which other answer."""
        answer = self.answers[message.option_index]
        told = (plain(say("Was chosen: {option}", option=answer.taken), "note"),)
        items = (
            Item("", say("Go back"), plain=True),
            *(Item(asked, words, plain=True) for asked, words in answer.others),
        )
        self.app.push_screen(ChoiceScreen(answer.decision, told, items), self.play)

    def play(self, asked: str | None) -> None:
        """Plays the answer forward, one at a time: what is worked out is kept for the next."""
        if asked:
            self.query_one(Choices).disabled = True
            self._tell(say("Working it out …"))
            self.work_out(asked)

    @work(exclusive=True, group="work")
    async def work_out(self, asked: str) -> None:
        """Plays an answer forward, away from the screen."""
        from tabletop.debrief.documents.what_if import alternative

        assert self.played is not None
        document = await asyncio.to_thread(alternative, self.played, asked)
        self.post_message(self.WorkedOut(document))

    @on(WorkedOut)
    def show(self, message: WorkedOut) -> None:
        """Shows both courses side by side."""
        self._offer()
        # Who reads it comes from the debrief, and wants to see the two courses first.
        self.app.push_screen(DocumentScreen(replace(message.document, notice_last=True)))

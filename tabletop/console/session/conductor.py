"""A conductor's screen: what it asks of a session, and what it tells of the answers.

Commands go out through the line of whoever looks; a refusal comes back as a sentence, a document as
a screen to read.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from tabletop.conduct.connection import Answer, Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.conduct.session.commands import SessionCommand
from tabletop.conduct.session.frames import ConductFrame
from tabletop.conduct.session.looking_back import Proposed
from tabletop.console import safe
from tabletop.console.screens.base import BaseScreen
from tabletop.console.screens.document import DocumentScreen
from tabletop.console.session import rating
from tabletop.console.session.door import DoorScreen
from tabletop.debrief.documents.document import Document
from tabletop.exercise import commands as c
from tabletop.exercise.conduct_types import ConductView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import ConductConnection
    from tabletop.debrief.hot_wash import Form


class ConductorScreen(BaseScreen[None]):
    """A screen from which a table is conducted."""

    class Told(Message):
        """A command was answered with a refusal."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class Proposals(Message):
        """What is proposed for each critical task has come."""

        def __init__(self, tasks: tuple[Proposed, ...]) -> None:
            super().__init__()
            self.tasks = tasks

    class Opened(Message):
        """Something to read has come."""

        def __init__(self, document: Document | None) -> None:
            super().__init__()
            self.document = document

    def __init__(self, line: "ConductConnection") -> None:
        """Takes the line of someone who conducts."""
        super().__init__()
        self.line = line
        self.frame: ConductFrame | None = None
        """The newest there is; none before the first has come."""

    @property
    def view(self) -> ConductView | None:
        """The table looked at; none before it begins."""
        return self.frame.view if self.frame else None

    def facilitates(self) -> bool:
        """Whether whoever looks steers the session."""
        frame = self.frame
        if frame is None:
            return False
        number = self.line.seat.removeprefix("seat-")
        return any(
            str(person.number) == number and person.kind == "facilitator"
            for person in frame.session.people
        )

    def rehearses(self) -> bool:
        """Whether this is only a rehearsal."""
        return self.frame is not None and self.frame.session.phase == "rehearsing"

    def send(self, command: c.Command, *, every: bool = False) -> None:
        """Submits a command to the table looked at, or to every one."""
        self._send(command, every)

    def manage(self, command: SessionCommand) -> None:
        """Asks something of the session."""
        self._manage(command)

    @work(group="submit")
    async def _send(self, command: c.Command, every: bool) -> None:
        answers: Iterable[Answer]
        if every:
            answers = (await self.line.submit_to_all(command)).values()
        else:
            answers = (await self.line.submit(command),)
        for answer in answers:
            if isinstance(answer, Rejected):
                self.post_message(self.Told(answer.sentence))
                return

    @work(group="submit")
    async def _manage(self, command: SessionCommand) -> None:
        answer = await self.line.manage(command)
        if isinstance(answer, Rejected):
            self.post_message(self.Told(answer.sentence))

    def action_people(self) -> None:
        """Shows who is in the room."""
        self.app.push_screen(DoorScreen(self.line))

    def action_wash(self) -> None:
        """Holds the hot wash, from the step the room is shown."""
        from tabletop.console.session.hot_wash import HotWashScreen

        if self.frame is not None:
            form, number = self.frame.session.step
            asked: Form = "short" if form == "short" else "full"
            wash = HotWashScreen(self.line, asked, number, shows=self.facilitates())
            self.app.push_screen(wash)

    def action_rate(self) -> None:
        """Asks how the critical tasks were performed."""
        self._propose()

    @work(group="rate", exclusive=True)
    async def _propose(self) -> None:
        try:
            self.post_message(self.Proposals(await self.line.proposed()))
        except TabletopError as error:
            self.post_message(self.Told(str(error)))

    @on(Proposals)
    def rated(self, message: Proposals) -> None:
        """Asks which task is rated."""
        if self.view is not None and self.view.conclusions is not None and message.tasks:
            rating.rate(self, self.view.conclusions, message.tasks)

    def action_read(self) -> None:
        """Reads the debrief of the table looked at."""
        self._bring(self.line.debrief)

    def action_tables(self) -> None:
        """Reads the session's tables side by side."""
        self._bring(self.line.side_by_side)

    @work(group="read", exclusive=True)
    async def _bring(self, asked: Callable[[], Awaitable[Document | None]]) -> None:
        try:
            self.post_message(self.Opened(await asked()))
        except TabletopError as error:
            self.post_message(self.Told(str(error)))

    @on(Opened)
    def opened(self, message: Opened) -> None:
        """Shows it, where it still is open."""
        if message.document is None:
            safe.notify(self.app, say("The debrief is not open any more."), "warning", seconds=8)
        else:
            self.app.push_screen(DocumentScreen(message.document))

    @on(Told)
    def tell(self, message: Told) -> None:
        """Says why something was not done."""
        safe.notify(self.app, message.sentence, "warning", seconds=8)

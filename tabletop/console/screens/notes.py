"""Notes: a page of one's own, kept as one writes and seen by nobody else."""

from asyncio import sleep
from typing import Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import TextArea

from tabletop.console import safe
from tabletop.console.screens.base import BaseScreen, Heading
from tabletop.console.screens.seat import PAUSE
from tabletop.console.widgets.footer import Footer
from tabletop.wording import say


class Noted(Protocol):
    """Over which a seat's notes are kept."""

    async def note(self, text: str) -> None:
        """Keeps them."""

    async def notes(self) -> str:
        """As they were kept."""


class NotesScreen(BaseScreen[None]):
    """A seat's private notes."""

    CSS = """
    NotesScreen TextArea { margin: 0 2; border: none; background: $surface; padding: 0 1; }
    """

    class Found(Message):
        """The notes as they were kept."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, connection: Noted) -> None:
        """Takes the line over which the notes are kept."""
        super().__init__()
        self.connection = connection
        self.kept: str | None = None
        self.keeping = False

    def compose(self) -> ComposeResult:
        """A heading and the page."""
        yield Heading(say("Your notes"), say("Only you see them. They are kept as you write."))
        yield TextArea(id="notes", soft_wrap=True, compact=True, disabled=True)
        yield Footer()

    def on_mount(self) -> None:
        """Fetches what was kept."""
        self.fetch()

    @work(group="notes-fetch")
    async def fetch(self) -> None:
        """Fetches what was kept."""
        self.post_message(self.Found(await self.connection.notes()))

    def on_notes_screen_found(self, message: Found) -> None:
        """Opens the page at its end."""
        area = self.query_one(TextArea)
        area.text = self.kept = safe.field(message.text)
        area.disabled = False
        area.move_cursor(area.document.end)
        area.focus()

    @on(TextArea.Changed)
    def written(self, message: TextArea.Changed) -> None:
        """Keeps what was written."""
        message.stop()
        if self.kept is not None and not self.keeping:
            self.keeping = True
            self.keep()

    @work(group="notes-keep")
    async def keep(self) -> None:
        """Keeps what is written: at once, and then the newest after each short while."""
        area = self.query_one(TextArea)
        while self.kept != area.text:
            self.kept = area.text
            await self.connection.note(self.kept)
            await sleep(PAUSE)
        self.keeping = False

    @work(group="notes-leave")
    async def keep_and_leave(self, text: str) -> None:
        """Keeps the notes as they stand and goes back."""
        await self.connection.note(text)
        self.dismiss()

    def about(self) -> str:
        """What one does here."""
        return say(
            "A page for yourself. Nobody else sees it, it is no part of the record, and it is "
            "there again after a break. Escape goes back."
        )

    def action_back(self) -> None:
        """Goes back to the exercise, with everything kept."""
        if self.kept is None:
            self.dismiss()
        else:
            self.keep_and_leave(self.query_one(TextArea).text)

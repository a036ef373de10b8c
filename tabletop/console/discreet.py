"""A Textual app that keeps to itself what went wrong in it.

Textual prints the local variables of a failed handler to the terminal. Here they may be what one
role alone may know, or a player's words: so a failure closes the program with one sentence, where
it happened goes to a private log, and nothing else is printed.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from tabletop.conduct import trouble
from tabletop.console import safe
from tabletop.wording import say

if TYPE_CHECKING:
    from rich.console import RenderableType


class DiscreetApp(App[None]):
    """Fails with a sentence and exit code 1."""

    def __init__(self, log_folder: Path) -> None:
        super().__init__()
        self.log_folder = log_folder

    def on_mount(self) -> None:
        """Hears of failures in tasks nobody waits for, which asyncio would print."""
        asyncio.get_running_loop().set_exception_handler(self._stray)

    def panic(self, *renderables: "RenderableType") -> None:
        """Closes with one sentence in place of what Textual would print."""
        self._fatal_error()

    def _stray(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            trouble.log(self.log_folder, error)

    def _handle_exception(self, error: Exception) -> None:
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._fatal_error()

    def _fatal_error(self) -> None:
        self._return_code = 1
        path = trouble.log(self.log_folder, self._exception) if self._exception else None
        if not self._exit_renderables:
            self._exit_renderables.append(safe.cell(last_words(path), longest=2_000))
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        for renderable in self._exit_renderables[:1]:
            self.error_console.print(renderable)
        self._exit_renderables.clear()


def last_words(path: Path | None) -> str:
    """What a person reads when the program could not go on."""
    lost = say(
        "tabletop made a mistake and had to close. Nothing that was saved is lost: "
        "`tabletop resume` goes on where you were."
    )
    if path is None:
        return lost
    where = say("Where it went wrong stands in {path}, without a word of the exercise.", path=path)
    return f"{lost} {where}"

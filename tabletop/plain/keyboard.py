"""Keyboard: lines a person types, or a file or a pipe holds.

Lines are read in a thread of their own, straight from the descriptor: the exercise's clock goes on
while a question waits, and neither an interrupt nor the end of the program waits for a line.
"""

import asyncio
import codecs
import os
import threading

from tabletop.plain.page import Page, clean

LONGEST = 8_000
"""The most characters of one line that are taken."""
CHUNK = 65_536


class EndOfInput(Exception):
    """There is nothing more to read."""


class Keyboard:
    """Where answers come from."""

    def __init__(self, page: Page, descriptor: int, *, echo: bool) -> None:
        """Takes the page that questions are written to; `echo` repeats answers there."""
        self._page = page
        self._descriptor = descriptor
        self._echo = echo
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._wanted = threading.Semaphore(0)
        self._reader: threading.Thread | None = None
        self._ended = False

    async def ask(self, question: str) -> str:
        """The answer to a question, without white space around it.

        Raises:
            EndOfInput: where no line is left.
        """
        if self._ended:
            raise EndOfInput
        self._page.line(question)
        self._page.flush()
        answer = await self._next()
        if self._echo:
            # A record of the conversation should hold both its sides.
            self._page.line(answer, "> ")
        return answer

    async def _next(self) -> str:
        if self._reader is None:
            loop = asyncio.get_running_loop()
            self._reader = threading.Thread(target=self._read, args=(loop,), daemon=True)
            self._reader.start()
        self._wanted.release()
        line = await self._lines.get()
        if line is None:
            self._ended = True
            raise EndOfInput
        return clean(line[:LONGEST]).strip()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hands over a line each time one is wanted, then None for ever."""
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        held = ""
        more = True
        while True:
            self._wanted.acquire()
            while more and "\n" not in held:
                try:
                    data = os.read(self._descriptor, CHUNK)
                except OSError:
                    data = b""
                more = bool(data)
                held += decoder.decode(data, final=not more)
                if "\n" not in held:
                    # Of a line without an end only its beginning will be used.
                    held = held[: LONGEST + 1]
            line, _, held = held.partition("\n")
            answer = line if line or more or held else None
            try:
                loop.call_soon_threadsafe(self._lines.put_nowait, answer)
            except RuntimeError:
                return

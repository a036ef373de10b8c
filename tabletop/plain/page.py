"""Page: text written from top to bottom, once, in lines of plain characters.

Nothing moves the cursor, colors anything or is drawn over: what stands on the page stays there, in
the order it is to be read, whether a terminal, a screen reader, a pipe or a file receives it.
"""

import os
import re
import shutil
import textwrap
from collections.abc import Iterable
from typing import TextIO

from tabletop.scenario.characters import FORBIDDEN

BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
NARROWEST, WIDEST = 20, 88
CURTAIN = 60
"""Blank lines between two roles; more than a screen has."""


def clean(text: str) -> str:
    """The text without characters that steer a terminal or mislead a reader."""
    return FORBIDDEN.sub("", BREAK.sub("\n", text)).replace("\t", "    ")


def one_line(text: str) -> str:
    """The cleaned text on one line."""
    return " ".join(clean(text).split())


class Page:
    """What is written to a person, line by line."""

    def __init__(self, out: TextIO, width: int | None = None) -> None:
        """Takes the stream, and a width where it is not to be found out."""
        self._out = out
        self._fixed = width
        self._blank = True

    @property
    def width(self) -> int:
        """How wide a line may be now: as the terminal is, within what reads well."""
        found = self._fixed
        if found is None:
            found = 80
            if self._out.isatty() or os.environ.get("COLUMNS"):
                found = shutil.get_terminal_size().columns - 1
        return max(NARROWEST, min(found, WIDEST))

    def line(self, text: str = "", first: str = "", rest: str | None = None) -> None:
        """A line or more, wrapped; `first` begins the first of them and `rest` the others."""
        told = one_line(text)
        rest = " " * len(first) if rest is None else rest
        lines = textwrap.wrap(told, self.width, initial_indent=first, subsequent_indent=rest) or [
            first.rstrip()
        ]
        for each in lines:
            self._write(each)

    def gap(self) -> None:
        """One blank line, unless there is one."""
        if not self._blank:
            self._write("")

    def heading(self, text: str) -> None:
        """A line that stands apart from what is above it."""
        self.gap()
        self.line(text)

    def paragraph(self, text: str) -> None:
        """A line or more with a blank one before."""
        self.gap()
        self.line(text)

    def items(self, items: Iterable[str]) -> None:
        """A list, one item after another."""
        for item in items:
            self.line(item, "- ")

    def numbered(self, items: Iterable[str]) -> None:
        """A list to choose from."""
        for number, item in enumerate(items, 1):
            self.line(item, f"{number}. ")

    def prose(self, text: str) -> None:
        """An author's CommonMark as paragraphs and lists of plain text."""
        from tabletop.plain.prose import lines

        for first, rest, told in lines(clean(text)):
            if not first and not rest:
                self.gap()
            self.line(told, first, rest)

    def joined(self) -> None:
        """Lets what follows stand right below what is there, without a blank line."""
        self._blank = True

    def curtain(self) -> None:
        """Enough blank lines that what stood on the screen has left it."""
        for _ in range(CURTAIN):
            self._write("")

    def flush(self) -> None:
        """Sends what was written on its way."""
        self._out.flush()

    def _write(self, line: str) -> None:
        self._out.write(f"{line}\n")
        self._blank = not line

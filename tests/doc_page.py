"""A page of the documents, with its examples as a reader would try them one after another."""

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from select import select

from command import Tabletop

from tabletop.cli import run

_FENCE = re.compile(r"^```(\w+)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

PATIENCE = 30
"""Seconds a command that goes on may keep the reader waiting."""


@dataclass(frozen=True)
class Example:
    """What stands between two fences."""

    language: str
    info: tuple[str, ...]
    text: str

    @property
    def kind(self) -> str:
        """What is to be done with it: the language, or for YAML what its line says."""
        if self.language != "yaml" or not self.info:
            return self.language
        return "file" if "/" in self.info[0] else self.info[0]


def examples_of(page: str) -> tuple[Example, ...]:
    return tuple(
        Example(language, tuple(info.split()), text)
        for language, info, text in _FENCE.findall(page)
    )


class Reader:
    """Somebody who does in a folder of their own what a page says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tabletop = Tabletop(folder / "data")
        self.going: Going | None = None

    def writes(self, name: str, text: str) -> None:
        """Writes a file."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def edits(self, name: str, change: str) -> None:
        """Changes a file: what begins with `-` gives way to what begins with `+`."""
        path = self.folder / name
        lines = change.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        whole = path.read_text(encoding="utf-8")
        assert whole.count(old) == 1, f"{name} holds this {whole.count(old)} times:\n{old}"
        path.write_text(whole.replace(old, new), encoding="utf-8")

    def types(self, session: str) -> None:
        """Gives each command of a session, and looks for what the page says comes of it."""
        before, *commands = re.split(r"^\$ ", session, flags=re.MULTILINE)
        if before and self.going is not None:
            self.going.shows(parts(before))
        for command in commands:
            line, _, shown = command.partition("\n")
            arguments = shlex.split(line)[1:]
            if "--watch" in arguments:
                self.going = Going(arguments, self.folder, self.tabletop.environment)
                self.going.shows(parts(shown))
                continue
            typed = re.findall(r"^> ?(.*)$", shown, re.MULTILINE)
            told = " ".join(self.said(arguments, typed).split())
            at = 0
            for words in parts(shown):
                found = told.find(words, at)
                assert found >= 0, f"{line}\nsays nothing like\n{words}\nbut\n{told}"
                at = found + len(words)

    def leaves(self) -> None:
        """Ends what still goes on."""
        if self.going is not None:
            self.going.ends()

    def said(self, arguments: list[str], typed: list[str]) -> str:
        if typed:
            done = subprocess.run(
                [sys.executable, "-m", "tabletop", *arguments],
                input="\n".join(typed) + "\n", capture_output=True, text=True, timeout=60,
                cwd=self.folder, env=self.tabletop.environment, check=False,
            )  # fmt: skip
            return done.stdout + done.stderr
        told = io.StringIO()
        kept = os.environ.pop("COLUMNS", None), os.environ.get("TABLETOP_DATA")
        os.environ["TABLETOP_DATA"] = str(self.tabletop.data)
        try:
            with chdir(self.folder), redirect_stdout(told), redirect_stderr(told):
                run(arguments)
        finally:
            for name, value in zip(("COLUMNS", "TABLETOP_DATA"), kept, strict=True):
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
        return told.getvalue()


class Going:
    """A command that goes on while the reader does something else."""

    def __init__(self, arguments: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tabletop", *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            cwd=folder, env=environment,
        )  # fmt: skip
        self.raw = b""
        self.at = 0

    def shows(self, wanted: list[str]) -> None:
        """Waits until it has said all this, in order."""
        assert self.process.stdout is not None
        for words in wanted:
            while (found := self.told.find(words, self.at)) < 0:
                assert select([self.process.stdout], [], [], PATIENCE)[0], (words, self.told)
                more = os.read(self.process.stdout.fileno(), 65536)
                assert more, (words, self.told)
                self.raw += more
            self.at = found + len(words)

    @property
    def told(self) -> str:
        return " ".join(self.raw.decode(errors="ignore").split())

    def ends(self) -> None:
        self.process.kill()
        self.process.communicate()


def parts(shown: str) -> list[str]:
    """What stands between the gaps of an output, in words."""
    found = re.split(r"^\.\.\.$|^> ?.*$", shown, flags=re.MULTILINE)
    return [" ".join(part.split()) for part in found if part.strip()]


def rows(page: str) -> Iterator[tuple[str, str]]:
    """The first two cells of each row of the tables on a page."""
    yield from re.findall(r"^\| `([a-z_]+)` \| (.*?) \|$", page, re.MULTILINE)

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

from command import Tabletop

from tabletop.cli import run

_FENCE = re.compile(r"^```(\w+)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


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
        for command in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            line, _, shown = command.partition("\n")
            typed = re.findall(r"^> ?(.*)$", shown, re.MULTILINE)
            told = " ".join(self.said(shlex.split(line)[1:], typed).split())
            at = 0
            for part in re.split(r"^\.\.\.$|^> ?.*$", shown, flags=re.MULTILINE):
                words = " ".join(part.split())
                found = told.find(words, at)
                assert found >= 0, f"{line}\nsays nothing like\n{words}\nbut\n{told}"
                at = found + len(words)

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


def rows(page: str) -> Iterator[tuple[str, str]]:
    """The first two cells of each row of the tables on a page."""
    yield from re.findall(r"^\| `([a-z_]+)` \| (.*?) \|$", page, re.MULTILINE)

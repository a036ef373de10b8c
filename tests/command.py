"""The command line as a person starts it: a process of its own, with a data folder of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forking import Forking

ROOT = Path(__file__).parent.parent


def surroundings() -> dict[str, str]:
    """An environment with nothing of whoever runs the tests."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "HOME")}
    return {**kept, "TERM": "dumb", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}


@cache
def forking() -> Forking:
    """What commands are forked from, started when the first is."""
    return Forking(surroundings())


def over() -> None:
    """Lets go of what commands were forked from."""
    if forking.cache_info().currsize:
        forking().close()


@dataclass(frozen=True)
class Said:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@dataclass(frozen=True)
class Tabletop:
    """Runs the command with one data folder."""

    data: Path

    @property
    def environment(self) -> dict[str, str]:
        return {**surroundings(), "TABLETOP_DATA": str(self.data)}

    def __call__(self, *arguments: str, typed: str = "", **environment: str) -> Said:
        """Runs a command in a process that has imported the program before.

        Where its environment is to be another, in one that starts as a shell would start it.
        """
        if environment:
            return self.fresh(*arguments, typed=typed, **environment)
        code, out, err = forking().run(arguments, _bytes(typed), self.environment, self.data.parent)
        return Said(code, out.decode(), err.decode())

    def fresh(self, *arguments: str, typed: str = "", **environment: str) -> Said:
        """Runs a command as a shell would start it."""
        done = subprocess.run(
            [sys.executable, "-m", "tabletop", *arguments],
            input=_bytes(typed),
            capture_output=True,
            timeout=60,
            cwd=self.data.parent,
            env={**self.environment, **environment},
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def play(self, *answers: str, roles: tuple[str, ...] = ("investigator",)) -> str:
        """Plays First Hour with these answers after the setup; the exercise's id."""
        chosen = [part for role in roles for part in ("--role", role)]
        said = self(
            "play", "first_hour", "--plain", "--seed", "1", *chosen,
            typed="\n".join(("", "", *answers)) + "\n",
        )  # fmt: skip
        assert said.code == 0, said.err
        return self("exercises", "--json").json[0]["id"]


def _bytes(typed: str) -> bytes:
    return typed.encode("utf-8", "surrogateescape")


ALL_OF_IT = (
    "2", "Support comes first", "3", "m",
    "1", "", "", "s", "1", "m",
    "2", "", "4", "m",
)  # fmt: skip
"""The sergeant's answers in First Hour, to its end."""

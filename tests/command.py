"""The command line as a person starts it: a process of its own, with a data folder of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


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
        kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "HOME")}
        return {
            **kept,
            "TABLETOP_DATA": str(self.data),
            "TERM": "dumb",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
        }

    def __call__(self, *arguments: str, typed: str = "", **environment: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "tabletop", *arguments],
            input=typed.encode("utf-8", "surrogateescape"),
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


ALL_OF_IT = (
    "2", "Support comes first", "3", "m",
    "1", "", "", "s", "1", "m",
    "2", "", "4", "m",
)  # fmt: skip
"""The sergeant's answers in First Hour, to its end."""

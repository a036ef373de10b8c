"""The programs that are started: ours, the empty app, and posting in a venv of its own."""

import sys
from pathlib import Path

EMPTY = [sys.executable, str(Path(__file__).with_name("empty.py"))]
EMPTY_SHOWS = "An empty app"

HOME_SHOWS = "Nothing leaves this computer."
EXERCISE_SHOWS = "enter read on"
"""A hint of the footer once the situation has the focus, which comes last."""

POSTING = Path(sys.prefix) / "posting" / "bin" / "posting"
"""It needs another Textual than ours."""
POSTING_SHOWS = "Enter a URL"


def tabletop(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tabletop", *arguments]

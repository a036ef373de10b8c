"""The log of what went wrong: where in the program, never what was in it.

A traceback with local variables, or even an exception's own message, may hold a private fact or a
player's words. So the log keeps the kind of the exception and the places it came through, in a
file only its owner can read.
"""

import os
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from tabletop import __version__

FILE = "trouble.log"
LARGEST = 256 * 1024


def log(folder: Path, error: BaseException) -> Path | None:
    """Writes down where an exception came from; the file, or nothing if that failed too."""
    path = folder / FILE
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        if path.exists() and path.stat().st_size > LARGEST:
            flags |= os.O_TRUNC
        handle = os.open(path, flags, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(account(error))
    except OSError:
        return None
    return path


def account(error: BaseException) -> str:
    """Where an exception came from, and what led to it, without a word of what it was about."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    lines = [f"{now} tabletop {__version__}, Python {platform.python_version()}"]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"  {type(cause).__module__}.{type(cause).__qualname__}")
        lines += [
            f"    {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n\n"

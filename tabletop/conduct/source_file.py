"""Reading a file somebody named: only a regular one, and never more of it than is of use."""

import os
import stat
from pathlib import Path

from tabletop.conduct.errors import LibraryError
from tabletop.scenario.characters import FORBIDDEN
from tabletop.wording import say

LARGEST = 1024 * 1024
"""The reader's own bound; one byte more is read, so that it can say the file is too large."""


def read_source(path: Path, most: int = LARGEST) -> bytes:
    """The bytes of a file, at most one more than it may have.

    Raises:
        LibraryError: with a sentence, where it is not there, not a file, or can't be read.
    """
    # A pipe with no writer would hold `open` for ever; a device never ends.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise LibraryError(say("There is no file {path}.", path=shown(path))) from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise LibraryError(say("{path} is not a file with text in it.", path=shown(path)))
    with os.fdopen(descriptor, "rb") as file:
        try:
            return file.read(most + 1)
        except OSError as error:
            raise _unreadable(path, error) from None


def shown(name: object) -> str:
    """A name somebody typed, fit to stand in a sentence."""
    text = FORBIDDEN.sub("", str(name)).replace("\n", " ")
    return text if len(text) <= 120 else f"…{text[-119:]}"


def _unreadable(path: Path, error: OSError | ValueError) -> LibraryError:
    why = getattr(error, "strerror", None) or error
    return LibraryError(say("{path} can't be read: {why}.", path=shown(path), why=why))

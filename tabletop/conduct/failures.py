"""Failures of the disk and of SQLite, told in sentences."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tabletop.conduct.errors import InUse, RecordError, Unsaved
from tabletop.wording import say


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turns whatever SQLite or the system says about a file into one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(path, error) from error
    except OSError as error:
        raise told_by_system(path, error) from error


def told_by_system(path: Path, error: OSError) -> RecordError:
    """The sentence for what the operating system says about a file."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full()
    if error.errno == errno.ENOENT:
        return RecordError(say("{path} does not exist.", path=path))
    return RecordError(
        say("{path} can't be used: {why}.", path=path, why=error.strerror or str(error))
    )


def _full() -> Unsaved:
    return Unsaved(
        say(
            "The disk is full, so this was not saved and has not happened; everything before it"
            " is safe. Free some space and try again."
        )
    )


def _told(path: Path, error: sqlite3.Error) -> RecordError:
    # The low byte is the primary code; the rest says more than a person needs.
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return _full()
        case sqlite3.SQLITE_NOTADB:
            return RecordError(say("{path} is not an exercise of tabletop.", path=path))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_FORMAT:
            return RecordError(
                say(
                    "{path} is damaged: it was cut off or changed. Nothing in it was touched; if"
                    " you have a copy of the file, put it back in its place.",
                    path=path,
                )
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return InUse(say("{path} is in use by another program; try again.", path=path))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return Unsaved(
                say(
                    "{path} can't be written, so this was not saved; everything before it is"
                    " safe. Make the file and its folder writable and try again.",
                    path=path,
                )
            )
        case sqlite3.SQLITE_CANTOPEN:
            return RecordError(
                say("{path} can't be opened; check that you may read and write it.", path=path)
            )
        case sqlite3.SQLITE_IOERR:
            return Unsaved(
                say(
                    "The disk that holds {path} failed, so this was not saved; what came before"
                    " it is as safe as the disk is. Try again, or copy the file elsewhere.",
                    path=path,
                )
            )
    return RecordError(say("{path} can't be read as an exercise: {why}.", path=path, why=error))

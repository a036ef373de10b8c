"""Reading an exercise's file whole, without holding it."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from tabletop.conduct.errors import RecordError
from tabletop.conduct.file_access import check, reading
from tabletop.exercise.chain import Stored, StoredEntry, StoredWord
from tabletop.exercise.record import Unreadable, read_header


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: its number (0 where there is none yet) and the hash that stands for all."""

    seq: int
    hash: str


def read_file(path: Path) -> Stored:
    """Everything in an exercise's file but notes and drafts, read without holding it.

    Raises:
        RecordError: where it can't be read.
    """
    with reading(path) as connection:
        check_whole(path, connection)
        # One transaction, so that what is read is one moment.
        connection.execute("BEGIN")
        return stored_in(connection)


def read_origin(path: Path) -> Path | None:
    """The scenario's file as an exercise remembers it; earlier versions remembered none."""
    with reading(path) as connection:
        known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'origin'"
        if connection.execute(known).fetchone() is None:
            return None
        row = connection.execute("SELECT path FROM origin").fetchone()
        return Path(os.fsdecode(row[0])) if row else None


def check_whole(path: Path, connection: sqlite3.Connection) -> None:
    """Refuses a file that is not an exercise this version can read."""
    check(path, connection)
    (data,) = connection.execute("SELECT data FROM header").fetchone() or (b"",)
    try:
        read_header(data)
    except Unreadable as error:
        raise RecordError(f"{path}: {error}") from None


def head_of(connection: sqlite3.Connection) -> Head:
    """The last entry."""
    return Head(*connection.execute("SELECT head_seq, head_hash FROM summary").fetchone())


def stored_in(connection: sqlite3.Connection) -> Stored:
    """Everything but notes and drafts."""
    data, genesis = connection.execute("SELECT data, hash FROM header").fetchone()
    head = head_of(connection)
    return Stored(
        data,
        genesis,
        tuple(
            StoredEntry(*row)
            for row in connection.execute("SELECT seq, data, hash FROM entries ORDER BY seq")
        ),
        tuple(
            StoredWord(*row)
            for row in connection.execute(
                "SELECT reference, seat, salt, text FROM words ORDER BY rowid"
            )
        ),
        head.seq,
        head.hash,
    )

"""Opening an exercise's file, and reading it without holding it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tabletop.conduct.errors import RecordError
from tabletop.conduct.failures import telling
from tabletop.conduct.schema import APPLICATION
from tabletop.conduct.summary import ExerciseSummary
from tabletop.exercise.chain import Stored, StoredEntry, StoredWord
from tabletop.exercise.record import VERSION, Unreadable, newer, read_header
from tabletop.wording import say

SUFFIX = ".exercise"


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
        check(path, connection)
        # One transaction, so that what is read is one moment.
        connection.execute("BEGIN")
        return stored_in(connection)


def read_summary(path: Path, name: str) -> ExerciseSummary:
    """The summary of an exercise, or what is wrong with its file."""
    try:
        with reading(path) as connection:
            check(path, connection)
            row = connection.execute(
                "SELECT title, scenario_name, started, last, roles, status, scene_title,"
                " elapsed_ms FROM summary"
            ).fetchone()
            title, scenario_name, started, last, roles, status, scene_title, elapsed = row
            return ExerciseSummary(
                name, title, scenario_name, started, last, tuple(json.loads(roles)), status,
                scene_title, elapsed,
            )  # fmt: skip
    except RecordError as error:
        return ExerciseSummary(name, problem=str(error))
    except (TypeError, ValueError):
        return ExerciseSummary(
            name, problem=say("{path} is damaged: its summary can't be read.", path=path)
        )


def opened(path: Path, mode: str) -> sqlite3.Connection:
    """A connection of a mode: `rw`, or `ro` that can write nothing."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=2.0,
        check_same_thread=False,
    )


def connected(path: Path) -> sqlite3.Connection:
    """The one connection that writes."""
    connection = opened(path, "rw")
    try:
        for pragma in (
            "trusted_schema = OFF",
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            # A temporary file would spread people's words over another folder.
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that can't write."""
    if not path.is_file():
        raise RecordError(say("{path} is not a file.", path=path))
    with telling(path), closing(opened(path, "ro")) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection


def check(path: Path, connection: sqlite3.Connection) -> None:
    """Refuses a file that is not an exercise, or one this version does not understand."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION:
        raise RecordError(say("{path} is not an exercise of tabletop.", path=path))
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (data,) = connection.execute("SELECT data FROM header").fetchone() or (b"",)
    try:
        if version > VERSION:
            raise RecordError(newer(json.loads(data).get("tool_version")))
        read_header(data)
    except (Unreadable, ValueError, AttributeError) as error:
        raise RecordError(
            str(error)
            if isinstance(error, Unreadable)
            else say("{path} is damaged: its header can't be read.", path=path)
        ) from None


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

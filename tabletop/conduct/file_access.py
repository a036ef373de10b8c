"""Getting at an exercise's file: its connections, and the one row of it that lists show.

Home reads that row before it paints, so nothing here imports what a record is made of.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tabletop.conduct.errors import RecordError
from tabletop.conduct.failures import telling
from tabletop.conduct.summary import ExerciseSummary
from tabletop.exercise.version import VERSION, newer
from tabletop.wording import say

SUFFIX = ".exercise"

APPLICATION = 0x7AB1E70B
"""Marks a SQLite file as an exercise of this program."""


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
            # A log that starts over early is written in place; while it grows, every commit also
            # waits for the file's new size.
            "wal_autocheckpoint = 64",
            # A temporary file would spread people's words over another folder.
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(path: Path, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction; afterwards it is on the disk, or nothing has changed."""
    with telling(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # A full disk has rolled back already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that can't write."""
    if not path.is_file():
        raise RecordError(say("{path} is not a file.", path=path))
    with telling(path), closing(opened(path, "ro")) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection


def check(path: Path, connection: sqlite3.Connection) -> None:
    """Refuses a file that is not an exercise, or one from a newer version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION:
        raise RecordError(say("{path} is not an exercise of tabletop.", path=path))
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        try:
            (data,) = connection.execute("SELECT data FROM header").fetchone()
            tool = json.loads(data)["tool_version"]
        except (sqlite3.Error, TypeError, ValueError, KeyError):
            # A much newer one may have no such header; that it is newer is known all the same.
            tool = None
        raise RecordError(newer(tool))


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

"""SessionFile: what a session has to remember beside its exercises, in one SQLite file.

Every change is on the disk before anyone is told, as in an exercise's own file: who has come and
which devices are theirs, the doors, and which exercise is at which table. Names stand here only
until the session is closed, when the file goes.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from tabletop.conduct.errors import RecordError
from tabletop.conduct.failures import telling
from tabletop.conduct.file_access import connected, opened, transaction
from tabletop.conduct.lock import ExerciseLock
from tabletop.conduct.session.people import Person
from tabletop.wording import say

SUFFIX = ".session"
CERTIFICATE = (".crt", ".key")
"""What lies beside a session that has a certificate of its own, and goes with it."""
APPLICATION = 0x7AB1E705
SCHEMA = """
CREATE TABLE header (data TEXT NOT NULL, source BLOB NOT NULL);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE people (number INTEGER PRIMARY KEY, data TEXT NOT NULL);
CREATE TABLE tables (number INTEGER PRIMARY KEY, exercise TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class SessionHeader:
    """What a session is held with, from its beginning."""

    id: str
    created: str
    scenario: str
    """What the scenario was asked for by."""
    code: str
    facilitator_code: str
    tables: int
    seed: int
    parameters: tuple[tuple[str, str], ...] = ()
    origin: str = ""
    """Where the scenario's file lay, where it is not one that came along."""


class SessionFile:
    """A session's file, held open."""

    def __init__(self, path: Path, lock: ExerciseLock, connection: sqlite3.Connection) -> None:
        """Takes what `create` and `open` have made ready."""
        self.path = path
        self._lock = lock
        self._connection = connection

    @classmethod
    def create(cls, path: Path, header: SessionHeader, source: bytes) -> "SessionFile":
        """Makes a new file and holds it."""
        lock = ExerciseLock(path.with_suffix(".lock"))
        try:
            with telling(path):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
                connection = connected(path)
                connection.executescript(SCHEMA)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(
                    "INSERT INTO header VALUES (?, ?)", (json.dumps(asdict(header)), source)
                )
                return cls(path, lock, connection)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path) -> "SessionFile":
        """Holds an existing file.

        Raises:
            InUse: where another process holds it.
            RecordError: where it is no session.
        """
        lock = ExerciseLock(path.with_suffix(".lock"))
        try:
            _check(path)
            with telling(path):
                return cls(path, lock, connected(path))
        except BaseException:
            lock.release()
            raise

    def header(self) -> tuple[SessionHeader, bytes]:
        """What it is held with, and the scenario's source."""
        with self._damage():
            data, source = self._connection.execute("SELECT data, source FROM header").fetchone()
            given = json.loads(data)
            given["parameters"] = tuple((name, value) for name, value in given["parameters"])
            return SessionHeader(**given), source

    def people(self) -> dict[int, Person]:
        """Everyone who has come, in order."""
        with self._damage():
            rows = self._connection.execute("SELECT data FROM people ORDER BY number")
            return {person.number: person for (data,) in rows for person in (_person(data),)}

    def settings(self) -> dict[str, Any]:
        """What was set."""
        with self._damage():
            rows = self._connection.execute("SELECT name, value FROM settings")
            return {name: json.loads(value) for name, value in rows}

    def tables(self) -> dict[int, str]:
        """Table to the exercise at it."""
        with self._damage():
            return dict(self._connection.execute("SELECT number, exercise FROM tables"))

    def keep(
        self,
        people: Iterable[Person] = (),
        settings: dict[str, Any] | None = None,
        tables: dict[int, str] | None = None,
    ) -> None:
        """Keeps what has changed, on the disk when this returns; tables are replaced as a whole.

        Raises:
            Unsaved: where it could not be stored.
        """
        with transaction(self.path, self._connection) as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO people VALUES (?, ?)",
                [(person.number, json.dumps(asdict(person))) for person in people],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO settings VALUES (?, ?)",
                [(name, json.dumps(value)) for name, value in (settings or {}).items()],
            )
            if tables is not None:
                connection.execute("DELETE FROM tables")
                connection.executemany("INSERT INTO tables VALUES (?, ?)", tables.items())

    def close(self) -> None:
        """Lets go of it; it can be opened again."""
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        except sqlite3.Error:
            # What is in the log is safe there, and is taken up when the file is opened again.
            pass
        self._connection.close()
        self._lock.release()

    def delete(self) -> None:
        """Lets go of it and deletes it, names and all."""
        self._connection.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            self.path.with_name(f"{self.path.name}{suffix}").unlink(missing_ok=True)
        self._lock.release()
        for suffix in (".lock", *CERTIFICATE):
            self.path.with_suffix(suffix).unlink(missing_ok=True)

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            with telling(self.path):
                yield
        except (TypeError, ValueError, KeyError):
            raise RecordError(say("{path} is damaged.", path=self.path)) from None


def _check(path: Path) -> None:
    """Refuses a file that is not a session."""
    with telling(path), closing(opened(path, "ro")) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION:
        raise RecordError(say("{path} is not a session of tabletop.", path=path))


def _person(data: str) -> Person:
    given = json.loads(data)
    kept = {each.name: given[each.name] for each in fields(Person) if each.name in given}
    for name in ("skips", "tokens"):
        kept[name] = tuple(kept.get(name, ()))
    return Person(**kept)

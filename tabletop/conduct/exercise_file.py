"""ExerciseFile: one exercise in one SQLite file, written by one holder of its lock.

While it is held, the file is in WAL mode with `synchronous=FULL`: `append` returns once its one
transaction is on the disk, and not before. A process killed at any moment leaves either the whole
entry or none of it; the next holder finds the log beside the file and SQLite replays it. At rest
the file goes back to a rollback journal, so that a closed exercise is a single file that can be
copied, and read from a folder that can't be written.

Lists and debriefs read through a second, read-only connection, which never checkpoints: two
connections that do have corrupted files before SQLite 3.51.3. Nothing here may open the file by
other means while it is held, because closing any descriptor of it drops SQLite's own locks.
"""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tabletop.conduct.errors import RecordError, Unsaved
from tabletop.conduct.failures import telling
from tabletop.conduct.lock import ExerciseLock
from tabletop.conduct.schema import APPLICATION, SCHEMA
from tabletop.conduct.summary import ExerciseSummary
from tabletop.exercise.chain import Stored, StoredEntry, StoredWord
from tabletop.exercise.record import (
    VERSION,
    Entry,
    Header,
    Unreadable,
    entry_bytes,
    entry_hash,
    header_bytes,
    header_hash,
    newer,
    read_header,
)
from tabletop.wording import say

SUFFIX = ".exercise"


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: its number (0 where there is none yet) and the hash that stands for all."""

    seq: int
    hash: str


class ExerciseFile:
    """An exercise held open for writing."""

    def __init__(self, path: Path, lock: ExerciseLock, connection: sqlite3.Connection) -> None:
        """Takes what `create` and `open` have made ready."""
        self.path = path
        self._lock = lock
        self._connection = connection
        self._head = _head(connection)

    @classmethod
    def create(cls, path: Path, header: Header, summary: ExerciseSummary) -> "ExerciseFile":
        """Makes a new file that holds the header, and holds it open."""
        # It gets its name once it is whole, so that no list ever shows half of one.
        unnamed = path.with_suffix(".new")
        lock = _locked(path)
        try:
            with telling(path):
                # SQLite would make it readable by everyone; the log beside it takes its mode.
                os.close(os.open(unnamed, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
                with closing(_opened(unnamed, "rw")) as connection:
                    _fill(connection, header, summary)
                unnamed.rename(path)
                _durable_name(path)
                return cls(path, lock, _connect(path))
        except BaseException:
            lock.release()
            for left in (unnamed, path.with_suffix(".lock")):
                left.unlink(missing_ok=True)
            raise

    @classmethod
    def open(cls, path: Path) -> "ExerciseFile":
        """Holds an existing file open.

        Raises:
            InUse: where it is open elsewhere.
            RecordError: where it can't be used; the file is left as it is.
        """
        if not path.exists():
            raise RecordError(say("{path} does not exist.", path=path))
        with _reading(path) as connection:
            _check(path, connection)
        lock = _locked(path)
        try:
            with telling(path):
                connection = _connect(path)
                try:
                    _check(path, connection)
                    return cls(path, lock, connection)
                except BaseException:
                    connection.close()
                    raise
        except BaseException:
            lock.release()
            raise

    @property
    def head(self) -> Head:
        """The last entry."""
        return self._head

    def append(
        self,
        expected: Head,
        entry: Entry,
        words: Sequence[StoredWord],
        summary: ExerciseSummary,
    ) -> Head:
        """Appends an entry with its words, on the disk when this returns.

        Raises:
            Unsaved: where it could not be stored; nothing has changed then.
        """
        if self._head != expected:
            raise Unsaved(
                say("The exercise has gone on elsewhere; close it here and open it again.")
            )
        data = entry_bytes(entry)
        with self._transaction() as connection:
            chained = entry_hash(_hash_of(connection, entry.parent, expected), data)
            connection.execute("INSERT INTO entries VALUES (?, ?, ?)", (entry.seq, data, chained))
            connection.executemany(
                "INSERT INTO words VALUES (?, ?, ?, ?)",
                [(word.reference, word.seat, word.salt, word.text) for word in words],
            )
            connection.execute(
                "UPDATE summary SET last = ?, status = ?, scene_title = ?, elapsed_ms = ?,"
                " head_seq = ?, head_hash = ?",
                (
                    summary.last,
                    summary.status,
                    summary.scene_title,
                    summary.elapsed_ms,
                    entry.seq,
                    chained,
                ),
            )
        self._head = Head(entry.seq, chained)
        return self._head

    def read(self) -> Stored:
        """Everything but notes and drafts."""
        with telling(self.path):
            return _stored(self._connection)

    def note(self, seat: str, text: str) -> None:
        """Keeps a seat's notes."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (seat, text))

    def notes(self, seat: str) -> str:
        """A seat's notes."""
        with telling(self.path):
            row = self._connection.execute(
                "SELECT text FROM notes WHERE seat = ?", (seat,)
            ).fetchone()
        return row[0] if row else ""

    def draft(self, seat: str, decision: str, text: str) -> None:
        """Keeps a half-written answer; an empty one goes."""
        with self._transaction() as connection:
            if text:
                connection.execute(
                    "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)", (seat, decision, text)
                )
            else:
                connection.execute(
                    "DELETE FROM drafts WHERE seat = ? AND decision = ?", (seat, decision)
                )

    def drafts(self, seat: str) -> dict[str, str]:
        """A seat's half-written answers by decision."""
        with telling(self.path):
            return dict(
                self._connection.execute(
                    "SELECT decision, text FROM drafts WHERE seat = ? ORDER BY decision", (seat,)
                )
            )

    def erase(self, seats: Sequence[str]) -> int:
        """Erases what these seats wrote, notes and drafts too, from every byte of the file."""
        gone = 0
        with self._transaction() as connection:
            for seat in seats:
                gone += connection.execute(
                    "UPDATE words SET salt = NULL, text = NULL"
                    " WHERE seat = ? AND text IS NOT NULL",
                    (seat,),
                ).rowcount
                connection.execute("DELETE FROM notes WHERE seat = ?", (seat,))
                connection.execute("DELETE FROM drafts WHERE seat = ?", (seat,))
        with telling(self.path):
            # `secure_delete` clears what is freed now. Rows that moved when a page was split have
            # left copies in earlier free space: writing the file anew leaves nothing behind.
            self._connection.execute("VACUUM")
            busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise RecordError(
                say(
                    "The words are erased, but {path} is being read elsewhere and still holds"
                    " traces of them; close it there and erase again.",
                    path=self.path,
                )
            )
        return gone

    def close(self) -> None:
        """Puts the file to rest and lets go of it."""
        try:
            with closing(self._connection) as connection:
                try:
                    connection.execute("PRAGMA journal_mode = DELETE")
                except sqlite3.Error:
                    # Somebody is reading it, or the disk is full: it rests with its log beside it.
                    pass
        except sqlite3.Error:
            pass
        finally:
            self._lock.release()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction; afterwards it is on the disk, or nothing has changed."""
        connection = self._connection
        with telling(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk has rolled back already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def read_file(path: Path) -> Stored:
    """Everything in an exercise's file but notes and drafts, read without holding it.

    Raises:
        RecordError: where it can't be read.
    """
    with _reading(path) as connection:
        _check(path, connection)
        # One transaction, so that what is read is one moment.
        connection.execute("BEGIN")
        return _stored(connection)


def read_summary(path: Path, name: str) -> ExerciseSummary:
    """The summary of an exercise, or what is wrong with its file."""
    try:
        with _reading(path) as connection:
            _check(path, connection)
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


def _locked(path: Path) -> ExerciseLock:
    return ExerciseLock(path.with_suffix(".lock"))


def _fill(connection: sqlite3.Connection, header: Header, summary: ExerciseSummary) -> None:
    data = header_bytes(header)
    connection.executescript(f"PRAGMA synchronous = FULL; BEGIN IMMEDIATE; {SCHEMA}")
    connection.execute("INSERT INTO header VALUES (?, ?)", (data, header_hash(data)))
    connection.execute(
        "INSERT INTO summary VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        (
            summary.title,
            summary.scenario_name,
            header.created,
            summary.last or header.created,
            json.dumps(summary.roles),
            summary.status,
            summary.scene_title,
            summary.elapsed_ms,
            header_hash(data),
        ),
    )
    connection.execute("COMMIT")


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=2.0,
        check_same_thread=False,
    )


def _connect(path: Path) -> sqlite3.Connection:
    """The one connection that writes."""
    connection = _opened(path, "rw")
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
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that can't write."""
    if not path.is_file():
        raise RecordError(say("{path} is not a file.", path=path))
    with telling(path), closing(_opened(path, "ro")) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection


def _check(path: Path, connection: sqlite3.Connection) -> None:
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


def _head(connection: sqlite3.Connection) -> Head:
    return Head(*connection.execute("SELECT head_seq, head_hash FROM summary").fetchone())


def _hash_of(connection: sqlite3.Connection, parent: int, head: Head) -> str:
    if parent == head.seq:
        return head.hash
    query = "SELECT hash FROM entries WHERE seq = ?" if parent else "SELECT hash FROM header"
    (found,) = connection.execute(query, (parent,) if parent else ()).fetchone()
    return str(found)


def _stored(connection: sqlite3.Connection) -> Stored:
    data, genesis = connection.execute("SELECT data, hash FROM header").fetchone()
    head = _head(connection)
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


def _durable_name(path: Path) -> None:
    """Makes the file's name in its folder survive a power cut, where the system lets us."""
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

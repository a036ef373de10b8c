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
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tabletop.conduct.answered import answered, keep_answered
from tabletop.conduct.errors import RecordError, Unsaved
from tabletop.conduct.failures import telling
from tabletop.conduct.file_access import connected, opened, reading, transaction
from tabletop.conduct.file_reading import Head, check_whole, head_of, stored_in
from tabletop.conduct.lock import ExerciseLock
from tabletop.conduct.schema import SCHEMA
from tabletop.conduct.summary import ExerciseSummary
from tabletop.conduct.whole_file import durable_name
from tabletop.exercise.chain import Stored, StoredWord
from tabletop.exercise.record import (
    Entry,
    Header,
    entry_bytes,
    entry_hash,
    header_bytes,
    header_hash,
)
from tabletop.wording import say


class ExerciseFile:
    """An exercise held open for writing."""

    def __init__(self, path: Path, lock: ExerciseLock, connection: sqlite3.Connection) -> None:
        """Takes what `create` and `open` have made ready."""
        self.path = path
        self._lock = lock
        self._connection = connection
        self._head = head_of(connection)

    @classmethod
    def create(
        cls,
        path: Path,
        header: Header,
        summary: ExerciseSummary,
        origin: Path | None = None,
        stored: Stored | None = None,
    ) -> "ExerciseFile":
        """Makes a new file that holds the header, or all of a record from elsewhere; holds it open.

        `origin` is the scenario's file, where that is not one of those that came along. It is kept
        beside the record and is no part of it: another computer has no such file.
        """
        # It gets its name once it is whole, so that no list ever shows half of one.
        unnamed = path.with_suffix(".new")
        lock = _locked(path)
        try:
            with telling(path):
                # SQLite would make it readable by everyone; the log beside it takes its mode.
                os.close(os.open(unnamed, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
                with closing(opened(unnamed, "rw")) as connection:
                    _fill(connection, header, summary, origin, stored)
                unnamed.rename(path)
                durable_name(path)
                return cls(path, lock, connected(path))
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
        with reading(path) as connection:
            check_whole(path, connection)
        lock = _locked(path)
        try:
            with telling(path):
                connection = connected(path)
                try:
                    check_whole(path, connection)
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
        answering: str = "",
    ) -> Head:
        """Appends an entry with its words, on the disk when this returns.

        `answering` is a seat that has given feedback with it, of whom the entry says nothing.

        Raises:
            Unsaved: where it could not be stored; nothing has changed then.
        """
        if self._head != expected:
            raise Unsaved(
                say("The exercise has gone on elsewhere; close it here and open it again.")
            )
        data = entry_bytes(entry)
        shown = summary.last, summary.status, summary.scene_title, summary.elapsed_ms
        with transaction(self.path, self._connection) as connection:
            chained = entry_hash(_hash_of(connection, entry.parent, expected), data)
            connection.execute("INSERT INTO entries VALUES (?, ?, ?)", (entry.seq, data, chained))
            _insert_words(connection, words)
            connection.execute(
                "UPDATE summary SET last = ?, status = ?, scene_title = ?, elapsed_ms = ?,"
                " head_seq = ?, head_hash = ?",
                (*shown, entry.seq, chained),
            )
            if answering:
                keep_answered(connection, answering)
        self._head = Head(entry.seq, chained)
        return self._head

    def read(self) -> Stored:
        """The record; what else is kept beside it is no part of that."""
        with telling(self.path):
            return stored_in(self._connection)

    def answered(self) -> frozenset[str]:
        """The seats that have given feedback; which is whose is kept nowhere."""
        with telling(self.path):
            return answered(self._connection)

    def note(self, seat: str, text: str) -> None:
        """Keeps a seat's notes."""
        with transaction(self.path, self._connection) as connection:
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
        with transaction(self.path, self._connection) as connection:
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
        with transaction(self.path, self._connection) as connection:
            for seat in seats:
                gone += connection.execute(
                    "UPDATE words SET salt = NULL, text = NULL WHERE seat = ? AND text IS NOT NULL",
                    (seat,),
                ).rowcount
                connection.execute("DELETE FROM notes WHERE seat = ?", (seat,))
                connection.execute("DELETE FROM drafts WHERE seat = ?", (seat,))
        try:
            self._write_anew()
        except RecordError:
            raise RecordError(
                say(
                    "The words are erased, but {path} may still hold traces of them, because it"
                    " could not be written anew; close what else has it open, see that the disk"
                    " has room, and erase again.",
                    path=self.path,
                )
            ) from None
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

    def _write_anew(self) -> None:
        """Leaves nothing in the file and its log but what is there.

        `secure_delete` clears what is freed from now on; rows that moved when a page was split
        have left copies in space that was free before.
        """
        with telling(self.path):
            self._connection.execute("VACUUM")
            busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise RecordError


def _locked(path: Path) -> ExerciseLock:
    return ExerciseLock(path.with_suffix(".lock"))


def _fill(
    connection: sqlite3.Connection,
    header: Header,
    summary: ExerciseSummary,
    origin: Path | None,
    stored: Stored | None,
) -> None:
    data = stored.header if stored else header_bytes(header)
    head = Head(stored.head_seq, stored.head_hash) if stored else Head(0, header_hash(data))
    connection.executescript(f"PRAGMA synchronous = FULL; BEGIN IMMEDIATE; {SCHEMA}")
    connection.execute(f"PRAGMA user_version = {header.record_version}")
    connection.execute("INSERT INTO header VALUES (?, ?)", (data, header_hash(data)))
    connection.execute(
        "INSERT INTO summary VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            summary.title,
            summary.scenario_name,
            header.created,
            summary.last or header.created,
            json.dumps(summary.roles),
            summary.status,
            summary.scene_title,
            summary.elapsed_ms,
            head.seq,
            head.hash,
        ),
    )
    if stored is not None:
        connection.executemany(
            "INSERT INTO entries VALUES (?, ?, ?)",
            [(each.seq, each.data, each.hash) for each in stored.entries],
        )
        _insert_words(connection, stored.words)
    if origin is not None:
        connection.execute("INSERT INTO origin VALUES (?)", (os.fsencode(origin),))
    connection.execute("COMMIT")


def _insert_words(connection: sqlite3.Connection, words: Sequence[StoredWord]) -> None:
    connection.executemany(
        "INSERT INTO words VALUES (?, ?, ?, ?)",
        [(word.reference, word.seat, word.salt, word.text) for word in words],
    )


def _hash_of(connection: sqlite3.Connection, parent: int, head: Head) -> str:
    if parent == head.seq:
        return head.hash
    query = "SELECT hash FROM entries WHERE seq = ?" if parent else "SELECT hash FROM header"
    (found,) = connection.execute(query, (parent,) if parent else ()).fetchone()
    return str(found)

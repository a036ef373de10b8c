"""Answered: which seats have given feedback, so that each gives it once, and nothing else of it.

It lies beside the record, as notes do, and goes into the file with the feedback itself, so that
neither is there without the other. All seats stand in one row that is sorted and written whole:
the order in which people answered would tell whose entry is whose.
"""

import json
import sqlite3


def answered(connection: sqlite3.Connection) -> frozenset[str]:
    """The seats that have given feedback; files of earlier versions know of none."""
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'answered'"
    if connection.execute(known).fetchone() is None:
        return frozenset()
    (row,) = connection.execute("SELECT seats FROM answered").fetchall()
    return frozenset(json.loads(row[0]))


def keep_answered(connection: sqlite3.Connection, seat: str) -> None:
    """Keeps, in the transaction that is open, that a seat has given feedback."""
    seats = sorted({*answered(connection), seat})
    connection.execute("CREATE TABLE IF NOT EXISTS answered (seats TEXT NOT NULL)")
    connection.execute("DELETE FROM answered")
    connection.execute("INSERT INTO answered VALUES (?)", (json.dumps(seats),))

"""Importing: a record that was exported elsewhere becomes an exercise of this folder."""

from dataclasses import dataclass, replace
from pathlib import Path

from tabletop.conduct.errors import RecordError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.open_exercise import readable
from tabletop.conduct.room import summarised
from tabletop.exercise.chain import Stored, read_record, verify
from tabletop.exercise.portable import read
from tabletop.exercise.replay import engine_of, fold
from tabletop.wording import say

LARGEST = 256 * 1024 * 1024
"""Bytes beyond which a file is no record of an exercise."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it."""

    exercise: str
    new: bool
    """Whether it was not there yet."""
    sentence: str


def import_record(folder: DataFolder, path: Path) -> Imported:
    """Takes in an exported record; it keeps its name, its chain and what words came along.

    Raises:
        RecordError: with a sentence, where the file is no sound record, or another exercise of its
            name is here; nothing is changed then.
    """
    stored = _read(path)
    verdict = verify(stored)
    if not verdict.sound:
        raise RecordError(f"{path}: {verdict.sentence}")
    record = readable(read_record, stored)
    exercise = record.header.id
    if folder.taken(exercise):
        if folder.stored(exercise).head_hash == stored.head_hash:
            return Imported(
                exercise, False, say("Exercise {id} is here already, the same.", id=exercise)
            )
        raise RecordError(
            say(
                "Another exercise {id} is here, or the same one gone on further; it stays as it is."
                " To take this one in, delete that first, or use another folder with --data.",
                id=exercise,
            )
        )
    engine, state = readable(engine_of, record.header), fold(record.entries)
    # When something last happened is not in the record; the list shows when it was begun.
    summary = replace(summarised(engine, state, record.header, ""), last=record.header.created)
    folder.create(record.header, summary, stored=stored).close()
    return Imported(exercise, True, say("Exercise {id} is taken in.", id=exercise))


def _read(path: Path) -> Stored:
    try:
        if path.stat().st_size > LARGEST:
            raise RecordError(say("{path} is too large to be a record.", path=path))
        data = path.read_bytes()
    except OSError as error:
        raise RecordError(
            say("{path} can't be read: {why}.", path=path, why=error.strerror or error)
        ) from None
    return readable(read, data)

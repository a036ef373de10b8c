"""Store: where records lie, as the rest of the program sees it.

Behind it are SQLite files in a folder; another database can take their place. Whoever appends says
which entry it believes to be the last and that it is the owner: two writers never interleave.

The SQLite work is done right where it is called, without a thread. A commit takes a few tenths of
a millisecond, most of it waiting for the disk; handing it to a worker thread and back costs nearly
half of that again (`bench/`), and leaves a moment in which a cancelled caller has stored something
it does not know of.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tabletop.conduct.errors import InUse
from tabletop.conduct.exercise_file import ExerciseFile
from tabletop.conduct.file_reading import Head
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.summary import ExerciseSummary
from tabletop.exercise.chain import Stored, StoredWord
from tabletop.exercise.record import Entry, Header
from tabletop.wording import say

Owner = str
"""What proves that an exercise is held: given once, by `create` or `claim`."""


class Store(Protocol):
    """Keeps records."""

    async def create(
        self, header: Header, summary: ExerciseSummary, origin: Path | None = None
    ) -> Owner:
        """Keeps a new exercise that holds nothing but its header, and holds it.

        `origin` is the scenario's file, where that is not one of those that came along.
        """

    async def claim(self, exercise: str) -> Owner:
        """Holds an exercise, so that nobody else may append to it."""

    async def release(self, exercise: str, owner: Owner) -> None:
        """Lets go of an exercise."""

    async def append(
        self,
        exercise: str,
        owner: Owner,
        expected: Head,
        entry: Entry,
        words: Sequence[StoredWord],
        summary: ExerciseSummary,
        answering: str = "",
    ) -> Head:
        """Appends an entry after the expected one, safe from a power cut when this returns.

        `answering` is a seat that has given feedback with it, of whom the entry says nothing.
        """

    async def answered(self, exercise: str, owner: Owner) -> frozenset[str]:
        """The seats that have given feedback; which is whose is kept nowhere."""

    async def read(self, exercise: str) -> Stored:
        """The record as it lies there."""

    async def list(self) -> tuple[ExerciseSummary, ...]:
        """Every exercise, the newest first."""

    async def erase(self, exercise: str, seats: Sequence[str]) -> int:
        """Erases what these seats wrote, and says how many pieces that was."""

    async def delete(self, exercise: str) -> None:
        """Deletes an exercise with everything in it."""

    async def note(self, exercise: str, owner: Owner, seat: str, text: str) -> None:
        """Keeps a seat's notes beside the record."""

    async def notes(self, exercise: str, owner: Owner, seat: str) -> str:
        """A seat's notes."""

    async def draft(self, exercise: str, owner: Owner, seat: str, decision: str, text: str) -> None:
        """Keeps a seat's half-written answer; an empty one goes."""

    async def drafts(self, exercise: str, owner: Owner, seat: str) -> dict[str, str]:
        """A seat's half-written answers by decision."""


class SqliteStore:
    """A store of SQLite files in a folder."""

    def __init__(self, folder: DataFolder) -> None:
        """Takes the folder."""
        self.folder = folder
        self._held: dict[Owner, tuple[str, ExerciseFile]] = {}
        self._given = 0

    async def create(
        self, header: Header, summary: ExerciseSummary, origin: Path | None = None
    ) -> Owner:
        """Keeps a new exercise that holds nothing but its header, and holds it."""
        return self._hold(header.id, self.folder.create(header, summary, origin))

    async def claim(self, exercise: str) -> Owner:
        """Holds an exercise, so that nobody else may append to it."""
        return self._hold(exercise, self.folder.open(exercise))

    async def release(self, exercise: str, owner: Owner) -> None:
        """Lets go of an exercise."""
        self._file(exercise, owner).close()
        del self._held[owner]

    async def append(
        self,
        exercise: str,
        owner: Owner,
        expected: Head,
        entry: Entry,
        words: Sequence[StoredWord],
        summary: ExerciseSummary,
        answering: str = "",
    ) -> Head:
        """Appends an entry after the expected one, safe from a power cut when this returns."""
        return self._file(exercise, owner).append(expected, entry, words, summary, answering)

    async def answered(self, exercise: str, owner: Owner) -> frozenset[str]:
        """The seats that have given feedback; which is whose is kept nowhere."""
        return self._file(exercise, owner).answered()

    async def read(self, exercise: str) -> Stored:
        """The record as it lies there."""
        for id_, file in self._held.values():
            if id_ == exercise:
                return file.read()
        return self.folder.stored(exercise)

    async def list(self) -> tuple[ExerciseSummary, ...]:
        """Every exercise, the newest first."""
        return self.folder.exercises()

    async def erase(self, exercise: str, seats: Sequence[str]) -> int:
        """Erases what these seats wrote, and says how many pieces that was."""
        file = self.folder.open(exercise)
        try:
            return file.erase(seats)
        finally:
            file.close()

    async def delete(self, exercise: str) -> None:
        """Deletes an exercise with everything in it."""
        self.folder.delete(exercise)

    async def note(self, exercise: str, owner: Owner, seat: str, text: str) -> None:
        """Keeps a seat's notes beside the record."""
        self._file(exercise, owner).note(seat, text)

    async def notes(self, exercise: str, owner: Owner, seat: str) -> str:
        """A seat's notes."""
        return self._file(exercise, owner).notes(seat)

    async def draft(self, exercise: str, owner: Owner, seat: str, decision: str, text: str) -> None:
        """Keeps a seat's half-written answer; an empty one goes."""
        self._file(exercise, owner).draft(seat, decision, text)

    async def drafts(self, exercise: str, owner: Owner, seat: str) -> dict[str, str]:
        """A seat's half-written answers by decision."""
        return self._file(exercise, owner).drafts(seat)

    def _hold(self, exercise: str, file: ExerciseFile) -> Owner:
        self._given += 1
        owner = f"{exercise}/{self._given}"
        self._held[owner] = exercise, file
        return owner

    def _file(self, exercise: str, owner: Owner) -> ExerciseFile:
        held, file = self._held.get(owner, ("", None))
        if file is None or held != exercise:
            raise InUse(say("This exercise is not open here any more."))
        return file

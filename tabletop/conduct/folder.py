"""DataFolder: where a person's exercises lie, one file each.

Home shows this list before anything heavy is imported, so it reads one small row of each file and
nothing of the record.
"""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.conduct.errors import FolderError, InUse, RecordError
from tabletop.conduct.failures import told_by_system
from tabletop.conduct.file_access import SUFFIX, read_summary
from tabletop.conduct.source_file import shown
from tabletop.conduct.summary import ExerciseSummary
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.exercise_file import ExerciseFile
    from tabletop.exercise.chain import Stored
    from tabletop.exercise.record import Header, Record

VARIABLE = "TABLETOP_DATA"

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class DataFolder:
    """A folder of exercises."""

    def __init__(self, path: str | Path | None = None) -> None:
        """Takes the folder given, else the one `TABLETOP_DATA` names, else the user's own.

        Nothing is made before there is something to keep.
        """
        self.path = _expanded(Path(path or os.environ.get(VARIABLE) or _default()))
        self.exercises_path = self.path / "exercises"

    def exercises(self) -> tuple[ExerciseSummary, ...]:
        """Every exercise, the one something last happened in first; broken ones with the reason.

        Raises:
            FolderError: where the folder can't be read.
        """
        found = [read_summary(self._path(id_), id_) for id_ in self._ids()]
        return tuple(sorted(found, key=lambda each: (each.last, each.id), reverse=True))

    def newest_unfinished(self) -> str:
        """The exercise to continue where none is named.

        Raises:
            FolderError: where there is none.
        """
        for each in self.exercises():
            if not each.problem and each.status != "ended":
                return each.id
        raise FolderError(say("There is no exercise to continue."))

    def create(
        self,
        header: "Header",
        summary: ExerciseSummary,
        origin: Path | None = None,
        stored: "Stored | None" = None,
    ) -> "ExerciseFile":
        """Makes the file of a new exercise, or of one from elsewhere, and holds it open."""
        from tabletop.conduct.exercise_file import ExerciseFile

        self.make()
        return ExerciseFile.create(self._path(header.id), header, summary, origin, stored)

    def taken(self, exercise: str) -> bool:
        """Whether an exercise of this name exists."""
        return self._path(exercise).exists()

    def open(self, exercise: str) -> "ExerciseFile":
        """Holds an exercise open for writing.

        Raises:
            FolderError: where it does not exist or can't be used.
            InUse: where it is open elsewhere.
        """
        from tabletop.conduct.exercise_file import ExerciseFile

        return ExerciseFile.open(self.find(exercise))

    def origin(self, exercise: str) -> Path | None:
        """The file of the scenario it was begun with, where it is not one that came along."""
        from tabletop.conduct.file_reading import read_origin

        return read_origin(self.find(exercise))

    def stored(self, exercise: str) -> "Stored":
        """An exercise as it lies in its file."""
        from tabletop.conduct.file_reading import read_file

        return read_file(self.find(exercise))

    def record(self, exercise: str) -> "Record":
        """The record of an exercise."""
        from tabletop.exercise.chain import read_record
        from tabletop.exercise.record import Unreadable

        try:
            return read_record(self.stored(exercise))
        except Unreadable as error:
            raise RecordError(str(error)) from None

    def delete(self, exercise: str) -> None:
        """Deletes an exercise with everything in it."""
        path = self.find(exercise)
        # Held for a moment, so that it is not taken from under someone who has it open.
        try:
            self.open(path.stem).close()
        except InUse:
            raise
        except RecordError:
            # What is broken can be deleted too.
            pass
        try:
            for suffix in (SUFFIX, f"{SUFFIX}-wal", f"{SUFFIX}-shm", f"{SUFFIX}-journal", ".lock"):
                path.with_name(f"{path.stem}{suffix}").unlink(missing_ok=True)
        except OSError as error:
            raise told_by_system(path, error) from None

    def find(self, exercise: str) -> Path:
        """The file of an exercise; the beginning of its name is enough where no other has it.

        Raises:
            FolderError: where there is no such exercise, or several.
        """
        ids = self._ids()
        if exercise in ids:
            return self._path(exercise)
        begun = [id_ for id_ in ids if exercise and id_.startswith(exercise)]
        if len(begun) == 1:
            return self._path(begun[0])
        if begun:
            raise FolderError(
                say("Several begin with {id}: {ids}.", id=shown(exercise), ids=", ".join(begun))
            )
        near = get_close_matches(exercise, ids, n=1)
        if near:
            raise FolderError(
                say(
                    "There is no exercise {id}; did you mean {near}?",
                    id=shown(exercise),
                    near=near[0],
                )
            )
        raise FolderError(
            say("There is no exercise {id} in {folder}.", id=shown(exercise), folder=self.path)
        )

    def _path(self, exercise: str) -> Path:
        if not _ID.fullmatch(exercise):
            raise FolderError(
                say("There is no exercise {id} in {folder}.", id=shown(exercise), folder=self.path)
            )
        return self.exercises_path / f"{exercise}{SUFFIX}"

    def _ids(self) -> list[str]:
        try:
            names = [path.name for path in self.exercises_path.iterdir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise FolderError(
                say(
                    "The data folder {path} can't be used: {why}. Choose another with --data.",
                    path=self.path,
                    why=error.strerror,
                )
            ) from None
        ids = (name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))
        return sorted(id_ for id_ in ids if _ID.fullmatch(id_))

    def try_out(self) -> None:
        """Writes something and takes it away again.

        Raises:
            OSError: where that can't be done.
        """
        probe = self.path / "sessions" / ".tried"
        probe.write_bytes(b"")
        probe.unlink()

    def make(self) -> None:
        """Makes the folder; only its owner may look into what we make."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.exercises_path.mkdir(mode=0o700, exist_ok=True)
            (self.path / "sessions").mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise FolderError(
                say(
                    "The data folder {path} can't be made: {why}. Choose another with --data.",
                    path=self.path,
                    why=error.strerror,
                )
            ) from None


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        # A home nobody has: the path is taken as it stands, and said to be wrong when it is used.
        return path


def _default() -> str:
    # Only where nobody named a folder.
    from platformdirs import user_data_dir

    return user_data_dir("tabletop", appauthor=False)

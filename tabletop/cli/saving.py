"""Saving what a command made as files."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.plain.streams import complain
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.folder import DataFolder
    from tabletop.conduct.library import Library
    from tabletop.debrief.documents.about import About
    from tabletop.exercise.record import Record


def write_texts(folder: Path, texts: Iterable[tuple[str, str]]) -> None:
    """Writes texts into a folder, each under its name."""
    from tabletop.conduct.errors import FolderError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts:
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise FolderError(
            say("{path} can't be written: {why}.", path=folder, why=error.strerror or error)
        ) from None


def write_file(path: Path, text: str) -> None:
    """Writes one file whole, or leaves what was there as it was; a device or a pipe gets it too."""
    from tabletop.conduct.errors import FolderError
    from tabletop.conduct.whole_file import write_whole

    try:
        if path.is_dir():
            raise IsADirectoryError(say("it is a folder"))
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
        else:
            write_whole(path, text)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise FolderError(say("{path} can't be written: {why}.", path=path, why=why)) from None


def write_new(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Writes files into a folder that holds none of them yet; the path of the first."""
    from tabletop.conduct.errors import FolderError

    there = [folder / name for name in files if os.path.lexists(folder / name)]
    if there:
        raise FolderError(say("{path} is there already; choose another folder.", path=there[0]))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            with (folder / name).open("xb") as file:
                file.write(content)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise FolderError(say("{path} can't be written: {why}.", path=folder, why=why)) from None
    return folder / next(iter(files))


def save_debrief(
    record: "Record",
    formats: Iterable[str],
    names: bool,
    folder: Path,
    kinds: Iterable[str] = ("debrief",),
    about: "About | None" = None,
    limit: int | None = None,
) -> Sequence[Path]:
    """Writes a debrief into a folder, or other documents of an exercise."""
    from tabletop.conduct.document_files import save_documents
    from tabletop.plain.documents import of_record, render

    stem = f"{record.header.scenario_name}-{record.header.id}"
    made = of_record(record, about, kinds, names=names, limit=limit)
    return save_documents(made, formats, folder, stem, render)


def saver(folder: "DataFolder") -> Callable[[str, Path], Sequence[Path]]:
    """What saves a debrief from within the line mode."""

    def save(exercise: str, output: Path) -> Sequence[Path]:
        return save_debrief(folder.record(exercise), ("md", "html"), False, output)

    return save


def refresh_schemas(library: "Library", files: Iterable[str]) -> None:
    """Writes the schemas beside checked scenarios again; one that can't be written is told."""
    from tabletop.conduct.errors import FolderError, LibraryError
    from tabletop.conduct.schema_file import refresh_schema

    for name in files:
        try:
            refresh_schema(library.find(name))
        except LibraryError:
            continue
        except FolderError as error:
            complain(str(error))

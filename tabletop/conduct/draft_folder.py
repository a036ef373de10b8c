"""The folder of a new scenario: written whole where nothing is yet, or not at all."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from tabletop.authoring.draft import draft
from tabletop.authoring.draft_roles import DraftRole
from tabletop.conduct import schema_file
from tabletop.conduct.errors import FolderError
from tabletop.conduct.library import FILE, guidance
from tabletop.conduct.source_file import shown
from tabletop.wording import say

CARD = "alder"
"""The jurisdiction in which a first draft takes place."""


def first_draft(title: str, table: tuple[DraftRole, ...]) -> dict[str, str]:
    """The files of a new scenario, each under its path in its folder.

    Raises:
        Undrafted: where the title can't be one.
    """
    return draft(title, table, guidance().jurisdictions[CARD].law_as_of.isoformat())


def unused(folder: Path) -> None:
    """Refuses a folder that can't be made, because something of that name is there.

    Raises:
        FolderError: with a sentence.
    """
    try:
        there = os.path.lexists(folder)
    except ValueError as error:
        raise _unwritable(folder, error) from None
    if there:
        raise FolderError(
            say(
                "{path} is there already, and stays as it is; name another folder.",
                path=shown(folder),
            )
        )


def write_draft(folder: Path, files: Mapping[str, str]) -> None:
    """Writes the files of a scenario into a new folder, with the schema of its names beside it.

    Raises:
        FolderError: where it can't be written, or something of that name is there.
    """
    unused(folder)
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        for name, text in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        schema_file.write_schema(fresh / schema_file.NAME, schema_file.schema_of_file(fresh / FILE))
        fresh.rename(folder)
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _unwritable(folder: Path, error: OSError | ValueError) -> FolderError:
    why = getattr(error, "strerror", None) or error
    return FolderError(say("{path} can't be written: {why}.", path=shown(folder), why=why))

"""The schema file beside a scenario, by which any editor completes and underlines its names.

A comment in the scenario's first lines names it, which is how editors find it wherever the folder
lies. It goes out of date when a name is added, so whatever checks the scenario writes it again; a
file that is not one of ours is never written over.
"""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.conduct.errors import FolderError, LibraryError
from tabletop.conduct.library import guidance
from tabletop.conduct.source_file import read_source, shown
from tabletop.conduct.whole_file import write_whole
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.scenario.document import Document

NAME = "scenario.schema.json"
"""What it is called where nobody has called it anything else."""
HEAD = 4096
"""How far into a file its mark or its comment may stand."""
_COMMENT = re.compile(rb"^#\s*yaml-language-server:\s*\$schema=([\w.-]+\.json)\s*$", re.MULTILINE)


def shipped_schema() -> str:
    """The schema of any scenario file."""
    from tabletop.authoring.schema_names import schema, schema_text

    return schema_text(schema(guidance()))


def schema_of_file(path: Path) -> str:
    """The schema of one scenario file, which may hold mistakes.

    Raises:
        LibraryError: where it can't be read as YAML at all.
    """
    from tabletop.scenario.document import read_document

    document = read_document(read_source(path), shown(path))
    if not isinstance(document.tree, dict):
        raise LibraryError(say("{problem}", problem=document.problems[0]))
    return _text(path, document)


def write_schema(path: Path, text: str) -> None:
    """Writes a schema file whole, or leaves the old one as it was.

    Raises:
        FolderError: where it can't be written, or something else of that name is there.
    """
    from tabletop.authoring.schema_names import WRITTEN

    if os.path.lexists(path) and not _begins(path, WRITTEN):
        raise FolderError(
            say("{path} is no schema that tabletop wrote; choose another name.", path=shown(path))
        )
    try:
        write_whole(path, text)
    except OSError as error:
        raise FolderError(
            say("{path} can't be written: {why}.", path=shown(path), why=error.strerror or error)
        ) from None


def refresh_schema(path: Path) -> None:
    """Writes the schema beside a scenario again, where there is one and names have changed.

    A file that can't be read to its end keeps the schema it had: its names are not gone.

    Raises:
        LibraryError: where the scenario can't be read.
        FolderError: where the schema can't be written.
    """
    from tabletop.authoring.schema_names import FROM_NAMES
    from tabletop.scenario.document import read_document

    source = read_source(path)
    named = _COMMENT.search(source[:HEAD])
    if named is None:
        return
    beside = path.with_name(named[1].decode())
    if not _begins(beside, FROM_NAMES):
        return
    document = read_document(source, shown(path))
    if document.complete and isinstance(document.tree, dict):
        text = _text(path, document)
        if beside.read_text(encoding="utf-8", errors="replace") != text:
            write_schema(beside, text)


def _text(path: Path, document: "Document") -> str:
    from tabletop.authoring.declared import declared
    from tabletop.authoring.schema_names import schema_of, schema_text

    return schema_text(schema_of(declared(document.tree), guidance(), shown(path.name)))


def _begins(path: Path, mark: str) -> bool:
    """Whether a file is a schema of ours with such a comment at its head."""
    try:
        with path.open("rb") as file:
            return f'"$comment": "{mark}'.encode() in file.read(HEAD)
    except OSError:
        return False

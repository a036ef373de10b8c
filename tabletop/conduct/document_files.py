"""Documents as files: what they are called, and writing them for their owner alone."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tabletop.conduct.errors import FolderError, LibraryError, SetupError
from tabletop.conduct.source_file import read_source, shown
from tabletop.conduct.whole_file import write_privately
from tabletop.debrief.formats.missing import MissingPackage, MissingSign
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import Loaded
    from tabletop.debrief.documents.about import About
    from tabletop.debrief.documents.document import Document
    from tabletop.debrief.documents.occasion import Occasion
    from tabletop.debrief.formats.rendering import Form

LONGEST = 60


def rendered(document: "Document", form: str) -> bytes:
    """A document in one format, as the bytes of its file.

    Raises:
        SetupError: with a sentence, where the format needs what is not here.
    """
    from tabletop.debrief.formats.rendering import render

    try:
        return render(document, cast("Form", form))
    except (MissingPackage, MissingSign) as error:
        raise SetupError(str(error)) from None


def save_documents(
    documents: Iterable["Document"],
    formats: Iterable[str],
    folder: Path,
    stem: str,
    render: Callable[["Document", str], bytes] = rendered,
) -> tuple[Path, ...]:
    """Writes documents into a folder, each in each format; where they lie.

    Raises:
        FolderError: where one can't be written; those before it are there.
        SetupError: where a format needs what is not installed.
    """
    wanted, paths = tuple(formats), list[Path]()
    for document in documents:
        made = {file_name(stem, document.slug, form): render(document, form) for form in wanted}
        paths += save_all(folder, made)
    return tuple(paths)


def save_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes files into a folder, for their owner alone; their paths.

    Raises:
        FolderError: where one can't be written; those before it are there.
    """
    paths = []
    for name, content in files.items():
        path = folder / name
        try:
            write_privately(path, content)
        except OSError as error:
            why = error.strerror or error
            raise FolderError(
                say("{path} can't be written: {why}. Choose another folder.", path=path, why=why)
            ) from None
        paths.append(path)
    return paths


def file_name(stem: str, slug: str, form: str) -> str:
    """A file's name, made of the scenario's and the document's; it leads nowhere else."""
    ending = "txt" if form == "text" else form
    kept = "-".join(part for part in (_kept(stem) or "exercise", _kept(slug)) if part)
    return f"{kept}.{ending}"


def _kept(text: str) -> str:
    return "".join(each for each in text if each.isascii() and (each.isalnum() or each in "-_"))[
        :LONGEST
    ]


def occasion_of(loaded: "Loaded", about: "About") -> "Occasion":
    """An exercise of a scenario that is still to come, as documents are made of it."""
    from tabletop import __version__
    from tabletop.debrief.documents.occasion import Occasion
    from tabletop.exercise.engine import Engine

    engine = Engine(loaded.scenario, loaded.guidance, about.parameters)
    return Occasion(engine, about, tool=__version__)


def read_about_file(path: Path) -> "About":
    """What a file says of an exercise.

    Raises:
        LibraryError: with one sentence, where it can't be read or used.
    """
    from tabletop.debrief.documents.about import read_about

    try:
        return read_about(read_source(path), shown(path))
    except ValueError as error:
        raise LibraryError(say("{problem}", problem=error)) from None

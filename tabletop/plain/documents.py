"""Documents: the debrief of a record in each format, and what its file is called."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from tabletop.conduct.errors import SetupError
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.formats.missing import MissingPackage
from tabletop.debrief.formats.rendering import Form, render
from tabletop.debrief.report import build

if TYPE_CHECKING:
    from tabletop.exercise.record import Header, Record


def documents(record: "Record", formats: Iterable[str], *, names: bool = False) -> dict[str, bytes]:
    """The debrief in each format; people's own names only where they are asked for.

    Raises:
        SetupError: with a sentence, where a format needs what is not installed.
    """
    report = build(record, names=names)
    made: dict[str, bytes] = {}
    for form in formats:
        if form == "text":
            from tabletop.plain.pages import text

            made[form] = text(report).encode()
            continue
        try:
            made[form] = render(debrief(report), cast("Form", form))
        except MissingPackage as error:
            raise SetupError(str(error)) from None
    return made


def file_name(header: "Header", form: str) -> str:
    """A file's name without anything an author or a player wrote but the scenario's own."""
    stem = "".join(
        each for each in header.scenario_name if each.isascii() and (each.isalnum() or each in "-_")
    )
    ending = "txt" if form == "text" else form
    return f"{stem[:60] or 'exercise'}-{header.id}.{ending}"

"""Documents: the debrief of a record as text in each format, and what its file is called."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.report import build

if TYPE_CHECKING:
    from tabletop.exercise.record import Header, Record


def documents(record: "Record", formats: Iterable[str], *, names: bool = False) -> dict[str, str]:
    """The debrief in each format; people's own names only where they are asked for."""
    report = build(record, names=names)
    made: dict[str, str] = {}
    for form in formats:
        match form:
            case "md":
                from tabletop.debrief.formats import markdown

                made[form] = markdown.render(debrief(report))
            case "html":
                from tabletop.debrief.formats import html

                made[form] = html.render(debrief(report))
            case _:
                from tabletop.plain.pages import text

                made[form] = text(report)
    return made


def file_name(header: "Header", form: str) -> str:
    """A file's name without anything an author or a player wrote but the scenario's own."""
    stem = "".join(
        each for each in header.scenario_name if each.isascii() and (each.isalnum() or each in "-_")
    )
    ending = "txt" if form == "text" else form
    return f"{stem[:60] or 'exercise'}-{header.id}.{ending}"

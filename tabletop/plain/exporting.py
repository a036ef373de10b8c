"""Exporting: a record for other programs, as the bytes of files by name."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from tabletop.debrief.formats import csv_file, xapi
from tabletop.debrief.sheets.every import sheets
from tabletop.debrief.telling import Telling
from tabletop.exercise.portable import Kept, written

if TYPE_CHECKING:
    from tabletop.exercise.chain import Stored
    from tabletop.exercise.record import Record

Form = Literal["jsonl", "csv", "xapi"]


def exported(
    stored: "Stored", record: "Record", form: Form, *, names: bool, redacted: bool
) -> dict[str, bytes]:
    """The files of one form, without people's names, or without anything they wrote."""
    name = record.header.id
    match form:
        case "jsonl":
            kept: Kept = "none" if redacted else "all" if names else "unnamed"
            return {f"{name}.jsonl": written(stored, kept)}
        case "csv":
            found = sheets(_telling(record, names=names, redacted=redacted))
            return {f"{name}-{sheet.slug}.csv": csv_file.render(sheet) for sheet in found}
        case "xapi":
            lines = [json.dumps(each) for each in statements(record, names=names)]
            return {f"{name}-xapi.jsonl": "".join(f"{line}\n" for line in lines).encode()}


def statements(record: "Record", *, names: bool) -> tuple[dict[str, Any], ...]:
    """The xAPI statements of a record."""
    return xapi.statements(_telling(record, names=names, redacted=False))


def _telling(record: "Record", *, names: bool, redacted: bool) -> Telling:
    return Telling(replace(record, words={}) if redacted else record, names=names)

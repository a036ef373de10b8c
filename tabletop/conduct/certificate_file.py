"""The certificate's file: read from beside a scenario, and written there."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tabletop.authoring.certificate import (
    FILE,
    LARGEST,
    Unusable,
    Values,
    as_text,
    read_certificate,
    remarks_on_certificate,
)
from tabletop.authoring.check import Checked
from tabletop.authoring.findings import Remark, found
from tabletop.conduct.errors import LibraryError
from tabletop.conduct.source_file import read_source, shown
from tabletop.conduct.whole_file import write_whole
from tabletop.scenario.reading import Reading
from tabletop.wording import say


def beside(scenario: Path) -> Path:
    """Where the certificate of a scenario's file lies."""
    return scenario.with_name(FILE)


def lying(scenario: Path) -> bytes | None:
    """What lies there; nothing where nothing does.

    Raises:
        LibraryError: where it can't be read.
    """
    path = beside(scenario)
    return read_source(path, LARGEST) if os.path.lexists(path) else None


def write(scenario: Path, values: Values) -> Path:
    """Writes a certificate, whole or not at all.

    Raises:
        LibraryError: where it can't be written, or another scenario's certificate would go.
    """
    path = beside(scenario)
    other = _other(scenario)
    if other:
        raise LibraryError(
            say(
                "{path} is the certificate of {other}, which lies there too; give each scenario a"
                " folder of its own.",
                path=shown(path),
                other=shown(other),
            )
        )
    try:
        write_whole(path, as_text(values))
    except OSError as error:
        raise LibraryError(
            say("{path} can't be written: {why}.", path=shown(path), why=error.strerror or error)
        ) from None
    return path


def held_to_its_certificate(
    checked: Checked, scenario: Path, source: bytes, reading: Reading
) -> Checked:
    """What was found in a scenario, with what is to be said of the certificate beside it."""
    if checked.engine is None:
        return checked
    remarks = tuple(_remarks(scenario, source, checked))
    findings = [found(reading.document, remark) for remark in remarks]
    return replace(checked, findings=(*findings, *checked.findings))


def _remarks(scenario: Path, source: bytes, checked: Checked) -> Iterator[Remark]:
    assert checked.engine is not None
    try:
        given = lying(scenario)
    except LibraryError as error:
        yield Remark("TT702", ("title",), str(error).rstrip("."))
        return
    if given is not None:
        yield from remarks_on_certificate(given, source, scenario.name, checked.engine)


def _other(scenario: Path) -> str:
    """The other scenario whose certificate lies there, where that is still beside it."""
    try:
        given = lying(scenario)
        name = read_certificate(given)["scenario"]["file"] if given is not None else ""
    except (LibraryError, Unusable):
        return ""
    known: str = name
    there = known not in ("", scenario.name) and scenario.with_name(Path(known).name).is_file()
    return known if there else ""

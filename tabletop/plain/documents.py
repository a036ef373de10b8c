"""Documents as a person asks for them: which, of which exercise, in which format."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tabletop.conduct.document_files import file_name, occasion_of, rendered

if TYPE_CHECKING:
    from tabletop.conduct.library import Loaded
    from tabletop.debrief.documents.about import About
    from tabletop.debrief.documents.document import Document
    from tabletop.exercise.record import Record


def of_record(
    record: "Record",
    about: "About | None" = None,
    kinds: Iterable[str] = ("debrief",),
    *,
    names: bool = False,
    limit: int | None = None,
) -> "Iterator[Document]":
    """The documents of an exercise; people's own names only where they are asked for.

    What could still have come is worked out up to a `limit` of situations, or the usual one.
    """
    from tabletop.debrief.analysis.ahead import LIMIT
    from tabletop.debrief.documents import kinds as made
    from tabletop.debrief.documents.played import played

    read = played(record, about, names=names, limit=limit or LIMIT)
    yield from made.of_record(read, kinds)


def explained(record: "Record", what: str, *, names: bool = False) -> "Document":
    """How something in an exercise came about; without a name, all that has reasons.

    Raises:
        RecordError: where nothing of that name happened in it.
    """
    from tabletop.conduct.errors import RecordError
    from tabletop.debrief.documents.explanation import NothingThere, explanation
    from tabletop.debrief.documents.played import played

    try:
        return explanation(played(record, names=names, limit=0), what)
    except NothingThere as error:
        raise RecordError(str(error)) from None


def alternative(
    record: "Record", asked: str, *, names: bool = False, limit: int | None = None
) -> "Document":
    """A decision answered otherwise, asked for as `decision=option`.

    Raises:
        RecordError: where there is no such decision, or that option was not open.
    """
    from tabletop.conduct.errors import RecordError
    from tabletop.debrief.analysis.ahead import LIMIT
    from tabletop.debrief.documents.played import played
    from tabletop.debrief.documents.what_if import NoSuchWay
    from tabletop.debrief.documents.what_if import alternative as made

    try:
        return made(played(record, names=names, limit=limit or LIMIT), asked)
    except NoSuchWay as error:
        raise RecordError(str(error)) from None


def side_by_side(records: "Sequence[Record]") -> "Document":
    """Exercises of one scenario beside each other.

    Raises:
        RecordError: where they can't be compared.
    """
    from tabletop.conduct.errors import RecordError
    from tabletop.debrief.documents.comparison import NotAlike, comparison

    try:
        return comparison(records)
    except NotAlike as error:
        raise RecordError(str(error)) from None


def of_scenario(
    loaded: "Loaded", about: "About", kinds: Iterable[str] = ()
) -> "Iterator[Document]":
    """The documents of an exercise still to come, of some kinds or of all."""
    from tabletop.debrief.documents.kinds import planned

    yield from planned(occasion_of(loaded, about), kinds)


def events_list(loaded: "Loaded", about: "About") -> dict[str, bytes]:
    """The events list of an exercise still to come, as rows for a spreadsheet."""
    from tabletop.debrief.documents.msel import sheet
    from tabletop.debrief.formats import csv_file

    made = sheet(occasion_of(loaded, about))
    return {file_name(loaded.slug, made.slug, "csv"): csv_file.render(made)}


def render(document: "Document", form: str) -> bytes:
    """A document in one format, plain text among them."""
    if form == "text":
        from tabletop.plain.pages import text

        return text(document).encode()
    return rendered(document, form)

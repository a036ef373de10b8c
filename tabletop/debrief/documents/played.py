"""Played: an exercise that was played, read once for all the documents made of it."""

from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from tabletop.debrief.analysis.ahead import LIMIT, Ahead
from tabletop.debrief.choices import Choice, choices
from tabletop.debrief.documents.about import About
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.findings import Reader
from tabletop.debrief.pages.voice import Voice
from tabletop.debrief.parts import Report
from tabletop.debrief.prose import line
from tabletop.debrief.report import report
from tabletop.debrief.telling import Telling
from tabletop.exercise.record import Record


@dataclass(frozen=True)
class Played:
    """A record with its report, and with what people say of the exercise."""

    report: Report
    reader: Reader
    made: tuple[Choice, ...]
    ahead: Ahead
    occasion: Occasion
    voice: Voice

    @cached_property
    def for_others(self) -> "Played":
        """The same for those who read about the exercise, and not to the one who played it."""
        if not any(who.you for who in self.report.notice.roles):
            return self
        telling = copy(self.telling)
        telling.addressed = False
        reader = Reader(telling, self.reader.language)
        told = report(reader, self.made, self.ahead)
        return replace(self, report=told, reader=reader, voice=Voice(told))

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """The names people gave and the parts they took; none where names were not asked for."""
        if not self.telling.names:
            return ()
        named = (
            (line(self.telling.word(seat.name) or ""), seat.role.replace("_", " ") or seat.kind)
            for seat in self.telling.state.seats.values()
            if seat.kind != "stand_in" and seat.name
        )
        return tuple(each for each in named if each[0])

    @property
    def telling(self) -> Telling:
        """The record as it was told."""
        return self.reader.telling


def played(
    record: Record,
    about: About | None = None,
    *,
    names: bool = False,
    language: str = "en",
    limit: int = LIMIT,
) -> Played:
    """Reads a record for its documents; people's own names only where they are asked for.

    What could still have come is worked out up to a `limit` of situations; with 0 it is left out.
    """
    telling = Telling(record, names=names)
    reader, made = Reader(telling, language), choices(telling)
    ahead = Ahead(telling, limit=limit)
    told = report(reader, made, ahead)
    occasion = Occasion(
        telling.engine,
        about,
        tool=record.header.tool_version,
        language=language,
        held=record.header.created[:10],
    )
    return Played(told, reader, made, ahead, occasion, Voice(told))

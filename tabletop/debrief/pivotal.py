"""Pivotal: the few choices that gave up most, looked at again for people who talk about them."""

from dataclasses import dataclass

from tabletop.debrief.analysis.ahead import Ahead
from tabletop.debrief.analysis.regret import Sense, pivotal, regrets
from tabletop.debrief.findings import Reader
from tabletop.debrief.parts import Finding
from tabletop.debrief.telling import Telling
from tabletop.exercise.record import Record

LIMIT = 50_000
"""Situations beyond which only what was forgone is looked at: a room is waiting."""


@dataclass(frozen=True, slots=True)
class Pivotal:
    """A choice that gave up much, and in which of the two senses more."""

    finding: Finding
    sense: Sense


def turned_on(record: Record, language: str = "en") -> tuple[Pivotal, ...]:
    """What a record turned on, the widest first; without people's names."""
    telling = Telling(record, names=False)
    reader = Reader(telling, language)
    found = pivotal(regrets(Ahead(telling, limit=LIMIT).forks))
    return tuple(Pivotal(reader.finding(each.fork.choice), each.sense) for each in found)

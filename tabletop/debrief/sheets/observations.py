"""What evaluators and facilitators noted, also on ways that a rewind left behind."""

from tabletop.debrief.pseudonyms import Pseudonyms
from tabletop.debrief.sheets.sheet import Sheet
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e

HEAD = ("exercise", "minute", "scene", "seat", "kind", "decision", "practice", "task", "text")


def observations(telling: Telling, pseudonyms: Pseudonyms) -> Sheet:
    """A row for each; where its words were erased it says nothing."""
    rows = tuple(
        (
            telling.record.header.id,
            step.at // 60_000,
            step.before.scene,
            pseudonyms.of(event.seat),
            event.kind,
            event.decision,
            event.practice,
            event.task,
            telling.word(event.words) or "",
        )
        for step in telling.everything
        if isinstance(event := step.event, e.Observed)
    )
    return Sheet("observations", HEAD, rows)

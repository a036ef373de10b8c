"""Every fact told, and every fact kept until it could no longer be told."""

from tabletop.debrief.sheets.sheet import Sheet
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e

HEAD = (
    *("exercise", "minute", "scene", "fact", "from_role", "to_role"),
    *("told", "consent", "vc", "ci", "critical", "counts"),
)


def facts(telling: Telling) -> Sheet:
    """A row for each."""
    rows = []
    for step in telling.of(e.FactShared, e.OfferClosed):
        event, where = step.event, (telling.record.header.id, step.at // 60_000, step.before.scene)
        if isinstance(event, e.FactShared):
            row = (
                *where, event.fact, event.sender, event.to,
                True, event.consent, event.vc, event.ci, event.critical, event.counts,
            )  # fmt: skip
        elif isinstance(event, e.OfferClosed):
            row = (
                *where, event.fact, event.holder, event.to,
                False, "", event.vc, event.ci, False, event.counts,
            )  # fmt: skip
        else:
            continue
        rows.append(row)
    return Sheet("facts", HEAD, tuple(rows))

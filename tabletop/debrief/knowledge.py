"""Knowledge: who knew what, with everything in it given its name."""

from collections.abc import Callable, Iterator

from tabletop.debrief.among import Disclosed, Knowledge, KnownFact, Learned, NotShared
from tabletop.debrief.analysis.knowing import Came, Disclosure, Hint, Knowing
from tabletop.debrief.prose import line
from tabletop.debrief.telling import Telling

SetOff = Callable[[int], tuple[str, ...]]
"""What followed from the event of a number, as sentences."""


def knowledge(telling: Telling, known: Knowing, set_off: SetOff) -> Knowledge:
    """Who knew what in an exercise, by the names of roles, facts and occasions."""
    return Knowledge(
        roles=telling.everyone(known.roles),
        facts=tuple(
            KnownFact(
                telling.fact_title(fact),
                tuple(_learned(telling, known.cells.get((fact, role))) for role in known.roles),
            )
            for fact in known.facts
        ),
        not_shared=tuple(_not_shared(telling, known)),
        disclosed=tuple(_disclosed(telling, each, set_off) for each in known.disclosures),
    )


def _learned(telling: Telling, cell: Came | Hint | None) -> Learned | None:
    match cell:
        case Came(how="told"):
            return Learned(cell.at, "told", telling.who(cell.by), "", cell.consent, cell.joining)
        case Came():
            return Learned(cell.at, cell.how, None, _through(telling, cell), "", cell.joining)
        case Hint():
            return Learned(cell.at, "hinted", telling.who(cell.by))
    return None


def _through(telling: Telling, came: Came) -> str:
    match came.how:
        case "decision":
            return telling.decision_title(came.by)
        case "inject":
            return line(telling.fill(telling.engine.plan.inject(came.by).title))
        case "fact":
            return telling.fact_title(came.by)
    return ""


def _not_shared(telling: Telling, known: Knowing) -> Iterator[NotShared]:
    for each in known.decisions:
        for fact in each.unshared:
            to, holders = telling.who(fact.to), telling.everyone(fact.holders)
            # What two stand-ins did not say to each other is nobody's matter in the room.
            if to.played or any(holder.played for holder in holders):
                yield NotShared(
                    telling.decision_title(each.decision),
                    each.at,
                    telling.fact_title(fact.fact),
                    to,
                    holders,
                    fact.since,
                )


def _disclosed(telling: Telling, each: Disclosure, set_off: SetOff) -> Disclosed:
    purpose = ""
    if each.under:
        consent = telling.scenario.consents[each.under]
        purpose = f"{line(telling.fill(consent.giver))}, {line(telling.fill(consent.purpose))}"
    return Disclosed(
        at=each.at,
        fact=telling.fact_title(each.fact, each.to),
        sender=telling.who(each.sender),
        to=telling.who(each.to),
        told=each.told,
        privileged=each.privileged,
        consent=each.consent,
        purpose=purpose,
        critical=each.critical,
        marked=each.counts,
        set_off=set_off(each.number),
    )

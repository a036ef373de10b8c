"""Snapshots: what a role knew at a moment, and what somebody could have told it and had not.

A choice is looked at with what was known then, before what came of it. Of all a role did not know,
only what another role already held and could rightly have told it is named: the rest could not
have been known, or was not anyone's to tell.
"""

from collections.abc import Iterable

from tabletop.debrief.parts import Missing, Snapshot
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise.plan import decision_conditions, reads
from tabletop.exercise.state import State

MOST = 3
"""The most facts named as missing: about what one reader keeps in mind."""


def snapshot(telling: Telling, step: Step, role: str, decision: str = "") -> Snapshot:
    """What a role knew right before a step; facts a decision turns on are named first."""
    state = step.before
    known = (telling.fact_title(fact, role) for fact in state.known.get(role, {}))
    asked = _spoken_to(telling, step, role)
    missing = [
        Missing(
            title=telling.fact_title(fact, role),
            holders=telling.everyone(holders),
            asked=bool(asked.intersection(holders)),
        )
        for fact, holders in _missing(telling, state, role, decision)
    ]
    return Snapshot(
        telling.who(role), tuple(title for title in known if title), tuple(missing[:MOST])
    )


def _missing(
    telling: Telling, state: State, role: str, decision: str
) -> Iterable[tuple[str, tuple[str, ...]]]:
    turned_on = _turned_on(telling, role, decision)
    found: dict[str, list[str]] = {}
    for (fact, holder, to, number), status in state.offers.items():
        if to != role or status == "taken" or state.knows(role, fact):
            continue
        right = telling.share_standing(state, fact, number).right
        if right and state.knows(holder, fact):
            found.setdefault(fact, []).append(holder)
    return sorted(
        ((fact, tuple(dict.fromkeys(holders))) for fact, holders in found.items()),
        key=lambda each: each[0] not in turned_on,
    )


def _turned_on(telling: Telling, role: str, decision: str) -> set[str]:
    if not decision:
        return set()
    conditions = decision_conditions(telling.decision(decision))
    return {read[2] for read in reads(conditions) if read[0] == "knows" and read[1] == role}


def _spoken_to(telling: Telling, until: Step, role: str) -> set[str]:
    found: set[str] = set()
    for step, event in telling.told("message"):
        if step.number > until.number:
            break
        if event.sender == role:
            found.update(to for to in event.to if to != role)
    return found

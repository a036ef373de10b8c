"""xAPI: a statement for each answer that was committed, for a learning record store.

Actors are pseudonyms, other in each exercise, unless names were asked for; nothing anyone wrote
goes along. A statement's id follows from the exercise and the answer, so sending it twice stores it
once. The version is 1.0.3, which every store takes.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from tabletop.debrief.pseudonyms import Pseudonyms
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e

VERSION = "1.0.3"
HOME = "https://tabletop.invalid"
"""Stands for this program in names of things; nothing is there to be asked."""
_SPACE = UUID("6f0b6b0e-7d6a-5c1e-9d57-2f0a3c1d9b42")
_MOST = 4
"""The highest confidence."""


def statements(telling: Telling) -> tuple[dict[str, Any], ...]:
    """Every statement, in order."""
    return tuple(_statements(telling))


def _statements(telling: Telling) -> Iterator[dict[str, Any]]:
    pseudonyms = Pseudonyms(telling)
    settled = {
        step.event.decision: step.event
        for step in telling.of(e.Settled)
        if isinstance(step.event, e.Settled)
    }
    for step in telling.of(e.Committed):
        event = step.event
        if isinstance(event, e.Committed) and _person(telling, event.seat):
            yield _statement(telling, pseudonyms, step, event, settled.get(event.decision))


def _person(telling: Telling, seat: str) -> bool:
    found = telling.state.seats.get(seat)
    return found is not None and found.kind == "player"


def _statement(
    telling: Telling,
    pseudonyms: Pseudonyms,
    step: Step,
    event: e.Committed,
    settled: e.Settled | None,
) -> dict[str, Any]:
    header = telling.record.header
    exercise = uuid5(_SPACE, f"{header.id} {header.created}")
    at = datetime.fromisoformat(header.created) + timedelta(milliseconds=step.at)
    return {
        "id": str(uuid5(exercise, f"{step.number} {event.decision} {event.seat}")),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": HOME, "name": pseudonyms.of(event.seat)},
        },
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/answered",
            "display": {"en-US": "answered"},
        },
        "object": _activity(telling, event.decision),
        "result": {"response": event.option, "extensions": _extensions(event, settled)},
        "context": {
            "registration": str(exercise),
            "platform": "tabletop",
            "language": "en-US",
            "contextActivities": {
                "parent": [{"objectType": "Activity", "id": _scenario(telling)}],
            },
            "extensions": {f"{HOME}/xapi/role": telling.role_of(event.seat)},
        },
        "timestamp": at.isoformat(),
        "version": VERSION,
    }


def _activity(telling: Telling, decision: str) -> dict[str, Any]:
    opened = telling.opened(decision)
    offered = [name for name, _ in opened.options] if opened else []
    return {
        "objectType": "Activity",
        "id": f"{_scenario(telling)}/decisions/{decision}",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "name": {"en-US": telling.decision_title(decision)},
            "description": {"en-US": telling.ask_text(decision)},
            "interactionType": "choice",
            "choices": [
                {"id": name, "description": {"en-US": telling.option_text(decision, name)}}
                for name in offered
            ],
        },
    }


def _extensions(event: e.Committed, settled: e.Settled | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if event.confidence:
        found[f"{HOME}/xapi/confidence"] = f"{event.confidence} of {_MOST}"
    if settled is not None:
        found[f"{HOME}/xapi/settled"] = settled.option
        judged = {each.option: each for each in settled.marks}.get(event.option)
        if judged is not None:
            found[f"{HOME}/xapi/marks"] = {
                "victim_centeredness": judged.vc,
                "case_integrity": judged.ci,
            }
    return found


def _scenario(telling: Telling) -> str:
    name = telling.record.header.scenario_name.rsplit("/", 1)[-1]
    safe = "".join(each if each.isascii() and each.isalnum() else "_" for each in name)
    return f"{HOME}/scenarios/{safe or 'scenario'}"

"""Sources: which act, inject or beginning brought each change about.

An event that changes something follows what brought it in the same entry, and nothing else that
could have comes between them. A consent that runs out on the way to a scene was ended by nothing of
the kind and has no source here.
"""

from collections.abc import Mapping

from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e
from tabletop.exercise.plan import changes
from tabletop.scenario.conditions import Read
from tabletop.scenario.model import Effects

BRINGING = (e.Started, e.Settled, e.FactShared, e.InjectDelivered)
"""What may change something."""
CHANGING = (e.Changed, e.Learned, e.ConsentGiven, e.ConsentEnded)


def sources(telling: Telling) -> Mapping[int, Step]:
    """By the number of each change, the step that brought it about."""
    found: dict[int, Step] = {}
    bringing: Step | None = None
    for step in telling.steps:
        if isinstance(step.event, BRINGING):
            bringing = step
        elif bringing is None or bringing.seq != step.seq:
            bringing = None
        elif isinstance(step.event, CHANGING) and _may_bring(telling, bringing.event, step.event):
            found[step.number] = bringing
    return found


def effects(telling: Telling, event: e.Event) -> Effects | None:
    """The authored effects of an act or inject."""
    match event:
        case e.Settled():
            return telling.decision(event.decision).options[event.option]
        case e.FactShared():
            return telling.scenario.facts[event.fact].share[event.offer]
        case e.InjectDelivered():
            return telling.engine.plan.inject(event.inject)
    return None


def changed(event: e.Event) -> Read | None:
    """What an event changes, named as conditions read it."""
    match event:
        case e.Changed():
            return ("name", event.name)
        case e.Learned():
            return ("knows", event.role, event.fact)
        case e.ConsentGiven() | e.ConsentEnded():
            return ("granted", event.consent)
    return None


def _may_bring(telling: Telling, bringing: e.Event, change: e.Event) -> bool:
    if isinstance(change, e.Learned) and change.how == "held":
        return isinstance(bringing, e.Started)
    if isinstance(change, e.Learned) and change.how == "shared":
        return isinstance(bringing, e.FactShared)
    authored = effects(telling, bringing)
    return authored is not None and changed(change) in set(changes(authored))

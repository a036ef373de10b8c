"""Steering: what a facilitator did to the story, and what those who conducted noted.

None of it is marked. After going back people know what came of their first answers; what they knew
is read from the entries the rewind left behind.
"""

from collections.abc import Iterator

from tabletop.debrief.parts import Observed, Steered
from tabletop.debrief.prose import line, plain
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e
from tabletop.exercise.record import Entry, trunk
from tabletop.exercise.state import PUBLIC, Observation


def steered(telling: Telling) -> tuple[Steered, ...]:
    """What a facilitator did, in order, and stops for care without a name."""
    return tuple(
        found for step in telling.everything if (found := _steered(telling, step)) is not None
    )


def observed(telling: Telling) -> tuple[Observed, ...]:
    """What was noted, in order."""
    return tuple(
        Observed(event.kind, step.at, _words(telling, event.words), _about(telling, event))
        for step in telling.everything
        if isinstance(event := step.event, e.Observed)
    )


def observation(telling: Telling, noted: Observation) -> Observed:
    """What was noted, by what the state keeps of it."""
    return Observed(noted.kind, noted.at, _words(telling, noted.words), _about(telling, noted))


def _steered(telling: Telling, step: Step) -> Steered | None:
    at = step.at
    match step.event:
        case e.Jumped(scene=scene, reason=reason):
            return Steered("jumped", at, telling.scene_title(scene), _words(telling, reason))
        case e.Rewound(moment=number, reason=reason) as event:
            title = _moment(telling, step, number)
            return Steered(
                "rewound", at, title, _words(telling, reason), known=_known(telling, event)
            )
        case e.Settled(how="facilitator", decision=decision, reason=reason):
            title = telling.decision_title(decision)
            return Steered("settled", at, title, _words(telling, reason))
        case e.Told(kind="written", to=to, words=words):
            reached = () if PUBLIC in to else telling.everyone(to)
            return Steered("written", at, _words(telling, words) or "", to=reached)
        case e.InjectHeld(inject=inject, on=True):
            return Steered("held", at, _inject(telling, inject))
        case e.InjectOmitted(inject=inject):
            return Steered("omitted", at, _inject(telling, inject))
        case e.CareAsked():
            return Steered("care", at)
    return None


def _words(telling: Telling, reference: str) -> str | None:
    if not reference:
        return ""
    word = telling.word(reference)
    return None if word is None else plain(word)


def _inject(telling: Telling, inject: str) -> str:
    return line(telling.fill(telling.engine.plan.inject(inject).title))


def _moment(telling: Telling, step: Step, number: int) -> str:
    # The state it went back to is the one right after that moment, which is its last.
    assert len(step.before.moments) >= number
    found = step.before.moments[number - 1]
    if found.kind == "scene":
        return telling.scene_title(found.item)
    return telling.decision_title(found.item)


def _known(telling: Telling, event: e.Rewound) -> tuple[str, ...]:
    """The decisions that had been settled on the way that was left."""
    kept = {entry.seq for entry in trunk(telling.record.entries)}
    for entry in telling.record.entries:
        if event in entry.events:
            left = (
                each
                for each in telling.record.entries
                if entry.parent < each.seq < entry.seq and each.seq not in kept
            )
            return tuple(dict.fromkeys(_settled(telling, left)))
    return ()


def _settled(telling: Telling, entries: Iterator[Entry]) -> Iterator[str]:
    for entry in entries:
        for event in entry.events:
            if isinstance(event, e.Settled):
                yield telling.decision_title(event.decision)


def _about(telling: Telling, event: e.Observed | Observation) -> tuple[str, ...]:
    found = []
    if event.decision:
        found.append(telling.decision_title(event.decision))
    objective, _, task = event.task.partition(".")
    authored = telling.scenario.objectives.get(objective)
    if authored is not None and task in authored.tasks:
        found.append(line(telling.fill(authored.tasks[task].text)))
    practice = telling.guidance.practices.get(event.practice)
    if practice is not None:
        found.append(line(practice.title))
    return tuple(found)

"""Concluded: what people entered once play was over, beside what the record itself proposes.

Ratings stand as proposed until somebody who watched has said more. Feedback of fewer than `ENOUGH`
people is not in a report at all, so that no format can show it by mistake; what people wrote is in
the order of the alphabet, so that nothing tells which sentences came together, or first.
"""

from collections import Counter
from collections.abc import Iterator
from typing import cast

from tabletop.debrief.analysis.ratings import TaskProposal, proposals, worst
from tabletop.debrief.choices import Choice
from tabletop.debrief.citations import cited
from tabletop.debrief.conclusion_parts import (
    CapabilityRating,
    Concluded,
    Feedback,
    Improvement,
    ObjectiveRating,
    Shown,
    Signature,
    Statement,
    TaskRating,
)
from tabletop.debrief.findings import Reader
from tabletop.debrief.prose import line, plain
from tabletop.debrief.steering import observation
from tabletop.debrief.telling import Telling
from tabletop.exercise import afterwards as a

ENOUGH = 3
"""How many answers hide who gave which."""


def concluded(reader: Reader, made: tuple[Choice, ...]) -> Concluded:
    """Ratings, improvements, feedback and signatures."""
    telling = reader.telling
    objectives = tuple(_objectives(reader, proposals(telling, made)))
    return Concluded(
        watched=telling.state.facilitated,
        objectives=objectives,
        capabilities=tuple(_capabilities(telling, objectives)),
        improvements=tuple(_improvements(telling)),
        feedback=_feedback(telling),
        signatures=tuple(_signatures(telling)),
    )


def _capabilities(
    telling: Telling, objectives: tuple[ObjectiveRating, ...]
) -> Iterator[CapabilityRating]:
    belongs = {name: each.capability for name, each in telling.scenario.objectives.items()}
    for name in dict.fromkeys(belongs.values()):
        said = telling.state.capabilities.get(name)
        now = worst(each.final for each in objectives if belongs[each.id] == name)
        yield CapabilityRating(
            name=line(telling.fill(name)),
            proposed=said.proposed if said else now,
            rating=said.rating if said else "",
            reason=_said(telling, said.reason) if said else "",
        )


def _objectives(reader: Reader, proposed: tuple[TaskProposal, ...]) -> Iterator[ObjectiveRating]:
    telling = reader.telling
    for name, objective in telling.scenario.objectives.items():
        tasks = tuple(_task(reader, each) for each in proposed if each.objective == name)
        yield ObjectiveRating(
            id=name,
            title=line(telling.fill(objective.title)),
            capability=line(telling.fill(objective.capability)),
            target=plain(telling.fill(objective.target)),
            tasks=tasks,
            final=worst(task.final for task in tasks),
        )


def _task(reader: Reader, proposed: TaskProposal) -> TaskRating:
    telling = reader.telling
    authored = telling.scenario.objectives[proposed.objective].tasks[proposed.task]
    said = telling.state.ratings.get(proposed.name)
    seat = telling.state.seats.get(said.seat) if said else None
    return TaskRating(
        id=proposed.name,
        text=line(telling.fill(authored.text)),
        guidance=cited(telling.guidance, authored.practices),
        proposed=said.proposed if said else proposed.rating,
        suggested=proposed.rating,
        rating=said.rating if said else "",
        reason=_said(telling, said.reason) if said else "",
        by=seat.kind if seat else "",
        shown=tuple(
            Shown(
                each.choice.step.at,
                reader.title(each.choice),
                reader.wording(each.choice, each.choice.way),
                each.done,
                bool(each.choice.better and each.choice.missed),
                each.choice.way.critical,
            )
            for each in proposed.evidence
        ),
        observed=tuple(
            observation(telling, telling.state.observations[number - 1])
            for number in proposed.observations
        ),
    )


def _improvements(telling: Telling) -> Iterator[Improvement]:
    state, objectives = telling.state, telling.scenario.objectives
    for number, each in state.improvements.items():
        update, back = state.actions.get(number), state.withdrawn.get(number)
        objective = objectives.get(each.objective)
        yield Improvement(
            number=number,
            issue=_said(telling, each.issue),
            action=_said(telling, each.action),
            element=each.element,
            owner=_said(telling, each.owner),
            contact=_said(telling, each.contact) if telling.names else "",
            start=each.start,
            due=(update.due if update else "") or each.due,
            capability=line(telling.fill(objective.capability)) if objective else "",
            objective=line(telling.fill(objective.title)) if objective else "",
            decisions=tuple(telling.decision_title(decision) for decision in each.decisions),
            observations=tuple(
                observation(telling, state.observations[observed - 1])
                for observed in each.observations
            ),
            status=update.status if update else "open",
            note=_said(telling, update.note) if update else "",
            updated=update.on if update else "",
            withdrawn=back is not None,
            why=_said(telling, back.reason) if back else "",
        )


def _feedback(telling: Telling) -> Feedback:
    given = [event for event in telling.events if isinstance(event, a.FeedbackGiven)]
    if len(given) < ENOUGH:
        return Feedback(len(given), False)
    statements = []
    for statement in a.STATEMENTS:
        answers = Counter(
            answer for each in given for name, answer in each.answers if name == statement
        )
        if answers.total() >= ENOUGH:
            counts = tuple(answers[number] for number in range(1, 6))
            statements.append(Statement(statement, cast("tuple[int, int, int, int, int]", counts)))
    words = []
    for part in a.PARTS:
        said = (telling.word(reference) for each in given if (reference := getattr(each, part)))
        texts = sorted((line(each) for each in said if each), key=str.casefold)
        words.append((part, tuple(texts)))
    return Feedback(len(given), True, tuple(statements), tuple(words))


def _signatures(telling: Telling) -> Iterator[Signature]:
    now = a.digest(telling.state)
    for each in telling.state.signatures:
        yield Signature(
            name=_said(telling, each.name) if telling.names else "",
            organization=_said(telling, each.organization),
            role=_said(telling, each.role),
            on=each.on,
            digest=each.digest,
            holds=each.digest == now,
        )


def _said(telling: Telling, reference: str) -> str | None:
    """A person's words on one line; nothing where they were erased."""
    word = telling.word(reference) if reference else ""
    return None if word is None else line(word)

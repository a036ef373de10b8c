"""The strand of working together, and what came of what: told as a story and never scored."""

from collections.abc import Iterator

from tabletop.debrief.choices import Choice
from tabletop.debrief.citations import cited
from tabletop.debrief.parts import Collaboration, SceneStory, Shared, Trace, Who
from tabletop.debrief.prose import line
from tabletop.debrief.reasons import Explainer
from tabletop.debrief.telling import Telling
from tabletop.debrief.timeline import shares
from tabletop.exercise import events as e
from tabletop.exercise.plan import changes, reads
from tabletop.scenario.model import Inject
from tabletop.scenario.texts import ALL


def collaboration(
    telling: Telling,
    story: tuple[SceneStory, ...],
    made: tuple[Choice, ...],
    explainer: Explainer,
) -> Collaboration:
    """What was told, asked and kept between the roles."""
    every = shares(story)
    return Collaboration(
        told=tuple(each for each in every if not each.kept and _ours(each)),
        not_told=tuple(each for each in every if each.kept),
        messages=sum(
            isinstance(event, e.Told) and event.kind == "message" for event in telling.events
        ),
        heard=tuple(_consulted(telling, heard=True)),
        silent=tuple(_consulted(telling, heard=False)),
        practices=cited(
            telling.guidance,
            (
                practice
                for choice in made
                if choice.counts and not choice.better and max(choice.worth) > 0
                for practice in _together(telling, choice)
            ),
        ),
        came_of=tuple(_came_of(telling, made, explainer)),
    )


def _together(telling: Telling, choice: Choice) -> Iterator[str]:
    """The practices of working together that the way taken cites."""
    for name in choice.way.mark.practices if choice.way.mark else ():
        practice = telling.guidance.practices.get(name)
        if practice is not None and "collab" in (practice.axis, practice.also):
            yield name


def _came_of(
    telling: Telling, made: tuple[Choice, ...], explainer: Explainer
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What people told, kept, gave notice of or agreed to, with what came of it."""
    deciding = {
        choice.step.number
        for choice in made
        if choice.kind == "decision" and choice.counts and any(_together(telling, choice))
    }
    state = telling.state
    for step in telling.steps:
        match step.event:
            case e.FactShared(sender=one, to=other):
                ours = state.played(one) or state.played(other)
            case e.OfferMade(fact, one, other, number):
                taken = state.offers[fact, one, other, number] == "taken"
                ours = not taken and (state.played(one) or state.played(other))
            case e.ConsentGiven():
                ours = True
            case _:
                ours = step.number in deciding
        if ours and (followed := explainer.followed(step.number)):
            yield explainer.clause(explainer.causes[step.number]), followed


def _ours(share: Shared) -> bool:
    return share.sender.played or share.to.played


def _consulted(telling: Telling, *, heard: bool) -> Iterator[tuple[Who, str]]:
    for name, decision in telling.state.decisions.items():
        if not decision.settled or not any(telling.state.played(role) for role in decision.by):
            continue
        for role in decision.consult:
            if (role in decision.advised) is heard:
                yield telling.who(role), telling.decision_title(name)


def either_way(telling: Telling) -> tuple[str, ...]:
    """Injects to those who played that come on every route.

    They are unconditional, and stand in scenes that no route leaves out.
    """
    reached = {ALL, *telling.played}
    titles = (
        line(telling.fill(inject.title))
        for name, inject in _delivered(telling)
        if inject.when is None
        and not inject.held
        and not reached.isdisjoint(inject.to)
        and _unavoidable(telling, telling.engine.plan.scene_of_inject[name])
    )
    return tuple(dict.fromkeys(titles))


def traces(telling: Telling, made: tuple[Choice, ...]) -> tuple[Trace, ...]:
    """Injects that hung on earlier decisions of people, with those decisions."""
    bettered = {
        choice.name
        for choice in made
        if choice.kind == "decision" and (choice.better or choice.way.critical)
    }
    at = {
        step.event.inject: step.at
        for step in telling.of(e.InjectDelivered)
        if isinstance(step.event, e.InjectDelivered)
    }
    settled = [
        (name, decision.settled)
        for name, decision in telling.state.decisions.items()
        if decision.settled and any(telling.state.played(role) for role in decision.by)
    ]
    found = []
    for name, inject in _delivered(telling):
        condition = inject.when or (inject.alone if not telling.state.facilitated else None)
        wanted = set(reads((condition,)))
        causes = [
            (decision, option)
            for decision, option in settled
            if ("name", decision) in wanted
            or not wanted.isdisjoint(changes(telling.decision(decision).options[option]))
        ]
        if causes:
            found.append(
                Trace(
                    inject=line(telling.fill(inject.title)),
                    at=at[name],
                    choices=tuple(
                        (telling.decision_title(decision), telling.option_text(decision, option))
                        for decision, option in causes
                    ),
                    good=bettered.isdisjoint(decision for decision, _ in causes),
                )
            )
    return tuple(found)


def _delivered(telling: Telling) -> Iterator[tuple[str, Inject]]:
    for name in telling.state.delivered:
        yield name, telling.engine.plan.inject(name)


def _unavoidable(telling: Telling, scene: str) -> bool:
    """Whether every route from the start to an ending comes through a scene."""
    scenes = telling.scenario.scenes
    waiting = [telling.scenario.start]
    seen = {scene}
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        if scenes[here].ending:
            return False
        seen.add(here)
        waiting.extend(way.to for way in scenes[here].next)
    return True

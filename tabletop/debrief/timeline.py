"""The timeline: what happened, scene by scene, and at each decision what was known then.

Pauses, steps out and skipped passages are nobody's business afterwards and are left out.
"""

from collections.abc import Iterator
from dataclasses import replace

from tabletop.debrief.choices import Choice
from tabletop.debrief.parts import Answered, Decided, Happened, Moment, SceneStory, Shared, Written
from tabletop.debrief.prose import line, plain
from tabletop.debrief.snapshots import snapshot
from tabletop.debrief.telling import Step, Telling, title_of
from tabletop.exercise import events as e
from tabletop.exercise.state import PUBLIC
from tabletop.wording import say


def story(telling: Telling, made: tuple[Choice, ...], language: str) -> tuple[SceneStory, ...]:
    """What happened, scene by scene."""
    by_number = {choice.step.number: choice for choice in made}
    found: list[tuple[SceneStory, list[Moment]]] = []
    for step in telling.steps:
        if isinstance(step.event, e.SceneEntered):
            found.append((_scene(telling, step.event.scene, step.at), []))
        elif found:
            for what in _moments(telling, step, by_number.get(step.number), language):
                found[-1][1].append(Moment(step.at, what))
    return tuple(replace(scene, moments=tuple(moments)) for scene, moments in found)


def shares(told: tuple[SceneStory, ...]) -> tuple[Shared, ...]:
    """Every fact told or kept in a story."""
    return tuple(
        moment.what for scene in told for moment in scene.moments if isinstance(moment.what, Shared)
    )


def _scene(telling: Telling, scene: str, at: int) -> SceneStory:
    return SceneStory(
        module=line(telling.fill(telling.scenario.module_of(scene))),
        title=telling.scene_title(scene),
        time=line(telling.fill(telling.scene(scene).time or "")),
        at=at,
        ending=telling.scene(scene).ending,
        moments=(),
    )


def _moments(
    telling: Telling, step: Step, choice: Choice | None, language: str
) -> Iterator[Decided | Shared | Happened]:
    match step.event:
        case e.Settled() as event if choice is not None:
            yield _decided(telling, step, event, choice, language)
        case e.FactShared() as event:
            yield Shared(
                sender=telling.who(event.sender),
                to=telling.who(event.to),
                fact=telling.fact_title(event.fact, event.to),
                told=event.told,
                kept=False,
                consent=event.consent,
                marked=event.counts,
            )
        case e.OfferClosed() as event if event.missed and event.counts and (event.vc or event.ci):
            yield Shared(
                sender=telling.who(event.holder),
                to=telling.who(event.to),
                fact=telling.fact_title(event.fact, event.holder),
                told=False,
                kept=True,
                consent="",
                marked=True,
            )
        case e.InjectDelivered() as event:
            yield _inject(telling, step, event)
        case e.RoleJoined() as event if step.before.visited and step.before.decisions:
            yield Happened("joined", "", to=(telling.who(event.role),))
        case e.Told(kind="message") as event:
            others = [role for role in event.to if role != event.sender]
            everyone = event.item == "all"
            yield Happened(
                "message",
                "",
                to=() if everyone else telling.everyone(others),
                written=telling.written(event.sender, event.words) if event.sender else None,
                sender="" if event.sender else telling.word(event.words) or "",
            )
        case e.ConsentGiven() as event:
            yield Happened("consent_given", _purpose(telling, event.consent))
        case e.ConsentEnded() as event:
            yield Happened("consent_ended", _purpose(telling, event.consent))


def _purpose(telling: Telling, consent: str) -> str:
    found = telling.scenario.consents[consent]
    return f"{line(telling.fill(found.giver))}, {line(telling.fill(found.purpose))}"


def _inject(telling: Telling, step: Step, event: e.InjectDelivered) -> Happened:
    inject = telling.engine.plan.inject(event.inject)
    everyone = "all" in inject.to
    joined = [role for role in inject.to if role in step.before.joined]
    return Happened(
        "inject",
        line(telling.fill(inject.title)),
        sender=line(telling.fill(inject.sender or "")),
        to=() if everyone else telling.everyone(joined),
    )


def _decided(
    telling: Telling, step: Step, event: e.Settled, choice: Choice, language: str
) -> Decided:
    standing = step.before.decisions[event.decision]
    decision = telling.decision(event.decision)
    roles = choice.roles if choice.counts else _people_of(telling, standing.by)
    return Decided(
        id=event.decision,
        title=telling.decision_title(event.decision),
        ask=telling.ask_text(event.decision),
        by=telling.everyone(standing.by),
        chosen=telling.option_text(event.decision, event.option),
        how=_how(telling, event, language),
        answers=tuple(
            Answered(
                who=telling.who(telling.role_of(seat)),
                option=telling.option_text(event.decision, answer.option),
                reason=telling.word(answer.reason) if answer.reason else "",
                because=line(telling.fill(decision.reasons[answer.because].text))
                if answer.because in decision.reasons
                else "",
                confidence=answer.confidence,
            )
            for seat, answer in standing.answers.items()
        ),
        advice=tuple(_advice(telling, step, event.decision)),
        # Stand-ins who decide alone wait for no advice, so nobody was silent there.
        silent=()
        if event.how == "stand_in"
        else telling.everyone(r for r in standing.consult if r not in standing.advised),
        snapshots=tuple(snapshot(telling, step, role, event.decision) for role in roles),
        marked=choice.counts,
        outcome=_outcome(telling, step, event),
        earlier=tuple(_earlier(telling, step, event)),
    )


def _earlier(telling: Telling, settled: Step, event: e.Settled) -> Iterator[str]:
    """What the same decision was answered with on ways that a rewind left behind."""
    for step in telling.left_behind:
        before = step.event
        if step.seq > settled.seq or not isinstance(before, e.Settled):
            continue
        if before.decision == event.decision:
            yield telling.option_text(event.decision, before.option) or title_of(before.option)


def _people_of(telling: Telling, roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(role for role in roles if telling.state.played(role))


def _how(telling: Telling, event: e.Settled, language: str) -> str:
    match event.how:
        case "stand_in":
            return say("The stand-in decided by its rule; told, not marked.", language=language)
        case "facilitator":
            return say("The facilitator decided; told, not marked.", language=language)
        case "alone":
            return say("The answers gave no result and one person decided.", language=language)
        case "majority":
            return say("The majority decided.", language=language)
        case "unanimous":
            return say("All agreed.", language=language)
        case "lead":
            lead = telling.who(event.credit[0][0]).role if event.credit else ""
            if not lead:
                return say("A stand-in led; told, not marked.", language=language)
            return say("The {role} led.", language=language, role=lead)
        case _:
            return ""


def _advice(telling: Telling, until: Step, decision: str) -> Iterator[Written]:
    for step, event in telling.told("advice"):
        if step.number > until.number:
            break
        if event.item == decision:
            if event.words:
                yield telling.written(event.sender, event.words)
            else:
                yield Written(telling.who(event.sender), plain(telling.text(event.path)))


def _outcome(telling: Telling, settled: Step, event: e.Settled) -> str:
    """What those who decided were told right after; nothing privileged travels in it."""
    for step, told in telling.told("outcome"):
        if told.item == event.decision and step.number > settled.number and set(told.to) - {PUBLIC}:
            return plain(telling.text(told.path))
    return ""

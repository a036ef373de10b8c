"""Marks: what the author wrote behind a place, which players never see.

Marks with their reasons and practices, effects, conditions, other wordings, ways on, what stand-ins
do and what the facilitator reads.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tabletop.authoring.diagram.worded import worded
from tabletop.authoring.places import Place
from tabletop.console.told import roles, spaced
from tabletop.console.typeset import Block, BlockKind, plain
from tabletop.debrief.wordings import mark
from tabletop.scenario.conditions import Condition
from tabletop.scenario.model import (
    Decision,
    Effects,
    Fact,
    Inject,
    Marked,
    PlainMark,
    Role,
    Scenario,
    Scene,
)
from tabletop.scenario.texts import ALL, Text
from tabletop.wording import say


def marks(scenario: Scenario, place: Place) -> tuple[Block, ...]:
    """What stands behind a place."""
    name = place.name
    match place.kind:
        case "scene":
            return tuple(_scene(scenario.scenes[name]))
        case "decision":
            return tuple(_decision(_decisions(scenario)[name]))
        case "inject":
            return tuple(_inject(_injects(scenario)[name]))
        case "fact":
            return tuple(_fact(scenario.facts[name]))
        case "role":
            return tuple(_role(scenario.roles[name]))
    return tuple(_whole(scenario))


def exists(scenario: Scenario, place: Place) -> bool:
    """Whether a scenario has such a place."""
    held: Mapping[str, Mapping[str, object]] = {
        "scene": scenario.scenes,
        "decision": _decisions(scenario),
        "inject": _injects(scenario),
        "fact": scenario.facts,
        "role": scenario.roles,
    }
    return place.kind == "whole" or place.name in held[place.kind]


def scene_of(scenario: Scenario, place: Place) -> str:
    """The scene a place belongs to; empty where it belongs to none, or is not there."""
    for name, scene in scenario.scenes.items():
        held = {"scene": (name,), "decision": scene.decisions, "inject": scene.injects}
        if place.name in held.get(place.kind, ()):
            return name
    return ""


def audience(scenario: Scenario, place: Place) -> frozenset[str]:
    """The roles a place is for: who decides or may advise, who receives, who holds."""
    named: tuple[str, ...] = ()
    match place.kind:
        case "decision":
            decision = _decisions(scenario)[place.name]
            named = (*decision.by, *decision.consult)
        case "inject":
            named = _injects(scenario)[place.name].to
        case "fact":
            named = scenario.facts[place.name].held_by
    return frozenset(scenario.roles) if named == (ALL,) else frozenset(named)


def _decisions(scenario: Scenario) -> dict[str, Decision]:
    return {name: each for s in scenario.scenes.values() for name, each in s.decisions.items()}


def _injects(scenario: Scenario) -> dict[str, Inject]:
    return {name: each for s in scenario.scenes.values() for name, each in s.injects.items()}


# One kind of place each.


def _whole(scenario: Scenario) -> Iterator[Block]:
    yield plain(scenario.summary)
    yield _heading(say("Minutes"))
    yield _line(
        say(
            "{alone} alone, {group} in a group",
            alone=scenario.minutes.alone,
            group=scenario.minutes.group,
        )
    )
    if scenario.state:
        yield _heading(say("State"))
    for name, variable in scenario.state.items():
        first = f"{name} = {str(variable.start).lower()}"
        if variable.range is not None:
            first += say(", {least} to {most}", least=variable.range[0], most=variable.range[1])
        yield plain(first, "strong")
        yield _under(variable.means)
        if variable.known_to:
            yield _under(say("known to {roles}", roles=roles(variable.known_to)), "note")
    for name, objective in scenario.objectives.items():
        yield _heading(say("Objective {name}", name=name))
        yield _line(objective.target)
        for task in objective.tasks.values():
            yield _item(f"{task.text} ({', '.join(task.practices)})")


def _role(role: Role) -> Iterator[Block]:
    yield _line(role.name)
    yield plain(spaced(role.hat or role.discipline), "note")
    if role.joins:
        yield plain(say("joins with {scene}", scene=role.joins), "note")
    yield _heading(say("Brief"))
    yield from _wordings(role.brief)


def _fact(fact: Fact) -> Iterator[Block]:
    holders = roles(fact.held_by) if fact.held_by else say("nobody at first")
    if fact.title:
        yield plain(fact.title, "title")
    yield _line(say("{kind}, held by {roles}", kind=spaced(fact.fact_class), roles=holders))
    yield from _wordings(fact.text)
    for share in fact.share:
        yield _heading(say("Share with {roles}", roles=roles(share.to)))
        window = ", ".join(share.during) if share.during else say("any scene")
        yield plain(say("during {scenes}", scenes=window), "note")
        yield from _marked(share)
        for title, other in (
            (say("kept"), share.kept),
            (say("without consent"), share.without),
            (say("after consent has ended"), share.lapsed),
        ):
            if other is not None:
                yield from _mark(other, f"{title}: ")
        if share.stand_in:
            yield plain(say("a stand-in shares it in {scene}", scene=share.stand_in), "note")


def _inject(inject: Inject) -> Iterator[Block]:
    yield plain(inject.title, "title")
    sender = say("from {sender}, ", sender=inject.sender) if inject.sender else ""
    yield _line(sender + say("to {roles}", roles=roles(inject.to)))
    if inject.when is not None:
        come = say("comes when {condition}", condition=worded(inject.when))
    elif inject.at_minute is not None:
        come = say("comes at minute {minute}", minute=inject.at_minute)
    elif inject.held:
        come = say("held for the facilitator")
        if inject.alone is not None:
            come += say("; alone, when {condition}", condition=worded(inject.alone))
    else:
        come = say("comes on entry")
    yield plain(come, "note")
    yield from _effects(inject)
    yield from _wordings(inject.text)
    for title, text in ((say("Note"), inject.note), (say("Expected"), inject.expect)):
        if text:
            yield _heading(title)
            yield _line(text)


def _scene(scene: Scene) -> Iterator[Block]:
    if scene.title:
        yield plain(scene.title, "title")
    told = [scene.time] if scene.time else []
    if scene.minutes:
        told.append(say("{minutes} minutes planned", minutes=scene.minutes))
    if told:
        yield _line(", ".join(told))
    for number, branch in enumerate(scene.next, 1):
        if number == 1:
            yield _heading(say("Ways on, the first that holds"))
        way = branch.to
        if branch.when is not None:
            way = say("{scene}, if {condition}", scene=way, condition=worded(branch.when))
        yield _item(way, f"{number}. ")
    for name, decision in scene.decisions.items():
        yield _heading(name)
        for option, each in decision.options.items():
            yield _item(f"{option}: {' / '.join(_axes(one) for one in each.key())}")
    yield _heading(say("Narration"))
    yield from _wordings(scene.narration)
    for audience, questions in scene.questions.items():
        yield _heading(say("Questions for {roles}", roles=spaced(audience)))
        yield from (_item(question) for question in questions)
    if scene.facilitator:
        yield _heading(say("For the facilitator"))
        yield _line(scene.facilitator)


def _decision(decision: Decision) -> Iterator[Block]:
    yield plain(decision.title, "title")
    point = f"{decision.point} · " if decision.point else ""
    yield _line(
        point + say("{roles} decide, {tension}", roles=roles(decision.by), tension=decision.tension)
    )
    if decision.consult:
        yield plain(say("{roles} may advise", roles=roles(decision.consult)), "note")
    if len(decision.by) > 1:
        yield plain(say("rule: {rule}", rule=decision.rule), "note")
    if decision.practices:
        practices = ", ".join(decision.practices)
        yield plain(say("practices of each option: {names}", names=practices), "note")
    if decision.when is not None:
        yield plain(say("asked if {condition}", condition=worded(decision.when)), "note")
    yield from _wordings(decision.ask)
    for number, (name, option) in enumerate(decision.options.items(), 1):
        yield _heading(f"{number} {name}")
        if option.when is not None:
            yield plain(say("offered if {condition}", condition=worded(option.when)), "note")
        yield from _wordings(option.text)
        yield from _marked(option)
        if option.outcome is not None:
            yield plain(say("what follows"), "note")
            yield from _wordings(option.outcome)
    for name, reason in decision.reasons.items():
        yield _heading(say("Reason {name}", name=name))
        yield _line(reason.text)
        fits = f", {worded(reason.fits)}" if reason.fits is not None else ""
        yield plain(say("for {options}", options=", ".join(reason.options)) + fits, "note")
    for role in decision.by:
        rules = decision.rules_for(role)
        if rules:
            yield _heading(say("A stand-in as {role}", role=spaced(role)))
        for rule in rules:
            yield _item(_if(rule.choose, rule.when))


# Pieces.


def _marked(given: Marked) -> Iterator[Block]:
    for each in given.key():
        yield from _mark(each, "", each.when)
    yield from _effects(given)


def _mark(given: PlainMark, lead: str = "", when: Condition | None = None) -> Iterator[Block]:
    yield plain(lead + _if(_axes(given), when), "strong")
    if given.because:
        yield _under(given.because)
    if given.practices:
        yield _under(", ".join(given.practices), "note")


def _axes(given: PlainMark) -> str:
    told = say("VC {vc}, CI {ci}", vc=mark(Fraction(given.vc)), ci=mark(Fraction(given.ci)))
    return say("{marks}, critical act", marks=told) if given.critical else told


def _effects(given: Effects) -> Iterator[Block]:
    told = [f"{name} = {str(value).lower()}" for name, value in given.set.items()]
    told += [f"{name} {value:+}" for name, value in given.add.items()]
    told += [
        say("{role} learns {facts}", role=spaced(role), facts=", ".join(facts))
        for role, facts in given.reveals.items()
    ]
    told += [say("grants {consent}", consent=each) for each in given.grant]
    told += [say("revokes {consent}", consent=each) for each in given.revoke]
    if told:
        yield _under(say("changes: {changes}", changes="; ".join(told)), "note")


def _wordings(text: Text) -> Iterator[Block]:
    """Every wording, with whom and when it is for where there are several."""
    for audience, variants in text.variants.items():
        for variant in variants:
            named = len(text.variants) > 1 or len(variants) > 1
            if named:
                yield plain(_if(say("to {role}", role=spaced(audience)), variant.when), "note")
            yield _under(variant.text) if named else _line(variant.text)
    if text.fade is not None:
        yield plain(say("gentler, for {themes}", themes=roles(text.themes)), "note")
        yield _under(text.fade)


def _if(told: str, condition: Condition | None) -> str:
    if condition is None:
        return told
    return say("{what}, if {condition}", what=told, condition=worded(condition))


def _heading(text: str) -> Block:
    return plain(text, "heading", gap=1)


def _line(text: str) -> Block:
    return plain(" ".join(text.split()))


def _under(text: str, kind: BlockKind = "text") -> Block:
    return Block(plain(" ".join(text.split())).text, (), kind, "  ", "  ")


def _item(text: str, lead: str = "• ") -> Block:
    return Block(plain(text).text, first=lead, rest=" " * len(lead))

"""Headings: who a passage comes from and to whom, as one line of the interface."""

from tabletop.exercise.engine import Engine
from tabletop.exercise.state import CONDUCT, PUBLIC, Passage
from tabletop.scenario.texts import ALL
from tabletop.wording import say

BESIDE = {
    "brief": "The brief of {names}",
    "learned": "{names} learns",
    "told": "{sender} tells {names}",
    "shared": "{names} tells {sender}",
    "withheld": "{sender} began to tell {names} something privileged, which was not heard",
    "settled": "Decided, for {names}",
    "outcome": "What follows, for {names}",
}
"""What those who conduct read over passages that speak to somebody else as "you"."""


def heading(engine: Engine, role: str, passage: Passage, own: bool, language: str) -> str:
    """The line above a passage in the feed of a role, to whoever said it (`own`) or to others."""
    sender = who(engine, passage.sender, passage.stand_in, language)
    if role == CONDUCT and passage.kind in BESIDE:
        names = [engine.name(each) for each in passage.to if each in engine.scenario.roles]
        told = BESIDE[passage.kind]
        return say(told, language=language, sender=sender, names=", ".join(names))
    match passage.kind:
        case "brief":
            return say("Your brief", language=language)
        case "inject":
            to = recipients(engine, role, passage, language)
            source = engine.plan.inject(passage.item).sender
            if source is None:
                return say("New, {to}", language=language, to=to)
            return say(
                "From {sender}, {to}", language=language, sender=engine.filled(source), to=to
            )
        case "learned":
            return say("You learn", language=language)
        case "told":
            return say("{sender} tells you", language=language, sender=sender)
        case "shared":
            return say("You told {sender}", language=language, sender=sender)
        case "withheld":
            return say(
                "{sender} began to tell you something privileged, and you did not hear it",
                language=language,
                sender=sender,
            )
        case "message":
            to = recipients(engine, role, passage, language)
            if own:
                return say("You, {to}", language=language, to=to)
            return say("{sender}, {to}", language=language, sender=sender, to=to)
        case "advice":
            if own:
                return say("Your advice", language=language)
            return say("Advice from {sender}", language=language, sender=sender)
        case "written":
            return say(
                "From the facilitator, {to}",
                language=language,
                to=_addressed(engine, role, passage.to, language),
            )
        case "jumped":
            return say("{sender} went on to another point", language=language, sender=sender)
        case "rewound":
            return say("{sender} went back to an earlier point", language=language, sender=sender)
        case "settled":
            return say("Decided", language=language)
        case "outcome":
            return say("What follows", language=language)
    return ""


def who(engine: Engine, role: str, stand_in: bool, language: str) -> str:
    """A role's name, labeled where a stand-in plays it."""
    if role not in engine.scenario.roles:
        return say("The facilitator", language=language) if role else ""
    name = engine.name(role)
    return say("{name} (stand-in)", language=language, name=name) if stand_in else name


def recipients(engine: Engine, role: str, passage: Passage, language: str) -> str:
    """To whom a passage went, as far as this role can tell."""
    if passage.kind == "message":
        if passage.item == "all":
            return say("to all", language=language)
        if passage.item == role:
            return say("to you", language=language)
        if passage.item in engine.scenario.roles:
            name = engine.name(passage.item)
            return say("to {name}", language=language, name=name)
        return say("to the facilitator", language=language)
    addressed = engine.plan.inject(passage.item).to
    return _addressed(engine, role, addressed, language)


def _addressed(engine: Engine, role: str, addressed: tuple[str, ...], language: str) -> str:
    if addressed == (ALL,) or PUBLIC in addressed:
        return say("to all", language=language)
    others = [engine.name(each) for each in addressed if each != role]
    if role not in engine.scenario.roles:
        return say("to {names}", language=language, names=", ".join(others))
    if not others:
        return say("to you", language=language)
    return say("to you and {names}", language=language, names=", ".join(others))

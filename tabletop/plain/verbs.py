"""Verbs: what a person may do beside answering, each by a word or a letter."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.exercise import commands as c
from tabletop.exercise.view_types import PlayerView
from tabletop.plain import acts
from tabletop.plain.asking import picked
from tabletop.plain.seated import Seated
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.plain.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Verb:
    """Something one may do."""

    letter: str
    word: str
    help: str
    does: Callable[["Conversation", Seated, PlayerView, str], Awaitable[None]]
    open: Callable[[PlayerView], bool]


def parsed(answer: str) -> tuple[Verb, str] | None:
    """The verb an answer begins with and what follows it."""
    word, _, rest = answer.partition(" ")
    word = word.lower()
    verbs = {verb.word: verb for verb in every()}
    for verb in verbs.values():
        if word == verb.letter:
            return verb, rest.strip()
    name = picked(word, verbs) if len(word) > 1 else ""
    return (verbs[name], rest.strip()) if name else None


async def help_(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Lists what one can do."""
    talk.page.paragraph(say("Besides answering you can type:"))
    for verb in every():
        if verb.open(view) and (verb.does is not acts.hand or len(talk.table) > 1):
            talk.page.line(
                say(
                    "{letter} or {word}: {help}", letter=verb.letter, word=verb.word, help=verb.help
                )
            )
    if view.facilitated:
        talk.page.line(say("quit for good: give up your seat; a stand-in takes it"))
        talk.page.line(say("Nothing is marked while you play. The facilitator moves on."))
    else:
        talk.page.line(say("Nothing is marked while you play, and there is no time limit."))


def _may(name: str) -> Callable[[PlayerView], bool]:
    return lambda view: name in view.may


def away(view: PlayerView) -> bool:
    """Whether this role has stepped out."""
    return "step_in" in view.may


def _always(view: PlayerView) -> bool:
    return True


def every() -> tuple[Verb, ...]:
    """Every verb, in the order help lists them."""
    return (
        Verb(
            "m",
            say("move"),
            say("on to the next scene"),
            acts.does(c.Advance()),
            _may("advance"),
        ),
        Verb(
            "s",
            say("share"),
            say("share something only you know"),
            acts.share,
            lambda view: bool(view.offers),
        ),
        Verb("t", say("talk"), say("say something to someone, or to all"), acts.speak, _may("say")),
        Verb(
            "a",
            say("advice"),
            say("advise on a decision of others"),
            acts.advise,
            lambda view: any(acts.advisable(each.part, each.phase) for each in view.decisions),
        ),
        Verb("f", say("facts"), say("what you know, and consents"), acts.facts, _always),
        Verb("n", say("notes"), say("your own notes"), acts.notes, _always),
        Verb("p", say("people"), say("who is at the table"), acts.people, _always),
        Verb("b", say("brief"), say("your brief again"), acts.brief, _always),
        Verb("w", say("words"), say("terms explained, or: words T visa"), acts.terms, _always),
        Verb(
            "e",
            say("earlier"),
            say("read an earlier scene again"),
            acts.earlier,
            lambda view: bool(view.scenes),
        ),
        Verb(
            "r",
            say("repeat"),
            say("this scene and its question again"),
            acts.again,
            lambda view: view.scene is not None,
        ),
        Verb(
            "k",
            say("skip"),
            say("read a gentler wording of a passage"),
            acts.skip,
            lambda view: any(each.skippable for each in view.feed),
        ),
        Verb("z", say("pause"), say("stop for everyone"), acts.does(c.Pause()), _may("pause")),
        Verb("g", say("go"), say("go on after a pause"), acts.does(c.Resume()), _may("resume")),
        Verb(
            "c",
            say("care"),
            say("stop for everyone's sake, with or without your name"),
            acts.care,
            _may("stop_for_care"),
        ),
        Verb(
            "o",
            say("out"),
            say("step out; nobody waits for you"),
            acts.does(c.StepOut()),
            _may("step_out"),
        ),
        Verb("i", say("in"), say("step in again"), acts.does(c.StepIn()), away),
        Verb("h", say("hand"), say("hand the keyboard to another role"), acts.hand, _always),
        Verb(
            "x",
            say("end"),
            say("end early, and go to the debrief"),
            acts.end,
            _may("end"),
        ),
        Verb("?", say("help"), say("this list"), help_, _always),
        Verb("q", say("quit"), say("save and leave; you can continue later"), acts.leave, _always),
    )

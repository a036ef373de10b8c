"""Acts: what each verb does, with whatever it still has to ask."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tabletop.exercise import commands as c
from tabletop.exercise.view_types import PlayerView
from tabletop.plain import telling
from tabletop.plain.asking import yes
from tabletop.plain.seated import Seated
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.plain.conversation import Conversation


FOR_GOOD = "for good"


class Quit(Exception):
    """The person leaves; everything is saved."""

    def __init__(self, *, for_good: bool = False) -> None:
        """Takes whether they give up their seat at a table."""
        super().__init__()
        self.for_good = for_good


class HandOver(Exception):
    """The keyboard goes to another role."""


async def share(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Shares a fact."""
    if not rest:
        talk.page.paragraph(say("You could share:"))
        talk.page.numbered(
            say("{fact}, with {name}", fact=each.title, name=each.to_name) for each in view.offers
        )
    chosen = await talk.chosen(
        rest, say("Which? A number shares it; back leaves it."), len(view.offers)
    )
    if chosen:
        offer = view.offers[chosen - 1]
        await talk.submit(seated, c.Share(offer.fact, offer.to))


async def speak(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Says something to a role or to all."""
    others = [each for each in view.people if each.who not in ("you", "joins later")]
    if not rest:
        talk.page.paragraph(say("To whom?"))
        talk.page.numbered(
            (
                say("all"),
                *(_person(each.name, each.who) for each in others),
                *((say("the facilitator, and nobody else who plays"),) if view.facilitated else ()),
            )
        )
    whom = ["all", *(each.role for each in others)]
    whom += ["facilitator"] if view.facilitated else []
    chosen = await talk.chosen(rest, say("A number, or back."), len(whom))
    if chosen is None:
        return
    words = await talk.keyboard.ask(say("What do you say? Nothing says nothing."))
    if words:
        await talk.submit(seated, c.Say(whom[chosen - 1], words))


async def care(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Asks for a stop, with a name or without."""
    talk.page.paragraph(
        say(
            "The exercise stops for everyone, for your sake or for somebody else's; only the "
            "facilitator goes on again. Recorded is that somebody asked, and when. Without your "
            "name, nothing in the record says who."
        )
    )
    talk.page.numbered((say("Stop, without my name"), say("Stop; the facilitator sees my name")))
    chosen = await talk.chosen(rest, say("A number, or back."), 2)
    if chosen:
        await talk.submit(seated, c.StopForCare(named=chosen == 2))


async def advise(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Advises on a decision of others."""
    asked = [each for each in view.decisions if advisable(each.part, each.phase)]
    chosen: int | None = 1
    if len(asked) > 1:
        talk.page.paragraph(say("On which decision?"))
        talk.page.numbered(each.title for each in asked)
        chosen = await talk.chosen("", say("A number, or back."), len(asked))
    if chosen is None:
        return
    words = rest or await talk.keyboard.ask(say("Your advice? Nothing gives none."))
    if words:
        await talk.submit(seated, c.Say("", words, asked[chosen - 1].id))


async def notes(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Shows one's notes and adds to them."""
    kept = await seated.connection.notes()
    talk.page.paragraph(say("Your notes, seen by nobody else:"))
    for line in kept.splitlines():
        talk.page.line(line, "- ")
    if not kept:
        talk.page.line(say("There are none."))
    added = rest or await talk.keyboard.ask(say("A line to add, or nothing."))
    if added:
        await talk.kept(seated.connection.note(f"{kept}\n{added}" if kept else added))


async def facts(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Lists what this role knows."""
    page = talk.page
    page.paragraph(say("What you know:"))
    how = {
        "held": say("you knew it from the start"),
        "revealed": say("you found out"),
        "shared": say("you were told"),
    }
    for fact in view.facts:
        said = f"{fact.title}: {fact.text}" if fact.title else fact.text
        page.line(f"{said} ({fact.class_title}; {how.get(fact.how, fact.how)})", "- ")
        if fact.disclosable:
            page.line(say("The defense may be entitled to this."), "  ")
    if not view.facts:
        page.line(say("Nothing that others do not."))
    standing = {
        "in force": say("in force"),
        "ended": say("ended"),
        "not given": say("not given"),
    }
    if view.consents:
        page.paragraph(say("Consents that cover something you know:"))
        page.items(f"{each.text} ({standing[each.state]})" for each in view.consents)


async def people(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Lists who is at the table."""
    talk.page.paragraph(say("At the table:"))
    talk.page.items(
        ": ".join(
            (
                f"{_person(each.name, each.who)}, {discipline(each.discipline)}",
                *((", ".join(each.people),) if each.people else ()),
            )
        )
        for each in view.people
    )


def _person(name: str, who: str) -> str:
    said = {
        "you": say("you"),
        "stand-in": say("stand-in"),
        "joins later": say("joins later"),
        "away": say("stepped out"),
    }
    return f"{name} ({said[who]})" if who in said else name


def discipline(name: str) -> str:
    """A discipline in words."""
    return {
        "law_enforcement": say("law enforcement"),
        "victim_services": say("victim services"),
        "attorney": say("attorney"),
    }.get(name, name)


async def terms(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Explains the terms of the field that have come up."""
    read = "\n".join(passage.text for passage in view.feed)
    read += "\n".join(f"{each.ask}\n{each.title}" for each in view.decisions)
    found = talk.glossary.told(rest or read, whole=not rest)
    if not found:
        talk.page.line(
            say("There is no such term here.") if rest else say("No term has come up yet.")
        )
    for term, means in found:
        talk.page.line(f"{term}: {means}", "- ")


async def earlier(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Tells an earlier scene again."""
    scenes = view.scenes
    if not rest:
        talk.page.paragraph(say("Scenes so far:"))
        talk.page.numbered(each.title for each in scenes)
    chosen = await talk.chosen(rest, say("A number tells it again; back leaves."), len(scenes))
    if chosen:
        scene = scenes[chosen - 1]
        talk.page.heading(f"{scene.title}. {scene.time}" if scene.time else scene.title)
        for passage in view.feed:
            if passage.scene == scene.id:
                telling.write(talk.page, passage)


async def brief(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Tells one's brief again."""
    talk.page.paragraph(say("You are {name}.", name=view.name))
    talk.page.prose(view.brief)


async def skip(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Reads the gentler wording of a passage."""
    gentler = {str(each.number): each.number for each in view.feed if each.skippable}
    wanted = rest
    if not wanted:
        wanted = await talk.keyboard.ask(
            say("Which passage? {numbers}, or back.", numbers=", ".join(gentler))
        )
    if wanted not in gentler:
        if wanted.lower() not in ("", "back"):
            talk.page.line(say("That passage has no other wording."))
        return
    if await talk.submit(seated, c.Skip(gentler[wanted])):
        telling.write(talk.page, seated.view.feed[gentler[wanted] - 1])


async def again(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Tells this scene and its question again."""
    for passage in view.feed:
        here = view.scene is not None and passage.scene == view.scene.id
        if here and passage.kind != "brief":
            telling.write(talk.page, passage)
    minutes = talk.minutes(seated)
    talk.page.paragraph(
        say("One minute has passed.")
        if minutes == 1
        else say("{minutes} minutes have passed.", minutes=minutes)
    )
    seated.asked = ()


def does(command: c.Command) -> Callable[..., Awaitable[None]]:
    """A verb that is one command without choices."""

    async def done(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
        await talk.submit(seated, command)

    return done


async def end(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Ends the exercise early."""
    if await yes(talk.page, talk.keyboard, say("End the exercise here, for everyone? y or n")):
        await talk.submit(seated, c.End())


async def hand(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Hands the keyboard over."""
    raise HandOver


async def leave(talk: "Conversation", seated: Seated, view: PlayerView, rest: str) -> None:
    """Quits, or gives up the seat at a table that others conduct."""
    raise Quit(for_good=view.facilitated and rest.casefold() == FOR_GOOD)


def advisable(part: str, phase: str) -> bool:
    """Whether advice is welcome on a decision."""
    return part == "consult" and phase == "open"

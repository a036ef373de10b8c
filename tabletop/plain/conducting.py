"""Conducting: a session held in lines, verb by verb, with what happens told as it happens.

Nothing is ever drawn over: who comes, who has answered, what was told and how the table stands are
lines of their own. A verb takes what it needs behind it; where that lacks it says how it is used.
"""

import asyncio
from collections.abc import AsyncIterator

from tabletop.conduct.connection import Answer, Rejected
from tabletop.conduct.session.agreement import agreement
from tabletop.conduct.session.frames import ConductFrame
from tabletop.conduct.session.protocol import ConductConnection
from tabletop.exercise.conduct_types import ConductDecision, ConductView
from tabletop.plain import appraising, steering
from tabletop.plain.asking import picked
from tabletop.plain.keyboard import EndOfInput, Keyboard
from tabletop.plain.page import Page, one_line
from tabletop.plain.steering import Usage
from tabletop.wording import say

VERBS = {**steering.VERBS, **appraising.VERBS}
FINAL = ("end", "close", "free", "rewind", "jump", "sign")
"""Verbs that count only typed whole."""


class Left(Exception):
    """Whoever conducts leaves; the session can be taken up again."""


class Desk:
    """Someone who conducts, at a keyboard."""

    def __init__(self, line: ConductConnection, page: Page, keyboard: Keyboard) -> None:
        """Takes their line."""
        self.line = line
        self.page = page
        self.keyboard = keyboard
        self.over = False
        self._frame: ConductFrame | None = None
        self._heard = asyncio.Event()
        self._told: set[str] = set()
        self._passages = 0
        self._table = line.table

    @property
    def frame(self) -> ConductFrame:
        """What is so now."""
        assert self._frame is not None
        return self._frame

    @property
    def view(self) -> ConductView:
        """The table looked at.

        Raises:
            Usage: before it begins.
        """
        if self.frame.view is None:
            raise Usage(say("The exercise has not begun; begin begins it."))
        return self.frame.view

    async def hold(self) -> None:
        """Takes verbs until the session is closed or left, or there are no more of them."""
        following = asyncio.create_task(self._follow(self.line.frames()))
        try:
            await self._heard.wait()
            while not self.over:
                answer = await self._next()
                if answer is None:
                    break
                await self._do(answer)
        except EndOfInput:
            # Without a keyboard it is still told what happens, until it is over or interrupted.
            await asyncio.wait({following})
        except Left:
            pass
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            self.page.flush()

    async def _next(self) -> str | None:
        """The next verb; none where the session ends before it comes."""
        asking = asyncio.ensure_future(self.keyboard.ask(say("A verb, or ? for all of them.")))
        ended = asyncio.ensure_future(self._until_over())
        await asyncio.wait({asking, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if asking.done():
            return asking.result()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        return None

    async def _until_over(self) -> None:
        while not self.over:
            self._heard.clear()
            await self._heard.wait()

    async def _do(self, answer: str) -> None:
        word, _, rest = answer.partition(" ")
        name = picked(word.lower(), VERBS)
        if word in ("q", "quit"):
            raise Left
        if not name:
            self.help() if word in ("?", "help", "") else self.page.line(
                say("{word} means nothing here. ? lists the verbs.", word=one_line(word)[:40])
            )
            return
        if name in FINAL and word.lower() != name:
            self.page.line(say("{verb} can't be taken back; type it whole.", verb=name))
            return
        try:
            await VERBS[name].does(self, rest.strip())
        except Usage as error:
            self.page.line(str(error) or say("It is used so: {usage}", usage=VERBS[name].usage))

    def help(self) -> None:
        """Lists every verb."""
        for verb in VERBS.values():
            self.page.line(f"{verb.usage}: {verb.help}", "- ")
        self.page.line(say("quit: leave; the session can be taken up again"), "- ")

    def answered(self, answer: Answer) -> None:
        """Says whether something was done."""
        self.page.line(answer.sentence if isinstance(answer, Rejected) else say("Done."))

    # What happens.

    async def _follow(self, frames: AsyncIterator[ConductFrame]) -> None:
        async for frame in frames:
            self._frame = frame
            self._tell(frame)
            self.page.flush()
            self._heard.set()
        self.over = True
        self.page.paragraph(say("The session is closed."))
        self.page.flush()
        self._heard.set()

    def _tell(self, frame: ConductFrame) -> None:
        """Writes what is new, once each."""
        if self.line.table != self._table:
            self._table, self._passages = self.line.table, 0
        for sentence in (*_people(frame), *_state(frame)):
            if sentence not in self._told:
                self.page.line(sentence, "* ")
        self._told = {*_people(frame), *_state(frame)}
        view = frame.view
        if view is None:
            return
        self._passages = min(self._passages, len(view.feed))
        for each in view.feed[self._passages :]:
            passage = each.passage
            if passage.kind == "brief":
                continue
            heading = passage.heading or passage.title or passage.kind
            self.page.line(say("Told: {heading}", heading=heading), "* ")
            self.page.prose(passage.text or passage.title)
            self.page.gap()
        self._passages = len(view.feed)


def _people(frame: ConductFrame) -> tuple[str, ...]:
    told = []
    for person in frame.session.people:
        if person.number == 1:
            continue
        what = {
            "waiting": say("at the door"),
            "admitted": say("in"),
            "arriving": say("takes over from a stand-in soon"),
            "playing": say("playing"),
        }.get(person.phase)
        if what is not None:
            role = person.role.replace("_", " ") or person.kind
            told.append(f"{person.number}. {person.name} ({role}): {what}")
    return tuple(told)


def _state(frame: ConductFrame) -> tuple[str, ...]:
    """How the table stands, as sentences of which the new ones are told."""
    view = frame.view
    if view is None or view.scene is None:
        return ()
    told = [say("Scene: {title}", title=view.scene.title)]
    if view.status == "paused":
        named = view.carer or say("somebody")
        told.append(
            say("STOPPED FOR CARE: {name} asked for it. on goes on.", name=named)
            if view.care
            else say("PAUSED for everyone. on goes on.")
        )
    if view.status == "ended":
        told.append(say("It is over: {ending}", ending=view.ending or say("ended early")))
        if frame.session.debrief:
            told.append(say("The debrief is open; read reads it."))
    for decision in view.decisions:
        told += decided(decision)
    return tuple(told)


def decided(decision: ConductDecision) -> tuple[str, ...]:
    """How a decision stands."""
    title = decision.title
    match decision.phase:
        case "settled":
            chosen = next((o.text for o in decision.options if o.id == decision.settled), "")
            return (say("{title}: settled, {answer}", title=title, answer=one_line(chosen)),)
        case "revealed":
            given = say("{title}: the answers are shown.", title=title)
            return (given, *agreement(decision.options, decision.spread))
        case "open":
            counts = ", ".join(
                say("{role} {n} of {all}", role=role.replace("_", " "), n=n, all=people)
                for role, n, people in decision.answered
                if people
            )
            return (say("{title}: {counts} have answered", title=title, counts=counts or "0"),)
    return ()

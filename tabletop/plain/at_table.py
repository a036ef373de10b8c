"""At a table: a seat in a session played as lines, near or far.

Others act while a question waits. Whatever is new is then told at once, above the question, which
is asked again only where it has become another; a half-given answer is never interrupted.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from tabletop.conduct.connection import Connection, Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.conduct.session.frames import PlaceFrame
from tabletop.debrief import asked
from tabletop.exercise import commands as c
from tabletop.exercise.commands import Command, Reflect
from tabletop.plain import deciding, telling
from tabletop.plain.acts import HandOver, Quit
from tabletop.plain.asking import yes
from tabletop.plain.conversation import Conversation
from tabletop.plain.feedback import give_feedback
from tabletop.plain.keyboard import EndOfInput, Keyboard
from tabletop.plain.page import Page, one_line
from tabletop.plain.pages import whole
from tabletop.plain.seated import Seated
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import PlaceConnection

PATIENCE = 2.0
"""Seconds in which what one did is expected to be seen."""


class Seat:
    """One seat of an exercise that is conducted elsewhere, as a conversation holds it."""

    def __init__(self, line: Connection, role: str) -> None:
        """Takes the seat's line."""
        self._line = line
        self._known = False
        self.roles = (role,)

    def connection(self, role: str) -> Connection:
        """The seat's line."""
        return self._line

    async def quiet(self) -> None:
        """Waits for the first frame only: what others do is told whenever it comes."""
        if not self._known:
            async for _ in self._line.frames():
                break
            self._known = True


class TableTalk(Conversation):
    """A conversation that others may interrupt with news."""

    async def hold(self) -> None:
        """Plays until the exercise has ended.

        Raises:
            Quit: where the person leaves.
            EndOfInput: where there is nothing more to read.
        """
        seated = self.table[0]
        seated.follow()
        await self.exercise.quiet()
        while seated.frame is None:
            await seated.news.wait()
        branch = seated.view.branch
        while True:
            seated.news.clear()
            view = seated.view
            if view.branch != branch:
                branch = view.branch
                # From where it says so, everything is another; what came before was read.
                back = [n for n, each in enumerate(view.feed) if each.kind == "rewound"]
                seated.read = min(seated.read, back[-1] if back else 0)
            telling.tell(self.page, seated, view)
            if view.status == "ended":
                return
            await self._asked(seated)

    async def submit(self, seated: Seated, command: c.Command) -> bool:
        """Submits a command, and waits a moment for what it sets off."""
        heard = seated.heard
        done = await super().submit(seated, command)
        if done and seated.heard == heard:
            seated.news.clear()
            try:
                async with asyncio.timeout(PATIENCE):
                    await seated.news.wait()
            except TimeoutError:
                pass
        return done

    async def _asked(self, seated: Seated) -> None:
        """Asks one question, unless it is overtaken while nothing of it is answered."""
        asking = asyncio.ensure_future(self._ask(seated, seated.view))
        try:
            # Until the question stands, what comes could not overtake it.
            await asyncio.sleep(0)
            while not (self.resting and _overtaken(seated)):
                news = asyncio.ensure_future(seated.news.wait())
                await asyncio.wait({asking, news}, return_when=asyncio.FIRST_COMPLETED)
                news.cancel()
                if asking.done():
                    try:
                        asking.result()
                    except HandOver:
                        self.page.line(say("Nobody else plays at this keyboard."))
                    return
                seated.news.clear()
        finally:
            self.resting = False
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)


def _overtaken(seated: Seated) -> bool:
    """Whether there is something new to tell, or something else to ask."""
    view = seated.view
    decision = deciding.asked(view)
    now = (view.scene.id if view.scene else "", view.status, *deciding.shape(view, decision))
    return now != seated.asked or len(view.feed) != seated.read


async def play(place: "PlaceConnection", page: Page, keyboard: Keyboard) -> None:
    """Plays a place in a session from the door to the debrief."""
    standing = Standing(place, page)
    try:
        while True:
            line = await standing.line()
            if line is None:
                return
            talk = TableTalk(Seat(line, standing.frame.role), page, keyboard)
            try:
                await talk.hold()
                await _after(standing, talk, page, keyboard)
            finally:
                await talk.close()
            return
    except (Quit, EndOfInput) as left:
        page.paragraph(await _left(place, for_good=isinstance(left, Quit) and left.for_good))
    finally:
        await standing.close()
        page.flush()


async def _left(place: "PlaceConnection", *, for_good: bool) -> str:
    """Leaves a place, and says so."""
    if not for_good:
        return say("You have left; the table goes on, and your place is kept.")
    try:
        await place.leave()
    except TabletopError as error:
        return str(error)
    return say("You have given up your seat; the table goes on.")


class Standing:
    """Where a person stands, told as it changes."""

    def __init__(self, place: "PlaceConnection", page: Page) -> None:
        """Takes the place, and the page to tell it on."""
        self.place = place
        self.page = page
        self.over = False
        self._frame: PlaceFrame | None = None
        self._bell = asyncio.Event()
        self._task = asyncio.create_task(self._follow())

    @property
    def frame(self) -> PlaceFrame:
        """Where they stand now."""
        assert self._frame is not None
        return self._frame

    async def until(self, holds: Callable[[], bool]) -> bool:
        """Waits until something holds; not where the session is over before."""
        while not holds():
            if self.over:
                return False
            self._bell.clear()
            await self._bell.wait()
        return True

    async def line(self) -> Connection | None:
        """The line to play by, once there is one; none where there will be none."""
        await self.until(
            lambda: (
                self._frame is not None
                and (self._playing() is not None or self.place.conducting() is not None)
            )
        )
        return None if self._frame is None else self._playing()

    def _playing(self) -> Connection | None:
        return self.place.connection() if self.frame.phase in ("playing", "over") else None

    async def _follow(self) -> None:
        told, reached = "", True
        async for frame in self.place.frames():
            self._frame = frame
            if self.place.reached != reached:
                reached = self.place.reached
                self.page.paragraph(
                    say("Connected again. Nothing was lost.")
                    if reached
                    else say("Connection lost; it is tried again, and nothing is lost.")
                )
            sentence = phase(frame)
            if sentence and sentence != told:
                self.page.paragraph(sentence)
            told = sentence
            self.page.flush()
            self._bell.set()
        self.over = True
        self.page.paragraph(self.place.closing)
        self.page.flush()
        self._bell.set()

    async def close(self) -> None:
        """Listens no longer."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


def phase(frame: PlaceFrame) -> str:
    """Where a person stands, in a sentence; empty while they play."""
    return {
        "waiting": say("The exercise is over. If you took part from another device, tell the"
                       " facilitator: they can give you the seat you had.") if frame.late
        else say("{title}. The facilitator sees your name and lets you in.", title=frame.title),
        "declined": say("You were not let in. If that is a mistake, speak to the facilitator."),
        "left": say("You have left the table."),
        "arriving": say("A stand-in is answering for your role; you take over once it has."),
        "admitted": say("{title}. You are in. It begins when the facilitator begins.",
                        title=frame.title),
        "over": say("The facilitator has opened the debrief.") if frame.debrief else "",
    }.get(frame.phase, "")  # fmt: skip


async def _after(standing: Standing, talk: TableTalk, page: Page, keyboard: Keyboard) -> None:
    """Asks how it was, and tells the debrief once it is open."""
    seated = talk.table[0]
    line = seated.connection
    page.paragraph(say("The exercise has ended. A few lines for yourself; they may stay empty."))
    for prompt, question in asked.prompts():
        wrote = seated.view.wrote(prompt)
        if wrote.words:
            page.line(say("You have written: {words}", words=one_line(wrote.words)))
        words = await keyboard.ask(question)
        if not words:
            continue
        when = by = ""
        if prompt == "commitment":
            when = await keyboard.ask(asked.occasion())
            by = await keyboard.ask(asked.by_when())
        await _kept(line, Reflect(prompt, words, when, by), page, say("Kept with the exercise."))
    if "give_feedback" in seated.view.may:
        promise = asked.feedback_promise()
        page.paragraph(say("Feedback on the exercise. {promise}", promise=promise))
        if await yes(page, keyboard, say("Give some now?")):
            await give_feedback(line, page, keyboard)
    if not standing.frame.debrief:
        page.paragraph(say("The debrief follows here once the facilitator opens it."))
        page.flush()
    if not await standing.until(lambda: standing.frame.debrief):
        return
    try:
        document = await standing.place.debrief()
    except TabletopError as error:
        page.line(str(error))
        return
    if document is not None:
        whole(page, document)


async def _kept(line: Connection, command: Command, page: Page, done: str) -> None:
    answer = await line.submit(command)
    page.line(answer.sentence if isinstance(answer, Rejected) else done)

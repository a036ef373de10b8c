"""Places: a person's own page, what they post there, and the line that keeps it new."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tabletop.conduct.connection import Rejected
from tabletop.conduct.session.frames import PlaceFrame
from tabletop.conduct.session.lines import Place
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.seen import place_frame
from tabletop.conduct.session.session import Session
from tabletop.exercise.view_types import PlayerView
from tabletop.web import pages
from tabletop.web.forms import Malformed, command, fields
from tabletop.web.guard import body
from tabletop.web.joining import COOKIE
from tabletop.web.live import EventStream
from tabletop.wording import say

AT_THE_TABLE = ("playing", "over")


class Places:
    """The pages of those who have come."""

    def __init__(self, session: Session, *, secure: bool) -> None:
        """Takes the session."""
        self.session = session
        self.secure = secure

    async def page(self, request: Request) -> Response:
        """The whole page of a person as it is now."""
        person = self._person(request)
        if person is None:
            return RedirectResponse("/", 303)
        return self._page(person)

    async def do(self, request: Request) -> Response:
        """Does what a form asks, and shows the page again."""
        person = self._person(request)
        if person is None:
            return RedirectResponse("/", 303)
        scripted = "application/json" in request.headers.get("accept", "")
        sentence, key = "", ""
        try:
            form, _ = fields(await body(request.receive) or b"")
            wanted = command(form)
            key = form.get("key", "")[:64]
        except Malformed:
            sentence = say("That was not a form of this page.")
        else:
            line = Place(self.session, person.number).connection()
            if line is None:
                sentence = say("You are not at a table now.")
            else:
                answer = await line.submit(wanted, key)
                sentence = answer.sentence if isinstance(answer, Rejected) else ""
        if scripted:
            return JSONResponse({"accepted": not sentence, "sentence": sentence})
        if sentence:
            return self._page(person, sentence, 409)
        return RedirectResponse(f"/s/{person.number}/", 303)

    async def device(self, request: Request) -> Response:
        """Shows a code with which a further device can take this place."""
        person = self._person(request)
        if person is None:
            return RedirectResponse("/", 303)
        code = self.session.device_code(person)
        return HTMLResponse(pages.page("device", code=code, person=person))

    async def events(self, request: Request) -> Response:
        """The line that keeps a page new."""
        person = self._person(request)
        if person is None:
            return Response(status_code=204)
        place = Place(self.session, person.number)
        telling = Telling(place, request.query_params.get("after", "0"))
        return EventStream(followed(place), telling.events)

    def _person(self, request: Request) -> Person | None:
        token = request.cookies.get(COOKIE, "")
        return self.session.person(request.path_params["number"], token) if token else None

    def _page(self, person: Person, told: str = "", status: int = 200) -> Response:
        place = Place(self.session, person.number)
        frame, line = place_frame(self.session, person), place.connection()
        if line is None:
            return HTMLResponse(pages.page("waiting", frame=frame), status)
        view = place.view()
        assert view is not None
        return HTMLResponse(pages.player_page(frame, view, self.session.world.token, told), status)


Followed = tuple[PlaceFrame, PlayerView | None]


async def followed(place: Place) -> AsyncIterator[Followed]:
    """Where a person stands and what they see, whenever either has changed."""
    stirred = asyncio.Event()
    newest: list[PlaceFrame] = []

    async def standing() -> None:
        async with aclosing(place.frames()) as frames:  # type: ignore[type-var]
            async for frame in frames:
                newest[:] = [frame]
                stirred.set()
        newest.clear()
        stirred.set()

    watching = asyncio.create_task(standing())
    seeing: asyncio.Task[None] | None = None
    view: list[PlayerView] = []

    async def look() -> None:
        line = place.connection()
        if line is None:
            return
        async for frame in line.frames():
            view[:] = [frame.view]
            stirred.set()
        view.clear()
        stirred.set()

    try:
        while True:
            await stirred.wait()
            stirred.clear()
            if not newest:
                return
            if (seeing is None or seeing.done()) and place.connection() is not None:
                seeing = asyncio.create_task(look())
                await stirred.wait()
                stirred.clear()
            yield newest[0], view[0] if view else None
    finally:
        tasks = [task for task in (watching, seeing) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Telling:
    """What one page has been told, and what is new to it."""

    def __init__(self, place: Place, after: str) -> None:
        """Takes the number of the last passage the page has."""
        self._place = place
        self._phase = place_frame(place.session, place.person).phase
        self._told: dict[str, tuple[object, ...]] = {}
        self._feed: tuple[object, ...] = ()
        self._branch = -1
        self._scene: object = None
        view = place.view()
        if view is not None:
            number = int(after) if after.isdecimal() and len(after) < 9 else 0
            self._feed = view.feed[:number]
            self._branch, self._scene = view.branch, view.scene

    def events(self, given: Followed) -> list[tuple[str, str]]:
        """The events that bring a page up to now."""
        frame, view = given
        if frame.phase != self._phase and not {frame.phase, self._phase} <= set(AT_THE_TABLE):
            return [("reload", "")]
        self._phase = frame.phase
        if view is None:
            return []
        return [*self._story(view), *self._regions(view)]

    def _story(self, view: PlayerView) -> list[tuple[str, str]]:
        known = len(self._feed)
        same = view.branch == self._branch and view.feed[:known] == self._feed
        moved = view.scene != self._scene
        self._feed, self._branch, self._scene = view.feed, view.branch, view.scene
        if not same or moved:
            return [("story", json.dumps({"html": pages.story(view)}))]
        if len(view.feed) == known:
            return []
        html = pages.passages(view, known)
        return [("passages", json.dumps({"html": html, "branch": view.branch}))]

    def _regions(self, view: PlayerView) -> list[tuple[str, str]]:
        changed = {}
        for name, made_of in pages.REGIONS.items():
            parts = made_of(view)
            if self._told.get(name) != parts:
                self._told[name] = parts
                changed[name] = pages.region(name, view, self._place.session.world.token())
        return [("regions", json.dumps({"regions": changed}))] if changed else []

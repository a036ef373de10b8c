"""Places: a person's own page, what they post there, and the line that keeps it new."""

import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from tabletop.conduct.connection import Connection, Rejected
from tabletop.conduct.session.lines import ConductLine, Place
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.seen import place_frame
from tabletop.conduct.session.session import Session
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.formats.html import render
from tabletop.debrief.report import build
from tabletop.exercise.seats import CONDUCTING
from tabletop.exercise.view_types import PlayerView
from tabletop.web import pages, watching
from tabletop.web.following import Followed, followed
from tabletop.web.forms import Malformed, command, fields
from tabletop.web.guard import body
from tabletop.web.joining import COOKIE
from tabletop.web.live import EventStream
from tabletop.web.terminals import Terminals
from tabletop.wording import say

DEBRIEF = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
"""The debrief is one file with its style in it, and runs nothing."""
AT_THE_TABLE = ("playing", "over")


class Places:
    """The pages of those who have come."""

    def __init__(self, session: Session, *, secure: bool) -> None:
        """Takes the session."""
        self.session = session
        self.secure = secure
        self._terminals = Terminals(session)

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
            line = self._line(person)
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

    async def debrief(self, request: Request) -> Response:
        """The debrief of a person's table, once the facilitator has opened it."""
        person = self._person(request)
        if person is None:
            return RedirectResponse("/", 303)
        exercise = self.session.exercises.get(person.table)
        if exercise is None or not place_frame(self.session, person).debrief:
            return PlainTextResponse(say("The facilitator has not opened the debrief."), 404)
        # Nothing in it is anyone's name; what was private in play is not so any more.
        html = render(debrief(build(await exercise.record())))
        return HTMLResponse(html, headers={"content-security-policy": DEBRIEF})

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
        if person.kind in CONDUCTING and person.state == "admitted":
            line = ConductLine(self.session, person.number, person.table)
            told = watching.Watching(self.session.world.token).events
            return EventStream(line.frames(), told, lambda: self.session.ended)
        place = Place(self.session, person.number)
        telling = Telling(place, request.query_params)
        return EventStream(followed(place), telling.events, place.over)

    async def frames(self, request: Request) -> Response:
        """The line that tells a terminal what is so."""
        person = self._person(request)
        if person is None:
            return _stranger()
        table = request.query_params.get("table", "1")
        found = int(table) if table.isdecimal() and len(table) < 4 else 1
        return self._terminals.frames(person, found if found in self.session.tables else 1)

    async def commands(self, request: Request) -> Response:
        """Does what a terminal asks."""
        person = self._person(request)
        return _stranger() if person is None else await self._terminals.commands(person, request)

    async def ask(self, request: Request) -> Response:
        """Reads or keeps what lies beside the record."""
        person = self._person(request)
        return _stranger() if person is None else await self._terminals.ask(person, request)

    def _person(self, request: Request) -> Person | None:
        token = request.cookies.get(COOKIE, "")
        return self.session.person(request.path_params["number"], token) if token else None

    def _line(self, person: Person) -> Connection | ConductLine | None:
        """Over which a person's page does things."""
        if person.kind in CONDUCTING:
            return ConductLine(self.session, person.number, person.table)
        return Place(self.session, person.number).connection()

    def _page(self, person: Person, told: str = "", status: int = 200) -> Response:
        if person.kind in CONDUCTING and person.state == "admitted":
            line = ConductLine(self.session, person.number, person.table)
            keys = self.session.world.token
            return HTMLResponse(watching.page(person, line.frame(), keys, told), status)
        place = Place(self.session, person.number)
        frame = place_frame(self.session, person)
        if place.connection() is None:
            return HTMLResponse(pages.page("waiting", frame=frame), status)
        view = place.view()
        assert view is not None
        return HTMLResponse(pages.player_page(frame, view, self.session.world.token, told), status)


def _stranger() -> Response:
    return JSONResponse({"sentence": say("This place is not yours, or no longer.")}, 403)


class Telling:
    """What one page has been told, and what is new to it."""

    def __init__(self, place: Place, shown: Mapping[str, str]) -> None:
        """Takes what the page says it shows: its last passage, its phase, and the debrief."""
        self._place = place
        # What the page was drawn from, not what is so now: it may have changed in between.
        frame = place_frame(place.session, place.person)
        self._phase = shown.get("phase", frame.phase)
        self._debrief = shown.get("debrief", str(frame.debrief).lower()) == "true"
        after = shown.get("after", "0")
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
        frame, seen = given
        view = seen.view if seen is not None else None
        if frame.phase != self._phase and not {frame.phase, self._phase} <= set(AT_THE_TABLE):
            return [("reload", "")]
        if frame.debrief != self._debrief:
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

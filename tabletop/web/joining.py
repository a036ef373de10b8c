"""Joining: the door, where a code and a name are asked, and nothing else."""

import hmac
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tabletop.conduct.errors import SetupError
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.session import Session
from tabletop.exercise.seats import Kind
from tabletop.web import pages
from tabletop.web.addresses import overheard
from tabletop.web.forms import Malformed, fields
from tabletop.web.guard import Tries, body
from tabletop.web.regions import keyed
from tabletop.web.wire import COOKIE
from tabletop.wording import say

BEEN = "been"
"""A cookie without a secret: which places a browser has come to, so that it finds them again."""
MOST_PLACES = 6
WEEK = 60 * 60 * 24 * 7
KINDS: tuple[tuple[Kind, str], ...] = (
    ("player", "A player"),
    ("evaluator", "An evaluator: you see everything and note what you observe"),
    ("observer", "An observer: you see everything"),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody has written at the door, kept where it has to be written again."""

    code: str = ""
    name: str = ""
    agency: str = ""
    wish: str = ""
    kind: str = "player"
    skips: tuple[str, ...] = ()
    accept: bool = False
    device: str = ""


class Joining:
    """The door of a session."""

    def __init__(self, session: Session, tries: Tries, *, secure: bool) -> None:
        """Takes the session and the count of wrong codes."""
        self.session = session
        self.tries = tries
        self.secure = secure

    async def door(self, request: Request) -> Response:
        """The page on which one comes in."""
        problem = ""
        if "lost" in request.query_params:
            problem = say(
                "That page is not open on this device. Come in again, or go on from the device"
                " on which it is."
            )
        return self._door(request, Given(code=request.query_params.get("code", "")[:12]), problem)

    async def join(self, request: Request) -> Response:
        """Takes someone in, or says what is missing."""
        try:
            form, every = fields(await body(request.receive) or b"")
        except Malformed:
            return self._door(request, Given(), say("That was not a form of this page."), 400)
        given = Given(
            code=form.get("code", "")[:12],
            name=form.get("name", ""),
            agency=form.get("agency", ""),
            wish=form.get("wish", ""),
            kind=form.get("kind", "player"),
            skips=tuple(every.get("skip", ())),
            accept=form.get("accept") == "yes",
        )
        kind = self._kind(given)
        if kind is None:
            if not await self.tries.wrong(_address(request)):
                return self._door(request, given, say("Too many wrong codes. Wait a minute."), 429)
            problem = say("This code does not open this session. Look at the screen once more.")
            return self._door(request, given, problem, 403)
        if not given.accept:
            problem = say("Tick that you have read what the exercise contains.")
            return self._door(request, given, problem, 400)
        try:
            person, token = await self.session.join(
                given.name,
                agency=given.agency,
                wish=given.wish,
                kind=kind,
                skips=given.skips,
                key=form.get("key", "")[:64],
            )
        except SetupError as error:
            return self._door(request, given, str(error), 409)
        return self.led(person, token, request)

    async def asked(self, request: Request) -> Response:
        """What a terminal has to know before it comes in."""
        scenario, engine = self.session.loaded.scenario, self.session.engine
        return JSONResponse(
            {
                "session": self.session.header.id,
                "title": scenario.title,
                "summary": engine.filled(scenario.summary),
                "roles": [[role, engine.name(role)] for role in scenario.roles],
                "themes": [[name, engine.filled(note)] for name, note in scenario.themes.items()],
            }
        )

    async def device(self, request: Request) -> Response:
        """Takes a further device to the place whose code it shows."""
        try:
            form, _ = fields(await body(request.receive) or b"")
        except Malformed:
            return self._door(request, Given(), say("That was not a form of this page."), 400)
        given = Given(device=form.get("device", "")[:12])
        found = await self.session.join_again(given.device.strip().upper())
        if found is None:
            if not await self.tries.wrong(_address(request)):
                return self._door(request, given, say("Too many wrong codes. Wait a minute."), 429)
            problem = say("This code opens no place, or no longer. Show a new one.")
            return self._door(request, given, problem, 403)
        return self.led(*found, request)

    def led(self, person: Person, token: str, request: Request) -> Response:
        """The way to a person's own page, with what their device is to keep."""
        response: Response = RedirectResponse(f"/s/{person.number}/", 303)
        if _by_program(request):
            response = JSONResponse({"person": person.number})
        number, secure = person.number, self.secure
        return seated(response, request, self.session, number, token, secure=secure)

    def _kind(self, given: Given) -> Kind | None:
        """What a code lets one come in as; nothing where it is wrong."""
        code = given.code.strip().upper()
        header = self.session.header
        if hmac.compare_digest(code.encode(), header.facilitator_code.encode()):
            return "facilitator"
        if hmac.compare_digest(code.encode(), header.code.encode()):
            return next((kind for kind, _ in KINDS if kind == given.kind), "player")
        return None

    def _door(
        self, request: Request, given: Given, problem: str = "", status: int = 200
    ) -> Response:
        if problem and _by_program(request):
            return JSONResponse({"sentence": problem}, status)
        scenario, engine = self.session.loaded.scenario, self.session.engine
        made = pages.page(
            "join",
            title=scenario.title,
            summary=engine.filled(scenario.summary),
            roles=tuple((role, engine.name(role)) for role in scenario.roles),
            themes=tuple((n, engine.filled(note)) for n, note in scenario.themes.items()),
            kinds=tuple((kind, say(text)) for kind, text in KINDS),
            given=given,
            problem=problem,
            been=_been(request, self.session),
            overheard=overheard(self.session.address),
            over=self.session.phase == "over",
        )
        return HTMLResponse(keyed(made, self.session.world.token), status)


def seated(
    response: Response,
    request: Request,
    session: Session,
    person: int,
    token: str,
    *,
    secure: bool,
) -> Response:
    """An answer that leaves a device what opens a person's page, and where that was."""
    numbers = [*(each for each in _been(request, session) if each != person), person][-MOST_PLACES:]
    been = ".".join([session.header.id, *map(str, numbers)])
    for name, value, path in ((COOKIE, token, f"/s/{person}/"), (BEEN, been, "/")):
        response.set_cookie(
            name,
            value,
            path=path,
            httponly=True,
            samesite="strict" if name == COOKIE else "lax",
            secure=secure,
            max_age=WEEK,
        )
    return response


def _been(request: Request, session: Session) -> list[int]:
    """The places of this session that a browser says it has come to; it may say anything."""
    name, *numbers = request.cookies.get(BEEN, "").split(".")
    if name != session.header.id:
        return []
    return [int(each) for each in numbers if each.isdecimal() and len(each) < 5][-MOST_PLACES:]


def _by_program(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""

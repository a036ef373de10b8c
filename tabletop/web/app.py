"""The application: the addresses of a session, and what is read of a request before anything else.

A person's page lies under their own number, and the token that opens it is a cookie for that path
alone: nothing secret ever stands in an address or a log, and two seats can be tried in one browser.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tabletop.conduct.session.session import Session
from tabletop.web import pages
from tabletop.web.afterwards import Afterwards
from tabletop.web.closed import Closed
from tabletop.web.guard import Guard, Tries
from tabletop.web.joining import Joining
from tabletop.web.places import Places
from tabletop.web.projector import Projector
from tabletop.wording import say

STATIC = Path(__file__).parent / "static"


def application(
    session: Session, hosts: Iterable[str] = ("*",), *, secure: bool = False
) -> Starlette:
    """The pages of a session.

    Args:
        session: What they are pages of.
        hosts: The names by which this server may be called; `*` for any.
        secure: Whether it is reached by TLS, so that cookies never travel without.
    """
    joining = Joining(session, Tries(), secure=secure)
    places, projector = Places(session, secure=secure), Projector(session)
    afterwards = Afterwards(session)
    return Starlette(
        routes=[
            Route("/", joining.door),
            Route("/asked", joining.asked),
            Route("/join", joining.join, methods=["POST"]),
            Route("/device", joining.device, methods=["POST"]),
            Route("/s/{number:int}/", places.page),
            Route("/s/{number:int}/do", places.do, methods=["POST"]),
            Route("/s/{number:int}/debrief", afterwards.debrief),
            Route("/s/{number:int}/tables", afterwards.tables),
            Route("/s/{number:int}/wash", afterwards.wash),
            Route("/s/{number:int}/lead", afterwards.lead, methods=["POST"]),
            Route("/s/{number:int}/device", places.device, methods=["POST"]),
            Route("/s/{number:int}/events", places.events),
            Route("/s/{number:int}/frames", places.frames),
            Route("/s/{number:int}/commands", places.commands, methods=["POST"]),
            Route("/s/{number:int}/ask", places.ask, methods=["POST"]),
            Route("/screen", projector.page),
            Route("/screen/{table:int}", projector.page),
            Route("/screen/{table:int}/events", projector.events),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Guard, hosts=tuple(hosts)), Middleware(Closed, session=session)],
        exception_handlers={404: _nowhere, 405: _nowhere, 500: _broken},
    )


async def _nowhere(request: Request, error: Exception) -> Response:
    return HTMLResponse(
        pages.sentence(say("There is nothing at this address."), "/", say("To the door")),
        error.status_code if isinstance(error, HTTPException) else 404,
    )


async def _broken(request: Request, error: Exception) -> Response:
    return PlainTextResponse(say("Something went wrong here. What was saved is safe."), 500)

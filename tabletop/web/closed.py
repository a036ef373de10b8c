"""Closed: what every address says once the session is closed for good."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tabletop.conduct.session.session import Session
from tabletop.web import pages
from tabletop.wording import say

STAYS = ("/static", "/screen")
"""What goes on being there: how pages look, and the room's screen, which says so itself."""
LINES = ("/events", "/frames")
"""Lines that are opened again: they say that it is over in their own way."""


class Closed:
    """Stands before the pages of a session."""

    def __init__(self, app: ASGIApp, session: Session) -> None:
        """Takes the session."""
        self.app = app
        self.session = session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through as long as there is anything behind it."""
        answer: ASGIApp = self.app
        if scope["type"] == "http" and self.session.ended:
            path: str = scope["path"]
            if not path.startswith(STAYS) and not path.endswith(LINES):
                answer = closed(by_program=_by_program(scope))
        await answer(scope, receive, send)


def closed(*, by_program: bool = False) -> Response:
    """The sentence that it is closed, as a page or for a program."""
    sentence = say("This session is closed.")
    if by_program:
        return JSONResponse({"accepted": False, "sentence": sentence}, 410)
    return HTMLResponse(pages.page("closed", sentence=sentence), 410)


def _by_program(scope: Scope) -> bool:
    told = Headers(scope=scope)
    return "application/json" in (told.get("accept", ""), told.get("content-type", ""))

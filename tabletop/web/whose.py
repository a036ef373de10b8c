"""Whose: whose page a request is for, by the cookie that opens it, and what it leads to else."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tabletop.conduct.session.people import Person
from tabletop.conduct.session.session import Session
from tabletop.exercise.seats import CONDUCTING
from tabletop.web.playing import number_in
from tabletop.web.wire import COOKIE


def whose(session: Session, request: Request) -> Person | None:
    """The person whose page is asked for, where this device shows that it is theirs."""
    token = request.cookies.get(COOKIE, "")
    return session.person(request.path_params["number"], token) if token else None


def looked_at(session: Session, person: Person, given: Mapping[str, str]) -> int:
    """The table a page is of: a player's own, and whichever one who conducts looks at."""
    asked = number_in(given, "table")
    looks = person.kind in CONDUCTING and asked in session.tables
    return asked if looks else person.table


def lost() -> Response:
    """The way to the door, for whoever has no page here."""
    return RedirectResponse("/?lost=1", 303)

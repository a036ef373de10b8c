"""Afterwards: what is read once it is over, and how a facilitator leads it from a page.

The debrief and the tables side by side are read once they are opened. The hot wash has a page of
its own: a step at a time, with notes that the room does not see. What a facilitator asks of the
session here is an ordinary form, answered with the page it came from; to ask twice is to ask once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tabletop.conduct.connection import Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.frames import ConductFrame
from tabletop.conduct.session.lines import ConductLine
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.seen import place_frame, session_view
from tabletop.conduct.session.session import Session
from tabletop.debrief.hot_wash import FORMS, Form
from tabletop.exercise.seats import CONDUCTING
from tabletop.web import pages
from tabletop.web.closed import closed
from tabletop.web.debriefs import POLICY, Debriefs
from tabletop.web.forms import Malformed, fields
from tabletop.web.guard import body
from tabletop.web.live import event
from tabletop.web.playing import number_in
from tabletop.web.whose import looked_at, lost, whose
from tabletop.wording import say

WASHING = "washing"
"""What the page of the hot wash calls itself to the line that keeps it new."""


class Afterwards:
    """The pages of those who look back."""

    def __init__(self, session: Session) -> None:
        """Takes the session."""
        self.session = session
        self._debriefs = Debriefs(session)

    async def debrief(self, request: Request) -> Response:
        """The debrief of a person's table, once the facilitator has opened it."""
        person = whose(self.session, request)
        if person is None:
            return lost()
        table = looked_at(self.session, person, request.query_params)
        # Nothing in it is anyone's name; what was private in play is not so any more.
        nothing = say("Your table has not come to its end.")
        return await self._read(person, lambda: self._debriefs.page(table, "./"), nothing)

    async def tables(self, request: Request) -> Response:
        """The session's tables side by side, for those who conduct, once the debrief is open."""
        person = whose(self.session, request)
        if person is None or person.kind not in CONDUCTING:
            return lost()
        nothing = say("There is one table alone; nothing stands beside it.")
        return await self._read(person, lambda: self._debriefs.side_by_side("./"), nothing)

    async def wash(self, request: Request) -> Response:
        """The hot wash, a step at a time, for those who facilitate and evaluate."""
        person = whose(self.session, request)
        if person is None or person.kind not in ("facilitator", "evaluator"):
            return lost()
        given = request.query_params
        table = looked_at(self.session, person, given)
        now = session_view(self.session, table).step
        form = _form(given.get("form") or now[0])
        try:
            steps = await ConductLine(self.session, person.number, table).hot_wash(form)
        except TabletopError as error:
            return _told(str(error), 409)
        if person.state != "admitted" or not steps:
            return _told(say("The exercise at this table is not over yet."), 404)
        shown = now[1] if now[0] == form else 0
        at = min(max(1, number_in(given, "at") or shown), len(steps))
        made = pages.page(
            "wash",
            person=person.number,
            shows=person.kind == "facilitator",
            table=table,
            form=form,
            forms=FORMS,
            steps=steps,
            at=at,
            shown=shown,
            phase=f"{WASHING} {now[0]} {now[1]}",
            look=f"wash?{urlencode({'table': table})}",
        )
        return HTMLResponse(made)

    async def lead(self, request: Request) -> Response:
        """Does what a facilitator asks of the session, and shows the page it was asked on."""
        person = whose(self.session, request)
        if person is None:
            return lost()
        try:
            given, _ = fields(await body(request.receive) or b"")
            table = looked_at(self.session, person, given)
            wanted = _wanted(given, table)
        except Malformed:
            return _told(say("That was not a form of this page."), 400)
        answer = await self.session.manage(person, wanted)
        if isinstance(answer, Rejected):
            return _told(answer.sentence, 409)
        if self.session.ended:
            return closed()
        page = "wash" if isinstance(wanted, s.ShowStep) else ""
        query = {"table": str(table)}
        if isinstance(wanted, s.ShowStep) and not wanted.number:
            query |= {"form": wanted.form, "at": given.get("at", "")}
        return RedirectResponse(f"/s/{person.number}/{page}?{urlencode(query)}", 303)

    async def _read(
        self, person: Person, made: Callable[[], Awaitable[str]], nothing: str
    ) -> Response:
        """A page to read, or the sentence that says why it is not there."""
        if person.state != "admitted" or not place_frame(self.session, person).debrief:
            return _told(say("The facilitator has not opened the debrief."), 404)
        try:
            text = await made()
        except TabletopError as error:
            return _told(str(error), 409)
        if not text:
            return _told(nothing, 404)
        return HTMLResponse(text, headers={"content-security-policy": POLICY})


def washed(phase: str) -> Callable[[ConductFrame], bytes]:
    """What keeps a page of the hot wash new: it is drawn again when the room sees another step."""

    def told(frame: ConductFrame) -> bytes:
        form, number = frame.session.step
        return b"" if phase == f"{WASHING} {form} {number}" else event("reload")

    return told


def _wanted(given: Mapping[str, str], table: int) -> s.SessionCommand:
    match given.get("do"):
        case "show_step":
            return s.ShowStep(_form(given.get("form", "")), number_in(given, "number"), table)
        case "open_debrief":
            return s.OpenDebrief(on=given.get("on") == "yes")
        case "close_session" if given.get("sure") == "yes":
            return s.CloseSession()
    raise Malformed


def _form(name: str) -> Form:
    return "short" if name == "short" else "full"


def _told(sentence: str, status: int) -> Response:
    # Every page here lies beside the person's own.
    return HTMLResponse(pages.sentence(sentence, "./", say("Back to your page")), status)

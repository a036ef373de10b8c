"""Places: a person's own page, what they post there, and the line that keeps it new.

Every address below `/s/N/` begins alike: a place is opened by its cookie and by nothing else, and
whoever has none is led back to the door. What a page asks for goes over the very lines that screens
hold (`Place`, `ConductLine`), so that nothing can be done here that could not be done there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tabletop.conduct.connection import Connection, Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.conduct.session.lines import ConductLine, Place
from tabletop.conduct.session.looking_back import Proposed, capabilities
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.seen import place_frame
from tabletop.conduct.session.session import Session
from tabletop.exercise.afterwards import Rate, RateCapability
from tabletop.exercise.commands import Command
from tabletop.exercise.seats import CONDUCTING
from tabletop.web import pages, playing, watching
from tabletop.web.afterwards import WASHING, washed
from tabletop.web.following import Hold, followed
from tabletop.web.forms import NOTHING, Malformed, Typed, command, fields
from tabletop.web.guard import body
from tabletop.web.joining import seated
from tabletop.web.live import EventStream
from tabletop.web.playing import number_in
from tabletop.web.regions import keyed
from tabletop.web.terminals import Terminals
from tabletop.web.whose import looked_at, lost, whose
from tabletop.web.wire import COOKIE
from tabletop.wording import say

NOTES = 8_000
"""The longest private notes that are kept."""
TOLD = {
    "say": "Sent.",
    "advise": "Sent.",
    "reflect": "Kept.",
    "note": "Kept.",
    "observe": "Noted.",
    "rate": "Rated.",
    "rate_capability": "Rated.",
    "improve": "Kept.",
    "rewrite": "Kept.",
    "withdraw": "Withdrawn.",
    "update_action": "Kept.",
    "sign": "Signed.",
    "give_feedback": "Thank you. Which answers are yours is kept nowhere.",
}
"""What is said below a form once what it asked for is done."""


class Places:
    """The pages of those who have come."""

    def __init__(self, session: Session, *, secure: bool) -> None:
        """Takes the session, and whether it is reached by TLS."""
        self.session = session
        self.secure = secure
        self._terminals = Terminals(session)

    async def page(self, request: Request) -> Response:
        """The whole page of a person as it is now."""
        person = whose(self.session, request)
        if person is None:
            return lost()
        given = request.query_params
        if (moved := self._led_over(person, request)) is not None:
            return moved
        told = TOLD.get(given.get("did", ""), "")
        typed = Typed(given.get("form", ""), sentence=say(told)) if told else NOTHING
        return await self._page(person, given, typed)

    async def do(self, request: Request) -> Response:
        """Does what a form asks, and shows the page again."""
        person = whose(self.session, request)
        scripted = "application/json" in request.headers.get("accept", "")
        if person is None:
            return _stranger() if scripted else lost()
        form: Mapping[str, str] = {}
        try:
            form, _ = fields(await body(request.receive) or b"")
            sentence = await self._done(person, form)
        except Malformed:
            sentence = say("That was not a form of this page.")
        except TabletopError as error:
            sentence = str(error)
        name = form.get("form", "")[:80]
        told = say(TOLD.get(form.get("do", ""), ""))
        if scripted:
            done = {"accepted": not sentence, "sentence": sentence or told}
            return JSONResponse(done)
        if sentence:
            typed = Typed(name, tuple(form.items()), sentence, refused=True)
            return await self._page(person, form, typed, 409)
        after = {each: form[each] for each in ("after", "table") if form.get(each)}
        query = urlencode({**after, "did": form["do"], "form": name} if told else after)
        anchor = quote(_anchor(form))
        return RedirectResponse(f"/s/{person.number}/?{query}#{anchor}", 303)

    async def device(self, request: Request) -> Response:
        """Shows a code with which a further device can take this place."""
        person = whose(self.session, request)
        if person is None:
            return lost()
        code, address = self.session.device_code(person), self.session.address
        return HTMLResponse(pages.page("device", code=code, person=person, address=address))

    async def events(self, request: Request) -> Response:
        """The line that keeps a page new."""
        person = whose(self.session, request)
        if person is None:
            return _reloading()
        given = request.query_params
        hold = Hold(self.session, person, request.cookies[COOKIE])
        if person.kind in CONDUCTING and person.state == "admitted":
            line = ConductLine(self.session, person.number, looked_at(self.session, person, given))
            phase = given.get("phase", "")
            if phase.startswith(WASHING):
                return EventStream(line.frames(), washed(phase), hold.page_over, hold.holds)
            told = watching.Watching(
                phase,
                line.table,
                debrief=given.get("debrief") == "true",
                over=given.get("over", "true" if _over(line) else "") == "true",
                proposed=await _proposed(line),
            ).events
            return EventStream(line.frames(), told, hold.page_over, hold.holds)
        if given.get("phase") == "conducting":
            # They have left since; the page they had is not theirs any more.
            return _reloading()
        place = Place(self.session, person.number)
        telling = playing.Telling(place_frame(self.session, person), place.seen(), given)
        return EventStream(followed(place), telling.events, hold.page_over, hold.holds)

    async def frames(self, request: Request) -> Response:
        """The line that tells a terminal what is so."""
        person = whose(self.session, request)
        if person is None:
            return _stranger()
        table = request.query_params.get("table", "1")
        found = int(table) if table.isdecimal() and len(table) < 4 else 1
        hold = Hold(self.session, person, request.cookies[COOKIE])
        return self._terminals.frames(hold, found if found in self.session.tables else 1)

    async def commands(self, request: Request) -> Response:
        """Does what a terminal asks."""
        person = whose(self.session, request)
        return _stranger() if person is None else await self._terminals.commands(person, request)

    async def ask(self, request: Request) -> Response:
        """Reads or keeps what lies beside the record."""
        person = whose(self.session, request)
        return _stranger() if person is None else await self._terminals.ask(person, request)

    def _led_over(self, person: Person, request: Request) -> Response | None:
        """The way to the seat that was given to this device, where one was."""
        token, led = request.cookies[COOKIE], self.session.led(person)
        if led is None or not led.holds(token):
            return None
        response = RedirectResponse(f"/s/{led.number}/", 303)
        return seated(response, request, self.session, led.number, token, secure=self.secure)

    async def _done(self, person: Person, form: Mapping[str, str]) -> str:
        """Does what a form asks, and gives the sentence of its refusal.

        Raises:
            Malformed: where it asks for nothing a page can.
        """
        if form.get("do") == "leave":
            answer = await Place(self.session, person.number).leave()
            return answer.sentence if isinstance(answer, Rejected) else ""
        wanted = command(form) if form.get("do") != "note" else None
        line: Connection | ConductLine | None
        if person.kind in CONDUCTING:
            line = ConductLine(self.session, person.number, looked_at(self.session, person, form))
        else:
            line = Place(self.session, person.number).connection()
        if line is None:
            return say("You are not at a table now.")
        if isinstance(line, ConductLine):
            wanted = await _with_proposal(wanted, line)
        if wanted is None:
            await line.note(form.get("words", "")[:NOTES])
            return ""
        answer = await line.submit(wanted, form.get("key", "")[:64])
        return answer.sentence if isinstance(answer, Rejected) else ""

    async def _page(
        self, person: Person, given: Mapping[str, str], typed: Typed = NOTHING, status: int = 200
    ) -> Response:
        frame, keys = place_frame(self.session, person), self.session.world.token
        if person.kind in CONDUCTING and person.state == "admitted":
            table = looked_at(self.session, person, given)
            line = ConductLine(self.session, person.number, table)
            now = line.frame()
            if now.view is not None:
                proposed = await _proposed(line)
                made = watching.page(frame, now, now.view, table, typed, proposed)
                return HTMLResponse(keyed(made, keys, table=table), status)
        place = Place(self.session, person.number)
        seen, connection = place.seen(), place.connection()
        if seen is None or connection is None:
            made = playing.waiting_page(frame, self.session.address, typed)
            return HTMLResponse(keyed(made, keys), status)
        notes = await connection.notes()
        made = playing.player_page(frame, seen, notes, number_in(given, "after"), typed)
        return HTMLResponse(keyed(made, keys, after=len(seen.view.feed)), status)


def _over(line: ConductLine) -> bool:
    exercise = line.exercise
    return exercise is not None and exercise.room.state.status == "ended"


async def _with_proposal(wanted: Command | None, line: ConductLine) -> Command | None:
    """A rating with what is proposed, which is the server's to say; anything else as it is."""
    view = line.frame().view
    if isinstance(wanted, Rate):
        tasks = {each.task: each.proposed for each in await line.proposed()}
        return replace(wanted, proposed=tasks.get(wanted.task, ""))
    if isinstance(wanted, RateCapability) and view is not None and view.conclusions is not None:
        tops = capabilities(await line.proposed(), view.conclusions)
        whole = {each.capability: each.proposed for each in tops}
        return replace(wanted, proposed=whole.get(wanted.capability, ""))
    return wanted


async def _proposed(line: ConductLine) -> tuple[Proposed, ...]:
    """What is proposed for the critical tasks, for who may rate them."""
    if line.person.kind == "observer":
        return ()
    try:
        return await line.proposed()
    except TabletopError:
        # The page is there all the same; who rates is told why it can't be worked out.
        return ()


def _anchor(form: Mapping[str, str]) -> str:
    """Where on the page it shows what a form has done."""
    match form.get("do"):
        case "commit" | "settle":
            return f"decision-{form.get('decision', '')}"
        case "advise":
            return f"decision-{form.get('about', '')}"
        case "skip":
            return f"p-{form.get('passage', '')}"
        case "share" | "observe":
            return str(form["do"])
        case "say":
            return "speaking"
        case "note":
            return "noting"
        case "reflect" | "rate" | "rate_capability" | "improve" | "rewrite" | "withdraw":
            return form.get("form", "")
        case "update_action" | "sign" | "give_feedback":
            return form.get("form", "")
    return "main"


def _stranger() -> Response:
    return JSONResponse({"sentence": say("This place is not yours, or no longer.")}, 403)


def _reloading() -> Response:
    return Response("event: reload\ndata:\n\n", media_type="text/event-stream")

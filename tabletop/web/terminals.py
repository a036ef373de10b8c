"""Terminals: the addresses a terminal elsewhere uses, beside those of a browser there."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tabletop.conduct.connection import Answer, Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.conduct.session.frames import ConductFrame
from tabletop.conduct.session.lines import ConductLine, Place
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.seen import place_frame
from tabletop.conduct.session.session import Session
from tabletop.debrief.documents.document import Document
from tabletop.exercise.codec import UnknownForm, decode_command
from tabletop.exercise.commands import Command
from tabletop.exercise.seats import CONDUCTING
from tabletop.web import wire
from tabletop.web.following import Followed, Hold, followed
from tabletop.web.guard import body
from tabletop.web.live import EventStream, event
from tabletop.wording import say


class Terminals:
    """A terminal's side of a person's place."""

    def __init__(self, session: Session) -> None:
        """Takes the session."""
        self.session = session

    def frames(self, hold: Hold, table: int) -> Response:
        """The line that tells a terminal what is so."""
        person, sending = hold.person, wire.Sending()
        place = Place(self.session, person.number)
        if person.kind in CONDUCTING and person.state == "admitted":
            line = ConductLine(self.session, person.number, table)

            def conducted(frame: ConductFrame) -> bytes:
                place = place_frame(self.session, line.person)
                return _event(sending.standing(place), sending.conduct(frame))

            return EventStream(line.frames(), conducted, hold.terminal_over, hold.holds)

        def played(given: Followed) -> bytes:
            stands, frame = given
            standing = sending.standing(stands)
            if frame is None:
                return _event(standing)
            return _event(standing, sending.player(frame.view, frame.clock, frame.saved))

        seen = followed(place) if person.kind not in CONDUCTING else _outside(place)
        return EventStream(seen, played, hold.terminal_over, hold.holds)

    async def commands(self, person: Person, request: Request) -> Response:
        """Does what a terminal asks."""
        given = await _json(request)
        key = given.get("key")
        key = key[:64] if isinstance(key, str) else ""
        try:
            if "session" in given:
                asked = wire.session_command(given["session"])
                return _answer(await self.session.manage(person, asked))
            command = decode_command(given.get("command"))
        except UnknownForm:
            return JSONResponse({"sentence": say("This is not a command.")}, 400)
        if person.kind in CONDUCTING:
            line = ConductLine(self.session, person.number, _table(given, self.session))
            if given.get("all") is True:
                answers = await line.submit_to_all(command, key)
                return JSONResponse(
                    {"tables": {number: wire.answered(each) for number, each in answers.items()}}
                )
            return _answer(await line.submit(command, key))
        return _answer(await self._played(person, command, key))

    async def ask(self, person: Person, request: Request) -> Response:
        """Reads or keeps what lies beside the record, or shows a role's view."""
        given = await _json(request)
        match given.get("ask"):
            case "phase":
                frame = place_frame(self.session, person)
                return JSONResponse({"phase": frame.phase, "name": frame.name, "led": frame.led})
            case "leave":
                await Place(self.session, person.number).leave()
                return JSONResponse({})
        line = ConductLine(self.session, person.number, _table(given, self.session))
        place = Place(self.session, person.number)
        conduct = place.conducting() is not None
        mine: Any = line if conduct else place.connection()
        if mine is None:
            return JSONResponse({"sentence": say("You are not at a table now.")}, 409)
        match given.get("ask"):
            case "debrief":
                return await _document(line.debrief() if conduct else place.debrief())
            case "side_by_side" if conduct:
                return await _document(line.side_by_side())
            case "notes":
                return JSONResponse({"notes": await mine.notes()})
            case "note":
                await mine.note(str(given.get("text", "")))
                return JSONResponse({})
            case "drafts" if not conduct:
                return JSONResponse({"drafts": await mine.drafts()})
            case "draft" if not conduct:
                await mine.draft(str(given.get("decision", "")), str(given.get("text", "")))
                return JSONResponse({})
            case "view_as" if conduct:
                role = str(given.get("role", ""))
                roles = self.session.loaded.scenario.roles
                seen = await line.view_as(role) if role in roles else None
                return JSONResponse({"view": None if seen is None else wire.PLAYER.write(seen)})
            case "hot_wash" | "proposed" as asked if person.kind in ("facilitator", "evaluator"):
                return await self._looked_back(line, asked, given)
        return JSONResponse({"sentence": say("This can't be asked here.")}, 400)

    async def _looked_back(self, line: ConductLine, asked: str, given: dict[str, Any]) -> Response:
        try:
            if asked == "proposed":
                tasks = await line.proposed()
                return JSONResponse({"proposed": [wire.PROPOSED.write(each) for each in tasks]})
            steps = await line.hot_wash("short" if given.get("form") == "short" else "full")
            return JSONResponse({"steps": [wire.STEP.write(each) for each in steps]})
        except TabletopError as error:
            return JSONResponse({"sentence": str(error)}, 409)

    async def _played(self, person: Person, command: Command, key: str) -> Answer:
        line = Place(self.session, person.number).connection()
        if line is None:
            return Rejected("not_begun", say("You are not at a table now."))
        return await line.submit(command, key)


async def _document(asked: Awaitable[Document | None]) -> Response:
    try:
        found = await asked
    except TabletopError as error:
        return JSONResponse({"sentence": str(error)}, 409)
    return JSONResponse({"document": found and wire.DOCUMENT.write(found)})


async def _outside(place: Place) -> AsyncIterator[Followed]:
    """Where someone stands who came to conduct, until they are let in and come again for that."""
    async for given in followed(place):
        if place.person.state == "admitted":
            return
        yield given


def _event(*parts: str) -> bytes:
    """A frame made of what each part tells; nothing where none tells anything."""
    members = ",".join(filter(None, parts))
    return event("frame", f"{{{members}}}") if members else b""


def _answer(answer: Answer) -> Response:
    return JSONResponse(wire.answered(answer))


def _table(given: dict[str, Any], session: Session) -> int:
    table = given.get("table", 1)
    return table if type(table) is int and table in session.tables else 1


async def _json(request: Request) -> dict[str, Any]:
    try:
        given = json.loads(await body(request.receive) or b"")
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}

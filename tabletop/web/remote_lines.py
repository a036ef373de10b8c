"""Remote lines: a player's and a conductor's, over a place in a session elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tabletop.conduct.connection import Answer, Frame
from tabletop.conduct.session.commands import SessionCommand
from tabletop.conduct.session.frames import ConductFrame
from tabletop.conduct.session.looking_back import Proposed
from tabletop.debrief.documents.document import Document
from tabletop.debrief.hot_wash import Form, Step
from tabletop.exercise.codec import Form as WireForm
from tabletop.exercise.codec import Made, UnknownForm, encode
from tabletop.exercise.commands import Command
from tabletop.exercise.view_types import PlayerView
from tabletop.web import wire
from tabletop.web.reaching import Unreached
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.web.remote import RemoteSession


class RemoteConnection:
    """A player's line to an exercise elsewhere."""

    def __init__(self, session: RemoteSession) -> None:
        """Takes the place it belongs to."""
        self._session = session
        self._closed = False

    @property
    def seat(self) -> str:
        """The seat this line is bound to."""
        return f"seat-{self._session.number}"

    async def submit(self, command: Command, key: str = "") -> Answer:
        """Submits a command with the person's own words."""
        return await self._session.submit({"command": encode(command), "key": key or uuid4().hex})

    async def frames(self) -> AsyncIterator[Frame]:
        """The newest frame now, then each newer one."""
        shown: tuple[object, ...] = ()
        async for _ in self._session.changes():
            received = self._session.received
            view = received.player
            if view is None or self._closed:
                return
            now = (view, received.saved, received.running, received.elapsed)
            if now != shown:
                shown = now
                yield Frame(view, self._session.clock(), received.saved)

    async def note(self, text: str) -> None:
        """Keeps this seat's private notes beside the record."""
        await self._session.post("ask", {"ask": "note", "text": text})

    async def notes(self) -> str:
        """This seat's private notes."""
        return str((await self._session.post("ask", {"ask": "notes"})).get("notes", ""))

    async def draft(self, decision: str, text: str) -> None:
        """Keeps a half-written answer, as JSON text of the client's own."""
        await self._session.post("ask", {"ask": "draft", "decision": decision, "text": text})

    async def drafts(self) -> dict[str, str]:
        """This seat's half-written answers by decision."""
        found = (await self._session.post("ask", {"ask": "drafts"})).get("drafts")
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    async def close(self) -> None:
        """Leaves this line; the place stays."""
        self._closed = True
        self._session.ring()


class RemoteConductLine:
    """The line of someone who conducts a session elsewhere."""

    def __init__(self, session: RemoteSession) -> None:
        """Takes the place it belongs to."""
        self._session = session
        self._closed = False

    @property
    def seat(self) -> str:
        """The seat this line is bound to."""
        return f"seat-{self._session.number}"

    @property
    def reached(self) -> bool:
        """Whether the session can be reached now."""
        return self._session.reached

    @property
    def table(self) -> int:
        """The table looked at."""
        return self._session.table

    def look_at(self, table: int) -> None:
        """Turns to another table."""
        self._session.table = table
        self._session.look_again()

    async def frames(self) -> AsyncIterator[ConductFrame]:
        """What is so, then each change."""
        async for _ in self._session.changes():
            received = self._session.received
            if self._closed or self._session.gone:
                return
            if received.session is not None:
                clock = self._session.clock()
                yield ConductFrame(received.conduct, clock, received.session, received.outlook)

    async def submit(self, command: Command, key: str = "") -> Answer:
        """Submits a command to the table looked at."""
        return await self._session.submit(self._asked(command, key))

    async def submit_to_all(self, command: Command, key: str = "") -> Mapping[int, Answer]:
        """Submits a command to every table."""
        found = await self._session.post("commands", {**self._asked(command, key), "all": True})
        return {int(table): wire.answer(each) for table, each in found.get("tables", {}).items()}

    async def manage(self, command: SessionCommand) -> Answer:
        """Does something to the session."""
        return await self._session.submit({"session": wire.written(command)})

    async def view_as(self, role: str) -> PlayerView | None:
        """A role's own view; none before it begins."""
        given = {"ask": "view_as", "role": role, "table": self.table}
        found = (await self._session.post("ask", given)).get("view")
        return None if found is None else wire.PLAYER.read(found)

    async def hot_wash(self, form: Form) -> tuple[Step, ...]:
        """The steps of the talk about the table looked at."""
        given = {"ask": "hot_wash", "form": form, "table": self.table}
        return await self._looked_back(given, "steps", wire.STEP)

    async def proposed(self) -> tuple[Proposed, ...]:
        """What is proposed for each critical task of the table looked at."""
        given = {"ask": "proposed", "table": self.table}
        return await self._looked_back(given, "proposed", wire.PROPOSED)

    async def debrief(self) -> Document | None:
        """The debrief of the table looked at; none until the facilitator has opened it."""
        return await self._session.document({"ask": "debrief", "table": self.table})

    async def side_by_side(self) -> Document | None:
        """The session's tables side by side; none until the debrief is open, or for one alone."""
        return await self._session.document({"ask": "side_by_side"})

    async def _looked_back(
        self, given: dict[str, Any], name: str, form: WireForm[Made]
    ) -> tuple[Made, ...]:
        found = await self._session.post("ask", given)
        if not isinstance(found.get(name), list):
            raise Unreached(found.get("sentence") or say("This can't be had now."))
        try:
            return tuple(form.read(each) for each in found[name])
        except UnknownForm as error:
            raise Unreached(str(error)) from None

    async def note(self, text: str) -> None:
        """Keeps this seat's private notes."""
        await self._session.post("ask", {"ask": "note", "text": text, "table": self.table})

    async def notes(self) -> str:
        """This seat's private notes."""
        given = {"ask": "notes", "table": self.table}
        return str((await self._session.post("ask", given)).get("notes", ""))

    async def close(self) -> None:
        """Leaves; the session goes on without this line."""
        self._closed = True
        self._session.ring()

    def _asked(self, command: Command, key: str) -> dict[str, Any]:
        return {"command": encode(command), "key": key or uuid4().hex, "table": self.table}

"""Remote: a session elsewhere, as the screens hold one here.

One line of events stays open to the session and is opened again whenever it breaks, for as long as
somebody looks; what comes over it is put together in `wire.Receiving`. A command is sent until it
is answered, always under the same key, so that it counts once however often it had to be sent.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx

from tabletop.conduct.connection import Answer, ClockReading, Connection, Rejected
from tabletop.conduct.session.frames import PlaceFrame
from tabletop.debrief.documents.document import Document
from tabletop.exercise.codec import UnknownForm
from tabletop.web import wire
from tabletop.web.following import GIVEN
from tabletop.web.live import ALIVE
from tabletop.web.reaching import Unreached, client, come_in, path, read
from tabletop.web.remote_lines import RemoteConductLine, RemoteConnection
from tabletop.wording import say

SILENCE = 3 * ALIVE
"""Seconds without a sign after which a line is taken for dead."""
PATIENCE = 30.0
"""Seconds for which a command is sent again."""


class RemoteSession:
    """A place in a session elsewhere."""

    def __init__(self, client: httpx.AsyncClient, number: int) -> None:
        """Takes a client that holds the place's cookie."""
        self._client = client
        self.number = number
        self.table = 1
        self.received = wire.Receiving()
        self.reached = True
        """Whether the line is open now."""
        self.over = False
        self.closing = say("The session is closed.")
        self._gone = False
        self._as_of = time.monotonic()
        self._bells: set[asyncio.Event] = set()
        self._again = asyncio.Event()
        self._first = asyncio.Event()
        self._task = asyncio.create_task(self._follow())

    @classmethod
    async def join(
        cls,
        address: str,
        code: str,
        name: str,
        *,
        agency: str = "",
        wish: str = "",
        kind: str = "player",
        skips: tuple[str, ...] = (),
        verify: ssl.SSLContext | bool = True,
    ) -> RemoteSession:
        """Comes in at the door.

        Raises:
            Unreached: with a sentence, where one can't.
        """
        asking = client(address, verify)
        given = {
            "code": code,
            "name": name,
            "agency": agency,
            "wish": wish,
            "kind": kind,
            "accept": "yes",
            "skip": list(skips),
        }
        try:
            return cls(asking, await come_in(asking, address, given))
        except BaseException:
            await asking.aclose()
            raise

    @classmethod
    def again(
        cls, address: str, number: int, token: str, verify: ssl.SSLContext | bool = True
    ) -> RemoteSession:
        """Comes back to a place, by what opens it."""
        return cls(client(address, verify, number, token), number)

    @property
    def token(self) -> str:
        """What opens this place again; for the user's own disk only."""
        return str(self._client.cookies.get(wire.COOKIE, path=path(self.number)) or "")

    @property
    def gone(self) -> bool:
        """Whether the place is not there any more, or is not one's own."""
        place = self.received.place
        return self._gone or (place is not None and place.phase in ("left", "declined"))

    async def known(self) -> None:
        """Waits until something has come."""
        await self._first.wait()

    async def frames(self) -> AsyncIterator[PlaceFrame]:
        """Where the person stands now, then each change."""
        shown: tuple[PlaceFrame | None, bool, bool] = (None, False, True)
        async for _ in self.changes():
            # That there is a line to play by is a change too: it may come after the place.
            now = (self.received.place, self.received.player is not None, self.reached)
            if now[0] is not None and now != shown:
                shown = now
                yield now[0]

    def connection(self) -> Connection | None:
        """The player's line to their exercise; none before they play."""
        return RemoteConnection(self) if self.received.player is not None else None

    def conducting(self) -> RemoteConductLine | None:
        """The line of someone who conducts; none for players, and none before they are let in."""
        return RemoteConductLine(self) if self.received.session is not None else None

    async def debrief(self) -> Document | None:
        """The debrief; none until the facilitator has opened it."""
        return await self.document({"ask": "debrief"})

    async def document(self, asked: dict[str, Any]) -> Document | None:
        """What is to be read, where it is open.

        Raises:
            Unreached: with a sentence, where it can't be had now.
        """
        found = await self.post("ask", asked)
        if "document" not in found:
            raise Unreached(found.get("sentence") or say("The debrief can't be had now."))
        given = found["document"]
        try:
            return None if given is None else wire.DOCUMENT.read(given)
        except UnknownForm as error:
            raise Unreached(str(error)) from None

    async def leave(self) -> None:
        """Gives the place up for good.

        Raises:
            Unreached: where the session can't be told.
        """
        await self.post("ask", {"ask": "leave"})
        self._gone = True

    async def changes(self) -> AsyncIterator[None]:
        """One now that something is known, and one for each change after it."""
        bell = asyncio.Event()
        self._bells.add(bell)
        try:
            await self._first.wait()
            while True:
                bell.clear()
                yield
                if self.over:
                    return
                await bell.wait()
        finally:
            self._bells.discard(bell)

    def clock(self) -> ClockReading:
        """The exercise's clock as last heard."""
        return ClockReading(self.received.running, self.received.elapsed, self._as_of)

    async def post(self, what: str, given: dict[str, Any]) -> dict[str, Any]:
        """Sends something until it is answered.

        Raises:
            Unreached: where it is not for long enough.
        """
        until = time.monotonic() + PATIENCE
        pause = 0.2
        while True:
            try:
                answer = await self._client.post(f"{path(self.number)}{what}", json=given)
            except httpx.TransportError:
                if time.monotonic() > until or self.over:
                    raise Unreached(
                        say("The session can't be reached. Nothing was lost; try again.")
                    ) from None
                await asyncio.sleep(pause)
                pause = min(2 * pause, 2.0)
            else:
                return read(answer)

    async def submit(self, given: dict[str, Any]) -> Answer:
        """Sends a command and gives its answer."""
        try:
            return wire.answer(await self.post("commands", given))
        except Unreached as error:
            return Rejected("unreached", str(error))
        except UnknownForm:
            return Rejected("unreached", say("The session answered something unknown."))

    def look_again(self) -> None:
        """Opens the line anew, as for another table."""
        self._again.set()

    async def close(self) -> None:
        """Lets go of it; the place stays."""
        self.over = True
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._client.aclose()
        self.ring()

    def ring(self) -> None:
        """Tells everyone who listens that something has changed."""
        for bell in self._bells:
            bell.set()

    async def _follow(self) -> None:
        pause = 0.2
        while not self.over:
            self._again.clear()
            follow = asyncio.ensure_future(self._line())
            again = asyncio.ensure_future(self._again.wait())
            try:
                await asyncio.wait({follow, again}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (follow, again):
                    task.cancel()
                heard, _ = await asyncio.gather(follow, again, return_exceptions=True)
            if self._again.is_set():
                continue
            self.reached = False
            self.ring()
            pause = 0.2 if heard is True else min(2 * pause, 3.0)
            if not self.over:
                await asyncio.sleep(pause)

    def _lead(self, number: int) -> None:
        """Goes on in the seat that was given to this device, which the same token opens."""
        self._client.cookies.set(wire.COOKIE, self.token, path=path(number))
        self.number = number
        self._again.set()

    async def _line(self) -> bool:
        """Follows one line to its end; whether anything came over it."""
        received, heard = wire.Receiving(), False
        try:
            async with self._client.stream(
                "GET",
                f"{path(self.number)}frames",
                params={"table": str(self.table)},
                timeout=httpx.Timeout(10, read=SILENCE),
            ) as answer:
                if answer.status_code != 200:
                    # A place that is no longer ours will not be so again.
                    self.over = self._gone = answer.status_code in (403, 404)
                    self.closing = _given()
                    return heard
                async for kind, data in _events(answer):
                    if kind == "frame":
                        received.take(data)
                        if received.place is not None and received.place.led:
                            self._lead(received.place.led)
                            return True
                        self.received, self._as_of = received, time.monotonic()
                        heard = self.reached = True
                        self._first.set()
                        self.ring()
                    elif kind == "over":
                        self.over = self._gone = True
                        self.closing = _given() if data == GIVEN else self.closing
                        return heard
                    elif not self.reached:
                        self.reached = True
                        self.ring()
        except (httpx.HTTPError, UnknownForm):
            pass
        finally:
            if self.over:
                self._first.set()
                self.ring()
        return heard


def _given() -> str:
    return say("Your seat is on another device now. If that is wrong, speak to the facilitator.")


async def _events(answer: httpx.Response) -> AsyncIterator[tuple[str, str]]:
    """The events of a line, kind and data."""
    kind, data = "", list[str]()
    async for line in answer.aiter_lines():
        if line.startswith("event: "):
            kind = line[7:]
        elif line.startswith("data: "):
            data.append(line[6:])
        elif not line:
            yield kind, "\n".join(data)
            kind, data = "", []

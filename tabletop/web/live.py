"""Live: telling a page or a terminal what is new, as Server-Sent Events, newest first and only.

Every client has one place for what it has not been told yet, and what comes later takes it: a
reader that is slow misses states that are over, and a reader that is stuck costs the others
nothing. A write that takes too long ends the line; whoever still reads comes back by itself.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Generic, TypeVar

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

ALIVE = 5.0
"""Seconds after which a silent line says that it is there."""
PATIENCE = 20.0
"""Seconds a write may take."""

Given = TypeVar("Given")


class EventStream(Response, Generic[Given]):
    """An answer that goes on: whatever `told` makes of each newest frame."""

    def __init__(
        self,
        frames: AsyncIterator[Given],
        told: Callable[[Given], bytes],
        last: Callable[[], bytes],
        holds: Callable[[], bool] = lambda: True,
    ) -> None:
        """Takes frames, and what makes events of one; nothing where nothing is new.

        Where the frames end, or what is followed is the reader's no longer, `last` is told; where
        that is nothing, the reader comes back after a while.
        """
        self._frames = frames
        self._told = told
        self._last = last
        self._holds = holds
        self._now = asyncio.get_running_loop().time
        self._written = 0.0
        """When something was last sent,"""
        self._writing = 0.0
        """and since when something is being sent; 0 while nothing is."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends until the frames end or nobody reads any more."""
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"text/event-stream; charset=utf-8"),
                    (b"x-accel-buffering", b"no"),
                ],
            }
        )
        tasks = (
            asyncio.create_task(_gone(receive)),
            asyncio.create_task(self._send(send)),
            asyncio.create_task(self._keep(send)),
        )
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()

    async def _send(self, send: Send) -> None:
        frames = self._frames
        try:
            async for frame in frames:
                if not self._holds():
                    break
                events = self._told(frame)
                if events:
                    await self._write(send, events)
        finally:
            close = getattr(frames, "aclose", None)
            if close is not None:
                await close()
        self._writing = self._now()
        await send({"type": "http.response.body", "body": self._last()})

    async def _write(self, send: Send, data: bytes) -> None:
        # Whether it takes too long is for `_keep` to see: a limit of its own for each write would
        # cost as much as the write.
        self._writing = self._now()
        await send({"type": "http.response.body", "body": data, "more_body": True})
        self._written, self._writing = self._now(), 0.0

    async def _keep(self, send: Send) -> None:
        """Says that the line is there while it is silent; returns where nobody reads any more.

        It keeps time by what was sent, not by what came: frames that hold nothing new for this
        reader must not show even in when it is silent.
        """
        self._written = self._now()
        while True:
            due = self._writing + PATIENCE if self._writing else self._written + ALIVE
            if self._now() < due:
                await asyncio.sleep(due - self._now())
            elif self._writing:
                return
            else:
                try:
                    async with asyncio.timeout(PATIENCE):
                        await self._write(send, event("alive"))
                except TimeoutError:
                    return


def event(kind: str, data: str = "") -> bytes:
    """An event as it is sent; its data is one line, as JSON is."""
    return f"event: {kind}\ndata: {data}\n\n".encode()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

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
        told: Callable[[Given], list[tuple[str, str]]],
        over: Callable[[], bool],
    ) -> None:
        """Takes frames, and what makes events (kind and data) of one; none where nothing is new.

        Where the frames end, `over` says whether for good; else the reader is to come back.
        """
        self._frames = frames
        self._told = told
        self._over = over

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
        gone = asyncio.create_task(_gone(receive))
        sent = asyncio.create_task(self._send(send))
        try:
            done, _ = await asyncio.wait({gone, sent}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (gone, sent):
                task.cancel()
            await asyncio.gather(gone, sent, return_exceptions=True)
        if sent in done:
            sent.result()

    async def _send(self, send: Send) -> None:
        frames = self._frames
        coming = newest(frames)
        # The sign of life keeps time by what was sent, not by what came: frames that hold nothing
        # new for this reader must not show even in when it is silent.
        now = asyncio.get_running_loop().time
        due = now() + ALIVE
        try:
            while True:
                ready, _ = await asyncio.wait({coming}, timeout=max(0.0, due - now()))
                if ready:
                    try:
                        events = self._told(coming.result())
                    except StopAsyncIteration:
                        break
                    coming = newest(frames)
                else:
                    events = []
                if now() >= due and not events:
                    events = [("alive", "")]
                if events:
                    due = now() + ALIVE
                    data = "".join(map(_event, events)).encode()
                    await _written(
                        send, {"type": "http.response.body", "body": data, "more_body": True}
                    )
        except TimeoutError:
            return
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
            close = getattr(frames, "aclose", None)
            if close is not None:
                await close()
        last = _event(("over", "")).encode() if self._over() else b""
        await _written(send, {"type": "http.response.body", "body": last})


def newest(values: AsyncIterator[Given]) -> "asyncio.Future[Given]":
    """The next of some values, which nobody has to wait for: that there is none may go unread."""
    coming: asyncio.Future[Given] = asyncio.ensure_future(anext(values))
    coming.add_done_callback(lambda done: done.cancelled() or done.exception())
    return coming


def _event(event: tuple[str, str]) -> str:
    kind, data = event
    lines = "".join(f"data: {line}\n" for line in data.split("\n"))
    return f"event: {kind}\n{lines}\n"


async def _written(send: Send, message: dict[str, object]) -> None:
    async with asyncio.timeout(PATIENCE):
        await send(message)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

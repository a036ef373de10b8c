"""Server: uvicorn inside whatever loop is already running, without a hand on its signals."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import socket
from collections.abc import Iterator
from typing import Any, ClassVar

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from tabletop.web.tls import Certificate

SILENCE = 15.0
"""Seconds a connection may take to say what it wants,"""
MOST_SILENT = 200
"""and how many may be taking them."""
USUAL = (10_000, 10, 10)
"""How often cycles are looked for while something listens."""


class Speaking(H11Protocol):
    """A connection that has to say what it wants before long, and goes first where many don't.

    Left alone, a connection that says nothing, or a byte now and then, would stay for good; a
    thousand of them would keep everyone else out.
    """

    silent: ClassVar[dict[Speaking, asyncio.TimerHandle]] = {}
    """Those that want nothing yet, the longest silent first."""

    def connection_made(self, transport: Any) -> None:
        """Begins to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Takes in some of a request."""
        super().data_received(data)
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.response_complete:
            self._heard()
        elif self not in self.silent:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Lets go."""
        self._heard()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answers what is no request, where nothing was answered here before."""
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.response_complete:
            # Whatever was about to answer has nobody to answer any more.
            cycle.disconnected = True
            cycle.message_event.set()
        # The answer to a HEAD has no body, and this one does.
        if cycle is None or not (cycle.response_started or cycle.scope["method"] == "HEAD"):
            super().send_400_response(msg)
        else:
            self.transport.close()

    def _wait(self) -> None:
        if len(self.silent) >= MOST_SILENT:
            next(iter(self.silent))._end()
        self.silent[self] = self.loop.call_later(SILENCE, self._end)

    def _heard(self) -> None:
        due = self.silent.pop(self, None)
        if due is not None:
            due.cancel()

    def _end(self) -> None:
        self._heard()
        self.transport.abort()


class Server(uvicorn.Server):
    """A uvicorn that leaves signals to the program it runs in."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


def _a_fault(record: logging.LogRecord) -> bool:
    """Whether a record tells of one; a line that is cancelled at the end is none."""
    return record.exc_info is None or not isinstance(record.exc_info[1], asyncio.CancelledError)


logging.getLogger("uvicorn.error").addFilter(_a_fault)


class Listening:
    """A server that listens, from `begin` to `end`."""

    def __init__(
        self, app: ASGIApp, bound: socket.socket, certificate: Certificate | None = None
    ) -> None:
        """Takes the application, a socket that is bound, and TLS."""
        config = uvicorn.Config(
            app,
            log_config=None,
            # What is no request is the sender's affair; a line about it would lie over the console.
            log_level="error",
            access_log=False,
            lifespan="off",
            server_header=False,
            date_header=False,
            timeout_keep_alive=15,
            h11_max_incomplete_event_size=16 * 1024,
            limit_concurrency=1_000,
            ws="none",
            http=Speaking,
            ssl_certfile=certificate.certificate if certificate is not None else None,
            ssl_keyfile=certificate.key if certificate is not None else None,
        )
        self._server = Server(config)
        self._socket = bound
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Begins to answer; returns once it does."""
        if gc.get_threshold()[0] > USUAL[0]:
            # A start looks for cycles seldom; connections that break off would pile up meanwhile.
            gc.set_threshold(*USUAL)
            gc.freeze()
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        while not self._server.started:
            if self._task.done():
                self._task.result()
            await asyncio.sleep(0.005)

    async def end(self) -> None:
        """Stops; lines that are open are ended."""
        self._server.should_exit = True
        self._server.force_exit = True
        if self._task is not None:
            await self._task
        self._socket.close()


def bound(address: str, port: int) -> socket.socket:
    """A socket that listens at an address.

    Raises:
        OSError: where it can't.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((address, port))
        found.listen(256)
    except BaseException:
        found.close()
        raise
    found.setblocking(False)
    return found

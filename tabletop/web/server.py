"""Server: uvicorn inside whatever loop is already running, without a hand on its signals."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from tabletop.web.tls import Certificate


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
            access_log=False,
            lifespan="off",
            server_header=False,
            date_header=False,
            timeout_keep_alive=15,
            h11_max_incomplete_event_size=16 * 1024,
            limit_concurrency=1_000,
            ws="none",
            ssl_certfile=certificate.certificate if certificate is not None else None,
            ssl_keyfile=certificate.key if certificate is not None else None,
        )
        self._server = Server(config)
        self._socket = bound
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Begins to answer; returns once it does."""
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

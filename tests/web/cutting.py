"""A network between a device and a session that can be cut: nothing passes and nobody is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Network:
    """Passes bytes on both ways while it is whole."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._whole = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._whole.set()
        self.port = 0

    def cut(self) -> None:
        """From now on nothing passes."""
        self._whole.clear()

    def mend(self) -> None:
        """What was on its way arrives, where its connection still stands."""
        self._whole.set()

    async def _joined(self, near: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        await self._whole.wait()
        far, into = await asyncio.open_connection("127.0.0.1", self._port)
        passing = [
            asyncio.create_task(self._pass(near, into)),
            asyncio.create_task(self._pass(far, out)),
        ]
        self._tasks.update(passing)
        await asyncio.wait(passing)

    async def _pass(self, source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while some := await source.read(65536):
                await self._whole.wait()
                to.write(some)
                await to.drain()
        to.close()


@asynccontextmanager
async def network(port: int) -> AsyncIterator[Network]:
    """A network that leads to a port."""
    found = Network(port)
    server = await asyncio.start_server(found._joined, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        found.mend()
        server.close()
        for task in found._tasks:
            task.cancel()
        await asyncio.gather(*found._tasks, return_exceptions=True)

"""A server to be measured: sessions with people at their tables, or a bare broadcast.

    python -m bench.serving sessions COUNT PEOPLE | bare

Prints its port and who has come, as JSON, and then serves. `GET /spent` gives its kilobytes and the
seconds of processor time it took so far.
"""

import asyncio
import gc
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tabletop.authoring.outlook import Outlook
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.proving import Looking
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.hosting import host
from tabletop.conduct.world import World
from tabletop.web.app import application
from tabletop.web.server import USUAL, Listening, bound

SCENARIO = "larkmoor_row"


async def spent(request: Request) -> Response:
    """The kilobytes this process holds, and the seconds of processor time it took."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return PlainTextResponse(f"{line.split()[1]} {time.process_time()}")


class Unlooked:
    """Works nothing out: what only facilitators are shown is another process's affair."""

    async def ahead(self, looking: Looking) -> Outlook | None:
        """Nothing."""
        return None

    async def close(self) -> None:
        """Nothing to close."""


async def sessions(count: int, people: int) -> None:
    """Serves exercises that have begun, each with people in every role."""
    loaded, world = Library().load(SCENARIO), World.real()
    roles = [name for name, role in loaded.scenario.roles.items() if role.joins is None]
    with TemporaryDirectory() as folder:
        apps, came = [], []
        for _ in range(count):
            session = await host(
                Library(), DataFolder(folder), loaded, open_door=True, world=world, looker=Unlooked
            )
            places = []
            for number in range(people):
                role = roles[number % len(roles)]
                person, token = await session.join(f"Person {number}", wish=role)
                places.append((person.number, token))
            await session.manage(session.people[1], s.Begin())
            apps.append(application(session))
            came.append(places)

        async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
            """The application of a session by the first part of the address; without any other."""
            first, _, rest = scope["path"][1:].partition("/")
            app = apps[int(first)] if first.isdecimal() else beside
            await app(
                {**scope, "path": f"/{rest}" if first.isdecimal() else scope["path"]}, receive, send
            )

        beside = Starlette(routes=[Route("/spent", spent)])
        await served(chosen, came)


async def bare() -> None:
    """Serves a broadcast of whatever is posted, to each group its own."""
    groups: dict[int, set[asyncio.Queue[bytes]]] = {}

    async def events(request: Request) -> Response:
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        readers = groups.setdefault(request.path_params["group"], set())

        async def told() -> AsyncIterator[bytes]:
            readers.add(queue)
            yield b": here\n\n"
            try:
                while True:
                    yield await queue.get()
            finally:
                readers.discard(queue)

        return StreamingResponse(told(), media_type="text/event-stream")

    async def send(request: Request) -> Response:
        data = await request.body()
        for queue in groups[request.path_params["group"]]:
            queue.put_nowait(data)
        return PlainTextResponse("")

    routes = [
        Route("/spent", spent),
        Route("/events/{group:int}", events),
        Route("/send/{group:int}", send, methods=["POST"]),
    ]
    await served(Starlette(routes=routes), [])


async def served(app: ASGIApp, came: object) -> None:
    """Serves until it is ended."""
    # As `tabletop host` does: what the start made stays, and is not looked through for cycles.
    gc.set_threshold(*USUAL)
    gc.freeze()
    socket = bound("127.0.0.1", 0)
    listening = Listening(app, socket)
    await listening.begin()
    print(json.dumps({"port": socket.getsockname()[1], "came": came}), flush=True)
    with suppress(asyncio.CancelledError):
        await asyncio.Event().wait()


if __name__ == "__main__":
    kind, *numbers = sys.argv[1:]
    asyncio.run(bare() if kind == "bare" else sessions(*map(int, numbers)))

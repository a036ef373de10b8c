"""A session whose every line is read to the byte, in a world without chance.

It is the real application, asked in this process as a server would ask it. Each of those who look
on holds a page's line and a terminal's; whatever either is sent, and whatever a request of theirs
is answered, is kept step by step.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlencode

from tabletop.authoring.outlook import Outlook, Outlooks
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.proving import Looking
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.hosting import host
from tabletop.conduct.session.session import Session
from tabletop.conduct.world import FixedWorld
from tabletop.exercise.codec import encode
from tabletop.exercise.commands import Command
from tabletop.exercise.engine import Engine
from tabletop.web import wire
from tabletop.web.app import application

LIBRARY = Library()
loaded = cache(LIBRARY.load)


@cache
def outlooks(slug: str) -> Outlooks:
    """The outlooks of a scenario."""
    return Outlooks(Engine(loaded(slug).scenario, loaded(slug).guidance))


@lru_cache(1_000)
def outlook(looking: Looking) -> Outlook | None:
    """What an exercise can still come to; runs of a pair ask much the same."""
    return outlooks(looking.name).at(looking.taken)


SCREEN = "screen"


class Still(FixedWorld):
    """A world in which nobody's chance depends on how often others drew before."""

    def token(self) -> str:
        """The same for everyone; whose place it is stands in the address."""
        return "t"

    def code(self, length: int = 6) -> str:
        """The same each time, for a length."""
        return "BCDFGHJKMN"[:length]


class AtOnce:
    """Looks ahead in this process, so that what is sent does not rest on how fast another is."""

    async def ahead(self, looking: Looking) -> Outlook | None:
        """What an exercise can still come to."""
        return outlooks(looking.name).at(looking.taken)

    async def close(self) -> None:
        """Nothing is under way."""


class Line:
    """A line that stays open, read as fast as it is written."""

    def __init__(self, app, path: str, cookie: str = "") -> None:
        self.sent: list[bytes] = []
        self._gone = asyncio.Event()
        self._task = asyncio.create_task(app(scope("GET", path, cookie), self._receive, self._send))

    async def _receive(self):
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message) -> None:
        if message["type"] == "http.response.start":
            self.sent.append(repr((message["status"], sorted(message["headers"]))).encode())
        elif message.get("body"):
            self.sent.append(message["body"])

    async def close(self) -> None:
        self._gone.set()
        await self._task


def scope(method: str, path: str, cookie: str = "", kind: str = "") -> dict[str, object]:
    """A request as a server hands it on."""
    headers = [(b"host", b"table")]
    headers += [(b"cookie", f"seat={cookie}".encode())] if cookie else []
    headers += [(b"content-type", kind.encode())] if kind else []
    plain, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("10.0.0.7", 1234),
        "server": ("table", 80),
    }


class Table:
    """A session going on, and who looks on."""

    def __init__(self, room: Session, world: FixedWorld) -> None:
        self.room = room
        self.world = world
        self.app = application(room)
        self.lines: dict[tuple[str, str], list[Line]] = {}
        self.answered: dict[str, list[bytes]] = {}
        self._read: dict[int, int] = {}

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> bytes:
        """A request of whoever's number stands in the path, and all that comes back."""
        parts: list[bytes] = []
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive():
            return next(given, {"type": "http.disconnect"})

        async def send(message) -> None:
            if message["type"] == "http.response.start":
                parts.append(repr((message["status"], sorted(message["headers"]))).encode())
            else:
                parts.append(message.get("body", b""))

        await self.app(scope(method, path, "t", kind), receive, send)
        return b"\n".join(parts)

    async def form(self, path: str, **fields: str) -> bytes:
        """A form, posted."""
        kind = "application/x-www-form-urlencoded"
        return await self.ask("POST", path, urlencode(fields).encode(), kind)

    async def json(self, path: str, **given: object) -> bytes:
        """What a terminal posts."""
        return await self.ask("POST", path, json.dumps(given).encode(), "application/json")

    async def command(self, person: int, command: Command, key: str) -> bytes:
        """A command, as a terminal sends it."""
        given = {"command": encode(command), "key": key}
        return await self.json(f"/s/{person}/commands", **given)

    async def manage(self, command: s.SessionCommand) -> bytes:
        """What a facilitator asks of the session, as their terminal sends it."""
        return await self.json("/s/2/commands", session=wire.written(command), key="")

    def open(self, who: str, path: str) -> None:
        """Opens a line for someone."""
        self.lines.setdefault((who, path), []).append(Line(self.app, path, "t"))

    async def rest(self) -> None:
        """Returns once nobody has anything to do or to send."""
        still = 0
        count = -1
        while still < 12:
            for exercise in self.room.exercises.values():
                await exercise.quiet()
            await asyncio.sleep(0)
            now = sum(len(each.sent) for lines in self.lines.values() for each in lines)
            still, count = (still + 1, count) if now == count else (0, now)

    def step(self) -> dict[tuple[str, str], tuple[bytes, ...]]:
        """What each line was sent since the last step, write by write."""
        found: dict[tuple[str, str], tuple[bytes, ...]] = {}
        for (who, path), lines in self.lines.items():
            for number, line in enumerate(lines):
                read = self._read.get(id(line), 0)
                found[who, f"{path} {number}"] = tuple(line.sent[read:])
                self._read[id(line)] = len(line.sent)
        for who, answers in self.answered.items():
            found[who, "answers"] = tuple(answers)
        self.answered.clear()
        return found

    async def close(self) -> None:
        """Closes every line."""
        for lines in self.lines.values():
            for line in lines:
                await line.close()


@asynccontextmanager
async def laid(folder: Path, slug: str, tables: int = 1) -> AsyncIterator[Table]:
    """A table of a scenario, its door open."""
    world = Still(1)
    room = await host(
        LIBRARY,
        DataFolder(folder),
        loaded(slug),
        tables=tables,
        world=world,
        looker=AtOnce,
    )
    table = Table(room, world)
    try:
        yield table
    finally:
        await table.close()
        await room.close()

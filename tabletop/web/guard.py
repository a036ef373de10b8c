"""Guard: what is refused before anything is read, and what every answer says of itself.

A room is one address and often one careless network. So nothing from elsewhere may post here, no
page may load anything from elsewhere, a request is small and quick or it is dropped, and a code
that is guessed costs time: some seconds for the address that guesses, and a little for everyone
once many do. Nobody is ever locked out by somebody else's mistakes.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tabletop.wording import say

LARGEST = 64 * 1024
"""Bytes of the largest request body that is read."""
BODY_PATIENCE = 20.0
"""Seconds in which it has to be there."""
MINUTE = 60.0
TRIES = 10
"""Wrong codes a minute from one address after which each costs time,"""
TRIES_IN_ALL = 30
"""and from all of them."""
DELAY = 4.0
MOST_DELAYED = 64
"""How many guesses may wait at once; further ones are told to come back."""

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    # Under `no-referrer` browsers post forms from an origin they call `null`, as a stranger would.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        """Takes the names and addresses by which this server may be called; `*` for any."""
        self.app = app
        self.hosts = frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers it with one sentence."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], headers)

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
            await send(message)

        if refusal is not None:
            status, sentence = refusal
            await PlainTextResponse(sentence, status)(scope, receive, answered)
            return
        await self.app(scope, receive, answered)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        name = _parted(f"//{host}").hostname or ""
        if "*" not in self.hosts and name.casefold() not in self.hosts:
            return 421, say("This server is not called by that name.")
        if method not in ("GET", "HEAD", "POST"):
            return 405, say("Only reading and posting are done here.")
        origin = headers.get("origin")
        if method == "POST" and origin not in (None, "null") and _parted(origin).netloc != host:
            return 403, say("This was sent from another site, and was not done.")
        if method == "POST" and origin == "null":
            return 403, say("This was sent from another site, and was not done.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            return 413, say("That is more than is read here.")
        return None


def _parted(url: str) -> SplitResult:
    """An address taken apart; an empty one where it is none."""
    try:
        found = urlsplit(url)
        # Some of what is no address is only found out when its parts are asked for.
        found.hostname  # noqa: B018
    except ValueError:
        return SplitResult("", "", "", "", "")
    return found


async def body(receive: Receive) -> bytes | None:
    """A request's body; nothing where it is too large or late, or its sender went away."""
    try:
        async with asyncio.timeout(BODY_PATIENCE):
            return await _body(receive)
    except TimeoutError:
        return None


async def _body(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


@dataclass
class Tries:
    """Wrong codes of the last minute, by address and in all."""

    by_address: dict[str, deque[float]] = field(default_factory=dict)
    every: deque[float] = field(default_factory=deque)
    waiting: int = 0

    async def wrong(self, address: str) -> bool:
        """Counts a wrong code and takes its time; whether there was room to wait."""
        now = time.monotonic()
        mine = self.by_address.setdefault(address, deque())
        for tries in (mine, self.every):
            while tries and tries[0] < now - MINUTE:
                tries.popleft()
            tries.append(now)
        if len(self.by_address) > 1_000:
            self.by_address = {each: tries for each, tries in self.by_address.items() if tries}
        over = max(len(mine) - TRIES, len(self.every) - TRIES_IN_ALL)
        if over <= 0:
            return True
        if self.waiting >= MOST_DELAYED:
            return False
        self.waiting += 1
        try:
            await asyncio.sleep(DELAY)
        finally:
            self.waiting -= 1
        return True

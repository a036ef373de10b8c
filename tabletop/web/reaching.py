"""Reaching: what is asked of a session elsewhere before there is a line to it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tabletop.conduct.errors import TabletopError
from tabletop.web.wire import COOKIE
from tabletop.wording import say


class Unreached(TabletopError):
    """The session can't be reached, or did not let one in."""


@dataclass(frozen=True, slots=True)
class Door:
    """What is to be known before one comes in to a session elsewhere."""

    session: str
    title: str
    summary: str
    themes: tuple[tuple[str, str], ...]
    """Content themes with their plain notes."""

    @classmethod
    async def at(cls, address: str, verify: ssl.SSLContext | bool = True) -> Door:
        """What the door of an address says.

        Raises:
            Unreached: with a sentence, where there is none.
        """
        async with client(address, verify) as asking:
            with reaching(address):
                found = read(await asking.get("/asked"))
        try:
            themes = tuple((str(name), str(note)) for name, note in found["themes"])
            return cls(str(found["session"]), str(found["title"]), str(found["summary"]), themes)
        except (KeyError, TypeError, ValueError):
            raise _no_session(address) from None


async def come_in(asking: httpx.AsyncClient, address: str, given: dict[str, Any]) -> int:
    """Comes in at the door: one's number in the session, the cookie being the client's.

    Raises:
        Unreached: with a sentence, where one can't.
    """
    with reaching(address):
        answer = await asking.post("/join", data=given, headers={"accept": "application/json"})
    found = read(answer)
    if answer.status_code != 200 or type(found.get("person")) is not int:
        raise Unreached(found["sentence"]) if found.get("sentence") else _no_session(address)
    return int(found["person"])


async def still_there(
    address: str, number: int, token: str, verify: ssl.SSLContext | bool = True
) -> tuple[int, str] | None:
    """The number and name of the place that a token opens, if one does.

    It is another than the one asked for where that waited at the door and was given a seat.

    Raises:
        Unreached: with a sentence, where the session is not.
    """
    async with client(address, verify, number, token) as asking:
        with reaching(address):
            answer = await asking.post(f"{path(number)}ask", json={"ask": "phase"})
    found = read(answer)
    led = found.get("led")
    if type(led) is int and led not in (0, number):
        return await still_there(address, led, token, verify)
    there = found.get("phase", "left") not in ("left", "declined")
    return (number, str(found.get("name", ""))) if there else None


def client(
    address: str, verify: ssl.SSLContext | bool, number: int = 0, token: str = ""
) -> httpx.AsyncClient:
    """A client of a session, which holds what opens a place there where there is one."""
    made = httpx.AsyncClient(base_url=address, verify=verify, timeout=10, trust_env=False)
    if token:
        made.cookies.set(COOKIE, token, path=path(number))
    return made


def path(number: int) -> str:
    """Under which a place lies."""
    return f"/s/{number}/"


def read(answer: httpx.Response) -> dict[str, Any]:
    """What an answer holds; nothing where it is not ours."""
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@contextmanager
def reaching(address: str) -> Iterator[None]:
    """Says in a sentence that an address can't be reached."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreached(
            say(
                "{address} can't be reached ({why}); look at the address and the network.",
                address=address,
                why=str(error) or type(error).__name__,
            )
        ) from None


def _no_session(address: str) -> Unreached:
    return Unreached(say("{address} is no session.", address=address))

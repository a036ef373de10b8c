"""Doctor: what would stop a session on this computer, tried and not guessed."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from tabletop.conduct.errors import TabletopError
from tabletop.conduct.folder import DataFolder
from tabletop.web.addresses import LOOPBACK, PORT, Bind, listen, own_address
from tabletop.wording import say

Verdict = Literal["good", "note", "bad"]
ROOM = 200 * 1024 * 1024
"""Bytes of disk below which a session may run out of room."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that was looked at."""

    verdict: Verdict
    sentence: str


def examined(folder: DataFolder) -> Iterator[Looked]:
    """Everything that would matter to a session, in the order it would be met."""
    yield _data(folder)
    yield _disk(folder.path)
    yield _port(LOOPBACK, PORT)
    yield from _network()
    yield _extra(
        "cryptography",
        say("A certificate for a session can be made (--tls auto)."),
        say("For --tls auto one more package is needed: pip install 'tabletop[tls]'."),
    )


def _data(folder: DataFolder) -> Looked:
    try:
        folder.make()
        folder.try_out()
    except (OSError, TabletopError) as error:
        return Looked(
            "bad",
            say(
                "The data folder {path} can't be written: {why}.",
                path=folder.path,
                why=getattr(error, "strerror", None) or error,
            ),
        )
    return Looked("good", say("Exercises are kept in {path}.", path=folder.path))


def _disk(path: Path) -> Looked:
    try:
        free = shutil.disk_usage(path).free
    except OSError as error:
        return Looked("note", say("The disk can't be looked at: {why}.", why=error.strerror))
    if free < ROOM:
        return Looked(
            "bad", say("Only {free} MB are free on the disk; free some.", free=free // 2**20)
        )
    return Looked("good", say("The disk has room."))


def _port(address: str, port: int) -> Looked:
    try:
        listen(Bind(address, port)).close()
    except TabletopError as error:
        return Looked("bad", str(error))
    return Looked("good", say("Port {port} is free at {address}.", port=port, address=address))


def _network() -> Iterator[Looked]:
    own = own_address()
    if ip_address(own).is_loopback:
        yield Looked("bad", say("This computer is on no network; nobody else can join with --lan."))
        return
    yield _port("0.0.0.0", PORT)  # noqa: S104 - where `--lan` would listen.
    yield _reached(own)
    yield Looked(
        "note",
        say(
            "On this network people would open http://{own}:{port}/. Whether the network lets"
            " phones speak to this computer can only be tried with a phone; guest networks often"
            " do not.",
            own=own,
            port=PORT,
        ),
    )


def _reached(own: str) -> Looked:
    """Whether this computer answers itself under the address others would use."""
    try:
        with (
            listen(Bind(own, 0)) as server,
            socket.create_connection(server.getsockname()[:2], timeout=3),
        ):
            return Looked("good", say("This computer answers at {own}.", own=own))
    except (OSError, TabletopError) as error:
        return Looked(
            "bad",
            say("This computer does not answer at its address {own}: {why}.", own=own, why=error),
        )


def _extra(module: str, there: str, missing: str) -> Looked:
    return Looked("good", there) if find_spec(module) is not None else Looked("note", missing)

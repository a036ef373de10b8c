"""Addresses: where a server can be reached, and how to show that to a room."""

import errno
import io
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

import segno

from tabletop.conduct.errors import SetupError
from tabletop.web.server import bound
from tabletop.web.tls import MARK
from tabletop.wording import say

LOOPBACK = "127.0.0.1"
PORT = 8731
QUIET = 2
"""Modules of white around a code, without which phones do not see it."""


@dataclass(frozen=True, slots=True)
class Bind:
    """An address to listen at; port 0 takes any that is free."""

    address: str
    port: int


def parsed(text: str) -> Bind:
    """An address as typed: `ADDR`, `ADDR:PORT`, `[V6]:PORT` or `:PORT`.

    Raises:
        SetupError: where it is none.
    """
    host, _, port = text.rpartition(":") if not text.endswith("]") else (text, "", "")
    if "]" not in text and text.count(":") > 1:
        host, port = text, ""
    elif not _ and "]" not in text:
        host, port = text, ""
    host = host.strip("[]") or LOOPBACK
    try:
        ipaddress.ip_address(host)
        number = int(port) if port else PORT
    except ValueError:
        number = -1
    if not 0 <= number < 65_536:
        raise SetupError(
            say("{text} is no address to listen at; write one like 127.0.0.1:8731.", text=text)
        )
    return Bind(host, number)


def listen(bind: Bind, *, beyond: int = 0) -> socket.socket:
    """A socket that listens there, or at one of the ports `beyond` where that one is taken.

    Raises:
        SetupError: with a sentence, where it can't.
    """
    try:
        return bound(bind.address, bind.port)
    except OSError as error:
        if beyond and error.errno == errno.EADDRINUSE:
            return listen(Bind(bind.address, bind.port + 1), beyond=beyond - 1)
        raise SetupError(
            say(
                "Nothing can listen at {address}, port {port} ({why}); choose another with --bind.",
                address=bind.address,
                port=bind.port,
                why=error.strerror or error,
            )
        ) from None


def own_address() -> str:
    """This computer's address on its network; loopback where it has none.

    Asking for a way to an address sends nothing.
    """
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((far, 9))
                return str(probe.getsockname()[0])
            except OSError:
                continue
    return LOOPBACK


def url(address: str, port: int, *, secure: bool = False) -> str:
    """The address to type into a browser."""
    host = f"[{address}]" if ":" in address else address
    return f"{'https' if secure else 'http'}://{host}:{port}/"


def overheard(address: str) -> bool:
    """Whether others on the way could read what is sent to an address."""
    found = urlsplit(address)
    return found.scheme == "http" and found.hostname not in (LOOPBACK, "::1", "localhost")


def joining(address: str, code: str) -> str:
    """The address a code of dots holds: the door, with the session's code filled in."""
    return f"{address}?code={quote(code)}"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An address as people are given it, taken apart."""

    address: str
    code: str
    fingerprint: str


def invited(text: str) -> Invitation:
    """What an address says: where, with which code, and whose certificate answers."""
    found = urlsplit(text if "//" in text else f"http://{text}")
    code = parse_qs(found.query).get("code", [""])[0]
    _, _, fingerprint = found.fragment.partition(MARK)
    return Invitation(f"{found.scheme}://{found.netloc}", code, fingerprint)


def code_for_terminals(text: str) -> str:
    """A QR code in half blocks, to be drawn black on white."""
    rows = [list(row) for row in segno.make(text, error="m").matrix_iter(border=QUIET)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    lines = []
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        cells = (" ▄▀█"[2 * bool(top) + bool(low)] for top, low in zip(upper, lower, strict=True))
        lines.append("".join(cells))
    return "\n".join(lines)


def code_as_svg(text: str) -> str:
    """A QR code as SVG, to be set into a page."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", border=QUIET, xmldecl=False, svgns=True, dark="#000", light="#fff",
        omitsize=True, title=say("Code to join with a phone"),
    )  # fmt: skip
    return out.getvalue().decode()

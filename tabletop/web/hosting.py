"""Hosting: a session that people can reach, for as long as this process runs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.session import hosting
from tabletop.conduct.session.protocol import Hosting
from tabletop.conduct.session.session import Session
from tabletop.web import tls as certificates
from tabletop.web.addresses import (
    LOOPBACK,
    PORT,
    Bind,
    code_for_terminals,
    joining,
    listen,
    own_address,
    parsed,
    url,
)
from tabletop.web.app import application
from tabletop.web.server import Listening
from tabletop.web.tls import MARK, Certificate
from tabletop.wording import say

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what `--lan` listens at, because it was asked to.
BEYOND = 9
"""How many further ports are tried where nobody asked for a certain one."""


def names(bind: Bind) -> tuple[str, ...]:
    """By what names a server at an address may be called."""
    own = own_address() if bind.address in EVERYWHERE else bind.address
    return (own, LOOPBACK, "localhost", "::1")


async def opened(library: Library, folder: DataFolder, asked: Hosting, port: int = PORT) -> Hosted:
    """A session begun or taken up, listening, with its doors still closed.

    One that goes on listens where it did before unless something else is asked for, so that every
    page and terminal comes back by itself.

    Raises:
        ScenarioChanged: where that has to be said first.
        TabletopError: with a sentence, where it can't be.
    """
    if asked.session is None:
        session = await hosting.host(
            library,
            folder,
            asked.scenario,
            tables=asked.tables,
            open_door=asked.open_door,
            seed=asked.seed,
            parameters=dict(asked.parameters),
            name=asked.name,
        )
    else:
        session = await hosting.resume(library, folder, asked.session, as_begun=asked.as_begun)
    try:
        return _listening(session, asked, port)
    except BaseException:
        await session.close()
        raise


def _listening(session: Session, asked: Hosting, port: int) -> Hosted:
    before = session.settings.get("door", {})
    bind = Bind(before.get("address", LOOPBACK), before.get("port", port))
    if asked.bind:
        bind = parsed(asked.bind)
    elif asked.lan:
        bind = Bind(EVERYWHERE[0], bind.port)
    public = asked.public or before.get("public", "")
    own = asked.certificate or tuple(map(Path, before.get("certificate", ())))
    tls = not own and (asked.tls or before.get("tls", False))
    certificate = None
    if own:
        certificate = certificates.given(*own)
    elif tls:
        certificate = certificates.made(session.file.path, names(bind))
    hosted = Hosted(
        session,
        bind,
        public=public,
        certificate=certificate,
        beyond=0 if asked.bind else BEYOND,
    )
    session.keep(
        door={
            "address": bind.address,
            "port": hosted.port,
            "public": public,
            "tls": tls,
            "certificate": [str(path.absolute()) for path in own],
        }
    )
    return hosted


class Hosted:
    """A session and the server that opens it to a room."""

    def __init__(
        self,
        session: Session,
        bind: Bind,
        *,
        public: str = "",
        hosts: Iterable[str] = (),
        certificate: Certificate | None = None,
        beyond: int = 0,
    ) -> None:
        """Takes an address to listen at, what people type where that is another, and TLS.

        Where its port is taken, one of the ports `beyond` it will do.

        Raises:
            SetupError: with a sentence, where nothing can listen there.
        """
        self.session = session
        self._socket = listen(bind, beyond=beyond)
        self.told = session.told
        """What to tell whoever hosts; empty where there is nothing."""
        self.port = port = self._socket.getsockname()[1]
        own = own_address() if bind.address in EVERYWHERE else bind.address
        self.address = public or url(own, port, secure=certificate is not None)
        called = {*names(bind), *hosts}
        if public:
            called.add(public.split("//", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0].strip("[]"))
        self._listening = Listening(
            application(session, called, secure=self.address.startswith("https")),
            self._socket,
            certificate,
        )
        if bind.port and port != bind.port:
            taken = say(
                "Port {port} is taken by another program; people come to {address} instead.",
                port=bind.port,
                address=self.address,
            )
            self.told = f"{self.told} {taken}".strip()
        self._fingerprint = certificate.fingerprint if certificate is not None else ""

    @property
    def joining(self) -> str:
        """The address with the code in it, as the code of dots holds it."""
        return joining(self.address, self.session.header.code)

    @property
    def for_terminals(self) -> str:
        """The address to join with a terminal: the code in it, and whom to speak to."""
        return f"{self.joining}#{MARK}{self._fingerprint}" if self._fingerprint else self.joining

    async def begin(self) -> None:
        """Opens the doors; returns once people can come."""
        await self._listening.begin()
        self.session.address = self.address
        self.session.terminals = self.for_terminals
        self.session.dots = code_for_terminals(self.joining)
        self.session.ring_all()

    async def end(self) -> None:
        """Closes them; the session can be taken up again."""
        await self._listening.end()
        await self.session.close()

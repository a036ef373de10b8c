"""Hosting: a session that people can reach, for as long as this process runs."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.conduct.session.session import Session
from tabletop.web.addresses import (
    LOOPBACK,
    Bind,
    code_for_terminals,
    joining,
    listen,
    own_address,
    url,
)
from tabletop.web.app import application
from tabletop.web.server import Listening
from tabletop.web.tls import MARK, Certificate

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what `--lan` listens at, because it was asked to.


def names(bind: Bind) -> tuple[str, ...]:
    """By what names a server at an address may be called."""
    own = own_address() if bind.address in EVERYWHERE else bind.address
    return (own, LOOPBACK, "localhost", "::1")


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
    ) -> None:
        """Takes an address to listen at, what people type where that is another, and TLS.

        Raises:
            SetupError: with a sentence, where nothing can listen there.
        """
        self.session = session
        self._socket = listen(bind)
        port = self._socket.getsockname()[1]
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
        self.session.dots = code_for_terminals(self.joining)
        self.session.ring_all()

    async def end(self) -> None:
        """Closes them; the session can be taken up again."""
        await self._listening.end()
        await self.session.close()

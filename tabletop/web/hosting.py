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

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what `--lan` listens at, because it was asked to.


class Hosted:
    """A session and the server that opens it to a room."""

    def __init__(
        self, session: Session, bind: Bind, *, public: str = "", hosts: Iterable[str] = ()
    ) -> None:
        """Takes an address to listen at, and what people type where that is another.

        Raises:
            SetupError: with a sentence, where nothing can listen there.
        """
        self.session = session
        self._socket = listen(bind)
        port = self._socket.getsockname()[1]
        own = own_address() if bind.address in EVERYWHERE else bind.address
        self.address = public or url(own, port)
        names = {own, LOOPBACK, "localhost", "::1", *hosts}
        if public:
            names.add(public.split("//", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0].strip("[]"))
        self._listening = Listening(
            application(session, names, secure=self.address.startswith("https")), self._socket
        )

    @property
    def joining(self) -> str:
        """The address with the code in it, as the code of dots holds it."""
        return joining(self.address, self.session.header.code)

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

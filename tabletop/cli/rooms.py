"""Rooms: sessions that the home screen opens, held and reached by way of the web."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tabletop.cli.program import Given, data_folder, scenarios
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import ConductConnection, Hosting, Joined, Joining
    from tabletop.conduct.session.session import Session


class WebRooms:
    """One session at a time, hosted here or joined elsewhere."""

    def __init__(self, given: Given, port: int | None = None) -> None:
        """Takes what was given before the command, and a port where not the usual one."""
        self._given = given
        self._port = port
        self._leave: Callable[[], Awaitable[str]] | None = None

    def held(self) -> tuple[str, ...]:
        """The sessions that stopped and can go on, the last first."""
        from tabletop.conduct.session.hosting import held

        return held(data_folder(self._given))

    async def host(self, asked: Hosting) -> ConductConnection:
        """Begins a session, or goes on with the one named, and opens its door."""
        from tabletop.conduct.session import hosting
        from tabletop.web.addresses import LOOPBACK, PORT, Bind
        from tabletop.web.hosting import EVERYWHERE, Hosted

        await self.leave()
        folder = data_folder(self._given)
        session = (
            await hosting.resume(scenarios(), folder, asked.session)
            if asked.session
            else await hosting.host(
                scenarios(),
                folder,
                asked.scenario,
                tables=asked.tables,
                open_door=asked.open_door,
            )
        )
        port = PORT if self._port is None else self._port
        try:
            hosted = Hosted(session, Bind(EVERYWHERE[0] if asked.lan else LOOPBACK, port))
        except BaseException:
            await session.close()
            raise
        await hosted.begin()

        async def leave() -> str:
            gone = session.ended
            await hosted.end()
            return "" if gone else say("The session waits; Host a session goes on with it.")

        self._leave = leave
        return _host_of(session)

    async def join(self, asked: Joining) -> Joined:
        """Comes to a session elsewhere."""
        import asyncio

        from tabletop.conduct.session.protocol import Joined
        from tabletop.web.addresses import invited
        from tabletop.web.remote import RemoteSession
        from tabletop.web.remote_lines import RemoteConductLine
        from tabletop.web.tls import pinned

        await self.leave()
        at = invited(asked.address)
        place = await RemoteSession.join(
            at.address,
            asked.code or at.code,
            asked.name,
            wish=asked.wish,
            verify=await asyncio.to_thread(pinned, at.address, at.fingerprint),
        )
        await place.known()

        async def leave() -> str:
            await place.close()
            return say("You have left. Your seat is kept; the facilitator can give it back to you.")

        self._leave = leave
        if place.received.session is not None:
            return Joined(line=RemoteConductLine(place))
        return Joined(place=place)

    async def leave(self) -> str:
        """Puts away what is open, and says how it goes on; empty where nothing is to be said."""
        leave, self._leave = self._leave, None
        return "" if leave is None else await leave()


def _host_of(session: Session) -> ConductConnection:
    from tabletop.conduct.session.lines import ConductLine

    return ConductLine(session, 1)

"""Rooms: sessions that the home screen opens, held and reached by way of the web."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tabletop.cli.program import Given, data_folder, scenarios
from tabletop.conduct.errors import SetupError
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.kept_seats import KeptSeat, KeptSeats
    from tabletop.conduct.session.protocol import Hosting, Joined, Joining


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

    def certifies(self) -> bool:
        """Whether a certificate can be made for a session."""
        from tabletop.web.tls import possible

        return possible()

    def seats(self) -> tuple[KeptSeat, ...]:
        """The seats in sessions elsewhere that are kept on this computer, the last used first."""
        return self._seats().latest()

    async def host(self, asked: Hosting) -> Joined:
        """Begins a session, or goes on with the one named, and opens its door."""
        from tabletop.conduct.session.lines import ConductLine
        from tabletop.conduct.session.protocol import Joined
        from tabletop.web.addresses import PORT
        from tabletop.web.hosting import opened

        await self.leave()
        port = PORT if self._port is None else self._port
        hosted = await opened(scenarios(), data_folder(self._given), asked, port)
        await hosted.begin()

        async def leave() -> str:
            gone = hosted.session.ended
            await hosted.end()
            return "" if gone else say("The session waits; Host a session goes on with it.")

        self._leave = leave
        return Joined(line=ConductLine(hosted.session, 1), told=hosted.told)

    async def join(self, asked: Joining) -> Joined:
        """Comes to a session elsewhere, or back to a seat there."""
        from tabletop.conduct.session.protocol import Joined
        from tabletop.web.addresses import invited
        from tabletop.web.coming import Coming

        await self.leave()
        at = invited(asked.seat.address if asked.seat else asked.address)
        coming = await Coming.to(at, self._seats())
        own = await coming.own(asked.seat.name if asked.seat else asked.name)
        if own is not None:
            visit = await coming.back(*own)
        elif asked.seat is not None:
            raise SetupError(
                say("The seat kept here is {name}'s no longer; join with the code.",
                    name=asked.seat.name)
            )  # fmt: skip
        else:
            visit = await coming.come(asked.code or at.code, asked.name, wish=asked.wish)
        self._leave = visit.leave
        return Joined(visit.place.conducting(), visit.place, visit.told)

    async def leave(self) -> str:
        """Puts away what is open, and says how it goes on; empty where nothing is to be said."""
        leave, self._leave = self._leave, None
        return "" if leave is None else await leave()

    def _seats(self) -> KeptSeats:
        from tabletop.conduct.session.kept_seats import KeptSeats

        return KeptSeats(data_folder(self._given))

"""Coming: how a terminal comes to a session elsewhere, and back to the seat it has there.

A browser keeps a cookie for its seat. A terminal keeps the same token in the data folder, shows it
to that session at that address alone, and forgets it once the seat is nobody's here any more.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, replace

from tabletop.conduct.errors import FolderError, InUse
from tabletop.conduct.lock import ExerciseLock
from tabletop.conduct.session.kept_seats import KeptSeat, KeptSeats
from tabletop.web.addresses import Invitation
from tabletop.web.reaching import Door, still_there
from tabletop.web.remote import RemoteSession
from tabletop.web.tls import pinned
from tabletop.wording import say


@dataclass(slots=True)
class Visit:
    """A place in a session elsewhere, and the seat kept for it here."""

    place: RemoteSession
    told: str
    """What to tell whoever has come; empty where there is nothing."""
    back: bool
    """Whether they were here before."""
    _seats: KeptSeats
    _seat: KeptSeat
    _lock: ExerciseLock | None

    async def leave(self) -> str:
        """Lets go of the place, and says what becomes of the seat."""
        await self.place.close()
        place, led = self.place.received.place, self.place.number != self._seat.person
        if self.place.gone or led:
            self._seats.forget(self._seat)
        if led and place is not None and not self.place.gone:
            return self._kept_anew(replace(self._seat, person=place.person, name=place.name))
        if self._lock is None:
            return say("The facilitator can give your seat back to you.")
        self._lock.release()
        return "" if self.place.gone else _kept()

    def _kept_anew(self, seat: KeptSeat) -> str:
        """Keeps the seat that was given to this terminal while it waited under another number."""
        if self._lock is not None:
            self._lock.release()
        try:
            self._seats.keep(seat)
        except FolderError as error:
            return str(error)
        return _kept()


def _kept() -> str:
    return say("Your seat is kept on this computer. To come back, join at the same address.")


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody at the door of a session, before they are in."""

    at: Invitation
    door: Door
    """What is to be known before coming in."""
    _seats: KeptSeats
    _verify: ssl.SSLContext | bool

    @classmethod
    async def to(cls, at: Invitation, seats: KeptSeats) -> Coming:
        """Comes to a door.

        Raises:
            TabletopError: with a sentence, where there is none.
        """
        verify = await asyncio.to_thread(pinned, at.address, at.fingerprint)
        return cls(at, await Door.at(at.address, verify), seats, verify)

    async def own(self, name: str = "") -> tuple[KeptSeat, ExerciseLock] | None:
        """The seat here that is kept on this computer, of somebody of that name if one is given.

        Seats in which another terminal sits, and those that are nobody's any more, are passed over.

        Raises:
            TabletopError: with a sentence, where the session can't be reached.
        """
        for seat in self._seats.of(self.at.address, self.door.session):
            if name and seat.name.casefold() != name.casefold():
                continue
            try:
                lock = self._seats.hold(seat)
            except InUse:
                continue
            found = await still_there(self.at.address, seat.person, seat.token, self._verify)
            if found is not None and found[0] == seat.person:
                return seat, lock
            self._seats.forget(seat)
            lock.release()
            if found is not None:
                led = replace(seat, person=found[0], name=found[1])
                self._seats.keep(led)
                return led, self._seats.hold(led)
        return None

    async def back(self, seat: KeptSeat, lock: ExerciseLock) -> Visit:
        """Comes back to a seat of one's own."""
        place = RemoteSession.again(self.at.address, seat.person, seat.token, self._verify)
        await place.known()
        told = say("You are back in your seat as {name}.", name=seat.name)
        return Visit(place, told, True, self._seats, seat, lock)

    async def come(
        self,
        code: str,
        name: str,
        *,
        agency: str = "",
        wish: str = "",
        kind: str = "player",
        skips: tuple[str, ...] = (),
    ) -> Visit:
        """Comes in as somebody new, and keeps the seat.

        Raises:
            TabletopError: with a sentence, where one is not let in.
        """
        place = await RemoteSession.join(
            self.at.address,
            code,
            name,
            agency=agency,
            wish=wish,
            kind=kind,
            skips=skips,
            verify=self._verify,
        )
        seat = KeptSeat(
            self.at.address, self.door.session, place.number, name, self.door.title, place.token
        )
        told, lock = "", None
        try:
            self._seats.keep(seat)
            lock = self._seats.hold(seat)
        except FolderError as error:
            told = str(error)
        await place.known()
        return Visit(place, told, False, self._seats, seat, lock)

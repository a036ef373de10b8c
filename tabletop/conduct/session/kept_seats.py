"""Kept seats: what shows, when this computer comes again, that a seat in a session is its own.

One file a seat, for its owner's eyes alone, and for no longer than the seat's token is good. A seat
is known by the address *and* the session: what answers at an address next month is not shown what
opened this one. Whoever sits in a seat holds its lock, so that a second terminal on the same
computer is never taken for the first.
"""

import json
import time
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from tabletop.conduct.errors import FolderError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.lock import ExerciseLock
from tabletop.conduct.whole_file import write_privately
from tabletop.wording import say

DAYS = 7
"""How long a seat's token is good, and how long a seat is kept that nobody comes back to."""
SUFFIX = ".seat"


@dataclass(frozen=True, slots=True)
class KeptSeat:
    """A seat in a session elsewhere."""

    address: str
    """Where the session is, as in `http://192.168.1.20:8731`."""
    session: str
    person: int
    name: str
    title: str
    token: str = field(repr=False)


class KeptSeats:
    """The seats kept in a data folder."""

    def __init__(self, folder: DataFolder) -> None:
        """Takes the data folder; nothing is made before there is something to keep."""
        self._data = folder
        self._folder = folder.path / "seats"

    def all(self) -> tuple[KeptSeat, ...]:
        """Every seat that is still good, the last used first."""
        try:
            dated = [(path.stat().st_mtime, path) for path in self._folder.glob(f"*{SUFFIX}")]
        except OSError:
            # A folder that can't be read keeps no seat that could be taken again.
            return ()
        good = time.time() - DAYS * 24 * 60 * 60
        for modified, path in dated:
            if modified < good:
                _delete(path)
        read = [_read(path) for modified, path in sorted(dated, reverse=True) if modified >= good]
        return tuple(seat for seat in read if seat is not None)

    def latest(self) -> tuple[KeptSeat, ...]:
        """The seats of the last session at each address, the last used first."""
        last: dict[str, str] = {}
        return tuple(
            seat
            for seat in self.all()
            if last.setdefault(seat.address, seat.session) == seat.session
        )

    def of(self, address: str, session: str) -> tuple[KeptSeat, ...]:
        """The seats kept of one session at one address, the last used first."""
        return tuple(
            seat for seat in self.all() if (seat.address, seat.session) == (address, session)
        )

    def keep(self, seat: KeptSeat) -> None:
        """Keeps a seat.

        Raises:
            FolderError: with a sentence, where it can't be.
        """
        self._data.make()
        path = self._path(seat)
        try:
            write_privately(path, json.dumps(asdict(seat)))
        except OSError as error:
            raise FolderError(
                say(
                    "This computer can't keep your seat ({path}: {why}); stay, or ask the"
                    " facilitator to give it back to you when you come again.",
                    path=path.parent,
                    why=error.strerror or error,
                )
            ) from None

    def hold(self, seat: KeptSeat) -> ExerciseLock:
        """Holds a seat for whoever sits in it, and counts it as used now.

        Raises:
            InUse: where another terminal of this computer sits in it.
            RecordError: where the folder can't hold a lock.
        """
        path = self._path(seat)
        lock = ExerciseLock(path.with_suffix(".lock"))
        path.touch(0o600)
        return lock

    def forget(self, seat: KeptSeat) -> None:
        """Forgets a seat that is nobody's here any more."""
        _delete(self._path(seat))

    def _path(self, seat: KeptSeat) -> Path:
        # A digest: an address is no file name, and names of people have no place in one.
        named = f"{seat.address}\n{seat.session}\n{seat.person}"
        return self._folder / f"{sha256(named.encode()).hexdigest()[:24]}{SUFFIX}"


def _read(path: Path) -> KeptSeat | None:
    """A seat as kept; nothing where the file holds none."""
    try:
        seat = KeptSeat(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    text = (seat.address, seat.session, seat.name, seat.title, seat.token)
    return seat if type(seat.person) is int and all(type(each) is str for each in text) else None


def _delete(path: Path) -> None:
    for each in (path, path.with_suffix(".lock")):
        each.unlink(missing_ok=True)

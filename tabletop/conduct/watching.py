"""Watching: which of some files were saved, however their editor saves.

Editors write in place or rename a finished file over the old one; in between it may be missing,
empty or half-written. So files are looked at again and again and told apart by their stamps, and
whoever finds that one can't be read asks whether it has come to rest before saying so.

A look is a `stat` of each file, a few microseconds, and not the system's own notices: those say
nothing on network drives and in containers whose files lie outside, know folders rather than files
once an editor renames, and would be one more dependency. It is made in a thread, so that a drive
that does not answer holds up nothing else.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from time import monotonic

LOOK = 0.04
"""Seconds between looks."""
REST = 0.25
"""Seconds after which what can't be read is no longer taken for a save on its way."""

Stamp = tuple[int, ...]


class Watch:
    """Some files, and when each was last saved."""

    def __init__(self, files: Callable[[], Iterable[Path]]) -> None:
        """Takes what names the files, asked at every look: some may come and go."""
        self._files = files
        self._stamps: dict[Path, Stamp] = {}
        self._unsaid: set[Path] = set()
        self._since = monotonic()

    async def saves(self) -> AsyncIterator[frozenset[Path]]:
        """The files saved, made or deleted since the last time; at first, all of them."""
        while True:
            await asyncio.to_thread(self.look)
            if self._unsaid:
                told, self._unsaid = frozenset(self._unsaid), set()
                yield told
            await asyncio.sleep(LOOK)

    async def rested(self) -> bool:
        """Waits until the last save is some time past; false as soon as something is saved."""
        while monotonic() < self._since + REST:
            await asyncio.sleep(LOOK)
            if await asyncio.to_thread(self.look):
                return False
        return True

    def look(self) -> bool:
        """Looks once, and says whether something was saved since the last look."""
        stamps = {path: stamp for path in self._files() if (stamp := _stamp(path)) is not None}
        changed = {
            path
            for path in stamps.keys() | self._stamps.keys()
            if stamps.get(path) != self._stamps.get(path)
        }
        if changed:
            self._stamps, self._since = stamps, monotonic()
            self._unsaid |= changed
        return bool(changed)


def _stamp(path: Path) -> Stamp | None:
    """What tells one save of a file from the next; nothing where there is no file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)

"""Following: scenarios as their author saves them, and what is wrong in each, as it becomes known.

At each save a file is read and held against the rules that need no exploration, at once. Then its
play scripts are run and it is explored in a process of its own; a newer save ends that and begins
it anew. What can't be read is told only once it has come to rest: an editor may be amid saving it.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tabletop.authoring.check import Checked, check
from tabletop.authoring.explorations import LIMIT
from tabletop.conduct import certificate_file
from tabletop.conduct.asking import Failed, Questions
from tabletop.conduct.errors import FolderError, LibraryError
from tabletop.conduct.library import Loaded, guidance, slug_of
from tabletop.conduct.play_scripts import scripts
from tabletop.conduct.proving import Answer, Played, Proved, Question, Reported, Ways
from tabletop.conduct.schema_file import refresh_schema
from tabletop.conduct.source_file import read_source, shown
from tabletop.conduct.watching import Watch
from tabletop.scenario.reading import Reading, read_scenario

__all__ = ["Failed", "News", "Played", "Proved", "Reported", "Saved", "Ways", "follow", "saved"]


@dataclass(frozen=True, slots=True)
class Saved:
    """A scenario's file as it was saved, with what can be said at once."""

    path: Path
    name: str
    """What findings call the file."""
    source: bytes
    reading: Reading | None
    checked: Checked | None
    """What rules found that need no exploration."""
    problem: str = ""
    """Why the file can't be read at all, as a sentence."""

    @property
    def whole(self) -> bool:
        """Whether there is a scenario in it, if perhaps one with problems."""
        return self.reading is not None and self.reading.scenario is not None

    @property
    def playable(self) -> bool:
        """Whether an exercise can be run on it."""
        return self.reading is not None and self.reading.playable

    @property
    def loaded(self) -> Loaded:
        """The scenario, ready to be played; only where it is playable."""
        assert self.reading is not None
        assert self.reading.scenario is not None
        scenario, slug = self.reading.scenario, slug_of(self.path)
        return Loaded(slug, self.path, self.source, scenario, guidance(), self.reading)


News = Saved | Answer | Failed


def saved(path: Path) -> Saved:
    """A file as it stands now, held against the rules that need no exploration."""
    name = shown(path)
    try:
        source = read_source(path)
    except LibraryError as error:
        return Saved(path, name, b"", None, None, str(error))
    reading = read_scenario(source, name, guidance())
    checked = check(reading, guidance(), explore=False)
    certified = certificate_file.held_to_its_certificate(checked, path, source, reading)
    return Saved(path, name, source, reading, certified)


async def follow(
    paths: Iterable[Path], *, explore: bool = True, limit: int = LIMIT, author: bool = False
) -> AsyncGenerator[News, None]:
    """What there is to say of some scenarios now, and again at each save; it never ends.

    Args:
        paths: The scenarios' files.
        explore: Whether to explore what was saved, or only to read it and run its plays.
        limit: The most situations to explore.
        author: Whether the ways to each place and the whole report are wanted too.
    """
    wanted = partial(Question, limit=limit, author=author)
    news: asyncio.Queue[News | Exception] = asyncio.Queue()
    questions = Questions(news.put_nowait)
    files = tuple(dict.fromkeys(paths))
    following = _Following(files, news.put_nowait, questions, wanted, explore=explore)

    async def kept(work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - it is raised to whoever follows.
            news.put_nowait(error)

    tasks = [asyncio.create_task(kept(each)) for each in (following.look(), questions.answer())]
    try:
        while True:
            told = await news.get()
            if isinstance(told, Exception):
                raise told
            yield told
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Following:
    """The files, and what is to be asked about each."""

    def __init__(
        self,
        files: tuple[Path, ...],
        tell: Callable[[News], None],
        questions: Questions,
        wanted: Callable[..., Question],
        *,
        explore: bool,
    ) -> None:
        self._files = files
        self._tell = tell
        self._questions = questions
        self._wanted = wanted
        self._explore = explore
        self._watch = Watch(
            lambda: (
                each
                for path in files
                for each in (path, certificate_file.beside(path), *scripts(path))
            )
        )
        self._unread: set[Path] = set()
        self._unplayed: set[Path] = set()
        self._last: dict[Path, Saved] = {}

    async def look(self) -> None:
        """Reads what was saved, tells of it, and asks what takes longer."""
        async for changed in self._watch.saves():
            for path in self._files:
                if changed & {path, certificate_file.beside(path)}:
                    self._unread.add(path)
                    self._questions.drop(path)
                elif any(script.parent == path.parent / "plays" for script in changed):
                    self._unplayed.add(path)
            for path in [path for path in self._files if path in self._unread]:
                found = await asyncio.to_thread(saved, path)
                if not await self._stands(found):
                    # What was read may be half of what is there now; all of it is read again.
                    break
                self._unread.discard(path)
                self._unplayed.discard(path)
                self._last[path] = found
                self._tell(found)
                await self._refresh(path)
                self._ask(path, explore=self._explore)
            else:
                for path in self._unplayed:
                    # Its exploration, where it still goes on, would let the plays wait.
                    self._ask(path, explore=self._questions.drop(path))
                self._unplayed.clear()

    async def _refresh(self, path: Path) -> None:
        """Writes the schema beside a file again, which editors complete its names by."""
        try:
            await asyncio.to_thread(refresh_schema, path)
        except FolderError as error:
            self._tell(Failed(path, str(error)))
        except LibraryError:
            # What can't be read has been told already, and keeps the schema it had.
            pass

    async def _stands(self, found: Saved) -> bool:
        """Whether what was read is what the author meant to save, as far as one can tell."""
        if not found.whole:
            return await self._watch.rested()
        return not await asyncio.to_thread(self._watch.look)

    def _ask(self, path: Path, *, explore: bool) -> None:
        found = self._last.get(path)
        if found is not None and found.playable:
            self._questions.ask(self._wanted(path, found.name, found.source, explore=explore))

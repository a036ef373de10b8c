"""Watching from the command line: what each save of some scenarios made new, mended and left.

Lines are only ever added, so that a pipe, a file or a screen reader gets what a terminal gets. What
rules at rest find is told at once; what exploring finds follows, with what is left in all.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from time import localtime, strftime
from typing import TypeVar

from tabletop.authoring.diagnostics import tally
from tabletop.authoring.explorations import LIMIT
from tabletop.authoring.findings import Finding
from tabletop.authoring.formats import CheckedFile, brief, whole
from tabletop.authoring.since import Known, Since
from tabletop.conduct.following import Failed, News, Played, Proved, Saved, follow
from tabletop.conduct.library import Library
from tabletop.conduct.play_scripts import Play, scripts
from tabletop.plain.streams import heard, out
from tabletop.wording import say

Item = TypeVar("Item")

LISTED = 12
"""How many findings that were there before are named again at each save."""
PATIENCE = 1.0
"""Seconds between looks whether anybody still reads."""


async def watch(
    library: Library,
    names: Iterable[str],
    *,
    explore: bool = True,
    limit: int = LIMIT,
    concise: bool = False,
) -> None:
    """Tells of some scenarios now and at each save, until nobody reads or it is interrupted.

    Raises:
        LibraryError: where one of them can't be found.
    """
    paths = tuple(dict.fromkeys(library.find(name) for name in names))
    out([*_greeting(paths), ""])
    course = {path: Course(path, explores=explore, concise=concise) for path in paths}
    async with aclosing(follow(paths, explore=explore, limit=limit)) as news:
        async for told in _while_heard(news):
            out(course[told.path].lines(told))


async def _while_heard(news: AsyncGenerator[Item, None]) -> AsyncGenerator[Item, None]:
    """What comes, for as long as somebody reads what is written about it."""
    while True:
        coming = asyncio.ensure_future(anext(news))
        try:
            while not coming.done():
                await asyncio.wait({coming}, timeout=PATIENCE)
                if not heard():
                    return
            yield coming.result()
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)


def _greeting(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        match len(scripts(path)):
            case 0:
                yield say("Watching {path}.", path=path)
            case 1:
                yield say("Watching {path} and the play script beside it.", path=path)
            case count:
                yield say("Watching {path} and {n} play scripts beside it.", path=path, n=count)
    yield say("Ctrl-C ends.")


class Course:
    """What has been told of one scenario, save after save."""

    def __init__(self, path: Path, *, explores: bool = True, concise: bool = False) -> None:
        """Nothing has been told yet."""
        self._path = path
        self._explores = explores
        self._concise = concise
        self._known = Known()
        self._saved: Saved | None = None
        self._plays: dict[str, Play] = {}
        self._first = True

    def lines(self, news: News) -> list[str]:
        """The lines that tell of something new, with an empty one after them."""
        match news:
            case Saved():
                told = self._read(news)
            case Played():
                told = self._played(news)
            case Proved():
                told = self._proved(news)
            case Failed():
                told = iter((self._head(news.sentence), *self._left()))
            case _:
                told = iter(())
        lines = list(told)
        return [*lines, ""] if lines else []

    def _read(self, found: Saved) -> Iterator[str]:
        self._saved = found
        self._known, told = self._known.saved(found.reading, found.checked)
        goes_on = found.playable and self._explores
        said = say("read") if self._first else say("saved")
        self._first = False
        if goes_on:
            said = say("{read}, exploring …", read=said)
        yield self._head(found.problem or said)
        yield from self._changes(told)
        if not found.playable:
            yield say("What was found otherwise stands as it was, until this can be played again.")
        if not goes_on and not found.problem:
            yield from self._left()

    def _proved(self, found: Proved) -> Iterator[str]:
        self._known, told = self._known.proved(found.checked)
        count = f"{found.checked.situations:,}"
        yield self._head(say("explored, {count} situations", count=count))
        yield from self._changes(told)
        yield from self._left()

    def _played(self, found: Played) -> Iterator[str]:
        """Play scripts are told of where one went differently from the last time."""
        plays = {play.file: play for play in found.plays}
        failed = [
            play
            for play in plays.values()
            if not play.passed and play != self._plays.get(play.file)
        ]
        passed = [
            play
            for play in plays.values()
            if play.passed and not self._plays.get(play.file, play).passed
        ]
        if failed or passed or len(plays) != len(self._plays):
            count = sum(play.passed for play in plays.values())
            yield self._head(
                say("{passed} of {all} play scripts pass", passed=count, all=len(plays))
            )
        for play in failed:
            yield say("New: {title} fails", title=play.title or play.file)
            yield f"  {play.file}:{play.line}: {play.difference}"
        for play in passed:
            yield say("Mended: {title} passes again", title=play.title)
        self._plays = plays

    def _head(self, said: str) -> str:
        return f"{strftime('%H:%M:%S', localtime())}  {self._path}: {said}"

    def _changes(self, told: Since) -> Iterator[str]:
        for finding in told.mended:
            yield say("Mended: {finding}", finding=brief(finding))
        for finding in told.waived:
            yield say("Waived: {finding}", finding=brief(finding))
        for finding in told.new:
            yield from say("New: {finding}", finding=self._finding(finding)).split("\n")

    def _finding(self, finding: Finding) -> str:
        found = self._saved
        if self._concise or found is None or found.reading is None or found.checked is None:
            return brief(finding)
        # The engine a route is told with stays in the process that made it; this one is the same.
        checked = replace(found.checked, findings=(), waived=())
        return whole(CheckedFile(found.name, found.reading.document.lines, checked), finding)

    def _left(self) -> Iterator[str]:
        every = self._known.findings
        left = [tally(every)] if every else []
        failing = sum(not play.passed for play in self._plays.values())
        if failing == 1:
            left.append(say("one failing play script"))
        elif failing:
            left.append(say("{count} failing play scripts", count=failing))
        if self._known.waived:
            left.append(say("{count} waived", count=len(self._known.waived)))
        if not every and not failing:
            left.insert(0, say("nothing to mend"))
        yield say("Left: {left}", left=", ".join(left))
        for finding in every[:LISTED]:
            yield f"  {brief(finding)}"
        if len(every) > LISTED:
            yield "  " + say(
                "and {count} more; tabletop check tells all", count=len(every) - LISTED
            )

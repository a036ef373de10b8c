"""Exploring from the command line: the report, and a line of progress while it is made."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from tabletop.authoring.report import ExploreReport, examine
from tabletop.authoring.report_text import as_values, lines
from tabletop.exercise.engine import Engine
from tabletop.plain.lists import dumped
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import Loaded

_OFTEN = 0.1


@dataclass(frozen=True, slots=True)
class Explored:
    """What exploring a scenario found, ready to be said."""

    engine: Engine
    report: ExploreReport

    @property
    def interrupted(self) -> bool:
        """Whether somebody stopped it."""
        found = (self.report.everyone, *self.report.attendances)
        return any(each.stopped == "interrupted" for each in found)

    @property
    def bounded(self) -> bool:
        """Whether the limit was hit."""
        return self.report.stopped and not self.interrupted

    def lines(self) -> Iterable[str]:
        """For people."""
        return lines(self.report)

    def as_json(self) -> list[str]:
        """For programs."""
        return dumped(as_values(self.report, self.engine))


def explored(loaded: "Loaded", limit: int, *, facilitated: bool = False) -> Explored:
    """Explores a scenario."""
    engine = Engine(loaded.scenario, loaded.guidance)
    with shown_on_the_way() as progress:
        report = examine(engine, limit=limit, facilitated=facilitated, progress=progress)
    return Explored(engine, report)


@contextmanager
def shown_on_the_way() -> Iterator[Callable[[int, int, int], None]]:
    """Shows how far exploring has come while it goes on."""
    progress = Progress()
    try:
        yield progress.show
    finally:
        progress.clear()


class Progress:
    """A line on standard error that is written over; silent where nobody would see it."""

    def __init__(self) -> None:
        """Begins with nothing shown."""
        self._shown = 0
        self._next = monotonic() + 5 * _OFTEN
        self._visible = sys.stderr is not None and sys.stderr.isatty()

    def show(self, situations: int, done: int, steps: int) -> None:
        """Shows how far exploring has come."""
        now = monotonic()
        if not self._visible or now < self._next:
            return
        self._next = now + _OFTEN
        bar = f"{'#' * (20 * done // steps):<20}"
        told = say("[{bar}] {situations} situations", bar=bar, situations=f"{situations:,}")
        self._write(f"\r{told:<{self._shown}}")
        self._shown = len(told)

    def clear(self) -> None:
        """Takes the line away."""
        if self._shown:
            self._write("\r" + " " * self._shown + "\r")
            self._shown = 0

    @staticmethod
    def _write(text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            pass

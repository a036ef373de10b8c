"""Start to first paint, on a terminal, of the home screen and of an exercise that goes on."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import programs
from bench.exercises import begun
from bench.table import Row, at_most, interleaved
from bench.terminal import Terminal

ROUNDS = 7
SCENARIOS = {"First Hour": "first_hour", "Larkmoor Row": "larkmoor_row"}


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        started: dict[str, Callable[[], float]] = {
            "empty": partial(shown, home, programs.EMPTY, programs.EMPTY_SHOWS),
            "home screen": partial(shown, home, programs.tabletop(), programs.HOME_SHOWS),
        }
        for title, ref in SCENARIOS.items():
            resumed = programs.tabletop("resume", begun(home, ref))
            started[f"exercise, {title}"] = partial(shown, home, resumed, programs.EXERCISE_SHOWS)
        posting = programs.POSTING.exists()
        if posting:
            started["posting"] = partial(
                shown, home, [str(programs.POSTING)], programs.POSTING_SHOWS
            )
        for each in started.values():
            each()
        taken = dict(zip(started, interleaved(ROUNDS, *started.values()), strict=True))
    for name, seconds in taken.items():
        if name not in ("empty", "posting"):
            aim = 1.3 if name == "home screen" else 2.0
            yield at_most(f"first paint, {name}", seconds, taken["empty"], aim, "empty app")
    for name, seconds in taken.items():
        if name not in ("empty", "posting"):
            what = f"first paint, {name}"
            if posting:
                yield at_most(what, seconds, taken["posting"], 0.5, "posting")
            else:
                yield Row(what, "", "posting is not installed (docs/speed.md)", "", "≤ 0.5")


def shown(home: Path, arguments: Sequence[str], text: str) -> float:
    with Terminal(arguments, home) as terminal:
        return terminal.until(text)

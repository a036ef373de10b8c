"""What the process that shows a solo exercise holds in memory."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import programs
from bench.exercises import begun
from bench.table import Row
from bench.terminal import Terminal

AIM = 80.0


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        with Terminal(programs.EMPTY, home) as terminal:
            terminal.until(programs.EMPTY_SHOWS)
            empty, _ = terminal.memory()
        resumed = programs.tabletop("resume", begun(home, "larkmoor_row"))
        with Terminal(resumed, home) as terminal:
            terminal.until(programs.EXERCISE_SHOWS)
            terminal.settle(1)
            now, peak = terminal.memory()
    yield Row(
        "memory of a solo exercise (peak)",
        f"{now:.0f} MB ({peak:.0f})",
        f"empty app {empty:.0f} MB",
        f"{now / empty:.2f}",
        f"< {AIM:.0f} MB",
        peak < AIM,
    )

"""From a key to the last byte it paints, on a terminal, in an exercise with a long feed."""

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import programs
from bench.exercises import begun
from bench.table import Row, at_most, interleaved
from bench.terminal import Terminal

ENTRIES = 500
ROUNDS = 40
DOWN, UP = "\x1b[B", "\x1b[A"


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        resumed = programs.tabletop("resume", begun(home, "larkmoor_row", ENTRIES))
        with (
            Terminal(programs.EMPTY, home) as empty,
            Terminal(resumed, home) as reading,
            Terminal(resumed_again(home), home) as deciding,
        ):
            empty.until(programs.EMPTY_SHOWS)
            for terminal in (reading, deciding):
                terminal.until(programs.EXERCISE_SHOWS)
                terminal.settle(0.5)
            deciding.press("\t")
            plain, scrolled, moved = interleaved(
                ROUNDS, up_and_down(empty), up_and_down(reading), up_and_down(deciding)
            )
    where = f"key to paint, feed of {ENTRIES}"
    yield at_most(f"{where}, scrolling it", scrolled, plain, 2, "empty app")
    yield at_most(f"{where}, choosing an option", moved, plain, 2, "empty app")


def resumed_again(home: Path) -> list[str]:
    """A second exercise: one can't be open twice."""
    return programs.tabletop("resume", begun(home, "larkmoor_row", ENTRIES))


def up_and_down(terminal: Terminal) -> Callable[[], float]:
    keys = cycle((DOWN, DOWN, UP, UP))
    return lambda: terminal.press(next(keys))

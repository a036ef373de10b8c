"""The debrief of a long exercise: six hours, forty players, from the record to the saved documents.

Everything is one process each, as a person starts it: the time is its processor time from start to
end, imports included, and the memory its peak. Beside it stands the debrief of a short exercise.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import programs
from bench.exercises import begun
from bench.long_exercise import HOURS, PLAYERS, Long
from bench.table import Row, ms

SECONDS = 2.0
MEGABYTES = 200.0


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        long = Long("larkmoor_row")
        exercise = long.laid(folder)
        short = begun(folder, "larkmoor_row")
        least, _ = _spent(folder / "exercises", short, folder)
        for what, given in (("debrief", ["--only", "debrief"]), ("all documents", [])):
            spent, peak = _spent(folder / "data", exercise, folder, *given)
            yield Row(
                f"{what} of {HOURS} h, {PLAYERS} players, {len(long.entries):,} entries",
                f"{ms(spent)}, {peak:.0f} MB",
                f"a short one, all {ms(least)}",
                f"{spent / least:.1f}",
                f"< {SECONDS:.0f} s, < {MEGABYTES:.0f} MB",
                spent < SECONDS and peak < MEGABYTES,
            )


def _spent(data: Path, exercise: str, folder: Path, *given: str) -> tuple[float, float]:
    """Processor seconds and the peak of memory in MB of saving the documents of an exercise."""
    command = programs.tabletop(
        "--data", str(data), "debrief", exercise, "-o", str(folder / "out"), *given
    )
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, used = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6

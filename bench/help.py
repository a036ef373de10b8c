"""`tabletop --help` beside a Python that does nothing."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench import programs
from bench.table import Row, at_most, interleaved, ms
from bench.terminal import surroundings

ROUNDS = 15
AIM = 0.15


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        ours, bare, isolated = interleaved(
            ROUNDS,
            partial(answered, home, programs.tabletop("--help")),
            partial(answered, home, [sys.executable, "-c", "pass"]),
            partial(answered, home, [sys.executable, "-I", "-S", "-c", "pass"]),
        )
    beside = f"python -c pass (with -I -S {ms(isolated)})"
    yield at_most("tabletop --help", ours, bare, 6, beside)
    yield Row("tabletop --help", ms(ours), "", "", f"< {ms(AIM)}", ours < AIM)


def answered(home: Path, arguments: Sequence[str]) -> float:
    begun = perf_counter()
    subprocess.run(arguments, env=surroundings(home), stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - begun

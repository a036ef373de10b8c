"""From a save to the screen that shows it, on the author's workbench, for a file of 2,000 lines.

The clock starts with the time the file itself says it was saved, and stops when the bytes that
paint a changed word have been read from the terminal. A save comes while the one before it is still
being explored in the other process, which is the worst moment there is.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench import programs
from bench.long_scenario import long_scenario
from bench.table import Row, at_most, ms
from bench.terminal import Terminal
from tabletop.conduct.following import saved

ROUNDS = 12
AIM = 0.3
SHOWS = "exploring"
BETWEEN = 1.0
"""Seconds between saves: enough that the one before is being explored."""


def rows() -> Iterator[Row]:
    source = long_scenario()
    lines = source.count(b"\n")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "long.yaml"
        path.write_bytes(source)
        with Terminal(programs.tabletop("author", str(path)), Path(folder)) as terminal:
            terminal.until(SHOWS)
            taken, alone = [], []
            for number in range(ROUNDS):
                terminal.settle(BETWEEN)
                word = f"Saved{number}x"
                titled = source.replace(b"title: First Hour", b"title: " + word.encode(), 1)
                beside = path.with_suffix(".tmp")
                beside.write_bytes(titled)
                beside.replace(path)
                terminal.until(word)
                taken.append(time.time() - path.stat().st_mtime)
                begun = perf_counter()
                saved(path)
                alone.append(perf_counter() - begun)
    found, bare = median(taken), median(alone)
    what = f"save to screen, {lines:,} lines"
    yield at_most(what, found, bare, 2, "reading and rules at rest alone")
    yield Row(what, ms(found), "", "", f"≤ {ms(AIM)}", found <= AIM)

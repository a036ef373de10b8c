"""Reading and checking a long scenario, beside a loader that only makes dicts of it."""

from collections.abc import Iterator
from time import perf_counter

import yaml

from bench.long_scenario import long_scenario
from bench.table import Row, at_most, interleaved
from tabletop.conduct.library import guidance
from tabletop.scenario.reading import read_scenario

ROUNDS = 15


def rows() -> Iterator[Row]:
    source, registry = long_scenario(), guidance()

    def ours() -> float:
        begun = perf_counter()
        reading = read_scenario(source, "long.yaml", registry)
        taken = perf_counter() - begun
        assert reading.playable, [str(problem) for problem in reading.problems[:3]]
        return taken

    def theirs() -> float:
        begun = perf_counter()
        yaml.load(source, Loader=yaml.CSafeLoader)
        return perf_counter() - begun

    ours(), theirs()
    mine, plain = interleaved(ROUNDS, ours, theirs)
    lines = source.count(b"\n")
    yield at_most(f"read and check {lines:,} lines", mine, plain, 1.5, "CSafeLoader")

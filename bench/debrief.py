"""The debrief of a long exercise: six hours, forty players, from the record to the saved documents.

Everything is one process each, as a person starts it: the time is its processor time from start to
end, imports included, and the memory its peak. Beside it stands the debrief of a short exercise.

What could still have come is measured by itself, for a scenario of a hundred times as many
situations as Larkmoor Row and beside it: what it takes goes by how many are looked at.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from bench import programs
from bench.exercises import begun
from bench.large_scenario import Large
from bench.long_exercise import HOURS, PLAYERS, Long
from bench.table import Row, interleaved, ms
from tabletop.authoring.explore import seats
from tabletop.conduct.header import new_header
from tabletop.conduct.library import Library, Loaded
from tabletop.conduct.world import World
from tabletop.debrief.analysis.ahead import Ahead
from tabletop.debrief.analysis.frontier import frontier
from tabletop.debrief.telling import Telling
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply
from tabletop.exercise.record import Entry, Record
from tabletop.exercise.state import State

SECONDS = 2.0
MEGABYTES = 200.0
RATIO = 4.0
ROUNDS = 3


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
    yield _looking_ahead()


def _looking_ahead() -> Row:
    """What lay ahead in a scenario of 1.9 million situations, beside Larkmoor Row's 13,000."""
    library = Library()
    small = _played(library.load("larkmoor_row"))
    large = _played(library.load_source(Large().scenario(), "large.yaml"))
    ours, theirs = interleaved(ROUNDS, lambda: _ahead(large), lambda: _ahead(small))
    return Row(
        "what could have come, of 1.9 million situations",
        ms(ours),
        f"of 13,000 {ms(theirs)}",
        f"{ours / theirs:.1f}",
        f"≤ {RATIO:g}",
        ours / theirs <= RATIO,
    )


def _ahead(record: Record) -> float:
    telling = Telling(record, names=False)
    begun = process_time()
    ahead = Ahead(telling)
    known = all(fork.why != "limit" for fork in ahead.forks) and frontier(telling, ahead).points
    if not known:
        sys.exit("A scenario is beyond the limit of a debrief")
    return process_time() - begun


def _played(loaded: Loaded) -> Record:
    """A play by everyone, each answering by chance."""
    engine, chance, entries = Engine(loaded.scenario, loaded.guidance), Random(3), list[Entry]()
    table = seats(engine, engine.scenario.roles)
    state = State()
    step: tuple[str, c.Command] = table[0].id, c.Start(table)
    while state.status != "ended":
        made = engine.decide(state, *step)
        seq = len(entries) + 1
        entries.append(Entry(seq, seq - 1, 0, step[0], f"k{seq}", made))
        state = apply(state, 0, made)
        able: list[tuple[str, c.Command]] = [
            (seat.id, command)
            for seat in table
            for command in engine.legal(state, seat.id)
            if isinstance(command, c.Settle | c.Advance)
            or (
                isinstance(command, c.Commit)
                and seat.id not in state.decisions[command.decision].answers
            )
        ]
        step = chance.choice(able) if able else step
    roles = tuple(engine.scenario.roles)
    return Record(new_header(loaded, "ahead", roles, {}, 1, World.fixed(1)), tuple(entries), {})


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

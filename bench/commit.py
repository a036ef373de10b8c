"""The durable commit of an entry, beside appending bytes to a file and `fdatasync`.

The floor is drawn twice: with the entry's own bytes, and with as many as the database's log takes
for them, which are whole pages: one for the entry, one for the words, one for the summary.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.table import Row, ms
from tabletop.conduct.exercise_file import ExerciseFile
from tabletop.conduct.header import new_header
from tabletop.conduct.library import Library
from tabletop.conduct.summary import ExerciseSummary
from tabletop.conduct.world import World
from tabletop.exercise.chain import StoredWord
from tabletop.exercise.events import Committed
from tabletop.exercise.record import Entry, entry_bytes
from tabletop.exercise.words import reference

ENTRIES = 1_000
AIM = 0.75
LOGGED = bytes(3 * (4096 + 24))
REASON = "Fewer people know, and she can still prepare."


def rows() -> Iterator[Row]:
    world = World.real()
    loaded = Library().load("larkmoor_row")
    header = new_header(loaded, "bench1", ("investigator",), {}, 1, world)
    summary = ExerciseSummary("bench1", "Larkmoor Row", "larkmoor_row", status="running")
    ours: list[float] = []
    bare: list[float] = []
    logged: list[float] = []
    with TemporaryDirectory() as folder:
        file = ExerciseFile.create(Path(folder) / "bench1.exercise", header, summary)
        plain = os.open(Path(folder) / "plain", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        pages = os.open(Path(folder) / "pages", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        for seq in range(1, ENTRIES + 1):
            salt = world.salt(seq, 0)
            said = reference(salt, REASON)
            event = Committed("provider_told", "investigator", "ranges", said, "", 3)
            entry = Entry(seq, seq - 1, seq * 1_000, "investigator", f"key-{seq}", (event,))
            word = StoredWord(said, "investigator", salt, REASON)
            data = entry_bytes(entry)
            begun = perf_counter()
            file.append(file.head, entry, (word,), summary)
            ours.append(perf_counter() - begun)
            for descriptor, written, taken in ((plain, data, bare), (pages, LOGGED, logged)):
                begun = perf_counter()
                os.write(descriptor, written)
                os.fdatasync(descriptor)
                taken.append(perf_counter() - begun)
        os.close(plain)
        os.close(pages)
        file.close()
    for beside, floor in ((f"{len(data)} bytes", bare), (f"{len(LOGGED):,} bytes", logged)):
        rate = median(floor) / median(ours)
        yield Row(
            "durable commit of an entry with words",
            ms(median(ours)),
            f"fdatasync of {beside} {ms(median(floor))}",
            f"{rate:.2f} of its rate",
            f"≥ {AIM}",
            rate >= AIM,
        )

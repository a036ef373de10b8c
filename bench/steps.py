"""Steps of an exercise with four people, without the disk.

A step is what one accepted command costs the process that conducts it: decide, make the entry and
chain its hash, fold the events, and look with the eyes of all four seats. What is played are whole
exercises, each move drawn from those open there; drawing them is not timed.
"""

import random
from collections.abc import Iterator
from time import perf_counter, process_time

from bench.table import Row, interleaved
from tabletop.authoring.explore import Step, moves, quiet, seats, step
from tabletop.authoring.liveness import Liveness
from tabletop.conduct.library import Library
from tabletop.exercise.commands import Commit, Say, Settle, Start
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply
from tabletop.exercise.record import Entry, entry_bytes, entry_hash
from tabletop.exercise.state import State
from tabletop.exercise.views import view

SCENARIO = "larkmoor_row"
PLAYS = 12
ROUNDS = 5
AIM = 2_000


def rows() -> Iterator[Row]:
    loaded = Library().load(SCENARIO)

    def engine() -> Engine:
        return Engine(loaded.scenario, loaded.guidance)

    chance = random.Random(1)
    drawing = engine()
    liveness = Liveness(drawing)
    plays = [play(drawing, liveness, chance) for _ in range(PLAYS)]
    count = sum(len(each) for each in plays)
    (seconds,) = interleaved(ROUNDS, lambda: conducted(engine(), plays))
    rate = count / seconds
    yield Row(
        f"steps without the disk, 4 people ({count:,} of {PLAYS} plays)",
        f"{seconds / count * 1e6:.0f} µs",
        "",
        f"{rate:,.0f} /s",
        f"> {AIM:,} /s",
        rate > AIM,
    )


def play(engine: Engine, liveness: Liveness, chance: random.Random) -> list[Step]:
    """The steps of one whole exercise that everyone plays in person."""
    table = seats(engine, engine.scenario.roles)
    taken: list[Step] = [(table[0].id, Start(table))]
    state = step(engine, State(), *taken[0])
    while state.status != "ended":
        for each in _settled_first(engine, state) or chance.choice(
            list(moves(engine, state, liveness))
        ):
            state = step(engine, state, *each)
            taken.append(each)
    return taken


def _settled_first(engine: Engine, state: State) -> tuple[Step, ...]:
    """What settles a decision whose answers are on the table."""
    for name, decision in state.decisions.items():
        if decision.revealed and not decision.done:
            seat = state.in_role(decision.by[0])[0].id
            answer = decision.answers[seat].option
            for command in (Settle(name), Settle(name, answer)):
                if engine.accepts(state, seat, command):
                    return ((seat, command),)
    return ()


def conducted(engine: Engine, plays: list[list[Step]]) -> float:
    """The seconds it takes to conduct the plays."""
    begun = process_time()
    for steps in plays:
        state, chained = State(), ""
        entries: list[Entry] = []
        for number, (seat, command) in enumerate(steps, start=1):
            events = engine.decide(state, seat, command)
            entry = Entry(number, number - 1, state.at, seat, f"key-{number}", events)
            chained = entry_hash(chained, entry_bytes(entry))
            entries.append(entry)
            state = apply(state, state.at, events)
            for each in state.seats:
                view(engine, state, each, {})
    return process_time() - begun

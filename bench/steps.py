"""Steps of an exercise with four people, without the disk.

A step is what one accepted command costs the process that conducts it: decide, append an entry to
a list, fold the events, and look with the eyes of all four seats. Making the entry's bytes and
their hash belongs to the store and is measured by itself. What is played are whole exercises, each
move drawn from those open there; drawing them is not timed.
"""

import random
from collections.abc import Iterator
from time import process_time

from bench.table import Row, interleaved, ms
from tabletop.authoring.explore import Step, moves, seats, step
from tabletop.authoring.liveness import Liveness
from tabletop.conduct.library import Library
from tabletop.exercise.commands import Settle, Start
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
    (stored,) = interleaved(ROUNDS, lambda: encoded(engine(), plays))
    rate = count / seconds
    yield Row(
        f"step without the disk, 4 people ({count:,} steps of {PLAYS} plays)",
        ms(seconds / count),
        f"its entry's bytes and hash {ms(stored / count)}",
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
    """The seconds of this process that it takes to conduct the plays."""
    # What an engine works out once, however long it is used, is no part of a step.
    assert engine.plan.texts
    assert engine.plan.themes is not None
    begun = process_time()
    for steps in plays:
        state = State()
        entries: list[Entry] = []
        for number, (seat, command) in enumerate(steps, start=1):
            events = engine.decide(state, seat, command)
            entries.append(Entry(number, number - 1, state.at, seat, f"key-{number}", events))
            state = apply(state, state.at, events)
            for each in state.seats:
                view(engine, state, each, {})
    return process_time() - begun


def encoded(engine: Engine, plays: list[list[Step]]) -> float:
    """The seconds it takes to make the bytes of the plays' entries and chain their hashes."""
    entries: list[Entry] = []
    for steps in plays:
        state = State()
        for number, (seat, command) in enumerate(steps, start=1):
            events = engine.decide(state, seat, command)
            entries.append(Entry(number, number - 1, state.at, seat, f"key-{number}", events))
            state = apply(state, state.at, events)
    begun, chained = process_time(), ""
    for entry in entries:
        chained = entry_hash(chained, entry_bytes(entry))
    return process_time() - begun

"""Parts of views that an engine remembers are what it would make anew, and alike to those alike."""

import random
from dataclasses import replace

import shipped

from tabletop.authoring.explore import moves, play, quiet, seats, step
from tabletop.authoring.liveness import Liveness
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.readers import Reader, reader
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State
from tabletop.exercise.view_types import PlayerView
from tabletop.exercise.views import view


def test_a_remembered_view_is_the_one_made_anew() -> None:
    given = shipped.engine("first_hour")
    engine = Engine(given.scenario, given.guidance)
    liveness, chance = Liveness(engine), random.Random(3)
    table = seats(engine, tuple(engine.scenario.roles)[:2])
    seat = table[0].id
    for number in range(12):
        words: dict[str, str | None] = {}
        state = step(engine, State(), seat, c.Start(table))
        while state.status != "ended":
            word = f"w{number}.{len(words)}"
            words[word] = f"said {word}"
            told = chance.choice((c.Say("all", word), c.Pause(), c.StepOut(), c.Skip(2)))
            if engine.accepts(state, seat, told):
                before = state
                state = step(engine, state, seat, told)
                _same(engine, state, words)
                # Going back is what exploring does, and erasing what a person may ask for.
                words[chance.choice(tuple(words))] = None
                _same(engine, before, words)
                for undone in (c.Resume(), c.StepIn()):
                    if engine.accepts(state, seat, undone):
                        state = step(engine, state, seat, undone)
            ways = tuple(moves(engine, state, liveness))
            state = quiet(engine, play(engine, state, chance.choice(ways)))
            _same(engine, state, words)


def _same(engine: Engine, state: State, words: dict[str, str | None]) -> None:
    anew = Engine(engine.scenario, engine.guidance)
    for seat in state.seats:
        assert view(engine, state, seat, words) == view(anew, state, seat, words)


def test_everyone_who_is_the_same_reader_is_shown_the_same() -> None:
    """Several people in each role, some of whom skip passages, in random facilitated plays."""
    given = shipped.engine("first_hour")
    themes = tuple(given.scenario.themes)
    players = tuple(
        Seat(f"{role}-{n}", "player", role, f"name {role}-{n}", themes if n == 2 else ())
        for role in tuple(given.scenario.roles)[:3]
        for n in range(3)
    )
    table = (*players, Seat("fay", "facilitator"))
    chance, shared = random.Random(7), 0
    for _ in range(3):
        engine = Engine(given.scenario, given.guidance)
        words: dict[str, str | None] = {seat.name: seat.id for seat in players}
        state = step(engine, State(), "fay", c.Start(table, facilitated=True))
        for number in range(50):
            shared += _alike(engine, state, words)
            if state.status == "ended":
                break
            seat = chance.choice((*players, table[-1])).id
            legal = [each for each in engine.legal(state, seat) if not isinstance(each, c.End)]
            if not legal:
                continue
            command = chance.choice(legal)
            words[f"w{number}"] = f"said {number}"
            if isinstance(command, c.Say):
                command = replace(command, words=f"w{number}")
            elif isinstance(command, c.Commit):
                command = replace(command, reason=f"w{number}")
            if engine.accepts(state, seat, command):
                state = quiet(engine, step(engine, state, seat, command))
    assert shared > 100


def _alike(engine: Engine, state: State, words: dict[str, str | None]) -> int:
    """How many views were another's, each of which is what its own seat is shown anew."""
    found: dict[Reader, PlayerView] = {}
    anew, shared = Engine(engine.scenario, engine.guidance), 0
    for seat in state.seats.values():
        if seat.kind == "player":
            who = reader(engine, state, seat)
            shared += who in found
            seen = found.setdefault(who, view(engine, state, seat.id, words))
            anew.shown.clear()
            assert seen == view(anew, state, seat.id, words), seat
    return shared

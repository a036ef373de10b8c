"""Parts of views that an engine remembers are what it would make anew."""

import random

import shipped

from tabletop.authoring.explore import moves, play, quiet, seats, step
from tabletop.authoring.liveness import Liveness
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.state import State
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

"""A path: the scenes an exercise went through, by which way each was reached, and what was chosen.

It is read from events alone, those of a record as well as those of a route or a play. Which of two
ways between the same scenes was taken is what held at that moment, as the engine chooses it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tabletop.exercise import events as e
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import evolve
from tabletop.exercise.situation import Standing
from tabletop.exercise.state import State


@dataclass(frozen=True, slots=True)
class Step:
    """One scene on the path."""

    number: int
    """From one."""
    scene: str
    by: tuple[str, int] | None
    """The scene it was reached from and the place, from zero, of the way among those of that scene;
    nothing for the first, and where a facilitator jumped."""
    chosen: tuple[tuple[str, str], ...] = ()
    """Each decision settled there with the option that counts, in order."""


Path = tuple[Step, ...]


def path_of(engine: Engine, events: Iterable[e.Event]) -> Path:
    """The path that events tell of; they begin with the start of an exercise."""
    return path_through(engine, _with_states(events))


def _with_states(events: Iterable[e.Event]) -> Iterator[tuple[State, e.Event]]:
    state = State()
    for event in events:
        yield state, event
        if not isinstance(event, e.Told):
            # No way hangs on what was told, and feeds grow with every word.
            state = evolve(state, event)


def path_through(engine: Engine, told: Iterable[tuple[State, e.Event]]) -> Path:
    """The same, where somebody has the state right before each event."""
    steps: list[Step] = []
    jumped = False
    for state, event in told:
        if isinstance(event, e.SceneEntered):
            by = None if jumped else _way(engine, state, event.scene)
            steps.append(Step(len(steps) + 1, event.scene, by))
        elif isinstance(event, e.Settled) and steps:
            last = steps[-1]
            chosen = (*last.chosen, (event.decision, event.option))
            steps[-1] = Step(last.number, last.scene, last.by, chosen)
        jumped = isinstance(event, e.Jumped) or (jumped and not isinstance(event, e.SceneEntered))
    return tuple(steps)


def _way(engine: Engine, state: State, to: str) -> tuple[str, int] | None:
    """The way out of the scene a state stands in that leads where it went."""
    here = engine.scenario.scenes.get(state.scene)
    if here is None:
        return None
    situation = Standing(state, engine.law)
    for number, way in enumerate(here.next):
        if way.when is None or way.when.holds(situation):
            return (state.scene, number) if way.to == to else None
    return None

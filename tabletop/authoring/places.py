"""Places: what an author can look at in a scenario, and a shortest route to each.

Where everyone is a person, the plain exploration is followed until every scene has been entered,
every decision asked and every inject delivered, or the limit is hit.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tabletop.authoring.explore import Move, moves, seats
from tabletop.authoring.findings import Route
from tabletop.authoring.liveness import Key, Liveness
from tabletop.authoring.walking import Endless, played_out
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.engine import Engine
from tabletop.exercise.state import State
from tabletop.scenario.model import Scenario
from tabletop.scenario.problem import Path

Kind = Literal["whole", "role", "fact", "scene", "decision", "inject"]


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a scenario that can be looked at."""

    kind: Kind
    name: str = ""
    """Its identifier; none for the whole."""


WHOLE = Place("whole")
_WITHIN: Mapping[object, Kind] = {"decisions": "decision", "injects": "inject"}
_OUTSIDE: Mapping[object, Kind] = {"roles": "role", "facts": "fact"}


def place_of(scenario: Scenario, path: Path) -> Place:
    """The place that a path in a scenario lies in."""
    match path:
        case ("scenes", str(scene), part, str(name), *_) if part in _WITHIN:
            if name in getattr(scenario.scenes.get(scene), str(part), {}):
                return Place(_WITHIN[part], name)
            return Place("scene", scene) if scene in scenario.scenes else WHOLE
        case ("scenes", str(scene), *_) if scene in scenario.scenes:
            return Place("scene", scene)
        case (part, str(name), *_) if part in _OUTSIDE and name in getattr(scenario, str(part)):
            return Place(_OUTSIDE[part], name)
    return WHOLE


def ways(engine: Engine, *, limit: int = 50_000) -> dict[Place, Route]:
    """A shortest route to each place, as far as the limit lets one see."""
    people = tuple(engine.scenario.roles)
    wanted = set(_sought(engine.scenario))
    found: dict[Place, Route] = {}
    liveness = Liveness(engine)
    begin: Move = ((people[0], c.Start(seats(engine, people), False)),)
    state, events = played_out(engine, State(), begin)
    before: dict[Key, tuple[Key | None, Move]] = {liveness.key(state): (None, begin)}

    def reached(key: Key | None, move: Move, made: Iterable[e.Event]) -> None:
        for place in _shown(made):
            if place in wanted:
                wanted.discard(place)
                found[place] = Route(people, False, (*_route(before, key), move))

    reached(None, begin, events)
    waiting = deque([(liveness.key(state), state)])
    while waiting and wanted:
        key, state = waiting.popleft()
        if state.status == "ended":
            continue
        for move in moves(engine, state, liveness):
            try:
                after, events = played_out(engine, state, move)
            except Endless:
                continue
            # What shows on a way may be forgotten where it arrives, which may be known already.
            reached(key, move, events)
            arrived = liveness.key(after)
            if arrived not in before:
                if len(before) >= limit:
                    return found
                before[arrived] = (key, move)
                waiting.append((arrived, after))
    return found


def _sought(scenario: Scenario) -> Iterator[Place]:
    for name, scene in scenario.scenes.items():
        yield Place("scene", name)
        yield from (Place("decision", decision) for decision in scene.decisions)
        yield from (Place("inject", inject) for inject in scene.injects)


def _shown(events: Iterable[e.Event]) -> Iterator[Place]:
    """The places that events show for the first time."""
    for event in events:
        match event:
            case e.SceneEntered(scene=scene):
                yield Place("scene", scene)
            case e.DecisionOpened(decision=decision):
                yield Place("decision", decision)
            case e.InjectDelivered(inject=inject):
                yield Place("inject", inject)


def _route(before: Mapping[Key, tuple[Key | None, Move]], at: Key | None) -> tuple[Move, ...]:
    made: list[Move] = []
    while at is not None:
        at, move = before[at]
        made.append(move)
    return tuple(reversed(made))

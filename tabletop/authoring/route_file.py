"""Route files: a way through a scenario that a person can read, keep and replay.

A route is written as a play script without expectations but one at its end, which says where it
has led (`docs/authoring/play-scripts.md`). It is played by giving its commands to the engine one
after another; no state is ever edited, so a route that can be played can have happened.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.authoring.explore import FACILITATOR
from tabletop.authoring.findings import Route
from tabletop.authoring.plays import commands_of, read_play
from tabletop.authoring.walking import played_out, walked
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.events import Event
from tabletop.exercise.state import State
from tabletop.scenario.problem import Problem


@dataclass(frozen=True, slots=True)
class RouteFile:
    """A route, read: who plays, and every command after the start."""

    title: str
    people: tuple[str, ...]
    facilitated: bool
    commands: tuple[tuple[str, c.Command], ...]


def replayed(engine: Engine, route: Route) -> tuple[State, tuple[Event, ...]]:
    """The state a route leads to, and everything that happens on it."""
    state, events = State(), list[Event]()
    for move in route.moves:
        state, made = played_out(engine, state, move)
        events += made
    return state, tuple(events)


def written(engine: Engine, route: Route, title: str) -> str:
    """A route as a file."""
    lines = [f"title: {_quoted(title)}", f"people: [{', '.join(route.people)}]"]
    if route.facilitated:
        lines.append("facilitated: true")
    lines.append("steps:")
    lines += [f"  - {step}" for step in steps(engine, route)]
    return "\n".join(lines) + "\n"


def steps(engine: Engine, route: Route) -> Iterator[str]:
    """The steps of a route as lines of a play script, with what is so at its end."""
    state = State()
    for move in route.moves:
        walk = walked(engine, state, move)
        for seat, command in walk.given:
            # A facilitator may settle, and so may whoever answered; a script knows only the latter.
            said = _step(move[0][0] if seat == FACILITATOR else seat, command)
            if said:
                yield said
        state = walk.state
    if state.status == "ended":
        yield f"expect: {{ended: {state.ending or 'early'}}}"
    else:
        yield f"expect: {{scene: {state.scene}}}"


def _step(seat: str, command: c.Command) -> str:
    match command:
        case c.Commit(decision, option):
            return f"{seat}: {{choose: {option}, at: {decision}}}"
        case c.Settle(decision, option):
            chosen = f", option: {option}" if option else ""
            return f"{seat}: {{settle: {decision}{chosen}}}"
        case c.Share(fact, to):
            return f"{seat}: {{share: {fact}, to: {to}}}"
        case c.Release(inject):
            return f"release: {inject}"
        case c.Advance():
            return "advance"
    return ""


def _quoted(title: str) -> str:
    return json.dumps(" ".join(title.split()), ensure_ascii=False)


def read_route(source: bytes, name: str, engine: Engine) -> tuple[RouteFile | None, list[Problem]]:
    """A route file, or the problems that keep it from being one; any play script is a route."""
    script, problems = read_play(source, name, engine)
    if script is None:
        return None, problems
    commands = tuple(commands_of(engine, script))
    return RouteFile(script.title, script.people, script.facilitated, commands), []

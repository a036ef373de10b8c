"""Walking: one whole move as the exploration makes it, with everything that happens on it.

A move is what one person decides to do, or the one answer everybody gives; stand-ins do what they
do about it, and what was revealed is settled.
"""

from dataclasses import dataclass, field

from tabletop.authoring.explore import FACILITATOR, Move
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply
from tabletop.exercise.state import State

ENDLESS = 5_000
"""What stand-ins do by themselves before it is called a round without an end."""


class Endless(Exception):
    """Stand-ins go round and nobody is there to stop."""


def played_out(engine: Engine, state: State, move: Move) -> tuple[State, list[e.Event]]:
    """The state after a whole move as the exploration makes it, and everything that happened."""
    walk = walked(engine, state, move)
    return walk.state, walk.events


def walked(engine: Engine, state: State, move: Move) -> "Walk":
    """A whole move as the exploration makes it: everyone's answer, and settling it."""
    walk = Walk(engine, state, [])
    for seat, command in move:
        walk.step(seat, command)
    for name, decision in walk.state.decisions.items():
        if decision.revealed and not decision.done:
            seat, answer = move[0]
            command = c.Settle(name)
            if not engine.accepts(walk.state, seat, command) and isinstance(answer, c.Commit):
                command = c.Settle(name, answer.option)
            walk.step(FACILITATOR if walk.state.facilitated else seat, command)
    return walk


@dataclass(slots=True)
class Walk:
    """A way being walked, with what happened on it."""

    engine: Engine
    state: State
    events: list[e.Event]
    given: list[tuple[str, c.Command]] = field(default_factory=list)
    """The commands of people, settling among them."""

    def step(self, seat: str, command: c.Command) -> None:
        """Does one command and lets stand-ins do what they do about it."""
        self.given.append((seat, command))
        self.do(seat, command)
        for _ in range(ENDLESS):
            for other in self.state.seats.values():
                proposed = self.engine.proposal(self.state, other.id)
                if proposed is not None:
                    self.do(other.id, proposed)
                    break
            else:
                return
        raise Endless

    def do(self, seat: str, command: c.Command) -> None:
        """Does one command."""
        made = self.engine.decide(self.state, seat, command)
        self.events += made
        self.state = apply(self.state, self.state.at, made)

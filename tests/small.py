"""Small scenarios for examples of single rules, written as an author would write them."""

import textwrap

import shipped

from tabletop.authoring.explore import quiet, seats, step
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.events import Event
from tabletop.exercise.evolve import apply
from tabletop.exercise.state import State
from tabletop.scenario.reading import read_scenario

TOP = """\
title: Small
version: 1.0.0
summary: A small scenario for one rule.
minutes: {alone: 5, group: 5}
jurisdiction: alder
law_as_of: 2026-11-01
support: Whoever is there.
start: one
roles:
  investigator: {discipline: law_enforcement, name: Ash, brief: You lead.}
  advocate: {discipline: victim_services, employer: community, name: Bo, brief: You support.}
  prosecutor: {discipline: attorney, hat: prosecutor, name: Cy, brief: You charge.}
"""

END = "  end: {ending: true, narration: It is over., closing: [Much remains.]}\n"


def engine(body: str, *, extra_role: str = "") -> Engine:
    source = TOP + extra_role + textwrap.dedent(body)
    reading = read_scenario(source.encode(), "small.yaml", shipped.guidance())
    assert reading.scenario is not None, [str(problem) for problem in reading.problems]
    return Engine(reading.scenario, shipped.guidance())


class Table:
    """An exercise at a table, without a disk: what was done and what came of it."""

    def __init__(
        self, engine: Engine, *people: str, facilitated: bool = False, twice: str = ""
    ) -> None:
        self.engine = engine
        self.events: list[Event] = []
        self.state = State()
        table = seats(engine, people, facilitated=facilitated)
        if twice:
            first = next(seat for seat in table if seat.role == twice)
            table = (*table, type(first)(f"{twice}_2", "player", twice))
        host = table[-1].id if facilitated else people[0]
        self.do(host, c.Start(table, facilitated))

    def do(self, seat: str, command: c.Command) -> "Table":
        made = self.engine.decide(self.state, seat, command)
        self.events += made
        at = command.to if isinstance(command, c.PassTime) else self.state.at
        self.state = apply(self.state, at, made)
        return self

    def rest(self) -> "Table":
        while True:
            for seat in self.state.seats:
                command = self.engine.proposal(self.state, seat)
                if command is not None:
                    self.do(seat, command)
                    break
            else:
                return self

    def texts(self, role: str) -> list[str]:
        return [
            self.engine.text(passage.path)
            for passage in self.state.feeds.get(role, ())
            if passage.path
        ]


__all__ = ["END", "Table", "engine", "quiet", "step"]

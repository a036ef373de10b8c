"""A table in memory: plays a scenario with the engine alone and keeps a record of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random

import shipped

from tabletop.authoring.explore import quiet, seats
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply
from tabletop.exercise.record import Entry, Header, Record
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State
from tabletop.exercise.words import referred
from tabletop.scenario.reading import read_scenario

MINUTE = 60_000

__all__ = ["MINUTE", "Table", "quiet"]


class Table:
    """An exercise: some roles are people's, the others are stand-ins'."""

    def __init__(
        self,
        text: str,
        people: Iterable[str],
        names: Mapping[str, str] | None = None,
        beside: Iterable[Seat] = (),
        *,
        facilitated: bool = False,
    ) -> None:
        """`beside` are more players, in roles that people play already."""
        self.text = text
        reading = read_scenario(text.encode(), "scenario.yaml", shipped.guidance())
        assert reading.scenario is not None, [str(each) for each in reading.problems]
        self.engine = Engine(reading.scenario, shipped.guidance())
        self.people = tuple(people)
        self.state = State()
        self.entries: list[Entry] = []
        self.words: dict[str, str | None] = {}
        self.at = 0
        self.again: set[tuple[str, str]] = set()
        named = names or {}
        table = tuple(
            replace(seat, name=named.get(seat.role, ""))
            for seat in seats(self.engine, self.people, facilitated=facilitated)
        )
        more = tuple(beside)
        self.players = {**{role: role for role in self.people}, **{s.id: s.role for s in more}}
        host = table[-1].id if facilitated else self.people[0]
        self.do(host, c.Start((*table, *more), facilitated))

    def do(self, seat: str, command: c.Command) -> "Table":
        made = self.engine.decide(
            apply(self.state, self.at, ()), seat, referred(command, seat, self._refer)
        )
        seq = len(self.entries) + 1
        self.entries.append(Entry(seq, seq - 1, self.at, seat, f"k{seq}", made))
        self.state = apply(self.state, self.at, made)
        for each in self.state.seats:
            proposed = self.engine.proposal(self.state, each)
            if proposed is not None:
                return self.do(each, proposed)
        return self

    def _again(self, decision: str, seat: str, chance: Random, change: float) -> bool:
        """Whether somebody answers once more after a talk; nobody does so twice."""
        if not self.state.decisions[decision].revealed or (decision, seat) in self.again:
            return False
        self.again.add((decision, seat))
        return chance.random() < change

    def _refer(self, seat: str, text: str) -> str:
        reference = f"w{len(self.words):032x}"
        self.words[reference] = text
        return reference

    def later(self, minutes: int) -> "Table":
        self.at += minutes * MINUTE
        return self

    def play(self, chance: Random, *, share: float = 0.3, change: float = 0.0) -> "Table":
        """Plays to the end by chance; `change` is how likely one answers otherwise after a talk."""
        while self.state.status == "running":
            self.later(chance.randint(0, 2))
            there = [seat for seat, role in self.players.items() if role in self.state.joined]
            seat = chance.choice(there or list(self.people))
            legal = self.engine.legal(self.state, seat)
            shares = [each for each in legal if isinstance(each, c.Share)]
            if shares and chance.random() < share:
                self.do(seat, chance.choice(shares))
                continue
            commits = [
                each
                for each in legal
                if isinstance(each, c.Commit)
                and (
                    seat not in self.state.decisions[each.decision].answers
                    or (change and self._again(each.decision, seat, chance, change))
                )
            ]
            settles = [each for each in legal if isinstance(each, c.Settle)]
            if commits:
                command = chance.choice(commits)
                reasons = list(self.engine.plan.decision(command.decision).reasons)
                self.do(
                    seat,
                    replace(
                        command,
                        because=chance.choice(reasons) if reasons else "",
                        confidence=chance.randint(0, 4),
                        reason=chance.choice(("", "it seemed right")),
                    ),
                )
            elif settles:
                self.do(seat, chance.choice(settles))
            elif c.Advance() in legal:
                self.do(seat, c.Advance())
        return self

    def record(self) -> Record:
        scenario = self.engine.scenario
        guidance = shipped.guidance().subset(
            shipped.guidance().practices,
            {fact.fact_class for fact in scenario.facts.values()},
            scenario.jurisdiction,
        )
        header = Header(
            id="a1b2c3",
            created="2026-11-22T10:00:00+00:00",
            scenario_name="first_hour",
            scenario_text=self.text,
            guidance_json=guidance.model_dump_json(),
            parameters={},
            roles=self.people,
            seed=0,
            tool_version="0.0.0",
        )
        return Record(header, tuple(self.entries), dict(self.words))

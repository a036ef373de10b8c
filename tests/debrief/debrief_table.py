"""A table in memory: plays a scenario with the engine alone and keeps a record of it."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply
from tabletop.exercise.record import Entry, Header, Record
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State
from tabletop.exercise.words import referred
from tabletop.scenario.document import read_document
from tabletop.scenario.guidance import Guidance, read_guidance
from tabletop.scenario.reading import read_scenario

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "scenarios"


def registry() -> Guidance:
    folder = SHIPPED / "guidance"
    trees = {
        file.stem: read_document(file.read_bytes(), file.name).tree
        for file in sorted(folder.glob("*.yaml"))
    }
    cards = {
        file.stem: read_document(file.read_bytes(), file.name).tree
        for file in sorted((folder / "jurisdictions").glob("*.yaml"))
    }
    return read_guidance({**trees, "jurisdictions": cards})


class Table:
    """An exercise alone: some roles are people's, the others are stand-ins'."""

    def __init__(self, text: str, guidance: Guidance, people: Iterable[str], names=None):
        self.text = text
        self.guidance = guidance
        reading = read_scenario(text.encode(), "scenario.yaml", guidance)
        assert reading.scenario is not None, [str(p) for p in reading.problems]
        self.engine = Engine(reading.scenario, guidance)
        self.people = tuple(people)
        self.state = State()
        self.entries: list[Entry] = []
        self.words: dict[str, str | None] = {}
        self.at = 0
        seats = tuple(
            Seat(role, "player", role, (names or {}).get(role, ""))
            if role in self.people
            else Seat(role, "stand_in", role)
            for role in reading.scenario.roles
        )
        self.do(self.people[0], c.Start(seats))

    def do(self, seat: str, command: c.Command) -> None:
        referred_to = referred(command, seat, self._refer)
        events = self.engine.decide(self.state, seat, referred_to)
        seq = len(self.entries) + 1
        self.entries.append(Entry(seq, seq - 1, self.at, seat, f"k{seq}", events))
        self.state = apply(self.state, self.at, events)
        self.stand_ins()

    def _refer(self, seat: str, text: str) -> str:
        reference = f"w{len(self.words):032x}"
        self.words[reference] = text
        return reference

    def stand_ins(self) -> None:
        for seat in self.state.seats:
            command = self.engine.proposal(self.state, seat)
            if command is not None:
                self.do(seat, command)

    def later(self, minutes: int) -> None:
        self.at += minutes * 60_000

    def open(self) -> list[tuple[str, tuple[str, ...]]]:
        return [
            (name, decision.shown())
            for name, decision in self.state.decisions.items()
            if not decision.done
        ]

    def play(self, chance, *, share: float = 0.3, minutes: int = 2) -> "Table":
        """Plays to the end by chance."""
        while self.state.status == "running":
            self.later(chance.randint(0, minutes))
            seat = chance.choice([r for r in self.people if r in self.state.joined] or self.people)
            legal = self.engine.legal(self.state, seat)
            shares = [each for each in legal if isinstance(each, c.Share)]
            commits = [
                each
                for each in legal
                if isinstance(each, c.Commit) and seat not in
                self.state.decisions[each.decision].answers
            ]
            settles = [each for each in legal if isinstance(each, c.Settle)]
            if shares and chance.random() < share:
                self.do(seat, chance.choice(shares))
            elif commits:
                command = chance.choice(commits)
                reasons = self.engine.plan.decision(command.decision).reasons
                self.do(
                    seat,
                    replace(
                        command,
                        because=chance.choice(list(reasons)) if reasons else "",
                        confidence=chance.randint(0, 4),
                        reason=chance.choice(["", "it seemed right"]),
                    ),
                )
            elif settles:
                self.do(seat, chance.choice(settles))
            elif c.Advance() in legal:
                self.do(seat, c.Advance())
        return self

    def record(self) -> Record:
        scenario = self.engine.scenario
        header = Header(
            id="a1b2",
            created="2026-11-22T10:00:00+00:00",
            scenario_name="scenario",
            scenario_text=self.text,
            guidance_json=self.guidance.subset(
                self.guidance.practices,
                {fact.fact_class for fact in scenario.facts.values()},
                scenario.jurisdiction,
            ).model_dump_json(),
            parameters={},
            roles=self.people,
            seed=0,
            tool_version="0.1.0",
        )
        return Record(header, tuple(self.entries), dict(self.words))


def shipped(name: str) -> str:
    return (SHIPPED / name / "scenario.yaml").read_text(encoding="utf-8")

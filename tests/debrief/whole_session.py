"""A facilitated exercise with all that can be in one, for looking at what is made of it.

Six people in four roles and three beside the table; reasons, dissent, facts told, notes, an inject
written on the spot, a decision the facilitator settled, a way back, and everything that people
enter once it is over.
"""

from dataclasses import replace
from functools import cache
from random import Random

import shipped
from debrief_table import Table

from tabletop.debrief.analysis.ratings import proposals
from tabletop.debrief.choices import choices
from tabletop.debrief.telling import Telling
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c
from tabletop.exercise.record import Record
from tabletop.exercise.seats import Seat

WHO, EVA, SECOND = "facilitator", "eva", "second"
REASONS = (
    "",
    "Fewer people know, and she can still prepare.",
    "We said we would ask before we shared, and then nobody did.",
    "It is late, the beds are there now, and the bus is not.",
)
NOTES = (
    ("strength", "The advocate was asked before anything about the beds was decided."),
    ("issue", "Nobody said who would call whom, so two people called and one got no answer."),
    ("issue", "The interpreter was thought of only once the first question had been asked."),
)


class _Playing:
    """One table being played by chance."""

    def __init__(self, slug: str, seed: int) -> None:
        self.chance = Random(seed)
        text = (shipped.ROOT / slug / "scenario.yaml").read_text("utf-8")
        roles = tuple(shipped.engine(slug).scenario.roles)
        beside = (
            Seat(SECOND, "player", roles[0], "Lind", agency="Alder Bay Police"),
            Seat("third", "player", roles[1], "Sato", agency="Harbor Line"),
            Seat(EVA, "evaluator", name="Moss"),
            Seat("observer", "observer", name="Ahn"),
        )
        names = dict(zip(roles, ("Okafor", "Duarte", "Vaughn", "Tran"), strict=False))
        self.table = Table(text, roles, names, beside, facilitated=True)
        self.table.players = {seat: role for seat, role in self.table.players.items() if role}

    def on(self, scenes: int) -> None:
        """Plays through so many scenes, or to the end."""
        seen = {self.table.state.scene}
        while self.table.state.status == "running" and len(seen) <= scenes:
            self.table.later(self.chance.randint(0, 2))
            self._act()
            seen.add(self.table.state.scene)

    def _act(self) -> None:
        """The next thing that somebody does: tells a fact, answers, settles or moves on."""
        table = self.table
        there = [seat for seat, role in table.players.items() if role in table.state.joined]
        for seat in self.chance.sample(there, len(there)):
            legal = table.engine.legal(table.state, seat)
            shares = [each for each in legal if isinstance(each, c.Share)]
            commits = [
                each
                for each in legal
                if isinstance(each, c.Commit)
                and seat not in table.state.decisions[each.decision].answers
            ]
            if shares and self.chance.random() < 0.3:
                table.do(seat, self.chance.choice(shares))
                return
            if commits:
                table.do(seat, self._answered(self.chance.choice(commits)))
                return
        moves = [
            (seat, each)
            for seat in (*there, WHO)
            for each in table.engine.legal(table.state, seat)
            if isinstance(each, c.Settle | c.Advance)
        ]
        seat, move = moves[0]
        if isinstance(move, c.Settle) and seat == WHO:
            move = replace(move, reason="Time was up.")
        table.do(seat, move)

    def _answered(self, commit: c.Commit) -> c.Commit:
        offered = list(self.table.engine.plan.decision(commit.decision).reasons)
        return replace(
            commit,
            because=self.chance.choice(offered) if offered else "",
            reason=self.chance.choice(REASONS),
            confidence=self.chance.randint(1, 4),
        )

    def noted(self) -> None:
        """What is noted and steered while it is played."""
        table = self.table
        kind, words = NOTES[0]
        table.do(EVA, c.Observe(kind, words, task=_tasks(table)[0]))
        table.do(WHO, c.Write(("all",), "The bus company calls: the driver is late."))
        seat = next(iter(table.players))
        table.do(seat, c.Say("all", "Who has told the provider?"))
        table.do(seat, c.StopForCare())
        table.do(WHO, c.Resume())

    def overridden(self) -> None:
        """An answer that the facilitator made count."""
        state = self.table.state
        name = next(name for name, each in state.decisions.items() if not each.settled)
        option = next(iter(self.table.engine.plan.decision(name).options))
        self.table.do(WHO, c.Settle(name, option, "We had ten minutes left."))

    def concluded(self) -> None:
        """What people enter once it is over."""
        table, tasks = self.table, _tasks(self.table)
        for kind, words in NOTES[1:]:
            table.do(EVA, c.Observe(kind, words, task=tasks[1]))
        for number, seat in enumerate(table.players):
            table.do(seat, c.Reflect("reaction", "It went faster than I could think."))
            table.do(seat, c.Reflect("plus", "The provider was called before the door was."))
            table.do(seat, c.Reflect("delta", "We talked past the interpreter."))
            table.do(
                seat,
                c.Reflect(
                    "commitment",
                    "Ask the advocate before anything is shared.",
                    "the next planning meeting",
                    "2027-01-10",
                ),
            )
            answers = tuple(
                (each, 1 + (number + place) % 5) for place, each in enumerate(a.STATEMENTS)
            )
            table.do(
                seat,
                a.GiveFeedback(
                    answers,
                    strengths="People asked each other before they acted.",
                    improvements="More time at the second meeting.",
                    suggestions="Bring an interpreter to the table." if number % 2 else "",
                ),
            )
        telling = Telling(table.record(), names=False)
        proposed = {each.name: each.rating for each in proposals(telling, choices(telling))}
        for task, rating, reason in zip(
            tasks, ("S", "M", "P"), ("Late, and heard.", "Two calls, and one answer.", "As seen."),
            strict=False,
        ):  # fmt: skip
            table.do(EVA, a.Rate(task, rating, proposed[task], reason))
        objectives = tuple(table.engine.scenario.objectives)
        table.do(
            WHO,
            a.Improve(
                "Nobody knew whom to call when the count rose.",
                "Agree on one named contact a shift, and on what is told in ranges.",
                "planning", "Harbor Line", "Di Tran", "2026-12-01", "2027-01-15", objectives[0],
                (), (1,),
            ),
        )  # fmt: skip
        table.do(
            WHO,
            a.Improve(
                "Interpreters were found by chance.", "Two contracts, reachable at night.",
                "organization", "Alder Bay Police", "R. Alvarez", "", "2027-03-01", objectives[-1],
            ),
        )  # fmt: skip
        table.do(WHO, a.Sign("Dana Reyes", "Harbor Line", "Lead evaluator", a.digest(table.state)))
        table.do(WHO, a.UpdateAction(1, "begun", "The list is drawn up.", "", "2026-12-05"))


def _tasks(table: Table) -> list[str]:
    return [
        f"{name}.{task}"
        for name, objective in table.engine.scenario.objectives.items()
        for task in objective.tasks
    ]


@cache
def whole_session(slug: str, seed: int = 3) -> Record:
    """The record of it."""
    playing = _Playing(slug, seed)
    playing.noted()
    playing.overridden()
    playing.on(1)
    playing.table.do(WHO, c.Rewind(1, "Once more, with what you know now."))
    playing.on(len(playing.table.engine.scenario.scenes))
    playing.concluded()
    return playing.table.record()

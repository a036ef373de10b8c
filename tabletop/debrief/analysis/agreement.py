"""Agreement: how far people's own answers to a decision were the same, before a talk and after.

Two people at one decision are a pair; a pair agrees where both gave the same answer. Pairs within a
discipline and pairs between two are counted apart, for each decision and over all of them. Answers
of stand-ins are in none. Before the talk are the answers as they stood when they were shown; where
they were never shown there was no talk, and before and after are the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e
from tabletop.exercise.state import Answer, State

ENOUGH = 3
"""Decisions such a pair has to have answered before anything is said over all of them."""

Group = tuple[str, ...]
"""One discipline, or two in the scenario's order of disciplines."""


@dataclass(frozen=True, slots=True)
class Given:
    """One person's answer to a decision."""

    seat: str
    role: str
    discipline: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Pairs:
    """How many pairs there were, how many of them agreed, and at how many decisions."""

    agreed: int
    of: int
    decisions: int

    def __add__(self, other: "Pairs") -> "Pairs":
        """Both together."""
        return Pairs(
            self.agreed + other.agreed, self.of + other.of, self.decisions + other.decisions
        )

    @property
    def enough(self) -> bool:
        """Whether there are enough decisions to say anything over all of them."""
        return self.decisions >= ENOUGH


@dataclass(frozen=True)
class Agreed:
    """A settled decision with everyone's answer before the talk and after."""

    number: int
    seq: int
    at: int
    decision: str
    option: str
    """The answer that counted."""
    how: e.How
    shown: bool
    """Whether the answers were shown together, so that there was something to talk about."""
    before: tuple[Given, ...]
    after: tuple[Given, ...]

    @cached_property
    def dissent(self) -> tuple[Given, ...]:
        """Answers that stood to the end and did not count."""
        return tuple(each for each in self.after if each.answer.option != self.option)

    @cached_property
    def moved(self) -> tuple[Given, ...]:
        """Those who answered otherwise after the talk, with what they answered then."""
        first = {each.seat: each.answer.option for each in self.before}
        return tuple(
            each for each in self.after if first.get(each.seat, "") not in ("", each.answer.option)
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """Every decision at which people gave answers, in order."""

    decisions: tuple[Agreed, ...]

    def over_all(self, *, after: bool) -> Mapping[Group, Pairs]:
        """Pairs of all decisions together, by discipline and by pair of disciplines."""
        found: dict[Group, Pairs] = {}
        for each in self.decisions:
            for group, some in pairs(each.after if after else each.before).items():
                found[group] = found.get(group, Pairs(0, 0, 0)) + some
        return found


def agreement(telling: Telling) -> Agreement:
    """How far people's answers were the same in an exercise."""
    return Agreement(tuple(_agreed(telling)))


def pairs(given: Iterable[Given]) -> Mapping[Group, Pairs]:
    """The pairs at one decision, by discipline and by pair of disciplines."""
    found: dict[Group, list[bool]] = {}
    for one, other in combinations(given, 2):
        group = tuple(sorted({one.discipline, other.discipline}))
        found.setdefault(group, []).append(one.answer.option == other.answer.option)
    return {group: Pairs(sum(same), len(same), 1) for group, same in found.items()}


def given(telling: Telling, state: State, decision: str) -> tuple[Given, ...]:
    """People's answers to a decision as they stand, by the role each of them sits in."""
    # A stand-in whose place a person took sits there no more, though its answer may stand.
    answers = state.decisions[decision].answers
    sitting = ((state.seats.get(seat), answer) for seat, answer in answers.items())
    return tuple(
        Given(seat.id, seat.role, telling.scenario.roles[seat.role].discipline, answer)
        for seat, answer in sitting
        if seat is not None and seat.kind == "player" and seat.role
    )


def _agreed(telling: Telling) -> Iterator[Agreed]:
    shown: dict[str, Step] = {}
    for step in telling.of(e.DecisionOpened, e.Revealed, e.Settled):
        match step.event:
            case e.DecisionOpened(decision=decision):
                shown.pop(decision, None)
            case e.Revealed(decision=decision):
                shown[decision] = step
            case e.Settled(decision=decision, option=option, how=how):
                after = given(telling, step.before, decision)
                if not after:
                    continue
                first = shown.get(decision)
                yield Agreed(
                    number=step.number,
                    seq=step.seq,
                    at=step.at,
                    decision=decision,
                    option=option,
                    how=how,
                    shown=first is not None,
                    before=given(telling, first.before, decision) if first else after,
                    after=after,
                )

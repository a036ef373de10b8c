"""Ahead: for every choice of a record, what each way that was open could still have come to.

Twice over: with what people chose later kept where the rules still allow it, and over anything they
could have chosen. Everything is worked out with those at the table who sat there at that moment,
and from the state of that moment, however it came about; so what follows a facilitator's jump is as
exact as what goes before. An offer that closed because of a jump does not stand again, an inject
that was held back comes where it is released, and one that was left out never.

A fact that was told could have been kept: not told then, where anything may follow, and never told,
where later choices are kept.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from tabletop.authoring.explorations import LIMIT as SITUATIONS
from tabletop.authoring.explorations import undisturbed
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.reach import reach
from tabletop.authoring.packed.solving import Solved, solve
from tabletop.authoring.packed.standing import EveryShare, standing
from tabletop.debrief.analysis.forks import Fork, Way
from tabletop.debrief.analysis.kept import Kept, Triple, kept, made_by, visited
from tabletop.debrief.analysis.moments import Moments
from tabletop.debrief.analysis.opening import Place
from tabletop.debrief.analysis.prospects import Prospect, Prospects, Unknown
from tabletop.debrief.choices import Choice, Pair, choices
from tabletop.debrief.telling import Telling
from tabletop.exercise.scoring import EXERCISE, score
from tabletop.exercise.state import Offer, State

LIMIT = 30_000
"""How many situations inside scenes are looked at one by one before it is given up.

What working out takes goes by these and not by how many situations there are: 30,000 take about
two seconds, and a scenario of two million may hold 6,000 (`bench/debrief.py`). They are counted
over all that is worked out for a record: once for each table that sat there.
"""


class Table(NamedTuple):
    """Who is at the table, and what a facilitator has done that still holds."""

    people: frozenset[str]
    """The roles that people play."""
    facilitated: bool
    shut: frozenset[Offer]
    """Offers that would stand again and were closed."""
    held: frozenset[str]
    """Injects that come only where they are released."""
    omitted: frozenset[str]


class Ahead:
    """What lay ahead at each choice of one record."""

    def __init__(self, telling: Telling, *, limit: int = LIMIT) -> None:
        """Takes a record that was read; with a limit of 0 nothing is worked out."""
        self.telling = telling
        self.limit = limit
        self._looked = 0
        self.moments = Moments(telling)
        self._solved: dict[Table, tuple[EveryShare, Solved] | None] = {}
        self._prospects: dict[tuple[Table, Triple | None, bool], Prospects] = {}

    @cached_property
    def forks(self) -> tuple[Fork, ...]:
        """Every choice of people, in order, with what its ways could have come to."""
        made = (each for each in choices(self.telling) if self._peoples(each))
        return tuple(self._fork(choice) for choice in made)

    def solved(self, state: State) -> tuple[EveryShare, Solved] | None:
        """The scenario solved for who is at the table in a state; nothing beyond the limit."""
        key, left = self._table(state), self.limit - self._looked
        if key not in self._solved:
            if left <= 0:
                return None
            with undisturbed():
                model = EveryShare(
                    self.telling.engine,
                    key.people,
                    facilitated=key.facilitated,
                    shut=key.shut,
                    held=key.held,
                    omitted=key.omitted,
                )
                found = reach(model, limit=SITUATIONS, most=left)
                self._looked += left if found.stopped else found.looked
                self._solved[key] = None if found.stopped else (model, solve(found, "totals"))
        return self._solved[key]

    def prospects(
        self, state: State, *, free: bool = False, never: Triple | None = None
    ) -> Prospects:
        """What can come from a state on: whatever people choose, or with later choices kept.

        Raises:
            Unknown: where it is not worked out.
        """
        solved = self.solved(state)
        if solved is None:
            raise Unknown
        key = self._table(state), never, free
        if key not in self._prospects:
            choices = self.kept if never is None else self.kept.without(never)
            self._prospects[key] = Prospects(*solved, None if free else choices, self.limit)
        return self._prospects[key]

    @cached_property
    def kept(self) -> Kept:
        """What people chose in the record."""
        return kept(self.telling)

    def _table(self, state: State) -> Table:
        people = frozenset(role for role in state.by_role if state.played(role))
        plan, facts = self.telling.engine.plan, self.telling.scenario.facts
        shut = frozenset(
            offer
            for offer, status in state.offers.items()
            if status == "closed"
            and not plan.window_over(facts[offer[0]].share[offer[3]], state.scene)
        )
        held, omitted = (
            frozenset(inject for inject in injects if self.moments.may_come(inject, state))
            for injects in (state.held, state.omitted)
        )
        return Table(people, state.facilitated, shut, held - omitted, omitted)

    # One choice.

    @staticmethod
    def _peoples(choice: Choice) -> bool:
        state = choice.step.before
        asked = choice.roles
        if choice.kind == "decision":
            asked = state.decisions[choice.name].by
        return any(state.played(role) for role in asked)

    def _fork(self, choice: Choice) -> Fork:
        moment = self.moments.of(choice, self._can_be_told)
        if moment is None:
            return Fork(choice, (), None, "idle")
        state, came = moment.before, self._came(moment.number)
        if self.moments.clocked(state):
            return Fork(choice, (), came, "clock")
        try:
            free = self.prospects(state, free=True)
            place = Place(standing(free.model, state))
            found = self._ways(choice, place, free)
        except Unknown:
            return Fork(choice, (), came, "limit")
        try:
            place = place._replace(seen=visited(self.telling, moment.number))
            later = self._ways_kept(choice, state, place)
            return Fork(choice, tuple(_merged(found, later)), came)
        except Unknown:
            return Fork(choice, tuple(_merged(found, {})), came, why_kept="limit")

    def _ways(self, choice: Choice, place: Place, among: Prospects) -> dict[str, Prospect | None]:
        """What each way could have come to."""
        if choice.kind != "decision":
            edge = self._telling(choice, place, among)
            return {"told": among.by(place, edge), "kept": among.beside(place, edge)}
        return dict(self._answers(choice, place, among))

    def _ways_kept(self, choice: Choice, state: State, place: Place) -> dict[str, Prospect | None]:
        among = self.prospects(state)
        if choice.kind == "decision":
            return dict(self._answers(choice, place, among))
        edge = self._telling(choice, place, among)
        if choice.kind == "kept":
            # It may have been told later on, under another of its offers.
            return {"told": among.by(place, edge), "kept": among.beside(place, edge)}
        fact, holder, to = edge.step[1:]
        never = self.prospects(state, never=(fact, holder, to))
        return {"told": among.by(place, edge), "kept": never.beside(place, edge)}

    def _answers(
        self, choice: Choice, place: Place, among: Prospects
    ) -> Iterator[tuple[str, Prospect | None]]:
        edges = {edge.step: edge for edge in among.opening.edges(place.at)}
        made = made_by(self.telling, choice.step)
        for way in choice.ways:
            if way.name == choice.taken:
                edge = made and among.opening.made_by(place.at, made)
                if edge:
                    yield way.name, among.by(place, edge, made)
            else:
                found = edges.get(("commit", choice.name, way.name))
                if found:
                    yield way.name, among.by(place, found)

    @staticmethod
    def _telling(choice: Choice, place: Place, among: Prospects) -> Edge:
        step = "share", choice.name, choice.roles[0], choice.to
        return next(edge for edge in among.opening.edges(place.at) if edge.step == step)

    def _can_be_told(self, state: State, triple: Triple) -> bool:
        """Whether telling a fact is a move of its own; where that is not worked out it may be."""
        solved = self.solved(state)
        if solved is None:
            return True
        at = standing(solved[0], state)
        edges = solved[0].inside(at.scene).explored(at.node)
        return any(edge.step == ("share", *triple) for edge in edges)

    # What came.

    def _came(self, number: int) -> Pair | None:
        if not self.telling.state.ending:
            return None
        later = [gained for event, gained in self._gained if event >= number]
        return sum((g[0] for g in later), _ZERO), sum((g[1] for g in later), _ZERO)

    @cached_property
    def _gained(self) -> tuple[tuple[int, Pair], ...]:
        """What each choice that counts gained, by the number of its step."""
        return tuple(
            (each.event, (Fraction(each.vc.gained), Fraction(each.ci.gained)))
            for each in score(self.telling.events).choices
            if each.subject == EXERCISE
        )


_ZERO = Fraction(0)


def _merged(free: dict[str, Prospect | None], later: dict[str, Prospect | None]) -> Iterator[Way]:
    for name, prospect in free.items():
        yield Way(name, later.get(name), prospect)

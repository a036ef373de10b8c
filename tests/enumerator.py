"""An independent enumerator: plays every whole play through the engine and keeps what it came to.

It shares nothing with exploring: its steps are its own, it knows no liveness and forgets nothing
but texts, takes every share that is accepted and gives every reason that is offered, and adds up
totals by scoring the events. What can follow a state is worked out once for each full state.
"""

from collections.abc import Iterator

from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.events import Event, SceneEntered
from tabletop.exercise.evolve import apply
from tabletop.exercise.scoring import EXERCISE, score
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State

Outcome = tuple[str, float, float, float, float, int, int]
"""Ending (or `stuck`), gained VC and CI, forgone VC and CI, decisions, minutes."""
LIMIT = 3_000


class TooMany(Exception):
    """The scenario is too large to enumerate."""


class Enumerator:
    """Every outcome of a scenario, for those who are people."""

    def __init__(self, engine: Engine, people: tuple[str, ...]) -> None:
        self.engine = engine
        self.people = people
        self.known: dict[object, frozenset[Outcome]] = {}
        self.active: set[object] = set()

    def outcomes(self) -> frozenset[Outcome]:
        table = tuple(
            Seat(role, "player" if role in self.people else "stand_in", role)
            for role in self.engine.scenario.roles
        )
        state, events = self.do(State(), table[0].id, c.Start(table, False))
        return self.added(events, 0, self.behind(state))

    def do(self, state: State, seat: str, command: c.Command) -> tuple[State, list[Event]]:
        """One command and all that stand-ins do then."""
        events: list[Event] = []
        step: tuple[str, c.Command] | None = (seat, command)
        while step is not None:
            made = self.engine.decide(state, *step)
            state = apply(state, state.at, made)
            events += made
            step = next(
                (
                    (each, wanted)
                    for each in state.seats
                    if (wanted := self.engine.proposal(state, each)) is not None
                ),
                None,
            )
        return state, events

    def behind(self, state: State) -> frozenset[Outcome]:
        """What can still come of a state: totals from here on."""
        if state.status == "ended":
            return frozenset({(state.ending, 0, 0, 0, 0, 0, 0)})
        key = full(state)
        if key in self.known:
            return self.known[key]
        if len(self.known) > LIMIT or key in self.active:
            raise TooMany
        self.active.add(key)
        found: set[Outcome] = set()
        for after, events, decided in self.steps(state):
            found |= self.added(events, decided, self.behind(after))
        self.active.discard(key)
        self.known[key] = frozenset(found or {("stuck", 0, 0, 0, 0, 0, 0)})
        return self.known[key]

    def steps(self, state: State) -> Iterator[tuple[State, list[Event], int]]:
        engine = self.engine
        for name, decision in state.decisions.items():
            if decision.done or engine.plan.scene_of_decision[name] != state.scene:
                continue
            people = [role for role in decision.by if role in self.people]
            for option in decision.shown() if people else ():
                for reason in ("", *engine.plan.decision(name).reasons):
                    yield (*self.answered(state, name, option, people, reason), 1)
        for role in self.people:
            for fact in state.known.get(role, {}):
                for to in engine.scenario.roles:
                    if engine.accepts(state, role, c.Share(fact, to)):
                        yield (*self.do(state, role, c.Share(fact, to)), 0)
        if engine.accepts(state, self.people[0], c.Advance()):
            yield (*self.do(state, self.people[0], c.Advance()), 0)

    def answered(
        self, state: State, name: str, option: str, people: list[str], reason: str
    ) -> tuple[State, list[Event]]:
        events: list[Event] = []
        for role in people:
            state, made = self.do(state, role, c.Commit(name, option, "", reason))
            events += made
        if not state.decisions[name].done:
            for command in (c.Settle(name), c.Settle(name, option)):
                if self.engine.accepts(state, people[0], command):
                    state, made = self.do(state, people[0], command)
                    return state, events + made
        return state, events

    def added(
        self, events: list[Event], decided: int, outcomes: frozenset[Outcome]
    ) -> frozenset[Outcome]:
        choices = [each for each in score(events).choices if each.subject == EXERCISE]
        vc = sum(each.vc.gained for each in choices)
        ci = sum(each.ci.gained for each in choices)
        lost_vc = sum(each.vc.forgone for each in choices)
        lost_ci = sum(each.ci.forgone for each in choices)
        scenes = self.engine.scenario.scenes
        minutes = sum(scenes[e.scene].minutes for e in events if isinstance(e, SceneEntered))
        return frozenset(
            (end, a + vc, b + ci, d + lost_vc, e + lost_ci, f + decided, g + minutes)
            for end, a, b, d, e, f, g in outcomes
        )


def full(state: State) -> object:
    """Everything of a state but its texts."""
    return (
        state.scene,
        tuple(sorted(state.values.items())),
        tuple(sorted((r, f, k.how) for r, each in state.known.items() for f, k in each.items())),
        tuple(sorted(state.consents.items())),
        frozenset(state.delivered),
        state.joined,
        tuple(sorted((n, d.settled, d.passed, d.shown()) for n, d in state.decisions.items())),
        tuple(sorted(state.offers.items())),
    )


def unbeaten(outcomes: frozenset[Outcome]) -> set[tuple[float, float, float, float]]:
    """The totals of finished routes that no other beats."""
    points = {each[1:5] for each in outcomes if each[0] != "stuck"}
    return {
        p
        for p in points
        if not any(
            q != p and q[0] >= p[0] and q[1] >= p[1] and q[2] <= p[2] and q[3] <= p[3]
            for q in points
        )
    }

"""Surveys: everything the rules of behaviour need to know of a scenario, gathered in one pass.

A survey walks every situation as the plain exploration does and keeps, beside each situation and
the first way to it, the arrows between situations, what each was worth, and the first situation in
which anything authored showed. Rules then only ask.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tabletop.authoring.explore import Exploration, Found, Move, moves, seats
from tabletop.authoring.findings import Route
from tabletop.authoring.liveness import Key, Liveness
from tabletop.authoring.walking import played_out
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.engine import Engine
from tabletop.exercise.run import Run
from tabletop.exercise.settling import judged
from tabletop.exercise.situation import Standing
from tabletop.exercise.state import State

Gain = tuple[int, int]
"""What an arrow is worth at most, on each axis."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One whole move from a situation, where it leads and what it is worth."""

    move: Move
    to: Key
    gain: Gain
    outcome: tuple[str, ...]
    """The outcomes it made someone read."""
    critical: bool
    """Whether it is an act that nothing can offset."""

    @property
    def choice(self) -> tuple[str, str] | None:
        """The decision and the option, where the move is an answer."""
        command = self.move[0][1]
        return (command.decision, command.option) if isinstance(command, c.Commit) else None


@dataclass(slots=True)
class Survey:
    """What one attendance can get into."""

    engine: Engine
    people: tuple[str, ...]
    facilitated: bool
    exploration: Exploration = field(default_factory=Exploration)
    arrows: dict[Key, list[Arrow]] = field(default_factory=dict)
    asked: dict[str, Key] = field(default_factory=dict)
    unasked: dict[str, Key] = field(default_factory=dict)
    """Decisions passed over because none of those who decide was there."""
    offered: dict[tuple[str, str], Key] = field(default_factory=dict)
    marks: set[tuple[str, str, int]] = field(default_factory=set)
    ways: dict[tuple[str, int], Key] = field(default_factory=dict)
    delivered: dict[str, Key] = field(default_factory=dict)
    read: dict[tuple[str, str], Key] = field(default_factory=dict)
    """Wording and reader, with the first situation after it was read."""
    stranded: dict[tuple[str, str], Key] = field(default_factory=dict)
    """Decision and role, with a situation in which that role's stand-in had no rule that held."""
    ignorant: dict[tuple[str, str, str], Key] = field(default_factory=dict)
    """Wording, reader and fact, with a situation in which that reader lacks that fact."""

    @property
    def states(self) -> Iterator[tuple[Key, State]]:
        """Every situation with a state in it."""
        return ((key, each.state) for key, each in self.exploration.situations.items())

    def state(self, key: Key) -> State:
        """A state in a situation."""
        return self.exploration.situations[key].state

    def scenes(self) -> dict[str, Key]:
        """Every scene reached, with its first situation."""
        reached: dict[str, Key] = {}
        for key, state in self.states:
            reached.setdefault(state.ending if state.status == "ended" else state.scene, key)
            for scene in state.visited:
                reached.setdefault(scene, key)
        return reached

    def route(self, key: Key, *beyond: Move) -> Route:
        """A shortest way to a situation, and on from there."""
        return Route(self.people, self.facilitated, (*self.exploration.route(key), *beyond))


def survey(
    engine: Engine,
    people: Iterable[str] | None = None,
    *,
    facilitated: bool = False,
    limit: int = 50_000,
    watched: frozenset[tuple[str, str]] = frozenset(),
) -> Survey:
    """Explores, and keeps who reads a `watched` wording and lacks the fact beside it."""
    liveness = Liveness(engine)
    played = tuple(engine.scenario.roles if people is None else people)
    table = seats(engine, played, facilitated=facilitated)
    host = table[-1].id if facilitated else played[0]
    made = Survey(engine, played, facilitated)
    facts: dict[str, set[str]] = {}
    for path, fact in watched:
        facts.setdefault(path, set()).add(fact)
    first: Move = ((host, c.Start(table, facilitated)),)
    state, events = played_out(engine, State(), first)
    start = liveness.key(state)
    made.exploration.situations[start] = Found(None, first, state)
    _keep(made, start, state, events, facts)
    waiting = deque([start])
    while waiting:
        key = waiting.popleft()
        before = made.state(key)
        arrows = made.arrows.setdefault(key, [])
        if before.status == "ended":
            continue
        for move in moves(engine, before, liveness):
            if isinstance(move[0][1], c.Advance):
                _take(made, key, before)
            stranded: set[tuple[str, str]] = set()
            after, events = played_out(engine, before, move, stranded)
            made.exploration.transitions += 1
            to = liveness.key(after)
            if to not in made.exploration.situations:
                if len(made.exploration.situations) >= limit:
                    made.exploration.bounded = True
                    del made.arrows[key]
                    return made
                made.exploration.situations[to] = Found(key, move, after)
                waiting.append(to)
            arrows.append(Arrow(move, to, _gain(events), _outcome(events), _critical(events)))
            _keep(made, to, after, events, facts)
            for each in stranded:
                made.stranded.setdefault(each, to)
        if not arrows:
            made.exploration.stuck.append(key)
    return made


def _take(made: Survey, key: Key, state: State) -> None:
    situation = Standing(state, made.engine.law)
    for number, branch in enumerate(made.engine.scenario.scenes[state.scene].next):
        if branch.when is None or branch.when.holds(situation):
            made.ways.setdefault((state.scene, number), key)
            return


def _gain(events: list[e.Event]) -> Gain:
    vc = ci = 0
    for event in events:
        if isinstance(event, e.Settled) and event.credit:
            mark = next(each for each in event.marks if each.option == event.option)
            vc, ci = vc + mark.vc, ci + mark.ci
        elif isinstance(event, e.FactShared) and event.counts:
            vc, ci = vc + event.vc, ci + event.ci
        elif isinstance(event, e.OfferClosed) and event.counts:
            vc += max(event.vc, event.shared_vc)
            ci += max(event.ci, event.shared_ci)
    return vc, ci


def _critical(events: list[e.Event]) -> bool:
    return any(
        mark.critical
        for event in events
        if isinstance(event, e.Settled)
        for mark in event.marks
        if mark.option == event.option
    )


def _outcome(events: list[e.Event]) -> tuple[str, ...]:
    return tuple(
        event.path for event in events if isinstance(event, e.Told) and event.kind == "outcome"
    )


def _keep(
    made: Survey, key: Key, state: State, events: list[e.Event], watched: dict[str, set[str]]
) -> None:
    """Keeps the first situation in which anything authored showed."""
    engine = made.engine
    for event in events:
        if isinstance(event, e.Told):
            for role in event.to:
                _heard(made, key, state, event.path, role, watched)
        elif isinstance(event, e.InjectDelivered):
            made.delivered.setdefault(event.inject, key)
        elif isinstance(event, e.DecisionOpened):
            made.asked.setdefault(event.decision, key)
            wordings = (*event.asks, *(each for _, texts in event.options for each in texts))
            for role, path in wordings:
                _heard(made, key, state, path, role, watched)
            for option, _ in event.options:
                made.offered.setdefault((event.decision, option), key)
        elif isinstance(event, e.DecisionPassed):
            by = engine.plan.decision(event.decision).by
            if not set(by) & set(state.joined):
                made.unasked.setdefault(event.decision, key)
    if key in made.arrows:
        return
    for decision in open_decisions(made.engine, state):
        run = Run(engine.plan, engine.law, state)
        for mark in judged(run, decision, engine.plan.decision(decision)):
            made.marks.add((decision, mark.option, mark.mark))


def _heard(
    made: Survey, key: Key, state: State, path: str, role: str, watched: dict[str, set[str]]
) -> None:
    made.read.setdefault((path, role), key)
    for fact in watched.get(path, ()):
        if role in state.joined and not state.knows(role, fact):
            made.ignorant.setdefault((path, role, fact), key)


def open_decisions(engine: Engine, state: State) -> tuple[str, ...]:
    """The decisions of this scene that wait for an answer."""
    if state.status != "running":
        return ()
    return tuple(
        name
        for name, decision in state.decisions.items()
        if not decision.done and engine.plan.scene_of_decision[name] == state.scene
    )

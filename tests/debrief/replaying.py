"""Alternatives worked out by brute force: with the plain engine alone, one situation at a time.

It shares nothing with the packed exploration: every state is the engine's own, every move is given
as commands, and marks are those of scoring the events. A situation is a state in which nobody is
halfway through anything: answers that do not count yet are dropped, nobody is away, the clock
stands. What can come is the longest and the shortest way through the graph of such states, which
may go round.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from math import inf

from debrief_table import Table
from enumerator import TooMany, full

from tabletop.authoring.liveness import Liveness
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.evolve import apply
from tabletop.exercise.record import trunk
from tabletop.exercise.scoring import EXERCISE, score
from tabletop.exercise.stand_ins import _choice
from tabletop.exercise.state import State

Triple = tuple[str, str, str]
Gain = tuple[float, float]
Move = tuple[object, ...]
LIMIT, ROUND = 700, 120
"""How many situations are looked at, and how many where they go round."""
STEERING = (e.Jumped, e.InjectHeld, e.InjectOmitted, e.InjectScheduled, e.Seated, e.Left, e.Rewound)


@dataclass(frozen=True)
class Made:
    """What people chose, when, and the reason that counted."""

    visit: tuple[str, int]
    event: e.Event
    reason: str


@dataclass(frozen=True)
class Moment:
    """A choice of people: the state it is looked at in, and the visits until then."""

    state: State
    event: e.Event
    seen: tuple[tuple[str, int], ...]
    steered: bool
    """Whether somebody steers past the scenario's own ways after it."""


@dataclass(frozen=True)
class Outcome:
    """What can come: the least and the most of each axis, and the endings."""

    worst: Gain
    best: Gain
    endings: frozenset[str]


def calm(state: State) -> State:
    """A state with nobody halfway through anything."""
    decisions = {
        name: each if each.done else each.but(answers={}, revealed=False)
        for name, each in state.decisions.items()
    }
    return state.but(
        decisions=decisions, feeds={}, away=(), paused=False, care=False, entered_at=state.at
    )


class Brute:
    """Every outcome from moments of a play: whatever is chosen, choices kept, or as stand-ins."""

    def __init__(self, table: Table) -> None:
        self.engine = table.engine
        self.roles = tuple(table.engine.scenario.roles)
        self.made: list[Made] = []
        self.offered: set[Triple] = set()
        self.moments: list[Moment] = []
        self.visits: Counter[str] = Counter()
        self.cached: dict[object, tuple[State, list[e.Event]] | None] = {}
        self.bounds: dict[object, dict[Hashable, Outcome | None]] = {}
        begun: list[tuple[State, tuple[tuple[str, int], ...]]] = []
        entries = trunk(table.entries)
        last = max(
            (
                number
                for number, entry in enumerate(entries)
                if any(isinstance(each, STEERING) for each in entry.events)
            ),
            default=-1,
        )
        state = State()
        for number, entry in enumerate(entries):
            state = apply(state, entry.at, ())
            begun.append((calm(state), self.seen()))
            for event in entry.events:
                self.note(state, event, begun, number <= last)
                state = apply(state, state.at, (event,))

    def seen(self) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(self.visits.items()))

    def note(self, state: State, event: e.Event, begun, steered: bool) -> None:
        now = calm(state), event, self.seen(), steered
        visit = state.scene, self.visits[state.scene]
        match event:
            case e.SceneEntered():
                self.visits[event.scene] += 1
            case e.OfferMade():
                self.offered.add((event.fact, event.holder, event.to))
            case e.FactShared() if state.played(event.sender):
                self.made.append(Made(visit, event, ""))
                self.moments.append(Moment(*now))
            case e.OfferClosed() if state.played(event.holder):
                triple = event.fact, event.holder, event.to
                told = state.shared(*triple)
                could = (each for each in reversed(begun) if self.can_share(each[0], *triple))
                last = next(could, None)
                if last is not None and not told:
                    self.moments.append(Moment(last[0], event, last[1], steered))
            case e.Settled() if any(state.played(r) for r in state.decisions[event.decision].by):
                made = Made(visit, event, self.reason(state, event))
                self.made.append(made)
                self.moments.append(Moment(*now))
                if self.as_made(now[0], made) is None:
                    # Forced to what nobody's answers could have come to.
                    self.moments = [replace(each, steered=True) for each in self.moments]
            case e.InjectDelivered() if state.facilitated:
                if event.inject in state.held or self.engine.plan.inject(event.inject).held:
                    self.made.append(Made(visit, event, ""))

    @staticmethod
    def reason(state: State, event: e.Settled) -> str:
        answers = state.decisions[event.decision].answers
        return next(
            (
                answers[seat.id].because
                for role, _ in event.credit[:1]
                for seat in state.in_role(role)
                if seat.kind == "player"
                and seat.id in answers
                and answers[seat.id].option == event.option
            ),
            "",
        )

    # Moves.

    def people(self, state: State, role: str) -> list[str]:
        return [seat.id for seat in state.in_role(role) if seat.kind == "player"]

    def steering(self, state: State) -> str:
        kind = "facilitator" if state.facilitated else "player"
        return next(s.id for s in state.seats.values() if s.kind == kind and s.id not in state.left)

    def do(self, state: State, seat: str, command: c.Command) -> tuple[State, list[e.Event]]:
        """One command and all that stand-ins do then."""
        events: list[e.Event] = []
        step: tuple[str, c.Command] | None = (seat, command)
        while step is not None:
            made = self.engine.decide(state, *step)
            state = apply(state, state.at, made).but(feeds={})
            events += made
            proposed = ((s, self.engine.proposal(state, s)) for s in state.seats)
            step = next(((s, wanted) for s, wanted in proposed if wanted is not None), None)
        return state, events

    def moved(self, state: State, move: Move) -> tuple[State, list[e.Event]] | None:
        """What a move leads to, if it can be made."""
        key = full(state), self.table(state), move
        if key not in self.cached:
            self.cached[key] = self._moved(state, move)
        return self.cached[key]

    @staticmethod
    def table(state: State) -> object:
        """Who sits where, and what of the injects is a facilitator's doing."""
        seats = tuple((s.id, s.role, s.kind) for r in state.by_role.values() for s in r)
        return seats, state.held, state.omitted, tuple(state.scheduled.items())

    def _moved(self, state: State, move: Move) -> tuple[State, list[e.Event]] | None:
        match move:
            case ("commit", str(name), str(option), str(reason)):
                return self._answered(state, name, option, reason)
            case ("share", str(fact), str(holder), str(to)):
                command: c.Command = c.Share(fact, to)
                seats = self.people(state, holder)[:1]
            case ("release", str(inject)):
                command, seats = c.Release(inject), [self.steering(state)]
            case _:
                command, seats = c.Advance(), [self.steering(state)]
        if not seats or not self.engine.accepts(state, seats[0], command):
            return None
        return self.do(state, seats[0], command)

    def _answered(
        self, state: State, name: str, option: str, reason: str
    ) -> tuple[State, list[e.Event]]:
        """Everybody asked gives one answer, and it is settled."""
        events: list[e.Event] = []
        seats = [seat for role in state.decisions[name].by for seat in self.people(state, role)]
        for seat in seats:
            if not state.decisions[name].done:
                state, made = self.do(state, seat, c.Commit(name, option, "", reason))
                events += made
        mover = self.steering(state) if state.facilitated else seats[0]
        for command in (c.Settle(name), c.Settle(name, option)):
            if not state.decisions[name].done and self.engine.accepts(state, mover, command):
                state, made = self.do(state, mover, command)
                events += made
        return state, events

    def can_share(self, state: State, fact: str, holder: str, to: str) -> bool:
        running = state.status == "running"
        seats = self.people(state, holder) if running else []
        return bool(seats) and self.engine.accepts(state, seats[0], c.Share(fact, to))

    def asked(self, state: State) -> list[str]:
        return [
            name
            for name, decision in state.decisions.items()
            if not decision.done
            and self.engine.plan.scene_of_decision[name] == state.scene
            and any(self.people(state, role) for role in decision.by)
        ]

    def answers(self, state: State, names: list[str]) -> Iterator[Move]:
        for name in names:
            for option in state.decisions[name].shown():
                for reason in ("", *self.engine.plan.decision(name).reasons):
                    yield "commit", name, option, reason

    def shares(self, state: State) -> Iterator[tuple[str, str, str, str]]:
        for holder in self.roles:
            for fact in state.known.get(holder, {}) if self.people(state, holder) else ():
                for to in self.roles:
                    if self.can_share(state, fact, holder, to):
                        yield "share", fact, holder, to

    def idle(self, fact: str, to: str) -> bool:
        """Whether telling a role a fact counts nothing and changes nothing, whoever tells it."""
        offers = [
            (number, share)
            for number, share in enumerate(self.engine.scenario.facts[fact].share)
            if to in share.to
        ]
        marks = [m for _, s in offers for m in (*s.key(), s.kept, s.without, s.lapsed) if m]
        live = Liveness(self.engine).offered.values()
        return not any(mark.vc or mark.ci or mark.practices for mark in marks) and not any(
            (fact, to, number) in offered for offered in live for number, _ in offers
        )

    def releases(self, state: State) -> Iterator[Move]:
        if state.facilitated:
            for inject in self.engine.scenario.scenes[state.scene].injects:
                yield "release", inject

    def every(self, state: State) -> list[Move]:
        """Every move that may be made."""
        return [
            *self.answers(state, self.asked(state)),
            *self.shares(state),
            *(move for move in self.releases(state) if self.moved(state, move)),
            *([("advance",)] if self.moved(state, ("advance",)) else []),
        ]

    # What counts.

    @staticmethod
    def gained(events: list[e.Event], counts: bool = True) -> Gain:
        choices = [each for each in score(events).choices if each.subject == EXERCISE]
        if not counts:
            first = next(n for n, each in enumerate(events) if isinstance(each, e.Settled))
            choices = [each for each in choices if each.event != first]
        return sum(each.vc.gained for each in choices), sum(each.ci.gained for each in choices)

    # Kept.

    def entering(self, seen, events: list[e.Event]):
        counts = dict(seen)
        for event in events:
            if isinstance(event, e.SceneEntered):
                beyond = self.visits[event.scene] + 1
                counts[event.scene] = min(beyond, counts.get(event.scene, 0) + 1)
        return tuple(sorted(counts.items()))

    def as_made(self, state: State, made: Made) -> tuple[State, list[e.Event], Gain] | None:
        """A choice of the record made again, if it can be."""
        match made.event:
            case e.Settled() as event if event.decision in self.asked(state):
                shown = state.decisions[event.decision].shown()
                for option in sorted(shown, key=lambda each: each != event.option):
                    found = self.moved(state, ("commit", event.decision, option, made.reason))
                    assert found is not None
                    first = next(each for each in found[1] if isinstance(each, e.Settled))
                    if first.option == event.option:
                        return *found, self.gained(found[1], bool(event.credit))
            case e.FactShared() as event:
                found = self.moved(state, ("share", event.fact, event.sender, event.to))
                return found and (*found, self.gained(found[1]))
            case e.InjectDelivered() as event:
                found = self.moved(state, ("release", event.inject))
                return found and (*found, self.gained(found[1]))
        return None

    def may_tell(self, state: State, seen, triple: Triple, never: frozenset[Triple]) -> bool:
        when = [
            made.visit
            for made in self.made
            if isinstance(made.event, e.FactShared)
            and (made.event.fact, made.event.sender, made.event.to) == triple
        ]
        if triple in never or (not when and triple in self.offered):
            return False
        return not any(self.may_come(state, seen, *visit) for visit in when[-1:])

    def may_come(self, state: State, seen, scene: str, number: int) -> bool:
        """Whether a visit of the record is now or can still come."""
        done = dict(seen).get(scene, 0)
        if done >= number:
            return state.scene == scene and done == number
        branches = self.engine.scenario.scenes[state.scene].next
        return any(scene in self.engine.plan.reach[branch.to] for branch in branches)

    def kept(self, state: State, seen, never: frozenset[Triple]):
        """What may be done with choices kept: each move's state, events and gain."""
        visit = state.scene, dict(seen)[state.scene]
        for made in self.made:
            event = made.event
            triple = isinstance(event, e.FactShared) and (event.fact, event.sender, event.to)
            if made.visit == visit and triple not in never:
                found = self.as_made(state, made)
                if found is not None:
                    return [found]
        free, every = [], self.every(state)
        for move in every:
            if move[0] == "share" and not self.may_tell(state, seen, move[1:], never):
                continue
            if move[0] != "release":
                free.append(move)
        return [self.did(state, move) for move in free or every]

    def did(self, state: State, move: Move) -> tuple[State, list[e.Event], Gain]:
        found = self.moved(state, move)
        assert found is not None
        return *found, self.gained(found[1])

    # What can come.

    def free_from(self, state: State) -> Outcome | None:
        def after(here: State, seen):
            return [self.did(here, move) for move in self.every(here)]

        return self._from(("free",), state, (), after)

    def kept_from(self, state: State, seen, never: frozenset[Triple] = frozenset()):
        return self._from(
            ("kept", never), state, seen, lambda here, seen: self.kept(here, seen, never)
        )

    def _from(self, name: object, state: State, seen, after: Callable) -> Outcome | None:
        known = self.bounds.setdefault((name, self.table(state)), {})
        key = full(state), state.ending, seen
        if key not in known:
            known.update(self._solved(key, state, seen, after, known))
        return known[key]

    def _solved(self, start: Hashable, state: State, seen, after: Callable, known):
        """The bounds of everything that follows, by rounds over the whole graph."""
        edges: dict[Hashable, list[tuple[Gain, Hashable]]] = {}
        ends: dict[Hashable, str] = {}
        waiting = [(start, state, seen)]
        while waiting:
            key, here, visits = waiting.pop()
            if key in edges or key in ends or key in known:
                continue
            if here.status == "ended":
                ends[key] = here.ending
                continue
            edges[key] = []
            if len(edges) > LIMIT:
                raise TooMany
            for there, events, gain in after(here, visits):
                onward = self.entering(visits, events) if visits else ()
                to = full(there), there.ending, onward
                edges[key].append((gain, to))
                waiting.append((to, there, onward))
        found: dict[Hashable, Outcome | None] = dict.fromkeys(edges)
        for key, ending in ends.items():
            found[key] = Outcome((0, 0), (0, 0), frozenset({ending}))
        rounds, changed = 0, True
        while changed:
            rounds += 1
            if rounds > ROUND // 2 and len(edges) > ROUND:
                raise TooMany
            changed = False
            for key in reversed(edges):
                new = either(
                    added(gain, found[to] if to in found else known[to]) for gain, to in edges[key]
                )
                if new != found[key]:
                    changed = True
                    grows = rounds > len(edges) + 1
                    found[key] = endless(found[key], new) if grows and found[key] else new
        return found

    # As stand-ins would.

    def usual(self, state: State, seen, *, kept: bool, never: frozenset[Triple] = frozenset()):
        """Where the usual way on ends and what it gains, or nothing."""
        vc, ci, past = 0.0, 0.0, set()
        while (full(state), seen) not in past:
            if state.status == "ended":
                return state.ending, vc, ci
            past.add((full(state), seen))
            moves = (
                self.kept(state, seen, never)
                if kept
                else [self.did(state, move) for move in self.every(state)]
            )
            found = moves[0] if len(moves) == 1 else self.stand_in(state, seen, kept, never)
            if found is None:
                return None
            state, events, gain = found
            seen = self.entering(seen, events) if kept else seen
            vc, ci = vc + gain[0], ci + gain[1]
        return None

    def stand_in(self, state: State, seen, kept: bool, never: frozenset[Triple]):
        for fact, each in self.engine.scenario.facts.items():
            for holder in self.roles:
                for number, share in enumerate(each.share):
                    for to in share.to if share.stand_in == state.scene else ():
                        if (
                            state.offers.get((fact, holder, to, number)) == "open"
                            and (not kept or self.may_tell(state, seen, (fact, holder, to), never))
                            and self.can_share(state, fact, holder, to)
                        ):
                            return self.did(state, ("share", fact, holder, to))
        asked = self.asked(state)
        for name in self.engine.scenario.scenes[state.scene].decisions:
            if name in asked:
                return self.did(state, ("commit", name, self.usual_answer(state, name), ""))
        moved = self.moved(state, ("advance",))
        return moved and (*moved, self.gained(moved[1]))

    def usual_answer(self, state: State, name: str) -> str:
        """What the deciding roles would answer by their stand-ins' rules, and what counts then."""
        decision, authored = state.decisions[name], self.engine.plan.decision(name)
        given = [_choice(self.engine, state, role, name, decision) for role in decision.by]
        if authored.rule != "lead":
            needed = len(given) if authored.rule == "unanimous" else len(given) // 2 + 1
            for option in given:
                if given.count(option) >= needed:
                    return option
        return given[0]


def added(gain: Gain, outcome: Outcome | None) -> Outcome | None:
    if outcome is None:
        return None
    (a, b), (c_, d) = outcome.worst, outcome.best
    return Outcome((a + gain[0], b + gain[1]), (c_ + gain[0], d + gain[1]), outcome.endings)


def either(outcomes) -> Outcome | None:
    found = [each for each in outcomes if each is not None]
    if not found:
        return None
    return Outcome(
        (min(o.worst[0] for o in found), min(o.worst[1] for o in found)),
        (max(o.best[0] for o in found), max(o.best[1] for o in found)),
        frozenset().union(*(o.endings for o in found)),
    )


def endless(old: Outcome, new: Outcome) -> Outcome:
    """What still changes has no bound."""

    def pair(before: Gain, after: Gain, beyond: float) -> Gain:
        vc, ci = (a if a == b else beyond for b, a in zip(before, after, strict=True))
        return vc, ci

    return Outcome(pair(old.worst, new.worst, -inf), pair(old.best, new.best, inf), new.endings)

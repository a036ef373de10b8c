"""Alternatives worked out by brute force: with the plain engine alone, one situation at a time.

It shares nothing with the packed exploration. Outcomes are `(ending, VC, CI)` from a state on.
"""

from collections.abc import Iterator
from random import Random

from debrief_table import Table
from enumerator import Enumerator

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.evolve import apply
from tabletop.exercise.stand_ins import _choice
from tabletop.exercise.state import State

Outcome = tuple[str, float, float]
MOVES = 80


def played(text: str, people: tuple[str, ...], seed: int) -> Table:
    """A random play; it may stop where nobody can do anything."""
    table, chance = Table(text, people), Random(seed)
    for _ in range(MOVES):
        if table.state.status != "running":
            break
        able: list[tuple[str, c.Command]] = []
        for seat in people:
            for command in table.engine.legal(table.state, seat):
                if isinstance(command, c.Commit):
                    if seat not in table.state.decisions[command.decision].answers:
                        able.append((seat, command))
                elif isinstance(command, (c.Settle, c.Advance)) or (
                    isinstance(command, c.Share) and chance.random() < 0.4
                ):
                    able.append((seat, command))
        if not able:
            break
        seat, command = chance.choice(able)
        if isinstance(command, c.Commit):
            reasons = ["", *table.engine.plan.decision(command.decision).reasons]
            command = c.Commit(command.decision, command.option, "", chance.choice(reasons))
        table.do(seat, command)
    return table


class Brute:
    """Every outcome from moments of a play, whatever is chosen, kept choices, or as stand-ins."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.engine = table.engine
        self.every = Enumerator(table.engine, table.people)
        self.made: list[tuple[str, e.Event, str]] = []
        """Scene, what was chosen, and the reason that counted."""
        self.offered: set[tuple[str, str, str]] = set()
        self.moments: list[tuple[State, e.Event]] = []
        """Each choice of people, with the state before the command that made it."""
        self.begun: list[State] = []
        state = State()
        for entry in table.entries:
            inner = before = apply(state, entry.at, ())
            self.begun.append(before)
            for event in entry.events:
                self.note(before, inner, event)
                inner = apply(inner, inner.at, (event,))
            state = inner

    def last_could(self, event: e.OfferClosed) -> State | None:
        """The last moment before a fact's window closed at which it could be told."""
        triple = event.fact, event.holder, event.to
        could = (state for state in reversed(self.begun) if state.status == "running")
        return next((state for state in could if self.can_share(state, *triple)), None)

    def note(self, before: State, state: State, event: e.Event) -> None:
        if isinstance(event, e.OfferMade):
            self.offered.add((event.fact, event.holder, event.to))
        if isinstance(event, e.FactShared) and state.played(event.sender):
            self.made.append((state.scene, event, ""))
            self.moments.append((before, event))
        if isinstance(event, e.OfferClosed) and state.played(event.holder):
            could = self.last_could(event)
            if could is not None:
                self.moments.append((could, event))
        if isinstance(event, e.Settled):
            by = state.decisions[event.decision].by
            if any(state.played(role) for role in by):
                answers = state.decisions[event.decision].answers
                role = event.credit[0][0] if event.credit else by[0]
                answer = answers.get(role)
                self.made.append((state.scene, event, answer.because if answer else ""))
                self.moments.append((before, event))

    # Moves.

    def commit(self, state: State, name: str, option: str, reason: str):
        people = [r for r in state.decisions[name].by if r in self.table.people]
        return self.every.answered(state, name, option, people, reason)

    def share(self, state: State, fact: str, holder: str, to: str):
        return self.every.do(state, holder, c.Share(fact, to))

    def can_share(self, state: State, fact: str, holder: str, to: str) -> bool:
        return self.engine.accepts(state, holder, c.Share(fact, to))

    def asked(self, state: State) -> list[str]:
        return [
            name
            for name, decision in state.decisions.items()
            if not decision.done
            and self.engine.plan.scene_of_decision[name] == state.scene
            and any(role in self.table.people for role in decision.by)
        ]

    def shares(self, state: State) -> Iterator[tuple[str, str, str]]:
        for holder in self.table.people:
            for fact in state.known.get(holder, {}):
                for to in self.engine.scenario.roles:
                    if self.can_share(state, fact, holder, to):
                        yield fact, holder, to

    def advance(self, state: State):
        first = self.table.people[0]
        if self.engine.accepts(state, first, c.Advance()):
            return self.every.do(state, first, c.Advance())
        return None

    def gained(self, events, counts: bool = True) -> tuple[float, float]:
        ((_, vc, ci, *_),) = self.every.added(events, 0, frozenset({("", 0, 0, 0, 0, 0, 0)}))
        if not counts:
            settled = next(each for each in events if isinstance(each, e.Settled))
            ((_, own_vc, own_ci, *_),) = self.every.added(
                [settled], 0, frozenset({("", 0, 0, 0, 0, 0, 0)})
            )
            return vc - own_vc, ci - own_ci
        return vc, ci

    # Whatever is chosen.

    def free(self, state: State, events) -> set[Outcome]:
        found = self.every.added(events, 0, self.every.behind(state))
        return {each[:3] for each in found if each[0] != "stuck"}

    def free_but(self, state: State, triple: tuple[str, str, str]) -> set[Outcome]:
        """What can come if a fact is not told at once."""
        found: set[Outcome] = set()
        for after, events, _ in self.every.steps(state):
            first = next((each for each in events if isinstance(each, e.FactShared)), None)
            told = first and (first.fact, first.sender, first.to)
            if told != triple or not isinstance(events[0], e.FactShared):
                found |= self.free(after, events)
        return found

    # Kept.

    def kept(self, state: State, never=frozenset()) -> set[Outcome]:
        if state.status == "ended":
            return {(state.ending, 0, 0)}
        found: set[Outcome] = set()
        for after, (vc, ci) in self.kept_moves(state, never):
            found |= {(end, a + vc, b + ci) for end, a, b in self.kept(after, never)}
        return found

    def kept_moves(self, state: State, never):
        asked = self.asked(state)
        for scene, event, reason in self.made:
            if scene != state.scene:
                continue
            if isinstance(event, e.Settled) and event.decision in asked:
                shown = event.option in state.decisions[event.decision].shown()
                after, events = (
                    self.commit(state, event.decision, event.option, reason)
                    if shown
                    else (state, [])
                )
                if after.decisions[event.decision].settled == event.option:
                    return [(after, self.gained(events, bool(event.credit)))]
            if isinstance(event, e.FactShared):
                triple = event.fact, event.sender, event.to
                if triple not in never and self.can_share(state, *triple):
                    after, events = self.share(state, *triple)
                    return [(after, self.gained(events))]
        free, last = [], []
        for name in asked:
            for option in state.decisions[name].shown():
                for reason in ("", *self.engine.plan.decision(name).reasons):
                    after, events = self.commit(state, name, option, reason)
                    free.append((after, self.gained(events)))
        told = {
            (event.fact, event.sender, event.to): scene
            for scene, event, _ in self.made
            if isinstance(event, e.FactShared)
        }
        for triple in self.shares(state):
            after, events = self.share(state, *triple)
            last.append((after, self.gained(events)))
            if triple in never or (triple in self.offered and triple not in told):
                continue
            if triple in told and told[triple] in self.engine.plan.reach[state.scene]:
                continue
            free.append(last[-1])
        moved = self.advance(state)
        if moved:
            free.append((moved[0], self.gained(moved[1])))
        return free or last

    # As stand-ins would.

    def usual(self, state: State, kept: bool, never=frozenset()) -> Outcome | None:
        vc = ci = 0.0
        for _ in range(MOVES):
            if state.status == "ended":
                return state.ending, vc, ci
            moves = self.kept_moves(state, never) if kept else []
            if len(moves) == 1:
                ((state, (more_vc, more_ci)),) = moves
            else:
                moved = self.as_stand_ins(state, kept, never)
                if moved is None:
                    return None
                state, (more_vc, more_ci) = moved[0], self.gained(moved[1])
            vc, ci = vc + more_vc, ci + more_ci
        return None

    def as_stand_ins(self, state: State, kept: bool, never):
        offered = [
            (fact, holder, to)
            for fact, each in self.engine.scenario.facts.items()
            for holder in self.engine.scenario.roles
            for number, share in enumerate(each.share)
            for to in share.to
            if share.stand_in == state.scene
            and holder in self.table.people
            and state.offers.get((fact, holder, to, number)) == "open"
        ]
        told = {
            (event.fact, event.sender, event.to): scene
            for scene, event, _ in self.made
            if isinstance(event, e.FactShared)
        }
        for triple in offered:
            if triple in never or not self.can_share(state, *triple):
                continue
            if kept and triple in self.offered and triple not in told:
                continue
            if kept and triple in told and told[triple] in self.engine.plan.reach[state.scene]:
                continue
            return self.share(state, *triple)
        scene = self.engine.scenario.scenes[state.scene]
        for name in scene.decisions:
            if name in self.asked(state):
                return self.commit(state, name, self.usual_answer(state, name), "")
        return self.advance(state)

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

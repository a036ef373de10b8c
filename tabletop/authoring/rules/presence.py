"""Presence: whether each role has something to do, and each critical task its occasion."""

from collections import deque
from collections.abc import Iterator

from tabletop.authoring.explore import Move
from tabletop.authoring.findings import Remark
from tabletop.authoring.liveness import Key
from tabletop.authoring.survey import Arrow, Survey, open_decisions
from tabletop.exercise.engine import Engine
from tabletop.exercise.state import State

IDLE = 2
"""How many modules in a row a role may have nothing to do."""


def remarks_on_presence(made: Survey, idle: int = IDLE) -> Iterator[Remark]:
    """Roles idle for too long, and critical tasks that a route never exercises."""
    yield from _idle(made, idle)
    yield from _tasks(made)


def busy(engine: Engine, state: State) -> set[str]:
    """The roles that are asked, consulted, or could share something."""
    found: set[str] = set()
    for name in open_decisions(engine, state):
        found.update(state.decisions[name].by, state.decisions[name].consult)
    found.update(offer[1] for offer in _standing(engine, state))
    return found


def _standing(engine: Engine, state: State) -> Iterator[tuple[str, str, str, int]]:
    if state.status != "running":
        return
    for offer, status in state.offers.items():
        share = engine.scenario.facts[offer[0]].share[offer[3]]
        if status == "open" and (share.during is None or state.scene in share.during):
            yield offer


def _idle(made: Survey, most: int) -> Iterator[Remark]:
    engine = made.engine
    occupied = {key: busy(engine, state) for key, state in made.states}
    for role in engine.scenario.roles:
        walk = _Idle(made, role, occupied)
        count, first = max(
            ((walk.modules(key), key) for key in walk.beginnings()), default=(0, None), key=_count
        )
        if first is not None and count > most:
            message = f"on this route `{role}` has nothing to do for {count} modules in a row"
            hint = "ask or consult the role, or let it join later"
            route = made.route(first, *walk.way(first))
            yield Remark("TT411", ("roles", role), message, hint, route)


def _count(found: tuple[int, Key | None]) -> int:
    return found[0]


class _Idle:
    """How long one role can go with nothing to do."""

    def __init__(self, made: Survey, role: str, occupied: dict[Key, set[str]]) -> None:
        self.made = made
        self.role = role
        self.occupied = occupied
        self.longest: dict[Key, tuple[int, Arrow | None]] = {}
        self.walking: set[Key] = set()

    def module(self, key: Key) -> str:
        """The module of a situation; none once it is over."""
        state = self.made.state(key)
        return "" if state.status == "ended" else self.made.engine.module_of[state.scene]

    def beginnings(self) -> Iterator[Key]:
        """The situations with which a module begins."""
        yield next(iter(self.made.exploration.situations))
        for key, arrows in self.made.arrows.items():
            for arrow in arrows:
                if self.module(arrow.to) != self.module(key):
                    yield arrow.to

    def modules(self, key: Key) -> int:
        """The most modules from here on in which the role has nothing to do, this one included."""
        if key in self.longest:
            return self.longest[key][0]
        state = self.made.state(key)
        if self.role in self.occupied[key] or self.role not in state.joined or key in self.walking:
            return 0
        self.walking.add(key)
        best: tuple[int, Arrow | None] = (0, None)
        for arrow in self.made.arrows.get(key, ()):
            beyond = self.modules(arrow.to)
            count = beyond + (self.module(arrow.to) != self.module(key))
            if count > best[0]:
                best = (count, arrow)
        self.walking.discard(key)
        self.longest[key] = best
        return best[0]

    def way(self, key: Key) -> Iterator[Move]:
        """The moves of that stretch."""
        arrow = self.longest.get(key, (0, None))[1]
        while arrow is not None:
            yield arrow.move
            arrow = self.longest.get(arrow.to, (0, None))[1]


def _avoiding(made: Survey, shunned: set[Key]) -> tuple[Move, ...] | None:
    """A shortest way from the start to an end that keeps out of some situations."""
    start = next(iter(made.exploration.situations))
    if start in shunned:
        return None
    before: dict[Key, tuple[Key, Move] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        key = waiting.popleft()
        if made.state(key).status == "ended":
            moves: list[Move] = []
            step = before[key]
            while step is not None:
                moves.append(step[1])
                step = before[step[0]]
            return tuple(reversed(moves))
        for arrow in made.arrows.get(key, ()):
            if arrow.to not in before and arrow.to not in shunned:
                before[arrow.to] = (key, arrow.move)
                waiting.append(arrow.to)
    return None


def _tasks(made: Survey) -> Iterator[Remark]:
    if made.exploration.bounded:
        return
    start = next(iter(made.exploration.situations))
    at_play = {key: frozenset(practices_at_play(made.engine, s)) for key, s in made.states}
    for name, objective in made.engine.scenario.objectives.items():
        for task, each in objective.tasks.items():
            wanted = frozenset(each.practices)
            way = _avoiding(made, {key for key, there in at_play.items() if there & wanted})
            if way is not None:
                message = f"on this route nothing exercises `{task}` of the objective `{name}`"
                hint = "give every way to an end a decision or an offer that rests on its practices"
                path = ("objectives", name, "tasks", task)
                yield Remark("TT412", path, message, hint, made.route(start, *way))


def practices_at_play(engine: Engine, state: State) -> Iterator[str]:
    """The practices that marks of what could be done now rest on."""
    for name in open_decisions(engine, state):
        authored = engine.plan.decision(name)
        for option in state.decisions[name].shown():
            for mark in authored.options[option].key():
                yield from mark.practices or authored.options[option].practices
            yield from authored.practices
    for fact, _, _, number in _standing(engine, state):
        share = engine.scenario.facts[fact].share[number]
        others = (share.without, share.lapsed, share.kept)
        for one in (*share.key(), *(other for other in others if other is not None)):
            yield from one.practices or share.practices

"""Explorations: what each attendance can get into, worked out once, when something first asks.

A report and the findings rest on the same explorations. Whatever an attendance with stand-ins can
get into, everyone as a person can get into as well, by doing what the stand-ins do; so what nobody
reaches with everyone a person is reached by nobody, and what another attendance may show beside
shows as a doubt there first. With a facilitator it is different: held injects come when they say.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import combinations

from tabletop.authoring.explore import Move
from tabletop.authoring.findings import Route
from tabletop.authoring.liveness import Liveness
from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.reach import Progress, Reached, reach
from tabletop.authoring.packed.readings import Names, facts_read
from tabletop.authoring.packed.search import Place, Search
from tabletop.authoring.packed.sights import Sights
from tabletop.authoring.packed.solving import Solved, solve
from tabletop.authoring.packed.watch import Watch, Watched
from tabletop.exercise.engine import Engine
from tabletop.exercise.plan import changes
from tabletop.scenario.model import Inject

LIMIT = 5_000_000
"""Situations after which an exploration stops and says so."""


def allowed(engine: Engine) -> Iterator[tuple[str, ...]]:
    """Every allowed attendance: who has to be a person is one, and someone is; everyone first."""
    roles = tuple(engine.scenario.roles)
    required = set(engine.scenario.attendance.required)
    for size in range(len(roles), 0, -1):
        for people in combinations(roles, size):
            if required <= set(people):
                yield people


class Explored:
    """What one attendance can get into."""

    def __init__(self, reached: Reached, sights: Sights) -> None:
        """Takes what was reached, and what can show."""
        self.reached = reached
        self.model = reached.model
        self.engine = reached.model.engine
        self.sights = sights
        roles = self.engine.scenario.roles
        self.people = tuple(role for role in roles if role in self.model.people)
        self._searches: dict[tuple[int, int], Search] = {}

    @property
    def whole(self) -> bool:
        """Whether every situation was explored."""
        return not self.reached.stopped

    @cached_property
    def solved(self) -> Solved:
        """What can still come of each situation."""
        with undisturbed():
            return solve(self.reached)

    @cached_property
    def weighed(self) -> Solved:
        """What findings rest on of what can still come of each situation."""
        if "solved" in self.__dict__:
            return self.solved
        with undisturbed():
            return solve(self.reached, "findings")

    @cached_property
    def seen_in(self) -> dict[str, int]:
        """By scene: everything that shows in it."""
        found: dict[str, int] = {}
        for scene in self.reached.arrivals:
            inside, seen = self.model.inside(scene), 0
            for each in inside.seen.values():
                seen |= each
            explored = (edges for _, edges in inside.situations())
            for edges in (*explored, *self.deferred[scene].values()):
                for edge in edges:
                    seen |= edge.seen
            found[scene] = seen
        return found

    @cached_property
    def deferred(self) -> dict[str, dict[int, list[Edge]]]:
        """By scene and situation: the shares that are no moves of their own, as such moves."""
        found: dict[str, dict[int, list[Edge]]] = {}
        for scene in self.reached.arrivals:
            inside = self.model.inside(scene)
            stage, found[scene] = inside.stage, {}
            if isinstance(stage, Watch) and stage.telling:
                for node, packed in enumerate(inside.nodes):
                    found[scene][node] = list(stage.deferred(node, packed))
        return found

    @cached_property
    def seen(self) -> int:
        """Everything that shows."""
        seen = 0
        for each in self.seen_in.values():
            seen |= each
        return seen

    def shows(self, *sight: str) -> bool:
        """Whether something shows in any situation."""
        return bool(self.seen & self.sights.known(*sight))

    def search(self, *, teaching: int = 0, exercising: int = 0) -> Search:
        """A search for shortest routes that leaves some moves out."""
        key = teaching, exercising
        if key not in self._searches:
            self._searches[key] = Search(self.reached, teaching=teaching, exercising=exercising)
        return self._searches[key]

    def places(self, search: Search, sight: int, without: int = 0) -> Iterator[Place]:
        """Where something shows, and something else does not on the same move."""

        def shows(seen: int) -> bool:
            return bool(seen & sight) and not seen & without

        for scene, seen in self.seen_in.items():
            if seen & sight:
                yield from search.showing(scene, shows, self.deferred[scene])

    def route(self, *sight: str) -> Route | None:
        """A shortest route on which something shows."""
        search = self.search()
        return self.routed(search.nearest(self.places(search, self.sights.known(*sight))))

    def nearest(self, places: Iterable[Place]) -> Route | None:
        """A shortest route to one of some places."""
        return self.routed(self.search().nearest(places))

    def routed(self, moves: tuple[Move, ...]) -> Route | None:
        """Moves as a route of this attendance; nothing where there are none."""
        return Route(self.people, self.model.facilitated, moves) if moves else None


class Explorations:
    """Every exploration of one scenario, each made when it is first asked for."""

    def __init__(
        self,
        engine: Engine,
        *,
        limit: int = LIMIT,
        progress: Progress | None = None,
        names: Names | None = None,
    ) -> None:
        """Takes how many situations to explore at most; `names` lets what shows be watched.

        `progress` may raise `KeyboardInterrupt`; what is known by then stands.
        """
        self.engine = engine
        self.limit = limit
        self.progress = progress
        self.names = names
        self.sights = Sights()
        self.liveness = Liveness(engine)
        self.attendances = tuple(allowed(engine))
        self.interrupted = False
        """Whether something was stopped that rests on these."""
        self._made: dict[tuple[tuple[str, ...], bool], Explored] = {}

    @property
    def stopped(self) -> str:
        """Why not everything was explored: `limit`, `interrupted`, or empty."""
        reasons = {each.reached.stopped for each in self.made}
        if self.interrupted or "interrupted" in reasons:
            return "interrupted"
        return "limit" if "limit" in reasons else ""

    @property
    def everyone(self) -> Explored:
        """Everyone is a person and nobody facilitates."""
        return self.of(self.attendances[0])

    @property
    def made(self) -> tuple[Explored, ...]:
        """The explorations made so far."""
        return tuple(self._made.values())

    @cached_property
    def facilitated_too(self) -> tuple[Explored, ...]:
        """Everyone as a person; and with a facilitator, where that makes a difference."""
        if not any(self._matters(*held) for held in _held(self.engine)):
            return (self.everyone,)
        return self.everyone, self.of(self.attendances[0], facilitated=True)

    def _matters(self, path: str, name: str, inject: Inject) -> bool:
        """Whether it makes a difference beside its own coming who lets an inject come.

        Some never come otherwise, some change something, some are asked after, and some say more
        than their readers may know.
        """
        named = self.names or {}
        return (
            inject.alone is None
            or next(changes(inject), None) is not None
            or ("delivered", name) in self.liveness.live[self.engine.scenario.start]
            or bool(facts_read(inject.text.conditions()))
            or any(f"{path}.text/{suffix}" in named for suffix, _ in inject.text.wordings())
        )

    def of(self, people: tuple[str, ...], *, facilitated: bool = False) -> Explored:
        """What one attendance can get into.

        Raises:
            KeyboardInterrupt: where exploring another one was interrupted.
        """
        key = people, facilitated
        if key not in self._made:
            if self.stopped == "interrupted":
                raise KeyboardInterrupt
            with undisturbed():
                model = self._model(people, facilitated)
                found = reach(model, limit=self.limit, progress=self.progress)
            self._made[key] = Explored(found, self.sights)
        return self._made[key]

    def _model(self, people: tuple[str, ...], facilitated: bool) -> Model:
        if self.names is None:
            return Model(self.engine, people, facilitated=facilitated, liveness=self.liveness)
        return Watched(
            self.engine,
            people,
            self.sights,
            self.names,
            facilitated=facilitated,
            liveness=self.liveness,
        )


@contextmanager
def undisturbed() -> Iterator[None]:
    """Nothing made meanwhile refers to itself, so that looking for what does finds nothing.

    Looking once at the end is cheaper than after each of many explorations.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _held(engine: Engine) -> Iterator[tuple[str, str, Inject]]:
    """The injects a facilitator releases, each with its place and its name."""
    for scene, each in engine.scenario.scenes.items():
        for name, inject in each.injects.items():
            if inject.held:
                yield f"scenes.{scene}.injects.{name}", name, inject

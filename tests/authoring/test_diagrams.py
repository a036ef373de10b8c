"""Diagrams give for every pattern what the same steps on a plain table of patterns give."""

import random
from heapq import heappop, heappush

import pytest
from random_scenarios import drawn

from tabletop.authoring.packed import rows, solving
from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.diagrams import END, Diagrams, Function
from tabletop.authoring.packed.members import Members
from tabletop.authoring.packed.reach import arriving, reach
from tabletop.authoring.packed.search import MOVE, Place, Search
from tabletop.authoring.packed.solving import Solved, solve
from tabletop.authoring.packed.spread import joined, packed, unbeaten
from tabletop.authoring.packed.values import COUNTED, Lanes
from tabletop.authoring.packed.weights import May, Most, Must, Number, Unbeaten

WIDTH = 5
PATTERNS = range(1 << WIDTH)
LANES = Lanes(("well",), 1)


class Plain:
    """A kind of weight as plain steps on one value for each pattern."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        kinds = {"most": lambda: Most(LANES), "number": Number, "must": Must, "may": May}
        self.diagrams: Diagrams = kinds[kind]() if kind in kinds else Unbeaten()

    def drawn(self, chance: random.Random) -> object:
        if self.kind == "most":
            return LANES.pack(chance.randint(-3, 3) for _ in range(LANES.width))
        if self.kind == "number":
            return chance.randint(0, 6)
        if self.kind == "totals":
            points = [chance.choices(range(-2, 3), k=2) for _ in range(chance.randint(1, 3))]
            return unbeaten(packed(vc, ci, max(vc, 1), max(ci, 1)) for vc, ci in points)
        return chance.getrandbits(4)

    def function(self, value: object) -> Function:
        return self.diagrams.end(value) if self.kind == "totals" else (value, END)

    def after(self, weight: object, value: object) -> object:
        if value is None:
            return None
        if self.kind == "totals":
            return joined(weight, value)
        return self.diagrams.along(weight, value)

    def either(self, values: list) -> object:
        known = [value for value in values if value is not None]
        if not known:
            return None
        if self.kind == "totals":
            return unbeaten(total for value in known for total in value)
        found = known[0]
        for value in known[1:]:
            if self.kind == "most":
                found = LANES.largest(found + LANES.zeros, value + LANES.zeros) - LANES.zeros
            else:
                found = {"number": found + value, "must": found & value, "may": found | value}[
                    self.kind
                ]
        return found

    def read(self, function: Function, pattern: int) -> object:
        at = self.diagrams.at(function, pattern)
        if at is None:
            return None
        return self.diagrams.spreads[at[1]] if self.kind == "totals" else at[0]

    def weighted(self, weight: object, function: Function) -> Function:
        return self.diagrams.after((weight,) if self.kind == "totals" else weight, function)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", ["most", "number", "must", "may", "totals"])
def test_functions_are_those_of_a_plain_table(kind: str, seed: int) -> None:
    chance, plain = random.Random(seed), Plain(kind)
    tables = []
    for _ in range(4):
        few = [plain.drawn(chance) for _ in range(3)]
        tables.append({p: chance.choice([None, *few]) for p in PATTERNS})
    every = list(range(WIDTH))
    functions = [
        plain.diagrams.assembled(
            {p: None if v is None else plain.function(v) for p, v in table.items()}, every
        )
        for table in tables
    ]
    same(plain, functions[0], tables[0])
    weights = [plain.drawn(chance) for _ in tables]
    led = [plain.weighted(w, f) for w, f in zip(weights, functions, strict=True)]
    sums = {
        p: plain.either([plain.after(w, t[p]) for w, t in zip(weights, tables, strict=True)])
        for p in PATTERNS
    }
    either = plain.diagrams.either(led)
    same(plain, either, sums)
    free, ones = chance.getrandbits(WIDTH), chance.getrandbits(WIDTH)
    same(
        plain,
        plain.diagrams.restricted(either, free, ones, {}),
        {p: sums[p & free | ones & ~free] for p in PATTERNS},
    )


def same(plain: Plain, function: Function, table: dict[int, object]) -> None:
    found = {p: plain.read(function, p) for p in PATTERNS}
    if plain.kind == "number":
        # No way and ways without number of their own are alike: none.
        found = {p: value or 0 for p, value in found.items()}
        table = {p: value or 0 for p, value in table.items()}
    assert found == table


def test_where_no_pattern_occurs_a_diagram_asks_for_nothing() -> None:
    most = Most(LANES)
    assert most.assembled({0b00: (7, END), 0b11: (7, END)}, [0, 1]) == (7, END)
    weight, each = most.assembled({0b00: (7, END), 0b11: (9, END)}, [0, 1])
    assert most.rests[each].bit_count() == 1
    assert most.at((weight, each), 0b11) == (9, END)


@pytest.mark.parametrize("columns", [0, 1, 3, 8])
@pytest.mark.parametrize("seed", [0, 5, 24, 40])
def test_rows_count_the_routes_that_diagrams_count(
    seed: int, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = drawn(seed)
    reached = reach(Model(engine, engine.scenario.roles), limit=1_000_000)
    monkeypatch.setattr(solving, "MOST", 0)
    by_diagrams = solve(reached)
    monkeypatch.undo()
    monkeypatch.setattr(rows, "_FEW", 0)
    monkeypatch.setattr(rows, "_CHOSEN", columns)
    by_rows = solve(reached)
    assert isinstance(by_rows.routes, rows.Rows)
    assert not isinstance(by_diagrams.routes, rows.Rows)
    for scene, arrivals in reached.arrivals.items():
        for arrival in arrivals:
            one, other = (each.value(scene, arrival) for each in (by_rows, by_diagrams))
            assert (one and one.routes) == (other and other.routes)


@pytest.mark.parametrize("seed", [0, 9, 19, 24, 29])
def test_a_shortest_route_is_as_short_as_one_looked_for_one_by_one(seed: int) -> None:
    engine = drawn(seed)
    solved = solve(reach(Model(engine, engine.scenario.roles), limit=1_000_000))
    search, far = Search(solved.reached), one_by_one(solved)
    assert sum(each.count for each in solved.reached.arrivals.values()) == len(far)
    for (scene, arrival), moves in far.items():
        inside = solved.reached.model.inside(scene).stage.inside
        sets = solved.reached.arrivals[scene].sets
        place = Place(scene, arrival & inside, among=Members.single(sets, arrival & ~inside))
        distance = search.distance(place)
        assert distance is not None
        assert distance // MOVE == moves
    # The last is the furthest; the start of the exercise is a move of its own.
    assert len(search.route(place)) == moves + 1


def length(solved: Solved, arrival: tuple[str, int], number: int) -> int:
    scene, bits = arrival
    local = bits & solved.reached.model.inside(scene).stage.inside
    way = dict(solved.crossings[scene, local])[number]
    return -solved.lanes.read(way.counts + solved.lanes.zeros)[COUNTED.index("moves")]


def one_by_one(solved: Solved) -> dict[tuple[str, int], int]:
    """The fewest moves to each arrival, the nearest first."""
    model = solved.reached.model
    far: dict[tuple[str, int], int] = {}
    waiting = [(0, (model.scenario.start, solved.reached.begin))]
    while waiting:
        moves, here = heappop(waiting)
        if here in far:
            continue
        far[here] = moves
        inside = model.inside(here[0])
        local = here[1] & inside.stage.inside
        for number, _ in solved.crossings[here[0], local]:
            out = inside.exits[number]
            if out.to:
                to = arriving(model, out, here[1] & ~inside.stage.inside)
                heappush(waiting, (moves + length(solved, here, number), (out.to, to)))
    return far

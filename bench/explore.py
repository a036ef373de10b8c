"""Exploring: how fast situations are found, and how fast a whole report is made.

What random play reaches is measured on the same compiled rules: as many plays as fit into the time
that one exhaustive pass takes, each choosing among the moves open with equal chances.
"""

import random
from collections.abc import Iterator
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

from bench.large_scenario import large
from bench.table import Row, ms
from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.reach import Reached, arriving, reach
from tabletop.authoring.report import examine
from tabletop.conduct.library import Library, guidance
from tabletop.exercise.engine import Engine
from tabletop.scenario.reading import read_scenario

MANY = 20_000_000


def rows() -> Iterator[Row]:
    library = Library()
    for card in library.cards():
        loaded = library.load(card.slug)
        begun = perf_counter()
        found = examine(Engine(loaded.scenario, loaded.guidance), attendances=False)
        yield _aimed(f"proving {card.slug}, {found.everyone.situations:,} situations", begun, 1)
    yield from _reaching("over a million situations", _engine(flags=20))
    yield from _random_play(_engine(flags=12))
    yield from _reporting(_engine(flags=12, scenes=10))


def _engine(*, flags: int, scenes: int = 12) -> Engine:
    source = large(flags=flags, scenes=scenes).encode()
    reading = read_scenario(source, "large.yaml", guidance())
    assert reading.scenario is not None
    return Engine(reading.scenario, guidance())


def _reaching(what: str, engine: Engine) -> Iterator[Row]:
    begun = perf_counter()
    reached = reach(Model(engine, engine.scenario.roles), limit=MANY)
    seconds = perf_counter() - begun
    rate = reached.count / seconds
    yield Row(
        f"reaching {what} ({reached.count:,})",
        ms(seconds),
        f"{getrusage(RUSAGE_SELF).ru_maxrss // 1024} MB",
        f"{rate:,.0f} /s",
        "> 5,000,000 /s",
        rate > 5_000_000,
    )


def _reporting(engine: Engine) -> Iterator[Row]:
    begun = perf_counter()
    report = examine(engine, limit=MANY, attendances=False)
    count = report.everyone.situations
    yield _aimed(f"full report, {count:,} situations", begun, 2 * max(1, count / 100_000))


def _aimed(what: str, begun: float, aim: float) -> Row:
    seconds = perf_counter() - begun
    return Row(what, ms(seconds), "", "", f"< {aim:.0f} s", seconds < aim)


def _random_play(engine: Engine) -> Iterator[Row]:
    begun = perf_counter()
    reached = reach(Model(engine, engine.scenario.roles), limit=MANY)
    seconds = perf_counter() - begun
    chance = random.Random(1)
    seen: set[tuple[str, int]] = set()
    plays = steps = 0
    begun = perf_counter()
    while perf_counter() - begun < seconds:
        steps += _play(reached, chance, seen)
        plays += 1
    spent = perf_counter() - begun
    share = len(seen) / reached.count
    yield Row(
        f"{plays:,} random plays in the time of one exhaustive pass",
        f"{share:.1%} of {reached.count:,} situations",
        f"{steps / spent:,.0f} steps/s",
    )


def _play(reached: Reached, chance: random.Random, seen: set[tuple[str, int]]) -> int:
    model = reached.model
    scene, packed, steps = model.scenario.start, reached.begin, 0
    while True:
        inside = model.inside(scene)
        local, beside = packed & inside.stage.inside, packed & ~inside.stage.inside
        _, at = inside.arrive(local)
        while at >= 0:
            own = inside.nodes[at]
            rest = beside & ~inside.stopped(own)
            seen.add((scene, (own & ~inside.stage.touchable | rest) & inside.stage.plain))
            at = chance.choice(inside.explored(at)).target
            steps += 1
        way = inside.exits[~at]
        if not way.to:
            seen.add((scene, -1))
            return steps
        packed = arriving(model, way, beside)
        scene = way.to

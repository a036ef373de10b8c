"""Exploring: how fast situations are reached and reported on, beside testing by luck.

Times are processor time of one process without looking for garbage, as exploring has it, so that
what else runs does not count. A report is made in a process of its own, whose peak of memory is
shown. Random plays choose among the moves open with equal chances, over the same compiled rules as
exploring; how many of the situations they come to is set beside one exhaustive pass, once for as
many plays as fit into its time, once for a hundred thousand. For what a step of them costs they
take turns with inkjs, which plays the same story in Ink (`ink.py`).
"""

import gc
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from resource import RUSAGE_SELF, getrusage
from time import process_time

from bench import ink
from bench.large_scenario import Large
from bench.random_play import Seen, play
from bench.table import Row, interleaved, ms
from tabletop.authoring.check import check
from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.reach import Reached, reach
from tabletop.authoring.proof import prove
from tabletop.authoring.report import examine
from tabletop.conduct.library import Library, guidance
from tabletop.exercise.engine import Engine
from tabletop.scenario.reading import read_scenario

MANY = 10**12
PLAYS = 100_000
MILLION = Large()
"""Twelve scenes, three roles, four options, twenty flags that stay live."""
HUNDRED_THOUSAND = Large(scenes=11, flags=13)
FORTY = Large(flags=40)


def rows() -> Iterator[Row]:
    for large in (MILLION, FORTY):
        yield _reaching(large)
    yield from _random_plays(HUNDRED_THOUSAND)
    yield _beside_ink(MILLION)
    for large, aim in ((HUNDRED_THOUSAND, 2), (MILLION, 5), (FORTY, 5)):
        yield from _reporting(large, aim)
    for card in Library().cards():
        yield from _proving(card.slug)


def engine(large: Large) -> Engine:
    reading = read_scenario(large.scenario(), "large.yaml", guidance())
    assert reading.scenario is not None
    return Engine(reading.scenario, guidance())


def reached(large: Large) -> tuple[Reached, float]:
    """Everything that can be reached, and the seconds it took from the engine on."""
    made = engine(large)
    gc.collect()
    gc.disable()
    begun = process_time()
    found = reach(Model(made, made.scenario.roles), limit=MANY)
    spent = process_time() - begun
    gc.enable()
    return found, spent


def _reaching(large: Large) -> Row:
    found, _ = reached(large)
    (spent,) = interleaved(5, lambda: reached(large)[1])
    rate = found.count / spent
    return Row(
        f"reaching {found.count:,} situations, {large.flags} flags",
        ms(spent),
        ratio=f"{rate:,.0f} /s",
        aim="≥ 5,000,000 /s",
        met=rate >= 5_000_000,
    )


def _random_plays(large: Large) -> Iterator[Row]:
    found, spent = reached(large)
    seen: Seen = set()
    chance = random.Random(1)
    begun, plays = process_time(), 0
    while process_time() - begun < spent:
        play(found, chance, seen)
        plays += 1
    yield _share(plays, seen, found, process_time() - begun, spent)
    for _ in range(PLAYS - plays):
        play(found, chance, seen)
    yield _share(PLAYS, seen, found, process_time() - begun, spent)


def _share(plays: int, seen: Seen, found: Reached, spent: float, exhaustive: float) -> Row:
    return Row(
        f"{plays:,} random plays of {found.count:,} situations",
        f"{len(seen) / found.count:.1%} in {ms(spent)}",
        f"one exhaustive pass 100% in {ms(exhaustive)}",
    )


def _beside_ink(large: Large) -> Row:
    what = "steps of random play a second"
    found, _ = reached(large)
    chance = random.Random(1)

    def ours() -> float:
        begun, steps = process_time(), 0
        while process_time() - begun < 1:
            steps += play(found, chance)
        return steps / (process_time() - begun)

    if ink.missing():
        return Row(what, f"{ours():,.0f}", ink.missing(), aim="≥ 20")
    source = large.ink()
    _, made = ink.steps_a_second(source, 0.5)
    assert made == play(found, chance), "the story in Ink is not the same"
    rate, theirs = interleaved(3, ours, lambda: ink.steps_a_second(source, 1)[0])
    ratio = rate / theirs
    return Row(what, f"{rate:,.0f}", f"inkjs {theirs:,.0f}", f"{ratio:.1f}", "≥ 20", ratio >= 20)


def _reporting(large: Large, aim: int) -> Iterator[Row]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        count, spent, peak = apart.submit(reported, large).result()
    what = f"full report of {count:,} situations, {large.flags} flags"
    yield Row(what, ms(spent), aim=f"< {aim} s", met=spent < aim)
    yield Row(f"{what}, memory of the process", f"{peak} MB", aim="< 500 MB", met=peak < 500)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        checking = apart.submit(checked, large).result()
    what, ratio = f"every finding among {count:,} situations", checking / spent
    yield Row(what, ms(checking), f"full report {ms(spent)}", f"{ratio:.2f}", "≤ 1", ratio <= 1)


def reported(large: Large) -> tuple[int, float, int]:
    """The situations of a full report, the seconds it took, and the process' peak in MB."""
    made = engine(large)
    begun = process_time()
    report = examine(made, limit=MANY, attendances=False)
    spent = process_time() - begun
    assert not report.stopped
    return report.everyone.situations, spent, getrusage(RUSAGE_SELF).ru_maxrss // 1024


def checked(large: Large) -> float:
    """The seconds it takes to hold a scenario against every rule."""
    reading = read_scenario(large.scenario(), "large.yaml", guidance())
    begun = process_time()
    found = check(reading, guidance(), limit=MANY)
    spent = process_time() - begun
    assert not found.stopped
    return spent


def _proving(slug: str) -> Iterator[Row]:
    loaded = Library().load(slug)
    reading = read_scenario(loaded.source, slug, loaded.guidance)
    assert reading.scenario is not None
    begun = process_time()
    report = examine(Engine(reading.scenario, loaded.guidance), attendances=False)
    spent = process_time() - begun
    what = f"{slug}, {report.everyone.situations:,} situations"
    yield Row(f"report of {what}", ms(spent), aim="< 1 s", met=spent < 1)
    begun = process_time()
    check(reading, loaded.guidance)
    spent = process_time() - begun
    yield Row(f"check of {what}", ms(spent), aim="< 1 s", met=spent < 1)
    begun = process_time()
    proof = prove(reading, loaded.guidance)
    spent = process_time() - begun
    attended = len(proof.report.attendances) + 1
    yield Row(
        f"proof of {what}, all {attended} attendances, findings",
        ms(spent),
        aim="< 1 s",
        met=spent < 1,
    )

"""The clock: exercise time enters the record when it has to, and downtime never does."""

import asyncio
import contextlib
from datetime import datetime
from pathlib import Path

import pytest
from playing import begun, frame, let, run, state_of

from tabletop.conduct.clock import Clock
from tabletop.conduct.connection import Accepted
from tabletop.conduct.errors import Unsaved
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.solo import begin, resume
from tabletop.conduct.world import World
from tabletop.exercise import commands as c
from tabletop.exercise.events import InjectDelivered, TimePassed
from tabletop.exercise.state import State

TIMED = """
title: Timed
version: 1.0.0
summary: A scenario with something at a minute.
minutes: {alone: 5, group: 10}
jurisdiction: alder
law_as_of: 2026-11-01
support: Talk to someone.
roles:
  investigator: {discipline: law_enforcement, name: A, brief: You.}
  advocate: {discipline: victim_services, employer: community, name: B, brief: You.}
start: planning
scenes:
  planning:
    module: One
    narration: It begins.
    injects:
      early: {to: all, title: Early, text: It comes early., at_minute: 2}
      odd: {to: [advocate], title: Odd, text: It comes between., at_minute: 3}
    next: closing
  closing: {ending: true, narration: It ends.}
"""


@pytest.fixture
def timed(tmp_path) -> Path:
    path = tmp_path / "timed.yaml"
    path.write_text(TIMED)
    return path


async def timed_exercise(timed, world):
    folder = DataFolder(timed.parent / "data")
    return await begin(Library(), folder, timed, ("investigator",), world=world), folder


def times(record):
    return [
        entry.at
        for entry in record.entries
        if any(isinstance(event, TimePassed) for event in entry.events)
    ]


def test_it_runs_while_the_exercise_does():
    world = World.fixed()
    clock = Clock(world)
    world.advance(5)
    assert clock.now() == 0
    clock.follow(State(status="running"))
    world.advance(5)
    assert clock.now() == 5000
    clock.follow(State(status="running", at=5000, paused=True))
    world.advance(5)
    assert clock.now() == 5000
    assert clock.reading().running is False
    clock.follow(State(status="running", at=5000))
    world.advance(1.5)
    assert clock.now() == 6500
    assert clock.reading().running is True
    clock.follow(State(status="ended", at=6500))
    world.advance(5)
    assert clock.now() == 6500


def test_it_is_never_behind_the_record():
    world = World.fixed()
    clock = Clock(world)
    clock.follow(State(status="running", at=90_000))
    assert clock.now() == 90_000
    world.advance(1)
    clock.follow(State(status="running", at=90_500))
    assert clock.now() == 91_000
    clock.follow(State(status="running", at=95_000))
    assert clock.now() == 95_000


def test_time_enters_once_a_minute_and_when_something_is_due(timed):
    async def test():
        world = World.fixed()
        exercise, _ = await timed_exercise(timed, world)
        for _ in range(20):
            await let(world, 13)
        record = await exercise.record()
        await exercise.close()
        return record

    record = run(test())
    # The clock is looked at every thirteen seconds here; what was due at 2:00 comes at 2:10.
    assert times(record) == [65_000, 130_000, 182_000, 247_000]
    delivered = {
        event.inject: entry.at
        for entry in record.entries
        for event in entry.events
        if isinstance(event, InjectDelivered)
    }
    assert delivered == {"early": 130_000, "odd": 182_000}


def test_what_is_due_between_two_minutes_comes_then(timed):
    async def test():
        world = World.fixed()
        exercise, _ = await timed_exercise(timed, world)
        await let(world, 50)
        await exercise.connection("investigator").submit(c.Say("all", "x"))
        await let(world, 69.9)
        assert times(await exercise.record()) == [119_900]
        await let(world, 0.1)
        assert times(await exercise.record()) == [119_900, 120_000]
        assert state_of(exercise).delivered == ("early",)
        await exercise.close()

    run(test())


def test_a_command_after_something_was_due_brings_it_along(timed):
    async def test():
        world = World.fixed()
        exercise, _ = await timed_exercise(timed, world)
        # The clock itself is late.
        exercise._tasks[1].cancel()
        await let(world, 125)
        assert state_of(exercise).delivered == ()
        await exercise.connection("investigator").submit(c.Pause())
        assert state_of(exercise).delivered == ("early",)
        await exercise.close()

    run(test())


def test_entries_carry_the_time_they_happened(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        line = exercise.connection("investigator")
        await let(world, 12.345)
        await line.submit(c.Say("all", "x"))
        assert (await exercise.record()).entries[-1].at == 12_345
        assert state_of(exercise).at == 12_345
        await let(world, 5)
        assert (await frame(line)).clock.elapsed == 17_345
        await exercise.close()

    run(test())


def test_a_pause_stops_it(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        line = exercise.connection("investigator")
        await let(world, 10)
        await line.submit(c.Pause())
        entries = len((await exercise.record()).entries)
        await let(world, 10_000)
        seen = await frame(line)
        assert (seen.clock.running, seen.clock.elapsed) == (False, 10_000)
        assert len((await exercise.record()).entries) == entries
        await line.submit(c.Resume())
        await let(world, 5)
        assert (await frame(line)).clock.elapsed == 15_000
        await exercise.close()

    run(test())


def test_downtime_never_counts_and_a_restart_loses_less_than_a_minute(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        await exercise.quiet()
        for _ in range(10):
            await let(world, 10)
        await exercise.close()
        world.advance(100_000)
        again = await resume(DataFolder(tmp_path), world=world)
        assert state_of(again).at == 60_000
        assert (await frame(again.connection("investigator"))).clock.elapsed == 60_000
        await let(world, 3)
        await again.connection("investigator").submit(c.Say("all", "x"))
        assert (await again.record()).entries[-1].at == 63_000
        await again.close()

    run(test())


def test_after_the_end_no_time_passes(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        await exercise.connection("investigator").submit(c.End())
        entries = len((await exercise.record()).entries)
        for _ in range(10):
            await let(world, 100)
        assert len((await exercise.record()).entries) == entries
        await exercise.close()

    run(test())


def test_a_disk_that_refuses_time_is_asked_again_and_not_at_once(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        await exercise.quiet()
        store, asked = exercise._room.store, []
        real = store.append

        async def full(*given):
            asked.append(given[3].at)
            raise Unsaved("The disk is full.")

        store.append = full
        for _ in range(16):
            await let(world, 5)
        assert asked == [60_000, 65_000, 70_000, 75_000, 80_000]
        store.append = real
        await let(world, 5)
        assert times(await exercise.record()) == [85_000]
        assert await exercise.connection("investigator").submit(c.Pause()) == Accepted()
        await exercise.close()

    run(test())


def test_the_real_world_wakes_and_can_be_left():
    async def test():
        world, bell = World.real(), asyncio.Event()
        before = world.monotonic()
        await world.wait(bell, 0.01)
        assert world.monotonic() - before >= 0.009
        bell.set()
        await world.wait(bell, 60)
        # A bell and a cancellation at the same moment: the cancellation counts.
        bell.clear()
        waiting = asyncio.create_task(world.wait(bell, 60))
        await asyncio.sleep(0)
        bell.set()
        waiting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await waiting
        assert waiting.cancelled()

    run(test(), 5)


def test_the_real_world_gives_names_salts_and_times():
    world = World.real()
    names = {world.exercise_id() for _ in range(50)}
    assert len(names) == 50
    assert all(len(name) == 6 and not set(name) & set("aeiou01l") for name in names)
    assert world.salt(1, 0) != world.salt(1, 0)
    assert len(world.salt(1, 0)) == 16
    assert datetime.fromisoformat(world.wall()).tzinfo is not None
    assert 0 <= world.seed() < 2**31


def test_a_fixed_world_depends_on_its_seed_alone():
    one, two, other = World.fixed(3), World.fixed(3), World.fixed(4)
    assert one.exercise_id() == two.exercise_id() != other.exercise_id()
    assert one.exercise_id() == two.exercise_id()
    # A resumed exercise asks for salts from where it left off.
    assert one.salt(9, 1) == two.salt(9, 1)
    assert len({one.salt(9, 1), one.salt(9, 0), one.salt(8, 1), other.salt(9, 1)}) == 4
    assert one.wall() == "2026-11-01T09:00:00Z"
    one.advance(61)
    assert (one.wall(), one.monotonic()) == ("2026-11-01T09:01:01Z", 61)


def test_time_is_the_rooms_and_nobodys_to_say(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        await exercise.quiet()
        world.advance(3)
        for to in (10**9, -5, 0):
            assert await exercise.connection("investigator").submit(c.PassTime(to)) == Accepted()
        assert state_of(exercise).at == 3000
        await exercise.close()

    run(test())


def test_time_goes_on_while_it_is_being_written_down(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        await exercise.quiet()
        real = world.monotonic
        # Every look at the clock is a little later than the last.
        world.monotonic = lambda: (setattr(world, "_now", world._now + 0.004), real())[1]
        await let(world, 61)
        (at,) = times(await exercise.record())
        assert 61_000 <= at < 61_200
        await exercise.close()

    run(test())

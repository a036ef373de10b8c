"""The room: one command after another, durable before anyone is told, and told to whoever looks."""

import asyncio
import sqlite3

import pytest
from playing import begun, frame, let, play, run, state_of, wish

from tabletop.conduct.connection import Accepted, Rejected
from tabletop.conduct.errors import Unsaved
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.solo import resume
from tabletop.conduct.stand_in import StandInConnection
from tabletop.conduct.world import World
from tabletop.exercise import commands as c
from tabletop.exercise.events import Committed, Told
from tabletop.exercise.words import LONGEST

ROLES = ("investigator", "advocate", "prosecutor")


def at_the_table(test, roles=ROLES, folder=None, **options):
    """Runs a test with an exercise begun, and puts it away."""

    def with_folder(tmp_path):
        async def whole():
            exercise, world = await begun(tmp_path, roles, **options)
            try:
                await test(exercise, world)
            finally:
                await exercise.close()

        run(whole())

    with_folder.__name__ = test.__name__
    return with_folder


def answer_of(exercise, role="investigator", reason=""):
    """A commit that role may make now."""
    for command in exercise.engine.legal(state_of(exercise), role):
        if isinstance(command, c.Commit):
            return c.Commit(command.decision, command.option, reason)
    raise AssertionError


@at_the_table
async def test_what_is_accepted_is_stored_before_anyone_is_told(exercise, world):
    store, seen = exercise._room.store, []
    line = exercise.connection("advocate")
    frames = line.frames()
    await anext(frames)
    told = asyncio.create_task(anext(frames))
    real = store.append

    async def watched(*given):
        for _ in range(5):
            await asyncio.sleep(0)
        seen.append(("before", told.done(), state_of(exercise).paused))
        return await real(*given)

    store.append = watched
    assert await exercise.connection("investigator").submit(c.Pause()) == Accepted()
    assert (await told).view.status == "paused"
    assert seen == [("before", False, False)]
    await frames.aclose()


@at_the_table
async def test_a_refusal_goes_to_who_asked_and_leaves_no_trace(exercise, world):
    before, state = await exercise.record(), state_of(exercise)
    other = exercise.connection("advocate").frames()
    await anext(other)
    waiting = asyncio.create_task(anext(other))
    line = exercise.connection("investigator")
    for command in (
        c.Advance(), c.Commit("nothing", "nothing", "why"), c.Share("nothing", "nobody"),
        c.Resume(), c.Release("x"), c.Say("nobody", "hello"), c.Skip(999), c.Reflect("plus", "x"),
        c.Start(()),
    ):  # fmt: skip
        answer = await line.submit(command, "same key")
        assert isinstance(answer, Rejected), command
        assert answer.slug
        assert answer.sentence.endswith(".")
    await asyncio.sleep(0)
    assert not waiting.done()
    assert await exercise.record() == before
    assert state_of(exercise) is state
    # A key that was refused is free.
    assert await line.submit(c.Pause(), "same key") == Accepted()
    await waiting
    await other.aclose()


@at_the_table
async def test_the_same_key_counts_once(exercise, world):
    line = exercise.connection("investigator")
    said = c.Say("all", "Once.")
    assert await line.submit(said, "k1") == Accepted()
    before = await exercise.record()
    assert await line.submit(said, "k1") == Accepted()
    assert await exercise.connection("investigator").submit(said, "k1") == Accepted()
    assert await exercise.record() == before
    assert await exercise.connection("advocate").submit(said, "k1") == Accepted()
    assert await line.submit(said, "k2") == Accepted()
    assert await line.submit(said) == Accepted()
    assert await line.submit(said) == Accepted()
    messages = [
        event
        for entry in (await exercise.record()).entries
        for event in entry.events
        if isinstance(event, Told) and event.kind == "message"
    ]
    assert len(messages) == 5


def test_the_same_key_counts_once_after_a_restart_too(tmp_path):
    async def test():
        exercise, _ = await begun(tmp_path, ROLES)
        said = c.Say("all", "Once.")
        assert await exercise.connection("investigator").submit(said, "k1") == Accepted()
        before = await exercise.record()
        await exercise.close()
        again = await resume(DataFolder(tmp_path))
        assert await again.connection("investigator").submit(said, "k1") == Accepted()
        assert await again.record() == before
        assert await again.connection("investigator").submit(said, "k2") == Accepted()
        assert len((await again.record()).entries) == len(before.entries) + 1
        await again.close()

    run(test())


@at_the_table
async def test_twice_at_the_same_time_counts_once(exercise, world):
    line = exercise.connection("investigator")
    before = len((await exercise.record()).entries)
    answers = await asyncio.gather(*(line.submit(c.Say("all", "x"), "k") for _ in range(20)))
    assert set(answers) == {Accepted()}
    assert len((await exercise.record()).entries) == before + 1


@at_the_table
async def test_many_at_the_same_time_happen_one_after_another(exercise, world):
    before = len((await exercise.record()).entries)
    lines = [exercise.connection(role) for role in ROLES]
    answers = await asyncio.gather(
        *(line.submit(c.Say("all", f"{n}")) for n in range(30) for line in lines)
    )
    assert set(answers) == {Accepted()}
    record = await exercise.record()
    assert [entry.seq for entry in record.entries] == list(range(1, before + 91))
    assert [entry.parent for entry in record.entries] == list(range(before + 90))


@at_the_table
async def test_words_lie_apart_from_the_entry_and_are_clean(exercise, world):
    line = exercise.connection("investigator")
    await line.submit(answer_of(exercise, reason="\x1b[31mI \u202ethink [b]so[/b]\x00  "))
    await line.submit(c.Say("all", "x" * 5000))
    record = await exercise.record()
    (committed,) = [
        event for entry in record.entries for event in entry.events if isinstance(event, Committed)
    ]
    assert committed.reason.startswith("w")
    assert record.words[committed.reason] == "I think [b]so[/b]"
    assert {len(text or "") for text in record.words.values()} == {17, LONGEST}
    assert exercise._room.words == record.words


@at_the_table
async def test_empty_words_are_refused_where_words_are_the_point(exercise, world):
    line = exercise.connection("investigator")
    for empty in ("", "   ", "\n\t\n", "\u200b\u202e", "\x1b[0m", "\u3164"):
        answer = await line.submit(c.Say("all", empty))
        assert isinstance(answer, Rejected)
        assert answer.slug == "no_words"
    assert await line.submit(answer_of(exercise, reason=" \u200b ")) == Accepted()
    assert (await exercise.record()).words == {}


@at_the_table
async def test_two_equal_texts_have_different_references(exercise, world):
    line = exercise.connection("investigator")
    await line.submit(c.Say("all", "Yes."))
    await line.submit(c.Say("all", "Yes."))
    assert len((await exercise.record()).words) == 2


@at_the_table
async def test_what_could_not_be_stored_has_not_happened(exercise, world):
    """And is said to who asked; the same command goes through once there is room."""
    store, state = exercise._room.store, state_of(exercise)
    real, line = store.append, exercise.connection("investigator")

    async def full(*_):
        raise Unsaved("The disk is full.")

    store.append = full
    before = await exercise.record()
    assert await line.submit(c.Pause(), "k") == Rejected("unsaved", "The disk is full.")
    assert state_of(exercise) is state
    assert await exercise.record() == before
    assert (await frame(line)).view.status == "running"
    store.append = real
    assert await line.submit(c.Pause(), "k") == Accepted()


@at_the_table
async def test_a_disk_that_is_really_full(exercise, world):
    ((_, file),) = exercise._room.store._held.values()
    pages = file._connection.execute("PRAGMA page_count").fetchone()[0]
    file._connection.execute(f"PRAGMA max_page_count = {pages}")
    line, stored = exercise.connection("investigator"), 0
    while (answer := await line.submit(c.Say("all", "x" * 2000))) == Accepted():
        stored += 1
    assert isinstance(answer, Rejected)
    assert "disk is full" in answer.sentence
    assert len((await exercise.record()).words) == stored
    file._connection.execute("PRAGMA max_page_count = 1000000")
    assert await line.submit(c.Say("all", "x" * 2000)) == Accepted()


def test_stand_ins_try_again_when_there_is_room(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path, ("prosecutor",))
        await exercise.quiet()
        store = exercise._room.store
        real, refused = store.append, []

        async def full(*given):
            if given[3].by != "prosecutor":
                refused.append(given[3].by)
                raise Unsaved("The disk is full.")
            return await real(*given)

        store.append = full
        while not refused:
            command = wish(exercise.engine, state_of(exercise), "prosecutor")
            assert command is not None
            assert await exercise.connection("prosecutor").submit(command) == Accepted()
            await exercise.quiet()
        await let(world, 6)
        assert len(refused) > 1
        await asyncio.wait_for(exercise.quiet(), 1)
        store.append = real
        before = len((await exercise.record()).entries)
        await let(world, 6)
        await exercise.quiet()
        assert len((await exercise.record()).entries) > before
        await exercise.close()

    run(test())


def test_who_went_away_does_not_leave_the_state_behind_the_store(tmp_path):
    async def test():
        exercise, _ = await begun(tmp_path, ROLES)
        await exercise.quiet()
        store, reached, go = exercise._room.store, asyncio.Event(), asyncio.Event()
        real = store.append

        async def slow(*given):
            head = await real(*given)
            reached.set()
            await go.wait()
            return head

        store.append = slow
        asked = asyncio.create_task(exercise.connection("investigator").submit(c.Pause(), "k"))
        await reached.wait()
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        go.set()
        assert await exercise.connection("investigator").submit(c.Pause(), "k") == Accepted()
        assert state_of(exercise).paused
        assert exercise._room.head.seq == len((await exercise.record()).entries)
        await exercise.close()

    run(test())


def test_closing_waits_for_what_is_being_stored(tmp_path):
    async def test():
        exercise, _ = await begun(tmp_path, ROLES)
        await exercise.quiet()
        store, reached = exercise._room.store, asyncio.Event()
        real = store.append

        async def slow(*given):
            reached.set()
            await asyncio.sleep(0.05)
            return await real(*given)

        store.append = slow
        asked = asyncio.create_task(exercise.connection("investigator").submit(c.Pause()))
        await reached.wait()
        await exercise.close()
        assert await asked == Accepted()
        again = await resume(DataFolder(tmp_path))
        assert state_of(again).paused
        await again.close()

    run(test())


# Frames.


@at_the_table
async def test_a_line_gets_the_newest_frame_now_and_then_each_newer_one(exercise, world):
    line = exercise.connection("advocate")
    frames = line.frames()
    first = await anext(frames)
    assert first.view.role == "advocate"
    assert (first.saved, first.clock.running) == (0, True)
    for number in range(1, 4):
        await line.submit(c.Say("all", f"{number}"))
        newer = await anext(frames)
        assert newer.saved == number
        assert newer.view.feed[-1].text.endswith(f"{number}")
    await frames.aclose()


@at_the_table
async def test_a_stuck_reader_misses_frames_and_holds_up_nobody(exercise, world):
    stuck = exercise.connection("advocate").frames()
    await anext(stuck)
    quick = exercise.connection("investigator")
    frames = quick.frames()
    await anext(frames)
    for number in range(200):
        assert await quick.submit(c.Say("all", f"{number}")) == Accepted()
        assert (await anext(frames)).view.feed[-1].text.endswith(f"{number}")
    assert (await anext(stuck)).view.feed[-1].text.endswith("199")
    waiting = asyncio.create_task(anext(stuck))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await frames.aclose()


def test_everyone_is_told_at_one_table_before_anything_happens_at_the_next(tmp_path):
    """However many commands come at once; and those of one table are told together."""

    async def test():
        world = World.fixed(7)
        tables = [(await begun(tmp_path, ROLES, world=world))[0] for _ in range(4)]
        told = []

        def stored():
            return sum(exercise.room.head.seq for exercise in tables)

        async def listens(number):
            with tables[number].room.listening() as bell:
                while True:
                    await bell.wait()
                    bell.clear()
                    told.append((number, stored() - before))

        async def says(number):
            line = tables[number].connection("advocate")
            assert await line.submit(c.Say("all", "Now.")) == Accepted()

        for exercise in tables:
            await exercise.quiet()
        before = stored()
        readers = [asyncio.create_task(listens(number)) for number in range(4) for _ in ROLES]
        await asyncio.sleep(0)
        await asyncio.gather(*(says(number) for _ in range(5) for number in range(4)))
        for each in readers:
            each.cancel()
        await asyncio.gather(*readers, return_exceptions=True)
        assert told == [(number, (number + 1) * 5) for number in range(4) for _ in ROLES]
        for exercise in tables:
            await exercise.close()

    run(test())


@at_the_table
async def test_leaving_ends_ones_own_frames_only(exercise, world):
    first, second = exercise.connection("advocate"), exercise.connection("advocate")
    mine, others = first.frames(), second.frames()
    await anext(mine)
    await anext(others)
    waiting = asyncio.create_task(anext(mine, None))
    await asyncio.sleep(0)
    await first.close()
    assert await waiting is None
    assert await second.submit(c.Say("all", "still here")) == Accepted()
    assert (await anext(others)).view.feed[-1].text.endswith("still here")
    await others.aclose()


@at_the_table
async def test_a_view_is_made_once_for_all_lines_of_a_seat(exercise, world):
    await exercise.quiet()
    one, two = exercise.connection("advocate"), exercise.connection("advocate")
    assert (await frame(one)).view is (await frame(two)).view
    before = (await frame(one)).view
    await one.submit(c.Pause())
    assert (await frame(one)).view is not before


@at_the_table
async def test_what_is_saved_counts_a_seats_own_commands(exercise, world):
    lines = {role: exercise.connection(role) for role in ROLES}
    await lines["advocate"].submit(c.Say("all", "a"))
    await lines["advocate"].submit(c.Say("all", "b"), "k")
    await lines["advocate"].submit(c.Say("all", "b"), "k")
    await lines["advocate"].submit(c.Say("nobody", "c"))
    await let(world, 61)
    saved = {role: (await frame(line)).saved for role, line in lines.items()}
    assert saved == {"investigator": 1, "advocate": 2, "prosecutor": 0}


@at_the_table
async def test_notes_and_drafts_are_a_seats_own_and_no_part_of_the_record(exercise, world):
    mine, theirs = exercise.connection("advocate"), exercise.connection("investigator")
    before = await exercise.record()
    await mine.note("PRIVATE \x1b[31m\u202e thought\nsecond line")
    await mine.draft("office", '{"reason": "PRIVATE"}')
    assert await mine.notes() == "PRIVATE [31m thought\nsecond line"
    assert await theirs.notes() == ""
    assert await theirs.drafts() == {}
    assert await exercise.record() == before
    assert "PRIVATE" not in repr(await frame(theirs))
    await mine.draft("office", "")
    assert await mine.drafts() == {}


def test_stand_ins_have_no_persons_line(tmp_path):
    """They see no view, and a person's line has no way to ask for a proposal."""

    async def test():
        exercise, _ = await begun(tmp_path)
        assert not hasattr(exercise.connection("investigator"), "proposal")
        assert not hasattr(StandInConnection, "frames")
        await exercise.close()

    run(test())


def test_a_stand_in_that_fails_is_not_waited_for_in_silence(tmp_path, monkeypatch):
    async def test():
        exercise, _ = await begun(tmp_path)
        await exercise.quiet()

        def broken(*_):
            raise ZeroDivisionError

        monkeypatch.setattr(exercise.engine, "proposal", broken)
        line = exercise.connection("investigator")
        assert await line.submit(c.Say("all", "x")) == Accepted()
        with pytest.raises(ZeroDivisionError):
            await exercise.quiet()
        await exercise.close()

    run(test())


def test_a_room_survives_what_sqlite_may_throw(tmp_path, monkeypatch):
    async def test():
        exercise, _ = await begun(tmp_path, ROLES)
        ((_, file),) = exercise._room.store._held.values()
        line = exercise.connection("investigator")
        file._connection.execute("PRAGMA query_only = ON")
        answer = await line.submit(c.Pause())
        assert isinstance(answer, Rejected)
        assert answer.slug == "unsaved"
        file._connection.execute("PRAGMA query_only = OFF")
        assert await line.submit(c.Pause()) == Accepted()
        assert isinstance(file._connection, sqlite3.Connection)
        await exercise.close()

    run(test())


def test_the_whole_of_it_runs_to_the_end_with_readers_on_every_seat(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path, ROLES)
        last = {}

        async def read(role):
            async for each in exercise.connection(role).frames():
                last[role] = each

        readers = [asyncio.create_task(read(role)) for role in ROLES]
        await play(exercise, world)
        await asyncio.sleep(0)
        await exercise.close()
        await asyncio.gather(*readers)
        assert {each.view.status for each in last.values()} == {"ended"}
        assert not any(each.clock.running for each in last.values())

    run(test())

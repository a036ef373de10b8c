"""An exercise alone: begun, played, put away, taken up again, erased and deleted."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playing import LIBRARY, begun, files, frame, let, loaded, play, run, state_of

from tabletop.conduct import solo
from tabletop.conduct.connection import Accepted, Rejected
from tabletop.conduct.errors import InUse, LibraryError, RecordError, SetupError, TabletopError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.solo import begin, resume
from tabletop.conduct.world import World
from tabletop.exercise import commands as c
from tabletop.exercise.events import Started
from tabletop.exercise.record import VERSION, entry_bytes
from tabletop.exercise.replay import engine_of, fold, state_hash
from tabletop.exercise.views import view

ROLES = ("investigator", "advocate", "prosecutor")
ROOT = Path(__file__).parents[2]


def entries(record) -> list[bytes]:
    return [entry_bytes(entry) for entry in record.entries]


def test_a_whole_exercise_is_played_to_its_end_and_replays_to_the_same_state(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        await play(exercise, world)
        state = state_of(exercise)
        assert state.status == "ended"
        record = await exercise.record()
        await exercise.close()
        assert fold(record.entries) == state
        return record, state_hash(state)

    record, state = run(test())
    again = DataFolder(tmp_path).record(record.header.id)
    assert again == record
    assert state_hash(fold(again.entries)) == state
    assert solo.verify(DataFolder(tmp_path), record.header.id).sound


def test_a_stored_record_replays_alike_in_other_processes(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path, ("advocate",))
        await play(exercise, world)
        await exercise.close()
        return exercise.id, state_hash(state_of(exercise))

    id_, expected = run(test())
    program = (
        "import sys; from tabletop.conduct import solo; from tabletop.conduct.folder import *;"
        "from tabletop.exercise.replay import *; from tabletop.exercise.views import view;"
        "record = DataFolder(sys.argv[1]).record(sys.argv[2]);"
        "state = fold(record.entries); engine = engine_of(record.header);"
        "print(state_hash(state), hash(repr(view(engine, state, 'advocate', record.words))) and"
        " repr(view(engine, state, 'advocate', record.words)).encode().hex())"
    )
    seen = set()
    for seed in ("0", "42"):
        ran = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path), id_],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(ran.stdout)
    (only,) = seen
    assert only.split()[0] == expected


def test_the_header_alone_rebuilds_the_engine(tmp_path):
    async def test():
        exercise, world = await begun(
            tmp_path, seed=11, parameters={"agency": "Elm\x1b[2J [b]Police\n"}
        )
        await play(exercise, world, 3)
        record = await exercise.record()
        engine, state = exercise.engine, state_of(exercise)
        await exercise.close()
        return record, engine, state

    record, engine, state = run(test())
    header = record.header
    assert header.scenario_text.encode() == loaded().source
    assert (header.scenario_name, header.roles, header.seed) == (
        "first_hour",
        ("investigator",),
        11,
    )
    assert header.record_version == VERSION
    assert header.parameters == {"agency": "Elm [b]Police"}
    rebuilt = engine_of(header)
    assert (rebuilt.seed, rebuilt.parameters) == (11, engine.parameters)
    for role in ROLES:
        assert view(rebuilt, state, role, record.words) == view(engine, state, role, record.words)
        assert rebuilt.legal(state, role) == engine.legal(state, role)
    used = rebuilt.guidance
    assert 0 < len(used.practices) < len(loaded().guidance.practices)
    assert set(used.jurisdictions) == {loaded().scenario.jurisdiction}
    assert {cited.source for _, cited in used.citations()} == set(used.sources)


def test_the_same_play_makes_the_same_files_contents(tmp_path):
    async def once(folder, hurried):
        exercise, _ = await begun(folder, names={"investigator": "Kim"})
        if hurried:
            # Without waiting for the stand-ins between one's own commands.
            line = exercise.connection("investigator")
            for _, command, key in script:
                assert await line.submit(command, key) == Accepted()
            await exercise.quiet()
        else:
            script[:] = await play(exercise)
        record = await exercise.record()
        await exercise.close()
        return record

    script: list = []
    first = run(once(tmp_path / "a", False))
    second = run(once(tmp_path / "b", False))
    third = run(once(tmp_path / "c", True))
    assert first == second == third
    assert entries(first) == entries(third)


def test_everyone_nobody_plays_is_a_stand_in_and_acts(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path, ("prosecutor",))
        assert exercise.roles == ("prosecutor",)
        await play(exercise, world)
        record = await exercise.record()
        await exercise.close()
        return record

    record = run(test())
    started = record.entries[0].events[0]
    assert isinstance(started, Started)
    assert {seat.role: seat.kind for seat in started.seats} == {
        "investigator": "stand_in", "advocate": "stand_in", "prosecutor": "player",
    }  # fmt: skip
    assert [seat.id for seat in started.seats] == [seat.role for seat in started.seats]
    assert {entry.by for entry in record.entries} == set(ROLES)


def test_all_roles_on_one_device(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path, ("prosecutor", "investigator", "advocate"))
        assert exercise.roles == ROLES
        done = await play(exercise, world)
        assert {role for role, *_ in done} == set(ROLES)
        assert state_of(exercise).status == "ended"
        await exercise.close()

    run(test())


def test_a_line_is_given_only_for_a_role_somebody_plays(tmp_path):
    async def test():
        exercise, _ = await begun(tmp_path)
        with pytest.raises(SetupError, match="played by a stand-in"):
            exercise.connection("advocate")
        await exercise.close()

    run(test())


@pytest.mark.parametrize(
    ("roles", "options", "sentence"),
    [
        ((), {}, "Choose at least one role"),
        (("investigater",), {}, "did you mean investigator"),
        (("nobody",), {}, "there are investigator, advocate, prosecutor"),
        (ROLES, {"parameters": {"agancy": "x"}}, "did you mean agency"),
        (ROLES, {"skips": {"advocate": ["thrats"]}}, "did you mean threats"),
        (ROLES, {"skips": {"nobody": ["threats"]}}, "no role nobody"),
        (ROLES, {"names": {"\x1b[2J": "x"}}, "no role"),
    ],
)
def test_what_does_not_fit_the_scenario_is_refused_before_anything_is_made(
    tmp_path, roles, options, sentence
):
    with pytest.raises(SetupError, match=sentence) as error:
        run(begin(LIBRARY, DataFolder(tmp_path), loaded(), roles, **options))
    assert str(error.value).isprintable()
    assert files(tmp_path) == {}


def test_beginning_what_is_not_there_or_where_nothing_can_be_kept(tmp_path):
    with pytest.raises(LibraryError, match="did you mean"):
        run(begin(LIBRARY, DataFolder(tmp_path), "first-hour", ROLES))
    (tmp_path / "file").write_text("")
    with pytest.raises(TabletopError, match="--data"):
        run(begin(LIBRARY, DataFolder(tmp_path / "file"), "first_hour", ROLES))


def test_a_name_is_kept_as_erasable_words_and_cleaned(tmp_path):
    async def test():
        names = {"investigator": " Kim\n\x1b[31m \u202eO'Neil [b] " + "x" * 200}
        exercise, _ = await begun(tmp_path, names=names)
        record = await exercise.record()
        await exercise.close()
        return record

    record = run(test())
    (name,) = record.words.values()
    assert name.startswith("Kim O'Neil [b] xxx")
    assert len(name) <= solo.NAME
    assert b"Kim" not in b"".join(entries(record))


def test_skips_go_with_the_seat(tmp_path):
    async def test():
        exercise, _ = await begun(tmp_path, skips={"investigator": ["threats"]})
        seat = state_of(exercise).seats["investigator"]
        await exercise.close()
        return seat

    assert run(test()).skips == ("threats",)


# Taking up again.


def test_it_is_taken_up_where_it_stopped(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        await play(exercise, world, 2)
        await exercise.quiet()
        before, state = await exercise.record(), state_of(exercise)
        line = exercise.connection("investigator")
        await line.note("Ask about the phones.")
        await line.draft("office", '{"reason": "half"}')
        seen = await frame(line)
        await exercise.close()

        again = await resume(DataFolder(tmp_path), world=World.fixed(7))
        assert again.id == exercise.id
        assert again.roles == exercise.roles
        assert state_of(again) == state
        assert await again.record() == before
        line = again.connection("investigator")
        assert (await frame(line)).view == seen.view
        assert (await frame(line)).saved == seen.saved
        assert await line.notes() == "Ask about the phones."
        assert await line.drafts() == {"office": '{"reason": "half"}'}
        await play(again, None)
        assert state_of(again).status == "ended"
        await again.close()

    run(test())


def test_what_is_open_elsewhere_is_not_taken_up(tmp_path):
    async def test():
        exercise, _ = await begun(tmp_path)
        with pytest.raises(InUse, match="open in another window"):
            await resume(DataFolder(tmp_path), exercise.id)
        assert len(DataFolder(tmp_path).record(exercise.id).entries) >= 1
        await exercise.close()
        await (await resume(DataFolder(tmp_path), exercise.id)).close()

    run(test())


def test_one_that_is_over_can_be_opened_to_write_something_down(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        await play(exercise, world)
        await exercise.close()
        with pytest.raises(TabletopError, match="no exercise to continue"):
            await resume(DataFolder(tmp_path))
        again = await resume(DataFolder(tmp_path), exercise.id)
        line = again.connection("investigator")
        assert await line.submit(c.Reflect("plus", "We called early.")) == Accepted()
        assert isinstance(await line.submit(c.Advance()), Rejected)
        await again.close()

    run(test())


def test_a_broken_record_is_not_continued_and_said_where(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        await play(exercise, world, 2)
        await exercise.close()
        path = next((tmp_path / "exercises").glob("*.exercise"))
        entry = entry_bytes(DataFolder(tmp_path).record(exercise.id).entries[1])
        changed = entry.replace(b'"by":"advocate"', b'"by":"advocatf"')
        path.write_bytes(path.read_bytes().replace(entry, changed))
        with pytest.raises(RecordError, match="broken at entry 2") as kept:
            await resume(DataFolder(tmp_path), exercise.id)
        verdict = solo.verify(DataFolder(tmp_path), exercise.id)
        assert (verdict.sound, verdict.broken_at) == (False, 2)
        # It was let go of again, and not only because nobody remembers it.
        assert kept.tb is not None
        with pytest.raises(RecordError, match="broken at entry 2"):
            await resume(DataFolder(tmp_path), exercise.id)

    run(test())


def test_one_killed_before_its_first_entry_is_begun_then(tmp_path, monkeypatch):
    async def test():
        real = solo._start

        async def killed(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(solo, "_start", killed)
        monkeypatch.setattr(DataFolder, "delete", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            await begun(tmp_path)
        monkeypatch.setattr(solo, "_start", real)
        exercise = await resume(DataFolder(tmp_path))
        assert state_of(exercise).status == "running"
        await exercise.close()

    try:
        run(test())
    except KeyboardInterrupt:
        pytest.fail("the interrupt was meant for the exercise")


# Erasing and deleting.


def test_a_persons_words_are_erased_and_the_record_still_verifies(tmp_path):
    folder = DataFolder(tmp_path)

    async def test():
        exercise, world = await begun(
            tmp_path, ROLES, names={"investigator": "Kim Doe", "advocate": "Ann Roe"}
        )
        line = exercise.connection("investigator")
        await line.note("KIMNOTE")
        await line.submit(c.Say("all", "KIMSAID something"))
        await exercise.connection("advocate").submit(c.Say("all", "ANNSAID something"))
        await play(exercise, world)
        before = await exercise.record()
        with pytest.raises(InUse):
            solo.erase(folder, exercise.id, "Kim Doe")
        await exercise.close()
        return before

    before = run(test())
    id_ = before.header.id
    gone = solo.erase(folder, id_, " kim doe ")
    assert gone > 2
    everything = b"".join(files(tmp_path).values())
    for text in (b"KIMNOTE", b"KIMSAID", b"Kim Doe", b"investigator thought"):
        assert text not in everything
    for text in (b"ANNSAID", b"Ann Roe", b"advocate thought"):
        assert text in everything
    after = folder.record(id_)
    assert entries(after) == entries(before)
    assert after.head == before.head
    assert sum(text is None for text in after.words.values()) == gone
    assert solo.verify(folder, id_).sound
    assert solo.erase(folder, id_, "investigator") == 0
    with pytest.raises(RecordError, match="Nobody called Kim Doe is in this exercise"):
        solo.erase(folder, id_, "Kim Doe")


def test_erased_words_are_said_to_be_erased(tmp_path):
    async def test():
        exercise, _ = await begun(tmp_path, ROLES)
        await exercise.connection("investigator").submit(c.Say("all", "KIMSAID"))
        await exercise.close()
        solo.erase(DataFolder(tmp_path), exercise.id, "investigator")
        again = await resume(DataFolder(tmp_path), exercise.id)
        seen = await frame(again.connection("advocate"))
        await again.close()
        return [passage for passage in seen.view.feed if passage.kind == "message"]

    (message,) = run(test())
    assert message.erased
    assert "KIMSAID" not in message.text


def test_deleting_leaves_nothing(tmp_path):
    async def test():
        exercise, world = await begun(tmp_path)
        await play(exercise, world, 2)
        with pytest.raises(InUse):
            solo.delete(DataFolder(tmp_path), exercise.id)
        await exercise.close()
        solo.delete(DataFolder(tmp_path), exercise.id)

    run(test())
    assert files(tmp_path) == {}


# How it stands in a list, and how it ends.


def test_the_list_follows_the_exercise(tmp_path):
    async def test():
        folder = DataFolder(tmp_path)
        exercise, world = await begun(tmp_path)
        (line,) = folder.exercises()
        assert (line.id, line.title, line.scenario_name) == (
            exercise.id,
            "First Hour",
            "first_hour",
        )
        assert (line.roles, line.status, line.problem) == (("investigator",), "running", "")
        assert line.scene_title
        assert line.started == "2026-11-01T09:00:00Z"
        await let(world, 90)
        await exercise.connection("investigator").submit(c.Pause())
        (line,) = folder.exercises()
        assert (line.status, line.elapsed_ms) == ("paused", 90_000)
        assert line.last == "2026-11-01T09:01:30Z"
        await exercise.connection("investigator").submit(c.Resume())
        await exercise.connection("investigator").submit(c.End())
        (line,) = folder.exercises()
        assert line.status == "ended"
        await exercise.close()

    run(test())


def test_closing_twice_and_from_a_cancelled_task_is_safe(tmp_path):
    async def test():
        exercise, _ = await begun(tmp_path)
        line = exercise.connection("investigator")
        await exercise.close()
        await exercise.close()
        answer = await line.submit(c.Advance())
        assert answer == Rejected("closed", "This exercise is closed.")
        assert [seen async for seen in line.frames()] == []
        assert len(asyncio.all_tasks()) == 1

    run(test())


def test_the_seed_is_chosen_or_given(tmp_path):
    async def test():
        first, _ = await begun(tmp_path, seed=3)
        second, _ = await begun(tmp_path, world=World.fixed(12))
        seeds = first.header.seed, second.header.seed
        await first.close()
        await second.close()
        return seeds

    assert run(test()) == (3, 12)


def test_two_exercises_never_share_a_name(tmp_path):
    async def test():
        first, _ = await begun(tmp_path, world=World.fixed(7))
        second, _ = await begun(tmp_path, world=World.fixed(7))
        await first.close()
        await second.close()
        return first.id, second.id

    first, second = run(test())
    assert first != second

"""Resuming an exercise whose scenario has changed since it began: real files, real records."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import examples
import pytest
import shipped
from command import Said
from playing import play, run, state_of

from tabletop.authoring.diff.bearing import bearing, law_changes
from tabletop.conduct import revision as looked_up
from tabletop.conduct import solo
from tabletop.conduct.errors import RecordError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.revision import ScenarioChanged, revised
from tabletop.conduct.solo import begin, resume
from tabletop.exercise import commands as c
from tabletop.scenario.reading import read_scenario

FORKED = examples.FRAME.replace(
    "    next: office\n", "    next: [{when: ready, to: office}, {to: visit}]\n"
)
"""Whoever does not make beds ready never comes to the office."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "door" / "scenario.yaml"
    path.parent.mkdir()
    path.write_text(FORKED, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.fixture
def past(place: Path, folder: DataFolder) -> str:
    """An exercise on the way past the office: one decision made, in the second scene."""

    async def test() -> str:
        exercise = await begin(Library(), folder, str(place), ["investigator"], seed=1)
        line = exercise.connection("investigator")
        await line.submit(c.Commit("notice", "on_call"), "a")
        await exercise.quiet()
        await line.submit(c.Advance(), "b")
        await exercise.quiet()
        assert state_of(exercise).scene == "visit"
        await exercise.close()
        return exercise.id

    found: str = run(test())
    return found


def resumed(folder: DataFolder, exercise: str, **options: object) -> solo.Exercise:
    async def test() -> solo.Exercise:
        again = await resume(folder, exercise, library=Library(), **options)
        await again.close()
        return again

    taken: solo.Exercise = run(test())
    return taken


def changed(place: Path, old: str, new: str) -> None:
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_is_said_where_nothing_has_changed(place, folder, past) -> None:
    assert resumed(folder, past).revision is None
    place.unlink()
    assert resumed(folder, past).revision is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("made for twelve", "made for ten"),
        ("title: The side door", "# A thought.\ntitle: The side door"),
        ("            vc: 2\n            ci: 2\n", "            vc: 1\n            ci: 2\n"),
        ("law_as_of: 2026-11-01", "law_as_of: 2026-12-01"),
        ("    title: The provider hears in time", "    title: The provider hears early"),
    ],
    ids=["a wording", "a comment", "a mark on a way not taken", "a date", "an objective"],
)
def test_what_bears_on_nothing_is_said_and_it_goes_on(place, folder, past, old, new) -> None:
    changed(place, old, new)
    revision = resumed(folder, past).revision
    assert revision is not None
    assert revision.harmless
    assert "It goes on as it began." in revision.sentence


WARNED = "because: She is warned"
BEARING = {
    "a mark behind": (
        f"ci: 2\n            {WARNED}",
        f"ci: 1\n            {WARNED}",
        "Marks: one change",
    ),
    "an option here": (
        "            text: Ask nothing",
        "            when: ready\n            text: Ask nothing",
        "Decisions: Questions tonight",
    ),
    "a stand-in": ("stand_in: few\n", "stand_in: nothing\n", "Decisions: Questions tonight"),
    "a way ahead": (
        "{when: ready, to: slept}",
        "{when: not ready, to: slept}",
        "Scenes, injects and ways: one change",
    ),
    "a role": (
        "employer: community",
        "employer: system",
        "Roles: role advocate: employer: community, now system",
    ),
    "a content note": (
        "themes:\n",
        "themes:\n  threats: One is mentioned.\n",
        "Content notes: theme threats: new",
    ),
    "a fact": (
        "held_by: advocate",
        "held_by: [advocate, prosecutor]",
        "Who may know what, and tell it: one change",
    ),
    "a flag": ("start: false, means", "start: true, means", "Flags and counters: one change"),
}


@pytest.mark.parametrize("what", BEARING)
def test_what_bears_on_it_is_refused_with_what_it_is(place, folder, past, what) -> None:
    old, new, told = BEARING[what]
    changed(place, old, new)
    before = folder.stored(past)
    with pytest.raises(ScenarioChanged) as refused:
        resumed(folder, past)
    assert told in refused.value.revision.told
    assert "in what it has been through or may still come to" in str(refused.value)
    assert folder.stored(past) == before
    again = resumed(folder, past, as_begun=True)
    assert (
        again.engine.scenario == read_scenario(FORKED.encode(), "", again.engine.guidance).scenario
    )
    assert again.revision is not None


def test_as_it_began_it_is_played_to_its_end_and_debriefed(place, folder, past) -> None:
    changed(place, "vc: 2", "vc: 1")

    async def test() -> None:
        again = await resume(folder, past, library=Library(), as_begun=True)
        await play(again)
        assert state_of(again).status == "ended"
        await again.close()

    run(test())
    assert solo.verify(folder, past).sound
    # What is over is not gone on with; its reflections can still be written.
    assert resumed(folder, past).revision is None


def test_what_is_told_gives_nothing_away(place, folder, past) -> None:
    text = FORKED.replace("vc: 2", "vc: 1").replace("ci: 2", "ci: 1").replace("records", "papers")
    place.write_text(text.replace("Three beds", "Two beds"), encoding="utf-8")
    with pytest.raises(ScenarioChanged) as refused:
        resumed(folder, past)
    told = " ".join(refused.value.revision.told)
    for hidden in ("vc", "ci", "papers", "charge", "beds", "slept", "corridor"):
        assert hidden not in told.split(), told


def test_a_file_that_can_not_be_read_now_is_refused_too(place, folder, past) -> None:
    place.write_text("title: [", encoding="utf-8")
    with pytest.raises(ScenarioChanged, match="can't be played as it stands now"):
        resumed(folder, past)
    place.unlink()
    place.mkdir()
    with pytest.raises(ScenarioChanged, match="is not a file"):
        resumed(folder, past)
    assert resumed(folder, past, as_begun=True).id == past


def test_one_from_the_shelf_is_looked_up_by_its_name(folder, tmp_path) -> None:
    shelf = tmp_path / "shelf" / "door"
    shelf.mkdir(parents=True)
    (shelf / "scenario.yaml").write_text(FORKED, encoding="utf-8")
    library = Library([shelf.parent])

    async def test() -> str:
        exercise = await begin(library, folder, "door", ["investigator"], seed=1)
        await exercise.close()
        return exercise.id

    exercise = run(test())
    assert folder.origin(exercise) is None
    changed(shelf / "scenario.yaml", "vc: 2", "vc: 1")
    with pytest.raises(ScenarioChanged):
        run(resume(folder, exercise, library=library))


def test_an_exercise_from_before_origins_were_kept_goes_on(place, folder, past) -> None:
    (path,) = folder.exercises_path.glob("*.exercise")
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE origin")
    connection.close()
    changed(place, "vc: 2", "vc: 1")
    assert folder.origin(past) is None
    assert resumed(folder, past).revision is None


def test_law_that_reads_otherwise_in_a_later_version_is_told(
    place, folder, past, monkeypatch
) -> None:
    registry = shipped.guidance()
    card = registry.jurisdictions["alder"]
    name, attribute = next(
        (name, each) for name, each in card.attributes.items() if isinstance(each.value, bool)
    )
    other = attribute.model_copy(update={"value": not attribute.value})
    cards = {"alder": card.model_copy(update={"attributes": {**card.attributes, name: other}})}
    later = registry.model_copy(update={"jurisdictions": cards})
    (change,) = law_changes(registry, later, "alder")
    assert (change.key, change.old, change.new) == (("law", name), attribute.value, other.value)
    monkeypatch.setattr(looked_up, "guidance", lambda: later)
    assert resumed(folder, past).revision is None
    monkeypatch.setattr(looked_up, "__version__", "9.9.9")
    with pytest.raises(ScenarioChanged):
        resumed(folder, past)


def test_a_scenario_that_breaks_a_later_rule_is_refused_and_debriefed_all_the_same(
    place, folder, monkeypatch
) -> None:
    text = FORKED.replace("      - to: waited", "      - {when: ready, to: waited}")
    broken = text.replace("held_by: advocate", "held_by: [advocate, investigator]")
    reading = read_scenario(broken.encode(), "scenario.yaml", shipped.guidance())
    assert reading.scenario is not None
    assert not reading.playable
    loaded = replace(
        Library().load(place), source=broken.encode(), scenario=reading.scenario, reading=reading
    )

    async def test() -> str:
        exercise = await begin(Library(), folder, loaded, ["prosecutor"], seed=1)
        await exercise.close()
        return exercise.id

    exercise = run(test())
    assert resumed(folder, exercise, as_begun=True).id == exercise
    monkeypatch.setattr(looked_up, "__version__", "9.9.9")
    with pytest.raises(RecordError, match="Its debrief can still be read"):
        resumed(folder, exercise, as_begun=True)
    assert folder.record(exercise).header.id == exercise


def test_a_table_with_a_facilitator_may_come_to_every_scene(place, folder, past) -> None:
    record = folder.record(past)
    again = resumed(folder, past)
    state = state_of(again)
    changed(place, "vc: 2\n            ci: 2\n", "vc: 1\n            ci: 2\n")
    found = revised(Library(), record.header, folder.origin(past), again.engine, state)
    assert found is not None
    assert found.harmless
    held = revised(
        Library(), record.header, folder.origin(past), again.engine, state.but(facilitated=True)
    )
    assert held is not None
    assert not held.harmless
    assert bearing(held.changes, again.engine.plan, state) == ()


def test_damage_is_told_before_any_change(place, folder, past) -> None:
    changed(place, "vc: 2", "vc: 1")
    (path,) = folder.exercises_path.glob("*.exercise")
    with sqlite3.connect(path) as connection:
        connection.executescript("DROP TRIGGER entries_stay; UPDATE entries SET data = 'x'")
    connection.close()
    with pytest.raises(RecordError) as told:
        resumed(folder, past)
    assert not isinstance(told.value, ScenarioChanged)


# At the command line.


@pytest.fixture
def tabletop(within, folder) -> Callable[..., Said]:
    return partial(within, "--data", str(folder.path))


def test_the_command_line_says_what_and_how_to_go_on(tabletop, place, past) -> None:
    assert tabletop("diff", "--exercise", past).code == 0
    changed(place, "vc: 2", "vc: 1")
    said = tabletop("resume", "--plain")
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "has changed since exercise" in said.err
    assert "Marks:" in said.out
    assert f"resume {past} --as-begun" in said.out
    shown = tabletop("diff", "--exercise", past, "--quick")
    assert shown.code == 1
    assert "vc: 2, now 1" in shown.out
    assert tabletop("diff", "--exercise", past, str(place), "--quick").out == shown.out
    assert tabletop("diff", str(place)).code == 2
    place.unlink()
    gone = tabletop("diff", "--exercise", past)
    assert gone.code == 2
    assert gone.err.count("\n") == 1

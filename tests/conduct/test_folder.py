"""The data folder: lists what is there, finds what is meant, and says what is wrong."""

import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from test_exercise_file import HEADER, SUMMARY, append

from tabletop.conduct.errors import FolderError, InUse, TabletopError
from tabletop.conduct.folder import DataFolder
from tabletop.exercise.record import Header

ROOT = Path(__file__).parents[2]


def keep(folder: DataFolder, id_: str, entries: int = 1, status: str = "running") -> None:
    header: Header = replace(HEADER, id=id_)
    file = folder.create(header, replace(SUMMARY, id=id_, status=status))
    for _ in range(entries):
        append(file)
    file.close()


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


def test_it_is_made_when_there_is_something_to_keep_and_only_its_owner_may_look(folder):
    assert folder.exercises() == ()
    assert not folder.path.exists()
    keep(folder, "aaaaaa")
    for path in (folder.path, folder.exercises_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_it_is_the_one_given_or_named_or_the_users_own(tmp_path, monkeypatch):
    monkeypatch.setenv("TABLETOP_DATA", str(tmp_path / "named"))
    assert DataFolder().path == tmp_path / "named"
    assert DataFolder(tmp_path / "given").path == tmp_path / "given"
    monkeypatch.delenv("TABLETOP_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert DataFolder().path.is_relative_to(tmp_path)
    assert DataFolder().path.name == "tabletop"
    assert DataFolder("~/mine").path == tmp_path / "mine"


def test_the_newest_comes_first(folder):
    for id_, entries in (("aaaaaa", 3), ("bbbbbb", 9), ("cccccc", 5)):
        keep(folder, id_, entries)
    listed = folder.exercises()
    assert [each.id for each in listed] == ["bbbbbb", "cccccc", "aaaaaa"]
    first = listed[0]
    assert (first.title, first.scenario_name, first.roles) == (
        "First Hour", "first_hour", ("investigator",),
    )  # fmt: skip
    assert (first.started, first.last) == ("2026-11-01T09:00:00Z", "2026-11-01T09:00:09Z")
    assert (first.status, first.elapsed_ms, first.problem) == ("running", 9000, "")


def test_a_broken_file_is_listed_with_its_reason_and_does_not_hide_the_others(folder):
    keep(folder, "aaaaaa")
    keep(folder, "bbbbbb")
    broken = folder.exercises_path / "bbbbbb.exercise"
    broken.write_bytes(broken.read_bytes()[:5000])
    (folder.exercises_path / "cccccc.exercise").write_bytes(b"something else entirely" * 9)
    (folder.exercises_path / "dddddd.exercise").mkdir()
    (folder.exercises_path / "eeeeee.new").write_bytes(b"half")
    (folder.exercises_path / "../x.exercise").write_bytes(b"")
    (folder.exercises_path / "\x1b[31m.exercise").write_bytes(b"")
    listed = {each.id: each.problem for each in folder.exercises()}
    assert set(listed) == {"aaaaaa", "bbbbbb", "cccccc", "dddddd"}
    assert not listed["aaaaaa"]
    for id_ in ("bbbbbb", "cccccc", "dddddd"):
        assert str(folder.path) in listed[id_]
        assert "\n" not in listed[id_]
    assert folder.newest_unfinished() == "aaaaaa"


def test_it_lists_what_is_open_elsewhere(folder):
    keep(folder, "aaaaaa", 2)
    held = folder.open("aaaaaa")
    append(held)
    assert folder.exercises()[0].elapsed_ms == 3000
    assert len(folder.record("aaaaaa").entries) == 3
    with pytest.raises(InUse):
        folder.delete("aaaaaa")
    held.close()


def test_an_exercise_is_found_by_the_beginning_of_its_name(folder):
    for id_ in ("k7rm4t", "k7xxxx", "b2b2b2"):
        keep(folder, id_)
    assert folder.find("k7rm4t").stem == "k7rm4t"
    assert folder.find("k7r").stem == "k7rm4t"
    with pytest.raises(FolderError, match="Several begin with k7: k7rm4t, k7xxxx"):
        folder.find("k7")
    with pytest.raises(FolderError, match="did you mean k7rm4t"):
        folder.find("k7rm4f")
    for nothing in (
        "zzzzzz",
        "",
        "../../etc/passwd",
        "/etc/passwd",
        "a\x00b",
        "k7rm4t/../x",
        "\u202e",
    ):
        with pytest.raises(FolderError, match="There is no exercise"):
            folder.find(nothing)


def test_an_unknown_name_never_steers_the_screen_it_is_shown_on(folder):
    with pytest.raises(FolderError) as error:
        folder.find("\x1b[2J\u202ex\n")
    assert str(error.value).isprintable()


def test_what_to_continue_is_the_newest_that_is_not_over(folder):
    with pytest.raises(FolderError, match="no exercise to continue"):
        folder.newest_unfinished()
    keep(folder, "aaaaaa", 1)
    keep(folder, "bbbbbb", 0, "ended")
    assert folder.newest_unfinished() == "aaaaaa"


def test_deleting_leaves_nothing(folder):
    keep(folder, "aaaaaa")
    keep(folder, "bbbbbb")
    folder.delete("aaaaaa")
    assert {path.name for path in folder.exercises_path.iterdir()} == {
        "bbbbbb.exercise", "bbbbbb.lock",
    }  # fmt: skip
    with pytest.raises(FolderError, match="no exercise aaaaaa"):
        folder.delete("aaaaaa")


def test_a_broken_exercise_can_be_deleted(folder):
    keep(folder, "aaaaaa")
    (folder.exercises_path / "aaaaaa.exercise").write_bytes(b"broken")
    folder.delete("aaaaaa")
    assert list(folder.exercises_path.iterdir()) == []


def test_a_folder_that_cannot_be_used_is_said_in_one_sentence(tmp_path):
    file = tmp_path / "file"
    file.write_text("not a folder")
    for path in (file, Path("/proc/nowhere"), Path("/proc/self/environ")):
        folder = DataFolder(path)
        with pytest.raises(TabletopError) as error:
            keep(folder, "aaaaaa")
        assert str(path) in str(error.value)
        assert "--data" in str(error.value)
        assert "\n" not in str(error.value)
    with pytest.raises(FolderError, match="can't be used"):
        DataFolder(file).exercises()


def test_listing_imports_nothing_heavy(folder):
    keep(folder, "aaaaaa")
    program = (
        "import sys; from tabletop.conduct.folder import DataFolder;"
        "from tabletop.conduct.library import Library; Library();"
        f"print(len(DataFolder({str(folder.path)!r}).exercises()));"
        "print(sorted({'pydantic', 'yaml', 'transitions', 'textual', 'asyncio', 'filelock',"
        " 'platformdirs', 'tabletop.exercise.events', 'tabletop.exercise.record'}"
        " & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split("\n")[:2] == ["1", "[]"]

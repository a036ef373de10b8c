"""`tabletop new` as an author runs it: given everything, asked, interrupted, and in the way."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from select import select

import pytest
from command import Tabletop

PATIENCE = 20


def files(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(found)


WRITTEN = ["plays/as_planned.yaml", "scenario.schema.json", "scenario.yaml"]


def test_a_new_scenario_passes_its_check_and_its_play_script(
    tabletop: Tabletop, tmp_path: Path
) -> None:
    made = tabletop(
        "new", "--title", "The #1: door", "--roles", "detective:investigator", "--roles", "advocate"
    )
    assert (made.code, made.err) == (0, "")
    assert files(tmp_path / "the_1_door") == WRITTEN
    assert "tabletop play the_1_door" in made.out
    checked = tabletop("check", "the_1_door")
    assert (checked.code, checked.out.count("\n")) == (0, 1)
    assert tabletop("test", "the_1_door").code == 0
    assert '"detective"' in (tmp_path / "the_1_door" / "scenario.schema.json").read_text()


def test_without_a_terminal_nothing_is_asked(tabletop: Tabletop, tmp_path: Path) -> None:
    made = tabletop("new", typed="Another title\n")
    assert made.code == 0
    assert files(tmp_path / "a_first_draft") == WRITTEN


def test_what_is_there_stays_as_it_is(tabletop: Tabletop, tmp_path: Path) -> None:
    for name in ("folder", "file", "link"):
        path = tmp_path / name
        if name == "folder":
            path.mkdir()
        elif name == "file":
            path.write_text("mine")
        else:
            path.symlink_to("nowhere")
        said = tabletop("new", "--title", "T", "--roles", "advocate", "--folder", name)
        assert (said.code, said.out) == (2, "")
        assert said.err == (
            f"tabletop: {name} is there already, and stays as it is; name another folder.\n"
        )
    assert files(tmp_path / "folder") == []
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("file/below", "Not a directory"),
        ("f" * 300, "File name too long"),
        ("/proc/below", "No such file or directory"),
        (".", "is there already"),
    ],
)
def test_a_folder_that_can_not_be_made_is_one_sentence(
    tabletop: Tabletop, tmp_path: Path, folder: str, why: str
) -> None:
    (tmp_path / "file").write_text("mine")
    said = tabletop("new", "--title", "T", "--roles", "advocate", "--folder", folder)
    assert (said.code, said.out) == (2, "")
    assert why in said.err
    assert said.err.count("\n") == 1
    assert files(tmp_path) == ["file"]


def test_the_authors_own_words_are_checked_at_once(tabletop: Tabletop) -> None:
    said = tabletop("new", "--title", "The raid", "--roles", "counsel")
    assert said.code == 1
    assert "TT514" in said.out


def test_a_folder_called_like_a_scenario_that_came_along_is_the_one_that_is_played(
    tabletop: Tabletop,
) -> None:
    said = tabletop("new", "--title", "First Hour", "--roles", "counsel")
    assert "tabletop play ./first_hour " in said.out


class Asking:
    """The command at a terminal."""

    def __init__(self, tabletop: Tabletop, folder: Path, *arguments: str) -> None:
        self.leader, follower = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tabletop", "new", *arguments],
            stdin=follower, stdout=follower, stderr=follower, cwd=folder,
            env=tabletop.environment, start_new_session=True,
        )  # fmt: skip
        os.close(follower)
        self.said = ""

    def until(self, words: str) -> str:
        """Everything said, once these words were; the process may end with them."""
        while words not in self.said:
            assert select([self.leader], [], [], PATIENCE)[0], self.said
            try:
                self.said += os.read(self.leader, 65536).decode()
            except OSError:
                raise AssertionError(self.said) from None
        return self.said

    def answer(self, question: str, answer: str) -> None:
        self.until(question)
        self.said = ""
        os.write(self.leader, answer.encode() + b"\n")


@pytest.fixture
def asked(tabletop: Tabletop, tmp_path: Path) -> Iterator[Asking]:
    folder = tmp_path / "desk"
    folder.mkdir()
    asking = Asking(tabletop, folder)
    yield asking
    asking.process.kill()
    asking.process.wait()
    os.close(asking.leader)


def test_at_a_terminal_it_asks_until_an_answer_will_do(asked: Asking, tmp_path: Path) -> None:
    (tmp_path / "desk" / "taken").mkdir()
    asked.answer("What is it called?", "   ")
    asked.answer("What is it called?", "The Side Door")
    asked.answer("Who is at the table?", "1 5")
    asked.answer("Numbers from 1 to 4 please.", "clerk")
    asked.answer("is no kind of role", "2, 4 1")
    asked.answer("Into which new folder?", "taken")
    asked.answer("is there already", "")
    asked.until("tabletop play the_side_door")
    assert asked.process.wait(PATIENCE) == 0
    assert files(tmp_path / "desk") == [f"the_side_door/{name}" for name in WRITTEN]
    source = (tmp_path / "desk" / "the_side_door" / "scenario.yaml").read_text()
    assert source.index("  advocate:\n") < source.index("  counsel:\n")
    assert source.index("  counsel:\n") < source.index("  investigator:\n")


@pytest.mark.parametrize("way", ["interrupt", "end"])
def test_whoever_leaves_at_a_question_leaves_nothing_behind(
    asked: Asking, tmp_path: Path, way: str
) -> None:
    asked.answer("What is it called?", "The Side Door")
    asked.until("Who is at the table?")
    if way == "interrupt":
        asked.process.send_signal(signal.SIGINT)
    else:
        os.write(asked.leader, b"\x04")
    asked.until("Nothing was written.")
    assert asked.process.wait(PATIENCE) == 130
    assert list((tmp_path / "desk").iterdir()) == []

"""`tabletop check --watch` as a person runs it: in a process of its own, its output in a pipe."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select

import examples
import pytest

TERM = examples.FRAME.replace("title: The side door", "title: The raid", 1)
STUCK = examples.FRAME.replace(
    "      - to: waited", "      - {when: notice == on_call, to: waited}"
)
PATIENCE = 30


class Watching:
    """A watch that goes on, and what it has said so far."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process
        self.said = ""

    def until(self, pattern: str) -> str:
        """What was said up to a pattern, since the last time."""
        while (found := re.search(pattern, self.said)) is None:
            assert select([self.process.stdout], [], [], PATIENCE)[0], self.said
            more = self.process.stdout.read1().decode()
            assert more, self.said + self.process.stderr.read().decode()
            self.said += more
        told, self.said = self.said[: found.end()], self.said[found.end() :]
        return told


@contextmanager
def watching(tabletop, *arguments: str) -> Iterator[Watching]:
    tabletop.data.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", "check", "--watch", *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=tabletop.data.parent, env=tabletop.environment,
    )  # fmt: skip
    try:
        yield Watching(process)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "door.yaml"
    path.write_text(examples.FRAME, encoding="utf-8")
    return path


def save(path: Path, text: str) -> None:
    beside = path.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def test_each_save_tells_what_is_new_mended_and_left_until_it_is_interrupted(tabletop, path):
    with watching(tabletop, "door.yaml") as watch:
        first = watch.until("Left: .*\n")
        assert first.startswith("Watching door.yaml.\nCtrl-C ends.\n")
        assert re.search(r"\d\d:\d\d:\d\d  door.yaml: explored, \d+ situations\n", first)
        assert first.endswith("Left: nothing to mend\n")
        save(path, TERM)
        told = watch.until("Left: 1 warning\n.*\n")
        assert "New: door.yaml:3:12: warning[TT514]" in told
        assert "    3 | title: The raid\n" in told
        assert "Mended" not in told
        save(path, STUCK)
        told = watch.until("Left: 1 error\n.*\n")
        assert "Mended: door.yaml:3:12: TT514" in told
        assert "New: door.yaml:154:5: error[TT405]" in told
        assert "route: investigator: {choose: on_the_day" in told
        path.write_text("title: [", encoding="utf-8")
        told = watch.until("Left: 2 errors\n.*\n")
        assert "error[TT009]" in told
        assert "stands as it was" in told
        assert "\x1b" not in first + told
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(PATIENCE) == 130
        assert watch.process.stderr.read().strip() == b""


def test_a_reader_that_has_gone_ends_it_without_a_word(tabletop, path):
    with watching(tabletop, "--quick", "--format", "concise", "door.yaml") as watch:
        watch.until("Left: nothing to mend\n")
        watch.process.stdout.close()
        assert watch.process.wait(PATIENCE) == 0
        assert watch.process.stderr.read() == b""


@pytest.mark.parametrize("more", [["--json"], ["--format", "sarif"], ["--routes", "r"]])
def test_formats_for_programs_are_refused(tabletop, path, more):
    said = tabletop("check", str(path), "--watch", *more)
    assert said.code == 2
    assert "--watch tells people what changes" in said.err


def test_a_file_that_is_not_there_is_said_at_once(tabletop):
    said = tabletop("check", "--watch", "nowhere/scenario.yaml")
    assert (said.code, said.out) == (2, "")
    assert "There is no scenario at nowhere/scenario.yaml." in said.err

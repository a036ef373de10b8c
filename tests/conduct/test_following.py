"""Scenarios followed while they are saved, explored in a process of its own."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from threading import Event

import examples
import pytest
import shipped

from tabletop.authoring.check import check
from tabletop.conduct.certificate_file import beside
from tabletop.conduct.following import Failed, News, Played, Proved, Saved, follow, saved
from tabletop.conduct.proving import Prover, Question, Unproved
from tabletop.conduct.watching import Watch

FRAME = examples.FRAME
STUCK = FRAME.replace("      - to: waited", "      - {when: notice == on_call, to: waited}")
PLAY = "title: Looking\npeople: [investigator]\nsteps:\n  - expect: {scene: meeting}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(FRAME, encoding="utf-8")
    return path


def following(
    path: Path, told: Callable[[AsyncGenerator[News, None]], Awaitable[None]], **options: bool
) -> None:
    async def followed() -> None:
        async with aclosing(follow([path], **options)) as news:
            await told(news)

    asyncio.run(asyncio.wait_for(followed(), 60))


async def until(news: AsyncGenerator[News, None], kind: type) -> list[News]:
    """What is told up to the next of a kind."""
    seen = []
    async for each in news:
        seen.append(each)
        if isinstance(each, kind):
            return seen
    raise AssertionError(seen)


def codes(told: News) -> set[str]:
    assert isinstance(told, Saved | Proved)
    return {each.code for each in told.checked.findings}


def test_a_save_is_told_at_once_then_its_plays_and_what_exploring_finds(path: Path) -> None:
    (path.parent / "plays").mkdir()
    (path.parent / "plays" / "looking.yaml").write_text(PLAY, encoding="utf-8")

    async def told(news: AsyncGenerator[News, None]) -> None:
        first = await until(news, Proved)
        assert [type(each) for each in first] == [Saved, Played, Proved]
        path.write_text(STUCK, encoding="utf-8")
        read, plays, proved = await until(news, Proved)
        assert "TT405" not in codes(read)
        assert [play.passed for play in plays.plays] == [True]
        assert "TT405" in codes(proved)
        registry = shipped.guidance()
        here = check(saved(path).reading, registry)
        assert proved.checked.findings == here.findings, (
            "the other process finds what this one does"
        )

    following(path, told)


def test_a_newer_save_ends_the_exploration_of_the_one_before(path: Path) -> None:
    async def told(news: AsyncGenerator[News, None]) -> None:
        path.write_text(STUCK, encoding="utf-8")
        await until(news, Saved)
        path.write_text(FRAME, encoding="utf-8")
        await until(news, Saved)
        *_, proved = await until(news, Proved)
        assert "TT405" not in codes(proved)

    following(path, told)


def test_a_changed_play_is_run_again_and_nothing_else(path: Path) -> None:
    script = path.parent / "plays" / "looking.yaml"
    script.parent.mkdir()

    async def told(news: AsyncGenerator[News, None]) -> None:
        await until(news, Proved)
        script.write_text(PLAY.replace("meeting", "corridor"), encoding="utf-8")
        (failed,) = await until(news, Played)
        assert [play.passed for play in failed.plays] == [False]
        script.write_text(PLAY, encoding="utf-8")
        (passed,) = await until(news, Played)
        assert [play.passed for play in passed.plays] == [True]

    following(path, told)


def test_a_file_that_is_for_a_moment_missing_empty_or_half_written_is_not_told_of(
    path: Path, monkeypatch
) -> None:
    seen = Event()
    look = Watch.look

    def noted(watch: Watch) -> bool:
        changed = look(watch)
        if changed:
            seen.set()
        return changed

    monkeypatch.setattr(Watch, "look", noted)
    moments = (path.unlink, lambda: path.write_text(""), lambda: path.write_text("title: ["))

    async def told(news: AsyncGenerator[News, None]) -> None:
        await until(news, Saved)
        for moment in moments:
            seen.clear()
            moment()
            await asyncio.to_thread(seen.wait)
            path.write_text(STUCK, encoding="utf-8")
            (read,) = await until(news, Saved)
            assert read.playable
            path.write_text(FRAME, encoding="utf-8")
            await until(news, Saved)

    following(path, told, explore=False)


def test_a_file_that_stays_away_or_broken_is_told_of_and_followed_on(path: Path) -> None:
    async def told(news: AsyncGenerator[News, None]) -> None:
        await until(news, Saved)
        path.unlink()
        (gone,) = await until(news, Saved)
        assert gone.problem == f"There is no file {path}."
        path.write_bytes(b"title: \xff\n")
        (broken,) = await until(news, Saved)
        assert "TT001" in codes(broken)
        path.write_text(FRAME, encoding="utf-8")
        (again,) = await until(news, Saved)
        assert again.playable

    following(path, told, explore=False)


def test_a_certificate_is_followed_with_its_scenario(path: Path) -> None:
    async def told(news: AsyncGenerator[News, None]) -> None:
        await until(news, Saved)
        beside(path).write_text("{}", encoding="utf-8")
        (read,) = await until(news, Saved)
        assert any(code.startswith("TT7") for code in codes(read))
        beside(path).unlink()
        (read,) = await until(news, Saved)
        assert not codes(read)

    following(path, told, explore=False)


def test_a_process_that_was_ended_is_said_and_made_anew(path: Path) -> None:
    question = Question(path, "scenario.yaml", FRAME.encode())

    async def asked() -> None:
        prover = Prover()
        answers = prover.answers(question)
        assert type(await anext(answers)) is Played
        os.kill(prover._process.pid, signal.SIGKILL)
        with pytest.raises(Unproved, match="ended or ran out of memory"):
            await anext(answers)
        assert [type(each) async for each in prover.answers(question)] == [Played, Proved]
        process = prover._process
        await prover.close()
        assert process.returncode is not None

    asyncio.run(asyncio.wait_for(asked(), 60))


@pytest.mark.parametrize("left", [b"", b"\0\0\0", b"\0\0\0\0\0\0\0\x10half of it"])
def test_the_process_ends_when_whoever_asks_is_gone_amid_a_question(left: bytes) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from tabletop.conduct.proving import serve; serve()"],
        input=left, timeout=30, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert ended.returncode == 0


def test_an_exploration_that_came_to_no_end_is_told(path: Path, monkeypatch) -> None:
    async def fails(prover: Prover, question: Question) -> AsyncGenerator[News, None]:
        raise Unproved("It stopped.")
        yield

    monkeypatch.setattr(Prover, "answers", fails)

    async def told(news: AsyncGenerator[News, None]) -> None:
        assert (await until(news, Failed))[-1] == Failed(path, "It stopped.")

    following(path, told)

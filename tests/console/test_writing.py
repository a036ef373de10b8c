"""Choosing what to write on, and a new exercise, from the home screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import examples
import pytest
from support import SIZES, poor_contrast, screen_text, until, until_shown
from textual.pilot import Pilot

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.console.app import TabletopApp


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@asynccontextmanager
async def writing(place: Path, size: tuple[int, int] = SIZES[1]) -> AsyncIterator[Pilot[None]]:
    app = TabletopApp(Library(), DataFolder(place / "data"))
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "First Hour, about")
        while "▸ Write your own" not in screen_text(app):
            await pilot.press("down")
        await pilot.press("enter")
        await until_shown(pilot, "came along")
        yield pilot
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_exercise_is_written_and_opened_from_the_home_screen(
    place: Path, size: tuple[int, int]
) -> None:
    async with writing(place, size) as pilot:
        await pilot.press("enter")
        await until_shown(pilot, "Who is at the table?")
        assert not poor_contrast(pilot.app)
        await pilot.press(*"Nightly", "enter", "end", "space")
        await until_shown(pilot, "[x] counsel")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "[Outline]" if size != SIZES[-1] else "OUTLINE")
        await until_shown(pilot, "Nightly")
        assert "title: Nightly" in (place / "nightly" / "scenario.yaml").read_text()
        assert "victims_attorney" in (place / "nightly" / "scenario.yaml").read_text()


async def test_nothing_is_written_over_and_nothing_without_being_asked(place: Path) -> None:
    (place / "nightly").mkdir()
    async with writing(place) as pilot:
        await pilot.press("enter")
        await until_shown(pilot, "Who is at the table?")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "It needs a title and a folder.")
        await pilot.press(*"Nightly", "ctrl+s")
        await until_shown(pilot, "nightly is there already, and stays as it is")
        await pilot.press("escape")
        await until_shown(pilot, "came along")
        assert not list((place / "nightly").iterdir())
        assert not list(place.glob("*/scenario.yaml"))


async def test_scenarios_here_are_offered_and_any_other_may_be_named(place: Path) -> None:
    (place / "door.yaml").write_text(examples.FRAME, encoding="utf-8")
    (place / "notes.yaml").write_text("a: list of things\n", encoding="utf-8")
    (place / "torn").mkdir()
    (place / "torn" / "scenario.yaml").write_text("scenes: [", encoding="utf-8")
    async with writing(place) as pilot:
        shown = screen_text(pilot.app)
        assert "The side door" in shown
        assert "torn/scenario.yaml, has problems" in shown
        assert "notes" not in shown
        await pilot.press("tab", *"nowhere/x.yaml", "enter")
        await until_shown(pilot, "There is no scenario at nowhere/x.yaml.")
        await pilot.press("ctrl+u", *"torn", "enter")
        shown = await until_shown(pilot, "can't be read, shown as it was")
        assert "TT0" in shown or "Findings" in shown
        await pilot.press("escape")
        await until_shown(pilot, "Past exercises")

"""Past exercises: going on, the debrief, and deleting with a question before it."""

from datetime import UTC, datetime

import pytest
from support import (
    SIZES,
    FakeFolder,
    FakeLibrary,
    RecordingApp,
    poor_contrast,
    screen_text,
    summary,
    until,
    until_shown,
)

from tabletop.console import told
from tabletop.console.screens.problem import ProblemScreen


@pytest.fixture
def app(folder: FakeFolder) -> RecordingApp:
    folder.held = [
        summary("going"),
        summary("over", title="First Hour", status="ended", roles=("advocate", "counsel")),
        summary("broken", title="", problem="The record of broken ends in the middle."),
    ]
    return RecordingApp(FakeLibrary(), folder)


async def opened(pilot) -> None:  # type: ignore[no-untyped-def]
    await pilot.pause()
    pilot.app.open_past()
    await until_shown(pilot, "Kept in")
    await until_shown(pilot, "▸ Larkmoor Row")


async def test_each_says_when_who_and_how_far(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        shown = screen_text(app)
        assert "investigator · goes on at Separation, 40 min in" in shown
        assert "advocate and counsel · finished" in shown
        assert "can't be opened" in shown


@pytest.mark.parametrize(("presses", "asked"), [(0, ("resume", "going")), (1, ("debrief", "over"))])
async def test_enter_does_the_likely_thing(
    app: RecordingApp, presses: int, asked: tuple[str, str]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press(*["down"] * presses, "enter")
        await pilot.pause()
        assert app.asked == [asked]


async def test_a_broken_one_says_why(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, ProblemScreen))
        await until_shown(pilot, "ends in the middle")


async def test_deleting_asks_and_keeping_is_the_first_answer(
    app: RecordingApp, folder: FakeFolder
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("delete")
        await until_shown(pilot, "▸ Keep it")
        await pilot.press("enter")
        await until_shown(pilot, "Kept in")
        assert len(folder.held) == 3
        await pilot.press("delete")
        await until_shown(pilot, "▸ Keep it")
        await pilot.press("down", "enter")
        await until(pilot, lambda: len(folder.held) == 2)
        await until_shown(pilot, "▸ First Hour")
        assert "Larkmoor" not in screen_text(app)


async def test_nothing_played_is_said(folder: FakeFolder) -> None:
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.open_past()
        await until_shown(pilot, "Nothing has been played yet.")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
async def test_colours_read(app: RecordingApp, size: tuple[int, int], theme: str) -> None:
    async with app.run_test(size=size) as pilot:
        app.action_theme(theme)
        await opened(pilot)
        assert poor_contrast(app) == []
        assert "esc back" in screen_text(app)


def test_days_are_told_where_the_reader_is() -> None:
    now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    assert told.day("2026-11-22T07:05:00+00:00", now) == "today, 7:05"
    assert told.day("2026-11-21T23:30:00+00:00", now) == "yesterday, 23:30"
    assert told.day("2026-11-02T09:00:00+00:00", now) == "2026-11-02, 9:00"
    assert told.day("nonsense", now) == ""

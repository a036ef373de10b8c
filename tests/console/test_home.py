"""Home: the likeliest thing to do first, painted before anything heavy is imported."""

import subprocess
import sys
import textwrap
from pathlib import Path
from threading import Event

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

from tabletop.console.screens.how import HowScreen
from tabletop.console.screens.library import LibraryScreen
from tabletop.console.screens.past import PastScreen
from tabletop.console.screens.setup import SetupScreen
from tabletop.console.screens.writing import WritingScreen
from tabletop.console.start import Resume


async def test_someone_new_is_pointed_at_first_hour(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await until_shown(pilot, "First Hour, about 10 minutes")
        assert "▸ Play alone" in shown
        assert "Continue" not in shown
        assert "Host" not in shown
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SetupScreen))


async def test_two_presses_start_first_hour(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "First Hour, about 10 minutes")
        await pilot.press("enter")
        await until_shown(pilot, "▸ Start as Det. Okafor")
        await pilot.press("enter")
        await pilot.pause()
        assert app.asked == [("begin", "first_hour", ("investigator",), None, {})]


async def test_enter_works_before_the_library_is_known(folder: FakeFolder) -> None:
    pressed = Event()

    class Slow(FakeLibrary):
        def cards(self):  # type: ignore[no-untyped-def]
            assert pressed.wait(30)
            return super().cards()

    app = RecordingApp(Slow(), folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        pressed.set()
        await until_shown(pilot, "First Hour")


async def test_an_exercise_that_goes_on_comes_first(folder: FakeFolder) -> None:
    folder.held = [summary("late", status="ended"), summary("middle")]
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await until_shown(pilot, "▸ Continue")
        assert "Larkmoor Row, Separation, 40 min in" in shown
        await until_shown(pilot, "First Hour, about")
        await pilot.press("enter")
        await pilot.pause()
        assert app.asked == [("resume", "middle")]


async def test_the_marker_stays_where_someone_put_it(folder: FakeFolder) -> None:
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "First Hour, about")
        await pilot.press("down")
        folder.held = [summary()]
        app.screen.look()  # type: ignore[attr-defined]
        shown = await until_shown(pilot, "Continue")
        assert "▸ Library" in shown


async def test_who_has_played_everything_goes_to_the_library(folder: FakeFolder) -> None:
    folder.held = [
        summary(slug, scenario_name=slug, status="ended") for slug in ("first_hour", "larkmoor_row")
    ]
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "again, or in another role")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen))


@pytest.mark.parametrize(
    ("presses", "screen"),
    [(1, LibraryScreen), (2, PastScreen), (3, WritingScreen), (4, HowScreen)],
)
async def test_each_line_leads_somewhere_and_back(
    app: RecordingApp, presses: int, screen: type
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "First Hour, about")
        await pilot.press(*["down"] * presses, "enter")
        await until(pilot, lambda: isinstance(app.screen, screen))
        await pilot.press("escape")
        await until_shown(pilot, "Training, not legal advice")


@pytest.mark.parametrize("keys", [("q",), ("ctrl+q",), ("f10",), ("end", "enter")])
async def test_there_are_several_ways_to_quit(app: RecordingApp, keys: tuple[str, ...]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "First Hour, about")
        await pilot.press(*keys)
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 0


async def test_a_folder_that_cannot_be_used_is_one_sentence(folder: FakeFolder) -> None:
    folder.broken = "The data folder /x can't be used: Permission denied. Choose one with --data."
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Permission denied")
        assert "First Hour" in await until_shown(pilot, "First Hour, about")


async def test_home_waits_bare_below_what_was_asked_for_and_is_there_afterwards(
    folder: FakeFolder,
) -> None:
    app = RecordingApp(FakeLibrary(), folder, start=Resume("larkmoor-1"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.asked == [("resume", "larkmoor-1")])
        assert screen_text(app).strip() == ""
        app.open_library()
        await until_shown(pilot, "esc back")
        await pilot.press("escape")
        await until_shown(pilot, "▸ Play alone      First Hour, about")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
async def test_it_reads_well_at_every_size_in_every_theme(
    folder: FakeFolder, size: tuple[int, int], theme: str
) -> None:
    folder.held = [summary()]
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test(size=size) as pilot:
        app.action_theme(theme)
        await until_shown(pilot, "First Hour, about")
        shown = screen_text(app)
        for words in ("Continue", "Separation, 40 min in", "Quit", "Training", "f1 help", "q quit"):
            assert words in shown
        assert "…" not in shown
        await pilot.pause()
        assert poor_contrast(app) == []


def test_home_is_painted_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    """The painted lines are looked at in a fresh process, where nothing else imports."""
    program = textwrap.dedent(f"""
        import asyncio, sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from pathlib import Path
        from types import SimpleNamespace
        from tabletop.console.app import TabletopApp
        folder = SimpleNamespace(path=Path({str(tmp_path)!r}), exercises=lambda: ())
        library = SimpleNamespace(cards=lambda: ())
        async def main():
            app = TabletopApp(library, folder)
            async with app.run_test(size=(80, 24)) as pilot:
                strips = app.screen._compositor.render_strips()
                assert any("Play alone" in strip.text for strip in strips)
        asyncio.run(main())
        heavy = {{"pydantic", "transitions", "yaml", "sqlite3", "starlette", "jinja2",
                 "markdown_it", "tabletop.scenario.model", "tabletop.exercise.engine"}}
        print(sorted(heavy & set(sys.modules)))
    """)
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert ended.stdout.strip() == "[]", ended.stderr

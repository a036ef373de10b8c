"""The documents of an exercise, saved from the library and from a debrief."""

from pathlib import Path
from threading import Event

import pytest
from support import SIZES, poor_contrast, screen_text, until_shown
from textual.pilot import Pilot

from tabletop.conduct import solo
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.world import World
from tabletop.console.app import TabletopApp
from tabletop.console.screens.debrief import DebriefScreen
from tabletop.console.screens.papers import Kinds, PapersScreen
from tabletop.console.start import Debrief
from tabletop.debrief.documents.kinds import PLANNED, PLAYED
from tabletop.exercise import commands as c


@pytest.fixture
def app(tmp_path: Path) -> TabletopApp:
    """The app on the scenarios that came along."""
    return TabletopApp(Library(), DataFolder(tmp_path / "data"))


async def opened(pilot: Pilot[int]) -> PapersScreen:
    """The documents of the first scenario in the library."""
    await pilot.pause()
    pilot.app.open_library()  # type: ignore[attr-defined]
    await until_shown(pilot, "▸ First Hour")
    await pilot.press("d")
    await until_shown(pilot, "Documents: First Hour")
    screen = pilot.app.screen
    assert isinstance(screen, PapersScreen)
    return screen


async def test_every_kind_of_paper_is_offered_and_marked(app: TabletopApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        kinds = screen.query_one(Kinds)
        assert [option.id for option in kinds.options] == list(PLANNED)
        assert kinds.chosen == set(PLANNED)


async def test_what_is_marked_is_saved_and_said_to_be(app: TabletopApp, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "documents"
    folder.mkdir(parents=True)
    (folder / "about.yaml").write_text("venue: The library\nparameters: {agency: Quay Police}\n")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        screen.query_one(Kinds).focus()
        await pilot.press("down", "space", "f5")
        await until_shown(pilot, "Saved, ")
        assert "first_hour-situation-manual.html" in screen_text(app)
    saved = {path.name for path in folder.iterdir()} - {"about.yaml"}
    assert not any("-brief-" in name for name in saved)
    assert "first_hour-handbook.html" in saved
    assert "The library" in (folder / "first_hour-situation-manual.md").read_text()
    assert "Quay Police" in (folder / "first_hour-handbook.md").read_text()
    assert all((folder / name).stat().st_mode & 0o077 == 0 for name in saved)


@pytest.mark.parametrize(
    ("about", "said"),
    [("venu: here\n", "did you mean `venue`?"), (None, "can't be written")],
)
async def test_what_can_t_be_saved_is_said_and_leads_back(
    app: TabletopApp, tmp_path: Path, about: str | None, said: str
) -> None:
    folder = tmp_path / "data" / "documents"
    if about is None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.write_text("in the way")
    else:
        folder.mkdir(parents=True)
        (folder / "about.yaml").write_text(about)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("f5")
        await until_shown(pilot, said)
        await pilot.press("escape")
        await until_shown(pilot, "Documents: First Hour")
        await pilot.press("escape")
        await until_shown(pilot, "Library")


async def test_a_debrief_leads_to_the_papers_of_its_exercise_also_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed, built = Event(), DebriefScreen._built
    monkeypatch.setattr(DebriefScreen, "_built", lambda self: pressed.wait(20) and built(self))
    exercise = await solo.begin(
        Library(), DataFolder(tmp_path), "first_hour", ("investigator",), world=World.fixed(7)
    )
    connection = exercise.connection("investigator")
    await connection.submit(c.End())
    await connection.close()
    await exercise.close()
    app = TabletopApp(Library(), DataFolder(tmp_path), start=Debrief(exercise.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "Reading what was recorded")
        await pilot.press("f8")
        pressed.set()
        await until_shown(pilot, "Documents: First Hour")
        kinds = app.screen.query_one(Kinds)
        assert [option.id for option in kinds.options] == list(PLAYED)
        await pilot.press("f5")
        await until_shown(pilot, "Saved, ")
    saved = {path.name for path in (tmp_path / "documents").iterdir()}
    assert f"first_hour-{exercise.id}-after-action-report.html" in saved


@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_every_window_and_can_be_read(
    app: TabletopApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        shown = screen_text(app)
        assert "Save as Markdown and HTML" in shown
        assert "esc back" in shown
        assert not poor_contrast(app)

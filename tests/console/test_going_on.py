"""Going on with an exercise whose scenario has changed since: asked on a page of its own."""

from pathlib import Path

import pytest
from support import SIZES, poor_contrast, screen_text, until, until_shown

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.solo import begin
from tabletop.console.app import TabletopApp
from tabletop.console.start import Resume

FIRST_HOUR = Path(__file__).parents[2] / "scenarios" / "first_hour" / "scenario.yaml"


async def begun(tmp_path: Path, old: str, new: str) -> TabletopApp:
    """An app that is to resume an exercise whose scenario was edited since."""
    path = tmp_path / "night" / "scenario.yaml"
    path.parent.mkdir()
    text = FIRST_HOUR.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    folder = DataFolder(tmp_path / "data")
    exercise = await begin(Library(), folder, str(path), ["investigator"], seed=1)
    await exercise.close()
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return TabletopApp(Library(), folder, start=Resume(exercise.id))


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_asked_and_going_back_is_the_first_answer(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = await begun(tmp_path, "vc: 2", "vc: 1")
    async with app.run_test(size=size) as pilot:
        shown = await until_shown(pilot, "▸   Go back")
        assert "The scenario has changed" in shown
        assert "Marks:" in shown
        assert "vc" not in shown.split()
        assert not poor_contrast(app)
        await pilot.press("enter")
        await until_shown(pilot, "▸ Continue")
        await pilot.press("enter")
        await until_shown(pilot, "▸   Go back")
        await pilot.press("down", "enter")
        await until_shown(pilot, "▸ Begin")
        await until(pilot, lambda: "The scenario has changed" not in screen_text(app))


async def test_another_wording_is_said_and_it_goes_on(tmp_path: Path) -> None:
    app = await begun(tmp_path, "A neighbor has reported", "Someone has reported")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until_shown(pilot, "▸ Begin")
        await until_shown(pilot, "First Hour has changed")

"""The real thing: from a fresh folder to the first decision, and on again after quitting."""

from pathlib import Path

import pytest
from support import SIZES, screen_text, until, until_shown

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.console.app import TabletopApp


@pytest.mark.parametrize("size", SIZES)
async def test_someone_new_meets_the_first_decision_within_four_presses(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = TabletopApp(Library(), DataFolder(tmp_path))
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "First Hour, about 10 minutes")
        await pilot.press("enter")
        await until_shown(pilot, "▸ Start as")
        await pilot.press("enter")
        await until_shown(pilot, "▸ Begin")
        await pilot.press("enter")
        await until_shown(pilot, "YOUR DECISION")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 0
    again = TabletopApp(Library(), DataFolder(tmp_path))
    async with again.run_test(size=size) as pilot:
        await until_shown(pilot, "▸ Continue        First Hour")
        await pilot.press("enter")
        await until_shown(pilot, "f1 help")
        await until(pilot, lambda: "Training, not legal advice" not in screen_text(again))

"""The library says what there is to know before anything starts."""

import pytest
from support import (
    SIZES,
    FakeCard,
    FakeFolder,
    FakeLibrary,
    FakeRole,
    RecordingApp,
    poor_contrast,
    screen_text,
    summary,
    until,
    until_shown,
)

from tabletop.console.screens.problem import ProblemScreen
from tabletop.console.screens.setup import SetupScreen


async def opened(pilot) -> None:  # type: ignore[no-untyped-def]
    await pilot.pause()
    pilot.app.open_library()
    await until_shown(pilot, "First Hour")


async def test_the_one_in_focus_is_told_about(folder: FakeFolder) -> None:
    folder.held = [summary()]
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot)
        shown = await until_shown(pilot, "A patrol finds six people")
        assert "about 10 minutes · not played yet" in shown
        assert "about 25 minutes · played" in shown
        assert "without violence shown" in shown
        await pilot.press("down")
        shown = await until_shown(pilot, "25 minutes alone, 90 in a group")
        assert "Mei Tran  victims' counsel" in shown
        assert "Threats against a family are told of." in shown


async def test_enter_goes_on_to_the_roles(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SetupScreen))
        await until_shown(pilot, "Start as")


async def test_a_broken_scenario_says_why_and_does_not_start(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("end")
        await until_shown(pilot, "nothing is called `strat`")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProblemScreen))
        await until_shown(pilot, "scenario.yaml:3:1")
        await pilot.press("enter")
        await until_shown(pilot, "Library")
        assert app.asked == []


async def test_an_empty_library_says_so(folder: FakeFolder) -> None:
    app = RecordingApp(FakeLibrary(()), folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.open_library()
        await until_shown(pilot, "There is no exercise here.")


async def test_text_of_authors_is_never_obeyed(folder: FakeFolder) -> None:
    hostile = FakeCard(
        "hostile",
        "[@click=app.quit]Title[/] [/b]",
        "[red]Summary \x1b]52;c;aGk=\x07\u202e",
        10,
        themes=(("x", "[b]note"),),
        roles=(FakeRole("one", "[blink]Name", line="[/]line"),),
    )
    app = RecordingApp(FakeLibrary((hostile,)), folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.open_library()
        shown = await until_shown(pilot, "[red]Summary")
        assert "[@click=app.quit]Title[/] [/b]" in shown
        assert "[blink]Name" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        await pilot.press("enter")
        await until_shown(pilot, "▸ Start as [blink]Name")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
async def test_long_text_scrolls_and_colours_read(
    app: RecordingApp, size: tuple[int, int], theme: str
) -> None:
    async with app.run_test(size=size) as pilot:
        app.action_theme(theme)
        await opened(pilot)
        await pilot.press("down")
        await until_shown(pilot, "25 minutes alone")
        assert poor_contrast(app) == []
        seen = screen_text(app)
        for _ in range(6):
            await pilot.press("pagedown")
            await pilot.pause()
            seen += screen_text(app)
        assert "Threats against a family" in seen
        assert "esc back" in screen_text(app)

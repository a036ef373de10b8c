"""Setup: content and ground rules before anything starts, one role or several, and a start."""

import pytest
from support import (
    SIZES,
    FakeFolder,
    FakeLibrary,
    RecordingApp,
    poor_contrast,
    screen_text,
    until,
    until_shown,
)

from tabletop.console.screens.base import explanation
from tabletop.console.screens.problem import ProblemScreen
from tabletop.console.start import Play


async def opened(pilot, ref: str = "larkmoor_row") -> None:  # type: ignore[no-untyped-def]
    await pilot.pause()
    pilot.app.open_setup(ref)
    await until_shown(pilot, "▸ Start as")


async def test_content_is_told_before_the_roles(app: RecordingApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot)
        shown = " ".join(screen_text(app).split())
        assert "A planned action" in shown
        assert "What it contains" in shown
        assert "Threats against a family" in shown


async def test_the_whole_page_can_be_read(app: RecordingApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        shown = screen_text(app)
        for words in (
            "25 minutes alone, 90 in a group",
            "[x] Det. Okafor, lead investigator  law enforcement",
            "You have worked this case for five months.",
            "[ ] Mei Tran  victims' counsel · joins later, with Separation",
            "There are no right answers on the spot",
            "Pause or step out whenever you like",
            "recorded on this computer",
            "[ ] Labor exploitation",
            "[ ] Coercion",
            "f5 start",
        ):
            assert words in shown


async def test_enter_on_a_role_chooses_it_alone_and_offers_to_start(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        app.screen.query_one("#cast").focus()
        await pilot.press("down", "enter")
        await until_shown(pilot, "▸ Start as Ines Duarte")
        await pilot.press("enter")
        await pilot.pause()
        assert app.asked == [("begin", "larkmoor_row", ("advocate",), None, {})]


async def test_space_adds_roles_for_one_keyboard(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        app.screen.query_one("#cast").focus()
        await pilot.press("end", "space")
        await until_shown(pilot, "Start as Det. Okafor and Mei Tran")
        await pilot.press("f5")
        await pilot.pause()
        assert app.asked == [("begin", "larkmoor_row", ("investigator", "counsel"), None, {})]


async def test_one_role_is_always_chosen(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        app.screen.query_one("#cast").focus()
        await pilot.press("home", "space", "space")
        await until_shown(pilot, "Start as Det. Okafor")


async def test_themes_can_be_left_out(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot)
        app.screen.query_one("#skips").focus()
        await pilot.press("down", "space", "f5")
        await pilot.pause()
        assert app.asked[0][-1] == {"investigator": ("coercion",)}


async def test_roles_and_seed_can_be_given_at_the_start(folder: FakeFolder) -> None:
    app = RecordingApp(FakeLibrary(), folder, start=Play("larkmoor_row", ("prosecutor",), 7))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "▸ Start as ADA Vaughn")
        await pilot.press("enter")
        await pilot.pause()
        assert app.asked == [("begin", "larkmoor_row", ("prosecutor",), 7, {})]


async def test_a_scenario_that_is_not_there_is_one_sentence(folder: FakeFolder) -> None:
    app = RecordingApp(FakeLibrary(), folder, start=Play("larkmor_row"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ProblemScreen))
        await until_shown(pilot, "There is no scenario larkmor_row")
        await pilot.press("escape")
        await until_shown(pilot, "Play alone")


async def test_help_is_for_what_is_in_focus(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot)
        app.screen.query_one("#cast").focus()
        await pilot.pause()
        assert "a curtain falls" in explanation(app.screen)
        app.screen.query_one("#skips").focus()
        await pilot.pause()
        await pilot.press("f1")
        shown = await until_shown(pilot, "Keys on this screen")
        assert "told in a few plain words" in shown
        assert "f5, ctrl+s" in shown


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
async def test_it_reads_well_at_every_size_in_every_theme(
    app: RecordingApp, size: tuple[int, int], theme: str
) -> None:
    async with app.run_test(size=size) as pilot:
        app.action_theme(theme)
        await opened(pilot)
        await pilot.pause()
        assert poor_contrast(app) == []
        shown = screen_text(app)
        assert "f1 help" in shown
        assert "esc back" in shown
        seen = shown
        for _ in range(4):
            await pilot.press("pagedown")
            await pilot.pause()
            seen += screen_text(app)
        for words in ("Mei Tran", "Coercion", "nowhere else"):
            assert words in seen

"""The debrief on a terminal: its order, what it keeps, and what it leaves alone."""

import asyncio
import re
import shutil
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import SIZES, poor_contrast, screen_text, until, until_shown
from textual.pilot import Pilot

from tabletop.conduct import solo
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.world import World
from tabletop.console.app import TabletopApp
from tabletop.console.screens.debrief import DebriefScreen
from tabletop.console.screens.document import DocumentScreen
from tabletop.console.screens.home import HomeScreen
from tabletop.console.screens.problem import ProblemScreen
from tabletop.console.screens.setup import SetupScreen
from tabletop.console.screens.what_if import WhatIfScreen
from tabletop.console.start import Debrief
from tabletop.console.widgets.answers import Answers
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.debrief_ways import Ways
from tabletop.console.widgets.debrief_words import Words
from tabletop.console.widgets.footer import Footer
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.played import played
from tabletop.debrief.documents.what_if import alternative, answers
from tabletop.debrief.report import build
from tabletop.exercise import commands as c

TITLES = (
    "How was that?",
    "1 of 12 · What happened",
    "2 of 12 · Who knew what, when",
    "3 of 12 · What went well",
    "4 of 12 · The widest gaps",
    "5 of 12 · Decisions that mattered most",
    "6 of 12 · Where the two axes pulled apart",
    "7 of 12 · How it came about",
    "8 of 12 · What to keep, what to change",
    "9 of 12 · Bands and critical acts",
    "10 of 12 · What could still have come",
    "11 of 12 · Agreement and sureness",
    "12 of 12 · Closing",
)
NUMBERS = re.compile(r"[+−]\s?[\d½]|\d\s?%|\b(?:score|total)\b", re.IGNORECASE)


async def play(folder: Path, roles: tuple[str, ...], *, over: bool = True) -> str:
    """An exercise of First Hour in which everyone takes the last option."""
    exercise = await solo.begin(
        Library(), DataFolder(folder), "first_hour", roles, world=World.fixed(7)
    )
    state: Any = None
    while True:
        await exercise.quiet()
        state = exercise._room.state
        command: tuple[str, c.Command] | None = None
        for role in roles:
            legal = exercise.engine.legal(state, role)
            commits = [
                each
                for each in legal
                if isinstance(each, c.Commit) and role not in state.decisions[each.decision].answers
            ]
            if commits:
                command = role, replace(commits[-1], reason="it seemed right [/b]", confidence=2)
                break
            if c.Advance() in legal:
                command = role, c.Advance()
        if command is None or (not over and isinstance(command[1], c.Advance)):
            break
        await exercise.connection(command[0]).submit(command[1])
    await asyncio.sleep(0.01)
    await exercise.close()
    return exercise.id


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[Path, str]]:
    """Data folders with one finished exercise each, by the roles people played."""
    found = {}
    for roles in (("investigator",), ("investigator", "advocate")):
        path = tmp_path_factory.mktemp("_".join(roles))
        found[roles] = path, asyncio.run(play(path, roles))
    return found


@pytest.fixture
def finished(stock: Any, tmp_path: Path) -> tuple[TabletopApp, DataFolder, str]:
    """An app that opens with the debrief of a finished exercise."""
    return opened(stock, tmp_path, ("investigator",))


def opened(
    stock: Any, tmp_path: Path, roles: tuple[str, ...]
) -> tuple[TabletopApp, DataFolder, str]:
    path, id = stock[roles]
    shutil.copytree(path, tmp_path / "data")
    folder = DataFolder(tmp_path / "data")
    return TabletopApp(Library(), folder, start=Debrief(id)), folder, id


async def first_page(pilot: Pilot[Any]) -> DebriefScreen:
    await until_shown(pilot, "What stays with you?")
    await until(pilot, lambda: isinstance(pilot.app.focused, Words))
    assert isinstance(pilot.app.screen, DebriefScreen)
    return pilot.app.screen


async def go_to(pilot: Pilot[Any], number: int) -> str:
    """Turns to a page and gives everything on it, scrolled through."""
    screen = pilot.app.screen
    assert isinstance(screen, DebriefScreen)
    while screen.at < number:
        await pilot.press("f9")
        await until_shown(pilot, TITLES[screen.at])
    wanted = Ways if number == 12 else (Words if number in (0, 8) else None)
    await until(pilot, lambda: wanted is None or isinstance(pilot.app.focused, wanted))
    return screen_text(pilot.app)


async def whole_page(pilot: Pilot[Any]) -> str:
    """Everything on a page, a screenful at a time."""
    seen = ""
    while True:
        await pilot.pause()
        shown = screen_text(pilot.app)
        if shown in seen:
            return seen
        seen += shown
        await pilot.press("ctrl+f")


def kept(folder: DataFolder, id: str, prompt: c.Prompt) -> list[tuple[str, str | None]]:
    """What lies in the record for a prompt."""
    return [(each.who.id, each.text) for each in build(folder.record(id)).written(prompt)]


@pytest.mark.parametrize("size", SIZES)
async def test_pages_come_one_by_one_and_numbers_only_near_the_end(
    finished: Any, size: tuple[int, int]
) -> None:
    app, _, _ = finished
    async with app.run_test(size=size) as pilot:
        await first_page(pilot)
        assert "The widest" not in screen_text(app)
        for number, title in enumerate(TITLES):
            shown = await go_to(pilot, number)
            assert title in shown
            assert not poor_contrast(app)
            if number not in (0, 8, 12):
                shown = await whole_page(pilot)
            if number < 9:
                assert not NUMBERS.search(shown), NUMBERS.search(shown)
            for line in shown.split("\n"):
                assert len(line) <= size[0]
            if number == 9:
                assert "Strong: at least 70 %" in re.sub(r"\s+", " ", shown)


async def test_the_first_page_asks_before_anything_is_shown(finished: Any) -> None:
    app, _, _ = finished
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        shown = screen_text(app)
        for word in ("Chosen", "guidance", "minute", "gap", "depot"):
            assert word not in shown


async def test_what_is_written_is_kept_through_the_player_s_own_line(finished: Any) -> None:
    app, folder, id = finished
    before = len(folder.record(id).entries)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await first_page(pilot)
        await pilot.press(*"It was [b]long", "tab", "enter")
        await until_shown(pilot, TITLES[1])
        await until(pilot, lambda: screen.reflections and screen.reflections._open)
        await go_to(pilot, 8)
        await pilot.press(*"Ask first")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await until(pilot, lambda: len(folder.record(id).entries) == before + 2)
    assert kept(folder, id, "reaction") == [("investigator", "It was [b]long")]
    assert kept(folder, id, "plus") == [("investigator", "Ask first")]
    assert solo.verify(folder, id).sound


async def test_quitting_keeps_the_words_being_written(finished: Any) -> None:
    app, folder, id = finished
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        await pilot.press(*"half a thou")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)
    assert kept(folder, id, "reaction") == [("investigator", "half a thou")]
    assert not [each for each in folder.exercises() if each.problem]


async def test_reading_alone_changes_nothing(finished: Any) -> None:
    app, folder, id = finished
    before = folder.stored(id)
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        await go_to(pilot, 12)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    assert folder.stored(id) == before


async def test_words_written_before_stand_there_again(finished: Any) -> None:
    app, folder, id = finished
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        await pilot.press(*"tense", "f9")
        await until(pilot, lambda: kept(folder, id, "reaction"))
        await pilot.press("left")
        await until_shown(pilot, "tense")
    again = TabletopApp(Library(), folder, start=Debrief(id))
    async with again.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        await until_shown(pilot, "tense")


async def test_where_it_is_open_elsewhere_the_debrief_still_reads(finished: Any) -> None:
    app, folder, id = finished
    held = folder.open(id)
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await first_page(pilot)
            await pilot.press(*"tense", "f9")
            await until_shown(pilot, TITLES[1])
            await until(pilot, lambda: screen.reflections and screen.reflections.problem)
            assert app._notifications
    finally:
        held.close()


async def test_everyone_at_the_keyboard_has_a_place_to_write(stock: Any, tmp_path: Path) -> None:
    app, folder, id = opened(stock, tmp_path, ("investigator", "advocate"))
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        shown = screen_text(app)
        assert "Investigator" in shown
        assert "Advocate" in shown
        await pilot.press(*"one", "tab", *"two", "f9")
        await until(pilot, lambda: len(kept(folder, id, "reaction")) == 2)
    assert kept(folder, id, "reaction") == [("investigator", "one"), ("advocate", "two")]


async def test_saving_writes_both_documents_and_says_where(finished: Any) -> None:
    app, folder, id = finished
    async with app.run_test(size=(120, 40)) as pilot:
        await first_page(pilot)
        await pilot.press(*"tense")
        await go_to(pilot, 12)
        await pilot.press("enter")
        shown = await until_shown(pilot, "Saved:")
        # How the path is broken into lines depends on where the tests keep their files.
        assert f"first_hour-{id}-debrief.md" in "".join(shown.split())
    saved = sorted((folder.path / "debriefs").iterdir())
    assert [path.suffix for path in saved] == [".html", ".md"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in saved)
    assert "tense" in saved[0].read_text(encoding="utf-8")
    assert "tense" in saved[1].read_text(encoding="utf-8")


async def test_a_folder_that_cannot_be_written_is_one_sentence(finished: Any) -> None:
    app, folder, _ = finished
    (folder.path / "debriefs").write_text("in the way", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        await pilot.press("f6")
        await until_shown(pilot, "can't be written")
        await pilot.press("escape")
        await first_page(pilot)


async def test_it_can_be_played_again_as_another_role(finished: Any) -> None:
    app, _, _ = finished
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        shown = await go_to(pilot, 12)
        assert "Play it again as the advocate, Noor Haddad" in shown
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, SetupScreen))
        await until_shown(pilot, "Start as Noor Haddad")


async def test_the_end_leads_home(finished: Any) -> None:
    app, _, _ = finished
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        await go_to(pilot, 12)
        await pilot.press("down", "down", "down", "down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_the_debrief_ends_with_one_thing_and_its_guidance(finished: Any) -> None:
    app, _, _ = finished
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        shown = re.sub(r"\s+", " ", await go_to(pilot, 12))
        assert "One thing to do differently" in shown
        assert "read in" in shown


async def test_an_exercise_that_is_not_over_keeps_its_secrets(tmp_path: Path) -> None:
    id = await play(tmp_path, ("investigator",), over=False)
    app = TabletopApp(Library(), DataFolder(tmp_path), start=Debrief(id))
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await until_shown(pilot, "is not over yet")
        assert "What stays with you?" not in shown
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_an_unknown_exercise_is_one_sentence(tmp_path: Path) -> None:
    app = TabletopApp(Library(), DataFolder(tmp_path), start=Debrief("nowhere"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "nowhere")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_a_page_is_set_again_for_the_room_there_is(finished: Any) -> None:
    app, _, _ = finished
    async with app.run_test(size=(120, 40)) as pilot:
        await first_page(pilot)
        await go_to(pilot, 4)
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: max(map(len, screen_text(app).split("\n"))) <= 60)
        await until_shown(pilot, TITLES[4])


async def at_what_if(pilot: Pilot[Any]) -> WhatIfScreen:
    """The decisions with what else was open, from the page of bands."""
    await first_page(pilot)
    await go_to(pilot, 9)
    await pilot.press("f4")
    await until_shown(pilot, "At which decision")
    await until(pilot, lambda: isinstance(pilot.app.focused, Choices))
    assert isinstance(pilot.app.screen, WhatIfScreen)
    return pilot.app.screen


@pytest.mark.parametrize("size", SIZES)
async def test_another_answer_is_played_forward_and_leads_back(
    finished: Any, size: tuple[int, int]
) -> None:
    app, folder, id = finished
    before = folder.stored(id)
    record = played(folder.record(id))
    first, second = answers(record)[:2]
    async with app.run_test(size=size) as pilot:
        screen = await at_what_if(pilot)
        assert len(screen.query_one(Choices).options) == len(answers(record))
        assert not poor_contrast(app)
        assert len(app.screen.query_one(Footer).hints()) <= 6
        await pilot.press("question_mark")
        await until_shown(pilot, "Enter on a decision")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Answers))
        assert not poor_contrast(app)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen))
        await until_shown(pilot, f"What if: {record.report.notice.title}")
        assert app.screen.document.pages == alternative(record, first.others[0][0]).pages
        assert not poor_contrast(app)
        shown = await whole_page(pilot)
        assert all(len(line) <= size[0] for line in shown.split("\n"))
        for word in (first.decision, "What happened", "the same", "Ending", "discoverable"):
            assert word in shown
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.focused, Choices))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.focused, Answers))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen))
        assert app.screen.document.pages == alternative(record, second.others[1][0]).pages
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.focused, Choices))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Answers))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("escape")
        await until_shown(pilot, TITLES[9])
    assert folder.stored(id) == before


async def test_no_other_answer_is_played_before_the_page_of_bands(finished: Any) -> None:
    app, _, _ = finished
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await first_page(pilot)
        for number in range(9):
            await go_to(pilot, number)
            await pilot.press("f4")
            assert app.screen is screen
            assert not [name for name, _, _ in screen.commands() if name == "What if"]


async def test_another_answer_is_worked_out_away_from_the_screen(
    finished: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _, _ = finished
    begun, go_on = threading.Event(), threading.Event()

    def slow(*given: Any) -> Document:
        begun.set()
        go_on.wait()
        return alternative(*given)

    monkeypatch.setattr("tabletop.debrief.documents.what_if.alternative", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_what_if(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Answers))
        await pilot.press("down", "enter")
        try:
            await until(pilot, begun.is_set)
            await until_shown(pilot, "Working it out")
            assert screen.query_one(Choices).disabled
        finally:
            go_on.set()
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen))


async def test_the_last_page_offers_another_answer(finished: Any) -> None:
    app, _, _ = finished
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        await go_to(pilot, 12)
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, WhatIfScreen))


async def test_a_record_that_is_gone_is_one_sentence(finished: Any) -> None:
    app, folder, id = finished
    async with app.run_test(size=(80, 24)) as pilot:
        await first_page(pilot)
        await go_to(pilot, 9)
        solo.delete(folder, id)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, ProblemScreen))
        assert id in screen_text(app)
        await pilot.press("escape")
        await until_shown(pilot, TITLES[9])

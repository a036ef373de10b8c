"""The author's workbench on real files, followed and explored for real."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import examples
import pytest
from support import SIZES, poor_contrast, screen_text, until, until_shown
from textual.pilot import Pilot

from tabletop.conduct.asking import Questions
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.proving import Question
from tabletop.console.app import TabletopApp
from tabletop.console.screens.author import AuthorScreen
from tabletop.console.screens.exercise import ExerciseScreen
from tabletop.console.start import Author

STUCK = examples.FRAME.replace(
    "      - to: waited", "      - {when: notice == on_call, to: waited}"
)
WIDE = SIZES[-1]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "door.yaml"
    path.write_text(examples.FRAME, encoding="utf-8")
    return path


@asynccontextmanager
async def workbench(path: Path, size: tuple[int, int] = WIDE) -> AsyncIterator[Pilot[None]]:
    app = TabletopApp(Library(), DataFolder(path.parent / "data"), start=Author(path))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, AuthorScreen))
        await until(pilot, lambda: app.screen.bench is not None)
        yield pilot
        # The process that explores ends with the screen that asked it.
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


async def explored(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    await until(pilot, lambda: screen.bench.report and screen.bench.counted is screen.bench.saved)


def pointed(pilot: Pilot[None]) -> str:
    """What stands on the line with the marker."""
    text = screen_text(pilot.app)
    return next(line for line in text.split("\n") if line.startswith("▸"))[1:48].strip("▸│ ")


async def test_one_looks_at_a_place_with_the_eyes_of_each_role_and_marks_stand_apart(
    path: Path,
) -> None:
    async with workbench(path) as pilot:
        await explored(pilot)
        await pilot.press("down", "down")
        shown = await until_shown(pilot, "What do you tell the provider about Thursday?")
        assert pointed(pilot) == "? notice  investigator"
        assert "[investigator]" in shown
        assert "Tell her the day, a number, and the languages." in shown
        assert "Nothing can leak" not in shown
        assert "VC" not in shown
        await pilot.press("r")
        shown = await until_shown(pilot, "[advocate]")
        assert "Your program has three beds until Sunday and no more." in shown
        assert "What do you tell the provider" not in shown
        await pilot.press("m")
        shown = await until_shown(pilot, "Nothing can leak, and nothing can be ready.")
        assert "VC −2, CI 0" in shown
        assert "advance_notice_to_providers" in shown

        # A save shows at once, and the same place stays pointed at.
        above = "  early:\n    narration: Earlier.\n    next: meeting\n"
        text = examples.FRAME.replace("scenes:\n", f"scenes:\n{above}", 1)
        path.write_text(text.replace("nothing can be ready", "nobody is ready"), encoding="utf-8")
        shown = await until_shown(pilot, "Nothing can leak, and nobody is ready.")
        assert "    early" in shown
        assert pointed(pilot) == "? notice  investigator"
        await until_shown(pilot, "! TT315 39: new: nothing leads to the")


async def test_a_finding_leads_to_its_page_and_by_its_route_to_the_exercise_and_back(
    path: Path,
) -> None:
    path.write_text(STUCK, encoding="utf-8")
    async with workbench(path) as pilot:
        await explored(pilot)
        await pilot.press("f")
        shown = await until_shown(pilot, "TT405: A situation from which the exercise cannot end")
        assert "error TT405" in shown
        assert "investigator: {choose: on_the_day" in shown
        assert "  154 |     next:" in shown
        await pilot.press("s")
        await until_shown(pilot, "corridor of the courthouse")
        await pilot.press("p")
        shown = await until_shown(pilot, "a try, not kept")
        assert isinstance(pilot.app.screen, ExerciseScreen)
        assert "corridor of the courthouse" in shown
        scratch = pilot.app.screen_stack[1].scratch
        assert len(scratch.exercises()) == 1

        # Every role is the author's: no curtain comes between.
        await pilot.press("ctrl+g")
        await until_shown(pilot, "no curtain comes between")
        await pilot.press("home", "enter")
        await until_shown(pilot, "advocate · Ms. Ortiz")
        await pilot.press("escape")
        await until_shown(pilot, "nothing of it is kept")
        await pilot.press("down", "enter")
        shown = await until_shown(pilot, "[View]")
        assert "corridor of the courthouse" in shown
        assert not pilot.app.folder.exercises()

        await pilot.press("m")
        await until_shown(pilot, "error TT405")
        path.write_text(examples.FRAME, encoding="utf-8")
        await until_shown(pilot, "Mended: this is not found any more.")
        assert "Nothing to mend." in screen_text(pilot.app)
    assert not scratch.path.exists()


async def test_what_a_save_cannot_tell_stays_as_it_was_and_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench(path) as pilot:
        await explored(pilot)
        await pilot.press("n")
        shown = await until_shown(pilot, "with everyone a person")
        assert "earlier save" not in shown
        path.write_text(examples.FRAME.replace("scenes:", "scenes: [", 1), encoding="utf-8")
        shown = await until_shown(pilot, "can't be read, shown as it was")
        assert "    meeting  5 min" in shown
        assert "This is the save before." in shown
        assert "TT009" in shown
        assert "with everyone a person" in shown
        path.unlink()
        await until_shown(pilot, "There is no file")
        held: list[tuple[Questions, Question]] = []
        with monkeypatch.context() as patched:
            patched.setattr(Questions, "ask", lambda *asked: held.append(asked))
            path.write_text(STUCK, encoding="utf-8")
            shown = await until_shown(pilot, "These are the numbers of an earlier save.")
            assert "exploring …" in shown
            assert "nothing leads on" not in shown
            await until(pilot, lambda: held)
        for questions, question in held:
            questions.ask(question)
        shown = await until_shown(pilot, "nothing leads on")
        assert "save before" not in shown
        assert "earlier save" not in shown


async def test_keys_pressed_at_once_after_each_other_are_heard_in_order(path: Path) -> None:
    async with workbench(path, SIZES[1]) as pilot:
        await explored(pilot)
        for key in ("down", "down", "m"):
            pilot.app.simulate_key(key)
        await until_shown(pilot, "Nothing can leak, and nothing can be ready.")
        for key in ("o", "up", "f", "o", "down", "s"):
            pilot.app.simulate_key(key)
        await until_shown(pilot, "about Thursday?")


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_is_reached_by_keys_and_left_again_at_every_size(
    path: Path, size: tuple[int, int]
) -> None:
    path.write_text(STUCK, encoding="utf-8")
    pages = {
        "g": "scenes, 2 endings",
        "n": "with everyone a person",
        "s": "[investigator]",
        "m": "A visit to a workplace",
        "f": "TT405",
        "o": "meeting",
    }
    async with workbench(path, size) as pilot:
        await explored(pilot)
        for key, text in pages.items():
            await pilot.press(key)
            await until_shown(pilot, text)
            assert not poor_contrast(pilot.app)
            assert len(pilot.app.screen.query_one("Footer").hints()) <= 6
        await pilot.press("right_square_bracket")
        await until_shown(pilot, "[Map]" if size == WIDE else "[Findings]")
        await pilot.press("question_mark")
        await until_shown(pilot, "Keys on this screen")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, AuthorScreen))
        await pilot.press("g", "o", "escape")
        await until_shown(pilot, "Library")


async def test_hostile_text_of_a_file_stays_text(path: Path) -> None:
    hostile = "[@click=app.quit]Two[/b] [bold"
    text = (
        examples.FRAME.replace("title: What the provider hears", f'title: "{hostile}"')
        .replace("Two people at a table", "'Two people")
        .replace("for twelve.", "{hostile}'")
    )
    text = text.replace("{hostile}", hostile)
    path.write_text(text, encoding="utf-8")
    async with workbench(path, SIZES[1]) as pilot:
        await explored(pilot)
        await pilot.press("down", "down")
        for key in ("s", "m", "g"):
            await pilot.press(key)
            await until_shown(pilot, hostile)

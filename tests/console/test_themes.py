"""Themes: every text reads on every ground it stands on, and colour is never the only sign."""

import re
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from support import FakeFolder, FakeLibrary, RecordingApp, drawn, until_shown
from textual.color import Color

import tabletop.console
from tabletop.conduct import settings
from tabletop.console import themes
from tabletop.console.output import NoColour

CONSOLE = Path(tabletop.console.__file__).parent
STYLES = [*CONSOLE.rglob("*.tcss"), *CONSOLE.rglob("*.py")]


@pytest.mark.parametrize("name", themes.PALETTES)
@pytest.mark.parametrize(("ink", "ground"), themes.PAIRS)
def test_every_pair_has_enough_contrast(name: str, ink: str, ground: str) -> None:
    palette = themes.PALETTES[name]
    colours = [Color.parse(getattr(palette, each.replace("-", "_"))) for each in (ink, ground)]
    assert themes.contrast(*colours) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    black, white = Color.parse("#000000"), Color.parse("#ffffff")
    assert themes.contrast(black, white) == pytest.approx(21)
    assert themes.contrast(white, black) == pytest.approx(21)
    assert themes.contrast(Color.parse("#777777"), white) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.relative_to(CONSOLE).as_posix())
def test_style_sheets_name_no_colour(path: Path) -> None:
    if path.name == "themes.py":
        return
    source = path.read_text()
    rules = re.findall(r"(?:^|[\s;{])(?:color|background|tint)\s*:\s*([^;}\n]+)[;}]", source)
    for value in rules:
        assert re.fullmatch(r"\s*(\$[a-z-]+|transparent)( !important)?\s*", value), value
    assert not re.search(r"\$(text-muted|text-disabled|foreground-\w+) *\d", source)


def test_the_variables_told_of_exist_in_every_theme() -> None:
    used = {
        name
        for path in STYLES
        if path.name != "themes.py"
        for name in re.findall(r"\$([a-z][a-z-]+)", path.read_text())
    }
    for name in themes.PALETTES:
        theme = themes.theme(name)
        known = {*theme.variables, *theme.to_color_system().generate()}
        assert used - known - {"name", "agency"} == set()


async def test_the_theme_is_remembered(folder: FakeFolder) -> None:
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test() as pilot:
        await until_shown(pilot, "Play alone")
        app.action_theme("light")
    assert settings.read(folder.path).theme == "light"
    assert (folder.path / settings.FILE).stat().st_mode & 0o777 == 0o600
    assert RecordingApp(FakeLibrary(), folder).theme == themes.theme_name("light")


def test_a_chosen_theme_leaves_the_rest_of_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / settings.FILE
    path.write_text('# mine\ntheme = "dark" # night\n[keys]\nhelp = "f2"\n')
    assert settings.keep_theme(tmp_path, "contrast")
    assert path.read_text() == '# mine\ntheme = "contrast"\n[keys]\nhelp = "f2"\n'
    path.write_text('[keys]\ntheme = "f2"\n')
    assert settings.keep_theme(tmp_path, "dark")
    assert path.read_text() == 'theme = "dark"\n[keys]\ntheme = "f2"\n'
    path.write_text("= broken")
    assert not settings.keep_theme(tmp_path, "dark")
    assert path.read_text() == "= broken"


async def test_no_color_draws_without_any(
    folder: FakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test() as pilot:
        shown = await until_shown(pilot, "First Hour, about")
        assert "▸ Play alone" in shown
        for _, segment in drawn(app):
            for colour in (segment.style.color, segment.style.bgcolor):
                assert colour is None or colour.is_default


def test_without_colour_what_stood_out_is_reversed() -> None:
    page = Color.parse("#14181b")
    accent = Style.parse("#000000 on #56b4e9")
    quiet = Style.parse("#ffffff on #1c2226")
    first, second = NoColour(lambda: page).apply([Segment("a", accent), Segment("b", quiet)], page)
    assert first.style == Style.parse("default on default reverse")
    assert second.style == Style.parse("default on default")

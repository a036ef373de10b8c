"""The saved debrief in a real browser: it shows, asks nobody for anything, and runs nothing."""

import re
from pathlib import Path

import pytest
from browser import browse, hosts_asked, needs_browser

pytestmark = needs_browser


@pytest.fixture
def page(finished, tabletop, tmp_path) -> Path:
    """The debrief of a whole exercise of First Hour, saved by the command."""
    tabletop("debrief", finished, "-o", tmp_path / "out", "--format", "html")
    (saved,) = (tmp_path / "out").glob("*-debrief.html")
    return saved


def test_the_page_is_whole_and_its_chart_has_a_table_behind_it(page: Path, tmp_path: Path) -> None:
    shown = browse(page, tmp_path, "--dump-dom").stdout
    assert re.search(r"<html[^>]* lang=", shown)
    assert shown.count("<h1") == 1
    assert "<svg" in shown
    assert "<table" in shown
    assert "<script" not in shown


@pytest.mark.parametrize("size", ["390,844", "1280,800"])
def test_it_draws_at_the_width_of_a_phone_and_of_a_desk(
    page: Path, tmp_path: Path, size: str
) -> None:
    drawn = tmp_path / "drawn.png"
    browse(page, tmp_path, f"--window-size={size}", f"--screenshot={drawn}")
    assert drawn.stat().st_size > 10_000


def test_it_asks_nobody_for_anything(page: Path, tmp_path: Path) -> None:
    log = tmp_path / "net.json"
    browse(page, tmp_path, f"--log-net-log={log}", "--dump-dom")
    # The page names other hosts, its sources' addresses.
    assert hosts_asked(log) == set()

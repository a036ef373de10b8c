"""Fixtures of the console's tests: a scratch folder, fakes, and coroutines as tests."""

import asyncio
import inspect
import sys
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

sys.path.insert(0, str(Path(__file__).parent))

from support import FakeFolder, FakeLibrary, RecordingApp, still


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Runs a coroutine test to its end in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colours as on a terminal that shows them, whatever runs the tests."""
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and pauses wait for the app to come to rest, and no longer."""
    monkeypatch.setattr("textual.app.wait_for_idle", still)
    monkeypatch.setattr("textual.pilot.wait_for_idle", still)


STYLES: dict[object, list[RuleSet]] = {}


@pytest.fixture(autouse=True)
def styles(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same styles are parsed once for all the apps of a test run."""
    honest = Stylesheet._parse_rules

    def once(self: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
        asked = given, *named.items(), *self._variables.items()
        if asked not in STYLES:
            STYLES[asked] = honest(self, *given, **named)
        return STYLES[asked]

    monkeypatch.setattr(Stylesheet, "_parse_rules", once)


@pytest.fixture
def folder(tmp_path: Path) -> FakeFolder:
    """An empty data folder."""
    return FakeFolder(tmp_path / "data")


@pytest.fixture
def app(folder: FakeFolder) -> RecordingApp:
    """An app on a library of three scenarios and an empty folder."""
    return RecordingApp(FakeLibrary(), folder)

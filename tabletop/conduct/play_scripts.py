"""Play scripts beside a scenario, run."""

from dataclasses import dataclass
from pathlib import Path

from tabletop.authoring.plays import read_play, run_play
from tabletop.conduct.errors import LibraryError
from tabletop.conduct.source_file import read_source, shown
from tabletop.exercise.engine import Engine
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Play:
    """How one play script went."""

    file: str
    title: str
    passed: bool
    steps: int
    line: int
    difference: str


def scripts(scenario: Path) -> list[Path]:
    """The play scripts beside a scenario's file."""
    try:
        return sorted((scenario.parent / "plays").glob("*.yaml"))
    except OSError:
        return []


def played(path: Path, scenario: Scenario, guidance: Guidance) -> tuple[Play, ...]:
    """Runs every play script beside a scenario's file."""
    return tuple(_play(script, scenario, guidance) for script in scripts(path))


def _play(path: Path, scenario: Scenario, guidance: Guidance) -> Play:
    name = shown(path)
    try:
        source = read_source(path)
    except LibraryError as error:
        return Play(name, "", passed=False, steps=0, line=1, difference=str(error))
    script, problems = read_play(source, name, Engine(scenario, guidance))
    if script is None:
        first = problems[0]
        return Play(name, "", passed=False, steps=0, line=first.line, difference=first.message)
    engine = Engine(scenario, guidance, script.parameters)
    result = run_play(engine, script)
    return Play(name, script.title, result.passed, result.steps, result.line, result.difference)

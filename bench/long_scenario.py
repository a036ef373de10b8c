"""A valid scenario of some 2,000 lines: the scenes of First Hour, told three times."""

import re

from tabletop.conduct.library import Library
from tabletop.conduct.source_file import read_source
from tabletop.scenario.model import Scenario

SHIPPED = "first_hour"
TIMES = 3
_FIRST = """scenes:
  first_of_all:
    module: The first hour
    narration: Three nights are like each other, and one of them is told.
    next:
"""


def long_scenario() -> bytes:
    """Its bytes; identifiers of the second telling on carry its number."""
    library = Library()
    source = read_source(library.find(SHIPPED)).decode()
    scenario = library.load(SHIPPED).scenario
    top, scenes = source.split("\nscenes:\n")
    top = re.sub(r"(?m)^start: .*$", "start: first_of_all", top)
    names = sorted(_names(scenario), key=len, reverse=True)
    told = re.compile(rf"\b({'|'.join(names)})\b(?=:| *[,\]}}]|$)", re.MULTILINE)
    used = re.compile(rf"\b(settled\(|when: |alone: |to: )([^\n]*)")
    starts = [scenario.start, *(f"{scenario.start}_{n}" for n in range(2, TIMES + 1))]
    branches = [
        f"      - {{to: {start}, when: {flag}}}\n"
        for start, flag in zip(starts, scenario.state, strict=False)
    ]
    branches[-1] = f"      - to: {starts[-1]}\n"
    tellings = [scenes] + [
        _renamed(scenes, names, number) for number in range(2, TIMES + 1)
    ]
    return (top + "\n" + _FIRST + "".join(branches) + "".join(tellings)).encode()


def _names(scenario: Scenario) -> set[str]:
    """What must be unique: scenes, decisions and injects."""
    names = set(scenario.scenes)
    for scene in scenario.scenes.values():
        names |= {*scene.decisions, *scene.injects}
    return names

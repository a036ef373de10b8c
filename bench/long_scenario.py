"""A valid scenario of some 2,000 lines: First Hour, its scenes told three times over."""

import re

from tabletop.conduct.library import Library

TELLINGS = 3
_FORK = """\
  fork:
    module: The first hour
    narration: Three nights are like each other, and one of them is told.
    next:
"""


def long_scenario() -> bytes:
    """The scenario; what must be unique carries the telling's number from the second on."""
    loaded = Library().load("first_hour")
    scenario = loaded.scenario
    top, scenes = loaded.source.decode().split("\nscenes:\n")
    unique = set(scenario.scenes)
    for scene in scenario.scenes.values():
        unique |= {*scene.decisions, *scene.injects}
    # A few of these are words of the texts too; there the number does no harm.
    names = re.compile(rf"\b({'|'.join(unique)})\b")
    told = [scenes] + [names.sub(rf"\1_{number}", scenes) for number in range(2, TELLINGS + 1)]
    ways = [f"      - to: {scenario.start}_{number}\n" for number in range(2, TELLINGS + 1)]
    ways[0] = ways[0].replace("- to", "- when: called\n        to")
    ways.insert(0, f"      - when: offered\n        to: {scenario.start}\n")
    top = top.replace(f"\nstart: {scenario.start}", "\nstart: fork")
    return "".join((top, "\nscenes:\n", _FORK, *ways, *told)).encode()

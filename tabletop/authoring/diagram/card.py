"""Cards: what a picture says of a scene and of a way, in lines that fit.

Mermaid, DOT and SVG show the same lines and differ only in how they are written down. A picture
says the first findings of a scene and how many more there are; the lines of `telling.py` say all.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.authoring.diagram.measure import BOLDER, broken
from tabletop.authoring.diagram.model import Asked, Diagram, DrawnScene, Way
from tabletop.authoring.diagram.telling import branch, counted, standing
from tabletop.authoring.findings import Finding
from tabletop.wording import say

ROOM = 16.0
"""The room for a line of a card, in ems of its smaller text."""
TITLE = 1.2
"""How much larger a title is."""
LABEL = 12.0
"""The room for a line at an arrow, in ems of the same text."""
SHOWN = 3
DIAMOND = "◇ "
"""Begins the title of a decision."""
SIGNS = {"warning": "! ", "error": "!! "}
"""Begins a finding, by how much it weighs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card."""

    text: str
    kind: str = "plain"
    """What it is: `title`, `plain`, `quiet`, `chosen`, `warning` or `error`."""


def card(scene: DrawnScene) -> tuple[Line, ...]:
    """What is said of a scene."""
    return tuple(_card(scene))


def label(way: Way) -> tuple[Line, ...]:
    """What stands at an arrow: when it is taken, and what was found."""
    said = [Line(text) for text in broken(branch(way), LABEL, 4)]
    return (*said, *_found(way.findings, LABEL, 3))


def stepped(steps: tuple[int, ...]) -> tuple[Line, ...]:
    """Which steps of a path these are, on a line; none where the path is elsewhere."""
    if not steps:
        return ()
    return (Line(say("#{numbers}", numbers=", #".join(map(str, steps))), "chosen"),)


def summary(diagram: Diagram) -> str:
    """One sentence about the whole, for those who do not see it."""
    return say(
        "A map of the scenario {title}: {counted}.", title=diagram.title, counted=counted(diagram)
    )


def heading(module: str) -> str:
    """The name of a module, cut to what fits above it."""
    return " ".join(broken(module, 2 * ROOM, 1))


def elsewhere(diagram: Diagram, room: float) -> Iterator[Line]:
    """What was found outside of the scenes, the first of it."""
    yield from _found(diagram.elsewhere, room, 2)


def _card(scene: DrawnScene) -> Iterator[Line]:
    for text in broken(scene.title, ROOM / TITLE / BOLDER, 3):
        yield Line(text, "title")
    if scene.standing:
        yield Line(SIGNS["error"] + standing(scene.standing), "error")
    about = [say("Start")] if scene.start else []
    if scene.ending:
        about.append(say("Ending"))
    if scene.minutes:
        about.append(say("{minutes} min", minutes=scene.minutes))
    if about:
        yield Line(", ".join(about), "quiet")
    for asked in scene.asked:
        yield from _asked(asked)
    yield from _found(scene.findings, ROOM, 2)


def _asked(asked: Asked) -> Iterator[Line]:
    named = say("{title}\N{NO-BREAK SPACE}({options})", title=asked.title, options=asked.options)
    for text in broken(DIAMOND + named, ROOM, 2):
        yield Line(text)
    for text in broken(", ".join(asked.by), ROOM, 2):
        yield Line(text, "quiet")
    if asked.chosen:
        chosen = say("chosen: {options}", options=", ".join(asked.chosen))
        for text in broken(chosen, ROOM / BOLDER, 2):
            yield Line(text, "chosen")


def _found(findings: tuple[Finding, ...], room: float, most: int) -> Iterator[Line]:
    """The first findings as short as they can be said, and how many more there are."""
    for finding in findings[:SHOWN]:
        said = f"{SIGNS[finding.severity]}{finding.code} {finding.message}"
        for text in broken(said, room, most):
            yield Line(text, finding.severity)
    more = findings[SHOWN:]
    if more:
        weight = "error" if any(each.severity == "error" for each in more) else "warning"
        yield Line(SIGNS[weight] + say("and {count} more", count=len(more)), weight)

"""The way through: every scene of the scenario, and in which order the exercise came through them.

Scenes are laid out by the library that lays out an author's map; where it is not installed there is
no drawing here, and the story tells the way all the same.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot
from textwrap import wrap

from tabletop.authoring.diagram.measure import width
from tabletop.authoring.diagram.model import Diagram, DrawnScene
from tabletop.authoring.diagram.placing import Box, NoLayout, Placed, Point, placed
from tabletop.debrief.blocks import Drawn, Figure, Table
from tabletop.debrief.figures.shapes import Area, Segment, Shape, Tone, Words
from tabletop.debrief.parts import Decided, Report
from tabletop.wording import say

SIZE = 15
LEADING = 17
TALL = 42.0
LONG = 9
"""Letters in a line of a label; narrow boxes let a page show the map larger."""
MARGIN = 14.0
HEAD = 8.0
"""How long the head of an arrow is."""


def way_through(report: Report) -> Figure | None:
    """The figure; none where the library that lays it out is missing, or nothing was entered."""
    drawn, language = report.way, report.language
    if not drawn.path:
        return None
    sizes = {scene.id: _size(_label(scene)) for scene in drawn.scenes}
    try:
        laid = placed(drawn, sizes, {})
    except NoLayout:
        return None
    return Figure(
        title=say("The way through", language=language),
        described=say(
            "Every scene of the scenario as a box, with arrows to those it can lead to. Scenes that"
            " were come through are framed and numbered in order. The table below says the same.",
            language=language,
        ),
        width=round(laid.width + 2 * MARGIN),
        height=round(laid.height + 2 * MARGIN),
        shapes=tuple(_shapes(drawn, laid)),
        key=(
            ("line", "ink", say("taken", language=language)),
            ("dashes", "quiet", say("not taken", language=language)),
        ),
        drawn=tuple(_lines(drawn, language)),
        table=Table(
            say("The way through, scene by scene", language=language),
            ("", say("Scene", language=language), say("Chosen there", language=language)),
            tuple(_rows(report)),
        ),
    )


def _size(lines: tuple[str, ...]) -> tuple[float, float]:
    return max(map(width, lines)) * SIZE + 18, max(TALL, len(lines) * LEADING + 12.0)


def _label(scene: DrawnScene) -> tuple[str, ...]:
    """A scene's title with its numbers, on as few lines as keep its box narrow."""
    numbers = ", ".join(map(str, scene.steps))
    whole = f"{numbers}  {scene.title}" if numbers else scene.title
    room = max(LONG, *map(len, whole.split()))
    return tuple(wrap(whole, room, break_long_words=False))


def _shapes(drawn: Diagram, laid: Placed) -> Iterator[Shape]:
    for module, box in laid.modules.items():
        yield Area(box.x + MARGIN, box.y + MARGIN, box.width, box.height)
        yield Words(box.x + MARGIN + 8, box.y + MARGIN + 14, module, tone="quiet", size=14)
    taken = {(way.source, way.number): bool(way.steps) for way in drawn.ways}
    for route in sorted(laid.routes, key=lambda each: taken[each.way]):
        yield from _arrow(route.points, taken=taken[route.way])
    for scene in drawn.scenes:
        yield from _scene(scene, laid.scenes[scene.id])


def _scene(scene: DrawnScene, box: Box) -> Iterator[Shape]:
    x, y = box.x + MARGIN, box.y + MARGIN
    yield Area(x, y, box.width, box.height, "ground")
    thick = 2.5 if scene.steps else 1
    tone: Tone = "ink" if scene.steps else "rule"
    for x1, y1, x2, y2 in (
        (x, y, x + box.width, y),
        (x, y + box.height, x + box.width, y + box.height),
        (x, y, x, y + box.height),
        (x + box.width, y, x + box.width, y + box.height),
    ):
        yield Segment(x1, y1, x2, y2, tone, thick)
    lines = _label(scene)
    for number, said in enumerate(lines):
        yield Words(
            x + box.width / 2,
            y + box.height / 2 + 5 + LEADING * (number - (len(lines) - 1) / 2),
            said,
            "middle",
            "ink" if scene.steps else "quiet",
            SIZE,
            strong=bool(scene.steps),
        )


def _arrow(points: tuple[Point, ...], *, taken: bool) -> Iterator[Shape]:
    moved = [(x + MARGIN, y + MARGIN) for x, y in points]
    tone: Tone = "ink" if taken else "quiet"
    thick = 2.5 if taken else 1
    for (x1, y1), (x2, y2) in pairwise(moved):
        yield Segment(x1, y1, x2, y2, tone, thick, dashed=not taken)
    (x1, y1), (x2, y2) = moved[-2], moved[-1]
    length = hypot(x2 - x1, y2 - y1) or 1.0
    dx, dy = (x2 - x1) / length * HEAD, (y2 - y1) / length * HEAD
    for side in (0.5, -0.5):
        yield Segment(x2, y2, x2 - dx + side * dy, y2 - dy - side * dx, tone, thick)


def _lines(drawn: Diagram, language: str) -> Iterator[Drawn]:
    titles = {scene.id: scene.title for scene in drawn.scenes}
    steps = [f"{step.number} {titles.get(step.scene, step.scene)}" for step in drawn.path]
    yield Drawn(" → ".join(steps))
    other = [scene.title for scene in drawn.scenes if not scene.steps]
    if other:
        yield Drawn(say("Not come through: {scenes}", language=language, scenes=", ".join(other)))


def _rows(report: Report) -> Iterator[tuple[str, str, str]]:
    titles = {scene.id: scene.title for scene in report.way.scenes}
    chosen = {
        moment.what.id: f"{moment.what.title}: {moment.what.chosen}"
        for scene in report.story
        for moment in scene.moments
        if isinstance(moment.what, Decided)
    }
    for step in report.way.path:
        made = (chosen.get(decision, "") for decision, _ in step.chosen)
        yield str(step.number), titles.get(step.scene, ""), "; ".join(filter(None, made))

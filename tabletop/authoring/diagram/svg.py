"""A diagram as a picture: SVG that stands alone, for a browser, a page of a document, or paper.

Text stays text. Nothing is fetched and nothing runs: one style sheet inside, plain for light and
for paper, with other colors where a screen is dark. What a color says, a frame, a sign, a width or
a number says too. Pointing at a scene or an arrow shows what did not fit on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from math import hypot
from xml.sax.saxutils import escape, quoteattr

from tabletop.authoring.diagram.card import (
    DIAMOND,
    ROOM,
    SIGNS,
    Line,
    card,
    elsewhere,
    label,
    summary,
)
from tabletop.authoring.diagram.measure import BOLDER, broken, width
from tabletop.authoring.diagram.model import Diagram, DrawnScene, Way
from tabletop.authoring.diagram.placing import Box, Point, Route, Size, placed
from tabletop.authoring.diagram.telling import branch, counted, finding_line, told
from tabletop.wording import say

SMALL = 10.5
LEADING = {"title": 16.0, "quiet": 12.5}
"""The height of a line by what it is, in pixels; 13.5 otherwise."""
PADDING = 8.0
CARD = ROOM * SMALL + 2 * PADDING
MARGIN = 16.0
TOP = 52.0
CORNER = 6.0


def lines(diagram: Diagram) -> Iterator[str]:
    """The picture, line by line.

    Raises:
        NoLayout: where the library that lays it out is not installed.
    """
    yield from _Picture(diagram).lines()


@cache
def _style() -> str:
    return (files("tabletop.authoring.diagram") / "diagram.css").read_text(encoding="utf-8")


class _Picture:
    """A diagram being drawn."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.cards = {scene.id: card(scene) for scene in diagram.scenes}
        self.labels = {(way.source, way.number): label(way) for way in diagram.ways}
        self.ways = {(way.source, way.number): way for way in diagram.ways}
        self.placed = placed(
            diagram,
            {name: (CARD, _height(said)) for name, said in self.cards.items()},
            {key: _label_size(said) for key, said in self.labels.items() if said},
        )

    def lines(self) -> Iterator[str]:
        diagram, area = self.diagram, self.placed
        room = max(area.width, 420.0)
        foot = list(self.foot(room))
        size = (room + 2 * MARGIN, TOP + area.height + MARGIN + sum(map(_leading, foot)) + MARGIN)
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" {_sized(size)} viewBox="0 0 {_n(size[0])}'
            f' {_n(size[1])}" role="img" class="tabletop-map"'
            ' aria-labelledby="map-title map-desc" xml:lang="en"'
            ' style="max-width:100%;height:auto">'
        )
        yield f'<title id="map-title">{escape(diagram.title)}</title>'
        yield f'<desc id="map-desc">{escape(summary(diagram))}</desc>'
        yield f"<style>\n{_style()}</style>"
        yield f'<rect class="page" {_sized(size)}/>'
        name = " ".join(broken(diagram.title, room / 18 / BOLDER, 1))
        yield _text(MARGIN, 26, Line(name, "name"))
        about = say(
            "Version {version}: {counted}", version=diagram.version, counted=counted(diagram)
        )
        yield _text(MARGIN, 42, Line(about, "quiet"))
        yield f'<g transform="translate({_n(MARGIN + (room - area.width) / 2)} {_n(TOP)})">'
        yield from self.modules()
        yield from self.routes()
        yield from self.names()
        yield from self.said()
        yield from self.scenes()
        yield "</g>"
        y = TOP + area.height + MARGIN
        for line in foot:
            y += _leading(line)
            yield _text(MARGIN, y, line)
        yield "</svg>"

    def modules(self) -> Iterator[str]:
        for module, box in self.placed.modules.items():
            yield f'<g class="module"><title>{escape(module)}</title>{_rect(box, 8)}</g>'

    def names(self) -> Iterator[str]:
        """The names of the modules, above the arrows that cross them."""
        for module, box in self.placed.modules.items():
            name = " ".join(broken(module, (box.width - 2 * PADDING) / SMALL / BOLDER, 1))
            yield _text(box.x + 12, box.y + 16, Line(name, "heading"))

    def routes(self) -> Iterator[str]:
        """The arrows, those of the path on top."""
        for route in sorted(self.placed.routes, key=lambda each: bool(self.ways[each.way].steps)):
            way = self.ways[route.way]
            kinds = ["way", "taken" if way.steps else "untaken" if way.untaken else ""]
            yield f'<g class="{" ".join(filter(None, kinds))}">'
            yield f"<title>{escape(self.whole(way))}</title>"
            yield from _arrow(route, 9.0 if way.steps else 7.0)
            yield "</g>"

    def said(self) -> Iterator[str]:
        """What stands at the arrows."""
        for key, box in self.placed.labels.items():
            way = self.ways[key]
            yield f'<g class="said{" taken" if way.steps else ""}">'
            yield f"<title>{escape(self.whole(way))}</title>"
            yield _rect(box, 7)
            yield from _written(self.labels[key], box, PADDING / 2 + 2, 3.0)
            yield "</g>"

    def scenes(self) -> Iterator[str]:
        for scene in self.diagram.scenes:
            box = self.placed.scenes[scene.id]
            yield f'<g class="{_kinds(scene)}">'
            yield f"<title>{escape(chr(10).join(told(self.diagram, scene)))}</title>"
            corner = 14 if scene.ending else 4
            yield _rect(box, corner, "frame")
            if scene.ending:
                inner = Box(box.x + 4, box.y + 4, box.width - 8, box.height - 8)
                yield _rect(inner, corner - 3, "inner")
            yield from _written(self.cards[scene.id], box, PADDING, PADDING - 1)
            yield "</g>"
        for scene in self.diagram.scenes:
            if scene.steps:
                yield _badge(self.placed.scenes[scene.id], scene.steps)

    def whole(self, way: Way) -> str:
        """All that is said of a way, for those who point at it."""
        found = "\n".join(map(finding_line, way.findings))
        return "\n".join(filter(None, (f"{way.source} → {way.to}", branch(way), found)))

    def foot(self, room: float) -> Iterator[Line]:
        """What was found elsewhere, and what the signs mean, as far as they are used."""
        ems = room / SMALL
        yield from elsewhere(self.diagram, ems)
        for text in broken(" · ".join(self.signs()), ems, 4):
            yield Line(text, "quiet")

    def signs(self) -> Iterator[str]:
        diagram = self.diagram
        if any(scene.asked for scene in diagram.scenes):
            yield say("{sign} a decision, with its number of options", sign=DIAMOND.strip())
        if any(not way.alone for way in diagram.ways):
            yield say("1: 2: the order in which ways are tried")
        if any(scene.ending for scene in diagram.scenes):
            yield say("Double frame: an ending")
        if any(scene.standing for scene in diagram.scenes):
            yield say("Broken frame: a dead end, or nothing leads here")
        if any(way.untaken for way in diagram.ways):
            yield say("Broken arrow: no route takes it")
        found = {finding.severity for finding in diagram.findings}
        if "warning" in found:
            yield say("{sign} a check warns", sign=SIGNS["warning"].strip())
        if "error" in found:
            yield say("{sign} a check found an error", sign=SIGNS["error"].strip())
        if diagram.path:
            yield say("Thick, with numbers: the path taken, in order")


def _height(said: Sequence[Line]) -> float:
    return sum(map(_leading, said)) + 2 * PADDING - 2


def _leading(line: Line) -> float:
    return LEADING.get(line.kind, 13.5)


def _label_size(said: Iterable[Line]) -> Size:
    said = tuple(said)
    widest = max(width(line.text) for line in said)
    return widest * SMALL + PADDING + 4, sum(map(_leading, said)) + 6


def _kinds(scene: DrawnScene) -> str:
    wrong = {"": "", "missing": "missing"}.get(scene.standing, "wrong")
    ending = "ending" if scene.ending else ""
    return " ".join(filter(None, ("scene", ending, wrong, "taken" if scene.steps else "")))


def _written(said: Iterable[Line], box: Box, left: float, top: float) -> Iterator[str]:
    y = box.y + top
    for line in said:
        y += _leading(line)
        yield _text(box.x + left, y - 3, line)


def _badge(box: Box, steps: tuple[int, ...]) -> str:
    """The order numbers of a scene on the path, on the corner of its card."""
    (text,) = broken(", ".join(map(str, steps)), ROOM - 3, 1)
    wide = max(20.0, width(text) * SMALL * BOLDER + 10)
    at = Box(box.x + box.width - wide + 6, box.y - 9, wide, 20)
    middle = f'x="{_n(at.x + wide / 2)}" y="{_n(at.y + 14)}" text-anchor="middle"'
    return f'<g class="step">{_rect(at, 10)}<text {middle}>{escape(text)}</text></g>'


def _arrow(route: Route, head: float) -> Iterator[str]:
    """A line with rounded corners, and its head where it arrives at a scene."""
    points = list(route.points)
    if route.arrives:
        (fx, fy), (tx, ty) = points[-2], points[-1]
        length = hypot(tx - fx, ty - fy) or 1.0
        dx, dy = (tx - fx) / length, (ty - fy) / length
        base = (tx - dx * head, ty - dy * head)
        points[-1] = (tx - dx * head * 0.6, ty - dy * head * 0.6)
        half = head * 0.6
        corners = (
            (tx, ty), (base[0] - dy * half, base[1] + dx * half),
            (base[0] + dy * half, base[1] - dx * half),
        )  # fmt: skip
        yield f'<path d="{_rounded(points)}"/>'
        yield f'<path class="head" d="M{" L".join(map(_at, corners))}Z"/>'
    else:
        yield f'<path d="{_rounded(points)}"/>'


def _rounded(points: Sequence[Point]) -> str:
    """A line through points whose corners are rounded."""
    drawn = [f"M{_at(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        drawn.append(f"L{_at(_toward(corner, before))}Q{_at(corner)} {_at(_toward(corner, after))}")
    drawn.append(f"L{_at(points[-1])}")
    return "".join(drawn)


def _toward(corner: Point, other: Point) -> Point:
    """The point from which a corner is rounded."""
    length = hypot(other[0] - corner[0], other[1] - corner[1])
    if not length:
        return corner
    part = min(CORNER, length / 2) / length
    return corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part


def _text(x: float, y: float, line: Line) -> str:
    return f'<text class={quoteattr(line.kind)} x="{_n(x)}" y="{_n(y)}">{escape(line.text)}</text>'


def _rect(box: Box, corner: float, kind: str = "") -> str:
    named = f'class="{kind}" ' if kind else ""
    at = f'x="{_n(box.x)}" y="{_n(box.y)}"'
    return f'<rect {named}{at} {_sized((box.width, box.height))} rx="{_n(corner)}"/>'


def _sized(size: Size) -> str:
    return f'width="{_n(size[0])}" height="{_n(size[1])}"'


def _at(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    """A number as short as it can be written, to a tenth of a pixel."""
    return f"{round(number, 1):g}"

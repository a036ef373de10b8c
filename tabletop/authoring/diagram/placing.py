"""Placing: where the parts of a diagram lie, worked out by graphlay, a library for layered layouts.

Scenes run from left to right, or downward where a page then shows them larger; where they would run
too far, the library breaks them into rows or columns. What is said at an arrow is placed as a small
box of its own between two scenes, so that no label can come to lie on a scene, on another label or
across an arrow. The library is an extra: it brings a
compiled part that not every system has, and only this module needs it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tabletop.authoring.diagram.model import Diagram

REQUIREMENT = "graphlay>=0.3.1,<0.4"
"""What to install, as pip takes it."""

Point = tuple[float, float]
Size = tuple[float, float]
LARGE = 120
"""Boxes from which on the library is to be quick rather than thorough."""
FITS: Size = (1280.0, 720.0)
"""The page that a drawing is to fit, as far as it can."""
SCREENS = 3
"""How many pages one would go on downward sooner than read what is small."""
DOWN = 1.25
"""How much larger a drawing has to be to run downward."""


class NoLayout(Exception):
    """The library is not installed."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """The line of an arrow, from the edge of one box to that of the next."""

    way: tuple[str, int]
    """The way's scene and its number."""
    points: tuple[Point, ...]
    arrives: bool
    """Whether it ends at a scene, and not at what is said between."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where everything lies; the upper left corner of the whole is the origin."""

    width: float
    height: float
    modules: Mapping[str, Box]
    scenes: Mapping[str, Box]
    labels: Mapping[tuple[str, int], Box]
    """What is said at an arrow, by the way's scene and its number."""
    routes: tuple[Route, ...]


def placed(
    diagram: Diagram, scenes: Mapping[str, Size], labels: Mapping[tuple[str, int], Size]
) -> Placed:
    """Lays a diagram out, given the sizes of its boxes; ways without a label have none.

    Raises:
        NoLayout: where the library is not installed.
    """
    try:
        import graphlay
    except ModuleNotFoundError:
        raise NoLayout from None
    graph = _Graph(diagram, scenes, labels)
    few = len(scenes) + len(labels) <= LARGE
    across, down = (
        graph.read(graphlay.layout(graph.request, options=_options(way, thorough=few)).to_dict())
        for way in ("leftright", "topbottom")
    )
    return down if _scale(down) > DOWN * _scale(across) else across


def _scale(found: Placed) -> float:
    """How large a drawing can be on the page it is to fit, at most as it was meant."""
    return min(1.0, FITS[0] / found.width, SCREENS * FITS[1] / found.height)


def _options(direction: str, *, thorough: bool) -> dict[str, Any]:
    return {
        "direction": direction,
        "effort": "balanced" if thorough else "fast",
        "wrap": {"viewport_aspect": FITS[0] / FITS[1]},
        "compaction": {"mode": "priority"},
        "spacing": {
            "layer_gap": 22,
            "node_gap": 11,
            "compound_padding": 11,
            "compound_header": 17,
        },
    }


class _Graph:
    """A diagram as the library asks for it, and its answer read back."""

    def __init__(
        self,
        diagram: Diagram,
        scenes: Mapping[str, Size],
        labels: Mapping[tuple[str, int], Size],
    ) -> None:
        self.modules = list(diagram.modules)
        self.scenes = list(scenes)
        self.labels = list(labels)
        module_of = {scene.id: scene.module for scene in diagram.scenes}
        nodes: list[dict[str, Any]] = [{"size": _size((1.0, 1.0))} for _ in self.modules]
        nodes += [self._inside(module_of[name], scenes[name]) for name in self.scenes]
        nodes += [self._inside(module_of[key[0]], labels[key]) for key in self.labels]
        self.edges: list[tuple[tuple[str, int], bool]] = []
        edges = []
        at_scene = {name: len(self.modules) + n for n, name in enumerate(self.scenes)}
        at_label = {key: len(self.modules) + len(scenes) + n for n, key in enumerate(self.labels)}
        for way in diagram.ways:
            key = (way.source, way.number)
            start, end = at_scene[way.source], at_scene[way.to]
            if key in at_label:
                edges.append({"source": start, "target": at_label[key], "weight": 1.0})
                self.edges.append((key, False))
                start = at_label[key]
            edges.append({"source": start, "target": end, "weight": 1.0})
            self.edges.append((key, True))
        self.request = {"nodes": nodes, "edges": edges}

    def _inside(self, module: str, size: Size) -> dict[str, Any]:
        node: dict[str, Any] = {"size": _size(size)}
        if module:
            node["parent"] = self.modules.index(module)
        return node

    def read(self, laid: Mapping[str, Any]) -> Placed:
        """The library's answer."""
        low, high = laid["bounds"]["min"], laid["bounds"]["max"]
        left, top = low["x"], low["y"]
        boxes = [
            Box(
                node["center"]["x"] - node["size"]["width"] / 2 - left,
                node["center"]["y"] - node["size"]["height"] / 2 - top,
                node["size"]["width"],
                node["size"]["height"],
            )
            for node in laid["nodes"]
        ]
        rest = boxes[len(self.modules) :]
        return Placed(
            high["x"] - left,
            high["y"] - top,
            dict(zip(self.modules, boxes, strict=False)),
            dict(zip(self.scenes, rest, strict=False)),
            dict(zip(self.labels, rest[len(self.scenes) :], strict=True)),
            tuple(
                Route(
                    way,
                    tuple((point["x"] - left, point["y"] - top) for point in edge["points"]),
                    arrives,
                )
                for (way, arrives), edge in zip(self.edges, laid["edges"], strict=True)
            ),
        )


def _size(size: Size) -> dict[str, float]:
    return {"width": size[0], "height": size[1]}

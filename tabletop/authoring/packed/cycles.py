"""Cycles: what can still come where scenes can follow each other again and again.

Arrivals in such scenes are looked at one by one. Where they follow each other in a cycle, what can
come of them is worked out together, in rounds, from "no end known" upward. What still changes after
as many rounds as there are situations grows for ever, and is said to be endless.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tabletop.authoring.packed.components import components
from tabletop.authoring.packed.reach import arriving
from tabletop.authoring.packed.spread import Spread
from tabletop.authoring.packed.values import BEYOND, Value, Way, spread_ahead

if TYPE_CHECKING:
    from tabletop.authoring.packed.solving import Solved

Arrival = tuple[str, int]
"""A scene and a packed situation on arrival in it."""


class Turning:
    """Scenes that can follow each other again and again."""

    def __init__(self, solved: Solved, scenes: tuple[str, ...]) -> None:
        """Takes the scenes; all that can follow them beside themselves is solved."""
        self._solved = solved
        self._scenes = scenes
        self._known: dict[Arrival, Value | None] = {}
        self._beyond: dict[Arrival, Value | None] = {}
        self._spreads: dict[tuple[object, ...], Spread | None] = {}

    def values(self) -> dict[str, dict[int, Value | None]]:
        """The value of each arrival, by scene."""
        for component in self._components():
            self._solve(component)
        found: dict[str, dict[int, Value | None]] = {scene: {} for scene in self._scenes}
        for (scene, packed), value in self._known.items():
            found[scene][packed] = value
        return found

    def _after(self, arrival: Arrival) -> list[tuple[Way, Arrival]]:
        """The ways out of a scene from an arrival, and what they lead to; an end has no place."""
        scene, packed = arrival
        model = self._solved.reached.model
        inside = model.inside(scene)
        local, beside = packed & inside.stage.inside, packed & ~inside.stage.inside
        found = []
        for number, way in self._solved.crossings.get((scene, local), ()):
            out = inside.exits[number]
            found.append((way, (out.to, arriving(model, out, beside))))
        return found

    def _components(self) -> Iterator[list[Arrival]]:
        """The strongly connected components of arrivals, each after those that follow it."""
        every = [
            (scene, packed)
            for scene in self._scenes
            for packed in self._solved.reached.arrivals[scene]
        ]
        among = set(every)
        return components(every, lambda here: [to for _, to in self._after(here) if to in among])

    def _solve(self, component: list[Arrival]) -> None:
        members = set(component)
        first = component[0]
        if len(component) == 1 and all(to != first for _, to in self._after(first)):
            self._known[first] = self._value(first, {})
            return
        self._solved.endless = True
        values: dict[Arrival, Value | None] = dict.fromkeys(members)
        for _ in range(len(component) + 2):
            before = dict(values)
            for arrival in component:
                values[arrival] = _bare(self._value(arrival, values))
            if values == before:
                break
        else:
            values = self._widened(component, values)
        self._known.update(values)

    def _value(self, arrival: Arrival, within: dict[Arrival, Value | None]) -> Value | None:
        known = []
        for way, to in self._after(arrival):
            value = within[to] if to in within else self._of(to)
            if value is not None:
                known.append((way, value))
        found = self._solved.lanes.ahead(known)
        if found is None:
            return None
        key = tuple((way.spread, value.spread) for way, value in known)
        if key not in self._spreads:
            pairs = [(way.spread, value.spread) for way, value in known if value.spread is not None]
            self._spreads[key] = spread_ahead(pairs) if len(pairs) == len(known) else None
        return replace(found, spread=self._spreads[key])

    def _of(self, arrival: Arrival) -> Value | None:
        if arrival in self._known:
            return self._known[arrival]
        if arrival not in self._beyond:
            self._beyond[arrival] = self._solved.value(*arrival)
        return self._beyond[arrival]

    def _widened(
        self, component: list[Arrival], values: dict[Arrival, Value | None]
    ) -> dict[Arrival, Value | None]:
        """Values of which what still grows has no bound."""
        lanes = self._solved.lanes
        for _ in range(len(component) + 2):
            for arrival, value in values.items():
                new = _bare(self._value(arrival, values))
                if value is not None and new is not None:
                    pairs = zip(lanes.read(value.counts), lanes.read(new.counts), strict=True)
                    counts = lanes.pack(
                        old if old == now else max(now, BEYOND) for old, now in pairs
                    )
                    new = replace(new, counts=counts + lanes.zeros)
                values[arrival] = new
        return values


def _bare(value: Value | None) -> Value | None:
    """A value inside a cycle: the routes are without number, and so are their totals."""
    return None if value is None else replace(value, routes=-1, spread=None)

"""Places: what an author can look at in a scenario, and a shortest route to each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tabletop.authoring.explorations import Explorations, Explored
from tabletop.authoring.findings import Route
from tabletop.authoring.packed.search import Place as Spot
from tabletop.scenario.model import Scenario
from tabletop.scenario.problem import Path

Kind = Literal["whole", "role", "fact", "scene", "decision", "inject"]


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a scenario that can be looked at."""

    kind: Kind
    name: str = ""
    """Its identifier; none for the whole."""


WHOLE = Place("whole")
_WITHIN: Mapping[object, Kind] = {"decisions": "decision", "injects": "inject"}
_OUTSIDE: Mapping[object, Kind] = {"roles": "role", "facts": "fact"}


def place_of(scenario: Scenario, path: Path) -> Place:
    """The place that a path in a scenario lies in."""
    match path:
        case ("scenes", str(scene), part, str(name), *_) if part in _WITHIN:
            if name in getattr(scenario.scenes.get(scene), str(part), {}):
                return Place(_WITHIN[part], name)
            return Place("scene", scene) if scene in scenario.scenes else WHOLE
        case ("scenes", str(scene), *_) if scene in scenario.scenes:
            return Place("scene", scene)
        case (part, str(name), *_) if part in _OUTSIDE and name in getattr(scenario, str(part)):
            return Place(_OUTSIDE[part], name)
    return WHOLE


def ways(made: Explorations) -> dict[Place, Route]:
    """A shortest route to each place that can be reached, with everyone a person.

    What is held and comes by no other way, a facilitator at the table lets come.
    """
    found: dict[Place, Route] = {}
    for explored in made.facilitated_too:
        for place in _sought(made.engine.scenario):
            if place not in found and (route := _way(explored, place)) is not None:
                found[place] = route
    return found


def _way(explored: Explored, place: Place) -> Route | None:
    if place.kind == "scene":
        search = explored.search()
        arrivals = [Spot(place.name, local) for local in search.locals(place.name)]
        return explored.nearest(arrivals)
    return explored.route("asked" if place.kind == "decision" else "delivered", place.name)


def _sought(scenario: Scenario) -> Iterator[Place]:
    for name, scene in scenario.scenes.items():
        yield Place("scene", name)
        yield from (Place("decision", decision) for decision in scene.decisions)
        yield from (Place("inject", inject) for inject in scene.injects)

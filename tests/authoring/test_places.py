"""Places of a scenario, and the routes to them."""

import examples
import pytest
import shipped

from tabletop.authoring.check import explorations
from tabletop.authoring.outline import outline
from tabletop.authoring.places import WHOLE, Place, place_of, ways
from tabletop.authoring.route_file import replayed
from tabletop.exercise.engine import Engine


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_a_route_to_each_place_leads_there_and_not_there_before(slug):
    engine = shipped.engine(slug)
    found = ways(explorations(engine))
    scenes = engine.scenario.scenes
    assert {place.name for place in found} == {
        *scenes,
        *(each for scene in scenes.values() for each in (*scene.decisions, *scene.injects)),
    }
    for place, route in found.items():
        state, _ = replayed(engine, route)
        assert there(state, place), place
        before, _ = replayed(engine, type(route)(route.people, False, route.moves[:-1]))
        assert not there(before, place), place


def there(state, place: Place) -> bool:
    match place.kind:
        case "scene":
            return place.name in (state.scene, state.ending) or place.name in state.visited
        case "decision":
            return place.name in state.decisions
    return place.name in state.delivered


def test_what_is_held_comes_with_a_facilitator_and_what_nothing_leads_to_has_no_way():
    text = examples.FRAME.replace(
        "    decisions:\n      notice:",
        "    injects:\n      call: {to: all, held: true, title: A call, text: It rings.}\n"
        "    decisions:\n      notice:",
        1,
    ).replace("scenes:\n", "scenes:\n  lost:\n    narration: Lost.\n    next: meeting\n", 1)
    scenario = examples.reading(text).scenario
    found = ways(explorations(Engine(scenario, shipped.guidance())))
    assert found[Place("inject", "call")].facilitated
    assert not found[Place("decision", "notice")].facilitated
    assert Place("scene", "lost") not in found


def test_a_finding_belongs_to_the_innermost_place_of_the_outline():
    reading = examples.reading(examples.FRAME)
    scenario = reading.scenario
    paths = {
        ("title",): WHOLE,
        ("objectives", "in_time"): WHOLE,
        ("facts", "beds", "share", 0): Place("fact", "beds"),
        ("roles", "advocate", "brief"): Place("role", "advocate"),
        ("scenes", "meeting"): Place("scene", "meeting"),
        ("scenes", "meeting", "next", 0): Place("scene", "meeting"),
        ("scenes", "meeting", "decisions", "notice", "options", "ranges"): Place(
            "decision", "notice"
        ),
        ("scenes", "meeting", "decisions", "gone"): Place("scene", "meeting"),
        ("scenes", "gone", "narration"): WHOLE,
    }
    assert {path: place_of(scenario, path) for path in paths} == paths
    places = [e.place for part in outline(scenario, reading.document) for e in part.entries]
    assert len(set(places)) == len(places)
    assert set(paths.values()) <= set(places)

"""Diagrams: every scene, way and finding is on the map once, and a path is the one taken."""

from itertools import pairwise

import pytest
import shipped
import small
from examples import checked

from tabletop.authoring.diagram.model import Diagram, diagram
from tabletop.authoring.diagram.path import path_of
from tabletop.authoring.diagram.telling import lines
from tabletop.authoring.diagram.worded import worded
from tabletop.authoring.plays import read_play, run_play
from tabletop.exercise import events as e
from tabletop.scenario.conditions import Condition
from tabletop.scenario.reading import read_scenario

BROKEN = """
state:
  open: {start: false, means: Something is open., known_to: [investigator]}
scenes:
  one:
    module: First
    narration: It begins.
    next:
      - {when: open, to: nowhere}
      - {when: not open, to: two}
      - to: end
  two: {module: Second, narration: It goes on., next: two}
  apart: {narration: Nobody comes here., next: end}
"""


def drawn_from(body: str) -> Diagram:
    source = small.TOP + body + small.END
    reading = read_scenario(source.encode(), "small.yaml", shipped.guidance())
    assert reading.scenario is not None
    return diagram(reading.scenario, checked(source).findings)


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_every_scene_way_and_decision_is_on_the_map_once(slug: str) -> None:
    scenario = shipped.engine(slug).scenario
    drawn = diagram(scenario)
    assert [scene.id for scene in drawn.scenes] == list(scenario.scenes)
    for scene in drawn.scenes:
        authored = scenario.scenes[scene.id]
        assert [way.to for way in scene.ways] == [way.to for way in authored.next]
        assert [asked.id for asked in scene.asked] == list(authored.decisions)
        assert [bool(way.condition) for way in scene.ways] == [
            way.when is not None for way in authored.next
        ]
    grouped = [scene.id for module in (*drawn.modules, "") for scene in drawn.within(module)]
    assert sorted(grouped) == sorted(scenario.scenes)
    assert set(scenario.modules()) == set(drawn.modules)


def test_every_finding_is_somewhere_once_and_the_standing_follows_from_it() -> None:
    source = small.TOP + BROKEN.replace("nowhere", "end") + small.END
    found = checked(source).findings
    reading = read_scenario(source.encode(), "small.yaml", shipped.guidance())
    assert reading.scenario is not None
    drawn = diagram(reading.scenario, found)
    placed = [
        *drawn.elsewhere,
        *(each for scene in drawn.scenes for each in scene.findings),
        *(each for way in drawn.ways for each in way.findings),
    ]
    assert sorted(map(str, placed)) == sorted(map(str, found))
    assert {scene.id: scene.standing for scene in drawn.scenes} == {
        "one": "", "two": "stuck", "apart": "unreached", "end": "",
    }  # fmt: skip


def test_a_way_to_nowhere_leads_to_a_scene_that_is_missing() -> None:
    drawn = drawn_from(BROKEN)
    last = drawn.scenes[-1]
    assert (last.id, last.standing) == ("nowhere", "missing")
    assert "or else to Two [two] if not open" in "\n".join(lines(drawn))


def plays():
    return [(slug, play) for slug in shipped.SLUGS for play in shipped.plays(slug)]


@pytest.mark.parametrize(("slug", "play"), plays(), ids=lambda each: getattr(each, "stem", each))
def test_a_path_is_what_was_entered_and_settled_and_each_step_a_way(slug: str, play) -> None:
    engine = shipped.engine(slug)
    script, _ = read_play(play.read_bytes(), play.name, engine)
    assert script is not None
    events = run_play(engine, script).events
    path = path_of(engine, events)
    assert [step.scene for step in path] == [
        event.scene for event in events if isinstance(event, e.SceneEntered)
    ]
    assert [chosen for step in path for chosen in step.chosen] == [
        (event.decision, event.option) for event in events if isinstance(event, e.Settled)
    ]
    assert path[0].by is None
    for before, step in pairwise(path):
        assert step.by is not None
        source, number = step.by
        assert source == before.scene
        assert engine.scenario.scenes[source].next[number].to == step.scene
    drawn = diagram(engine.scenario, path=path)
    assert sorted(n for scene in drawn.scenes for n in scene.steps) == [s.number for s in path]
    assert sorted(n for way in drawn.ways for n in way.steps) == [s.number for s in path[1:]]


def test_of_two_ways_to_one_scene_the_one_that_held_is_the_one_taken() -> None:
    body = """
state:
  ready: {start: true, means: All is ready., known_to: [investigator]}
scenes:
  one:
    narration: It begins.
    next: [{when: not ready, to: end}, {when: ready, to: end}, {to: end}]
"""
    engine = small.engine(body + small.END)
    table = small.Table(engine, "investigator").rest()
    table.do("investigator", small.c.Advance())
    assert [step.by for step in path_of(engine, table.events)] == [None, ("one", 1)]


def test_a_jump_of_the_facilitator_is_on_the_map_and_no_way_is_said_to_be_taken() -> None:
    engine = shipped.engine("first_hour")
    table = small.Table(engine, "investigator", facilitated=True).rest()
    table.do("facilitator", small.c.Jump("helper", "The lobby is for another day."))
    drawn = diagram(engine.scenario, path=path_of(engine, table.events))
    (jump,) = [way for way in drawn.ways if way.steps]
    assert (jump.source, jump.to, jump.jump, jump.steps) == ("depot", "helper", True, (2,))
    assert "the facilitator jumped to The helpful dispatcher" in "\n".join(lines(drawn))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("ready", "ready"),
        ("not ready", "not ready"),
        ("trust >= 3", "trust is at least 3"),
        ("trust != 0", "trust is not 0"),
        ("trust < -1", "trust is under -1"),
        ("notice == on_call", "notice is on_call"),
        ("notice in (on_call, later)", "notice is on_call or later"),
        ("not knows(advocate, beds)", "advocate does not know beds"),
        ("settled(notice) and granted(tip)", "notice is settled and tip is granted"),
        ("not delivered(call)", "call was not delivered"),
        ("law(safe_harbor)", "the law says safe_harbor"),
        ("law(privilege) == absolute", "the law on privilege is absolute"),
        ("a and (b or not c)", "a and (b or not c)"),
        ("a and b or c", "(a and b) or c"),
        ("not (a or b)", "not (a or b)"),
        ("not trust > 2", "not (trust is over 2)"),
    ],
)
def test_a_condition_is_said_in_words(source: str, said: str) -> None:
    assert worded(Condition(source)) == said

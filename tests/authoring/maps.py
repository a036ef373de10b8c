"""Maps for tests: the shipped ones, with a path; one with everything wrong; hostile titles."""

from collections.abc import Sequence
from functools import cache
from itertools import cycle

import shipped
import small
from examples import checked
from hypothesis import strategies as st

from tabletop.authoring.diagram.model import Diagram, diagram
from tabletop.authoring.diagram.path import path_of
from tabletop.authoring.plays import read_play, run_play
from tabletop.scenario.model import Scenario
from tabletop.scenario.reading import read_scenario

WRONG = """
state:
  open: {start: false, means: Something is open., known_to: [investigator]}
scenes:
  one:
    module: First
    narration: It begins.
    decisions:
      graph:
        title: What now
        by: [investigator, advocate]
        ask: What do you do?
        options:
          style: {text: A., set: {open: true}, because: So.}
          class_: {text: B., because: So.}
    next:
      - {when: open, to: subgraph}
      - {when: graph == style, to: click}
      - {when: not open, to: click}
      - to: one
  subgraph: {module: Second, narration: It goes on., next: [{when: open, to: click}, {to: one}]}
  click: {narration: It goes on., next: [{when: not open, to: end}, {when: open, to: nowhere}]}
  apart: {narration: Nobody comes here., next: apart}
"""
"""Ids that mean something elsewhere, parallel ways, rounds, a way to nowhere, a scene apart."""

HOSTILE = (
    'a "b" [c] --> {d} | e ] ) >', "]", '"', "\\", "\\N \\l \\", "-->", "%%{init: {}}%%", ";",
    "<script>alert(1)</script>", "<b>b</b>", "&amp; &lt; &#35; #35; #quot;", "]]>", "<!-- x -->",
    "`code` **bold** _it_ ~~x~~", "1. one", "- two", "# three", "$$x^2$$", "fa:fa-user", "end",
    'click s_one "javascript:alert(1)"', "https://a.example/?b=c", "$money",
    "שלום עולם", "(مرحبا)", "漢字漢字", "👩🏽", "🏳️", "é", "line\nbreak", "w" * 290, "x y " * 70,
    "own_words", "a\u202eb", "a\u0007b",
)  # fmt: skip

titles = st.lists(
    st.lists(st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=20), min_size=1, max_size=3)
    .map(" ".join)
    .filter(str.strip),
    min_size=4,
    max_size=8,
)


@cache
def wrong() -> Scenario:
    reading = read_scenario((small.TOP + WRONG + small.END).encode(), "x", shipped.guidance())
    assert reading.scenario is not None, [str(problem) for problem in reading.problems]
    return reading.scenario


@cache
def broken() -> Diagram:
    return diagram(wrong(), checked(small.TOP + WRONG + small.END).findings)


def hostile(given: Sequence[str]) -> Diagram:
    """The broken map with these titles in place of its own."""
    return diagram(named(given), broken().findings)


def named(given: Sequence[str]) -> Scenario:
    """The broken scenario with these titles in place of its own."""
    title = cycle(given)
    scenes = {
        name: scene.model_copy(
            update={
                "title": next(title),
                "module": next(title),
                "decisions": {
                    id: each.model_copy(update={"title": next(title)})
                    for id, each in scene.decisions.items()
                },
            }
        )
        for name, scene in wrong().scenes.items()
    }
    return wrong().model_copy(update={"title": next(title), "scenes": scenes})


@cache
def played(slug: str) -> Diagram:
    """A shipped map with the path of its first play script on it."""
    engine = shipped.engine(slug)
    play = shipped.plays(slug)[0]
    script, _ = read_play(play.read_bytes(), play.name, engine)
    assert script is not None
    return diagram(engine.scenario, path=path_of(engine, run_play(engine, script).events))

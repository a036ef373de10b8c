"""A scenario as passages: one for each scene, with its decisions in readable form, and its ways.

    :: The classroom [scene-classroom module-Before-the-action asks] {"position": "100,100"}
    The task force meets in a borrowed classroom.

    == Decision: The provider (investigator) ==
    When does the provider hear of the action?

    1. Tell the named contact now, in ranges.
    2. Tell only the director.

    == Ways ==
    [[If trust is at least 1->Three days later]]
    [[Otherwise->Voice mail]]

Twine draws the map from the links. Whatever could begin a link, a macro, a tag or a passage is
written as an entity of HTML, which every story format shows as the character; so reading gives back
each text as it was. What a story has no place for stays in the scenario, and is named.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from tabletop.authoring.diagram.model import Diagram, DrawnScene, Way, diagram
from tabletop.authoring.diagram.placing import NoLayout, placed
from tabletop.authoring.diagram.worded import worded
from tabletop.authoring.twee.notation import DATA, TITLE, Passage, Story
from tabletop.exercise.engine import fill
from tabletop.scenario.model import Decision, Option, Scenario, Scene
from tabletop.scenario.texts import ALL, Text
from tabletop.wording import say

Places = Mapping[str, tuple[int, int]]
"""Where each scene's passage lies on the map."""
TILE = 100
"""The side of a passage on Twine's map."""
GAP = 75
ABOUT = "about"
COLORS = {"asks": "blue", "ending": "green", ABOUT: "gray"}
"""What Twine paints a passage with, by its tag."""

# What readers of a passage look for; the words stay as they are in every language.
DECISION, WAYS, ENDING, NOTES = "Decision", "Ways", "Ending", "Content notes"
MARK = "Mark"

_SPECIAL = re.compile(r"[&<>$\[\]{}]|\((?=[A-Za-z][\w-]*:)|^::|^==|^--$|^\d+(?=\.)", re.MULTILINE)
"""What begins an entity, a tag, a variable, a link, a macro, a passage, or a part of ours."""
_NAME = str.maketrans({"[": "(", "]": ")", "{": "(", "}": ")", "<": "(", ">": ")", "|": "/"})
"""What a link cannot hold."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A story, and what of the scenario is not in it."""

    story: Story
    without: tuple[str, ...]
    laid_out: bool
    """Whether its map was laid out, or its passages lie on a plain grid."""


def exported(scenario: Scenario, *, marks: bool = False) -> Exported:
    """A scenario as a story; with `marks`, what each option is worth stands below it."""
    drawn = diagram(scenario)
    places = _places(drawn)
    writing = _Writing(scenario, drawn, marks=marks)
    passages = tuple(writing.passages(places or _grid(drawn)))
    story = Story(
        drawn.title,
        {
            "ifid": _ifid(drawn.title),
            "start": writing.names[scenario.start],
            "tag-colors": COLORS,
        },
        passages,
    )
    return Exported(story, tuple(_without(scenario, marks=marks)), places is not None)


class _Writing:
    """A scenario being written as passages."""

    def __init__(self, scenario: Scenario, drawn: Diagram, *, marks: bool) -> None:
        self.scenario = scenario
        self.drawn = drawn
        self.marks = marks
        self.about = say("About this scenario")
        self.names = _names(drawn, {TITLE, DATA, self.about})

    def passages(self, places: Places) -> Iterator[Passage]:
        top = min(y for _, y in places.values())
        yield Passage(self.about, self.introduction(), (ABOUT,), (TILE, top - TILE - GAP))
        for scene in self.drawn.scenes:
            authored = self.scenario.scenes.get(scene.id)
            text = "\n\n".join(self.scene(authored, scene)) if authored else ""
            yield Passage(self.names[scene.id], text, _tags(scene), places[scene.id])

    def introduction(self) -> str:
        scenario = self.scenario
        parts = [self.text(scenario.summary)]
        if scenario.themes:
            notes = [
                f"- {theme}: {' '.join(self.text(note).split())}"
                for theme, note in scenario.themes.items()
            ]
            parts.append("\n".join([f"== {NOTES} ==", *notes]))
        if scenario.notice:
            parts.append(self.text(scenario.notice))
        return "\n\n".join(parts)

    def scene(self, scene: Scene, drawn: DrawnScene) -> Iterator[str]:
        yield self.spoken(scene.narration)
        for decision in scene.decisions.values():
            yield from self.decision(decision)
        if scene.ending:
            yield "\n".join(
                [f"== {ENDING} ==", *(f"- {self.text(each)}" for each in scene.closing)]
            )
        if drawn.ways:
            yield "\n".join([f"== {WAYS} ==", *map(self.link, drawn.ways)])

    def decision(self, decision: Decision) -> Iterator[str]:
        yield f"== {DECISION}: {self.text(decision.title)} ({', '.join(decision.by)}) =="
        yield self.spoken(decision.ask)
        yield "\n".join(
            line
            for number, option in enumerate(decision.options.values(), 1)
            for line in self.option(number, option)
        )

    def option(self, number: int, option: Option) -> Iterator[str]:
        head = f"{number}. "
        first, *rest = self.spoken(option.text).split("\n")
        yield head + first
        indent = " " * len(head)
        yield from (f"{indent}{line}".rstrip() for line in rest)
        if self.marks:
            for mark in option.key():
                when = say(" (if {condition})", condition=worded(mark.when)) if mark.when else ""
                worth = f"VC {mark.vc:+d}, CI {mark.ci:+d}{when}"
                yield f"{indent}{MARK}: {worth}. {self.line(mark.because)}"

    def link(self, way: Way) -> str:
        if way.condition:
            said = say("If {condition}", condition=way.condition)
        else:
            said = say("On") if way.alone else say("Otherwise")
        return f"[[{said}->{self.names[way.to]}]]"

    def spoken(self, text: Text) -> str:
        """A text in all its wordings, each with whom it is for and when."""
        wordings = [
            (audience, variant)
            for audience, variants in text.variants.items()
            for variant in variants
        ]
        if len(wordings) == 1:
            return self.text(wordings[0][1].text)
        parts = []
        for audience, variant in wordings:
            whom = "" if audience == ALL else say("for {role}", role=audience)
            when = say("if {condition}", condition=worded(variant.when)) if variant.when else ""
            said = ", ".join(filter(None, (whom, when))) or say("otherwise")
            parts.append(f"({self.text(said)}) {self.text(variant.text)}")
        return "\n\n".join(parts)

    def line(self, text: str) -> str:
        """A text of its own line."""
        return " ".join(self.text(text).split())

    def text(self, text: str) -> str:
        """A text as it may stand in a passage of any story format."""
        return plain(fill(text, self.scenario.parameters).strip())


def plain(text: str) -> str:
    """A text in which nothing is a link, a macro, a tag or the beginning of a passage."""
    return _SPECIAL.sub(lambda found: "".join(f"&#{ord(each)};" for each in found[0]), text)


def _names(drawn: Diagram, taken: set[str]) -> Mapping[str, str]:
    """A passage's name for each scene: its title, less what a link cannot hold, and only once."""
    names: dict[str, str] = {}
    for scene in drawn.scenes:
        title = scene.title.translate(_NAME)
        name, number = title, 1
        while name in taken:
            number += 1
            name = f"{title} ({number})"
        taken.add(name)
        names[scene.id] = name
    return names


def _tags(scene: DrawnScene) -> tuple[str, ...]:
    tags = [f"scene-{scene.id}"]
    if scene.module:
        tags.append(f"module-{scene.module.replace(' ', '-')}")
    if scene.asked:
        tags.append("asks")
    if scene.ending:
        tags.append("ending")
    return tuple(tags)


def _places(drawn: Diagram) -> Places | None:
    """Where the passages lie on Twine's map; nothing where no library lays it out."""
    try:
        laid = placed(drawn, {scene.id: (TILE, TILE) for scene in drawn.scenes}, {})
    except NoLayout:
        return None
    return {
        name: (TILE + round(box.x * 1.25), 3 * TILE + round(box.y * 1.25))
        for name, box in laid.scenes.items()
    }


def _grid(drawn: Diagram) -> Places:
    """Scenes by how far they lie from the start, those as far one below another."""
    rank = {scene.id: 0 for scene in drawn.scenes if scene.start}
    waiting = list(rank)
    ways = {scene.id: [way.to for way in scene.ways] for scene in drawn.scenes}
    for name in waiting:
        for to in ways[name]:
            if to not in rank:
                rank[to] = rank[name] + 1
                waiting.append(to)
    column: dict[int, int] = {}
    places = {}
    for scene in drawn.scenes:
        at = rank.get(scene.id, max(rank.values()) + 1)
        row = column[at] = column.get(at, -1) + 1
        places[scene.id] = (TILE + at * (TILE + GAP), 3 * TILE + row * (TILE + GAP))
    return places


def _ifid(title: str) -> str:
    """The story's identifier, the same for every export of a scenario of this name."""
    digest = sha256(f"tabletop\n{title}".encode()).digest()
    return str(UUID(bytes=digest[:16], version=4)).upper()


def _without(scenario: Scenario, *, marks: bool) -> Iterator[str]:
    injects = sum(len(scene.injects) for scene in scenario.scenes.values())
    outcomes = sum(
        option.outcome is not None
        for scene in scenario.scenes.values()
        for decision in scene.decisions.values()
        for option in decision.options.values()
    )
    for count, one, several in (
        (injects, say("1 inject"), say("{count} injects", count=injects)),
        (outcomes, say("1 outcome"), say("{count} outcomes", count=outcomes)),
        (len(scenario.facts), say("1 fact"), say("{count} facts", count=len(scenario.facts))),
        (
            len(scenario.consents),
            say("1 consent"),
            say("{count} consents", count=len(scenario.consents)),
        ),
        (
            len(scenario.state),
            say("1 flag or counter"),
            say("{count} flags and counters", count=len(scenario.state)),
        ),
    ):
        if count:
            yield one if count == 1 else several
    if not marks:
        yield say("the marks")

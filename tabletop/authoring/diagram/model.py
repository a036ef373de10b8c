"""The model of a diagram: modules, scenes and ways, what was found there, and a path through them.

Every form (lines, Mermaid, DOT, SVG) is drawn from these values alone, so that all of them say the
same. Texts are cleaned, on one line, and have their parameters filled in, but are not yet escaped
for any format. A scenario that reads in part is drawn as far as it goes: a way to a scene that does
not exist leads to one that is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tabletop.authoring.diagram.path import Path, Step
from tabletop.authoring.diagram.worded import worded
from tabletop.authoring.findings import Finding
from tabletop.exercise.engine import fill
from tabletop.scenario.characters import FORBIDDEN
from tabletop.scenario.model import Decision, Scenario, Scene

Standing = Literal["", "unreached", "stuck", "missing"]
"""What is wrong with a scene on the map: nothing reaches it, nothing leads from it to an ending, or
it does not exist."""

UNREACHED = frozenset({"TT315", "TT401", "TT404"})
STUCK = frozenset({"TT316", "TT405", "TT406"})
UNTAKEN = "TT423"


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision, as one line of its scene."""

    id: str
    title: str
    by: tuple[str, ...]
    options: int
    chosen: tuple[str, ...] = ()
    """The options chosen on the path, in order."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one scene to another."""

    source: str
    number: int
    """Its place among the ways of its scene, from one; the first that holds is taken."""
    to: str
    alone: bool
    """Whether the scene has no other."""
    condition: str
    """The condition in words; empty where it always holds."""
    findings: tuple[Finding, ...] = ()
    steps: tuple[int, ...] = ()
    """The steps of the path that arrived by it."""
    jump: bool = False
    """Whether it is no way of the author's, but a jump a facilitator made."""

    @property
    def untaken(self) -> bool:
        """Whether no route takes it."""
        return any(finding.code == UNTAKEN for finding in self.findings)


@dataclass(frozen=True, slots=True)
class DrawnScene:
    """A scene, as the map shows it."""

    id: str
    title: str
    module: str
    """Its module; empty for one that is missing."""
    minutes: int = 0
    start: bool = False
    ending: bool = False
    standing: Standing = ""
    asked: tuple[Asked, ...] = ()
    ways: tuple[Way, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What was found anywhere in it, its ways left out."""
    steps: tuple[int, ...] = ()
    """Which steps of the path it is, from one."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """A scenario as a map."""

    title: str
    version: str
    modules: tuple[str, ...]
    """The modules that hold scenes, in order of appearance."""
    scenes: tuple[DrawnScene, ...]
    """The scenes in the author's order, and after them those that are missing."""
    elsewhere: tuple[Finding, ...] = ()
    """What was found outside of the scenes."""
    path: Path = ()

    @property
    def ways(self) -> tuple[Way, ...]:
        """Every way there is."""
        return tuple(way for scene in self.scenes for way in scene.ways)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, scene by scene."""
        in_scenes = tuple(each for scene in self.scenes for each in scene.findings)
        on_ways = tuple(each for way in self.ways for each in way.findings)
        return (*self.elsewhere, *in_scenes, *on_ways)

    def within(self, module: str) -> tuple[DrawnScene, ...]:
        """The scenes of a module; those that are missing for an empty one."""
        return tuple(scene for scene in self.scenes if scene.module == module)


def diagram(
    scenario: Scenario,
    findings: Iterable[Finding] = (),
    path: Path = (),
    parameters: Mapping[str, str] | None = None,
) -> Diagram:
    """Draws a scenario, with what was found in it and a path somebody took.

    Texts are filled in with the author's values, or with those an exercise was given.
    """
    drawing = _Drawing(scenario, tuple(findings), path, parameters or scenario.parameters)
    scenes = [drawing.scene(name, scene) for name, scene in scenario.scenes.items()]
    there = set(scenario.scenes)
    wanted = dict.fromkeys([scenario.start, *(way.to for scene in scenes for way in scene.ways)])
    scenes += [
        DrawnScene(name, drawing.title(name, None), "", start=name == scenario.start,
                   standing="missing")
        for name in wanted
        if name not in there
    ]  # fmt: skip
    return Diagram(
        drawing.line(scenario.title),
        scenario.version,
        tuple(dict.fromkeys(scene.module for scene in scenes if scene.module)),
        tuple(scenes),
        tuple(finding for finding in drawing.findings if not drawing.placed(finding)),
        path,
    )


class _Drawing:
    """A scenario being drawn."""

    def __init__(
        self,
        scenario: Scenario,
        findings: tuple[Finding, ...],
        path: Path,
        parameters: Mapping[str, str],
    ) -> None:
        self.scenario = scenario
        self.findings = findings
        self.path = path
        self.parameters = parameters

    def placed(self, finding: Finding) -> bool:
        """Whether a finding is about a scene that is there."""
        where = finding.path
        return len(where) > 1 and where[0] == "scenes" and where[1] in self.scenario.scenes

    def scene(self, name: str, scene: Scene) -> DrawnScene:
        found = [each for each in self.findings if self.placed(each) and each.path[1] == name]
        ways = self.ways(name, scene, found)
        apart = {id(finding) for way in ways for finding in way.findings}
        return DrawnScene(
            name,
            self.title(name, scene.title),
            self.line(self.scenario.module_of(name)),
            scene.minutes,
            name == self.scenario.start,
            scene.ending,
            _standing(found),
            tuple(self.asked(name, each, one) for each, one in scene.decisions.items()),
            ways,
            tuple(finding for finding in found if id(finding) not in apart),
            tuple(step.number for step in self.path if step.scene == name),
        )

    def ways(self, name: str, scene: Scene, found: Iterable[Finding]) -> tuple[Way, ...]:
        def at(number: int) -> tuple[Finding, ...]:
            return tuple(each for each in found if each.path[2:4] == ("next", number))

        def arrived(number: int) -> tuple[int, ...]:
            return tuple(step.number for step in self.path if step.by == (name, number))

        authored = tuple(
            Way(
                name,
                number + 1,
                way.to,
                len(scene.next) == 1,
                worded(way.when) if way.when else "",
                at(number),
                arrived(number),
            )
            for number, way in enumerate(scene.next)
        )
        jumps = tuple(
            Way(name, number, step.scene, alone=True, condition="", steps=(step.number,), jump=True)
            for number, step in enumerate(self.jumps(name), len(authored) + 1)
        )
        return authored + jumps

    def jumps(self, name: str) -> tuple[Step, ...]:
        """The steps of the path that a facilitator's jump led to from a scene."""
        return tuple(
            step for before, step in pairwise(self.path) if before.scene == name and step.by is None
        )

    def asked(self, scene: str, name: str, decision: Decision) -> Asked:
        chosen = [
            option
            for step in self.path
            if step.scene == scene
            for decided, option in step.chosen
            if decided == name
        ]
        return Asked(
            name, self.line(decision.title), decision.by, len(decision.options), tuple(chosen)
        )

    def title(self, name: str, title: str | None) -> str:
        return self.line(title) if title else name.replace("_", " ").capitalize()

    def line(self, text: str) -> str:
        """A text on one line, without what steers or misleads."""
        return " ".join(FORBIDDEN.sub("\ufffd", fill(text, self.parameters)).split())


def _standing(found: Iterable[Finding]) -> Standing:
    """What is wrong with a scene, from what was found of the scene itself and of its ways."""
    of_itself = {each.code for each in found if each.path[2:] in ((), ("next",))}
    if of_itself & UNREACHED:
        return "unreached"
    return "stuck" if of_itself & STUCK else ""

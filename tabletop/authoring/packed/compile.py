"""Compiling: a scenario, with who is a person, as rules over packed integers.

A scene is explored on its own, once for each pattern of the bits it can read or change
(`Inside`): its situations, the moves between them, and its exits. All other bits pass through
untouched, so that a scene that reads four of twenty flags is explored sixteen times at most, and
not a million times. `reach.py` puts the scenes together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.authoring.liveness import Liveness
from tabletop.authoring.packed.inside import Inside
from tabletop.authoring.packed.layout import Layout
from tabletop.authoring.packed.moves import Label
from tabletop.authoring.packed.offering import Tracked, Worth, tracked
from tabletop.authoring.packed.stage import Stage
from tabletop.authoring.packed.trace import Trace, Vector
from tabletop.exercise.engine import Engine
from tabletop.scenario.model import Decision, Mark, Scene

Subject = tuple[str, str]
"""What a route may exercise: a `practice`, `source`, `task` or `objective`, and its name."""


class Model:
    """A scenario compiled for those who are people; the others are stand-ins."""

    def __init__(
        self,
        engine: Engine,
        people: Iterable[str],
        *,
        facilitated: bool = False,
        liveness: Liveness | None = None,
    ) -> None:
        """Compiles what holds for all scenes; each scene follows when it is reached."""
        self.engine = engine
        self.scenario = engine.scenario
        self.people = frozenset(people)
        self.facilitated = facilitated
        self.stand_ins = tuple(role for role in self.scenario.roles if role not in self.people)
        self.liveness = liveness or Liveness(engine)
        self.layout = Layout(engine)
        self.followed = self.tracked()
        decisions = [d for scene in self.scenario.scenes.values() for d in scene.decisions.values()]
        self.scale = 2 if any(each.tension == "depends" for each in decisions) else 1
        self.labels: list[Label] = []
        self._numbers: dict[Label, int] = {}
        self._insides: dict[str, Inside] = {}
        self.subjects: list[Subject] = []
        self._bit: dict[str, int] = {}
        self._name_subjects(decisions)
        self._options: dict[tuple[int, str], int] = {}

    def tracked(self) -> tuple[Tracked, ...]:
        """The offers to follow."""
        return tracked(self.layout, self.liveness, self.people)

    def inside(self, scene: str) -> Inside:
        """The inside of a scene."""
        if scene not in self._insides:
            self._insides[scene] = Inside(self.stage(scene))
        return self._insides[scene]

    def scene(self, scene: str) -> Scene:
        """A scene as its rules stand."""
        return self.scenario.scenes[scene]

    def stage(self, scene: str) -> Stage:
        """The rules of a scene."""
        return Stage(self, scene)

    def label(self, trace: Trace, moves: int) -> int:
        """The number of what a move brings."""
        label = Label(
            tuple(trace.factors),
            trace.exercised,
            trace.words,
            trace.minutes,
            trace.decided,
            moves,
        )
        number = self._numbers.setdefault(label, len(self.labels))
        if number == len(self.labels):
            self.labels.append(label)
        return number

    def vector(self, gained: Worth, other: Worth) -> Vector:
        """How a share counts that was taken or kept where the other was open."""
        vc, ci = gained[0] * self.scale, gained[1] * self.scale
        return vc, ci, max(vc, other[0] * self.scale), max(ci, other[1] * self.scale)

    # What a route exercises.

    def _name_subjects(self, decisions: list[Decision]) -> None:
        """Gives each practice that marks cite a mask, with its sources, tasks and objectives."""
        cited = dict.fromkeys(
            practice
            for decision in decisions
            for option in decision.options
            for practice in _practices(decision, option)
        )
        cited.update(dict.fromkeys(p for one in self.followed for p in one.practices()))
        masks: dict[Subject, int] = {}
        for practice in sorted(cited):
            self._bit[practice] = 0
            for subject in self._subjects_of(practice):
                if subject not in masks:
                    masks[subject] = 1 << len(self.subjects)
                    self.subjects.append(subject)
                self._bit[practice] |= masks[subject]

    def _subjects_of(self, practice: str) -> Iterator[Subject]:
        yield "practice", practice
        for citation in self.engine.guidance.practices[practice].cites:
            yield "source", citation.source
        for name, objective in self.scenario.objectives.items():
            for task, each in objective.tasks.items():
                if practice in each.practices:
                    yield "task", f"{name}.{task}"
                    yield "objective", name

    def exercised_by_option(self, decision: Decision, option: str) -> int:
        """What being asked, with this option open, exercises."""
        key = (id(decision), option)
        if key not in self._options:
            self._options[key] = self._mask(_practices(decision, option))
        return self._options[key]

    def exercised_by_offer(self, one: Tracked) -> int:
        """What standing before an offer exercises."""
        return self._mask(one.practices())

    def _mask(self, practices: Iterable[str]) -> int:
        mask = 0
        for practice in practices:
            mask |= self._bit[practice]
        return mask


def _practices(decision: Decision, option: str) -> Iterator[str]:
    authored = decision.options[option]
    marks: tuple[Mark, ...] = authored.key()
    for mark in marks:
        yield from mark.practices or authored.practices or decision.practices

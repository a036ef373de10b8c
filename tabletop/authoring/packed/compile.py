"""Compiling: a scenario, with who is a person, as rules over packed integers.

A scene is explored on its own, once for each pattern of the bits it can read or change
(`Inside`): its situations, the moves between them, and its exits. All other bits pass through
untouched, so that a scene that reads four of twenty flags is explored sixteen times at most, and
not a million times. `reach.py` puts the scenes together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tabletop.authoring.liveness import Liveness
from tabletop.authoring.packed.layout import Layout
from tabletop.authoring.packed.offering import Tracked, Worth, tracked
from tabletop.authoring.packed.stage import Stage
from tabletop.authoring.packed.trace import Step, Trace, Vector
from tabletop.exercise.engine import Engine
from tabletop.scenario.model import Decision, Mark

Subject = tuple[str, str]
"""What a route may exercise: a `practice`, `source`, `task` or `objective`, and its name."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a move brings."""

    factors: tuple[tuple[Vector, ...], ...] = ()
    """For each marked choice, the ways it may count."""
    exercised: int = 0
    words: int = 0
    minutes: int = 0
    decided: int = 0
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of a scene: where to, the bits that are set then, and those that pass no more."""

    to: str
    """The next scene; empty where the exercise is over."""
    bits: int = 0
    stopped: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """A move inside a scene."""

    label: int
    plain: bool
    """Whether the plain exploration makes it a move of its own."""
    target: int
    """A situation inside, or, below zero, an exit (`~target`)."""
    step: Step
    mark: Worth | None = None
    """For an answer that counts: the best it can count, in units of the scale."""
    seen: int = 0
    """What shows on it, where somebody watches (`watch.py`)."""


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


@dataclass(slots=True)
class Inside:
    """The situations inside one scene, as far as the bits go that it can read or change."""

    stage: Stage
    nodes: list[int] = field(default_factory=list)
    edges: list[list[Edge]] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)
    arrivals: dict[int, tuple[int, int]] = field(default_factory=dict)
    """For each pattern of bits on arrival: the label, and a situation or an exit below zero."""
    seen: dict[int, int] = field(default_factory=dict)
    """For each pattern of bits on arrival: what shows on arriving, where somebody watches."""
    _node: dict[int, int] = field(default_factory=dict)
    _exit: dict[Exit, int] = field(default_factory=dict)

    def arrive(self, local: int) -> tuple[int, int]:
        """What arriving with these bits brings, and the situation or exit it leads to."""
        if local not in self.arrivals:
            trace = Trace()
            packed = self.stage.enter(local, trace)
            if self.stage.scene.ending:
                target = ~self._out(Exit(""))
            else:
                target = self._come_to_rest(self.stage.unfold(packed, trace), trace)
            self.arrivals[local] = self.stage.model.label(trace, 0), target
            self.seen[local] = trace.seen
        return self.arrivals[local]

    def explored(self, node: int) -> list[Edge]:
        """The moves open in a situation; more situations may appear."""
        while len(self.edges) <= node:
            self.edges.append(list(self._moves(self.nodes[len(self.edges)])))
        return self.edges[node]

    def found(self, node: int) -> list[Edge]:
        """The moves open in a situation, as far as they were explored."""
        return self.edges[node] if node < len(self.edges) else []

    def _come_to_rest(self, packed: int, trace: Trace) -> int:
        packed, to = self.stage.quiet(packed, trace)
        if to is not None:
            return ~self._leaving(packed, to)
        return self._at(self.stage.rest(packed))

    def _at(self, packed: int) -> int:
        number = self._node.setdefault(packed, len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(packed)
        return number

    def _leaving(self, packed: int, to: str) -> int:
        stage = self.stage
        stopped = self.stopped(packed)
        arriving = stage.model.inside(to).stage.arriving
        return self._out(Exit(to, packed & ~stage.touchable & arriving, stopped & arriving))

    def stopped(self, packed: int) -> int:
        """The flags that were set inside, whose values on arrival count no more."""
        touched = packed & self.stage.touchable
        if not touched:
            return 0
        return sum(bits for touch, bits in self.stage.touches.items() if touched & touch)

    def _out(self, exit_: Exit) -> int:
        number = self._exit.setdefault(exit_, len(self.exits))
        if number == len(self.exits):
            self.exits.append(exit_)
        return number

    def _moves(self, packed: int) -> Iterator[Edge]:
        stage, layout = self.stage, self.stage.model.layout
        people = stage.model.people
        for name, asked in stage.asked.items():
            if not packed & layout.opened[name].bits:
                continue
            if people.isdisjoint(stage.by(asked.decision, packed)):
                continue
            for option in stage.shown(name, packed):
                trace = Trace()
                after, mark = stage.settle(packed, name, option, trace)
                yield self._edge(after, trace, ("commit", name, option), mark=mark)
        for triple, plain in self._sharing(packed).items():
            found = stage.takable(packed, *triple)
            if found is not None:
                trace = Trace()
                yield self._edge(
                    stage.share(packed, found, trace), trace, ("share", *triple), plain=plain
                )
        if stage.model.facilitated:
            for name, inject in stage.scene.injects.items():
                came = packed & layout.delivered[name].bits
                if inject.held and not came and stage.may_release(inject, packed):
                    trace = Trace()
                    after = stage.unfold(stage.deliver(packed, name, inject, trace), trace)
                    yield self._edge(after, trace, ("release", name))
        to = stage.way(stage.timed(packed, Trace())) if stage.finished(packed) else None
        if to is not None:
            trace = Trace()
            left = stage.leave(packed, to, trace)
            out = ~self._leaving(left, to)
            label = stage.model.label(trace, 1)
            yield Edge(label, True, out, ("advance",), seen=trace.seen)

    def _edge(
        self,
        after: int,
        trace: Trace,
        step: Step,
        *,
        plain: bool = True,
        mark: Worth | None = None,
    ) -> Edge:
        target = self._come_to_rest(after, trace)
        return Edge(self.stage.model.label(trace, 1), plain, target, step, mark, trace.seen)

    def _sharing(self, packed: int) -> dict[tuple[str, str, str], bool]:
        """The offers that are moves of their own, and whether the plain exploration has them."""
        stage = self.stage
        found: dict[tuple[str, str, str], bool] = {}
        for one in stage.model.followed:
            if not one.person or not one.explicit(stage.name):
                continue
            if packed & stage.model.layout.offers[one.offer][0].bits:
                triple = one.offer[:3]
                found[triple] = found.get(triple, False) or stage.name in one.live
        return found

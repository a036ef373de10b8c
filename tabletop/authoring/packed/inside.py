"""Inside: one scene on its own, as far as the bits go that it can read or change.

Its situations, the moves between them, and its exits, found as they are asked for. What an answer
leads to is worked out once for all situations that agree in what it has to do with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tabletop.authoring.packed.footprints import Footprints
from tabletop.authoring.packed.moves import Edge, Exit
from tabletop.authoring.packed.offering import Worth
from tabletop.authoring.packed.stage import Stage
from tabletop.authoring.packed.trace import Step, Trace

Answer = tuple[int, int, Step, Worth | None, int]
"""The bits an answer changes, and what its edge says: label, step, mark and what shows."""


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
    _answers: dict[tuple[str, int], list[Answer]] = field(default_factory=dict)
    _footprints: Footprints = field(init=False)

    def __post_init__(self) -> None:
        """Works out what answers have to do with."""
        self._footprints = Footprints(self.stage)

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
            for changed, label, step, mark, seen in self._answered(name, packed):
                yield Edge(label, True, self._at(packed ^ changed), step, mark, seen)
        for triple, plain in self._sharing(packed).items():
            found = stage.takable(packed, *triple)
            if found is not None:
                trace = Trace()
                after = stage.share(packed, found, trace)
                yield self._edge(after, trace, ("share", *triple), plain=plain)
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

    def _answered(self, name: str, packed: int) -> list[Answer]:
        """What each answer to an open decision comes to."""
        key = (name, packed & self._footprints.of(packed, name))
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = []
            stage = self.stage
            for option in stage.shown(name, packed):
                trace = Trace()
                after, mark = stage.settle(packed, name, option, trace)
                after, to = stage.quiet(after, trace)
                assert to is None, "with somebody there to answer, stand-ins do not leave"
                changed, label = packed ^ stage.rest(after), stage.model.label(trace, 1)
                found.append((changed, label, ("commit", name, option), mark, trace.seen))
        return found

    def _edge(self, after: int, trace: Trace, step: Step, *, plain: bool = True) -> Edge:
        target = self._come_to_rest(after, trace)
        return Edge(self.stage.model.label(trace, 1), plain, target, step, None, trace.seen)

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

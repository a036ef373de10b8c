"""Inside: one scene on its own, as far as the bits go that it can read or change.

Its situations, the moves between them, and its exits, found as they are asked for. What an answer
leads to is worked out once for all situations that agree in what it has to do with. Ten decisions
open side by side are ten million situations, so for each of them only the numbers of those it leads
to are kept; what leads there is the same in many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tabletop.authoring.packed.footprints import Footprints
from tabletop.authoring.packed.moves import Edge, Exit, Move
from tabletop.authoring.packed.offering import Worth
from tabletop.authoring.packed.stage import Stage
from tabletop.authoring.packed.trace import Step, Trace

Answer = tuple[int, Move]
"""The bits an answer changes, and what giving it is."""


@dataclass(slots=True)
class Inside:
    """The situations inside one scene, as far as the bits go that it can read or change."""

    stage: Stage
    nodes: list[int] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)
    arrivals: dict[int, tuple[int, int]] = field(default_factory=dict)
    """For each pattern of bits on arrival: the label, and a situation or an exit below zero."""
    seen: dict[int, int] = field(default_factory=dict)
    """For each pattern of bits on arrival: what shows on arriving, where somebody watches."""
    _moves: list[tuple[Move, ...] | None] = field(default_factory=list)
    """By situation: what can be done; nothing as long as it is not explored."""
    _targets: list[tuple[int, ...]] = field(default_factory=list)
    """By situation: where each of that leads."""
    _same: dict[tuple[int, ...], tuple[Move, ...]] = field(default_factory=dict)
    _plain: dict[int, int] = field(default_factory=dict)
    _made: dict[Move, Move] = field(default_factory=dict)
    _node: dict[int, int] = field(default_factory=dict)
    _exit: dict[Exit, int] = field(default_factory=dict)
    _answers: dict[tuple[str, int], list[Answer]] = field(default_factory=dict)
    _footprints: Footprints = field(init=False)
    _offers: list[tuple[int, tuple[str, str, str], bool]] = field(init=False)
    """Offers that are moves of their own: the bit by which they stand, and whether plainly so."""

    def __post_init__(self) -> None:
        """Works out what answers have to do with, and which offers are moves."""
        stage = self.stage
        self._footprints = Footprints(stage)
        self._offers = [
            (stage.model.layout.offers[one.offer][0].bits, one.offer[:3], stage.name in one.live)
            for one in stage.model.followed
            if one.person and one.explicit(stage.name)
        ]

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
        self._explore(node)
        return self.found(node)

    def after(self, node: int, *, plain_only: bool = False) -> Sequence[int]:
        """Where the moves open in a situation lead; more situations may appear."""
        moves = self._explore(node)
        if not plain_only:
            return self._targets[node]
        return [to for move, to in zip(moves, self._targets[node], strict=True) if move.plain]

    def plain_moves(self, node: int) -> int:
        """How many moves the plain exploration makes from an explored situation."""
        moves = self._explore(node)
        if id(moves) not in self._plain:
            self._plain[id(moves)] = sum(move.plain for move in moves)
        return self._plain[id(moves)]

    def found(self, node: int) -> list[Edge]:
        """The moves open in a situation, as far as they were explored."""
        pairs = zip(self._moves[node] or (), self._targets[node], strict=True)
        return [Edge(m.label, m.plain, target, m.step, m.mark, m.seen) for m, target in pairs]

    def _explore(self, node: int) -> tuple[Move, ...]:
        known = self._moves[node]
        if known is None:
            pairs = list(self._open(self.nodes[node]))
            moves = tuple([move for move, _ in pairs])
            self._targets[node] = tuple([target for _, target in pairs])
            # Moves are made once each, so that comparing which they are is enough.
            known = self._moves[node] = self._same.setdefault(tuple(map(id, moves)), moves)
        return known

    def situations(self) -> Iterator[tuple[int, list[Edge]]]:
        """Each situation that was explored, by its number, and its moves."""
        for node, moves in enumerate(self._moves):
            if moves is not None:
                yield node, self.found(node)

    def _come_to_rest(self, packed: int, trace: Trace) -> int:
        packed, to = self.stage.quiet(packed, trace)
        if to is not None:
            return ~self._leaving(packed, to)
        return self.at(self.stage.rest(packed))

    def at(self, packed: int) -> int:
        """The number of a situation."""
        number = self._node.setdefault(packed, len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(packed)
            self._moves.append(None)
            self._targets.append(())
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

    def _open(self, packed: int) -> Iterator[tuple[Move, int]]:
        """What can be done in a situation, and where it leads."""
        stage, layout = self.stage, self.stage.model.layout
        people = stage.model.people
        for name, asked in stage.asked.items():
            if not packed & layout.opened[name].bits:
                continue
            if people.isdisjoint(stage.by(asked.decision, packed)):
                continue
            for changed, move in self._answered(name, packed):
                yield move, self.at(packed ^ changed)
        for triple, plain in self._sharing(packed).items():
            found = stage.takable(packed, *triple)
            if found is not None:
                trace = Trace()
                target = self._come_to_rest(stage.share(packed, found, trace), trace)
                yield self._move(trace, ("share", *triple), plain=plain), target
        if stage.model.facilitated:
            for name, inject in stage.scene.injects.items():
                came = packed & layout.delivered[name].bits
                if inject.held and not came and stage.may_release(inject, packed):
                    trace = Trace()
                    after = stage.unfold(stage.deliver(packed, name, inject, trace), trace)
                    target = self._come_to_rest(after, trace)
                    yield self._move(trace, ("release", name)), target
        to = stage.way(stage.timed(packed, Trace())) if stage.finished(packed) else None
        if to is not None:
            trace = Trace()
            target = ~self._leaving(stage.leave(packed, to, trace), to)
            yield self._move(trace, ("advance",)), target

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
                move = self._move(trace, ("commit", name, option), mark=mark)
                found.append((packed ^ stage.rest(after), move))
        return found

    def _move(
        self, trace: Trace, step: Step, *, plain: bool = True, mark: Worth | None = None
    ) -> Move:
        move = Move(self.stage.model.label(trace, 1), plain, step, mark, trace.seen)
        return self._made.setdefault(move, move)

    def _sharing(self, packed: int) -> dict[tuple[str, str, str], bool]:
        """The offers that are moves of their own, and whether the plain exploration has them."""
        found: dict[tuple[str, str, str], bool] = {}
        for stands, triple, plain in self._offers:
            if packed & stands:
                found[triple] = found.get(triple, False) or plain
        return found

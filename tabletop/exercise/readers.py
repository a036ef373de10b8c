"""Readers: all that a view reads of its seat.

A view is made for a reader, not for a seat, and can show nothing of a seat that a reader doesn't
have. So those who are the same reader are shown the same view, made once for all of them: two
hundred people in four roles are some four readers, until they speak or answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tabletop.exercise.seats import Kind, Seat
from tabletop.exercise.state import CONDUCT, Passage, State

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine

SPEAKING = ("message", "advice")
"""The kinds of passages that read otherwise to whoever said them."""


class Reader(NamedTuple):
    """Someone who reads a view, as far as the view can tell."""

    kind: Kind
    role: str
    skips: tuple[str, ...] = ()
    skipped: tuple[int, ...] = ()
    away: bool = False
    left: bool = False
    own: str = ""
    """The seat, where something of its own is shown: what it said, answered or wrote."""


def reader(engine: Engine, state: State, seat: Seat) -> Reader:
    """Who reads the view of a seat."""
    own = seat.id in _told(engine, state, seat.role).speakers or seat.id in state.reflections
    return Reader(
        seat.kind,
        seat.role,
        seat.skips,
        state.skipped.get(seat.id, ()),
        seat.id in state.away,
        seat.id in state.left,
        seat.id if own or _answered(engine, state, seat.id) else "",
    )


def passages_of(engine: Engine, state: State, role: str, seat: str) -> tuple[Passage, ...]:
    """What a seat was told in a role.

    A word to the facilitator is between whoever said it and those who conduct; others in the same
    role read on without it, and nothing in how their passages are numbered shows that it was said.
    """
    told = _told(engine, state, role)
    if not told.asides:
        return told.passages
    return tuple([each for each in told.passages if not _aside(each) or each.seat == seat])


class Told(NamedTuple):
    """What a role was told, and what readers ask of all of it."""

    passages: tuple[Passage, ...] = ()
    speakers: frozenset[str] = frozenset()
    """The seats whose own words are in it."""
    asides: bool = False
    """Whether it holds a word to the facilitator."""

    def grown(self, passages: tuple[Passage, ...]) -> Told:
        """The same with what came since, of passages that begin with these."""
        fresh = passages[len(self.passages) :]
        speakers = [each.seat for each in fresh if each.kind in SPEAKING]
        return Told(passages, self.speakers.union(speakers), self.asides or any(map(_aside, fresh)))


def _told(engine: Engine, state: State, role: str) -> Told:
    """What a role was told; only what came since it was last asked for is gone through."""
    passages = state.feeds.get(role, ())
    key = (_told, role)
    last: Told = engine.shown.get(key, Told())
    if last.passages is not passages:
        begins = passages[: len(last.passages)] == last.passages
        last = engine.shown[key] = (last if begins else Told()).grown(passages)
    return last


def _aside(passage: Passage) -> bool:
    """Whether it was said to the facilitator alone."""
    return passage.kind == "message" and passage.item == CONDUCT


def _answered(engine: Engine, state: State, seat: str) -> bool:
    """Whether a seat has answered anything in this scene."""
    if not state.scene:
        return False
    for name in engine.scenario.scenes[state.scene].decisions:
        decision = state.decisions.get(name)
        if decision is not None and seat in decision.answers:
            return True
    return False

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
    """The seat, where something of its own is shown: what it said or answered."""


def reader(engine: Engine, state: State, seat: Seat) -> Reader:
    """Who reads the view of a seat."""
    spoke = seat.id in _speakers(engine, seat.role, state.feeds.get(seat.role, ()))
    return Reader(
        seat.kind,
        seat.role,
        seat.skips,
        state.skipped.get(seat.id, ()),
        seat.id in state.away,
        seat.id in state.left,
        seat.id if spoke or _answered(engine, state, seat.id) else "",
    )


def passages_of(engine: Engine, state: State, role: str, seat: str) -> tuple[Passage, ...]:
    """What a seat was told in a role.

    A word to the facilitator is between whoever said it and those who conduct; others in the same
    role read on without it, and nothing in how their passages are numbered shows that it was said.
    """
    passages = state.feeds.get(role, ())
    key = (passages_of, role)
    last: tuple[tuple[Passage, ...], bool] | None = engine.shown.get(key)
    if last is None or last[0] is not passages:
        last = engine.shown[key] = passages, any(map(_aside, passages))
    if not last[1]:
        return passages
    return tuple([each for each in passages if not _aside(each) or each.seat == seat])


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


def _speakers(engine: Engine, role: str, passages: tuple[Passage, ...]) -> frozenset[str]:
    """The seats whose own words are in the feed of a role."""
    key = (_speakers, role)
    last: tuple[tuple[Passage, ...], frozenset[str]] | None = engine.shown.get(key)
    if last is None or last[0] is not passages:
        found = frozenset([each.seat for each in passages if each.kind in SPEAKING])
        last = engine.shown[key] = passages, found
    return last[1]

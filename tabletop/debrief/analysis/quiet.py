"""Quiet: how many people at the table answered little, or said nothing of their own.

Somebody is asked where a decision is put to their role and settles while they sit there. Somebody
says something with a reason, advice, a message or a fact told. Few who ask for this want a list of
people; it is a matter for the facilitator's next session, so the values keep seats and the pages
give them no name.
"""

from collections import Counter
from dataclasses import dataclass

from tabletop.debrief.analysis.agreement import given
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e

ENOUGH = 2
"""Decisions one has to have been asked before one's answers are called few."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person answered and said."""

    seat: str
    role: str
    """The role they sat in at the end."""
    asked: int
    answered: int
    said: int
    """Reasons, advice, messages and facts told."""

    @property
    def quiet(self) -> bool:
        """Whether they answered less than half of what they were asked, or said nothing."""
        return (self.asked >= ENOUGH and self.answered * 2 < self.asked) or not self.said


def voices(telling: Telling) -> tuple[Voice, ...]:
    """Everyone who sat in a role, in the order they came."""
    asked, answered, said = Counter[str](), Counter[str](), Counter[str]()
    for step in telling.steps:
        match step.event:
            case e.Settled(decision=decision):
                state = step.before
                asked.update(
                    seat.id
                    for role in state.decisions[decision].by
                    for seat in state.in_role(role)
                    if seat.kind == "player"
                )
                for each in given(telling, state, decision):
                    answered[each.seat] += 1
                    said[each.seat] += bool(each.answer.reason)
            case e.Told(kind="message" | "advice" | "shared", seat=seat):
                said[seat] += 1
    return tuple(
        Voice(seat.id, seat.role, asked[seat.id], answered[seat.id], said[seat.id])
        for seat in telling.state.seats.values()
        if seat.kind == "player"
    )

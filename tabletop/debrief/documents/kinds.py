"""Kinds: the documents a scenario alone gives, by the name one asks for them with."""

from collections.abc import Callable, Iterable, Iterator

from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.evaluation_guide import evaluation_guides
from tabletop.debrief.documents.handbook import handbook
from tabletop.debrief.documents.handouts import (
    attendance_roster,
    feedback_form,
    participation_certificate,
)
from tabletop.debrief.documents.msel import msel
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.role_brief import role_briefs
from tabletop.debrief.documents.situation_manual import situation_manual


def _one(make: Callable[[Occasion], Document]) -> Callable[[Occasion], Iterator[Document]]:
    return lambda occasion: iter((make(occasion),))


PLANNED: dict[str, Callable[[Occasion], Iterator[Document]]] = {
    "situation-manual": _one(situation_manual),
    "role-briefs": role_briefs,
    "handbook": _one(handbook),
    "msel": _one(msel),
    "evaluation-guides": evaluation_guides,
    "feedback-form": _one(feedback_form),
    "attendance-roster": _one(attendance_roster),
    "participation-certificate": _one(participation_certificate),
}
"""Name to what makes one or several documents of an exercise that is still to come."""


def planned(occasion: Occasion, kinds: Iterable[str] = ()) -> Iterator[Document]:
    """The documents of these kinds, in the fixed order; of every kind where none is named.

    Raises:
        KeyError: for a kind there is not.
    """
    wanted = set(kinds) or set(PLANNED)
    unknown = wanted - set(PLANNED)
    if unknown:
        raise KeyError(min(unknown))
    for name, make in PLANNED.items():
        if name in wanted:
            yield from make(occasion)

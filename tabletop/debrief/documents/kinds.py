"""Kinds: the documents there are, by the name one asks for them with."""

from collections.abc import Callable, Collection, Iterable, Iterator

from tabletop.debrief.documents.after_action import after_action_report
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.evaluation_guide import evaluation_guides, filled_guides
from tabletop.debrief.documents.handbook import handbook
from tabletop.debrief.documents.handouts import (
    attendance_roster,
    feedback_form,
    participation_certificate,
)
from tabletop.debrief.documents.msel import msel
from tabletop.debrief.documents.msel_played import msel_as_played
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.played import Played
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


PLAYED: dict[str, Callable[[Played], Iterator[Document]]] = {
    # It speaks to whoever played alone; the others speak about them.
    "debrief": lambda played: iter((debrief(played.report),)),
    "after-action-report": lambda played: iter((after_action_report(played.for_others),)),
    "msel": lambda played: iter((msel_as_played(played.for_others),)),
    "evaluation-guides": lambda played: filled_guides(played.for_others),
    "participation-certificate": lambda played: iter(
        (participation_certificate(played.occasion, played.people),)
    ),
}
"""Name to what makes one or several documents of an exercise that was played."""


def of_record(played: Played, kinds: Iterable[str] = ()) -> Iterator[Document]:
    """The documents of these kinds, in the fixed order; of every kind where none is named.

    Raises:
        KeyError: for a kind there is not.
    """
    wanted = _known(kinds, PLAYED)
    for name, make in PLAYED.items():
        if name in wanted:
            yield from make(played)


def planned(occasion: Occasion, kinds: Iterable[str] = ()) -> Iterator[Document]:
    """The documents of these kinds, in the fixed order; of every kind where none is named.

    Raises:
        KeyError: for a kind there is not.
    """
    wanted = _known(kinds, PLANNED)
    for name, make in PLANNED.items():
        if name in wanted:
            yield from make(occasion)


def _known(kinds: Iterable[str], there: Collection[str]) -> set[str]:
    wanted = set(kinds) or set(there)
    unknown = wanted - set(there)
    if unknown:
        raise KeyError(min(unknown))
    return wanted

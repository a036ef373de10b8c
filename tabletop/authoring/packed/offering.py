"""Offers, sorted by how exploring has to follow them.

An offer is tracked if taking it changes something, or if a person's taking or keeping it is marked
or rests on a practice; where somebody watches what shows (`watch.py`), so is every offer of a
person, and every one a stand-in takes. A tracked offer is explicit where taking it is a move of its
own. Where it changes nothing but its own mark, and no other offer tells the same role the same
fact, it is deferred: it only stands, and when its window closes each mark it could have had until
then is one more way of having spent it. That is exact, because nothing in between could tell the
ways apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tabletop.authoring.liveness import Liveness
from tabletop.authoring.packed.layout import ENDED, GRANTED, Layout, Lookup, PackedSituation
from tabletop.exercise.plan import mark_conditions
from tabletop.exercise.state import Offer
from tabletop.scenario.model import Share

Worth = tuple[int, int]
"""Victim-centeredness and case integrity."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """An offer that exploring follows."""

    offer: Offer
    share: Share
    person: bool
    """Whether its holder is a person, so that it counts."""
    simple: bool
    """Whether it may be deferred where it changes nothing."""
    live: frozenset[str]
    """The scenes in which taking it may change something."""
    worths: tuple[Worth, ...]
    """The marks that taking it could ever have."""
    worth: Lookup[Worth]
    """The mark of taking it now."""
    bits: int
    """The bits that its marks rest on."""

    @property
    def kept(self) -> Worth:
        """The mark of having kept it where its recipient does not know."""
        return (self.share.kept.vc, self.share.kept.ci) if self.share.kept else (0, 0)

    @property
    def counts(self) -> bool:
        """Whether taking or keeping it may be marked, or rests on a practice."""
        return any(map(any, (*self.worths, self.kept))) or any(self.practices())

    def practices(self) -> Iterator[str]:
        """The practices that its marks rest on."""
        share = self.share
        for mark in share.key():
            yield from mark.practices or share.practices
        for plain in (share.kept, share.without, share.lapsed):
            if plain is not None:
                yield from plain.practices

    def explicit(self, scene: str) -> bool:
        """Whether taking it is a move of its own in a scene."""
        return not self.person or not self.simple or scene in self.live


def tracked(
    layout: Layout, liveness: Liveness, people: frozenset[str], *, watched: bool = False
) -> tuple[Tracked, ...]:
    """The offers exploring follows, in the order of the scenario; all of them where `watched`."""
    groups: dict[tuple[str, str], list[Offer]] = {}
    for offer in layout.offers:
        groups.setdefault((offer[0], offer[2]), []).append(offer)
    found: list[Tracked] = []
    for offers in groups.values():
        each = [_tracked(layout, liveness, people, offer, offers) for offer in offers]
        if any(one.live or (one.person and one.counts) for one in each):
            found += each
        elif watched:
            # Which of such offers is taken makes no difference, so that each may be deferred.
            found += [replace(one, simple=True) for one in each if one.person]
            found += [one for one in each if not one.person and one.share.stand_in is not None]
    order = {offer: place for place, offer in enumerate(layout.offers)}
    found.sort(key=lambda one: order[one.offer])
    for one in found:
        if len(one.worths) > 1 and one.simple and one.person:
            layout.remember_marks(one.offer, len(one.worths))
    return tuple(found)


def _tracked(
    layout: Layout,
    liveness: Liveness,
    people: frozenset[str],
    offer: Offer,
    group: list[Offer],
) -> Tracked:
    fact, holder, to, number = offer
    share = layout.engine.scenario.facts[fact].share[number]
    onward = any(other[0] == fact and other[1] == to for other in layout.offers)
    bits = layout.reads(mark_conditions(share))
    if share.under is not None:
        bits |= layout.consents[share.under].bits
    return Tracked(
        offer=offer,
        share=share,
        person=holder in people,
        simple=len(group) == 1 and not onward,
        live=frozenset(
            scene for scene, offered in liveness.offered.items() if (fact, to, number) in offered
        ),
        worths=_worths(layout, fact, number, share),
        worth=Lookup(bits, lambda packed: _worth(layout, fact, number, share, packed)),
        bits=bits,
    )


def _worths(layout: Layout, fact: str, number: int, share: Share) -> tuple[Worth, ...]:
    marks = layout.engine.plan.share_marks[fact, number]
    found = [(mark.vc, mark.ci) for mark in marks]
    if all(mark.when is not None for mark in marks):
        found.append((0, 0))
    if share.under is not None:
        found += [(w.vc, w.ci) for w in (share.without, share.lapsed) if w is not None]
    return tuple(dict.fromkeys(found))


def _worth(layout: Layout, fact: str, number: int, share: Share, packed: int) -> Worth:
    """The mark of taking an offer now, by the consent it needs and the first mark that holds."""
    if share.under is not None:
        standing = layout.consents[share.under].read(packed)
        wrong = share.lapsed or share.without if standing == ENDED else share.without
        if standing != GRANTED and wrong is not None:
            return wrong.vc, wrong.ci
    situation = PackedSituation(layout, packed)
    for mark in layout.engine.plan.share_marks[fact, number]:
        if mark.when is None or mark.when.holds(situation):
            return mark.vc, mark.ci
    return 0, 0

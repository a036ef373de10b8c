"""Knowing: who knew what, from when on and how; and what was not told though it bore on a decision.

A fact bears on a decision for a role where the decision's conditions read whether the role knows
it, or read what telling it to that role would have changed. It could rightly have been told by a
moment if by then somebody at the table who knew it had an offer to tell that role, and at some
moment while the offer stood nothing spoke against it: neither axis harmed, no critical act.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tabletop.debrief.analysis.sources import sources
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e
from tabletop.exercise.plan import changes, decision_conditions, reads
from tabletop.exercise.state import Offer


@dataclass(frozen=True, slots=True)
class Came:
    """How a role at the table came to know a fact."""

    number: int
    """The event from which it knew: what told it, or the role's joining."""
    seq: int
    at: int
    """Exercise milliseconds."""
    role: str
    fact: str
    how: Literal["held", "told", "decision", "inject", "fact"]
    """Held from the start, told by a role, or revealed by what came of one of these."""
    by: str = ""
    """The role that told it, or the decision, inject or fact that revealed it."""
    consent: e.ConsentStanding = ""
    """For a fact told: how the consent stood that it needs."""
    under: str = ""
    """That consent."""
    joining: bool = False
    """Whether it was known before the role came to the table."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A role was let know that something privileged exists, and not what."""

    number: int
    seq: int
    at: int
    role: str
    fact: str
    by: str


@dataclass(frozen=True, slots=True)
class Unshared:
    """A fact a deciding role did not know, and could rightly have been told by then."""

    fact: str
    to: str
    holders: tuple[str, ...]
    since: int
    """Exercise milliseconds from which on it could rightly have been told."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A settled decision with the facts that bore on it."""

    number: int
    seq: int
    at: int
    decision: str
    known: tuple[tuple[str, str], ...]
    """Role and fact: what bore on it and was known."""
    unshared: tuple[Unshared, ...]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A privileged fact, one that needs a consent, or one told as a critical act, was told."""

    number: int
    seq: int
    at: int
    fact: str
    sender: str
    to: str
    told: bool
    """Whether its text was told, and not only that it exists."""
    privileged: bool
    consent: e.ConsentStanding
    under: str
    critical: bool
    counts: bool


@dataclass(frozen=True)
class Knowing:
    """Who knew what, when."""

    roles: tuple[str, ...]
    """Those who came to the table, in the scenario's order."""
    came: tuple[Came, ...]
    """In the order it happened; at most one for a role and a fact."""
    hints: tuple[Hint, ...]
    decisions: tuple[Decided, ...]
    disclosures: tuple[Disclosure, ...]

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts anyone at the table knew, in the order they came to be known there."""
        return tuple(dict.fromkeys(each.fact for each in self.came))

    @cached_property
    def cells(self) -> dict[tuple[str, str], Came | Hint]:
        """By fact and role; knowing a fact outweighs knowing that there is one."""
        hinted: dict[tuple[str, str], Came | Hint] = {}
        for hint in self.hints:
            hinted.setdefault((hint.fact, hint.role), hint)
        return {**hinted, **{(each.fact, each.role): each for each in self.came}}


def knowing(telling: Telling) -> Knowing:
    """Who knew what in an exercise, from when on and how."""
    joined = {
        step.event.role: step
        for step in telling.of(e.RoleJoined)
        if isinstance(step.event, e.RoleJoined)
    }
    return Knowing(
        roles=tuple(role for role in telling.scenario.roles if role in joined),
        came=tuple(sorted(_came(telling, joined), key=lambda each: each.number)),
        hints=tuple(
            Hint(step.number, step.seq, step.at, event.to, event.fact, event.sender)
            for step in telling.of(e.FactShared)
            if isinstance(event := step.event, e.FactShared) and not event.told
        ),
        decisions=tuple(_decided(telling)),
        disclosures=tuple(_disclosures(telling)),
    )


def _came(telling: Telling, joined: dict[str, Step]) -> Iterator[Came]:
    brought = sources(telling)
    for step in telling.of(e.Learned):
        event = step.event
        assert isinstance(event, e.Learned)
        arrival = joined.get(event.role)
        if arrival is None:
            continue
        joining = arrival.seq > step.seq
        since = arrival if joining else step
        how, by = _how(brought[step.number].event)
        consent: e.ConsentStanding = ""
        under = ""
        source = brought[step.number].event
        if event.how == "shared" and isinstance(source, e.FactShared):
            how, by, consent = "told", source.sender, source.consent
            under = telling.scenario.facts[event.fact].share[source.offer].under or ""
        yield Came(
            number=since.number,
            seq=since.seq,
            at=since.at,
            role=event.role,
            fact=event.fact,
            how=how,
            by=by,
            consent=consent,
            under=under,
            joining=joining,
        )


def _how(source: e.Event) -> tuple[Literal["held", "told", "decision", "inject", "fact"], str]:
    match source:
        case e.Settled():
            return "decision", source.decision
        case e.InjectDelivered():
            return "inject", source.inject
        case e.FactShared():
            return "fact", source.fact
    return "held", ""


def bearing(telling: Telling, decision: str, role: str) -> frozenset[str]:
    """The facts that bear on a decision for a role."""
    asked = set(reads(decision_conditions(telling.decision(decision))))
    known = {read[2] for read in asked if read[0] == "knows" and read[1] == role}
    moving = {
        fact
        for fact, each in telling.scenario.facts.items()
        for share in each.share
        if role in share.to and not asked.isdisjoint(changes(share))
    }
    return frozenset(known | moving)


def _decided(telling: Telling) -> Iterator[Decided]:
    rightly = _Rightly(telling)
    for step in telling.steps:
        rightly.follow(step)
        event = step.event
        if not isinstance(event, e.Settled):
            continue
        known: list[tuple[str, str]] = []
        unshared: list[Unshared] = []
        for role in step.before.decisions[event.decision].by:
            bore = bearing(telling, event.decision, role)
            for fact in telling.scenario.facts:
                if fact not in bore:
                    continue
                if step.before.knows(role, fact):
                    known.append((role, fact))
                elif found := rightly.unshared(fact, role):
                    unshared.append(found)
        yield Decided(step.number, step.seq, step.at, event.decision, tuple(known), tuple(unshared))


class _Rightly:
    """From when on each offer could rightly have been taken."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.since: dict[Offer, int] = {}
        self.waiting: list[Offer] = []
        self.moved = False

    def follow(self, step: Step) -> None:
        """Takes in one step; what stands before it is what the one before it left."""
        if self.moved:
            self.waiting = [offer for offer in self.waiting if not self._right(offer, step)]
        match step.event:
            case e.OfferMade(fact, holder, to, number):
                if not self._right((fact, holder, to, number), step):
                    self.waiting.append((fact, holder, to, number))
            case e.OfferClosed(fact, holder, to, number):
                gone = fact, holder, to, number
                self.waiting = [offer for offer in self.waiting if offer != gone]
        self.moved = isinstance(
            step.event,
            e.Changed | e.Learned | e.ConsentGiven | e.ConsentEnded | e.Settled | e.InjectDelivered,
        )

    def _right(self, offer: Offer, step: Step) -> bool:
        fact, _, _, number = offer
        right = self.telling.share_standing(step.before, fact, number).right
        if right:
            self.since[offer] = step.at
        return right

    def unshared(self, fact: str, to: str) -> Unshared | None:
        """Who could rightly have told a role a fact by now, and since when."""
        could = [
            (holder, at)
            for (shared, holder, recipient, _), at in self.since.items()
            if (shared, recipient) == (fact, to)
        ]
        if not could:
            return None
        holders = tuple(dict.fromkeys(holder for holder, _ in could))
        return Unshared(fact, to, holders, min(at for _, at in could))


def _disclosures(telling: Telling) -> Iterator[Disclosure]:
    for step in telling.of(e.FactShared):
        event = step.event
        assert isinstance(event, e.FactShared)
        privileged = telling.privileged(event.fact)
        if privileged or event.consent or event.critical:
            share = telling.scenario.facts[event.fact].share[event.offer]
            yield Disclosure(
                number=step.number,
                seq=step.seq,
                at=step.at,
                fact=event.fact,
                sender=event.sender,
                to=event.to,
                told=event.told,
                privileged=privileged,
                consent=event.consent,
                under=share.under or "",
                critical=event.critical,
                counts=event.counts,
            )

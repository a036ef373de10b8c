"""Story: an exercise told again from its record, entry by entry, for everyone at once.

It is told from the record alone, with the scenario it carries. What anyone knew or answered stands
in it, so it is for afterwards.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from io import StringIO
from typing import TYPE_CHECKING

from tabletop.exercise import events as e
from tabletop.exercise.codec import encode
from tabletop.exercise.feeds import scene_title
from tabletop.exercise.record import Record, trunk
from tabletop.exercise.replay import engine_of, fold, state_hash
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import CONDUCT, PUBLIC
from tabletop.plain.lists import dumped
from tabletop.plain.page import Page
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine

UNTOLD = ("brief", "shared", "settled", "jumped", "rewound")
"""Passages that say what another line says."""

ALONE = ("sole", "stand_in")
"""How an answer came to count where it was the only one, and was just told."""


def lines(record: Record) -> Iterator[str]:
    """The story as lines."""
    out = StringIO()
    teller = Teller(Page(out, width=80), engine_of(record.header), record.words)
    header = record.header
    teller.page.line(
        say(
            "{title}, begun {created}, played as {roles}",
            title=teller.engine.filled(teller.engine.scenario.title),
            created=header.created.replace("T", " ").removesuffix("Z"),
            roles=", ".join(teller.name(role) for role in header.roles),
        )
    )
    for entry in trunk(record.entries):
        teller.at = entry.at
        for event in entry.events:
            teller.tell(event)
    yield from out.getvalue().splitlines()


def as_json(record: Record) -> list[str]:
    """The record for programs: header, entries, words, and the state they lead to."""
    return dumped(
        {
            "header": {**asdict(record.header), "parameters": dict(record.header.parameters)},
            "entries": [
                {
                    "seq": entry.seq,
                    "parent": entry.parent,
                    "at": entry.at,
                    "by": entry.by,
                    "events": [encode(event) for event in entry.events],
                }
                for entry in record.entries
            ],
            "words": dict(record.words),
            "head": record.head,
            "state": state_hash(fold(record.entries)),
        }
    )


class Teller:
    """Tells events."""

    def __init__(self, page: Page, engine: "Engine", words: Mapping[str, str | None]) -> None:
        """Takes where to tell, what the scenario says, and what people wrote."""
        self.page = page
        self.engine = engine
        self.words = words
        self.at = 0
        self._options: dict[tuple[str, str], str] = {}
        self._seats: dict[str, Seat] = {}

    def name(self, who: str) -> str:
        """What a role is called, or whoever sits in a seat."""
        roles = self.engine.scenario.roles
        if who in roles:
            return roles[who].name
        seat = self._seats.get(who)
        if seat is None:
            return say("the facilitator") if who == CONDUCT else who
        called = self.words.get(seat.name) if seat.name else ""
        role = roles[seat.role].name if seat.role else seat.kind
        return f"{called} ({role})" if called else role

    def tell(self, event: e.Event) -> None:
        """Tells one event, if it is one to tell."""
        match event:
            case e.Started(seats=seats):
                self._seats = {seat.id: seat for seat in seats}
            case e.Seated(seat=seat):
                self._seats[seat.id] = seat
                if seat.kind != "stand_in":
                    self._line(say("{name} takes a seat.", name=self.name(seat.id)))
            case e.Left(seat=seat):
                self._line(say("{name} leaves the table.", name=self.name(seat)))
            case e.Jumped(scene=scene, reason=reason):
                title = scene_title(self.engine, scene)
                self._steered(say("The facilitator goes on to {scene}.", scene=title), reason)
            case e.Rewound(reason=reason):
                self._steered(say("The facilitator goes back to an earlier point."), reason)
            case e.CareAsked(seat=seat):
                self._line(
                    say("{name} asks for a stop.", name=self.name(seat))
                    if seat
                    else say("Somebody asks for a stop.")
                )
            case e.Observed(kind=kind, words=words):
                noted = say("strength") if kind == "strength" else say("issue")
                self._line(say("Noted, {kind}: {words}", kind=noted, words=self._said(words)))
            case e.SceneEntered(scene=scene):
                here = self.engine.scenario.scenes[scene]
                title = scene_title(self.engine, scene)
                time = self.engine.filled(here.time or "")
                self._line(f"{title}. {time}" if time else title, apart=True)
            case e.RoleJoined(role=role) if self.engine.scenario.roles[role].joins:
                self._line(say("{name} comes to the table.", name=self.name(role)))
            case e.DecisionOpened(decision=decision, options=options):
                for option, texts in options:
                    self._options[decision, option] = self.engine.text(texts[0][1]) if texts else ""
            case e.Told():
                self._told(event)
            case e.Committed(decision=decision, seat=seat, option=option):
                self._line(
                    say(
                        "{name} answers “{title}”: {option}",
                        name=self.name(seat),
                        title=self._title(decision),
                        option=self._option(decision, option),
                    )
                )
                self._because(event)
            case e.Settled(decision=decision, option=option) if event.how not in ALONE:
                told = {"title": self._title(decision), "option": self._option(decision, option)}
                self._steered(
                    say("The facilitator settles “{title}”: {option}", **told)
                    if event.how == "facilitator"
                    else say("Decided, “{title}”: {option}", **told),
                    event.reason,
                )
            case e.FactShared(fact=fact, sender=sender, to=to):
                self._line(
                    say(
                        "{name} tells {to}: {fact}",
                        name=self.name(sender),
                        to=self.name(to),
                        fact=self._fact(fact),
                    )
                )
            case e.ConsentGiven(consent=consent):
                self._line(
                    say("A consent was given: {text}", text=self.engine.consent_text(consent))
                )
            case e.ConsentEnded(consent=consent):
                self._line(say("A consent ended: {text}", text=self.engine.consent_text(consent)))
            case e.Paused():
                self._line(say("Paused."))
            case e.Resumed():
                self._line(say("Resumed."))
            case e.SteppedOut(seat=seat):
                self._line(say("{name} steps out.", name=self.name(seat)))
            case e.SteppedIn(seat=seat):
                self._line(say("{name} steps in again.", name=self.name(seat)))
            case e.Reflected(seat=seat, words=words) if words:
                self._line(
                    say(
                        "{name} writes afterwards: {words}",
                        name=self.name(seat),
                        words=self._said(words),
                    )
                )
            case e.Ended(ending=ending):
                self._line(
                    say("The exercise ended: {ending}.", ending=scene_title(self.engine, ending))
                    if ending
                    else say("The exercise was ended early.")
                )

    def _steered(self, text: str, reason: str) -> None:
        self._line(text)
        if reason:
            self.page.line(say("Why: {reason}", reason=self._said(reason)), "  ")

    def _told(self, event: e.Told) -> None:
        if event.kind in UNTOLD:
            return
        to = ", ".join(self.name(role) for role in event.to if role != PUBLIC)
        if event.kind in ("message", "advice"):
            self._line(
                say(
                    "{name} says to {to}: {words}",
                    name=self.name(event.sender),
                    to=to,
                    words=self._said(event.words) if event.words else self.engine.text(event.path),
                )
            )
            return
        title = ""
        if event.kind == "inject":
            title = self.engine.filled(self.engine.plan.inject(event.item).title)
        joined = set(event.to) >= set(self.engine.scenario.roles)
        if not joined or title:
            said = say("To all") if joined else say("To {to}", to=to)
            self._line(f"{said}: {title}" if title else f"{said}:")
        else:
            self.page.gap()
        if event.path:
            self.page.joined()
            self.page.prose(self.engine.text(event.path))
        elif event.words:
            self.page.line(self._said(event.words))

    def _because(self, event: e.Committed) -> None:
        if event.reason:
            self.page.line(say("Why: {reason}", reason=self._said(event.reason)), "  ")

    def _line(self, text: str, *, apart: bool = False) -> None:
        minutes, seconds = divmod(self.at // 1000, 60)
        self.page.gap()
        if apart:
            self.page.gap()
        self.page.line(text, f"{minutes:02}:{seconds:02}  ", "       ")

    def _said(self, reference: str) -> str:
        found = self.words.get(reference)
        return say("(erased)") if found is None else found

    def _title(self, decision: str) -> str:
        return self.engine.filled(self.engine.plan.decision(decision).title)

    def _fact(self, fact: str) -> str:
        title = self.engine.scenario.facts[fact].title
        return self.engine.filled(title) if title else fact.replace("_", " ")

    def _option(self, decision: str, option: str) -> str:
        return self._options.get((decision, option), option)

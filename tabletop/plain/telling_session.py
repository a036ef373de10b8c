"""What someone who conducts in lines is told when they ask."""

import time
from collections.abc import Sequence
from typing import Protocol

from tabletop.conduct.session.frames import ConductFrame, SessionView
from tabletop.conduct.session.reachable import reachable
from tabletop.exercise.conduct_types import ConductDecision, ConductView, InjectView
from tabletop.exercise.view_types import PlayerView
from tabletop.plain.page import one_line
from tabletop.wording import say


class Anchor(Protocol):
    """Something an observation can be tied to."""

    @property
    def id(self) -> str:
        """Its name in the scenario."""

    @property
    def title(self) -> str:
        """What it is called."""


def elapsed(frame: ConductFrame) -> int:
    """Exercise milliseconds now."""
    clock = frame.clock
    passed = max(0.0, time.monotonic() - clock.as_of) if clock.running else 0.0
    return clock.elapsed + int(1000 * passed)


def minute(milliseconds: int) -> str:
    """Exercise time as minutes and seconds."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"


def people(session: SessionView) -> tuple[str, ...]:
    """How to join, and everyone who has come."""
    found = []
    if session.address:
        found.append(say("People join at {at} with {code}.", at=session.address, code=session.code))
    for person in session.people:
        here = (
            say("here")
            if person.devices
            else say("not here")
            if person.seen < 0
            else say("away {seconds} s", seconds=person.seen)
        )
        role = person.role.replace("_", " ") or person.kind
        parts = [role, person.phase, here]
        if person.wish and not person.role:
            parts.append(say("would like {role}", role=person.wish.replace("_", " ")))
        if len(session.tables) > 1 and person.kind == "player":
            parts.append(say("table {number}", number=person.table))
        found.append(f"{person.number}. {person.name}: {', '.join(parts)}")
    if session.missing:
        found.append(say("Needs a person: {names}.", names=", ".join(session.missing)))
    return tuple(found)


def status(frame: ConductFrame) -> tuple[str, ...]:
    """How the session and the table stand."""
    view = frame.view
    if view is None:
        return (say("Not begun."), *people(frame.session))
    found = [
        say(
            "{title}, {scene}: {status}, {time}.",
            title=view.title,
            scene=view.scene.title if view.scene else "",
            status=view.status,
            time=minute(elapsed(frame)),
        )
    ]
    for number, decision in enumerate(open_decisions(view), 1):
        found += _decision(number, decision)
    for seat in view.seats:
        if seat.kind == "player" and not seat.left:
            done = (
                say("stepped out")
                if seat.away
                else say("committed")
                if seat.asked and seat.answered == seat.asked
                else say("reading")
                if seat.unread
                else say("deciding")
                if seat.asked
                else say("waiting")
            )
            found.append(f"{seat.name} ({seat.role.replace('_', ' ')}): {done}")
    found += reachable(view, frame.outlook)
    if len(frame.session.tables) > 1:
        found += [
            say("Table {number}: {scene}, {status}", number=t.number, scene=t.scene,
                status=t.status)
            for t in frame.session.tables
        ]  # fmt: skip
    return tuple(found)


def open_decisions(view: ConductView) -> tuple[ConductDecision, ...]:
    """The decisions that wait for an answer."""
    return tuple(each for each in view.decisions if each.phase in ("open", "revealed"))


def _decision(number: int, decision: ConductDecision) -> tuple[str, ...]:
    counts = ", ".join(
        say("{role} {n} of {all}", role=role.replace("_", " "), n=n, all=all_)
        for role, n, all_ in decision.answered
    )
    found = [say("Decision {number}: {title} ({counts})", number=number, title=decision.title,
                 counts=counts)]  # fmt: skip
    found += [f"   {at}. {one_line(option.text)}" for at, option in enumerate(decision.options, 1)]
    ids = [option.id for option in decision.options]
    for each in decision.commits:
        who = each.person or each.name
        at = ids.index(each.option) + 1 if each.option in ids else 0
        found.append(f"   {who}: {at}. {each.reason}".rstrip())
    return tuple(found)


def coming(view: ConductView) -> tuple[InjectView, ...]:
    """The injects that can still come."""
    return tuple(each for each in view.injects if each.coming not in ("came", "left out"))


def injects(view: ConductView) -> tuple[str, ...]:
    """The injects that can still come, numbered."""
    found = [
        f"{number}. {each.title} ({_coming(each)}): {one_line(each.note or each.text)}"
        for number, each in enumerate(coming(view), 1)
    ]
    return tuple(found) or (say("Nothing more can come in this scene."),)


def _coming(inject: InjectView) -> str:
    match inject.coming:
        case "scheduled" | "minute":
            return say("at {time}", time=minute(inject.at))
        case "entry":
            return say("on entry")
        case "condition":
            return say("on a condition")
    return say(inject.coming)


def scenes(view: ConductView) -> tuple[str, ...]:
    """Every scene, numbered."""
    return tuple(
        f"{n}. {each.title}" + (f" ({each.module})" if each.module != each.title else "")
        for n, each in enumerate(view.scenes, 1)
    )


def moments(view: ConductView) -> tuple[str, ...]:
    """Points one may go back to."""
    settled = say("once it was settled")
    return tuple(
        f"{each.number}. {each.title}"
        f"{f', {settled}' if each.kind == 'settled' else ''}, {minute(each.at)}"
        for each in view.moments
    )


def anchors(view: ConductView) -> dict[str, Sequence[Anchor]]:
    """What an observation can be tied to, by kind."""
    there = tuple(each for each in view.decisions if each.phase != "waits")
    return {"decision": there, "task": view.tasks, "practice": view.practices}


def about(view: ConductView) -> tuple[str, ...]:
    """The same in lines, each kind numbered for itself."""
    return tuple(
        f"{say(kind)} {number}: {one_line(each.title)}"
        for kind, found in anchors(view).items()
        for number, each in enumerate(found, 1)
    )


def notes(view: ConductView) -> tuple[str, ...]:
    """The author's notes and questions, and what was observed."""
    found = [one_line(view.notes)] if view.notes else []
    for audience, asked in view.questions:
        whom = say("To discuss") if audience == "all" else audience.replace("_", " ")
        found += [f"{whom}: {each}" for each in asked]
    found += [
        f"{'+' if each.kind == 'strength' else '-'} {minute(each.at)} {each.words}"
        for each in view.observations
    ]
    return tuple(found) or (say("No notes in this scene."),)


def seen_by(view: PlayerView) -> tuple[str, ...]:
    """A role's own view: what it reads now, knows and is asked."""
    here = view.scene.id if view.scene else ""
    found = [
        f"{passage.heading or passage.title or passage.kind}: {one_line(passage.text)}"
        for passage in view.feed
        if passage.scene == here
    ]
    found += [f"{each.title}: {one_line(each.text)}" for each in view.facts]
    for decision in view.decisions:
        found.append(one_line(decision.ask) or decision.title)
        found += [f"   {n}. {one_line(o.text)}" for n, o in enumerate(decision.options, 1)]
    return tuple(found)

"""Steering: each verb of someone who conducts in lines, how it is used, and what it does."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tabletop.conduct.session import commands as s
from tabletop.exercise import commands as c
from tabletop.plain import telling_session as told
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.plain.conducting import Desk

MINUTE = 60_000
Named = TypeVar("Named")


class Usage(Exception):
    """A verb lacks something; with a sentence, or without one how it is used is said."""


@dataclass(frozen=True, slots=True)
class Verb:
    """Something one may do."""

    usage: str
    help: str
    does: Callable[["Desk", str], Awaitable[None]]


def sends(command: Callable[["Desk", str], c.Command]) -> Callable[["Desk", str], Awaitable[None]]:
    """A verb that is one command to the table looked at."""

    async def done(desk: "Desk", rest: str) -> None:
        desk.answered(await desk.line.submit(command(desk, rest)))

    return done


def manages(
    command: Callable[["Desk", str], s.SessionCommand],
) -> Callable[["Desk", str], Awaitable[None]]:
    """A verb that is one command to the session."""

    async def done(desk: "Desk", rest: str) -> None:
        desk.answered(await desk.line.manage(command(desk, rest)))

    return done


def shows(lines: Callable[["Desk"], Sequence[str]]) -> Callable[["Desk", str], Awaitable[None]]:
    """A verb that only writes out what is so."""

    async def done(desk: "Desk", rest: str) -> None:
        for each in lines(desk):
            desk.page.line(each, "", "   ")

    return done


# What stands behind a verb.


def number(rest: str) -> int:
    """The number a verb begins with."""
    first = rest.split(" ", 1)[0]
    if not first.isdecimal() or len(first) > 5:
        raise Usage
    return int(first)


def after(rest: str, words: int = 1) -> str:
    """What follows the first words; something has to."""
    parts = rest.split(maxsplit=words)
    if len(parts) <= words:
        raise Usage
    return parts[words]


def nth(found: Sequence[Named], rest: str) -> Named:
    """The one of some things that a number names."""
    at = number(rest)
    if not 1 <= at <= len(found):
        raise Usage(say("There is no number {number} there.", number=at))
    return found[at - 1]


def role(desk: "Desk", name: str) -> str:
    """A role by its identifier, `all`, or as far as it is typed."""
    names = [each.id for each in desk.frame.session.roles]
    found = [each for each in ("all", *names) if each.startswith(name)]
    if not name or len(found) != 1:
        raise Usage(say("The roles are {names}.", names=", ".join(names)))
    return found[0]


def _admit(desk: "Desk", rest: str) -> s.SessionCommand:
    parts = rest.split()
    wished = role(desk, parts[1]) if len(parts) > 1 else ""
    table = number(parts[2]) if len(parts) > 2 else 1
    return s.AdmitPerson(number(rest), wished, table)


def _settle(desk: "Desk", rest: str) -> c.Command:
    decision = nth(told.open_decisions(desk.view), rest)
    parts = rest.split(maxsplit=2)
    if len(parts) == 1:
        return c.Settle(decision.id)
    if len(parts) < 3:
        raise Usage(say("Settling it for the table needs a reason behind the option's number."))
    return c.Settle(decision.id, nth(decision.options, parts[1]).id, parts[2])


def _observe(desk: "Desk", rest: str) -> c.Command:
    kind = rest.split(" ", 1)[0]
    if kind not in ("strength", "issue"):
        raise Usage
    words = after(rest)
    decision = practice = task = ""
    about = re.fullmatch(r"(decision|practice|task) (\d{1,5}): *(.+)", words)
    if about is not None:
        what, at, words = about.groups()
        found: Sequence[str] = [each.id for each in told.anchors(desk.view)[what]]
        name = nth(found, at)
        decision, practice, task = (
            name if what == each else "" for each in ("decision", "practice", "task")
        )
    return c.Observe(
        "issue" if kind == "issue" else "strength",
        words,
        decision=decision,
        practice=practice,
        task=task,
    )


def _schedule(desk: "Desk", rest: str) -> c.Command:
    inject, minutes = nth(told.coming(desk.view), rest), number(after(rest))
    at = told.elapsed(desk.frame) + minutes * MINUTE if minutes else 0
    return c.Schedule(inject.id, at)


def _door(desk: "Desk", rest: str) -> s.SessionCommand:
    if rest not in ("open", "closed"):
        raise Usage
    return s.OpenDoor(on=rest == "open")


async def _every(desk: "Desk", rest: str) -> None:
    """One command to every table."""
    match rest.split(maxsplit=1):
        case ["pause"]:
            command: c.Command = c.Pause()
        case ["on"]:
            command = c.Resume()
        case ["write", text]:
            command = c.Write(("all",), text)
        case _:
            raise Usage
    for table, answer in (await desk.line.submit_to_all(command)).items():
        desk.page.line(say("Table {number}:", number=table))
        desk.answered(answer)


def _timer(desk: "Desk", rest: str) -> c.Command:
    minutes = number(rest)
    return c.SetTimer(told.elapsed(desk.frame) + minutes * MINUTE if minutes else 0)


async def _view(desk: "Desk", rest: str) -> None:
    view = await desk.line.view_as(role(desk, rest))
    if view is None:
        raise Usage(say("The exercise has not begun; begin begins it."))
    for each in told.seen_by(view):
        desk.page.line(each, "", "   ")


async def _table(desk: "Desk", rest: str) -> None:
    if number(rest) not in [each.number for each in desk.frame.session.tables]:
        raise Usage(say("There is no such table."))
    desk.line.look_at(number(rest))
    desk.page.line(say("You look at table {number} now.", number=number(rest)))


VERBS: dict[str, Verb] = {
    "people": Verb(
        "people", say("who is here, by number"), shows(lambda d: told.people(d.frame.session))
    ),
    "admit": Verb("admit NUMBER [ROLE] [TABLE]", say("let someone in, or move them"),
                  manages(_admit)),
    "give": Verb("give NUMBER SEAT", say("give who waits the seat of somebody, both by number"),
                 manages(lambda d, r: s.GiveSeat(number(after(r)), number(r)))),
    "decline": Verb("decline NUMBER", say("turn someone away"),
                    manages(lambda d, r: s.DeclinePerson(number(r)))),
    "free": Verb("free NUMBER", say("free a seat; a stand-in takes it"),
                 manages(lambda d, r: s.FreeSeat(number(r)))),
    "balance": Verb("balance", say("give everyone without a role one"),
                    manages(lambda d, r: s.Balance())),
    "assign": Verb("assign NAME, ROLE[, TABLE]", say("a role for who is here or comes later"),
                   manages(lambda d, r: s.AssignList(r))),
    "door": Verb("door open|closed", say("whether all who have the code are in"), manages(_door)),
    "lock": Verb("lock", say("let nobody new come"), manages(lambda d, r: s.LockDoor())),
    "unlock": Verb("unlock", say("let people come again"),
                   manages(lambda d, r: s.LockDoor(on=False))),
    "rehearse": Verb("rehearse", say("run with stand-ins; nothing is kept"),
                     manages(lambda d, r: s.Rehearse())),
    "rehearsed": Verb(
        "rehearsed", say("end the rehearsal"), manages(lambda d, r: s.EndRehearsal())
    ),
    "begin": Verb("begin", say("begin the exercise"), manages(lambda d, r: s.Begin())),
    "status": Verb("status", say("how the table stands"), shows(lambda d: told.status(d.frame))),
    "notes": Verb("notes", say("the author's notes and questions of this scene"),
                  shows(lambda d: told.notes(d.view))),
    "go": Verb("go", say("move on to the next scene"), sends(lambda d, r: c.Advance())),
    "reveal": Verb("reveal NUMBER", say("show the answers of a decision given so far"),
                   sends(lambda d, r: c.Reveal(nth(told.open_decisions(d.view), r).id))),
    "settle": Verb("settle NUMBER [OPTION REASON]", say("let the answer count, or yours"),
                   sends(_settle)),
    "injects": Verb("injects", say("what can still come, by number"),
                    shows(lambda d: told.injects(d.view))),
    "release": Verb("release NUMBER", say("release an inject"),
                    sends(lambda d, r: c.Release(nth(told.coming(d.view), r).id))),
    "hold": Verb("hold NUMBER", say("keep an inject back"),
                 sends(lambda d, r: c.Hold(nth(told.coming(d.view), r).id))),
    "unhold": Verb("unhold NUMBER", say("let an inject come by itself again"),
                   sends(lambda d, r: c.Hold(nth(told.coming(d.view), r).id, on=False))),
    "schedule": Verb("schedule NUMBER MINUTES", say("let an inject come then; 0 holds it again"),
                     sends(_schedule)),
    "omit": Verb("omit NUMBER", say("leave an inject out"),
                 sends(lambda d, r: c.Omit(nth(told.coming(d.view), r).id))),
    "write": Verb("write ROLE TEXT", say("send an inject of your own; all for everyone"),
                  sends(lambda d, r: c.Write((role(d, r.split(" ", 1)[0]),), after(r)))),
    "say": Verb("say ROLE TEXT", say("say something; all for everyone"),
                sends(lambda d, r: c.Say(role(d, r.split(" ", 1)[0]), after(r)))),
    "pause": Verb("pause", say("stop for everyone"), sends(lambda d, r: c.Pause())),
    "on": Verb("on", say("go on after a pause"), sends(lambda d, r: c.Resume())),
    "timer": Verb("timer MINUTES", say("people see it; 0 drops it"), sends(_timer)),
    "scenes": Verb("scenes", say("every scene, by number"), shows(lambda d: told.scenes(d.view))),
    "jump": Verb("jump NUMBER REASON", say("go to a scene"),
                 sends(lambda d, r: c.Jump(nth(d.view.scenes, r).id, after(r)))),
    "moments": Verb("moments", say("points one may go back to, by number"),
                    shows(lambda d: told.moments(d.view))),
    "rewind": Verb("rewind NUMBER REASON", say("go back to a point"),
                   sends(lambda d, r: c.Rewind(number(r), after(r)))),
    "observe": Verb("observe strength|issue [decision|task|practice NUMBER:] TEXT",
                    say("note what you saw"), sends(_observe)),
    "about": Verb("about", say("what a note can be about, by number"),
                  shows(lambda d: told.about(d.view))),
    "view": Verb("view ROLE", say("what a role sees"), _view),
    "table": Verb("table NUMBER", say("look at another table"), _table),
    "every": Verb("every pause|on|write TEXT", say("the same at every table"), _every),
    "prompt": Verb("prompt TEXT", say("a question on the room's screen"),
                   manages(lambda d, r: s.ShowPrompt(r))),
    "end": Verb("end", say("end the exercise here"), sends(lambda d, r: c.End())),
    "debrief": Verb("debrief", say("open the debrief for everyone"),
                    manages(lambda d, r: s.OpenDebrief())),
    "close": Verb("close", say("close the session for good"),
                  manages(lambda d, r: s.CloseSession())),
}  # fmt: skip
"""Every verb, in the order help lists them."""

"""Managing: what each of a facilitator's commands does to a session.

One function a command, and one table of them, so that what may be asked and what it does is read in
one place; what is kept goes through `Session.keep`, on the disk first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tabletop.conduct.connection import Answer, Rejected
from tabletop.conduct.errors import SetupError
from tabletop.conduct.open_exercise import Exercise
from tabletop.conduct.session import commands as s
from tabletop.conduct.session import table
from tabletop.conduct.session.people import Person
from tabletop.conduct.source_file import shown
from tabletop.exercise import commands as c
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.session import Session


async def managed(session: Session, command: s.SessionCommand) -> None:
    """Does a command.

    Raises:
        TabletopError: with a sentence, where it can't be done; nothing has changed then.
    """
    await _MANAGE[type(command)](session, command)


def planned(session: Session, person: Person) -> Person:
    """A person as they come in: with the role a list holds for them, and at once if all may."""
    role, number = session.settings.get("plan", {}).get(person.name.casefold(), ("", 0))
    if role and person.kind == "player":
        person = replace(person, role=role, table=number or person.table)
    if session.settings.get("open") and person.state == "waiting" and session.phase != "over":
        person = replace(person, state="admitted")
        if person.kind == "player" and not person.role:
            person = _placed(session, person)
    return person


def missing(session: Session) -> tuple[str, ...]:
    """Roles that have to be people's and are not yet, by table where there are several."""
    roles = session.loaded.scenario.roles
    found = []
    for number in session.tables:
        there = {person.role for person in session.at_table(number) if person.kind == "player"}
        for role in session.loaded.scenario.attendance.required:
            if role not in there:
                name = session.engine.name(role) if role in roles else role
                many = session.header.tables > 1
                found.append(
                    say("{name} (table {number})", name=name, number=number) if many else name
                )
    return tuple(found)


# People.


async def _admit(session: Session, command: s.AdmitPerson) -> None:
    person = _person(session, command.person)
    if command.table not in session.tables:
        raise SetupError(say("There is no table {number}.", number=command.table))
    if person.kind != "player":
        session.keep(replace(person, state="admitted"))
        return
    if command.role and command.role not in session.loaded.scenario.roles:
        raise SetupError(say("There is no role {role} here.", role=shown(command.role)))
    exercise = session.exercise_of(person)
    if exercise is None and session.phase == "over":
        raise SetupError(_late())
    if exercise is not None and exercise.room.state.status == "running":
        if command.table != person.table:
            session.keep(replace(person, role=command.role, table=command.table))
            await _submitted(exercise, c.Dismiss(person.seat))
        elif command.role and command.role != person.role:
            await _submitted(exercise, c.Move(person.seat, command.role))
    session.keep(replace(person, state="admitted", role=command.role, table=command.table))


async def _decline(session: Session, command: s.DeclinePerson) -> None:
    person = _person(session, command.person)
    if person.state == "admitted":
        raise SetupError(say("They are in already; free their seat instead."))
    session.keep(replace(person, state="declined"))


async def _free(session: Session, command: s.FreeSeat) -> None:
    person = _person(session, command.person)
    if person.seat == table.HOST:
        raise SetupError(say("The host's seat stays."))
    # First they are nobody the table would seat again, and then the seat is free.
    session.keep(replace(person, state="left"))
    await _dismissed(session, person)


async def _dismissed(session: Session, person: Person) -> None:
    """Frees a person's seat at whatever table they have one."""
    for exercise in session.exercises.values():
        state = exercise.room.state
        there = person.seat in state.seats and person.seat not in state.left
        if state.status == "running" and there:
            await _submitted(exercise, c.Dismiss(person.seat))


async def _give(session: Session, command: s.GiveSeat) -> None:
    person, waiting = _person(session, command.person), _person(session, command.waiting)
    if (
        waiting.state not in ("waiting", "admitted")
        or waiting is person
        or waiting.kind != "player"
    ):
        raise SetupError(say("Only somebody who plays or waits to can take over a seat."))
    # The lost device holds it no longer; the one that waits holds both numbers and is led over
    # (`Session.led`), also where it comes back only later.
    session.keep(
        replace(person, state="admitted", tokens=waiting.tokens),
        replace(waiting, state="left", role="", wish=str(person.number)),
    )
    # Where the door is open they have been given another seat on coming.
    await _dismissed(session, waiting)


def _late() -> str:
    return say("It is over; who took part from another device can be given the seat they had.")


async def _balance(session: Session, command: s.Balance) -> None:
    if session.phase == "over":
        raise SetupError(_late())
    people = [
        person
        for person in session.people.values()
        if person.kind == "player"
        and (person.state == "waiting" or (person.state == "admitted" and not person.role))
    ]
    people.sort(key=lambda person: (not person.wish, person.number))
    for person in people:
        session.keep(_placed(session, replace(person, state="admitted", role="")))


def _placed(session: Session, person: Person) -> Person:
    """A person at the emptiest table, in the role they wish or the emptiest there."""
    roles = tuple(session.loaded.scenario.roles)
    players = [
        other
        for other in session.people.values()
        if other.kind == "player" and other.state == "admitted" and other.number != person.number
    ]
    number = min(session.tables, key=lambda t: sum(other.table == t for other in players))
    beside = [other.role for other in players if other.table == number]
    required = session.loaded.scenario.attendance.required
    needed = [role for role in roles if role in required and role not in beside]
    wish = person.wish if person.wish in roles and not needed else ""
    role = wish or min(
        needed or roles,
        key=lambda each: (beside.count(each), each != person.wish, roles.index(each)),
    )
    return replace(person, role=role, table=number)


async def _assign(session: Session, command: s.AssignList) -> None:
    roles = session.loaded.scenario.roles
    by_name = {session.engine.name(role).casefold(): role for role in roles}
    plan: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(command.text.splitlines(), 1):
        if not line.strip():
            continue
        name, *rest = [part.strip() for part in line.split(",")]
        wanted = rest[0] if rest else ""
        role = wanted if wanted in roles else by_name.get(wanted.casefold(), "")
        at = rest[1] if len(rest) > 1 else "1"
        if not name or not role or len(rest) > 2:
            raise SetupError(
                say(
                    "Line {number} of the list is not `name, role` with a role of the scenario:"
                    " {names}.",
                    number=number,
                    names=", ".join(roles),
                )
            )
        if not at.isdecimal() or int(at) not in session.tables:
            raise SetupError(say("Line {number} names a table there is not.", number=number))
        plan[name.casefold()] = role, int(at)
    session.keep(plan={**session.settings.get("plan", {}), **plan})
    for person in tuple(session.people.values()):
        role, at_table = plan.get(person.name.casefold(), ("", 0))
        if role and person.kind == "player" and person.state in ("waiting", "admitted"):
            await _admit(session, s.AdmitPerson(person.number, role, at_table))


# Doors, beginning, the end.


async def _lock(session: Session, command: s.LockDoor) -> None:
    session.keep(locked=command.on)


async def _open(session: Session, command: s.OpenDoor) -> None:
    session.keep(open=command.on)
    if command.on:
        for person in tuple(session.people.values()):
            if person.state == "waiting":
                session.keep(planned(session, person))


async def _begin(session: Session, command: s.Begin) -> None:
    if session.exercises:
        raise SetupError(say("It has begun already; a rehearsal has to be ended first."))
    lacking = missing(session)
    if lacking:
        raise SetupError(
            say(
                "These roles have to be taken by a person first: {names}.", names=", ".join(lacking)
            )
        )
    await _tables(session, rehearsal=False)


async def _rehearse(session: Session, command: s.Rehearse) -> None:
    if session.exercises:
        raise SetupError(say("It has begun already; rehearse before it does."))
    await _tables(session, rehearsal=True)


async def _tables(session: Session, *, rehearsal: bool) -> None:
    numbers = (1,) if rehearsal else tuple(session.tables)
    exercises: dict[int, Exercise] = {}
    try:
        for number in numbers:
            people = session.at_table(number)
            if rehearsal:
                people = tuple(person for person in people if person.kind != "player")
            exercises[number] = await table.begun(
                session.folder,
                session.loaded,
                people,
                dict(session.header.parameters),
                session.engine.again(session.header.seed + number - 1),
                session.world,
                Path(session.header.origin) if session.header.origin else None,
            )
        session.file.keep(
            settings={"rehearsal": rehearsal},
            tables={number: each.id for number, each in exercises.items()},
        )
    except BaseException:
        for each in exercises.values():
            await each.close()
            session.folder.delete(each.id)
        raise
    session.settings["rehearsal"] = rehearsal
    await session.open_tables(exercises)


async def _end_rehearsal(session: Session, command: s.EndRehearsal) -> None:
    if not session.settings.get("rehearsal"):
        raise SetupError(say("This is not a rehearsal."))
    names = await session.clear_tables()
    session.steps = {}
    session.file.keep(settings={"rehearsal": False, "step": []}, tables={})
    session.settings |= {"rehearsal": False, "step": []}
    for name in names:
        session.folder.delete(name)


async def _debrief(session: Session, command: s.OpenDebrief) -> None:
    if command.on and session.phase != "over":
        raise SetupError(say("The debrief can be opened once the exercise is over."))
    session.keep(debrief=command.on)


async def _prompt(session: Session, command: s.ShowPrompt) -> None:
    session.steps = {}
    session.keep(prompt=command.text[:600], step=[])


async def _step(session: Session, command: s.ShowStep) -> None:
    steps = await session.washed(command.form)
    if command.number and not 0 < command.number <= len(steps.get(command.table, ())):
        raise SetupError(
            say("There is no such step; the hot wash can be held once the exercise is over.")
        )
    session.steps = steps if command.number else {}
    shown = [command.form, command.number, command.table]
    session.keep(prompt="", step=shown if command.number else [])


async def _close(session: Session, command: s.CloseSession) -> None:
    session.closed = session.ended = True
    await session.clear_tables()
    session.file.delete()


async def _submitted(exercise: Exercise, command: c.Command) -> None:
    answer: Answer = await exercise.room.submit(table.HOST, command)
    if isinstance(answer, Rejected):
        raise SetupError(answer.sentence)


def _person(session: Session, number: int) -> Person:
    found = session.people.get(number)
    if found is None:
        raise SetupError(say("There is nobody with the number {number} here.", number=number))
    return found


_MANAGE: dict[type[Any], Callable[[Session, Any], Awaitable[None]]] = {
    s.AdmitPerson: _admit,
    s.DeclinePerson: _decline,
    s.FreeSeat: _free,
    s.GiveSeat: _give,
    s.Balance: _balance,
    s.AssignList: _assign,
    s.LockDoor: _lock,
    s.OpenDoor: _open,
    s.Begin: _begin,
    s.Rehearse: _rehearse,
    s.EndRehearsal: _end_rehearsal,
    s.OpenDebrief: _debrief,
    s.ShowPrompt: _prompt,
    s.ShowStep: _step,
    s.CloseSession: _close,
}

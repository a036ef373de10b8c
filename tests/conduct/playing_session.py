"""A session begun by its host, for the tests of those who come to it."""

from tabletop.conduct.connection import Accepted, Connection
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.lines import ConductLine, Place
from tabletop.conduct.session.session import Session
from tabletop.exercise import commands as c

ROLES = ("investigator", "advocate")


async def begun(room: Session) -> ConductLine:
    """The exercise begun by the host, and what stand-ins do first done."""
    line = ConductLine(room, 1)
    assert await line.manage(s.Begin()) == Accepted()
    for exercise in room.exercises.values():
        await exercise.quiet()
    return line


async def over(room: Session, line: ConductLine) -> list[Connection]:
    """An exercise that is over, and the lines of two who played."""
    people = [(await room.join(f"P. {role}", wish=role))[0] for role in ROLES]
    for person, role in zip(people, ROLES, strict=True):
        assert await line.manage(s.AdmitPerson(person.number, role)) == Accepted()
    await begun(room)
    assert await line.submit(c.End()) == Accepted()
    for exercise in room.exercises.values():
        await exercise.quiet()
    lines = [Place(room, each.number).connection() for each in people]
    return [each for each in lines if each is not None]

"""A session begun by its host, for the tests of those who come to it."""

from tabletop.conduct.connection import Accepted
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.lines import ConductLine
from tabletop.conduct.session.session import Session


async def begun(room: Session) -> ConductLine:
    """The exercise begun by the host, and what stand-ins do first done."""
    line = ConductLine(room, 1)
    assert await line.manage(s.Begin()) == Accepted()
    for exercise in room.exercises.values():
        await exercise.quiet()
    return line

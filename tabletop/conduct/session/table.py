"""Tables: one group's exercise in a session, begun with whoever is there and taken up again."""

from collections.abc import Mapping
from pathlib import Path

from tabletop.conduct.connection import Rejected
from tabletop.conduct.errors import RecordError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.header import new_header
from tabletop.conduct.library import Library, Loaded
from tabletop.conduct.open_exercise import Exercise
from tabletop.conduct.revision import asked_first, refuse_unplayable
from tabletop.conduct.room import Room, summarised
from tabletop.conduct.session.people import Person
from tabletop.conduct.solo import taken_up
from tabletop.conduct.store import SqliteStore
from tabletop.conduct.world import World
from tabletop.exercise.commands import Start
from tabletop.exercise.engine import Engine
from tabletop.exercise.record import Record
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State

HOST = "seat-1"
"""The seat of whoever hosts; it is there from the first moment to the last."""


def seat_of(person: Person) -> Seat:
    """A person's seat, with their own words in it."""
    return Seat(
        id=person.seat,
        kind=person.kind,
        role=person.role if person.kind == "player" else "",
        name=person.name,
        skips=person.skips,
        agency=person.agency,
    )


def seats_of(roles: Mapping[str, object], people: tuple[Person, ...]) -> tuple[Seat, ...]:
    """The seats a table begins with: who sits there, stand-ins where nobody does."""
    there = [seat_of(person) for person in people if person.kind != "player" or person.role]
    taken = {seat.role for seat in there}
    stand_ins = [Seat(role, "stand_in", role) for role in roles if role not in taken]
    return (*there, *stand_ins)


async def begun(
    folder: DataFolder,
    loaded: Loaded,
    people: tuple[Person, ...],
    parameters: Mapping[str, str],
    engine: Engine,
    world: World,
    origin: Path | None,
) -> Exercise:
    """An exercise that begins with some people, the host among them.

    The engine is one that holds the parameters already, and has been shown nothing.
    """
    exercise = world.exercise_id()
    while folder.taken(exercise):
        exercise = world.exercise_id()
    roles = loaded.scenario.roles
    seats = seats_of(roles, people)
    played = tuple(r for r in roles if any(s.role == r and s.kind == "player" for s in seats))
    header = new_header(loaded, exercise, played, parameters, engine.seed, world)
    store = SqliteStore(folder)
    owner = await store.create(header, summarised(engine, State(), header, world.wall()), origin)
    try:
        room = Room(engine, store, owner, Record(header, (), {}), world)
        await _start(room, seats)
    except BaseException:
        await store.release(exercise, owner)
        await store.delete(exercise)
        raise
    return Exercise(room, world)


async def resumed(
    folder: DataFolder,
    library: Library,
    exercise: str,
    people: tuple[Person, ...],
    world: World,
    *,
    as_begun: bool,
) -> Exercise:
    """An exercise after its last entry; one that had not begun yet begins.

    Raises:
        ScenarioChanged: where its scenario has, and nobody said that it goes on `as_begun`.
        TabletopError: with a sentence, where it can't go on.
    """
    room = await taken_up(folder, exercise, world)
    revision = None
    try:
        if room.state.status != "ended":
            refuse_unplayable(room.header, room.engine)
            revision = asked_first(library, room, folder.origin(exercise), as_begun=as_begun)
        if not room.head.seq:
            await _start(room, seats_of(room.engine.scenario.roles, people))
    except BaseException:
        await room.close()
        raise
    return Exercise(room, world, revision)


async def _start(room: Room, seats: tuple[Seat, ...]) -> None:
    answer = await room.submit(HOST, Start(seats, facilitated=True))
    if isinstance(answer, Rejected):
        raise RecordError(answer.sentence)

"""Solo: an exercise on one device, from its beginning to its record.

Whoever plays sits here, in one role or in several in turn; everyone else is a stand-in. Whatever
happens to this process, `resume` takes the exercise up after its last entry.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from tabletop.conduct.connection import Rejected
from tabletop.conduct.errors import RecordError, SetupError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.header import new_header
from tabletop.conduct.library import Library, Loaded
from tabletop.conduct.open_exercise import Exercise, readable
from tabletop.conduct.revision import ScenarioChanged, asked_first, refuse_unplayable
from tabletop.conduct.room import Room, summarised
from tabletop.conduct.source_file import shown
from tabletop.conduct.store import SqliteStore
from tabletop.conduct.world import World
from tabletop.exercise.chain import Stored, Verdict, read_record
from tabletop.exercise.chain import verify as verify_record
from tabletop.exercise.commands import Start
from tabletop.exercise.engine import Engine
from tabletop.exercise.record import SOMEONE, Record
from tabletop.exercise.replay import engine_of, fold
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State
from tabletop.exercise.words import on_one_line
from tabletop.wording import say

__all__ = [
    "Exercise",
    "ScenarioChanged",
    "begin",
    "delete",
    "erase",
    "resume",
    "verify",
]

NAME = 80
"""The longest name of a person that is kept."""

PARAMETER = 300
"""The longest value of a parameter, as in a scenario."""


async def begin(
    library: Library,
    folder: DataFolder,
    ref: str | Path | Loaded,
    roles: Iterable[str],
    *,
    seed: int | None = None,
    parameters: Mapping[str, str] | None = None,
    skips: Mapping[str, Iterable[str]] | None = None,
    names: Mapping[str, str] | None = None,
    world: World | None = None,
) -> Exercise:
    """Begins an exercise in which people play the given roles.

    Args:
        library: Where scenarios are found.
        folder: Where the exercise is kept.
        ref: A scenario's name, folder or file, or a scenario already loaded.
        roles: The roles people play; the others are taken by stand-ins.
        seed: For what is left to chance; without one, chance gives it.
        parameters: Values for the scenario's parameters.
        skips: Role to the content themes its player wants in their gentler wording.
        names: Role to the name of the person who plays it.
        world: Time and chance; the real ones where none is given.

    Raises:
        TabletopError: with a sentence, where something asked for does not fit or can't be kept.
    """
    world = world or World.real()
    loaded = ref if isinstance(ref, Loaded) else library.load(ref)
    scenario = loaded.scenario
    wanted = set(roles)
    _known(wanted, scenario.roles, say("role"))
    if not wanted:
        raise SetupError(say("Choose at least one role to play."))
    given = {name: on_one_line(value, PARAMETER) for name, value in (parameters or {}).items()}
    _known(given, scenario.parameters, say("parameter"))
    skipped = {role: tuple(themes) for role, themes in (skips or {}).items()}
    for themes in skipped.values():
        _known(themes, scenario.themes, say("content theme"))
    names = dict(names or {})
    _known((*skipped, *names), scenario.roles, say("role"))

    exercise = world.exercise_id()
    while folder.taken(exercise):
        exercise = world.exercise_id()
    seed = world.seed() if seed is None else seed
    played = tuple(role for role in scenario.roles if role in wanted)
    header = new_header(loaded, exercise, played, given, seed, world)
    store = SqliteStore(folder)
    engine = Engine(scenario, loaded.guidance, given, seed)
    summary = summarised(engine, State(), header, world.wall())
    owner = await store.create(header, summary, library.origin(loaded))
    try:
        room = Room(engine, store, owner, Record(header, (), {}), world)
        await _start(room, skipped, names)
    except BaseException:
        await store.release(exercise, owner)
        await store.delete(exercise)
        raise
    return Exercise(room, world)


async def resume(
    folder: DataFolder,
    exercise: str | None = None,
    *,
    library: Library | None = None,
    as_begun: bool = False,
    world: World | None = None,
) -> Exercise:
    """Takes up an exercise after its last entry; without a name, the newest that is not over.

    It goes on with the scenario it began with. Where a library is given, it is looked up there
    what has become of that since, and an exercise on which a change bears is taken up only
    `as_begun`, by someone who knows.

    Raises:
        ScenarioChanged: where that has to be said first.
        TabletopError: with a sentence, where there is none, or it is open elsewhere or broken.
    """
    world = world or World.real()
    room = await taken_up(folder, folder.find(exercise or folder.newest_unfinished()).stem, world)
    revision = None
    try:
        if room.state.status != "ended":
            refuse_unplayable(room.header, room.engine)
            if library is not None:
                origin = folder.origin(room.header.id)
                revision = asked_first(library, room, origin, as_begun=as_begun)
        if not room.head.seq:
            # It was killed between its first breath and its second; names were not yet written.
            await _start(room, {}, {})
    except BaseException:
        await room.close()
        raise
    return Exercise(room, world, revision)


async def taken_up(folder: DataFolder, exercise: str, world: World) -> Room:
    """The room of a recorded exercise, after its last entry.

    Raises:
        TabletopError: with a sentence, where it is open elsewhere or broken.
    """
    store = SqliteStore(folder)
    owner = await store.claim(exercise)
    try:
        record = _sound(await store.read(exercise))
        engine = readable(engine_of, record.header)
        answered = await store.answered(exercise, owner)
        return Room(engine, store, owner, record, world, answered)
    except BaseException:
        await store.release(exercise, owner)
        raise


def delete(folder: DataFolder, exercise: str) -> None:
    """Deletes an exercise with everything in it."""
    folder.delete(exercise)


def erase(folder: DataFolder, exercise: str, person: str) -> int:
    """Erases what a person wrote, notes and drafts too, and says how many pieces that was.

    The person is named as in the exercise, or by the role they played; `someone` is who gave
    feedback.

    Raises:
        FolderError: where nobody of that name was there, or the exercise is open elsewhere.
    """
    record = folder.record(exercise)
    state = fold(record.entries)
    called = {seat.id: record.words.get(seat.name) or "" for seat in state.seats.values()}
    wanted = person.strip().casefold()
    seats = [seat for seat, name in called.items() if wanted and wanted in (name.casefold(), seat)]
    if wanted == SOMEONE and state.feedback:
        seats.append(SOMEONE)
    if not seats:
        there = [name or seat for seat, name in called.items() if seat in record.header.roles]
        raise RecordError(
            say(
                "Nobody called {person} is in this exercise; there are {names}.",
                person=shown(person),
                names=", ".join(there),
            )
        )
    file = folder.open(exercise)
    try:
        return file.erase(seats)
    finally:
        file.close()


def verify(folder: DataFolder, exercise: str) -> Verdict:
    """Checks the record of an exercise and says at which entry it breaks, if it does.

    Raises:
        FolderError: where there is none or its file can't be read at all.
    """
    return verify_record(folder.stored(exercise))


async def _start(
    room: Room, skips: Mapping[str, tuple[str, ...]], names: Mapping[str, str]
) -> None:
    """Seats everyone; the first role somebody plays opens the exercise."""
    played = room.header.roles
    seats = tuple(
        Seat(
            id=role,
            kind="player" if role in played else "stand_in",
            role=role,
            name=on_one_line(names.get(role, ""), NAME) if role in played else "",
            skips=skips.get(role, ()),
        )
        for role in room.engine.scenario.roles
    )
    answer = await room.submit(played[0], Start(seats))
    if isinstance(answer, Rejected):
        raise RecordError(answer.sentence)


def _known(given: Iterable[str], there: Iterable[str], sort: str) -> None:
    """Refuses a name the scenario does not have."""
    names = tuple(there)
    for name in given:
        if name in names:
            continue
        near = get_close_matches(name, names, n=1)
        if near:
            raise SetupError(
                say(
                    "There is no {sort} {name} here; did you mean {near}?",
                    sort=sort,
                    name=shown(name),
                    near=near[0],
                )
            )
        if names:
            raise SetupError(
                say(
                    "There is no {sort} {name} here; there are {names}.",
                    sort=sort,
                    name=shown(name),
                    names=", ".join(names),
                )
            )
        raise SetupError(say("There is no {sort} {name} here.", sort=sort, name=shown(name)))


def _sound(stored: Stored) -> Record:
    """The record, where nothing in it was changed."""
    verdict = verify_record(stored)
    if not verdict.sound:
        raise RecordError(verdict.sentence)
    return readable(read_record, stored)

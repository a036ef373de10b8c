"""Hosting: a session begun, or taken up again after its process has gone."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tabletop.conduct.errors import FolderError, LibraryError, RecordError, SetupError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library, Loaded
from tabletop.conduct.open_exercise import Exercise
from tabletop.conduct.proving import Prover
from tabletop.conduct.session import table
from tabletop.conduct.session.ahead import Looker
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.session import Session
from tabletop.conduct.session.session_file import SUFFIX, SessionFile, SessionHeader
from tabletop.conduct.source_file import read_source
from tabletop.conduct.world import World
from tabletop.wording import say

MOST_TABLES = 20


async def host(
    library: Library,
    folder: DataFolder,
    ref: str | Path | Loaded,
    *,
    tables: int = 1,
    open_door: bool = False,
    seed: int | None = None,
    parameters: Mapping[str, str] | None = None,
    name: str = "",
    world: World | None = None,
    looker: Callable[[], Looker] = Prover,
) -> Session:
    """Begins a session at whose door people can come in.

    Raises:
        TabletopError: with a sentence, where what is asked for does not fit or can't be kept.
    """
    world = world or World.real()
    loaded = ref if isinstance(ref, Loaded) else library.load(ref)
    if not 1 <= tables <= MOST_TABLES:
        raise SetupError(say("A session has 1 to {most} tables.", most=MOST_TABLES))
    folder.make()
    header = SessionHeader(
        id=world.exercise_id(),
        created=world.wall(),
        scenario=loaded.slug,
        code=world.code(),
        facilitator_code=world.code(10),
        tables=tables,
        seed=world.seed() if seed is None else seed,
        parameters=tuple((parameters or {}).items()),
        origin=str(library.origin(loaded) or ""),
    )
    file = SessionFile.create(_folder(folder) / f"{header.id}{SUFFIX}", header, loaded.source)
    session = Session(folder, file, loaded, world, looker)
    session.keep(
        Person(1, name or say("Host"), kind="facilitator", state="admitted"), open=open_door
    )
    return session


async def resume(
    library: Library,
    folder: DataFolder,
    session: str = "",
    *,
    as_begun: bool = False,
    world: World | None = None,
) -> Session:
    """Takes a session up; without a name, the one last held.

    It goes on with the scenario it was opened with, of which it holds a copy. Where that has
    changed since in what a table has been through or may still come to, it is taken up only
    `as_begun`, by someone who knows.

    Raises:
        ScenarioChanged: where that has to be said first.
        TabletopError: with a sentence, where there is none, or another process holds it.
    """
    world = world or World.real()
    file = SessionFile.open(_find(folder, session))
    exercises: dict[int, Exercise] = {}
    try:
        header, source = file.header()
        origin = Path(header.origin) if header.origin else None
        loaded = library.load_source(source, header.scenario, origin)
        found = Session(folder, file, loaded, world)
        for number, exercise in file.tables().items():
            exercises[number] = await table.resumed(
                folder, library, exercise, found.at_table(number), world, as_begun=as_begun
            )
        found.told = _told(loaded, tuple(exercises.values()))
    except BaseException:
        for each in exercises.values():
            await each.close()
        file.close()
        raise
    await found.open_tables(exercises)
    return found


def held(folder: DataFolder) -> tuple[str, ...]:
    """The sessions that were not closed, the last first."""
    try:
        paths = sorted(
            _folder(folder).glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True
        )
    except OSError:
        raise FolderError(say("{path} can't be read.", path=_folder(folder))) from None
    return tuple(path.stem for path in paths)


def _told(loaded: Loaded, exercises: tuple[Exercise, ...]) -> str:
    """What has become of the scenario of a session that goes on, as a sentence."""
    for exercise in exercises:
        if exercise.revision is not None and exercise.revision.harmless:
            return exercise.revision.sentence
    try:
        same = read_source(loaded.path) == loaded.source
    except LibraryError:
        # It is gone, or can't be read; the session has its own copy.
        same = True
    if exercises or same:
        return ""
    return say(
        "{title} has changed since this session was opened, and is played as it was then. To play"
        " it as it is now, close this session and host another.",
        title=loaded.scenario.title,
    )


def _find(folder: DataFolder, session: str) -> Path:
    names = held(folder)
    begun = [name for name in names if name.startswith(session)]
    if not begun or (session and len(begun) > 1 and session not in begun):
        raise RecordError(
            say("There is no session {id} to resume.", id=session)
            if session
            else say("There is no session to resume.")
        )
    name = session if session in begun else begun[0]
    return _folder(folder) / f"{name}{SUFFIX}"


def _folder(folder: DataFolder) -> Path:
    return folder.path / "sessions"

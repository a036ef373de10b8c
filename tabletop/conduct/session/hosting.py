"""Hosting: a session begun, or taken up again after its process has gone."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tabletop.conduct.errors import FolderError, RecordError, SetupError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library, Loaded
from tabletop.conduct.open_exercise import Exercise
from tabletop.conduct.proving import Prover
from tabletop.conduct.session import table
from tabletop.conduct.session.ahead import Looker
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.session import Session
from tabletop.conduct.session.session_file import SUFFIX, SessionFile, SessionHeader
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
    )
    file = SessionFile.create(_folder(folder) / f"{header.id}{SUFFIX}", header, loaded.source)
    session = Session(folder, file, loaded, world, looker)
    session.keep(
        Person(1, name or say("Host"), kind="facilitator", state="admitted"), open=open_door
    )
    return session


async def resume(
    library: Library, folder: DataFolder, session: str = "", *, world: World | None = None
) -> Session:
    """Takes a session up; without a name, the one last held.

    Raises:
        TabletopError: with a sentence, where there is none, or another process holds it.
    """
    world = world or World.real()
    file = SessionFile.open(_find(folder, session))
    exercises: dict[int, Exercise] = {}
    try:
        header, source = file.header()
        loaded = library.load_source(source, header.scenario)
        found = Session(folder, file, loaded, world)
        for number, exercise in file.tables().items():
            people = found.at_table(number)
            exercises[number] = await table.resumed(folder, exercise, people, world)
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

"""Along a route: an exercise begun and played to where a route file leads, to go on from there.

Nothing is set: every command of the route is submitted as a person would, and recorded as such.
"""

from collections.abc import Mapping
from pathlib import Path

from tabletop.authoring.findings import Route
from tabletop.authoring.route_file import RouteFile, read_route, written
from tabletop.conduct import solo
from tabletop.conduct.connection import Rejected
from tabletop.conduct.errors import SetupError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library, Loaded
from tabletop.conduct.source_file import read_source, shown
from tabletop.exercise.engine import Engine
from tabletop.wording import say


def route_from(path: Path, loaded: Loaded) -> RouteFile:
    """The route in a file.

    Raises:
        TabletopError: with a sentence, where it is none or does not fit the scenario.
    """
    name = shown(path)
    engine = Engine(loaded.scenario, loaded.guidance)
    route, problems = read_route(read_source(path), name, engine)
    if route is None:
        raise SetupError(f"{problems[0]}.")
    if route.facilitated:
        raise SetupError(
            say("{path} is a route with a facilitator; alone it can't be played.", path=name)
        )
    return route


def route_file(route: Route, title: str, loaded: Loaded) -> RouteFile:
    """A route as the file that would be written for it.

    Raises:
        TabletopError: with a sentence, where it can't be played alone or does not fit the scenario.
    """
    engine = Engine(loaded.scenario, loaded.guidance)
    if route.facilitated:
        raise SetupError(say("This route needs a facilitator; alone it can't be played."))
    read, problems = read_route(written(engine, route, title).encode(), title, engine)
    if read is None:
        raise SetupError(f"{problems[0]}.")
    return read


async def along(
    library: Library,
    folder: DataFolder,
    loaded: Loaded,
    route: RouteFile,
    *,
    seed: int | None = None,
    parameters: Mapping[str, str] | None = None,
) -> str:
    """Plays a route and gives the name of the exercise, which stands where the route leads.

    Raises:
        TabletopError: with a sentence, where a step is refused.
    """
    exercise = await solo.begin(
        library, folder, loaded, route.people, seed=seed, parameters=parameters
    )
    there = False
    try:
        await exercise.quiet()
        for number, (seat, command) in enumerate(route.commands, 1):
            answer = await exercise.connection(seat).submit(command)
            if isinstance(answer, Rejected):
                raise SetupError(
                    say(
                        "Step {number} of the route is refused: {why}",
                        number=number,
                        why=answer.sentence,
                    )
                )
            await exercise.quiet()
        there = True
    finally:
        await exercise.close()
        if not there:
            solo.delete(folder, exercise.id)
    return exercise.id

"""Commands that play: what there is to play, playing it, going on."""

from pathlib import Path

import click

from tabletop.cli.program import (
    UNUSABLE,
    Given,
    as_json,
    cli,
    data_folder,
    draw,
    drawable,
    finish,
    plainly,
    scenario_argument,
    scenarios,
)
from tabletop.cli.saving import saver
from tabletop.plain.streams import complain, out
from tabletop.wording import say


@cli.command(help=say("Play a scenario."))
@scenario_argument
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE",
    help=say("A role to play; may be given several times."),
)
@click.option("--seed", type=int, help=say("For what is left to chance."))
@plainly
@click.option(
    "--skip",
    "skips",
    multiple=True,
    metavar="THEME",
    help=say("A content theme to read in a gentler wording; may be repeated."),
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help=say("A value for one of the scenario's parameters; may be repeated."),
)
@click.option(
    "--route",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say("A route to play first, as a check writes it; then go on from where it leads."),
)
@click.pass_obj
def play(
    given: Given,
    scenario: str,
    roles: tuple[str, ...],
    seed: int | None,
    plain: bool,
    skips: tuple[str, ...],
    settings: tuple[str, ...],
    route: Path | None,
) -> int:
    """Plays a scenario from the beginning."""
    from tabletop.plain.fitting import fits, parameters

    library, folder = scenarios(), data_folder(given)
    values = parameters(settings)
    if route is not None:
        if roles or skips:
            raise click.UsageError(
                say("A route says itself who plays; leave --role and --skip out.")
            )
        return _along(given, scenario, route, seed, values, plain)
    if plain or not drawable():
        loaded = library.load(scenario)
        fits(loaded, roles, skips, values)
        from tabletop.plain.playing import play as played

        return finish(
            played(
                library, folder, loaded, saver(folder), given.program,
                roles=roles, seed=seed, parameters=values, skips=skips,
            )
        )  # fmt: skip
    library.find(scenario)
    if roles or skips or values:
        fits(library.load(scenario), roles, skips, values)
    from tabletop.console.start import Play

    return draw(given, Play(scenario, roles, seed, skips, values))


@cli.command(help=say("Go on with an exercise where it stopped; without ID the latest one."))
@click.argument("exercise", metavar="[ID]", required=False)
@plainly
@click.option(
    "--as-begun",
    is_flag=True,
    help=say("Also where its scenario has changed since: with the one it began with."),
)
@click.pass_obj
def resume(given: Given, exercise: str | None, plain: bool, as_begun: bool) -> int:
    """Goes on with an exercise."""
    folder = data_folder(given)
    found = folder.find(exercise).stem if exercise else folder.newest_unfinished()
    if plain or not drawable():
        return _resumed(given, found, as_begun)
    from tabletop.console.start import Resume

    return draw(given, Resume(found, as_begun))


@cli.command(help=say("List the scenarios that can be played."))
@as_json
def library(as_json: bool) -> int:
    """Lists scenarios."""
    from tabletop.plain import lists

    cards = scenarios().cards()
    out(lists.scenarios_json(cards) if as_json else lists.scenarios(cards))
    return 0


def _resumed(given: Given, exercise: str, as_begun: bool) -> int:
    """Goes on with an exercise in lines."""
    from tabletop.conduct.revision import ScenarioChanged
    from tabletop.plain.playing import changed
    from tabletop.plain.playing import resume as resumed

    folder = data_folder(given)
    try:
        return finish(
            resumed(scenarios(), folder, exercise, saver(folder), given.program, as_begun=as_begun)
        )
    except ScenarioChanged as error:
        complain(str(error))
        changed(error.revision, given.program, f"resume {error.revision.exercise}")
        return UNUSABLE


def _along(
    given: Given,
    scenario: str,
    route: Path,
    seed: int | None,
    values: dict[str, str],
    plain: bool,
) -> int:
    """Plays a route and goes on from where it leads."""
    from tabletop.cli.loop import run
    from tabletop.conduct.route import along, route_from
    from tabletop.plain.fitting import fits

    library, folder = scenarios(), data_folder(given)
    loaded = library.load(scenario)
    fits(loaded, (), (), values)
    read = route_from(route, loaded)
    exercise = run(along(library, folder, loaded, read, seed=seed, parameters=values))
    if plain or not drawable():
        return _resumed(given, exercise, True)
    from tabletop.console.start import Resume

    return draw(given, Resume(exercise, True))

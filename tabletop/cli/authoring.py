"""Commands for authors: checking, explaining, trying and exploring scenarios."""

import sys
from pathlib import Path

import click

from tabletop.cli.program import (
    BOUNDED,
    FINDINGS,
    INTERRUPTED,
    UNUSABLE,
    Given,
    as_json,
    cli,
    draw,
    drawable,
    limited,
    scenario_argument,
    scenarios,
)
from tabletop.cli.saving import refresh_schemas, write_texts
from tabletop.plain.streams import complain, line, out
from tabletop.wording import say


@cli.command(help=say("Check scenario files and say what is wrong in them."))
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json", "github", "sarif"]),
    default="full",
    help=say("How to show what was found; full where nothing is given."),
)
@as_json
@click.option("--quick", is_flag=True, help=say("Without exploring every situation."))
@limited
@click.option(
    "--routes",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=say("A folder to save a route file in for each finding that has a route."),
)
@click.option("--watch", is_flag=True, help=say("Go on, and check again at every save."))
def check(
    files: tuple[str, ...],
    form: str,
    as_json: bool,
    quick: bool,
    limit: int,
    routes: Path | None,
    watch: bool,
) -> int:
    """Checks scenarios."""
    if watch:
        if as_json or form not in ("full", "concise") or routes is not None:
            raise click.UsageError(
                say("--watch tells people what changes: with --format full or concise alone.")
            )
        return _watch(files, quick=quick, limit=limit, concise=form == "concise")
    from tabletop.plain import checking

    library = scenarios()
    checked = checking.check(library, files, explore=not quick, limit=limit)
    refresh_schemas(library, files)
    out(checked.lines("json" if as_json else form))
    for sentence in checked.unusable:
        complain(sentence)
    if routes is not None:
        write_texts(routes, checked.routes())
    if checked.unreadable:
        return UNUSABLE
    if checked.interrupted:
        return INTERRUPTED
    return BOUNDED if checked.bounded else FINDINGS if checked.findings else 0


def _watch(files: tuple[str, ...], *, quick: bool, limit: int, concise: bool) -> int:
    """Checks scenarios at every save until nobody reads or someone interrupts it."""
    from tabletop.cli.loop import run
    from tabletop.plain.watching import watch

    run(watch(scenarios(), files, explore=not quick, limit=limit, concise=concise))
    return 0


@cli.command(help=say("Open a scenario on a workbench that follows every save."))
@scenario_argument
@click.pass_obj
def author(given: Given, scenario: str) -> int:
    """Opens the author's workbench."""
    path = scenarios().find(scenario)
    if not drawable():
        raise click.UsageError(
            say(
                "The workbench needs a terminal it can draw on. Without one: tabletop check --watch"
                " follows a file in lines, explore, graph and play --route show the rest."
            )
        )
    from tabletop.console.start import Author

    return draw(given, Author(path))


@cli.command(help=say("Explain a code a check has named, with a bad and a good example."))
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """Prints the page of a code, or every code there is."""
    from tabletop.authoring import explaining

    if code is None:
        out(explaining.contents())
        return 0
    try:
        out(explaining.page(code).text.rstrip("\n").split("\n"))
    except explaining.Unexplained as error:
        raise click.UsageError(str(error)) from None
    return 0


@cli.command(help=say("Run the play scripts of scenarios."))
@click.argument("scenario", nargs=-1, required=True, metavar="SCENARIO…")
@as_json
def test(scenario: tuple[str, ...], as_json: bool) -> int:
    """Runs play scripts."""
    from tabletop.plain import checking

    library = scenarios()
    tried = [checking.plays(library.load(each)) for each in scenario]
    out(checking.plays_as_json(tried) if as_json else checking.plays_told(tried))
    return 0 if all(one.passed for one in tried) else FINDINGS


@cli.command(help=say("Explore every situation of a scenario and say what it can come to."))
@scenario_argument
@limited
@click.option("--facilitated", is_flag=True, help=say("With a facilitator at the table."))
@as_json
def explore(scenario: str, limit: int, facilitated: bool, as_json: bool) -> int:
    """Explores a scenario."""
    from tabletop.plain import exploring

    found = exploring.explored(scenarios().load(scenario), limit, facilitated=facilitated)
    out(found.as_json() if as_json else found.lines())
    return INTERRUPTED if found.interrupted else BOUNDED if found.bounded else 0


@cli.command(help=say("Print the schema by which an editor completes and checks a scenario file."))
@click.argument("scenario", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say("The file to write it to; tabletop check keeps one beside a scenario up to date."),
)
def schema(scenario: str | None, output: Path | None) -> int:
    """Prints or writes the schema of any scenario, or of one with its names."""
    from tabletop.conduct import schema_file

    if scenario is None:
        text = schema_file.shipped_schema()
    else:
        text = schema_file.schema_of_file(scenarios().find(scenario))
    if output is None:
        out(text.rstrip("\n").split("\n"))
        return 0
    schema_file.write_schema(output, text)
    line(say("Saved: {path}", path=output))
    return 0


@cli.command(
    help=say("Write a first draft of a scenario into a new folder, after a few questions.")
)
@click.option("--title", help=say("What it is called."))
@click.option(
    "--roles",
    "given",
    multiple=True,
    metavar="ROLES",
    help=say(
        "Who is at the table, with commas between: investigator, advocate, prosecutor, counsel, or"
        " names of your own such as detective:investigator."
    ),
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=say("The new folder; otherwise named after the title."),
)
def new(title: str | None, given: tuple[str, ...], folder: Path | None) -> int:
    """Writes a scenario; asks for what is not given where somebody can answer."""
    from tabletop.authoring.draft_roles import Undrafted
    from tabletop.conduct.draft_folder import write_draft
    from tabletop.plain import checking, drafting

    roles = ",".join(given) if given else None
    try:
        if None in (title, roles) and sys.stdin is not None and sys.stdin.isatty():
            from tabletop.cli.loop import run

            asked = run(drafting.ask(title, roles, folder))
            if asked is None:
                return INTERRUPTED
        else:
            asked = drafting.given(title, roles, folder)
        write_draft(asked.folder, asked.files())
    except Undrafted as error:
        raise click.UsageError(str(error)) from None
    drafting.tell(asked.folder)
    # Only words of the author's own can be found wanting here.
    checked = checking.check(scenarios(), (str(asked.folder / "scenario.yaml"),))
    if not checked.findings:
        return 0
    out(["", say("To mend:"), *checked.lines("concise")])
    return FINDINGS

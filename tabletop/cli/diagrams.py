"""Commands that show a scenario as a map, here and in Twine."""

from collections.abc import Iterable
from pathlib import Path

import click

from tabletop.cli.program import (
    BOUNDED,
    Commands,
    Given,
    cli,
    data_folder,
    limited,
    scenario_argument,
    scenarios,
)
from tabletop.cli.saving import write_file, write_new
from tabletop.plain.streams import complain, line, out
from tabletop.wording import say

in_a_file = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say("The file to save it in; printed where none is given."),
)


@cli.command(help=say("Draw a scenario as a map of its modules, scenes and ways."))
@scenario_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "mermaid", "dot", "svg"]),
    help=say("How to draw it; otherwise as the name of the output file says, or as text."),
)
@in_a_file
@click.option(
    "--route",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say("A route or play script whose path is painted on the map."),
)
@click.option("--record", metavar="ID", help=say("An exercise whose path is painted on the map."))
@click.option("--quick", is_flag=True, help=say("Without exploring every situation."))
@limited
@click.pass_obj
def graph(
    given: Given,
    scenario: str,
    form: str | None,
    output: Path | None,
    route: Path | None,
    record: str | None,
    quick: bool,
    limit: int,
) -> int:
    """Draws a scenario."""
    from tabletop.plain import drawing

    if route is not None and record is not None:
        raise click.UsageError(say("One path at a time: leave --route or --record out."))
    played = None
    if record is not None:
        played = data_folder(given).record(record)
    drawn = drawing.read(scenarios(), scenario, explore=not quick, limit=limit)
    if route is not None:
        drawn = drawn.along(route)
    if played is not None:
        drawn = drawn.played(played)
    for note in drawn.notes:
        complain(note)
    _give(output, drawn.lines(form or drawing.form_of(output)))
    return BOUNDED if drawn.bounded else 0


@cli.group(
    cls=Commands,
    invoke_without_command=True,
    help=say("Take a scenario to Twine as Twee 3, or a story from there."),
)
@click.pass_context
def twee(ctx: click.Context) -> None:
    """Says what there is where no command is given."""
    if ctx.invoked_subcommand is None:
        out(ctx.get_help().split("\n"))


@twee.command("export", help=say("Write a scenario as a story that Twine opens as a map."))
@scenario_argument
@in_a_file
@click.option("--marks", is_flag=True, help=say("With the marks of each option."))
def twee_export(scenario: str, output: Path | None, marks: bool) -> int:
    """Writes a scenario as a story."""
    from tabletop.plain import twining

    written = twining.write(scenarios().load(scenario), marks=marks)
    _give(output, written.lines())
    for sentence in written.told():
        complain(sentence)
    return 0


@twee.command("import", help=say("Read a story as the skeleton of a scenario."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help=say("The folder to save scenario.yaml in, beside the story; printed where none is given."),
)
def twee_import(file: Path, output: Path | None) -> int:
    """Reads a story."""
    from datetime import UTC, datetime

    from tabletop.plain import twining

    read = twining.read(file)
    lines = read.lines(datetime.now(UTC).date())
    if output is None:
        out(lines)
        for sentence in read.told():
            complain(sentence)
        return 0
    text = "".join(f"{each}\n" for each in lines)
    path = write_new(output, {"scenario.yaml": text.encode(), "story.twee": read.source})
    out(read.told())
    line(
        say(
            "Saved: {path}, a skeleton; `tabletop check {path}` says what is missing. The story"
            " itself lies beside it.",
            path=path,
        )
    )
    return 0


def _give(output: Path | None, lines: Iterable[str]) -> None:
    """Prints lines, or saves them."""
    if output is None:
        out(lines)
        return
    write_file(output, "".join(f"{each}\n" for each in lines))
    line(say("Saved: {path}", path=output))

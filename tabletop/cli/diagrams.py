"""Commands that show a scenario as a map."""

from pathlib import Path

import click

from tabletop.cli.program import (
    BOUNDED,
    Given,
    cli,
    data_folder,
    limited,
    scenario_argument,
    scenarios,
)
from tabletop.cli.saving import write_file
from tabletop.plain.streams import complain, line, out
from tabletop.wording import say


@cli.command(help=say("Draw a scenario as a map of its modules, scenes and ways."))
@scenario_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "mermaid", "dot", "svg"]),
    help=say("How to draw it; otherwise as the name of the output file says, or as text."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say("The file to save it in; printed where none is given."),
)
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
        from tabletop.conduct.solo import open_record

        played = open_record(data_folder(given), record)
    drawn = drawing.read(scenarios(), scenario, explore=not quick, limit=limit)
    if route is not None:
        drawn = drawn.along(route)
    if played is not None:
        drawn = drawn.played(played)
    for note in drawn.notes:
        complain(note)
    lines = drawn.lines(form or drawing.form_of(output))
    if output is None:
        out(lines)
    else:
        write_file(output, "".join(f"{each}\n" for each in lines))
        line(say("Saved: {path}", path=output))
    return BOUNDED if drawn.bounded else 0

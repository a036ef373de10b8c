"""Commands that hand a record to other programs, and take one back."""

import os
from pathlib import Path

import click

from tabletop.cli.program import Given, cli, data_folder, exercise_argument
from tabletop.plain.streams import line
from tabletop.wording import say


@cli.command(help=say("Save the record of an exercise for other programs."))
@exercise_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=Path(),
    help=say("The folder to save it in; the present one where nothing is given."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "xapi"]),
    default="jsonl",
    help=say("jsonl: the whole record, for tabletop import; csv: rows; xapi: statements."),
)
@click.option("--names", is_flag=True, help=say("With the names people gave themselves."))
@click.option("--redacted", is_flag=True, help=say("Without anything people wrote."))
@click.option(
    "--post",
    metavar="URL",
    help=say(
        "Send the statements to a learning record store instead of saving them; its key is in"
        " TABLETOP_LRS_KEY, its secret in TABLETOP_LRS_SECRET."
    ),
)
@click.pass_obj
def export(
    given: Given,
    exercise: str,
    output: Path,
    form: str,
    names: bool,
    redacted: bool,
    post: str | None,
) -> int:
    """Exports an exercise."""
    if names and redacted:
        raise click.UsageError(say("Either --names or --redacted, not both."))
    if post is not None and form != "xapi":
        raise click.UsageError(say("Only statements are sent: --format xapi --post URL."))
    from tabletop.conduct.document_files import save_all
    from tabletop.plain import exporting

    folder = data_folder(given)
    record = folder.record(exercise)
    if post is not None:
        from tabletop.web import lrs

        made = exporting.statements(record, names=names)
        key = os.environ.get("TABLETOP_LRS_KEY", ""), os.environ.get("TABLETOP_LRS_SECRET", "")
        lrs.post(made, post, *key)
        line(say("Sent: {count} statements.", count=len(made)))
        return 0
    files = exporting.exported(
        folder.stored(exercise),
        record,
        form,  # type: ignore[arg-type] # click has checked it
        names=names,
        redacted=redacted,
    )
    for path in save_all(output, files):
        line(say("Saved: {path}", path=path))
    if record.header.parameters and (redacted or not names):
        told = ", ".join(record.header.parameters)
        line(say("What was filled in when it began stays in it: {names}.", names=told))
    return 0


@cli.command("import", help=say("Take in the record of an exercise that was exported."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.pass_obj
def take_in(given: Given, file: Path) -> int:
    """Imports an exercise."""
    from tabletop.conduct.importing import import_record

    line(import_record(data_folder(given), file).sentence)
    return 0

"""The command that lays several exercises side by side."""

from pathlib import Path

import click

from tabletop.cli.program import Given, cli, data_folder
from tabletop.plain.streams import line, out
from tabletop.wording import say


@cli.command(help=say("Lay exercises of one scenario side by side, in the order given."))
@click.argument("exercises", metavar="ID…", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=say("The folder to save it in, as Markdown and HTML unless other formats are given."),
)
@click.option(
    "--format",
    "forms",
    multiple=True,
    type=click.Choice(["md", "html", "docx", "pdf", "text"]),
    help=say("A format, more than once for several; printed where no folder is given."),
)
@click.pass_obj
def compare(
    given: Given, exercises: tuple[str, ...], output: Path | None, forms: tuple[str, ...]
) -> int:
    """Compares exercises."""
    if output is None and (len(forms) > 1 or {"docx", "pdf"}.intersection(forms)):
        raise click.UsageError(
            say("Word, PDF and several formats need a folder: give one with -o.")
        )
    from tabletop.conduct.document_files import save_documents
    from tabletop.plain.documents import render, side_by_side

    folder = data_folder(given)
    document = side_by_side([folder.record(exercise) for exercise in exercises])
    if output is None:
        out([render(document, *(forms or ("text",))).decode().rstrip("\n")])
        return 0
    for path in save_documents((document,), forms or ("md", "html"), output, "exercises", render):
        line(say("Saved: {path}", path=path))
    return 0

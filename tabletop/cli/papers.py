"""What the commands that write documents share."""

from collections.abc import Collection
from pathlib import Path

import click

from tabletop.wording import say

in_folder = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=say("The folder to save in, as Markdown and HTML unless other formats are given."),
)
about_file = click.option(
    "--about",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say("A file that says when, where and for whom; what it leaves out is room to write."),
)


def chosen(kinds: str | None, there: Collection[str]) -> tuple[str, ...]:
    """The kinds somebody asked for by name; none where they asked for all."""
    from tabletop.plain.fitting import unknown

    wanted = tuple(each.strip() for each in (kinds or "").split(",") if each.strip())
    for each in wanted:
        if each not in there:
            raise click.UsageError(unknown(say("document"), each, tuple(there)))
    return wanted

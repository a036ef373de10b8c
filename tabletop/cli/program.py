"""The program: what every command is given, what commands share, and how one may end.

`--help` and `--version` answer before anything but this package and click is imported: each command
imports what it needs where it is used.
"""

import os
import sys
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from tabletop import __version__
from tabletop.plain.streams import line
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.folder import DataFolder
    from tabletop.conduct.library import Library
    from tabletop.console.start import Start

FINDINGS = 1
"""Findings in a scenario that reads, failed plays, a broken chain; also a fault of our own."""
UNUSABLE = 2
"""A usage error, or an input that can't be read."""
BOUNDED = 3
"""A bound was hit before an answer was found."""
INTERRUPTED = 130


@dataclass
class Given:
    """What was given before the command."""

    data: Path | None = None

    @property
    def program(self) -> str:
        """How to call the program again, so that it finds the same exercises."""
        return f"tabletop --data {quote(str(self.data))}" if self.data else "tabletop"


class Deaf(Exception):
    """Nobody reads any more."""


class Commands(click.Group):
    """The commands, with a guess at what a mistyped one meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command the arguments begin with."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            from tabletop.plain.fitting import unknown

            raise click.UsageError(unknown(say("command"), name, self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; click would call a reader that has gone an error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise Deaf from None


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    help=say("Practise decisions around an enforcement action, alone or with your task force."),
    epilog=say("A SCENARIO is the name of one that came along, its folder, or its file."),
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=say("Where exercises are kept; otherwise TABLETOP_DATA, or the user's data folder."),
)
@click.version_option(__version__, message="%(prog)s %(version)s", help=say("Show the version."))
@click.pass_context
def cli(ctx: click.Context, data: Path | None) -> int:
    """Opens the home screen where no command is given."""
    ctx.obj.data = data
    if ctx.invoked_subcommand is not None:
        return 0
    if drawable():
        return draw(ctx.obj, None)
    line(
        say(
            "The home screen needs a terminal it can draw on. Without one: tabletop library lists"
            " what can be played, tabletop play SCENARIO plays it in lines, tabletop exercises"
            " lists what was played, tabletop --help lists the rest."
        )
    )
    return 0


scenario_argument = click.argument("scenario")
exercise_argument = click.argument("exercise", metavar="ID")
as_json = click.option("--json", "as_json", is_flag=True, help=say("As JSON, for programs."))
limited = click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=5_000_000,
    metavar="N",
    help=say("The most situations to explore; 5000000 where nothing is given."),
)
plainly = click.option(
    "--plain",
    is_flag=True,
    help=say("In lines, with numbered choices; chosen by itself where there is no terminal."),
)


def scenarios() -> "Library":
    """The scenarios that came along, and those beside."""
    from tabletop.conduct.library import Library

    return Library()


def data_folder(given: Given) -> "DataFolder":
    """Where exercises are kept."""
    from tabletop.conduct.folder import DataFolder

    return DataFolder(given.data)


def drawable() -> bool:
    """Whether there is a terminal that Textual can draw on."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        return False
    return os.name == "nt" or os.environ.get("TERM", "") not in ("", "dumb", "unknown")


def draw(given: Given, start: "Start | None") -> int:
    """Draws screens, beginning somewhere, until they are left."""
    from tabletop.cli.loop import run
    from tabletop.cli.rooms import WebRooms
    from tabletop.console.app import TabletopApp

    async def drawn() -> int:
        rooms = WebRooms(given)
        app = TabletopApp(scenarios(), data_folder(given), start=start, rooms=rooms)
        try:
            await app.run_async()
        finally:
            told = await rooms.leave()
        if told:
            line(told)
        return app.return_code or 0

    return run(drawn())


def finish(played: Coroutine[Any, Any, None]) -> int:
    """Runs the line mode to its end."""
    from tabletop.cli.loop import run

    run(played)
    return 0

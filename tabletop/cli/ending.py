"""Running a command line, and how it ends.

Whatever a user can cause ends in one sentence on standard error and in one of five exit codes; what
nobody foresaw ends in one sentence too, and in a file that says where and never what.
"""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tabletop.cli.program import FINDINGS, INTERRUPTED, UNUSABLE, Deaf, Given, cli, data_folder
from tabletop.plain.streams import complain, deafen
from tabletop.wording import say

SELDOM = (500_000, 10, 10)
"""How often cycles are looked for. A start makes hundreds of thousands of objects that stay; with
Python's own measure they are looked through over and over, for a fifth of the whole time."""


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    gc.set_threshold(*SELDOM)
    # No plugin that happens to be installed reads scenarios along with us, or is looked for.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        # A console without UTF-8 gets a question mark where it lacks a letter, not a traceback.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    code = run()
    try:
        sys.stdout.flush()
    except OSError:
        deafen()
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and says how it went."""
    given = Given()
    try:
        code = cli.main(
            None if arguments is None else list(arguments),
            prog_name="tabletop",
            standalone_mode=False,
            obj=given,
        )
        return int(code or 0)
    except click.ClickException as error:
        hint = ""
        if isinstance(error, click.UsageError) and error.ctx is not None:
            hint = " " + say("See {path} --help.", path=error.ctx.command_path)
        complain(_sentence(error) + hint)
        return UNUSABLE
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (Deaf, BrokenPipeError):
        deafen()
        return 0
    except Exception as error:  # noqa: BLE001 - the last one; nothing may print a traceback.
        return _failed(given, error)


def _sentence(error: click.ClickException) -> str:
    said = error.format_message()
    return said if said.endswith((".", "?")) else f"{said}."


def _failed(given: Given, error: Exception) -> int:
    """Says what can't be done; what nobody foresaw goes to a file, without a word of content."""
    from tabletop.conduct.errors import TabletopError

    if isinstance(error, TabletopError):
        complain(str(error))
        return UNUSABLE
    from tabletop.exercise.record import Unreadable

    if isinstance(error, Unreadable):
        complain(str(error))
        return UNUSABLE
    from tabletop.conduct import trouble

    path = trouble.log(data_folder(given).path, error)
    if path is None:
        complain(say("tabletop made a mistake and had to stop. What was saved is safe."))
    else:
        complain(
            say(
                "tabletop made a mistake and had to stop. What was saved is safe; where it went"
                " wrong stands in {path}.",
                path=path,
            )
        )
    return FINDINGS

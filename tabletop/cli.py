"""The command line: wires the parts together, and imports each where it is used.

`--help` and `--version` answer before anything but this module and click is imported. Whatever a
user can cause ends in one sentence on standard error and in one of five exit codes; what nobody
foresaw ends in one sentence too, and in a file that says where and never what. It is one long file
because it is a table: a command after another, each a few lines that call what does the work.
"""

import os
import sys
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from tabletop import __version__
from tabletop.plain.streams import complain, deafen, line, out
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.folder import DataFolder
    from tabletop.conduct.library import Library
    from tabletop.console.start import Start
    from tabletop.exercise.record import Record

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
    if _drawable():
        return _draw(ctx.obj, None)
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
plainly = click.option(
    "--plain",
    is_flag=True,
    help=say("In lines, with numbered choices; chosen by itself where there is no terminal."),
)


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

    library, folder = _library(), _folder(given)
    values = parameters(settings)
    if route is not None:
        if roles or skips:
            raise click.UsageError(
                say("A route says itself who plays; leave --role and --skip out.")
            )
        return _along(given, scenario, route, seed, values, plain)
    if plain or not _drawable():
        loaded = library.load(scenario)
        fits(loaded, roles, skips, values)
        from tabletop.plain.playing import play as played

        return _run(
            played(
                library, folder, loaded, _save_of(folder), given.program,
                roles=roles, seed=seed, parameters=values, skips=skips,
            )
        )  # fmt: skip
    library.find(scenario)
    if roles or skips or values:
        fits(library.load(scenario), roles, skips, values)
    from tabletop.console.start import Play

    return _draw(given, Play(scenario, roles, seed, skips, values))


@cli.command(help=say("Go on with an exercise where it stopped; without ID the latest one."))
@click.argument("exercise", metavar="[ID]", required=False)
@plainly
@click.pass_obj
def resume(given: Given, exercise: str | None, plain: bool) -> int:
    """Goes on with an exercise."""
    folder = _folder(given)
    found = folder.find(exercise).stem if exercise else folder.newest_unfinished()
    if plain or not _drawable():
        from tabletop.plain.playing import resume as resumed

        return _run(resumed(folder, found, _save_of(folder), given.program))
    from tabletop.console.start import Resume

    return _draw(given, Resume(found))


@cli.command(help=say("List the scenarios that can be played."))
@as_json
def library(as_json: bool) -> int:
    """Lists scenarios."""
    from tabletop.plain import lists

    cards = _library().cards()
    out(lists.scenarios_json(cards) if as_json else lists.scenarios(cards))
    return 0


@cli.command(help=say("List the exercises on this computer."))
@as_json
@click.pass_obj
def exercises(given: Given, as_json: bool) -> int:
    """Lists exercises."""
    from tabletop.plain import lists

    folder = _folder(given)
    found = folder.exercises()
    out(lists.exercises_json(found) if as_json else lists.exercises(found, folder.path))
    return 0


@cli.command(help=say("Tell an exercise again from its record, entry by entry."))
@exercise_argument
@as_json
@click.pass_obj
def replay(given: Given, exercise: str, as_json: bool) -> int:
    """Prints the story of an exercise."""
    from tabletop.conduct.solo import open_record
    from tabletop.plain import story

    record = open_record(_folder(given), exercise)
    out(story.as_json(record) if as_json else story.lines(record))
    return 0


@cli.command(help=say("Check that the record of an exercise was not changed."))
@exercise_argument
@as_json
@click.pass_obj
def verify(given: Given, exercise: str, as_json: bool) -> int:
    """Checks the chain of a record."""
    from tabletop.conduct import solo
    from tabletop.plain import lists

    verdict = solo.verify(_folder(given), exercise)
    out(lists.verdict_json(verdict) if as_json else [verdict.sentence])
    return 0 if verdict.sound else FINDINGS


@cli.command(help=say("Show the debrief of an exercise, or save it."))
@exercise_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=say("The folder to save it in, as Markdown and HTML."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "both", "text"]),
    help=say("Only this format; printed where no folder is given."),
)
@click.option("--names", is_flag=True, help=say("With the names people gave themselves."))
@click.pass_obj
def debrief(given: Given, exercise: str, output: Path | None, form: str | None, names: bool) -> int:
    """Shows or saves a debrief."""
    from tabletop.conduct.solo import open_record

    folder = _folder(given)
    if output is None and form is None and _drawable():
        from tabletop.console.start import Debrief

        return _draw(given, Debrief(folder.find(exercise).stem))
    if output is None and form == "both":
        raise click.UsageError(say("Two formats need a folder: give one with -o."))
    record = open_record(folder, exercise)
    if output is None:
        from tabletop.plain.documents import documents

        out(text.rstrip("\n") for text in documents(record, [form or "text"], names=names).values())
        return 0
    wanted = {"both": ("md", "html"), None: ("md", "html")}.get(form, (form or "",))
    for path in _saved(record, wanted, names, output):
        line(say("Saved: {path}", path=path))
    return 0


@cli.command(help=say("Delete an exercise with everything in it."))
@exercise_argument
@click.option("--yes", is_flag=True, help=say("Without asking."))
@click.pass_obj
def delete(given: Given, exercise: str, yes: bool) -> int:
    """Deletes an exercise."""
    from tabletop.conduct import solo

    folder = _folder(given)
    found = folder.find(exercise).stem
    if not yes:
        if not (sys.stdin and sys.stdin.isatty()):
            raise click.UsageError(say("Nobody can be asked here; --yes deletes without asking."))
        if not click.confirm(say("Delete exercise {id} for good?", id=found), default=False):
            line(say("Nothing was deleted."))
            return 0
    solo.delete(folder, found)
    line(say("Exercise {id} is deleted.", id=found))
    return 0


@cli.command(help=say("Erase what one person wrote in an exercise; its record still verifies."))
@exercise_argument
@click.option(
    "--person", required=True, metavar="NAME", help=say("Their name, or the role they played.")
)
@click.pass_obj
def erase(given: Given, exercise: str, person: str) -> int:
    """Erases a person's words."""
    from tabletop.conduct import solo

    count = solo.erase(_folder(given), exercise, person)
    line(
        say("Erased one piece of what {person} wrote, with any notes and drafts.", person=person)
        if count == 1
        else say(
            "Erased {count} pieces of what {person} wrote, with any notes and drafts.",
            count=count,
            person=person,
        )
    )
    return 0


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
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50_000,
    metavar="N",
    help=say("How many situations to explore before giving up; 50000 where nothing is given."),
)
@click.option(
    "--routes",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=say("A folder to save a route file in for each finding that has a route."),
)
def check(
    files: tuple[str, ...], form: str, as_json: bool, quick: bool, limit: int, routes: Path | None
) -> int:
    """Checks scenarios."""
    from tabletop.plain import checking

    checked = checking.check(_library(), files, explore=not quick, limit=limit)
    out(checked.lines("json" if as_json else form))
    for sentence in checked.unusable:
        complain(sentence)
    if routes is not None:
        _written(routes, checked.routes())
    if checked.unreadable:
        return UNUSABLE
    return BOUNDED if checked.bounded else FINDINGS if checked.findings else 0


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


@cli.command(help=say("Run the play scripts of a scenario."))
@scenario_argument
@as_json
def test(scenario: str, as_json: bool) -> int:
    """Runs play scripts."""
    from tabletop.plain import checking

    tried = checking.plays(_library().load(scenario))
    out(tried.as_json() if as_json else tried.lines())
    return 0 if tried.passed else FINDINGS


@cli.command(help=say("Explore every situation of a scenario and say what it can come to."))
@scenario_argument
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=5_000_000,
    help=say("The most situations to explore; where they are not enough, the exit code is 3."),
)
@click.option("--facilitated", is_flag=True, help=say("With a facilitator at the table."))
@as_json
def explore(scenario: str, limit: int, facilitated: bool, as_json: bool) -> int:
    """Explores a scenario."""
    from tabletop.plain import exploring

    found = exploring.explored(_library().load(scenario), limit, facilitated=facilitated)
    out(found.as_json() if as_json else found.lines())
    return INTERRUPTED if found.interrupted else BOUNDED if found.bounded else 0


# What the commands share.


def _library() -> "Library":
    from tabletop.conduct.library import Library

    return Library()


def _folder(given: Given) -> "DataFolder":
    from tabletop.conduct.folder import DataFolder

    return DataFolder(given.data)


def _drawable() -> bool:
    """Whether there is a terminal that Textual can draw on."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        return False
    return os.name == "nt" or os.environ.get("TERM", "") not in ("", "dumb", "unknown")


def _draw(given: Given, start: "Start | None") -> int:
    from tabletop.console.app import TabletopApp

    app = TabletopApp(_library(), _folder(given), start=start)
    app.run()
    return app.return_code or 0


def _run(played: Coroutine[Any, Any, None]) -> int:
    import asyncio

    asyncio.run(played)
    return 0


def _along(
    given: Given,
    scenario: str,
    route: Path,
    seed: int | None,
    values: dict[str, str],
    plain: bool,
) -> int:
    """Plays a route and goes on from where it leads."""
    import asyncio

    from tabletop.conduct.route import along, route_from
    from tabletop.plain.fitting import fits

    library, folder = _library(), _folder(given)
    loaded = library.load(scenario)
    fits(loaded, (), (), values)
    read = route_from(route, loaded)
    exercise = asyncio.run(along(library, folder, loaded, read, seed=seed, parameters=values))
    if plain or not _drawable():
        from tabletop.plain.playing import resume as resumed

        return _run(resumed(folder, exercise, _save_of(folder), given.program))
    from tabletop.console.start import Resume

    return _draw(given, Resume(exercise))


def _written(folder: Path, texts: Iterable[tuple[str, str]]) -> None:
    """Writes texts into a folder, each under its name."""
    from tabletop.conduct.errors import FolderError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts:
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise FolderError(
            say("{path} can't be written: {why}.", path=folder, why=error.strerror or error)
        ) from None


def _saved(record: "Record", formats: Iterable[str], names: bool, folder: Path) -> list[Path]:
    """Writes a debrief into a folder."""
    from tabletop.conduct.errors import FolderError
    from tabletop.conduct.settings import write_privately
    from tabletop.plain.documents import documents, file_name

    paths = []
    for form, text in documents(record, formats, names=names).items():
        path = folder / file_name(record.header, form)
        try:
            write_privately(path, text)
        except OSError as error:
            raise FolderError(
                say(
                    "{path} can't be written: {why}. Choose another folder.",
                    path=path,
                    why=error.strerror or error,
                )
            ) from None
        paths.append(path)
    return paths


def _save_of(folder: "DataFolder") -> Callable[[str, Path], Sequence[Path]]:
    """What saves a debrief from within the line mode."""

    def save(exercise: str, output: Path) -> Sequence[Path]:
        from tabletop.conduct.solo import open_record

        return _saved(open_record(folder, exercise), ("md", "html"), False, output)

    return save


# How it ends.


def main() -> None:
    """Runs the command line and leaves with its exit code."""
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

    path = trouble.log(_folder(given).path, error)
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

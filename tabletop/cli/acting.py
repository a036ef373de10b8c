"""The command about what is to be improved, over all exercises."""

from typing import TYPE_CHECKING

import click

from tabletop.cli.program import Given, as_json, cli, data_folder
from tabletop.plain.streams import line, out
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.exercise.afterwards import ActionStatus, Element


@cli.command(help=say("List what is to be improved over all exercises, or say what became of it."))
@click.argument("exercise", metavar="[ID]", required=False)
@click.argument("number", metavar="[N]", type=click.IntRange(min=1), required=False)
@click.option(
    "--open/--all",
    "pending",
    default=True,
    help=say("What is still to be done, or what was done or dropped too."),
)
@click.option(
    "--status",
    type=click.Choice(["open", "begun", "done", "dropped"]),
    help=say("What has become of action N of exercise ID."),
)
@click.option(
    "--write",
    "issue",
    default="",
    metavar="TEXT",
    help=say("Write one down: what should be better."),
)
@click.option(
    "--do", "action", default="", metavar="TEXT", help=say("With --write: what will be done.")
)
@click.option("--owner", default="", metavar="TEXT", help=say("With --write: who sees to it."))
@click.option(
    "--element",
    type=click.Choice(["planning", "organization", "equipment", "training", "exercise"]),
    default="planning",
    help=say("With --write: what it changes."),
)
@click.option("--note", default="", metavar="TEXT", help=say("What there is to say of it."))
@click.option("--due", default="", metavar="DAY", help=say("A new day, as in 2026-12-01."))
@as_json
@click.pass_obj
def actions(
    given: Given,
    exercise: str | None,
    number: int | None,
    pending: bool,
    status: "ActionStatus | None",
    issue: str,
    action: str,
    owner: str,
    element: "Element",
    note: str,
    due: str,
    as_json: bool,
) -> int:
    """Lists actions, or updates one."""
    from tabletop.conduct import actions as held
    from tabletop.plain import acting

    folder = data_folder(given)
    if issue or action or owner:
        if exercise is None or number is not None or not issue:
            raise click.UsageError(
                say("To write one down, give an exercise's ID and, with --write, what it is.")
            )
        _write(given, exercise, issue, action, element, owner, due)
    elif status or note or due:
        if exercise is None or number is None:
            raise click.UsageError(say("Which one? Give an exercise's ID and a number."))
        _update(given, exercise, number, status, note, due)
    only = folder.find(exercise).stem if exercise else ""
    every = not pending or bool(status or (note and not issue))
    found = [
        each
        for each in held.actions(folder)
        if (every or each.pending)
        and (not only or each.exercise == only)
        and (number is None or each.improvement.number == number)
    ]
    if number is not None and not found:
        raise click.UsageError(
            say("Exercise {id} has no action {number} to list.", id=only, number=number)
        )
    out(acting.actions_json(found) if as_json else acting.actions(found, every=every))
    return 0


def _write(
    given: Given, exercise: str, issue: str, action: str, element: "Element", owner: str, due: str
) -> None:
    from tabletop.cli.loop import run
    from tabletop.conduct import actions as held
    from tabletop.exercise.afterwards import Improve

    folder = data_folder(given)
    improvement = Improve(issue, action, element, owner, due=due)
    run(held.write(folder, exercise, improvement))
    line(say("Kept with exercise {id}.", id=folder.find(exercise).stem))


def _update(
    given: Given, exercise: str, number: int, status: "ActionStatus | None", note: str, due: str
) -> None:
    from tabletop.cli.loop import run
    from tabletop.conduct import actions as held

    folder = data_folder(given)
    run(held.update(folder, exercise, number, status, note, due))
    line(say("Kept with exercise {id}.", id=folder.find(exercise).stem))

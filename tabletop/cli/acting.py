"""The command about what is to be improved, over all exercises."""

from typing import TYPE_CHECKING

import click

from tabletop.cli.program import Given, as_json, cli, data_folder
from tabletop.plain.streams import line, out
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.exercise.afterwards import ActionStatus


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
    note: str,
    due: str,
    as_json: bool,
) -> int:
    """Lists actions, or updates one."""
    from tabletop.conduct import actions as held
    from tabletop.plain import acting

    folder = data_folder(given)
    if status or note or due:
        if exercise is None or number is None:
            raise click.UsageError(say("Which one? Give an exercise's ID and a number."))
        _update(given, exercise, number, status, note, due)
    only = folder.find(exercise).stem if exercise else ""
    every = not pending or bool(status or note or due)
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


def _update(
    given: Given, exercise: str, number: int, status: "ActionStatus | None", note: str, due: str
) -> None:
    import asyncio

    from tabletop.conduct import actions as held

    folder = data_folder(given)
    asyncio.run(held.update(folder, exercise, number, status, note, due))
    line(say("Kept with exercise {id}.", id=folder.find(exercise).stem))

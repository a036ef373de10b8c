"""The command that joins a session elsewhere."""

from typing import TYPE_CHECKING

import click

from tabletop.cli.program import Given, cli, data_folder, drawable, plainly, scenarios
from tabletop.plain.streams import line
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.lock import ExerciseLock
    from tabletop.conduct.session.kept_seats import KeptSeat
    from tabletop.web.coming import Coming, Visit

    Own = tuple[KeptSeat, ExerciseLock]


@cli.command(help=say("Join a session with this terminal."))
@click.argument("address", metavar="URL")
@click.option("--code", default="", help=say("The session's code, or a facilitator's."))
@click.option("--name", default="", help=say("What you are called there."))
@click.option("--agency", default="", help=say("Where you come from."))
@click.option("--role", default="", metavar="ROLE", help=say("The role you would like."))
@click.option(
    "--as",
    "kind",
    type=click.Choice(["player", "evaluator", "observer"]),
    default="player",
    help=say("What you come as; a facilitator's code makes you one."),
)
@click.option(
    "--skip",
    "skips",
    multiple=True,
    metavar="THEME",
    help=say("A content theme to read in a gentler wording; may be repeated."),
)
@click.option(
    "--as-new", is_flag=True, help=say("As somebody new, also where a seat of yours is kept here.")
)
@plainly
@click.pass_obj
def join(
    given: Given,
    address: str,
    code: str,
    name: str,
    agency: str,
    role: str,
    kind: str,
    skips: tuple[str, ...],
    as_new: bool,
    plain: bool,
) -> int:
    """Joins a session."""
    from tabletop.cli.loop import run
    from tabletop.conduct.session.kept_seats import KeptSeats
    from tabletop.plain.joining import tell_door
    from tabletop.web.addresses import invited
    from tabletop.web.coming import Coming

    at, seats = invited(address), KeptSeats(data_folder(given))

    async def looked() -> "tuple[Coming, Own | None]":
        coming = await Coming.to(at, seats)
        return coming, None if as_new else await coming.own(name)

    coming, own = run(looked())
    if own is None:
        # What is recorded, and what the exercise contains, is said before anybody is in it.
        tell_door(coming.door.title, coming.door.summary, coming.door.themes)
        code = code or at.code or click.prompt(say("Code"))
        name = name or click.prompt(say("Your name, or what you want to be called there"))

    async def joined() -> int:
        visit = await (
            coming.back(*own)
            if own is not None
            else coming.come(code, name, agency=agency, wish=role, kind=kind, skips=skips)
        )
        try:
            return await _visited(given, visit, plain=plain or not drawable())
        finally:
            told = await visit.leave()
            if told:
                line(told)

    return run(joined())


async def _visited(given: Given, visit: "Visit", *, plain: bool) -> int:
    """Plays a place, or conducts from it."""
    from tabletop.console.app import TabletopApp
    from tabletop.console.start import Conduct, Join
    from tabletop.plain.at_table import play
    from tabletop.plain.conducting import Desk
    from tabletop.plain.playing import desk

    place, told = visit.place, visit.told
    if visit.back:
        told = f"{told} {say('To come as somebody else, leave and join with --as-new.')}"
    if plain:
        if told:
            line(told)
        page, keyboard = desk()
        if place.conducting() is None:
            await play(place, page, keyboard)
        conducting = place.conducting()
        if conducting is not None:
            await Desk(conducting, page, keyboard).hold()
        return 0
    conducting = place.conducting()
    start = Join(place, told) if conducting is None else Conduct(conducting, told)
    app = TabletopApp(scenarios(), data_folder(given), start=start)
    await app.run_async()
    return app.return_code or 0

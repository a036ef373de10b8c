"""Commands for a room: holding a session."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import click

from tabletop.cli.program import Given, cli, data_folder, scenarios
from tabletop.plain.streams import line, out
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.web.hosting import Hosted


@cli.command(help=say("Hold a session: people join with their phones, laptops or terminals."))
@click.argument("scenario", required=False, metavar="[SCENARIO]")
@click.option(
    "--bind",
    metavar="ADDR:PORT",
    help=say("The address to listen at; 127.0.0.1:8731 where nothing is given."),
)
@click.option("--lan", is_flag=True, help=say("Let this network in, and show a code to join."))
@click.option("--open", "open_door", is_flag=True, help=say("Admit whoever knows the code."))
@click.option(
    "--tables",
    type=click.IntRange(1, 20),
    default=1,
    metavar="N",
    help=say("How many groups play side by side; one where nothing is given."),
)
@click.option("--headless", is_flag=True, help=say("Without a console; a facilitator joins."))
@click.option("--resume", "again", is_flag=True, help=say("Go on with a session that stopped."))
@click.option("--public-url", metavar="URL", default="", help=say("What people type to get here."))
@click.option("--name", metavar="NAME", default="", help=say("What you are called in the room."))
@click.option("--seed", type=int, help=say("For what is left to chance."))
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help=say("A value for one of the scenario's parameters; may be repeated."),
)
@click.pass_obj
def host(
    given: Given,
    scenario: str | None,
    bind: str | None,
    lan: bool,
    open_door: bool,
    tables: int,
    headless: bool,
    again: bool,
    public_url: str,
    name: str,
    seed: int | None,
    settings: tuple[str, ...],
) -> int:
    """Holds a session."""
    import asyncio

    from tabletop.plain.fitting import parameters

    if not again and scenario is None:
        raise click.UsageError(say("Name a scenario, or use --resume to go on with a session."))
    if lan and bind:
        raise click.UsageError(say("--lan and --bind exclude each other."))
    where = "0.0.0.0" if lan else bind or ""  # noqa: S104 - `--lan` asks for it.

    async def opened() -> "Hosted":
        from tabletop.conduct.session import hosting
        from tabletop.web.addresses import LOOPBACK, parsed
        from tabletop.web.hosting import Hosted

        folder, address = data_folder(given), parsed(where or LOOPBACK)
        session = (
            await hosting.resume(scenarios(), folder, scenario or "")
            if again
            else await hosting.host(
                scenarios(),
                folder,
                scenario or "",
                tables=tables,
                open_door=open_door,
                seed=seed,
                parameters=parameters(settings),
                name=name,
            )
        )
        try:
            return Hosted(session, address, public=public_url)
        except BaseException:
            await session.close()
            raise

    return asyncio.run(_headless(opened))


async def _headless(opened: Callable[[], Awaitable["Hosted"]]) -> int:
    """Holds a session that facilitators join from elsewhere, until interrupted."""
    from tabletop.web.addresses import code_for_terminals

    hosted = await opened()
    await hosted.begin()
    try:
        out(code_for_terminals(hosted.joining).split("\n"))
        header = hosted.session.header
        line(
            say(
                "People open {address} and write the code {code}.",
                address=hosted.address,
                code=header.code,
            )
        )
        line(say("Facilitators write {code} there instead.", code=header.facilitator_code))
        line(
            say(
                "The room's screen is {address}screen. Stop with Ctrl-C; --resume goes on.",
                address=hosted.address,
            )
        )
        await hosted.session.over()
    finally:
        await hosted.end()
    return 0

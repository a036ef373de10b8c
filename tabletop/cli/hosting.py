"""Commands for a room: holding a session."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.program import FINDINGS, Given, cli, data_folder, drawable, plainly, scenarios
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
@plainly
@click.option("--resume", "again", is_flag=True, help=say("Go on with a session that stopped."))
@click.option(
    "--tls",
    type=click.Choice(["auto"]),
    help=say("With a certificate made for this session; terminals are told whom to trust."),
)
@click.option("--tls-cert", type=click.Path(path_type=Path), help=say("A certificate, as PEM."))
@click.option("--tls-key", type=click.Path(path_type=Path), help=say("Its key, as PEM."))
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
    plain: bool,
    again: bool,
    tls: str | None,
    tls_cert: Path | None,
    tls_key: Path | None,
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
    if (tls_cert is None) != (tls_key is None):
        raise click.UsageError(say("--tls-cert and --tls-key go together."))
    where = "0.0.0.0" if lan else bind or ""  # noqa: S104 - `--lan` asks for it.

    async def opened() -> "Hosted":
        from tabletop.conduct.session import hosting
        from tabletop.web import tls as certificates
        from tabletop.web.addresses import LOOPBACK, parsed
        from tabletop.web.hosting import Hosted, names

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
            certificate = None
            if tls_cert is not None and tls_key is not None:
                certificate = certificates.given(tls_cert, tls_key)
            elif tls is not None:
                certificate = certificates.made(session.file.path.parent, names(address))
            return Hosted(session, address, public=public_url, certificate=certificate)
        except BaseException:
            await session.close()
            raise

    if headless:
        return asyncio.run(_headless(opened))
    return asyncio.run(
        _lines(given, opened) if plain or not drawable() else _console(given, opened)
    )


@cli.command(help=say("Say what would stop a session on this computer."))
@click.pass_obj
def doctor(given: Given) -> int:
    """Tries what a session needs."""
    from tabletop.web.doctor import examined

    signs = {"good": say("fine   "), "note": say("note   "), "bad": say("MISSING")}
    found = tuple(examined(data_folder(given)))
    for each in found:
        line(f"{signs[each.verdict]}  {each.sentence}")
    return FINDINGS if any(each.verdict == "bad" for each in found) else 0


async def _console(given: Given, opened: Callable[[], Awaitable["Hosted"]]) -> int:
    """Holds a session with a facilitator's console in this terminal."""
    from tabletop.conduct.session.lines import ConductLine
    from tabletop.console.app import TabletopApp
    from tabletop.console.start import Conduct
    from tabletop.plain.streams import line as told

    hosted = await opened()
    await hosted.begin()
    try:
        start = Conduct(ConductLine(hosted.session, 1))
        app = TabletopApp(scenarios(), data_folder(given), start=start)
        await app.run_async()
    finally:
        gone = hosted.session.ended
        await hosted.end()
    if not gone:
        told(say("The session waits. To go on: {program} host --resume", program=given.program))
    return app.return_code or 0


async def _lines(given: Given, opened: Callable[[], Awaitable["Hosted"]]) -> int:
    """Holds a session verb by verb, in lines."""
    from tabletop.conduct.session.lines import ConductLine
    from tabletop.plain.conducting import Desk
    from tabletop.plain.playing import desk

    hosted = await opened()
    await hosted.begin()
    try:
        _invite(hosted)
        await Desk(ConductLine(hosted.session, 1), *desk()).hold()
    finally:
        gone = hosted.session.ended
        await hosted.end()
    if not gone:
        line(say("The session waits. To go on: {program} host --resume", program=given.program))
    return 0


async def _headless(opened: Callable[[], Awaitable["Hosted"]]) -> int:
    """Holds a session that facilitators join from elsewhere, until interrupted."""
    hosted = await opened()
    await hosted.begin()
    try:
        _invite(hosted)
        await hosted.session.over()
    finally:
        await hosted.end()
    return 0


def _invite(hosted: "Hosted") -> None:
    """Says how people come, and what the room's screen is."""
    from tabletop.web.addresses import code_for_terminals

    out(code_for_terminals(hosted.joining).split("\n"))
    header = hosted.session.header
    line(
        say(
            "People open {address} and write the code {code}.",
            address=hosted.address,
            code=header.code,
        )
    )
    line(say("With a terminal: tabletop join '{at}'", at=hosted.for_terminals))
    line(say("Facilitators write {code} there instead.", code=header.facilitator_code))
    line(
        say(
            "The room's screen is {address}screen. Stop with Ctrl-C; --resume goes on.",
            address=hosted.address,
        )
    )

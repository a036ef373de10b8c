"""Commands for a room: holding a session."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.program import (
    FINDINGS,
    UNUSABLE,
    Given,
    cli,
    data_folder,
    drawable,
    plainly,
    scenarios,
)
from tabletop.plain.streams import complain, line, out
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import Hosting
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
    "--as-begun",
    is_flag=True,
    help=say("Go on also where its scenario has changed since: with the one it began with."),
)
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
    as_begun: bool,
    tls: str | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    public_url: str,
    name: str,
    seed: int | None,
    settings: tuple[str, ...],
) -> int:
    """Holds a session."""
    from tabletop.cli.loop import run
    from tabletop.conduct.revision import ScenarioChanged
    from tabletop.conduct.session.protocol import Hosting
    from tabletop.plain.fitting import parameters
    from tabletop.plain.playing import changed

    if not again and scenario is None:
        raise click.UsageError(say("Name a scenario, or use --resume to go on with a session."))
    if lan and bind:
        raise click.UsageError(say("--lan and --bind exclude each other."))
    if (tls_cert is None) != (tls_key is None):
        raise click.UsageError(say("--tls-cert and --tls-key go together."))
    asked = Hosting(
        scenario=scenario or "",
        session=(scenario or "") if again else None,
        as_begun=as_begun,
        bind=bind or "",
        lan=lan,
        tls=tls is not None,
        certificate=(tls_cert, tls_key) if tls_cert and tls_key else None,
        public=public_url,
        open_door=open_door,
        tables=tables,
        name=name,
        seed=seed,
        parameters=tuple(parameters(settings).items()),
    )
    try:
        return run(_held(given, asked, headless=headless, plain=plain or not drawable()))
    except ScenarioChanged as error:
        complain(str(error))
        changed(error.revision, given.program, "host --resume")
        return UNUSABLE


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


async def _held(given: Given, asked: "Hosting", *, headless: bool, plain: bool) -> int:
    """Holds a session until it is closed or left."""
    from tabletop.web.hosting import opened

    hosted = await opened(scenarios(), data_folder(given), asked)
    await hosted.begin()
    try:
        if headless:
            _invite(hosted)
            await hosted.session.over()
            return 0
        return await (_in_lines(hosted) if plain else _on_screen(given, hosted))
    finally:
        gone = hosted.session.ended
        await hosted.end()
        if not gone:
            line(say("The session waits. To go on: {program} host --resume", program=given.program))


async def _on_screen(given: Given, hosted: "Hosted") -> int:
    """Conducts with a facilitator's console in this terminal."""
    from tabletop.conduct.session.lines import ConductLine
    from tabletop.console.app import TabletopApp
    from tabletop.console.start import Conduct

    start = Conduct(ConductLine(hosted.session, 1), hosted.told)
    app = TabletopApp(scenarios(), data_folder(given), start=start)
    await app.run_async()
    return app.return_code or 0


async def _in_lines(hosted: "Hosted") -> int:
    """Conducts verb by verb, in lines."""
    from tabletop.conduct.session.lines import ConductLine
    from tabletop.plain.conducting import Desk
    from tabletop.plain.playing import desk

    _invite(hosted)
    await Desk(ConductLine(hosted.session, 1), *desk()).hold()
    return 0


def _invite(hosted: "Hosted") -> None:
    """Says how people come, and what the room's screen is."""
    from tabletop.web.addresses import code_for_terminals

    if hosted.told:
        line(hosted.told)
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

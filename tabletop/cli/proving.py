"""Commands that prove a scenario and say what a change of it means."""

import click

from tabletop.cli.program import (
    BOUNDED,
    FINDINGS,
    INTERRUPTED,
    UNUSABLE,
    Given,
    as_json,
    cli,
    data_folder,
    limited,
    scenarios,
)
from tabletop.plain.streams import complain, out
from tabletop.wording import say

_CODES = {
    "proved": 0,
    "holds": 0,
    "differs": FINDINGS,
    "errors": FINDINGS,
    "limit": BOUNDED,
    "unusable": UNUSABLE,
    "interrupted": INTERRUPTED,
}
"""The exit code of each outcome; where there are several scenarios, the highest."""


@cli.command(help=say("Prove scenarios and write a certificate beside each."))
@click.argument("scenario", nargs=-1, required=True, metavar="SCENARIO…")
@click.option(
    "--check", "again", is_flag=True, help=say("Prove again and compare; nothing is written.")
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=say("The most situations to explore; 5000000 where nothing is given."),
)
@as_json
def certify(scenario: tuple[str, ...], again: bool, limit: int | None, as_json: bool) -> int:
    """Certifies scenarios."""
    from tabletop.plain import certifying

    certify_one = certifying.compared if again else certifying.certified
    found = []
    for name in scenario:
        each = certify_one(scenarios(), name, limit)
        found.append(each)
        if as_json:
            continue
        if each.outcome in ("proved", "holds"):
            out(each.lines())
        else:
            complain(each.sentence)
            out(f"  {detail}" for detail in each.details)
        if each.outcome == "interrupted":
            break
    if as_json:
        out(certifying.as_json(found))
    return max(_CODES[each.outcome] for each in found)


@cli.command(help=say("Say what a change of a scenario means, and what reads otherwise."))
@click.argument("scenario", nargs=-1, metavar="OLD NEW")
@click.option(
    "--exercise",
    metavar="ID",
    help=say("For OLD, the scenario an exercise began with; without NEW, the same one as it is."),
)
@click.option("--quick", is_flag=True, help=say("Without exploring every situation."))
@limited
@as_json
@click.pass_obj
def diff(
    given: Given,
    scenario: tuple[str, ...],
    exercise: str | None,
    quick: bool,
    limit: int,
    as_json: bool,
) -> int:
    """Compares two scenarios."""
    import sys

    from tabletop.plain.differing import differing, since_begun
    from tabletop.plain.page import Page

    library = scenarios()
    if exercise is not None and len(scenario) < 2:
        new = library.load(scenario[0]) if scenario else None
        found = since_begun(library, data_folder(given), exercise, new, limit, explore=not quick)
    elif exercise is None and len(scenario) == 2:
        old, new = map(library.load, scenario)
        found = differing(old, new, limit, explore=not quick)
    else:
        raise click.UsageError(say("Give two scenarios, or --exercise and at most one."))
    if as_json:
        out(found.as_json())
    else:
        page = Page(sys.stdout)
        found.print(page)
        page.flush()
    if found.stopped:
        return INTERRUPTED if found.stopped == "interrupted" else BOUNDED
    return FINDINGS if found.found else 0

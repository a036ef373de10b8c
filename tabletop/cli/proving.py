"""Commands that prove a scenario and say what a change of it means."""

import click

from tabletop.cli.program import BOUNDED, FINDINGS, INTERRUPTED, UNUSABLE, as_json, cli, scenarios
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

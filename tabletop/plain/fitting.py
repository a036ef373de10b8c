"""Fitting: whether what was asked for on the command line is there, and what was meant if not."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tabletop.conduct.errors import SetupError
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import Loaded


def parameters(settings: Iterable[str]) -> dict[str, str]:
    """Values for parameters, from what was written as NAME=VALUE."""
    given = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name:
            raise SetupError(
                say("--set takes NAME=VALUE; {setting} is not of that form.", setting=setting)
            )
        given[name.strip()] = value
    return given


def fits(
    loaded: "Loaded", roles: Iterable[str], skips: Iterable[str], parameters: Iterable[str]
) -> None:
    """Refuses what the scenario does not have, before anyone is asked anything."""
    scenario = loaded.scenario
    for sort, given, there in (
        (say("role"), roles, scenario.roles),
        (say("content theme"), skips, scenario.themes),
        (say("parameter"), parameters, scenario.parameters),
    ):
        for name in given:
            if name not in there:
                raise SetupError(unknown(sort, name, list(there)))


def unknown(sort: str, name: str, there: Sequence[str]) -> str:
    """What to say to a name that is not there, with a guess at what was meant."""
    from difflib import get_close_matches

    near = get_close_matches(name, there, n=1)
    if near:
        return say(
            "There is no {sort} {name}; did you mean {near}?", sort=sort, name=name, near=near[0]
        )
    if not there:
        return say("There is no {sort} {name} here.", sort=sort, name=name)
    return say(
        "There is no {sort} {name}; there are {names}.",
        sort=sort,
        name=name,
        names=", ".join(there),
    )

"""Who sits at the table of a first draft, from the words in which an author says it.

investigator, advocate, advocate, detective:law_enforcement, victims' attorney
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import count
from keyword import iskeyword

from tabletop.scenario.conditions import CALLS
from tabletop.scenario.scalars import NAME
from tabletop.scenario.texts import ALL
from tabletop.wording import say

MOST = 8
"""Roles at one table."""
KINDS = ("investigator", "advocate", "prosecutor", "counsel")
ALSO = {
    "law_enforcement": "investigator",
    "victim_services": "advocate",
    "victims_attorney": "counsel",
}
"""Other words for a kind."""

_UNFIT = {"text", "when", ALL, *CALLS}


class Undrafted(ValueError):
    """What was asked for can't be written; its text is one sentence."""


@dataclass(frozen=True, slots=True)
class DraftRole:
    """A role of a draft."""

    name: str
    """Its name in the scenario."""
    kind: str
    """One of `KINDS`."""


def role_words(answer: str) -> Iterator[str]:
    """The words of an answer, apart by commas, or by spaces where each then means a role."""
    for piece in answer.split(","):
        words = piece.split()
        if all(_meant(word.rpartition(":")[2]) in KINDS for word in words):
            yield from words or [piece]
        else:
            yield piece


def draft_roles(words: Iterable[str]) -> tuple[DraftRole, ...]:
    """The roles that some words mean.

    Raises:
        Undrafted: where one means none, or there are none or too many.
    """
    found: list[DraftRole] = []
    for word in words:
        name, colon, kind = (part.strip() for part in word.partition(":"))
        kind = _kind(kind if colon else name)
        taken = [role.name for role in found]
        if colon:
            _fits(name, taken)
        else:
            name = _numbered(kind, taken)
        found.append(DraftRole(name, kind))
    if not 1 <= len(found) <= MOST:
        raise Undrafted(say("A table has 1 to {most} roles, not {n}.", most=MOST, n=len(found)))
    return tuple(found)


def _meant(word: str) -> str:
    """A word in the letters of a kind, and the kind where it is another word for one."""
    told = "_".join(re.findall(r"[a-z]+", re.sub("['\u2019]", "", word.casefold())))
    return ALSO.get(told, told)


def _kind(word: str) -> str:
    told = _meant(word)
    if told in KINDS:
        return told
    near = get_close_matches(told, (*KINDS, *ALSO), 1, 0.6)
    if told == "attorney":
        hint = say("an attorney is a prosecutor or a victims_attorney.")
    elif near:
        hint = say("did you mean {near}?", near=near[0])
    else:
        hint = say("there are {names}.", names=", ".join((*KINDS, *ALSO)))
    raise Undrafted(say("“{word}” is no kind of role; {hint}", word=word[:60], hint=hint))


def _numbered(kind: str, taken: Collection[str]) -> str:
    """The kind itself as a name, or with the first number that is free."""
    names = (kind if number == 1 else f"{kind}_{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _fits(name: str, taken: Collection[str]) -> None:
    """Refuses what no role can be called."""
    if not re.fullmatch(NAME, name):
        such = re.sub("[^a-z0-9]+", "_", name.casefold()).strip("_0123456789")[:48] or "detective"
        raise Undrafted(
            say(
                "“{name}” can't be the name of a role; use small letters, digits and _, as in"
                " {such}.",
                name=name[:60],
                such=such,
            )
        )
    if name in _UNFIT or iskeyword(name):
        raise Undrafted(say("“{name}” means something else in a scenario.", name=name))
    if name in taken:
        raise Undrafted(say("Two roles are called {name}.", name=name))

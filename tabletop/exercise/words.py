"""Words: what people wrote, kept apart from the record so that it can be erased.

Commands and events carry a reference instead of the words: a hash salted with bytes of its own.
While the salt is kept, the record proves what was said; once text and salt are gone nobody can
tell what it was, not even by guessing, and the chain of entries still verifies.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from tabletop.exercise import afterwards as a
from tabletop.exercise.commands import (
    Admit,
    Command,
    Commit,
    Jump,
    Observe,
    Reflect,
    Rewind,
    Say,
    Settle,
    Start,
    Write,
)
from tabletop.exercise.record import SOMEONE
from tabletop.exercise.seats import Seat
from tabletop.scenario.characters import FORBIDDEN

REFERENCE = re.compile("w[0-9a-f]{32}")
"""The form of a reference."""

LONGEST = 2_000
LINES = 40

# A whole escape sequence goes at once, so that nothing like `[31m` is left standing.
_ESCAPES = re.compile("(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def reference(salt: bytes, text: str) -> str:
    """What stands in the record for a text: `w` and 32 hexadecimal digits."""
    return "w" + sha256(salt + text.encode()).hexdigest()[:32]


def cleaned(text: str) -> str:
    """What a person typed without anything unseen, and no longer than a page.

    Control, bidirectional and zero-width characters go, because they could steer a screen or make
    one line look like another; what goes beyond a page is cut and ends in an ellipsis.
    """
    broken = _BREAKS.sub("\n", _ESCAPES.sub("", text)).replace("\t", " ")
    seen = FORBIDDEN.sub("", broken).strip()
    lines = seen.split("\n")
    short = "\n".join(line.rstrip() for line in lines[:LINES])[:LONGEST].rstrip()
    whole = len(lines) <= LINES and len(seen) <= LONGEST
    return short if whole else short[: LONGEST - 1] + "…"


def on_one_line(text: str, longest: int) -> str:
    """What a person typed for a name or another short line."""
    return " ".join(cleaned(text).split())[:longest]


def referred(command: Command, seat: str, refer: Callable[[str, str], str]) -> Command:
    """The command with every piece of a person's words replaced.

    `refer` is given whose words they are and the words; where there are none, none are referred to.
    """

    def each(whose: str, text: str) -> str:
        return refer(whose, text) if text else ""

    def named(other: Seat) -> Seat:
        name, agency = each(other.id, other.name), each(other.id, other.agency)
        return replace(other, name=name, agency=agency)

    match command:
        case Commit() | Settle() | Jump() | Rewind():
            return replace(command, reason=each(seat, command.reason))
        case a.Rate() | a.RateCapability() | a.Withdraw():
            return replace(command, reason=each(seat, command.reason))
        case Say() | Write() | Observe():
            return replace(command, words=each(seat, command.words))
        case Reflect():
            return _each(command, ("words", "when", "by"), seat, each)
        case a.Improve():
            return _each(command, ("issue", "action", "owner", "contact"), seat, each)
        case a.UpdateAction():
            return replace(command, note=each(seat, command.note))
        case a.Sign():
            return _each(command, ("name", "organization", "role"), seat, each)
        case a.GiveFeedback():
            # Whose they are would be written beside the words.
            return _each(command, a.PARTS, SOMEONE, each)
        case Start():
            return replace(command, seats=tuple(named(other) for other in command.seats))
        case Admit():
            return replace(command, seat=named(command.seat))
    return command


def _each(
    command: Command, names: Iterable[str], whose: str, refer: Callable[[str, str], str]
) -> Command:
    """The command with the words in some of its fields replaced."""
    referred: dict[str, Any] = {name: refer(whose, getattr(command, name)) for name in names}
    return replace(command, **referred)

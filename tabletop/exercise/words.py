"""Words: what people wrote, kept apart from the record so that it can be erased.

Commands and events carry a reference instead of the words: a hash salted with bytes of its own.
While the salt is kept, the record proves what was said; once text and salt are gone nobody can
tell what it was, not even by guessing, and the chain of entries still verifies.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256

from tabletop.exercise.commands import Command, Commit, Reflect, Say, Settle, Start
from tabletop.exercise.events import Committed, Event, Reflected, Settled, Started, Told
from tabletop.scenario.characters import FORBIDDEN

LONGEST = 2_000
LINES = 40

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def reference(salt: bytes, text: str) -> str:
    """What stands in the record for a text: `w` and 32 hexadecimal digits."""
    return "w" + sha256(salt + text.encode()).hexdigest()[:32]


def cleaned(text: str) -> str:
    """What a person typed without anything unseen, and no longer than a page.

    Control, bidirectional and zero-width characters go, because they could steer a screen or make
    one line look like another; what goes beyond a page is cut and ends in an ellipsis.
    """
    seen = FORBIDDEN.sub("", _BREAKS.sub("\n", text).replace("\t", " ")).strip()
    lines = seen.split("\n")
    short = "\n".join(line.rstrip() for line in lines[:LINES])[:LONGEST].rstrip()
    whole = len(lines) <= LINES and len(seen) <= LONGEST
    return short if whole else short[: LONGEST - 1] + "…"


def referred(command: Command, refer: Callable[[str], str]) -> Command:
    """The command with every piece of a person's words replaced; empty ones stay empty."""

    def each(text: str) -> str:
        return refer(text) if text else ""

    match command:
        case Commit() | Settle():
            return replace(command, reason=each(command.reason))
        case Say() | Reflect():
            return replace(command, words=each(command.words))
        case Start():
            return replace(
                command, seats=tuple(replace(seat, name=each(seat.name)) for seat in command.seats)
            )
    return command


def references(event: Event) -> Iterator[str]:
    """The references an event carries."""
    match event:
        case Told() | Reflected():
            yield event.words
        case Committed() | Settled():
            yield event.reason
        case Started():
            yield from (seat.name for seat in event.seats)

"""People: who has come to a session, by number, and how a device proves whose it is."""

import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from tabletop.exercise.seats import Kind

PersonState = Literal["waiting", "admitted", "declined", "left"]

DEVICES = 4
"""How many devices may hold one seat; a further one puts out the first."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who has come."""

    number: int
    """From 1, in the order of coming; their seat is named after it."""
    name: str
    agency: str = ""
    wish: str = ""
    """The role they would like, or empty."""
    kind: Kind = "player"
    state: PersonState = "waiting"
    role: str = ""
    table: int = 1
    skips: tuple[str, ...] = ()
    """Content themes whose passages they want in their gentler wording."""
    tokens: tuple[str, ...] = field(default=(), repr=False)
    """Hashes of what their devices hold; the tokens themselves are kept nowhere."""
    key: str = field(default="", repr=False)
    """The hash of the key they asked to come in with, so that asking twice counts once."""

    @property
    def seat(self) -> str:
        """The name of their seat in the record."""
        return f"seat-{self.number}"

    def holds(self, token: str) -> bool:
        """Whether a token is one of theirs."""
        found = hashed(token)
        # Every one is compared, so that the time taken tells nothing.
        return sum(hmac.compare_digest(found, each) for each in self.tokens) > 0


def hashed(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()

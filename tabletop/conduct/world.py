"""World: time, chance and names from outside, in one object.

Everything an exercise takes from the world comes through here, so that a test, a play script or a
resumed exercise can be given the same world again and must then make the same record to the byte.
"""

import asyncio
import os
import random
import secrets
import time
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256

from tabletop.conduct.turns import Turns

LETTERS = "23456789bcdfghjkmnpqrstvwxz"
"""What an exercise's name is made of: no vowels, so no words; nothing that looks like another."""


class World:
    """The real world."""

    @staticmethod
    def real() -> "World":
        """The clock on the wall and the chance of the operating system."""
        return World()

    @staticmethod
    def fixed(seed: int = 0) -> "FixedWorld":
        """A world that is the same each time, in which time passes when it is told to."""
        return FixedWorld(seed)

    @cached_property
    def turns(self) -> Turns:
        """Whose turn it is of the exercises in it."""
        return Turns()

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def wall(self) -> str:
        """The date and time, as in 2026-11-01T09:00:00Z."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def exercise_id(self) -> str:
        """A new name for an exercise, short enough to type."""
        return "".join(random.SystemRandom().choice(LETTERS) for _ in range(6))

    def code(self, length: int = 6) -> str:
        """A code to type when joining, in capitals."""
        return "".join(random.SystemRandom().choice(LETTERS) for _ in range(length)).upper()

    def token(self) -> str:
        """256 bits by which a device proves whose it is."""
        return secrets.token_urlsafe(32)

    def salt(self, seq: int, number: int) -> bytes:
        """The salt of the `number`th piece of a person's words in entry `seq`."""
        return os.urandom(16)

    def seed(self) -> int:
        """A seed for whatever an exercise leaves to chance."""
        return random.SystemRandom().randrange(2**31)

    async def wait(self, woken: asyncio.Event, seconds: float) -> None:
        """Waits until the event is set or the seconds have passed."""
        # Not `wait_for`: before Python 3.12 it can lose a cancellation that comes with the event.
        try:
            async with asyncio.timeout(seconds):
                await woken.wait()
        except TimeoutError:
            pass


class FixedWorld(World):
    """A world for tests: chance depends on the seed alone, and time passes by `advance`."""

    def __init__(self, seed: int = 0) -> None:
        """Begins at nine on the first of November 2026."""
        self._seed = seed
        self._now = 0.0
        self._named = 0
        self._waiting: list[tuple[float, asyncio.Event]] = []

    def advance(self, seconds: float) -> None:
        """Lets time pass and wakes who waited for it."""
        self._now += seconds
        for due, woken in self._waiting:
            if due <= self._now:
                woken.set()

    def monotonic(self) -> float:
        """Seconds passed so far."""
        return self._now

    def wall(self) -> str:
        """The date and time in this world."""
        moment = datetime(2026, 11, 1, 9, tzinfo=UTC) + timedelta(seconds=self._now)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def exercise_id(self) -> str:
        """Six letters drawn from the seed; another six each time."""
        self._named += 1
        digest = self._digest("name", self._named)
        return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:6])

    def code(self, length: int = 6) -> str:
        """A code drawn from the seed; another each time."""
        self._named += 1
        digest = self._digest("code", self._named)
        return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:length]).upper()

    def token(self) -> str:
        """A token drawn from the seed; another each time."""
        self._named += 1
        return self._digest("token", self._named).hex()

    def salt(self, seq: int, number: int) -> bytes:
        """Sixteen bytes that depend on the seed and the place alone."""
        return self._digest("salt", seq, number)[:16]

    def seed(self) -> int:
        """The world's own seed."""
        return self._seed

    async def wait(self, woken: asyncio.Event, seconds: float) -> None:
        """Waits until the event is set or time has been told to pass."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waiting = (self._now + seconds, woken)
        self._waiting.append(waiting)
        try:
            await woken.wait()
        finally:
            self._waiting.remove(waiting)

    def _digest(self, *parts: object) -> bytes:
        return sha256(repr((self._seed, *parts)).encode()).digest()

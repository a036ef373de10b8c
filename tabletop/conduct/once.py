"""Once: what takes a while and is asked for by a whole room, made once for each state of things."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Once:
    """What was made last, by what it is."""

    def __init__(self) -> None:
        """Nothing has been made."""
        self._made: dict[Hashable, tuple[object, asyncio.Task[Any]]] = {}

    async def of(
        self, what: Hashable, now: object, make: Callable[[], Coroutine[Any, Any, Made]]
    ) -> Made:
        """What `make` gives while things are as they are `now`; another `now` makes it anew."""
        made_of, task = self._made.get(what, (None, None))
        if task is None or made_of != now:
            task = asyncio.create_task(make())
            self._made[what] = now, task
        # Whoever asked first may go away before it is made; the others wait for the same.
        found: Made = await asyncio.shield(task)
        return found

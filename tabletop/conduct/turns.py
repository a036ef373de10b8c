"""Turns: the exercises of one world take turns, and everyone at one table is told before the next.

Commands that come together at many tables would otherwise all be done before anyone is told of the
first, and each table would wait for all of them. It is an order and no lock: whoever takes longer
than a turn goes on, and what comes together at one table is still told together.
"""

import asyncio


class Turns:
    """Whose turn it is."""

    def __init__(self) -> None:
        """Nobody's."""
        self._due: dict[object, asyncio.Event] = {}
        """Those who have something to do, in order; the first has its turn."""

    async def of(self, who: object) -> None:
        """Returns once it is the turn of someone."""
        if who not in self._due:
            self._due[who] = asyncio.Event()
            if len(self._due) == 1:
                self._begin()
        await self._due[who].wait()

    def _begin(self) -> None:
        next(iter(self._due.values())).set()
        # In the next round of the loop they do what they waited to do, and in the one after that
        # those run whom it woke.
        loop = asyncio.get_running_loop()
        loop.call_soon(loop.call_soon, self._end)

    def _end(self) -> None:
        del self._due[next(iter(self._due))]
        if self._due:
            self._begin()

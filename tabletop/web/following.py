"""Following: where a person stands and what they see, as one line until they go."""

import asyncio
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

from tabletop.conduct.connection import Frame
from tabletop.conduct.session.frames import PlaceFrame
from tabletop.conduct.session.lines import Place
from tabletop.web.live import newest

Followed = tuple[PlaceFrame, Frame | None]

Value = TypeVar("Value")


async def followed(place: Place) -> AsyncIterator[Followed]:
    """The newest of both, whenever either has changed; in between may be left out."""
    standing, seeing = _Newest[PlaceFrame](place.frames()), None
    try:
        while True:
            if seeing is None or seeing.over:
                line = place.connection()
                seeing = _Newest[Frame](line.frames()) if line is not None else None
            both = [each for each in (standing, seeing) if each is not None]
            await asyncio.wait([each.coming for each in both], return_when=asyncio.FIRST_COMPLETED)
            for each in both:
                each.take()
            if standing.over:
                return
            if standing.value is not None:
                yield standing.value, seeing.value if seeing is not None else None
    finally:
        await standing.close()
        if seeing is not None:
            await seeing.close()


class _Newest(Generic[Value]):
    """The newest of some values, and the one that is coming."""

    def __init__(self, values: AsyncIterator[Value]) -> None:
        self._values = values
        self.coming = newest(values)
        self.value: Value | None = None
        self.over = False

    def take(self) -> None:
        """Takes the one that has come, if it has."""
        if not self.coming.done() or self.over:
            return
        try:
            self.value = self.coming.result()
        except StopAsyncIteration:
            self.over, self.value = True, None
        else:
            self.coming = newest(self._values)

    async def close(self) -> None:
        """Lets go of where they come from."""
        self.coming.cancel()
        await asyncio.gather(self.coming, return_exceptions=True)
        close = getattr(self._values, "aclose", None)
        if close is not None:
            await close()

"""Following: where a person stands and what they see, as one line until they go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack

from tabletop.conduct.connection import Frame
from tabletop.conduct.session.frames import PlaceFrame
from tabletop.conduct.session.lines import Place
from tabletop.conduct.session.seen import place_frame

Followed = tuple[PlaceFrame, Frame | None]


async def followed(place: Place) -> AsyncIterator[Followed]:
    """The newest of both, whenever either may have changed; in between may be left out.

    One bell for both, and no task of its own: two hundred of these wake at once.
    """
    session, bell, listened, known = place.session, asyncio.Event(), None, -1
    with (
        session.looking(place.person),
        session.listening(bell, conducting=False),
        ExitStack() as table,
    ):
        while True:
            bell.clear()
            if session.changes != known:
                known, standing = session.changes, place_frame(session, place.person)
            room = place.room()
            if room is not listened:
                table.close()
                listened = room
                if room is not None:
                    table.enter_context(room.listening(bell))
            yield standing, place.frame(room) if room is not None else None
            if session.closed:
                return
            await bell.wait()

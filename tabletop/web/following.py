"""Following: where a person stands and what they see, as one line until they go.

A line is opened by whoever holds the person's place, and ends where the place is given to another
device. What is told last says what became of it, so that nobody looks at a page that is over.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack

from tabletop.conduct.connection import Frame
from tabletop.conduct.session.frames import PlaceFrame
from tabletop.conduct.session.lines import Place
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.seen import place_frame
from tabletop.conduct.session.session import Session
from tabletop.web.live import event

GIVEN = "given"
"""Why nothing more comes over a line: the place is another device's now."""
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
        # Of a session that is put away nothing is told: the page stands as it was.
        while not session.closed:
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
            await bell.wait()


class Hold:
    """One device's hold on a person's place."""

    def __init__(self, session: Session, person: Person, token: str) -> None:
        """Takes what the device shows."""
        self.session, self.number, self.token = session, person.number, token
        self._tokens = person.tokens

    @property
    def person(self) -> Person:
        """The person as they stand now."""
        return self.session.people[self.number]

    def holds(self) -> bool:
        """Whether the place is still this device's."""
        tokens = self.person.tokens
        if tokens is not self._tokens:
            if not self.person.holds(self.token):
                return False
            self._tokens = tokens
        return True

    def page_over(self) -> bytes:
        """What a page is told last: that it is over, or to look again; nothing where it waits."""
        if self.session.ended:
            return event("over")
        return b"" if self.session.closed else event("reload")

    def terminal_over(self) -> bytes:
        """What a terminal is told last: that its place is over; nothing where it comes again."""
        if self.session.ended:
            return event("over")
        return b"" if self.holds() else event("over", GIVEN)

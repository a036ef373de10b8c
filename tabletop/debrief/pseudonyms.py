"""Pseudonyms: what people are called where their names stay out.

A pseudonym is worked out from the exercise and the seat alone: the same in every file of one
exercise, and another in the next, so that nobody is followed from one exercise to another.
"""

from hashlib import sha256

from tabletop.debrief.prose import line
from tabletop.debrief.telling import Telling


class Pseudonyms:
    """The names to use for the seats of an exercise."""

    def __init__(self, telling: Telling) -> None:
        """Takes a telling; where names were asked for in it, people's own are used."""
        self._telling = telling

    def of(self, seat: str) -> str:
        """What somebody in a seat is called."""
        found = self._telling.state.seats.get(seat)
        if found is not None and found.kind == "stand_in":
            return "stand-in"
        if self._telling.names and found is not None and found.name:
            own = line(self._telling.word(found.name) or "")
            if own:
                return own
        given = f"{self._telling.record.header.id} {seat}"
        return f"person-{sha256(given.encode()).hexdigest()[:10]}"

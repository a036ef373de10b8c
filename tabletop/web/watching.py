"""Watching: the page of an evaluator, who notes, or an observer, who sees; nobody steers here."""

import json
from collections.abc import Callable

from markupsafe import Markup

from tabletop.conduct.session.frames import ConductFrame
from tabletop.conduct.session.people import Person
from tabletop.web import pages

Made = tuple[object, ...]

REGIONS: dict[str, Callable[[ConductFrame], Made]] = {
    "place": lambda frame: (frame.view and frame.view.scene, frame.session.title),
    "banner": lambda frame: (
        frame.session.phase,
        frame.view and (frame.view.status, frame.view.care, frame.view.ending),
    ),
    "observe": lambda frame: (
        frame.view
        and (
            frame.view.may,
            tuple((each.id, each.phase != "waits") for each in frame.view.decisions),
            frame.view.practices,
        ),
    ),
    "decisions": lambda frame: (frame.view and frame.view.decisions,),
    "told": lambda frame: (frame.view and frame.view.feed,),
    "seats": lambda frame: (
        frame.view and tuple((e.role, e.name, e.away, e.left) for e in frame.view.seats),
    ),
    "notes": lambda frame: (
        frame.view and (frame.view.notes, frame.view.questions, frame.view.observations),
    ),
}
"""The regions of the page, each with all that it is made of."""


def region(name: str, frame: ConductFrame, key: str) -> str:
    """One region."""
    return str(pages.macro("conduct_regions", name)(frame, key))


def page(person: Person, frame: ConductFrame, keys: Callable[[], str], told: str = "") -> str:
    """The whole page."""
    made = {name: Markup(region(name, frame, keys())) for name in REGIONS}  # noqa: S704
    return pages.page("conduct", person=person, frame=frame, regions=made, told=told)


class Watching:
    """What one page has been told, and what is new to it."""

    def __init__(self, keys: Callable[[], str]) -> None:
        """Takes what makes keys for forms."""
        self._keys = keys
        self._told: dict[str, Made] = {}

    def events(self, frame: ConductFrame) -> list[tuple[str, str]]:
        """The events that bring a page up to now."""
        changed = {}
        for name, made_of in REGIONS.items():
            parts = made_of(frame)
            if self._told.get(name) != parts:
                self._told[name] = parts
                changed[name] = region(name, frame, self._keys())
        return [("regions", json.dumps({"regions": changed}))] if changed else []

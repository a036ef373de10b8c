"""Playing: a player's page, whole, and what is new to one that is open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from tabletop.conduct.connection import Frame
from tabletop.conduct.session.frames import PlaceFrame
from tabletop.conduct.session.timer import remaining
from tabletop.exercise.view_types import PassageView, PlayerView
from tabletop.web import pages
from tabletop.web.addresses import overheard
from tabletop.web.between import between
from tabletop.web.following import Followed
from tabletop.web.forms import NOTHING, Typed
from tabletop.web.live import event
from tabletop.web.regions import Regions, Told

REGIONS = Regions(
    "player_regions",
    {
        "place": ("title", "scene", "name", "people"),
        "banner": ("status", "care", "may", "joins"),
        "now": ("decisions", "status", "care", "may"),
        "after": ("status", "closing", "support", "ended_early", "may", "facilitated", "written"),
        "decisions": ("decisions", "status", "waiting", "facilitated", "offers"),
        "facts": ("facts", "consents", "name", "brief", "people"),
        "share": ("offers", "status"),
        "speak": ("people", "status", "may", "facilitated"),
        "people": ("people",),
        "leave": ("status", "may"),
    },
)
WAITING = Regions(
    "waiting_regions",
    {"standing": ("phase", "name", "kind", "role_name", "role_line", "table", "tables", "late")},
)
AT_THE_TABLE = ("playing", "over")


def story(view: PlayerView, known: int = 0) -> str:
    """The whole story, earlier scenes folded away; what comes after a known passage is new."""
    return str(pages.macro("player_regions", "story")(view.feed, _scene(view), known))


@lru_cache(4_000)
def passage(found: PassageView) -> str:
    """A passage that is new."""
    return str(pages.macro("player_regions", "passage")(found, new=True))


def timer(view: PlayerView, elapsed: int) -> str:
    """By when people were asked to be done."""
    left = view.timer - elapsed
    told = remaining(left) if view.timer and view.status != "ended" else ""
    return str(pages.macro("timer", "timer")(told, left, view.status)) if told else ""


def waiting_page(frame: PlaceFrame, address: str, typed: Typed = NOTHING) -> str:
    """The page of someone who is not at a table."""
    regions = WAITING.whole(frame)
    return pages.page(
        "waiting", typed, frame=frame, regions=regions, overheard=overheard(address), look="./"
    )


def player_page(
    frame: PlaceFrame, seen: Frame, notes: str, known: int, typed: Typed = NOTHING
) -> str:
    """A player's whole page, its forms without keys."""
    view = seen.view
    return pages.page(
        "player",
        typed,
        frame=frame,
        view=view,
        notes=notes,
        story=Markup(story(view, known)),  # noqa: S704
        timer=Markup(timer(view, seen.clock.elapsed)),  # noqa: S704
        regions=REGIONS.whole(view, typed),
        look=f"./?after={len(view.feed)}#p-{len(view.feed) + 1}",
    )


class Telling:
    """What one page has been told, and what is new to it."""

    def __init__(self, frame: PlaceFrame, seen: Frame | None, shown: Mapping[str, str]) -> None:
        """Takes what the page says it shows: its phase, its scene, its last passage, the debrief.

        It was drawn from that, not from what is so now: something may have happened in between.
        """
        self._phase = shown.get("phase", frame.phase)
        self._debrief = shown.get("debrief", str(frame.debrief).lower()) == "true"
        self._waiting = Told(WAITING)
        number = number_in(shown, "after")
        feed = seen.view.feed[:number] if seen is not None else ()
        self._drawn = Story(feed, shown.get("scene", ""), number_in(shown, "branch"))
        self._view: PlayerView | None = None

    def events(self, given: Followed) -> bytes:
        """The events that bring a page up to now."""
        frame, seen = given
        table = (frame.phase in AT_THE_TABLE, self._phase in AT_THE_TABLE)
        if table[0] != table[1] or frame.debrief != self._debrief or frame.led:
            return event("reload")
        self._phase = frame.phase
        if not table[0]:
            return _regions(self._waiting.news(frame))
        if seen is None or seen.view is self._view:
            return b""
        before, self._view = self._view, seen.view
        if before is None:
            news = _told(self._drawn, seen.view) + _regions(REGIONS.whole(seen.view))
        else:
            news = _news(before, seen.view)
        if before is None or _timed(before) != _timed(seen.view):
            news += _regions({"timer": timer(seen.view, seen.clock.elapsed)})
        return news


class Story(NamedTuple):
    """What a page shows of the story."""

    feed: tuple[PassageView, ...]
    scene: str
    branch: int


@between
def _news(before: PlayerView, now: PlayerView) -> bytes:
    """The events for every page that shows one view and is to show another, but for the timer."""
    told = _told(Story(before.feed, _scene(before), before.branch), now)
    return told + _regions(REGIONS.changed(before, now))


def _told(known: Story, view: PlayerView) -> bytes:
    count, scene = len(known.feed), _scene(view)
    if view.branch != known.branch or view.feed[:count] != known.feed:
        return event("story", json.dumps({"html": story(view), "branch": view.branch}))
    if scene == known.scene and len(view.feed) == count:
        return b""
    html = "".join(map(passage, view.feed[count:]))
    return event("passages", json.dumps({"html": html, "scene": scene}))


def number_in(given: Mapping[str, str], name: str) -> int:
    """A number that a page gives; 0 where it is none."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _scene(view: PlayerView) -> str:
    return view.scene.id if view.scene else ""


def _timed(view: PlayerView) -> tuple[int, str]:
    return view.timer, view.status


def _regions(changed: Mapping[str, str]) -> bytes:
    return event("regions", json.dumps({"regions": changed})) if changed else b""

"""Watching: the page of an evaluator, who notes, or an observer, who sees; nobody steers here."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tabletop.conduct.session.frames import ConductFrame, PlaceFrame
from tabletop.conduct.session.looking_back import Proposed, ProposedCapability, capabilities
from tabletop.debrief import asked
from tabletop.exercise.conduct_types import (
    ConclusionsView,
    ConductDecision,
    ConductPassage,
    ConductView,
    ObservationView,
    SeatView,
)
from tabletop.exercise.view_types import SceneView
from tabletop.web import pages
from tabletop.web.forms import NOTHING, Typed
from tabletop.web.live import event
from tabletop.web.regions import Regions, Told
from tabletop.wording import say

Listed = tuple[tuple[str, str], ...]

REGIONS = Regions(
    "conduct_regions",
    {
        "place": ("title", "scene", "kind"),
        "lead": ("phase", "status", "table", "leads", "may", "opened"),
        "banner": ("phase", "status", "care", "carer", "ended_early"),
        "now": ("status", "decisions"),
        "before": ("earlier", "names"),
        "told": ("here", "names"),
        "decisions": ("decisions", "names"),
        "observe": ("may", "recent", "asked", "tasks", "practices"),
        "noted": ("observations", "tasks", "practices"),
        "guide": ("notes", "questions"),
        "seats": ("names", "sitting", "beside"),
        "conclude": ("conclusions", "proposed", "capabilities", "objectives", "anchors", "may"),
    },
)


@dataclass(frozen=True, slots=True)
class Watched:
    """What a page of someone who conducts is made of."""

    title: str
    phase: str
    table: int
    leads: bool
    """Whether whoever looks may lead the talk, open the debrief and close the session."""
    opened: bool
    """Whether the debrief is open."""
    kind: str
    status: str
    care: bool
    carer: str
    ended_early: bool
    scene: SceneView | None
    earlier: tuple[ConductPassage, ...]
    """What was told in earlier scenes, and everyone's brief;"""
    here: tuple[ConductPassage, ...]
    """and what in this one."""
    decisions: tuple[ConductDecision, ...]
    may: tuple[str, ...]
    recent: Listed
    """The passages of this scene that can be noted about, by number,"""
    asked: Listed
    """its decisions,"""
    tasks: Listed
    practices: Listed
    observations: tuple[ObservationView, ...]
    notes: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]
    names: Listed
    """Roles, and what they are called."""
    sitting: tuple[tuple[str, tuple[str, ...]], ...]
    """Who plays each of them."""
    beside: tuple[str, ...]
    """Who else is there."""
    conclusions: ConclusionsView | None
    proposed: tuple[Proposed, ...]
    """What was proposed for each critical task when the page was drawn."""
    capabilities: tuple[ProposedCapability, ...]
    """What its tasks propose for each capability, as they are rated now."""
    objectives: Listed
    anchors: Listed
    """What can show that something is to be improved."""


def watched(
    frame: ConductFrame, view: ConductView, table: int, proposed: tuple[Proposed, ...] = ()
) -> Watched:
    """What a frame shows on such a page."""
    now = view.scene.id if view.scene else ""
    here = tuple(
        each for each in view.feed if each.passage.scene == now and each.passage.kind != "brief"
    )
    shown = {each.passage.number for each in here}
    there = tuple(seat for seat in view.seats if not seat.left)
    return Watched(
        title=frame.session.title,
        phase=frame.session.phase,
        table=table,
        leads=view.kind == "facilitator",
        opened=frame.session.debrief,
        kind=say(view.kind).capitalize(),
        status=view.status,
        care=view.care,
        carer=view.carer,
        ended_early=view.ended_early,
        scene=view.scene,
        earlier=tuple(each for each in view.feed if each.passage.number not in shown),
        here=here,
        decisions=view.decisions,
        may=view.may,
        recent=tuple((str(each.passage.number), _short(each)) for each in here),
        asked=tuple((d.id, d.title) for d in view.decisions if d.phase != "waits"),
        tasks=tuple((each.id, each.title) for each in view.tasks),
        practices=tuple((each.id, each.title) for each in view.practices),
        observations=view.observations,
        notes=view.notes,
        questions=view.questions,
        names=tuple((role.id, role.name) for role in view.roles),
        sitting=tuple(
            (role.id, tuple(_called(seat) for seat in there if seat.role == role.id and seat.name))
            for role in view.roles
        ),
        beside=tuple(
            f"{seat.name or seat.kind} ({say(seat.kind)})" for seat in there if not seat.role
        ),
        conclusions=view.conclusions,
        proposed=proposed,
        capabilities=capabilities(proposed, view.conclusions) if view.conclusions else (),
        objectives=tuple((each.id, each.title) for each in view.objectives),
        anchors=asked.anchors(view) if view.conclusions else (),
    )


def page(
    place: PlaceFrame,
    frame: ConductFrame,
    view: ConductView,
    table: int,
    typed: Typed = NOTHING,
    proposed: tuple[Proposed, ...] = (),
) -> str:
    """The whole page, its forms without keys."""
    shown = watched(frame, view, table, proposed)
    return pages.page(
        "conduct",
        typed,
        frame=place,
        table=table,
        title=shown.title,
        address=frame.session.address,
        observes="observe" in view.may,
        over=view.status == "ended",
        regions=REGIONS.whole(shown, typed),
        look=f"./?table={table}",
    )


class Watching:
    """What one page has been told, and what is new to it."""

    def __init__(
        self, phase: str, table: int, *, debrief: bool, over: bool, proposed: tuple[Proposed, ...]
    ) -> None:
        """Takes what the page says it shows, its table, and what is proposed for the tasks."""
        self._conducting = phase == "conducting"
        self._over = over
        self._table = table
        self._proposed = proposed
        self._debrief = debrief
        self._told = Told(REGIONS)
        self._rests_on: tuple[ObservationView, ...] | None = None
        """What had been noted when the proposals were made, which rest on it."""

    def events(self, frame: ConductFrame) -> bytes:
        """The events that bring a page up to now."""
        view = frame.view
        if (view is not None) != self._conducting or frame.session.debrief != self._debrief:
            return event("reload")
        if view is None:
            return b""
        if (view.status == "ended") != self._over:
            return event("reload")
        noted, self._rests_on = self._rests_on, view.observations
        if self._proposed and noted not in (None, view.observations):
            return event("reload")
        changed = self._told.news(watched(frame, view, self._table, self._proposed))
        return event("regions", json.dumps({"regions": changed})) if changed else b""


def _short(each: ConductPassage) -> str:
    passage = each.passage
    told = passage.title or passage.heading or " ".join(passage.text.split())
    return told if len(told) <= 60 else f"{told[:59]}…"


def _called(seat: SeatView) -> str:
    return say("{name} (stepped out)", name=seat.name) if seat.away else seat.name

"""Fakes of the line between a screen and an exercise: feed it views, read what was submitted."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from typing import Any

from tabletop.conduct.connection import Accepted, Answer, ClockReading, Frame
from tabletop.exercise.commands import Command
from tabletop.exercise.view_types import (
    CommitView,
    DecisionView,
    FactView,
    OfferView,
    OptionView,
    PassageView,
    PersonView,
    PlayerView,
    SceneView,
)

PLANNING = SceneView("planning", "Planning", "Before the action", 2, 8, "Monday, two weeks before")
AFTER = SceneView("after", "Separation", "The action", 4, 8, "Tuesday, 6 a.m.")
OPTIONS = (
    OptionView(
        "in_ranges",
        "Tell the named contact now, in ranges: which week, how many, which languages, whether "
        "minors are likely.",
    ),
    OptionView("director_only", "Tell only the director, two days before, by phone."),
    OptionView("from_scene", "Call from the scene once it is safe."),
)
NOTICE = DecisionView(
    id="notice",
    title="The provider",
    ask="When does the provider hear of the action?",
    part="decide",
    options=OPTIONS,
    reasons=(),
    consulted=("Ines Duarte",),
    phase="open",
    mine=None,
    commits=(),
    answered=0,
    expected=1,
    settled="",
    may_settle=False,
    may_choose=False,
)
SITES = replace(
    NOTICE,
    id="sites",
    title="The rooms",
    ask="Where do people wait?",
    consulted=(),
    options=(OptionView("church", "In the church hall."), OptionView("yard", "In the yard.")),
)
ALERT = FactView(
    "alert",
    "The alert",
    "The bank flagged the owner's account; the alert expires on Thursday.",
    "Operational detail",
    "held",
    disclosable=False,
)
TO_PROSECUTOR = OfferView("alert", "The alert", "prosecutor", "ADA Vaughn")
PEOPLE = (
    PersonView("investigator", "Det. Okafor, lead investigator", "law_enforcement", "you"),
    PersonView("advocate", "Ines Duarte", "victim_services", "stand-in"),
    PersonView("prosecutor", "ADA Vaughn", "attorney", "stand-in"),
    PersonView("counsel", "Mei Tran", "attorney", "joins later"),
)


def passage(number: int, text: str, **values: Any) -> PassageView:
    """A passage of the first scene."""
    usual: dict[str, Any] = {
        "at": number * 1000,
        "scene": "planning",
        "kind": "inject",
        "heading": "From the financial unit, to you",
        "title": "",
        "sender": "",
        "stand_in": False,
        "skippable": False,
        "faded": False,
        "erased": False,
    }
    return PassageView(number=number, text=text, **(usual | values))


NARRATION = passage(
    1,
    "The task force meets in a borrowed classroom. **ADA Vaughn** is late.",
    kind="narration",
    heading="",
)
TRANSFERS = passage(2, "Two transfers in nine days.")
VIEW = PlayerView(
    title="Larkmoor Row",
    role="investigator",
    name="Det. Okafor, lead investigator",
    discipline="law_enforcement",
    brief="You have worked this case for five months.",
    status="running",
    scene=PLANNING,
    scenes=(PLANNING,),
    feed=(NARRATION, TRANSFERS),
    facts=(ALERT,),
    offers=(TO_PROSECUTOR,),
    consents=(),
    decisions=(NOTICE,),
    people=PEOPLE,
    may=("say", "pause", "step_out", "end"),
    waiting=False,
    joins="",
    ended_early=False,
    closing=(),
    support="",
)


def commit(name: str, option: str, *, stand_in: bool = False, **values: Any) -> CommitView:
    """An answer given."""
    usual: dict[str, Any] = {"role": "investigator", "reason": "", "because": "", "confidence": 0}
    return CommitView(name=name, option=option, stand_in=stand_in, **(usual | values))


class FakeConnection:
    """A line that gives the frames it is fed and keeps what is submitted."""

    def __init__(self, view: PlayerView, saved: int = 5) -> None:
        self.frame = Frame(view, ClockReading(running=False, elapsed=0, as_of=0.0), saved)
        self.submitted: list[Command] = []
        self.reply: Callable[[Command], Answer] = lambda command: Accepted()
        self.follow: Callable[[PlayerView, Command], PlayerView] | None = None
        """What the view becomes once a command was accepted."""
        self.kept_notes = ""
        self.kept_drafts: dict[str, str] = {}
        self.listening = 0
        self._bells: set[asyncio.Event] = set()

    @property
    def seat(self) -> str:
        """A seat of the role whose view it is."""
        return self.frame.view.role

    @property
    def view(self) -> PlayerView:
        """The view as last fed."""
        return self.frame.view

    def feed(self, **changes: Any) -> None:
        """Changes the view and tells whoever listens."""
        self.frame = replace(self.frame, view=replace(self.frame.view, **changes))
        for bell in self._bells:
            bell.set()

    def read(self, minutes: int) -> None:
        """Sets the clock."""
        self.frame = replace(
            self.frame, clock=ClockReading(running=False, elapsed=minutes * 60_000, as_of=0.0)
        )
        self.feed()

    async def submit(self, command: Command, key: str = "") -> Answer:
        """Keeps a command and answers it."""
        self.submitted.append(command)
        answer = self.reply(command)
        if isinstance(answer, Accepted) and self.follow is not None:
            view = self.follow(self.view, command)
            self.feed(**{name: getattr(view, name) for name in view.__dataclass_fields__})
        return answer

    async def frames(self) -> AsyncGenerator[Frame, None]:
        """The frame now, then each newer one."""
        bell = asyncio.Event()
        self._bells.add(bell)
        self.listening += 1
        try:
            while True:
                bell.clear()
                yield self.frame
                await bell.wait()
        finally:
            self._bells.discard(bell)
            self.listening -= 1

    async def note(self, text: str) -> None:
        """Keeps notes."""
        self.kept_notes = text

    async def notes(self) -> str:
        """The notes as kept."""
        return self.kept_notes

    async def draft(self, decision: str, text: str) -> None:
        """Keeps a half-written answer."""
        self.kept_drafts[decision] = text

    async def drafts(self) -> dict[str, str]:
        """The half-written answers as kept."""
        return dict(self.kept_drafts)

    async def close(self) -> None:
        """Nothing to leave."""


class FakeExercise:
    """An exercise whose roles are fake lines."""

    def __init__(self, **connections: FakeConnection) -> None:
        self.id = "larkmoor-1"
        self.title = "Larkmoor Row"
        self.roles = tuple(connections)
        self.lines = connections
        self.closed = False

    def connection(self, role: str, language: str = "en") -> FakeConnection:
        """The line of a role."""
        return self.lines[role]

    async def close(self) -> None:
        """Notes that it was put away."""
        self.closed = True

"""What travels to people in a session, beside the views of their exercise."""

from dataclasses import dataclass
from typing import Literal

from tabletop.authoring.outlook import Outlook
from tabletop.conduct.connection import ClockReading
from tabletop.debrief.hot_wash import Step
from tabletop.exercise.conduct_types import ConductView, PublicView
from tabletop.exercise.seats import Kind

Phase = Literal["gathering", "rehearsing", "running", "over", "closed"]
PlacePhase = Literal["waiting", "declined", "admitted", "arriving", "playing", "over", "left"]
"""`arriving`: a stand-in hands over to them once its present decision is settled."""


@dataclass(frozen=True, slots=True)
class PlaceFrame:
    """Where a person stands in the session: what they see until there is a view of their own."""

    person: int
    name: str
    kind: Kind
    phase: PlacePhase
    role: str
    role_name: str
    role_line: str
    table: int
    tables: int
    title: str
    summary: str
    themes: tuple[tuple[str, str], ...]
    """Content themes with their plain notes."""
    debrief: bool
    """Whether the facilitator has opened the debrief."""
    late: bool
    """Whether they wait though every table has come to its end, as who lost a device does."""
    led: int = 0
    """The number of whoever's seat was given to this device, to go on there; 0 for nobody's."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as the facilitator sees them."""

    number: int
    name: str
    agency: str
    wish: str
    kind: Kind
    phase: PlacePhase
    role: str
    table: int
    devices: int
    """How many lines of theirs are open now."""
    seen: int
    """Seconds since one was; 0 while one is, -1 for never."""
    acted: int = 0
    """When they last did something at their table, in exercise milliseconds; 0 for never."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table as the facilitator sees it."""

    number: int
    exercise: str
    status: str
    scene: str
    people: int
    elapsed: int
    """Exercise milliseconds."""
    care: bool
    answered: int = 0
    """How many people have answered what is open there, answers to each decision counted apart,"""
    asked: int = 0
    """and how many are asked."""


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role, and whether it has to be a person's."""

    id: str
    name: str
    line: str
    discipline: str
    required: bool


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as those who facilitate see it."""

    id: str
    title: str
    phase: Phase
    code: str
    facilitator_code: str
    address: str
    """Where people join; empty where nothing listens."""
    dots: str
    """The address with the code in it as a code of dots, in half blocks, dark on light."""
    open: bool
    locked: bool
    people: tuple[PersonRow, ...]
    tables: tuple[TableRow, ...]
    roles: tuple[RoleRow, ...]
    missing: tuple[str, ...]
    """Roles that have to be people's and are not yet, by table where there are several."""
    debrief: bool
    prompt: str
    terminals: str = ""
    """What terminals are given to join: the address, the code, and whom to speak to."""
    step: tuple[str, int] = ("", 0)
    """The form of the hot wash the room is shown, and the number of its step in the talk about the
    table looked at; 0 for none."""


@dataclass(frozen=True, slots=True)
class ConductFrame:
    """A conductor's view of one table, and what travels beside it."""

    view: ConductView | None
    """Nothing before it begins."""
    clock: ClockReading
    session: SessionView
    outlook: Outlook | None = None
    """What can still come, for who facilitates or evaluates; nothing where it is not known."""


@dataclass(frozen=True, slots=True)
class PublicFrame:
    """What the room's screen shows of one table."""

    title: str
    phase: Phase
    code: str
    address: str
    people: int
    """How many have come in."""
    prompt: str
    view: PublicView | None
    """Nothing before it begins, and in a rehearsal."""
    clock: ClockReading
    debrief: bool
    """Whether the facilitator has opened the debrief."""
    step: Step | None = None
    """The step of the hot wash that is shown; its notes are not for the room."""

"""What the console's tests share: screens as text, waiting, and small fakes for conduct."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from rich.segment import Segment
from textual._context import active_app
from textual.app import App
from textual.color import Color
from textual.css.query import NoMatches
from textual.pilot import Pilot
from textual.screen import Screen

from tabletop.conduct.errors import FolderError, LibraryError
from tabletop.conduct.summary import ExerciseSummary
from tabletop.console.app import TabletopApp
from tabletop.console.themes import contrast

SIZES = ((60, 20), (80, 24), (120, 40))


def screen_text(app: App[Any]) -> str:
    """What is on the screen, as lines of text."""
    # The one place that reaches for the compositor; no public call gives the drawn lines.
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def drawn(app: App[Any]) -> Iterator[tuple[int, Segment]]:
    """Every drawn stretch of text with its line's number."""
    for number, strip in enumerate(app.screen._compositor.render_strips()):
        for segment in strip:
            if segment.text.strip():
                yield number, segment


def poor_contrast(app: App[Any], least: float = 4.5) -> list[str]:
    """Each drawn text whose colour is too near its ground; lines and bars are not text."""
    poor = []
    for number, segment in drawn(app):
        style, letters = segment.style, any(each.isalnum() for each in segment.text)
        if style is None or style.color is None or style.bgcolor is None or not letters:
            continue
        ink, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
        ratio = contrast(ink, ground)
        if ratio < least:
            poor.append(f"{ratio:.1f} {number}: {segment.text.strip()} {ink.hex} on {ground.hex}")
    return poor


async def still(min_sleep: float = 0, max_sleep: float = 0) -> None:
    """Waits until nothing more happens by itself.

    It stands in for Textual's own waiting, which sleeps for 20 ms and more, twice for each key, and
    takes a process that got no processor for one that has nothing to do.
    """
    loop, app = asyncio.get_running_loop(), active_app.get()
    late = monotonic() + 60
    quiet = 0
    while quiet < 3:
        assert monotonic() < late, f"never came to rest; the screen:\n{screen_text(app)}"
        await asyncio.sleep(0)
        # asyncio says nowhere else whether something waits to be run.
        quiet = 0 if loop._ready else quiet + 1  # type: ignore[attr-defined]
        if quiet and app._screen_stack and waits_to_be_painted(app.screen):
            app.screen._on_timer_update()
            quiet = 0


def waits_to_be_painted(screen: Screen[Any]) -> bool:
    """Whether a screen would be laid out or painted anew at the next tick of its timer."""
    return bool(
        screen.is_current
        and not screen.app._batch_count
        and (
            screen._layout_required
            or screen._scroll_required
            or screen._repaint_required
            or screen._recompose_required
            or screen._dirty_widgets
            or screen._callbacks
        )
    )


async def until(pilot: Pilot[Any], condition: Callable[[], object], seconds: float = 30) -> None:
    """Lets the app go on until a condition holds."""
    late = monotonic() + seconds
    while monotonic() < late:
        await pilot.pause()
        try:
            if condition():
                return
        except (LookupError, NoMatches):
            pass
        await asyncio.sleep(0.005)
    raise AssertionError(f"never came true; the screen:\n{screen_text(pilot.app)}")


async def until_shown(pilot: Pilot[Any], text: str) -> str:
    """Waits until a text is on the screen, and gives the screen."""
    await until(pilot, lambda: text in screen_text(pilot.app))
    return screen_text(pilot.app)


@dataclass(frozen=True)
class FakeRole:
    """A role's card."""

    id: str
    name: str
    discipline: str = "law_enforcement"
    hat: str = ""
    line: str = ""
    joins_title: str = ""


@dataclass(frozen=True)
class FakeCard:
    """A scenario's card."""

    slug: str
    title: str
    summary: str = ""
    minutes_alone: int = 0
    minutes_group: int = 0
    themes: tuple[tuple[str, str], ...] = ()
    roles: tuple[FakeRole, ...] = ()
    problem: str = ""
    path: Path = Path("nowhere")


ROLES = (
    FakeRole(
        "investigator",
        "Det. Okafor, lead investigator",
        line="You have worked this case for five months.",
    ),
    FakeRole("advocate", "Ines Duarte", "victim_services", line="You run the harbor center."),
    FakeRole("prosecutor", "ADA Vaughn", "attorney", "prosecutor", "You will try the case."),
    FakeRole(
        "counsel", "Mei Tran", "attorney", "victims_attorney", "You speak for one.", "Separation"
    ),
)
FIRST_HOUR = FakeCard(
    "first_hour",
    "First Hour",
    "A patrol finds six people in a nail salon's back room. You have one hour before the owner's "
    "lawyer arrives.",
    10,
    30,
    (("labor_exploitation", "People working under threat, without violence shown."),),
    ROLES[:2],
)
LARKMOOR = FakeCard(
    "larkmoor_row",
    "Larkmoor Row",
    "A planned action at a house where people may be exploited, two weeks out.",
    25,
    90,
    (
        ("labor_exploitation", "People working under threat."),
        ("coercion", "Threats against a family are told of."),
    ),
    ROLES,
)
BROKEN = FakeCard("broken", "Broken", problem="scenario.yaml:3:1: nothing is called `strat`.")


@dataclass
class FakeLibrary:
    """A library of cards."""

    stock: tuple[FakeCard, ...] = (FIRST_HOUR, LARKMOOR, BROKEN)

    def cards(self) -> tuple[FakeCard, ...]:
        """Every card."""
        return self.stock

    def load(self, ref: str) -> Any:
        """A scenario read whole; its name stands for it here."""
        if any(card.slug == ref for card in self.stock):
            return ref
        raise LibraryError(f"There is no scenario {ref}.")


@dataclass
class FakeFolder:
    """A data folder of summaries."""

    path: Path
    held: list[ExerciseSummary] = field(default_factory=list)
    broken: str = ""

    def exercises(self) -> tuple[ExerciseSummary, ...]:
        """Every summary."""
        if self.broken:
            raise FolderError(self.broken)
        return tuple(self.held)

    def delete(self, id: str) -> None:
        """Forgets one."""
        self.held = [each for each in self.held if each.id != id]


def summary(id: str = "larkmoor-1", **values: Any) -> ExerciseSummary:
    """A summary of an exercise in the middle."""
    middle: dict[str, Any] = {
        "title": "Larkmoor Row",
        "scenario_name": "larkmoor_row",
        "started": "2026-11-20T09:00:00+00:00",
        "last": "2026-11-20T09:40:00+00:00",
        "roles": ("investigator",),
        "status": "running",
        "scene_title": "Separation",
        "elapsed_ms": 40 * 60_000,
    }
    return ExerciseSummary(id, **(middle | values))


class RecordingApp(TabletopApp):
    """An app that notes what it is asked to open instead of opening it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked: list[tuple[Any, ...]] = []

    def begin(
        self, ref: str, roles: Any, *, seed: Any = None, skips: Any = None, parameters: Any = None
    ) -> None:
        """Notes what would begin."""
        self.asked.append(("begin", ref, roles, seed, skips))

    def resume(self, id: str | None = None, as_begun: bool = False) -> None:
        """Notes what would go on."""
        self.asked.append(("resume", id))

    def debrief(self, id: str) -> None:
        """Notes what would be shown."""
        self.asked.append(("debrief", id))

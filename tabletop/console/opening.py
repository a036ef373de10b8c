"""What screens ask the app to open: exercises, debriefs, scenarios, sessions, and the way home.

Nothing that reads a scenario is imported before it is needed, and all of it is opened in a worker:
a library, a record or a session elsewhere may take a while.
"""

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import Screen

from tabletop.conduct.errors import TabletopError
from tabletop.console import safe
from tabletop.console.discreet import DiscreetApp

if TYPE_CHECKING:
    from tabletop.conduct.folder import DataFolder
    from tabletop.conduct.library import Library, Loaded
    from tabletop.conduct.open_exercise import Exercise
    from tabletop.conduct.revision import Revision
    from tabletop.conduct.session.protocol import (
        ConductConnection,
        Hosting,
        Joining,
        PlaceConnection,
        Rooms,
    )
    from tabletop.exercise.record import Record

USUAL = (10_000, 10, 10)
"""How often cycles are looked for once an exercise, a session or a scenario is on the screen."""


class OpeningApp(DiscreetApp):
    """An app with one thing at a time above its home."""

    def __init__(self, library: "Library", folder: "DataFolder", rooms: "Rooms | None") -> None:
        super().__init__(folder.path)
        self.rooms = rooms
        """What opens sessions; none where the program was begun for one thing."""
        self.library = library
        self.folder = folder
        self.hot_seat = False
        """Whether several roles share this keyboard."""
        self.opening = False
        """Whether an exercise or a debrief is on its way."""

    def open_setup(
        self,
        ref: str,
        roles: Iterable[str] = (),
        seed: int | None = None,
        skips: tuple[str, ...] = (),
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        """Shows what there is to know before an exercise starts."""
        from tabletop.console.screens.setup import SetupScreen

        self.push_screen(SetupScreen(ref, tuple(roles), seed, skips, parameters))

    def begin(
        self,
        ref: "str | Loaded",
        roles: tuple[str, ...],
        *,
        seed: int | None = None,
        skips: dict[str, tuple[str, ...]] | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        """Begins an exercise and shows it in place of its setup."""

        async def begun() -> None:
            solo = await asyncio.to_thread(_solo)
            if isinstance(ref, str):
                loaded = await asyncio.to_thread(self.library.load, ref)
            else:
                loaded = ref
            exercise = await solo.begin(
                self.library,
                self.folder,
                loaded,
                roles,
                seed=seed,
                skips=skips or {},
                parameters=parameters,
            )
            await self._show_exercise(exercise)

        self._open(begun)

    def resume(self, id: str | None = None, as_begun: bool = False) -> None:
        """Goes on with an exercise where it stopped, and asks first where it has changed."""

        async def resumed() -> None:
            solo = await asyncio.to_thread(_solo)
            try:
                exercise = await solo.resume(
                    self.folder, id, library=self.library, as_begun=as_begun
                )
            except solo.ScenarioChanged as error:
                found = error.revision.exercise
                self._ask_as_begun(error.revision, lambda: self.resume(found, as_begun=True))
                return
            await self._show_exercise(exercise)
            if exercise.revision is not None and exercise.revision.harmless:
                safe.notify(self, exercise.revision.sentence, seconds=12)

        self._open(resumed)

    def _ask_as_begun(self, revision: "Revision", go_on: Callable[[], None]) -> None:
        from tabletop.console.screens.questions import going_on

        def answered(answer: str | None) -> None:
            if answer:
                go_on()

        self.push_screen(going_on(revision), answered)

    def debrief(self, exercise: "str | Record") -> None:
        """Shows the debrief of an exercise, by its name or of its record."""

        async def shown() -> None:
            screen = await asyncio.to_thread(_debrief_screen)
            self.show(screen(exercise))

        self._open(shown)

    def author(self, path: Path) -> None:
        """Shows a scenario on its author's workbench."""

        async def shown() -> None:
            screen = await asyncio.to_thread(_author_screen)
            self.show(screen(path))

        self._open(shown)

    def host(self, asked: "Hosting") -> None:
        """Opens a session here, and shows it to who conducts it."""

        async def opened() -> None:
            from tabletop.conduct.revision import ScenarioChanged

            assert self.rooms is not None
            try:
                found = await self.rooms.host(asked)
            except ScenarioChanged as error:
                begun = replace(asked, as_begun=True)
                self._ask_as_begun(error.revision, lambda: self.host(begun))
                return
            await self._come(found.line, found.place, found.told)

        self._open(opened)

    def join(self, asked: "Joining") -> None:
        """Comes to a session elsewhere, as whoever its code makes one."""

        async def opened() -> None:
            assert self.rooms is not None
            found = await self.rooms.join(asked)
            await self._come(found.line, found.place, found.told)

        self._open(opened)

    async def _come(
        self, line: "ConductConnection | None", place: "PlaceConnection | None", told: str
    ) -> None:
        """Shows a session to someone who conducts it, or a person's place in one."""
        screen = await asyncio.to_thread(_conduct_screen if line else _place_screen)
        self.show(screen(line or place))
        if told:
            safe.notify(self, told, seconds=12)

    def left_session(self, sentence: str) -> None:
        """Leaves a session: for home, or ends where the program was begun for it alone."""
        if self.rooms is None:
            self.exit(message=sentence or None)
        else:
            self.put_away(self.rooms, sentence)

    @work(group="leave", exclusive=True)
    async def put_away(self, rooms: "Rooms", sentence: str) -> None:
        """Puts a session away and goes home, where it is said how it goes on."""
        self.home()
        told = await rooms.leave() or sentence
        if told:
            safe.notify(self, told, seconds=12)

    def show(self, screen: Screen[Any]) -> None:
        """Shows a screen straight above its ground, so that its way out leads there."""
        ground = self._ground()
        while len(self.screen_stack) > ground + 1:
            self.pop_screen()
        if len(self.screen_stack) == ground + 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)
        self.call_after_refresh(self._begun)

    def home(self) -> None:
        """Goes home, or to the ground that lies nearer, whatever lies above it."""
        while len(self.screen_stack) > self._ground():
            self.pop_screen()

    def _ground(self) -> int:
        """How many screens there are up to the topmost that ways out lead to."""
        stack = self.screen_stack
        grounds = [n for n, screen in enumerate(stack, 1) if getattr(screen, "GROUND", False)]
        return grounds[-1] if grounds else 1

    def hand_over(self) -> None:
        """Takes away what one role could leave to the next: selections, copies, messages."""
        for screen in self.screen_stack:
            screen.clear_selection()
        self._clipboard = ""
        self.clear_notifications()

    def problem(self, sentence: str) -> None:
        """Shows what can't be done, and how to mend it."""
        from tabletop.console.screens.problem import ProblemScreen

        self.push_screen(ProblemScreen(sentence))

    def try_out(self, begun: Callable[[], Coroutine[Any, Any, "Exercise"]], role: str) -> None:
        """Shows an exercise that is only tried, to one author in every role."""

        async def shown() -> None:
            from tabletop.console.seating import Seating

            exercise = await begun()
            screen = await asyncio.to_thread(_exercise_screen)
            self.show(await screen.opened(exercise, role, Seating(exercise, trial=True)))

        self._open(shown)

    async def _show_exercise(self, exercise: Any) -> None:
        screen = await asyncio.to_thread(_exercise_screen)
        self.hot_seat = len(exercise.roles) > 1
        self.show(await screen.opened(exercise))

    def _begun(self) -> None:
        """Looks for cycles as usual again, and no more in what a start made: that stays."""
        if gc.get_threshold() != USUAL:
            gc.set_threshold(*USUAL)
            gc.freeze()

    @work(group="open")
    async def _open(self, opened: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if self.opening:
            return
        self.opening = True
        try:
            await opened()
        except TabletopError as error:
            self.problem(str(error))
        finally:
            self.opening = False


def _solo() -> Any:
    from tabletop.conduct import solo

    return solo


def _exercise_screen() -> Any:
    from tabletop.console.screens.exercise import ExerciseScreen

    return ExerciseScreen


def _conduct_screen() -> Any:
    from tabletop.console.session.conduct import ConductScreen

    return ConductScreen


def _place_screen() -> Any:
    from tabletop.console.session.place import PlaceScreen

    return PlaceScreen


def _debrief_screen() -> Any:
    from tabletop.console.screens.debrief import DebriefScreen

    return DebriefScreen


def _author_screen() -> Any:
    from tabletop.console.screens.author import AuthorScreen

    return AuthorScreen

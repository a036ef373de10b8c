"""The console: a Textual app around one Connection at a time.

The home screen is painted before anything that reads a scenario is imported; libraries, records
and exercises are opened in workers, after the first refresh.
"""

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.color import Color
from textual.filter import Monochrome, NoColor
from textual.screen import Screen

from tabletop.conduct import settings as preferences
from tabletop.conduct.errors import TabletopError
from tabletop.console import safe, themes
from tabletop.console.discreet import DiscreetApp
from tabletop.console.keys import bind, own
from tabletop.console.output import NoColour, Unseen
from tabletop.console.screens.base import BaseScreen, explanation
from tabletop.console.screens.home import HomeScreen
from tabletop.console.start import Author, Conduct, Debrief, Home, Join, Play, Resume, Start
from tabletop.wording import say

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

QUITTING = {"quit", "home.quit"}
USUAL = (10_000, 10, 10)
"""How often cycles are looked for once an exercise, a session or a scenario is on the screen."""


class TabletopApp(DiscreetApp):
    """Everything a person does in the terminal, from the home screen to the debrief."""

    TITLE = "tabletop"
    CSS_PATH = Path(__file__).with_name("console.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("help", "help", say("Help"), priority=True),
        bind("palette", "command_palette", say("Commands"), show=False, priority=True),
        bind("quit", "quit", say("Quit"), show=False, priority=True),
    ]
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ENABLE_SELECT_AUTO_SCROLL = False

    def __init__(
        self,
        library: "Library",
        folder: "DataFolder",
        *,
        start: Start | None = None,
        rooms: "Rooms | None" = None,
    ) -> None:
        super().__init__(folder.path)
        self.rooms = rooms
        """What opens sessions; none where the program was begun for one thing."""
        self.library = library
        self.folder = folder
        self.start = start or Home()
        self.hot_seat = False
        """Whether several roles share this keyboard."""
        self.opening = False
        """Whether an exercise or a debrief is on its way."""
        self.animation_level = "none"
        self._filters = [
            each for each in self._filters if not isinstance(each, Monochrome | NoColor)
        ]
        if self.no_color:
            self._filters.append(NoColour(self._page))
        self._filters.append(Unseen())
        for short in themes.PALETTES:
            self.register_theme(themes.theme(short))
        self.settings_problem = self._take_settings()

    def _take_settings(self) -> str:
        wished = preferences.read(self.folder.path)
        keys, problem = own(wished.keys)
        if keys:
            self.set_keymap(keys)
        short = wished.theme or themes.DEFAULT
        if short not in themes.PALETTES:
            problem = problem or say(
                "There is no theme {name}; there are {themes}.",
                name=short[:40],
                themes=", ".join(themes.PALETTES),
            )
            short = themes.DEFAULT
        self.theme = themes.theme_name(short)
        return wished.problem or problem

    def _page(self) -> Color:
        return Color.parse(self.current_theme.background or "black")

    def get_default_screen(self) -> Screen[Any]:
        """Home lies under everything else."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Opens what was asked for, once something is on the screen."""
        self.call_after_refresh(self._open_start)

    def _open_start(self) -> None:
        if self.settings_problem:
            safe.notify(self, self.settings_problem, "warning", seconds=12)
        match self.start:
            case Play(ref, roles, seed, skips, parameters):
                self.open_setup(ref, roles, seed, skips, parameters)
            case Resume(id, as_begun):
                self.resume(id, as_begun)
            case Debrief(id):
                self.debrief(id)
            case Author(path):
                self.author(path)
            case Conduct(line, told):
                self._open(lambda: self._come(line, None, told))
            case Join(place, told):
                self._open(lambda: self._come(None, place, told))

    # What the screens ask for.

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

    # Commands and keys.

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: this screen's commands, then ours; no screenshot, which writes files."""
        if isinstance(screen, BaseScreen):
            for name, does, action in screen.commands():
                yield SystemCommand(name, does, self._command(screen, action))
        yield SystemCommand(
            say("Help"), say("What one can do here, and the keys"), self._command(screen, "help")
        )
        for short, name in (
            ("dark", say("Theme: dark")),
            ("light", say("Theme: light")),
            ("contrast", say("Theme: high contrast")),
        ):
            yield SystemCommand(
                name, say("Change the colors and remember it"), self._theme_command(short)
            )
        yield SystemCommand(
            say("How it works"), say("What an exercise is, in one page"), self.how_it_works
        )
        yield SystemCommand(say("Quit"), say("Nothing is lost"), self.exit)

    def _command(self, screen: Screen[Any], action: str) -> Callable[[], object]:
        return lambda: self.call_later(self.run_action, action, screen)

    def _theme_command(self, short: str) -> Callable[[], None]:
        return lambda: self.action_theme(short)

    def open_library(self) -> None:
        """Shows every scenario there is."""
        from tabletop.console.screens.library import LibraryScreen

        self.push_screen(LibraryScreen())

    def open_past(self) -> None:
        """Shows the exercises of the data folder."""
        from tabletop.console.screens.past import PastScreen

        self.push_screen(PastScreen())

    def open_hosting(self) -> None:
        """Asks what is to be hosted."""
        from tabletop.console.session.rooms import HostingScreen

        self.push_screen(HostingScreen())

    def open_joining(self) -> None:
        """Asks which session is to be joined."""
        from tabletop.console.session.joining import JoiningScreen

        self.push_screen(JoiningScreen())

    def open_writing(self) -> None:
        """Shows what one may write on."""
        from tabletop.console.screens.writing import WritingScreen

        self.push_screen(WritingScreen())

    def how_it_works(self) -> None:
        """Shows what an exercise is."""
        from tabletop.console.screens.how import HowScreen

        self.push_screen(HowScreen())

    def action_theme(self, short: str) -> None:
        """Changes the colors and remembers the choice."""
        if short in themes.PALETTES:
            self.theme = themes.theme_name(short)
            if not preferences.keep_theme(self.folder.path, short):
                safe.notify(self, say("The theme can't be remembered in the data folder."))

    def action_command_palette(self) -> None:
        """Opens the palette."""
        from tabletop.console.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self) -> None:
        """Shows help for what has the focus, and this screen's keys."""
        from tabletop.console.screens.help import HelpScreen, key_rows

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(explanation(self.screen), key_rows(self.screen)))

    def action_help_quit(self) -> None:
        """Says how to quit to someone who pressed ctrl+c."""
        safe.notify(self, say("ctrl+q or f10 quits. Everything is kept."))

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Writes nothing: a picture of one role's screen is not the next one's to find."""

    async def on_event(self, event: events.Event) -> None:
        """Holds keys and clicks back from a screen that is covered for want of room."""
        if isinstance(event, events.InputEvent | events.Paste) and self._cramped():
            if not isinstance(event, events.Key):
                return
            live = self.active_bindings.get(event.key)
            if live is None or live.binding.id not in QUITTING:
                return
        await super().on_event(event)

    def _cramped(self) -> bool:
        return bool(self._screen_stack) and getattr(self.screen, "cramped", False)


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

"""The console: a Textual app around one Connection at a time.

The home screen is painted before anything that reads a scenario is imported; libraries, records
and exercises are opened in workers, after the first refresh.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.color import Color
from textual.filter import Monochrome, NoColor
from textual.screen import Screen

from tabletop.conduct import settings as preferences
from tabletop.console import safe, themes
from tabletop.console.keys import bind, own
from tabletop.console.opening import OpeningApp
from tabletop.console.output import NoColour, Unseen
from tabletop.console.screens.base import BaseScreen, explanation
from tabletop.console.screens.home import HomeScreen
from tabletop.console.start import Author, Conduct, Debrief, Home, Join, Play, Resume, Start
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.folder import DataFolder
    from tabletop.conduct.library import Library
    from tabletop.conduct.session.protocol import Rooms

QUITTING = {"quit", "home.quit"}


class TabletopApp(OpeningApp):
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
        super().__init__(library, folder, rooms)
        self.start = start or Home()
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

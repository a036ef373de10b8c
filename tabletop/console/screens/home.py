"""Home: what there is to do, the likeliest first.

It is painted before anything that reads a scenario is imported; what it knows of exercises and of
the library arrives from workers and fills the lines in. Where something else was asked for at the
start it stays bare until someone comes back to it.
"""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.conduct.errors import TabletopError
from tabletop.console import safe, told
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Page
from tabletop.console.start import Home
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.footer import Footer
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import ScenarioCard
    from tabletop.conduct.summary import ExerciseSummary

STARTER = "first_hour"
COLUMN = 16


class Menu(Choices):
    """What there is to do."""

    def about(self) -> str:
        """What the lines do."""
        return say(
            "Continue goes on where you stopped. Play alone proposes an exercise you have not "
            "played. Host and Join are for a room of people. The library shows them all, and Past "
            "exercises keeps what you have played, with its debriefs. Write your own opens the "
            "workbench of those who write exercises."
        )


class HomeScreen(BaseScreen[None]):
    """The first thing a person sees, and where every way out leads."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("home.quit", "app.quit", say("Quit"))]
    HINTS = ("list.select",)
    WAY_OUT = "home.quit"

    class Listed(Message):
        """The exercises in the data folder are known."""

        def __init__(self, exercises: tuple["ExerciseSummary", ...], problem: str = "") -> None:
            super().__init__()
            self.exercises = exercises
            self.problem = problem

    class Stocked(Message):
        """The scenarios of the library are known."""

        def __init__(self, cards: tuple["ScenarioCard", ...], problem: str = "") -> None:
            super().__init__()
            self.cards = cards
            self.problem = problem

    def __init__(self) -> None:
        super().__init__()
        self.exercises: tuple[ExerciseSummary, ...] = ()
        self.cards: tuple[ScenarioCard, ...] | None = None
        self.seen = False
        """Whether it has been the screen before."""
        self.untouched = True
        """Whether the marker is still where it was put and not where someone moved it."""

    @property
    def covered(self) -> bool:
        """Whether what was asked for at the start lies, or is about to lie, above it."""
        return not (self.seen or isinstance(self.console_app.start, Home))

    def compose(self) -> ComposeResult:
        """A name, a sentence, the lines, and what this is not."""
        if self.covered:
            return
        with Page():
            yield safe.static("tabletop", id="name")
            yield safe.static(
                say("Practice the decisions around an enforcement action, alone or as a team."),
                id="purpose",
            )
            yield Menu(self.lines(), id="menu")
            yield safe.static("", id="trouble")
            yield safe.static(
                say("Training, not legal advice. Nothing leaves this computer."), id="training"
            )
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say("This is where everything begins.")

    def action_back(self) -> None:
        """Stays: there is nothing behind home."""

    def on_mount(self) -> None:
        """Begins, unless there is nothing yet."""
        if not self.covered:
            self.begin()

    def begin(self) -> None:
        """Points at playing, the first thing to do for someone new."""
        menu = self.query_one(Menu)
        menu.point_at("play")
        menu.focus()

    def on_screen_resume(self) -> None:
        """Looks again at what there is, once this screen has been painted."""
        self.console_app.hot_seat = False
        covered, self.seen = self.covered, True
        if not covered:
            self.come_back()

    @work(exclusive=True, group="back")
    async def come_back(self) -> None:
        """Puts up what was left out at the start, and looks at what there is."""
        if not self.query(Menu):
            await self.recompose()
            self.begin()
        self.call_after_refresh(self.look)

    @work(thread=True, exclusive=True, group="look")
    def look(self) -> None:
        """Reads the data folder, then the library."""
        try:
            self.post_message(self.Listed(self.console_app.folder.exercises()))
        except TabletopError as error:
            self.post_message(self.Listed((), str(error)))
        if self.cards is None:
            try:
                self.post_message(self.Stocked(self.console_app.library.cards()))
            except TabletopError as error:
                self.post_message(self.Stocked((), str(error)))

    @on(Listed)
    def take_exercises(self, message: Listed) -> None:
        """Shows what goes on and what is past."""
        self.exercises = message.exercises
        self.show_trouble(message.problem)
        self.fill()

    @on(Stocked)
    def take_cards(self, message: Stocked) -> None:
        """Shows what there is to play."""
        self.cards = message.cards
        if message.problem:
            self.show_trouble(message.problem)
        self.fill()

    def show_trouble(self, sentence: str) -> None:
        """Says what is wrong with the folders, above the last line."""
        trouble = self.query_one("#trouble", Static)
        trouble.update(safe.prose(sentence))
        trouble.display = bool(sentence)

    def fill(self) -> None:
        """Fills the lines in, the marker where it was."""
        menu = self.query_one(Menu)
        before = menu.highlighted_option
        menu.set_options(self.lines())
        if self.untouched and self.ongoing() is not None:
            menu.point_at("continue")
        elif before is not None and before.id is not None:
            menu.point_at(before.id)

    @on(OptionList.OptionHighlighted)
    def moved(self, message: OptionList.OptionHighlighted) -> None:
        """Remembers that someone chose where to be."""
        likely = "play" if self.ongoing() is None else "continue"
        self.untouched = self.untouched and message.option_id in (likely, "play")

    def ongoing(self) -> "ExerciseSummary | None":
        """The newest exercise that can go on."""
        for exercise in self.exercises:
            if exercise.status != "ended" and not exercise.problem:
                return exercise
        return None

    def proposal(self) -> "ScenarioCard | None":
        """What to play next: the starter, then whatever has not been played."""
        played = {exercise.scenario_name for exercise in self.exercises}
        fresh = [card for card in self.cards or () if card.slug not in played and not card.problem]
        return min(fresh, key=lambda card: card.slug != STARTER, default=None)

    def lines(self) -> list[Option]:
        """The lines, as far as they are known."""
        rows: list[tuple[str, str, str]] = []
        ongoing, proposal = self.ongoing(), self.proposal()
        if ongoing is not None:
            rows.append(("continue", say("Continue"), told.place(ongoing)))
        play = ""
        if proposal is not None:
            play = say("{title}, {minutes}", title=proposal.title, minutes=told.alone(proposal))
        elif self.cards:
            play = say("again, or in another role")
        rows.append(("play", say("Play alone"), play))
        if self.console_app.rooms is not None:
            rows.append(("host", say("Host a session"), say("people join with their phones")))
            rows.append(("join", say("Join a session"), ""))
        held = "" if not self.cards else str(len(self.cards))
        rows.append(("library", say("Library"), held))
        if self.exercises:
            rows.append(("past", say("Past exercises"), str(len(self.exercises))))
        else:
            rows.append(("past", say("Past exercises"), say("none yet")))
        rows.append(("write", say("Write your own"), say("in your editor")))
        rows.append(("how", say("How it works"), say("in one page")))
        rows.append(("quit", say("Quit"), ""))
        return [Choices.line(name, note, id=id, column=COLUMN) for id, name, note in rows]

    @on(OptionList.OptionSelected)
    def chosen(self, message: OptionList.OptionSelected) -> None:
        """Does what the line says."""
        app = self.console_app
        match message.option_id:
            case "continue" if (ongoing := self.ongoing()) is not None:
                app.resume(ongoing.id)
            case "play":
                proposal = self.proposal()
                if proposal is not None or not self.cards:
                    app.open_setup(proposal.slug if proposal else STARTER)
                else:
                    app.open_library()
            case "host":
                app.open_hosting()
            case "join":
                app.open_joining()
            case "library":
                app.open_library()
            case "past":
                app.open_past()
            case "write":
                app.open_writing()
            case "how":
                app.how_it_works()
            case "quit":
                app.exit()

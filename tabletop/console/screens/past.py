"""Past exercises: going on with one, reading its debrief, deleting it."""

from datetime import datetime
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
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.screens.problem import AskScreen
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.footer import Footer
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.summary import ExerciseSummary


class Kept(Choices):
    """The exercises in the data folder."""

    def about(self) -> str:
        """What one does here."""
        return say(
            "Enter goes on with an exercise that is not finished, and opens the debrief of one "
            "that is. Deleting asks first; it takes the record, the notes and the debrief away."
        )


class PastScreen(BaseScreen[None]):
    """Every exercise that is kept, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("past.delete", "delete", say("Delete"))]
    HINTS = ("list.select", "past.delete")
    CSS = """
    PastScreen #where { color: $quiet; margin-top: 1; }
    """

    class Listed(Message):
        """The data folder has been read."""

        def __init__(self, exercises: tuple["ExerciseSummary", ...], problem: str = "") -> None:
            super().__init__()
            self.exercises = exercises
            self.problem = problem

    def __init__(self) -> None:
        super().__init__()
        self.exercises: dict[str, ExerciseSummary] = {}

    def compose(self) -> ComposeResult:
        """The list, and where it lies."""
        yield Heading(say("Past exercises"))
        with Page():
            yield Kept(id="kept")
            yield safe.static("", id="none")
            yield safe.static(say("Kept in {path}.", path=self.console_app.folder.path), id="where")
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say("The exercises you have played or begun.")

    def on_screen_resume(self) -> None:
        """Reads the folder again."""
        self.read()

    @work(thread=True, exclusive=True, group="read")
    def read(self) -> None:
        """Reads the folder, away from the screen."""
        try:
            self.post_message(self.Listed(self.console_app.folder.exercises()))
        except TabletopError as error:
            self.post_message(self.Listed((), str(error)))

    @on(Listed)
    def take(self, message: Listed) -> None:
        """Shows the list."""
        self.exercises = {each.id: each for each in message.exercises}
        kept, none = self.query_one(Kept), self.query_one("#none", Static)
        at = kept.highlighted or 0
        now = datetime.now().astimezone()
        kept.set_options(line(each, now) for each in message.exercises)
        kept.display = bool(message.exercises)
        none.display = not message.exercises
        if message.exercises:
            kept.highlighted = min(at, len(message.exercises) - 1)
            kept.focus()
        else:
            sentence = message.problem or say("Nothing has been played yet.")
            none.update(safe.prose(sentence))

    def current(self) -> "ExerciseSummary | None":
        """The exercise the marker is on."""
        option = self.query_one(Kept).highlighted_option
        return self.exercises.get(option.id or "") if option else None

    @on(OptionList.OptionSelected)
    def open(self, message: OptionList.OptionSelected) -> None:
        """Goes on with the exercise, or opens its debrief."""
        exercise = self.current()
        if exercise is None:
            return
        if exercise.problem:
            self.console_app.problem(exercise.problem)
        elif exercise.status == "ended":
            self.console_app.debrief(exercise.id)
        else:
            self.console_app.resume(exercise.id)

    def action_delete(self) -> None:
        """Asks, then deletes."""
        exercise = self.current()
        if exercise is None:
            return
        question = say(
            "Delete {title}, begun {day}, with its record, notes and debrief? It can't be brought "
            "back.",
            title=exercise.title or exercise.id,
            day=told.day(exercise.started, datetime.now().astimezone()),
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self.delete(exercise.id)

        self.app.push_screen(AskScreen(question, yes=say("Delete it"), no=say("Keep it")), answered)

    @work(thread=True, group="delete")
    def delete(self, id: str) -> None:
        """Deletes, away from the screen, and reads the folder again."""
        try:
            self.console_app.folder.delete(id)
        except TabletopError as error:
            self.app.call_from_thread(self.console_app.problem, str(error))
        self.app.call_from_thread(self.read)


def line(exercise: "ExerciseSummary", now: datetime) -> Option:
    """An exercise's line: what, when, who, and how far."""
    if exercise.problem:
        state = say("can't be opened")
    elif exercise.status == "ended":
        state = say("finished")
    else:
        at = exercise.scene_title
        far = told.minute(exercise.elapsed_ms)
        state = say("goes on at {scene}, {far}", scene=at, far=far) if at else far
    moment = told.day(exercise.last or exercise.started, now)
    beside = " · ".join(part for part in (moment, told.roles(exercise.roles), state) if part)
    return Choices.line(exercise.title or exercise.id, beside, id=exercise.id)

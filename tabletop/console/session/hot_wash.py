"""The hot wash at a console, step by step: what the room sees, and what only they see."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from tabletop.conduct.connection import Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.conduct.session.commands import ShowStep
from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.typeset import Block, plain
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.debrief.hot_wash import Form, Step
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import ConductConnection


class HotWashScreen(BaseScreen[None]):
    """Goes through the steps; each is shown to the room as it is come to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("wash.next", "step(1)", say("Next step")),
        bind("wash.previous", "step(-1)", say("Step before")),
        bind("wash.screen", "screen", say("Off the screen")),
        bind("wash.form", "form", say("Other length")),
    ]
    HINTS = ("wash.next", "wash.previous", "wash.screen", "wash.form", "page_down")

    class Come(Message):
        """The steps have come, or a sentence says why not."""

        def __init__(self, steps: tuple[Step, ...], sentence: str = "") -> None:
            super().__init__()
            self.steps = steps
            self.sentence = sentence

    def __init__(self, line: ConductConnection, form: Form, number: int, *, shows: bool) -> None:
        """Takes the line, where to begin, and whether the room's screen is ours to set."""
        super().__init__()
        self.line = line
        self.form: Form = form
        self.number = max(1, number)
        self.shows = shows
        self.shown = number > 0 and shows
        """Whether the room sees the step."""
        self.steps: tuple[Step, ...] = ()

    def compose(self) -> ComposeResult:
        """The step."""
        yield Heading(say("Hot wash"))
        with Page(id="step"):
            yield Sheet((plain(say("Reading the record …"), "note"),), id="told")
        yield Footer()

    def on_mount(self) -> None:
        """Asks for the steps."""
        super().on_mount()
        self.fetch()

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "A talk right after the exercise: reactions first, ratings last. The upper part is "
            "what the room's screen shows; the notes below are for you alone. Escape goes back to "
            "the console, and what the room sees stays."
        )

    @work(group="fetch", exclusive=True)
    async def fetch(self) -> None:
        """Brings the steps of the form there is."""
        try:
            steps = await self.line.hot_wash(self.form)
        except TabletopError as error:
            self.post_message(self.Come((), str(error)))
            return
        self.post_message(self.Come(steps))

    @on(Come)
    def come(self, message: Come) -> None:
        """Shows the first step, or why there is none."""
        self.steps = message.steps
        if not self.steps:
            told = message.sentence or say("The exercise at this table is not over yet.")
            self.query_one("#told", Sheet).blocks = (plain(told),)
            return
        self.number = min(self.number, len(self.steps))
        self.turn()

    def turn(self) -> None:
        """Shows the step one is at, here and on the room's screen."""
        words = safe.label(say("Hot wash"), "bold")
        self.query_one(Heading).update(safe.parts(words, "   ", (self._at(), "$quiet")))
        self.query_one("#told", Sheet).blocks = told(
            self.steps[self.number - 1], self.shows, self.shown
        )
        self.query_one("#step", Page).scroll_home(animate=False)
        if self.shown:
            self.show_room(self.number)
        self.refresh_bindings()

    def _at(self) -> str:
        return say(
            "{number} of {all} · about {minutes} minutes in all",
            number=self.number,
            all=len(self.steps),
            minutes=sum(each.minutes for each in self.steps),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        match action:
            case "step":
                by = int(str(parameters[0]))
                begun = self.shown or not self.shows or by < 0
                return 1 <= self.number + (by if begun else 0) <= len(self.steps)
            case "screen":
                return self.shown
            case "form":
                return bool(self.steps)
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """Goes on or back by a step; the first time, the room is shown the one one is at."""
        if self.shows and not self.shown and by > 0:
            self.shown = True
        else:
            self.number = min(max(1, self.number + by), len(self.steps))
        self.turn()

    def action_screen(self) -> None:
        """Takes it off the room's screen."""
        self.shown = False
        self.show_room(0)
        self.turn()

    def action_form(self) -> None:
        """Takes the other form, from its beginning."""
        self.form = "full" if self.form == "short" else "short"
        self.number = 1
        self.fetch()

    @work(group="show")
    async def show_room(self, number: int) -> None:
        """Shows the room a step, or none."""
        answer = await self.line.manage(ShowStep(self.form, number, self.line.table))
        if isinstance(answer, Rejected):
            safe.notify(self.app, answer.sentence, "warning", seconds=8)


def told(step: Step, shows: bool, shown: bool) -> tuple[Block, ...]:
    """A step as blocks: what the room sees, then the notes."""
    minutes = (
        say("about a minute")
        if step.minutes == 1
        else say("about {minutes} minutes", minutes=step.minutes)
    )
    seen = say("the room sees this") if shown else say("the room does not see it yet")
    found = [
        plain(step.title, "title"),
        plain(f"{minutes} · {seen}" if shows else minutes, "note"),
        plain(step.prompt, "strong", gap=1),
        *(Block(safe.clean(each), first="· ", rest="  ") for each in step.points),
    ]
    if step.notes:
        heading = say("Only you see this") if shows else say("For those who conduct")
        found.append(plain(heading, "heading", gap=1))
        found += (Block(safe.clean(each), first="· ", rest="  ") for each in step.notes)
    return tuple(found)

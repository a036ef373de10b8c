"""After: how it was for a person, in their own words, and the debrief once it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import TextArea

from tabletop.conduct.connection import Connection, Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.screens.document import DocumentScreen
from tabletop.console.session.feedback import feedback, feedback_screen
from tabletop.console.typeset import plain
from tabletop.console.widgets.debrief_words import Words
from tabletop.console.widgets.decision import LONGEST
from tabletop.console.widgets.decision import Words as Line
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.console.widgets.verb import Verb
from tabletop.debrief import asked
from tabletop.debrief.documents.document import Document
from tabletop.exercise.commands import PROMPTS, Prompt, Reflect
from tabletop.exercise.view_types import PlayerView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import PlaceConnection


class AfterScreen(BaseScreen[None]):
    """A page to write on, and the way to the debrief."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("after.send", "send", say("Keep what I wrote")),
        bind("after.read", "read", say("Read the debrief")),
        bind("field.up", "app.focus_previous", say("Field before"), show=False),
        bind("field.down", "app.focus_next", say("Field after"), show=False),
    ]
    HINTS = ("verb.press", "after.send", "after.read")
    CSS = """
    AfterScreen Words { height: 3; border: none; background: $surface; padding: 0 1; }
    AfterScreen #when, AfterScreen #by { height: 1; }
    AfterScreen #feedback { margin-top: 1; }
    AfterScreen #keep { margin-top: 1; }
    AfterScreen #told { color: $quiet; margin-top: 1; }
    """

    class Kept(Message):
        """What was written is kept, or a sentence says why not."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class Given(Kept):
        """Feedback was given, or a sentence says why not."""

    class Opened(Message):
        """The debrief has come."""

        def __init__(self, document: Document | None) -> None:
            super().__init__()
            self.document = document

    def __init__(
        self, place: PlaceConnection, line: Connection, view: PlayerView, *, opened: bool
    ) -> None:
        """Takes the place and its line, what they see, and whether the debrief is open."""
        super().__init__()
        self.place = place
        self.line = line
        self.opened = opened
        self.view = view
        self.sent: dict[Prompt, Reflect] = {
            prompt: Reflect(prompt, wrote.words, wrote.when, wrote.by)
            for prompt in PROMPTS
            for wrote in (view.wrote(prompt),)
        }

    def compose(self) -> ComposeResult:
        """The questions, and what comes next."""
        yield Heading(say("How was that?"))
        with Page():
            told = say(
                "Before anything else: a few lines for yourself. Everything may stay empty. What "
                "you keep stands in the debrief, under your role."
            )
            yield Sheet((plain(told),))
            for prompt, question in asked.prompts():
                yield Sheet((plain(question, "strong", gap=1),))
                yield Words(prompt, "", self.sent[prompt].words)
            stands = self.sent["commitment"]
            for name, question, text in (
                ("when", asked.occasion(), stands.when),
                ("by", asked.by_when(), stands.by),
            ):
                yield Sheet((plain(question),))
                yield Line(
                    safe.field(text),
                    max_length=LONGEST,
                    compact=True,
                    id=name,
                    select_on_focus=False,
                )
            yield Verb(say("Keep what I wrote"), id="keep")
            yield Verb(say("Feedback on the exercise, without my name"), id="feedback")
            yield Verb(say("Read the debrief"), id="read")
            yield safe.static("", id="told")
        yield Footer()

    def on_mount(self) -> None:
        """Begins with the first question."""
        super().on_mount()
        self.query(TextArea).first().focus()
        self.query_one("#feedback").display = "give_feedback" in self.view.may
        self.open(self.opened)

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "Tab goes to the next field. The facilitator opens the debrief for everyone; this "
            "page says so when it is open. Escape goes back to the exercise."
        )

    def open(self, opened: bool) -> None:
        """Says whether the debrief can be read."""
        self.opened = opened
        self.query_one("#read").display = opened
        self.query_one("#told").update(  # type: ignore[attr-defined]
            safe.prose(
                say("The debrief is open.")
                if opened
                else say("The facilitator has not opened the debrief yet. Stay here, or come back.")
            )
        )
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        if action == "read":
            return self.opened
        return super().check_action(action, parameters)

    @on(Verb.Pressed)
    def pressed(self, message: Verb.Pressed) -> None:
        """Does what the line says."""
        if message.verb.id == "feedback":
            self.app.push_screen(feedback_screen(), self.give)
        elif message.verb.id == "read":
            self.action_read()
        else:
            self.action_send()

    def action_send(self) -> None:
        """Keeps what is new of what was written."""
        when, by = (
            safe.clean(self.query_one(f"#{name}", Line).value).strip() for name in ("when", "by")
        )
        written = [
            Reflect(area.prompt, words, when, by)
            if area.prompt == "commitment"
            else Reflect(area.prompt, words)
            for area in self.query(TextArea).results(Words)
            for words in (safe.clean(area.text).strip(),)
        ]
        new = [
            each
            for each in written
            if self.sent[each.prompt] != each and (each.words or self.sent[each.prompt].words)
        ]
        if new:
            self.keep(new)
        else:
            safe.notify(self.app, say("Nothing new was written."))

    @work(group="keep")
    async def keep(self, written: list[Reflect]) -> None:
        """Keeps words with the exercise."""
        for each in written:
            answer = await self.line.submit(each)
            if isinstance(answer, Rejected):
                self.post_message(self.Kept(answer.sentence))
                return
            self.sent[each.prompt] = each
        self.post_message(self.Kept(""))

    def give(self, given: dict[str, str] | None) -> None:
        """Gives feedback, where anything was filled in."""
        if given is not None and any(given.values()):
            self.send_feedback(given)

    @work(group="keep")
    async def send_feedback(self, given: dict[str, str]) -> None:
        """Sends feedback without a name."""
        answer = await self.line.submit(feedback(given))
        told = answer.sentence if isinstance(answer, Rejected) else ""
        self.post_message(self.Given(told))

    @on(Given)
    def thank(self, message: Given) -> None:
        """Says whether it came."""
        if message.sentence:
            safe.notify(self.app, message.sentence, "warning", seconds=8)
        else:
            self.query_one("#feedback").display = False
            safe.notify(self.app, asked.feedback_thanks())

    @on(Kept)
    def tell(self, message: Kept) -> None:
        """Says whether it was kept."""
        if message.sentence:
            safe.notify(self.app, message.sentence, "warning", seconds=8)
        else:
            safe.notify(self.app, say("Kept with the exercise."))

    @work(group="read", exclusive=True)
    async def action_read(self) -> None:
        """Brings the debrief."""
        try:
            document = await self.place.debrief()
        except TabletopError as error:
            self.post_message(self.Kept(str(error)))
            return
        self.post_message(self.Opened(document))

    @on(Opened)
    def show(self, message: Opened) -> None:
        """Shows it, if it still is open."""
        if message.document is not None:
            self.app.push_screen(DocumentScreen(message.document))
        else:
            self.open(False)

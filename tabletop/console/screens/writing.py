"""Writing: which exercise one writes, or a new one."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tabletop.conduct.errors import TabletopError
from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.decision import Words
from tabletop.console.widgets.footer import Footer
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import ScenarioCard

LONGEST = 4_000
NEW = "new"


class Drafts(Choices):
    """The scenarios one may open."""

    def about(self) -> str:
        """What one does here."""
        return say(
            "Enter opens a scenario on the workbench, which shows what you write in your own "
            "editor; it changes no file. A new one is a first draft to write over. Those that came "
            "along can be looked at; copy one before you change it."
        )


class WritingScreen(BaseScreen[None]):
    """The scenarios at hand, a new one, and a field for any other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.up", "app.focus_previous", say("Field before"), show=False),
        bind("field.down", "app.focus_next", say("Field after"), show=False),
    ]
    HINTS = ("list.select", "page_down")
    CSS = """
    WritingScreen #elsewhere { height: 1; border: none; padding: 0 1; background: $surface; }
    WritingScreen #elsewhere:focus { background: $cursor; color: $text; }
    WritingScreen #trouble { color: $warning; margin-top: 1; }
    """

    class Read(Message):
        """What there is to write on is known."""

        def __init__(
            self,
            here: tuple["ScenarioCard", ...],
            came_along: tuple["ScenarioCard", ...],
            problem: str,
        ) -> None:
            super().__init__()
            self.here = here
            self.came_along = came_along
            self.problem = problem

    def __init__(self) -> None:
        super().__init__()
        self.paths: dict[str, Path] = {}

    def compose(self) -> ComposeResult:
        """The list, and the field below it."""
        yield Heading(say("Write an exercise"))
        with Page():
            yield Drafts(
                [Choices.line(say("A new one"), say("a first draft"), id=NEW)], id="drafts"
            )
            yield safe.static(say("Another file or folder"), classes="part")
            yield Words(max_length=LONGEST, compact=True, id="elsewhere", select_on_focus=False)
            yield safe.static("", id="trouble")
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say("Choose what to write on. Your own editor does the writing.")

    def on_mount(self) -> None:
        """Points at the first line."""
        super().on_mount()
        self.query_one(Drafts).focus()

    def on_screen_resume(self) -> None:
        """Looks again at what there is: something may have been written since."""
        self.read()

    @work(thread=True, exclusive=True, group="read")
    def read(self) -> None:
        """Looks for scenarios here and on the shelf, away from the screen."""
        from tabletop.conduct.library import near

        here = near(Path())
        try:
            known = {card.path.resolve() for card in here}
            cards = self.console_app.library.cards()
            along = tuple(card for card in cards if card.path.resolve() not in known)
        except TabletopError as error:
            self.post_message(self.Read(here, (), str(error)))
        else:
            self.post_message(self.Read(here, along, ""))

    @on(Read)
    def take(self, message: Read) -> None:
        """Shows what was found."""
        drafts = self.query_one(Drafts)
        before = drafts.highlighted_option
        self.paths = {
            **{card.slug: card.path for card in message.came_along},
            **{str(card.path): card.path for card in message.here},
        }
        drafts.set_options(
            [
                Choices.line(say("A new one"), say("a first draft"), id=NEW),
                *(_line(card, str(card.path), str(card.path)) for card in message.here),
                *(_line(card, card.slug, say("came along")) for card in message.came_along),
            ]
        )
        drafts.highlighted = 0
        if before is not None and before.id is not None:
            drafts.point_at(before.id)
        self._say(message.problem)

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Opens the workbench, or asks what a new one is to be."""
        message.stop()
        if message.option_id == NEW:
            from tabletop.console.screens.drafting import DraftingScreen

            self.app.push_screen(DraftingScreen(), self._drafted)
        elif message.option_id in self.paths:
            self.console_app.author(self.paths[message.option_id])

    def _drafted(self, path: Path | None) -> None:
        if path is not None:
            self.console_app.author(path)

    @on(Input.Submitted, "#elsewhere")
    def look_up(self, message: Input.Submitted) -> None:
        """Opens what was named, or says why not."""
        message.stop()
        named = message.value.strip()
        if not named:
            return
        try:
            path = self.console_app.library.find(Path(named).expanduser())
        except (TabletopError, RuntimeError) as error:
            self._say(str(error))
        else:
            self._say("")
            self.console_app.author(path)

    def _say(self, sentence: str) -> None:
        self.query_one("#trouble", Static).update(safe.prose(sentence))


def _line(card: "ScenarioCard", id: str, beside: str) -> Option:
    note = say("{where}, has problems", where=beside) if card.problem else beside
    return Choices.line(card.title or card.slug, note, id=id)

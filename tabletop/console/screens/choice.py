"""Choice: one question on a page of its own, with a few answers; escape leaves all as it is."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.typeset import Block
from tabletop.console.widgets.answers import Answers, Item
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.wording import say


class ChoiceScreen(BaseScreen[str]):
    """Gives back the id of what was chosen, or an empty string."""

    HINTS = ("list.select",)

    def __init__(self, title: str, told: Sequence[Block], items: Sequence[Item]) -> None:
        """Takes the question and its answers, the one that changes nothing included."""
        super().__init__()
        self.title_words = title
        self.told = tuple(told)
        self.items = tuple(items)

    def compose(self) -> ComposeResult:
        """The question, then the answers."""
        yield Heading(self.title_words)
        with Page():
            yield Sheet(self.told, classes="said")
            yield Answers(numbered=False, chooses=False, id="choices")
        yield Footer()

    def on_mount(self) -> None:
        """Offers the answers."""
        answers = self.query_one("#choices", Answers)
        answers.items = self.items
        answers.focus()

    def about(self) -> str:
        """What one does here."""
        return say("Arrows point at an answer, enter gives it. Escape leaves everything as it is.")

    @on(Answers.Confirmed)
    def answered(self, message: Answers.Confirmed) -> None:
        """Gives the answer back."""
        message.stop()
        self.dismiss(message.item)

    def action_back(self) -> None:
        """Leaves everything as it is."""
        self.dismiss("")

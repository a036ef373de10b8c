"""Problem and question: one sentence, and what to do about it."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList

from tabletop.console import safe
from tabletop.console.screens.base import BaseScreen, Page
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.verb import Verb
from tabletop.wording import say


class ProblemScreen(BaseScreen[None]):
    """Says what can't be done and how to mend it; nothing is lost by it."""

    HINTS = ("page_down",)
    CSS = """
    ProblemScreen Page { padding: 2 3 0 3; }
    ProblemScreen.-narrow Page { padding: 1 2 0 2; }
    """

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    def compose(self) -> ComposeResult:
        """The sentence, and the way back."""
        with Page():
            yield safe.static(self.sentence, classes="said")
            yield Verb(say("Back"))
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say("Something can't be done as it stands. Nothing is lost.")

    @on(Verb.Pressed)
    def leave(self) -> None:
        """Goes back."""
        self.dismiss()


class AskScreen(BaseScreen[bool]):
    """Asks before something that can't be taken back; keeping is the first answer."""

    HINTS = ("list.select",)
    CSS = """
    AskScreen Page { padding: 2 3 0 3; }
    AskScreen.-narrow Page { padding: 1 2 0 2; }
    """

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        super().__init__()
        self.question = question
        self.yes = yes
        self.no = no

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        with Page():
            yield safe.static(self.question, classes="said")
            yield Choices(
                [Choices.line(self.no, id="no"), Choices.line(self.yes, id="yes")], id="answers"
            )
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say("Enter answers. Escape leaves everything as it is.")

    @on(OptionList.OptionSelected)
    def answer(self, message: OptionList.OptionSelected) -> None:
        """Gives the answer back."""
        self.dismiss(message.option_id == "yes")

    def action_back(self) -> None:
        """Answers no."""
        self.dismiss(False)

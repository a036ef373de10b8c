"""How it works: what an exercise is, in one page."""

from textual.app import ComposeResult

from tabletop.console import safe
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.widgets.footer import Footer
from tabletop.wording import say


class HowScreen(BaseScreen[None]):
    """A page to read once."""

    HINTS = ("page_down",)

    def compose(self) -> ComposeResult:
        """The page."""
        yield Heading(say("How it works"))
        with Page():
            for title, text in sections():
                yield safe.static(title, classes="part")
                yield safe.static(text)
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say("What an exercise is and what becomes of your answers.")


def sections() -> tuple[tuple[str, str], ...]:
    """The page, as headings and paragraphs."""
    return (
        (
            say("The story"),
            say(
                "An exercise is a story in scenes. You read what happens, you know some things "
                "that others do not, and now and then something is asked of you: choose an answer, "
                "say why in a line if you like, and how sure you are. Others at the table do the "
                "same; roles nobody plays are taken by stand-ins, and are marked as such."
            ),
        ),
        (
            say("What you know"),
            say(
                "What only your role knows stands apart. You may share some of it with others; "
                "some of it is wise to share, some is not yours to give, and keeping something "
                "back can cost as much as telling it. The program does not say which is which."
            ),
        ),
        (
            say("What is marked"),
            say(
                "Every choice is marked on two sides that are never added up: what it did for the "
                "people concerned, and what it did for the case. Every mark names the guidance "
                "behind it. You see none of this while you play."
            ),
        ),
        (
            say("The debrief"),
            say(
                "Afterwards you go through it step by step: what was known when, what went well, "
                "the widest gaps and another way for each. You can save it as a document."
            ),
        ),
        (
            say("Stopping"),
            say(
                "Pause, step out or skip a passage whenever you like; none of it is marked. Every "
                "answer is saved as you give it, so you can quit at any moment and go on later."
            ),
        ),
        (
            say("What stays here"),
            say(
                "Everything is kept on this computer, in files only you can read, until you delete "
                "it. Nothing is sent anywhere. This is training, not legal advice."
            ),
        ),
    )

"""Terms: the words and abbreviations of the field that are on screen now, in plain words."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.message import Message

from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.typeset import Block, blocks, plain
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.scenario.guidance import GlossaryEntry


def occurring(
    texts: Iterable[str], glossary: Iterable["GlossaryEntry"]
) -> tuple["GlossaryEntry", ...]:
    """The entries of which a form occurs in the texts as a whole word."""
    whole = "\n".join(texts)
    return tuple(entry for entry in glossary if any(_found(form, whole) for form in _forms(entry)))


def _forms(entry: "GlossaryEntry") -> tuple[str, ...]:
    return (entry.term, *entry.also)


def _found(form: str, text: str) -> bool:
    # An abbreviation is only itself in capitals: "CAC", not "cac"; "T visa", but also "t visa".
    flags = 0 if form.isupper() else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(form)}(?:s|es)?(?!\w)", text, flags) is not None


class TermsScreen(BaseScreen[None]):
    """The terms on screen, each with what it means."""

    HINTS = ("page_down",)

    class Found(Message):
        """The terms that occur, set."""

        def __init__(self, told: tuple[Block, ...]) -> None:
            super().__init__()
            self.told = told

    def __init__(self, texts: tuple[str, ...]) -> None:
        """Takes the texts that are on screen."""
        super().__init__()
        self.texts = texts

    def compose(self) -> ComposeResult:
        """A heading and the terms."""
        yield Heading(say("Terms"), say("those that are on the screen you came from"))
        with Page():
            yield Sheet((plain(say("Looking them up …"), "note"),), id="terms")
        yield Footer()

    def on_mount(self) -> None:
        """Looks them up."""
        self.look_up()

    @work(thread=True, group="terms")
    def look_up(self) -> None:
        """Reads the glossary and finds what occurs."""
        from tabletop.conduct.library import guidance

        found = occurring(self.texts, guidance().glossary.values())
        told: list[Block] = []
        for entry in found:
            told.append(plain(entry.term, "title", gap=1 if told else 0))
            told += blocks(entry.means)
        if not told:
            told.append(plain(say("No term of the glossary is on that screen.")))
        self.post_message(self.Found(tuple(told)))

    def on_terms_screen_found(self, message: Found) -> None:
        """Shows them."""
        self.query_one("#terms", Sheet).blocks = message.told

    def about(self) -> str:
        """What this screen is for."""
        return say("Terms and abbreviations that are on the screen, explained. Escape goes back.")

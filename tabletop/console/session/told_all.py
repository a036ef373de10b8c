"""Told: every passage of a table, with whom it reached."""

from textual.app import ComposeResult

from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.session.panels import clock
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, blocks, plain
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.exercise.conduct_types import ConductView
from tabletop.wording import say


class ToldScreen(BaseScreen[None]):
    """Everything that was told at a table so far, the newest last."""

    def __init__(self, view: ConductView) -> None:
        """Takes the table as it is now."""
        super().__init__()
        self.view = view

    def compose(self) -> ComposeResult:
        """The passages."""
        yield Heading(say("Everything told"), say("with whom it reached"))
        with Page(id="all"):
            yield Sheet(told(self.view))
        yield Footer()

    def on_mount(self) -> None:
        """Begins at the newest."""
        super().on_mount()
        self.query_one("#all", Page).scroll_end(animate=False)

    def about(self) -> str:
        """What this screen is for."""
        return say("Read it and go back; it does not change while you read.")


def told(view: ConductView) -> tuple[Block, ...]:
    """The passages as blocks."""
    found: list[Block] = []
    for each in view.feed:
        passage = each.passage
        heading = passage.heading or spaced(passage.kind)
        to = ", ".join(map(spaced, each.to)) or say("the facilitator")
        line = f"{clock(passage.at)} · {heading} · {to}"
        found.append(plain(line, "heading", gap=1))
        if passage.title:
            found.append(plain(passage.title, "title"))
        found += blocks(passage.text)
    return tuple(found)

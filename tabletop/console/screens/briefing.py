"""Briefing: one's role, what only it knows at the start, and what the exercise asks."""

from textual import on
from textual.app import ComposeResult

from tabletop.console import safe
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, blocks, plain
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.console.widgets.side import facts
from tabletop.console.widgets.verb import Verb
from tabletop.exercise.view_types import PlayerView
from tabletop.wording import say


class BriefingScreen(BaseScreen[None]):
    """What a person reads before the first scene."""

    CSS = """
    BriefingScreen #briefed-facts {
        border: round $private; border-title-color: $private; border-title-style: bold;
        padding: 0 1; margin-top: 1;
    }
    BriefingScreen #begin { dock: bottom; margin: 1 3; }
    """
    HINTS = ("verb.press", "page_down")

    def __init__(self, view: PlayerView) -> None:
        """Takes what the seat knows as it begins."""
        super().__init__()
        self.view = view

    def compose(self) -> ComposeResult:
        """Who you are, what is asked, what only you know."""
        view = self.view
        yield Heading(
            say("You are the {role}", role=spaced(view.role)),
            say("{name} · {title}", name=view.name, title=view.title),
        )
        with Page():
            yield Sheet(blocks(view.brief) if view.brief else _later(view))
            known = [fact for fact in view.facts if fact.how != "shared"]
            if known:
                yield Sheet(facts(known), id="briefed-facts")
            yield safe.static(say("What is asked of you"), classes="part")
            yield Sheet(
                (
                    plain(
                        say(
                            "Read what happens. Decide when you are asked, say in a line why, and "
                            "change your mind until the answer counts."
                        )
                    ),
                    plain(
                        say(
                            "What you know, others may not. You can tell them; whether you should "
                            "is yours to judge."
                        )
                    ),
                    plain(
                        say(
                            "Nothing tells you on the spot whether it was right. That is what the "
                            "debrief is for. Pause or step out whenever you like."
                        )
                    ),
                )
            )
        yield Verb(say("Begin"), id="begin")
        yield Footer()

    def on_mount(self) -> None:
        """Labels the private frame in words."""
        for frame in self.query("#briefed-facts"):
            safe.set_border_title(frame, say("ONLY YOU KNOW"))
        self.query_one("#begin").focus()

    def about(self) -> str:
        """What this screen is for."""
        return say("Your role and what only it knows. Enter begins; f7 shows this again later.")

    @on(Verb.Pressed)
    def begin(self) -> None:
        """Goes on to the exercise."""
        self.dismiss()


def _later(view: PlayerView) -> tuple[Block, ...]:
    return (
        plain(
            say(
                "You join with “{scene}”. Your brief comes then; until then the others act.",
                scene=view.joins,
            )
        ),
    )

"""Papers: the documents of an exercise, chosen and saved."""

import asyncio
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Static

from tabletop.conduct.errors import TabletopError
from tabletop.conduct.papers import Papers
from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.verb import Verb
from tabletop.exercise.record import Record, Unreadable
from tabletop.wording import say

if TYPE_CHECKING:
    from pathlib import Path

COLUMN = 34
"""Where it says who a document is for."""
Save = Callable[[Collection[str]], "tuple[Path, ...]"]
"""Saves the kinds that were chosen."""


class Kinds(Choices):
    """The documents there are."""

    def about(self) -> str:
        """What one does here."""
        return say(
            "Space or enter marks what is to be saved, and takes it back. What only you can say "
            "(when, where, for whom) comes from the file named above, where there is one; "
            "otherwise it is room to write. An exercise that was played is saved without names."
        )


class PapersScreen(BaseScreen[None]):
    """The documents of one exercise."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("papers.save", "save", say("Save"))]
    HINTS = ("papers.save", "list.mark", "page_down")
    CSS = """
    PapersScreen #where { color: $quiet; margin-bottom: 1; }
    PapersScreen #saved { color: $success; margin-top: 1; display: none; }
    PapersScreen #save { dock: bottom; margin: 1 3; }
    PapersScreen.-narrow #save { margin: 1 2; }
    """

    class Saved(Message):
        """The documents lie where these paths say."""

        def __init__(self, paths: "tuple[Path, ...]") -> None:
            super().__init__()
            self.paths = paths

    def __init__(self, title: str, kinds: tuple[tuple[str, str, str], ...], save: Save) -> None:
        """Takes what it is about, each kind with its name and who it is for, and what saves."""
        super().__init__()
        self.title_words = title
        self.kinds = kinds
        self.save_chosen = save

    def compose(self) -> ComposeResult:
        """Where they go, what there is, and the one thing to do."""
        papers = Papers(self.console_app.folder)
        yield Heading(say("Documents: {title}", title=self.title_words))
        with Page():
            yield safe.static(
                say(
                    "Saved in {folder}. When, where and for whom: {about}.",
                    folder=papers.path,
                    about=papers.about_path,
                ),
                id="where",
            )
            yield Kinds(
                [
                    Choices.line(name, readers, id=kind, column=COLUMN)
                    for kind, name, readers in self.kinds
                ],
                marks="many",
                chosen=[kind for kind, _, _ in self.kinds],
                least=1,
                id="kinds",
            )
            yield safe.static("", id="saved")
        yield Verb(say("Save as Markdown and HTML"), id="save")
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say("The papers of an exercise: manual, briefs, handbook, guides, report.")

    def on_mount(self) -> None:
        """Begins at saving all of them."""
        super().on_mount()
        self.query_one("#save").focus()

    @on(Verb.Pressed)
    def pressed(self) -> None:
        """Saves what is marked."""
        self.action_save()

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Saves what is marked, away from the screen."""
        chosen = self.query_one(Kinds).chosen
        try:
            paths = await asyncio.to_thread(self.save_chosen, tuple(chosen))
        except (TabletopError, Unreadable) as error:
            self.console_app.problem(str(error))
            return
        self.post_message(self.Saved(paths))

    @on(Saved)
    def saved(self, message: Saved) -> None:
        """Says where the documents lie."""
        static = self.query_one("#saved", Static)
        names = "\n".join(path.name for path in message.paths)
        sentence = say("Saved, {count} files:", count=len(message.paths))
        static.update(safe.prose(f"{sentence}\n{names}"))
        static.display = True
        static.scroll_visible(animate=False)


def planned_papers(screen: BaseScreen[None], title: str, ref: "str | Path") -> PapersScreen:
    """The papers of an exercise of a scenario that is still to come."""
    app = screen.console_app
    papers = Papers(app.folder)
    everyone, conductors = say("everyone"), say("who conducts")
    kinds = (
        ("situation-manual", say("Situation Manual"), everyone),
        ("role-briefs", say("Role briefs"), say("each role")),
        ("handbook", say("Facilitator, evaluator handbook"), conductors),
        ("msel", say("Master Scenario Events List"), conductors),
        ("evaluation-guides", say("Exercise evaluation guides"), conductors),
        ("feedback-form", say("Participant feedback form"), everyone),
        ("attendance-roster", say("Attendance roster"), everyone),
        ("participation-certificate", say("Certificate of participation"), everyone),
    )
    return PapersScreen(title, kinds, lambda chosen: papers.save_planned(app.library, ref, chosen))


def played_papers(screen: BaseScreen[None], title: str, exercise: "str | Record") -> PapersScreen:
    """The papers of an exercise that was played."""
    app = screen.console_app
    papers = Papers(app.folder)
    holders = say("who conducted")
    kinds = (
        ("debrief", say("Debrief"), say("everyone")),
        ("after-action-report", say("After-action report"), holders),
        ("msel", say("Events list, as played"), holders),
        ("evaluation-guides", say("Evaluation guides, filled in"), holders),
        ("participation-certificate", say("Certificate of participation"), say("everyone")),
    )

    def save(chosen: Collection[str]) -> "tuple[Path, ...]":
        record = exercise if isinstance(exercise, Record) else app.folder.record(exercise)
        return papers.save_played(record, chosen)

    return PapersScreen(title, kinds, save)

"""Drafting: the few questions before a new scenario is written."""

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, Static

from tabletop.authoring.draft import SCENARIO, folder_name
from tabletop.authoring.draft_roles import KINDS, Undrafted, draft_roles
from tabletop.conduct.draft_folder import first_draft, write_draft
from tabletop.conduct.errors import TabletopError
from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.decision import Words
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.verb import Verb
from tabletop.wording import say

LONGEST = 300


class DraftingScreen(BaseScreen[Path | None]):
    """A title, the roles at the table, a folder; gives back the scenario's file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.up", "app.focus_previous", say("Field before"), show=False),
        bind("field.down", "app.focus_next", say("Field after"), show=False),
        bind("setup.start", "write", say("Write it"), show=False),
    ]
    HINTS = ("words.done", "list.mark", "verb.press", "page_down")
    CSS = """
    DraftingScreen Words { height: 1; border: none; padding: 0 1; background: $surface; }
    DraftingScreen Words:focus { background: $cursor; color: $text; }
    DraftingScreen #trouble { color: $warning; }
    DraftingScreen Verb { margin-top: 1; }
    """

    class Written(Message):
        """The scenario lies there, or could not be written, with the reason."""

        def __init__(self, path: Path | None, problem: str = "") -> None:
            super().__init__()
            self.path = path
            self.problem = problem

    def __init__(self) -> None:
        super().__init__()
        self.proposed = ""
        """The folder as it was last proposed."""

    def compose(self) -> ComposeResult:
        """The questions, then the verb."""
        yield Heading(say("A new exercise"), say("a first draft to write over"))
        with Page():
            yield safe.static(say("What is it called?"), classes="part")
            yield Words(max_length=LONGEST, compact=True, id="title", select_on_focus=False)
            yield safe.static(say("Who is at the table?"), classes="part")
            yield Choices(
                [Choices.line(name, id=kind) for kind, name in _kinds().items()],
                marks="many",
                chosen=KINDS[:3],
                least=1,
                id="roles",
            )
            yield safe.static(say("Into which new folder?"), classes="part")
            yield Words(max_length=LONGEST, compact=True, id="folder", select_on_focus=False)
            yield Verb(say("Write it"))
            yield safe.static("", id="trouble")
        yield Footer()

    def on_mount(self) -> None:
        """Begins with the title."""
        super().on_mount()
        self.query_one("#title").focus()

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "A first draft is a small scenario that works: one decision and one thing only it "
            "knows for each role, and endings. More roles of a kind, or other names, are a matter "
            "of writing. Nothing is written before you say so."
        )

    @on(Input.Changed, "#title")
    def propose(self, message: Input.Changed) -> None:
        """Proposes a folder named after the title, while nobody named another."""
        folder = self.query_one("#folder", Input)
        if folder.value == self.proposed:
            self.proposed = folder_name(message.value) if message.value.strip() else ""
            folder.value = safe.field(self.proposed)

    @on(Input.Submitted, "#title")
    def on_to_roles(self) -> None:
        """Goes on to the roles."""
        self.query_one("#roles").focus()

    @on(Input.Submitted, "#folder")
    @on(Verb.Pressed)
    def action_write(self) -> None:
        """Writes the scenario, or says what is missing."""
        title = self.query_one("#title", Input).value
        folder = self.query_one("#folder", Input).value.strip()
        if not title.strip() or not folder:
            self._say(say("It needs a title and a folder."))
            self.query_one("#folder" if title.strip() else "#title").focus()
            return
        chosen = self.query_one("#roles", Choices).chosen
        self.write(title, tuple(kind for kind in KINDS if kind in chosen), folder)

    @work(thread=True, exclusive=True, group="write")
    def write(self, title: str, kinds: tuple[str, ...], folder: str) -> None:
        """Writes the files, away from the screen."""
        try:
            path = Path(folder).expanduser()
            write_draft(path, first_draft(title, draft_roles(kinds)))
        except (TabletopError, Undrafted, RuntimeError) as error:
            self.post_message(self.Written(None, str(error)))
        else:
            self.post_message(self.Written(path / SCENARIO))

    @on(Written)
    def written(self, message: Written) -> None:
        """Gives back where it lies."""
        if message.path is None:
            self._say(message.problem)
        else:
            self.dismiss(message.path)

    def _say(self, sentence: str) -> None:
        self.query_one("#trouble", Static).update(safe.prose(sentence))

    def action_back(self) -> None:
        """Writes nothing."""
        self.dismiss(None)


def _kinds() -> dict[str, str]:
    return {
        "investigator": say("investigator (law enforcement)"),
        "advocate": say("advocate (victim services)"),
        "prosecutor": say("prosecutor"),
        "counsel": say("counsel (an attorney of the victims)"),
    }

"""Earlier: one's brief and the scenes so far, to read again."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from tabletop.console.screens.base import BaseScreen, Heading
from tabletop.console.widgets.answers import Answers, Item
from tabletop.console.widgets.feed import Feed
from tabletop.console.widgets.footer import Footer
from tabletop.exercise.view_types import PassageView, PlayerView
from tabletop.wording import say

BRIEF = "brief "


class EarlierScreen(BaseScreen[None]):
    """A list of scenes, and what was read in the one it points at."""

    CSS = """
    EarlierScreen #earlier { layout: vertical; height: 1fr; }
    EarlierScreen #scenes { max-height: 8; margin: 0 2 1 2; }
    EarlierScreen #passages { width: 1fr; height: 1fr; }
    EarlierScreen.-wide #earlier { layout: horizontal; }
    EarlierScreen.-wide #scenes { width: 38; max-height: 100%; margin: 0 1 0 2; }
    """
    HINTS = ("list.select", "page_down")

    def __init__(self, view: PlayerView, scene: str = "") -> None:
        """Takes what the seat has read, and where to begin."""
        super().__init__()
        self.view = view
        self.begin = scene or (view.scenes[-1].id if view.scenes else BRIEF)

    def compose(self) -> ComposeResult:
        """The scenes beside or above their passages."""
        yield Heading(say("Earlier"), say("your brief, and the scenes so far"))
        with Container(id="earlier"):
            yield Answers(numbered=False, id="scenes")
            yield Feed(id="passages")
        yield Footer()

    def on_mount(self) -> None:
        """Points at where to begin."""
        scenes = self.query_one("#scenes", Answers)
        scenes.chosen = self.begin
        scenes.items = (
            Item(BRIEF, say("Your brief"), plain=True),
            *(
                Item(scene.id, scene.title, plain=True, quiet=scene.time)
                for scene in self.view.scenes
            ),
        )
        scenes.focus()
        self.show_scene(self.begin)

    @on(Answers.Pointed, "#scenes")
    def pointed(self, message: Answers.Pointed) -> None:
        """Shows what the pointer is at."""
        message.stop()
        self.query_one("#scenes", Answers).chosen = message.item
        self.show_scene(message.item)

    @on(Answers.Chosen, "#scenes")
    def chosen(self, message: Answers.Chosen) -> None:
        """Goes on to reading."""
        message.stop()
        self.show_scene(message.item)
        self.query_one("#passages").focus()

    def show_scene(self, scene: str) -> None:
        """Shows the passages of a scene, or the brief."""
        self.query_one(Feed).show(self.passages(scene), self.view.scenes, begin=0)

    def passages(self, scene: str) -> tuple[PassageView, ...]:
        """The passages of a scene, or the brief."""
        if scene == BRIEF:
            return tuple(passage for passage in self.view.feed if passage.kind == "brief")
        return tuple(
            passage
            for passage in self.view.feed
            if passage.scene == scene and passage.kind != "brief"
        )

    def action_page(self, direction: int) -> None:
        """Turns the pages of the scene."""
        feed = self.query_one(Feed)
        feed.page() if direction > 0 else feed.page_back()

    def about(self) -> str:
        """What one does here."""
        return say(
            "Arrows move from scene to scene; enter goes on to the text, where arrows and the "
            "page keys scroll. Escape goes back to the exercise."
        )

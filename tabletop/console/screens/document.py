"""Document: one of the debrief's documents to read, a page after another."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.widgets.debrief_page import set_blocks
from tabletop.console.widgets.debrief_sheet import written_out
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.debrief import blocks as b
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.debrief.documents.document import Document


class DocumentScreen(BaseScreen[None]):
    """A document to read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("debrief.next", "turn(1)", say("Next")),
        bind("debrief.previous", "turn(-1)", say("Before")),
    ]
    HINTS = ("debrief.next", "debrief.previous", "page_down")

    def __init__(self, document: "Document") -> None:
        """Takes the document."""
        super().__init__()
        self.document = document
        self.number = 0

    def compose(self) -> ComposeResult:
        """The first page."""
        yield Heading("")
        with Page():
            yield Sheet(())
        yield Footer()

    def on_mount(self) -> None:
        """Sets the first page."""
        super().on_mount()
        self._set()

    def on_resize(self, event: Resize) -> None:
        """Sets the page anew, as wide as there is room."""
        super().on_resize(event)
        self._set()

    def _set(self) -> None:
        leaf, most = self.document.pages[self.number], len(self.document.pages)
        where = say("{number} of {count}", number=self.number + 1, count=most) if most > 1 else ""
        self.query_one(Heading).update(
            safe.parts(safe.label(leaf.title, "bold"), "   ", (where, "$quiet"))
        )
        last = self.document.notice_last
        title = () if self.number else (self.document.title,)
        notice = self.document.notice if self.number == (most - 1 if last else 0) else ()
        above, below = (title, notice) if last else ((*title, *notice), ())
        blocks = (
            *(b.Line(line, "quiet") for line in above),
            *written_out(leaf.blocks),
            *(b.Line(line, "quiet") for line in below),
        )
        self.query_one(Sheet).blocks = set_blocks(blocks, self.size.width)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers no page where there is none."""
        if action == "turn":
            return parameters[0] in self._turns()
        return super().check_action(action, parameters)

    def _turns(self) -> tuple[int, ...]:
        most = len(self.document.pages)
        return tuple(by for by in (-1, 1) if 0 <= self.number + by < most)

    def action_turn(self, by: int) -> None:
        """Turns to another page."""
        if by in self._turns():
            self.number += by
            self._set()
            self.query_one(Page).scroll_home(animate=False)

    def about(self) -> str:
        """What this screen is for."""
        return say("Page keys move in it. Training, not legal advice; it may be discoverable.")

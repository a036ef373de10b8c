"""Paper: a page of set text that scrolls and can have the focus."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from tabletop.console.keys import bind
from tabletop.console.typeset import Block
from tabletop.console.widgets.sheet import Sheet, lines_of
from tabletop.wording import say


class Paper(VerticalScroll, can_focus=True, inherit_bindings=False):
    """A page; it stays where it was scrolled to while it is about the same thing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("move.up", "scroll_up", say("Up"), show=False),
        bind("move.down", "scroll_down", say("Down"), show=False),
        bind("move.first", "scroll_home", say("First"), show=False),
        bind("move.last", "scroll_end", say("Last"), show=False),
    ]
    DEFAULT_CSS = """
    Paper { padding: 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    Paper Sheet { max-width: 84; }
    """

    def __init__(self, about: str = "", *, id: str | None = None) -> None:
        """An empty page, and what help says of it."""
        super().__init__(id=id)
        self._about = about
        self._subject: object = None

    def compose(self) -> ComposeResult:
        """The text."""
        yield Sheet()

    def show(self, blocks: Sequence[Block], subject: object, begin: int = 0) -> None:
        """Shows a text about something, from one of its blocks on."""
        sheet = self.query_one(Sheet)
        sheet.blocks = tuple(blocks)
        if subject != self._subject:
            self._subject = subject
            self.call_after_refresh(self._begin, blocks[:begin], blocks[begin : begin + 1])

    def _begin(self, above: Sequence[Block], first: Sequence[Block]) -> None:
        width = self.query_one(Sheet).size.width
        gap = sum(block.gap for block in first)
        self.scroll_to(y=len(lines_of(above, width)) + gap if above else 0, animate=False)

    def page(self, direction: int) -> None:
        """Scrolls by most of its height."""
        self.scroll_relative(y=direction * max(1, self.size.height - 2), animate=False)

    def about(self) -> str:
        """What one does here."""
        return self._about

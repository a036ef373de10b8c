"""Confidence: how sure a person is, as one line of four words."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.wording import say

WORDS = (say("guess"), say("lean"), say("fairly sure"), say("certain"))


class Confidence(Widget, can_focus=True):
    """Four words to move along; nothing has to be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("move.left", "move(-1)", say("Less sure"), show=False),
        bind("move.right", "move(1)", say("More sure"), show=False),
        bind("words.done", "confirm", say("Done"), show=False),
        *(
            bind(f"number.{n}", f"set({n})", say("Choose by number"), show=False)
            for n in range(1, 5)
        ),
    ]
    COMPONENT_CLASSES = {"confidence--here", "confidence--chosen"}
    DEFAULT_CSS = """
    Confidence {
        height: 1;
        color: $quiet;
        & .confidence--here { background: $cursor; color: $text; }
        & .confidence--chosen { color: $text; text-style: bold; }
    }
    """

    value: reactive[int] = reactive(0)
    """1 guess to 4 certain; 0 not said."""

    @dataclass
    class Changed(Message):
        """Another word was chosen."""

        value: int

    class Confirmed(Message):
        """Enter was pressed."""

    def action_move(self, by: int) -> None:
        """Moves along the words."""
        self.action_set(min(4, max(1, self.value + by)))

    def action_set(self, value: int) -> None:
        """Chooses a word."""
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(value))

    def action_confirm(self) -> None:
        """Says that this will do."""
        self.post_message(self.Confirmed())

    def on_click(self, event: events.Click) -> None:
        """Chooses the word under the pointer."""
        for number, (start, text) in enumerate(self._places(), start=1):
            if start <= event.x < start + len(text):
                self.action_set(number)

    def about(self) -> str:
        """What one does here."""
        return say(
            "How sure are you? Left and right choose a word; it may stay open. It is shown with "
            "your answer after the reveal and serves to think about later, nothing else."
        )

    def render_line(self, y: int) -> Strip:
        """The question and the four words."""
        plain = self.visual_style
        line = [Segment(self._question, plain.rich_style)]
        for number, (_, text) in enumerate(self._places(), start=1):
            style = plain
            if number == self.value:
                part = "confidence--here" if self.has_focus else "confidence--chosen"
                style = self.get_visual_style(part)
            line += [Segment(text, style.rich_style), Segment(" ", plain.rich_style)]
        return Strip(line).adjust_cell_length(self.size.width, plain.rich_style)

    @property
    def _question(self) -> str:
        wide = say("How sure are you?  ")
        return wide if self.size.width >= 64 else say("Sure?  ")

    def _places(self) -> list[tuple[int, str]]:
        places = []
        start = len(self._question)
        for number, word in enumerate(WORDS, start=1):
            text = safe.one_line(word)
            text = f" ▸ {text} " if number == self.value else f"   {text} "
            places.append((start, text))
            start += len(text) + 1
        return places

"""Output filters: what is done to every line on its way to the terminal.

`App._filters` is private to Textual; the version is pinned and a test on a real terminal pins the
behaviour: nothing but Textual's own escapes gets through.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tabletop.console.safe import UNSEEN
from tabletop.console.themes import contrast

# A drawn line holds no tab or break either, whatever it was made from.
_FILTER = re.compile(UNSEEN.pattern + "|[\t\n\u2028\u2029]")
STANDS_OUT = 2.5
_PLAIN = Style.from_color(RichColor.default(), RichColor.default())


class Unseen(LineFilter):
    """Deletes control, bidirectional and zero-width characters and links from drawn text."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, each as wide as before."""
        return [
            segment
            if segment.control or (text_is_clean(segment.text) and not linked(segment.style))
            else Segment(cleaned(segment.text), unlinked(segment.style))
            for segment in segments
        ]


class NoColour(LineFilter):
    """Leaves out every colour, for `NO_COLOR`; what stood out by its background is reversed."""

    def __init__(self, page: Callable[[], Color]) -> None:
        super().__init__()
        self.page = page
        """The ground of the whole page, from which things stand out."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in the terminal's own two colours."""
        page = self.page()
        return [
            Segment(text, colourless(style, page) if style else style, control)
            for text, style, control in segments
        ]


def linked(style: Style | None) -> bool:
    """Whether a style carries a terminal hyperlink."""
    return style is not None and style.link is not None


def unlinked(style: Style | None) -> Style | None:
    """The style without a terminal hyperlink."""
    return style.update_link(None) if style is not None and style.link else style


@lru_cache(4096)
def text_is_clean(text: str) -> bool:
    """Whether nothing in the text would be deleted."""
    return _FILTER.search(text) is None


def cleaned(text: str) -> str:
    """The text with blanks, or nothing where it took no room, in place of what is deleted."""
    return _FILTER.sub(lambda match: " " * cell_len(match[0]), text)


@lru_cache(1024)
def colourless(style: Style, page: Color) -> Style:
    """The style without colours, reversed where its ground differs much from the page's."""
    plain = style + _PLAIN
    if style.bgcolor is None or style.bgcolor.is_default or style.reverse:
        return plain
    stands_out = contrast(Color.from_rich_color(style.bgcolor), page) > STANDS_OUT
    return plain + Style(reverse=True) if stands_out else plain

"""Set text: lines of safe content drawn straight to strips, so that a page costs one widget."""

from collections.abc import Sequence
from functools import lru_cache

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from tabletop.console import safe
from tabletop.console.typeset import Block

STYLES = {
    "strong": "bold",
    "em": "italic",
    "code": "$quiet",
    "link": "underline",
    "quote": "$quiet",
    "heading": "$accent",
    "title": "bold",
    "section": "$quiet bold",
    "note": "$quiet",
    "warning": "$warning bold",
    "rule": "$rule",
}
"""How each kind of line or span differs from the text around it."""

Line = tuple[str, Content]
"""The kind of a line, and what stands on it."""


@lru_cache(maxsize=8_192)
def _set(block: Block, width: int) -> tuple[Line, ...]:
    """The lines of one block at a width."""
    lines: list[Line] = [("text", safe.prose(""))] * block.gap
    if block.kind == "rule":
        return (*lines, ("rule", safe.prose("─" * width)))
    if block.kind == "heading":
        return (*lines, *_heading(block, width))
    content = safe.prose(block.text)
    for span in block.spans:
        content = content.stylize(span.kind, span.start, span.end)
    room = max(8, width - len(block.rest))
    for number, line in enumerate(content.wrap(room)):
        before = block.rest if number else block.first
        lines.append((block.kind, safe.parts(before, line) if before else line))
    return tuple(lines)


def _heading(block: Block, width: int) -> list[Line]:
    """A heading: a short rule, who speaks, and a rule to the end of the line."""
    lines = safe.prose(block.text).wrap(max(8, width - 4))
    last = lines[-1]
    rule = "─" * (width - 4 - last.cell_length)
    headed = [
        safe.parts(("── ", "rule") if number == 0 else "   ", line)
        for number, line in enumerate(lines)
    ]
    headed[-1] = safe.parts(headed[-1], " ", (rule, "rule"))
    return [("heading", line) for line in headed]


def lines_of(blocks: Sequence[Block], width: int) -> list[Line]:
    """The lines of blocks at a width."""
    return [line for block in blocks for line in _set(block, width)]


def _style(kind: str | Style) -> Style:
    """The style of a kind in the theme there is now; any other style as it is."""
    return Style.parse(STYLES.get(kind, "")) if isinstance(kind, str) else kind


class Setting(Widget):
    """A widget that draws lines of set text, each kind in its own style.

    The styles are not component classes: Textual would match rules for every one of them, in every
    such widget, whenever anything about its screen changes.
    """

    def strip_of(self, line: Line, width: int, over: Style | None = None) -> Strip:
        """One line, as wide as asked."""
        kind, content = line
        base = self.visual_style + _style(kind)
        if over is not None:
            base += over
        segments = [
            Segment(text, style.rich_style)
            for text, style in content.render(base, end="", parse_style=_style)
        ]
        strip = Strip(segments, content.cell_length)
        return strip.adjust_cell_length(width, base.rich_style)


class Sheet(Setting):
    """Blocks of text at their full height."""

    DEFAULT_CSS = """
    Sheet { height: auto; }
    """

    blocks: reactive[tuple[Block, ...]] = reactive((), layout=True)
    """What it says."""

    def __init__(
        self, blocks: Sequence[Block] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        """A sheet that begins with some text."""
        super().__init__(id=id, classes=classes)
        self.set_reactive(Sheet.blocks, tuple(blocks))

    def watch_blocks(self, blocks: tuple[Block, ...]) -> None:
        """An empty sheet takes no room."""
        self.display = bool(blocks)

    def on_mount(self) -> None:
        """An empty sheet takes no room."""
        self.display = bool(self.blocks)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes."""
        return len(lines_of(self.blocks, width))

    def render_line(self, y: int) -> Strip:
        """One line of the text."""
        lines = lines_of(self.blocks, self.size.width)
        if y >= len(lines):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        return self.strip_of(lines[y], self.size.width)

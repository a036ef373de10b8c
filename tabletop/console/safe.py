"""Safe text: the one way from a string to what a widget shows.

Most of Textual's text slots read a plain `str` as markup: `[@click=app.quit]` in a name becomes a
live action, and a stray `[/b]` stops the program. Escaping does not close that hole, so no string
reaches a slot as a string. Each kind of slot has one function here. It takes away what may steer a
terminal or mislead an eye (control, bidirectional and zero-width characters), caps length and
lines, and gives back a value that is never parsed: `Content` for widgets, `Text` for cells, and a
plain cleaned `str` only for slots that read no markup. A test walks the console's syntax trees and
refuses any other way.

`output.Unseen` removes the same characters once more from everything that is drawn.
"""

import re
from typing import TYPE_CHECKING, Any

from textual.content import Content

if TYPE_CHECKING:
    from rich.text import Text
    from textual.app import App
    from textual.notifications import SeverityLevel
    from textual.widget import Widget
    from textual.widgets import Markdown, Static

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e0fff]"
)
"""Characters no one means to write: controls, bidirectional marks, zero width, lone surrogates."""

LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
LONGEST = 20_000
"""The most characters one slot is given."""
MOST_LINES = 600
"""The most lines one slot is given: a hundred thousand of them stop a screen for seconds."""
LONGEST_LINE = 400
"""The most characters a slot of one line is given."""


def clean(text: str, longest: int = LONGEST, lines: int = MOST_LINES) -> str:
    """The text without characters that steer or mislead, cut with an ellipsis where too long."""
    whole = UNSEEN.sub("", LINE_BREAK.sub("\n", text[: longest * 2])).replace("\t", "    ")
    kept = whole[:longest]
    if kept.count("\n") >= lines:
        kept = "\n".join(kept.split("\n", lines)[:lines])
    return kept if len(kept) == len(whole) and len(text) <= longest * 2 else kept + "…"


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """The cleaned text on one line, its white space drawn together."""
    return " ".join(clean(text, longest).split())


def prose(text: str | Content, style: str = "") -> Content:
    """For a Static of several lines, and for anything that takes `Content`."""
    if isinstance(text, Content):
        return text
    return Content.styled(clean(text), style) if style else Content(clean(text))


def label(text: str | Content, style: str = "") -> Content:
    """For a slot of one line: Label, Button, Checkbox, Tab, heading."""
    if isinstance(text, Content):
        return text
    line = one_line(text)
    return Content.styled(line, style) if style else Content(line)


def option(text: str | Content, style: str = "") -> Content:
    """For the prompt of an option in a list."""
    return prose(text, style)


def parts(*pieces: str | Content | tuple[str, str]) -> Content:
    """Content put together from plain text, `(text, style)` pairs and other content."""
    return Content.assemble(
        *(
            piece
            if isinstance(piece, Content)
            else (clean(piece[0]), piece[1])
            if isinstance(piece, tuple)
            else clean(piece)
            for piece in pieces
        )
    )


def markdown(text: str) -> str:
    """For a Markdown widget, which reads no console markup; links are `open_links=False`."""
    return clean(text)


def field(text: str, longest: int = LONGEST) -> str:
    """For the value of an Input or a TextArea, which read no markup."""
    return clean(text, longest)


def cell(text: str, style: str = "", longest: int = LONGEST_LINE) -> "Text":
    """For a cell of a DataTable, the label of a Tree, and what rich prints."""
    from rich.text import Text

    return Text(one_line(text, longest), style=style)


def file_name(text: str, longest: int = 40) -> str:
    """For a part of a file's name: lower-case ASCII letters, digits and dashes, never a path."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()[:200]).strip("-")
    return plain[:longest].strip("-") or "exercise"


def static(text: str | Content, **options: Any) -> "Static":
    """A Static that shows the text as it is."""
    from textual.widgets import Static

    return Static(prose(text), markup=False, **options)


def document(text: str, **options: Any) -> "Markdown":
    """A Markdown widget whose links are shown and never followed."""
    from textual.widgets import Markdown

    return Markdown(markdown(text), open_links=False, **options)


def set_border_title(widget: "Widget", text: str) -> None:
    """Titles the border of a widget."""
    widget.border_title = label(text)


def set_border_subtitle(widget: "Widget", text: str) -> None:
    """Titles the lower border of a widget."""
    widget.border_subtitle = label(text)


def set_tooltip(widget: "Widget", text: str) -> None:
    """Gives a widget a tooltip."""
    widget.tooltip = prose(text)


def notify(
    app: "App[Any]",
    text: str,
    severity: "SeverityLevel" = "information",
    *,
    seconds: float | None = None,
) -> None:
    """Shows a passing message."""
    app.notify(clean(text, 600, 6), severity=severity, timeout=seconds, markup=False)

"""CommonMark into blocks of text, so that a long feed is set once and never laid out as widgets.

What an author or a player wrote becomes plain text and named spans here, never markup: the only
styles are those in `Span.kind`, links are shown with their address and lead nowhere, and HTML is
text like any other.
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from tabletop.console.safe import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SpanKind = Literal["strong", "em", "code", "link"]
BlockKind = Literal[
    "text", "strong", "code", "rule", "quote", "heading", "title", "section", "note", "warning"
]

MOST_DEPTH = 12
MEANT = re.compile(r"[\\`*_\[\]<&]|[^\S \n]|^[ #>\-+=~0-9]| $", re.MULTILINE)
"""What may mean something in CommonMark. A text without it is paragraphs, and does not wait until
the library is imported that reads the others: a twentieth of opening an exercise."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a block's text that is set differently."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item, a line of code, a rule or a heading."""

    text: str
    spans: tuple[Span, ...] = ()
    kind: BlockKind = "text"
    first: str = ""
    """What stands before its first line, as in "2. "."""
    rest: str = ""
    """What stands before its other lines."""
    gap: int = 0
    """Empty lines before it."""


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "maxNesting": MOST_DEPTH}).disable(
        ["html_block", "html_inline", "image"]
    )


@lru_cache(maxsize=4_096)
def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a CommonMark text, in order."""
    cleaned = clean(text)
    return parsed(cleaned) if MEANT.search(cleaned) else _paragraphs(cleaned)


def parsed(text: str) -> tuple[Block, ...]:
    """The blocks of a cleaned CommonMark text, whatever stands in it."""
    setting = _Setting()
    for token in _parser().parse(text):
        setting.take(token)
    return tuple(setting.done)


def _paragraphs(text: str) -> tuple[Block, ...]:
    found = [each.replace("\n", " ") for each in re.split("\n\n+", text.strip("\n")) if each]
    return tuple(Block(each, gap=bool(number)) for number, each in enumerate(found))


def plain(text: str, kind: BlockKind = "text", *, gap: int = 0) -> Block:
    """A block of text that is not CommonMark: a sentence of the interface, a name."""
    return Block(clean(text), kind=kind, gap=gap)


@dataclass(slots=True)
class _Level:
    """One list or quotation that is open."""

    ordered: bool = False
    number: int = 1
    quote: bool = False
    pending: str = ""
    """The marker of the item whose first block is still to come."""
    width: int = 0


@dataclass(slots=True)
class _Setting:
    """The walk over the tokens: what is open, and what is done."""

    done: list[Block] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    kind: BlockKind = "text"
    tight: bool = False
    begun: bool = True
    """Whether the list that is open has an item already, which a tight list follows closely."""

    def take(self, token: "Token") -> None:
        """Sets one token."""
        match token.type:
            case "bullet_list_open":
                self._list(_Level())
            case "ordered_list_open":
                self._list(_Level(ordered=True, number=int(token.attrs.get("start", 1))))
            case "blockquote_open":
                self.levels.append(_Level(quote=True, width=2))
            case "bullet_list_close" | "ordered_list_close" | "blockquote_close":
                self.levels.pop()
            case "list_item_open":
                level = self.levels[-1]
                level.pending = f"{level.number}. " if level.ordered else "• "
                level.width = len(level.pending)
                level.number += 1
            case "heading_open":
                self.kind = "strong"
            case "heading_close":
                self.kind = "text"
            case "paragraph_open":
                self.tight = token.hidden
            case "inline":
                self._inline(token.children or [])
                self.begun = True
            case "hr":
                self._add("", (), "rule")
            case "fence" | "code_block":
                for number, line in enumerate(token.content.rstrip("\n").split("\n")):
                    self._add(line, (), "code", gap=0 if number else 1)

    def _list(self, level: _Level) -> None:
        self.begun = bool(self.levels)
        self.levels.append(level)

    def _inline(self, children: "list[Token]") -> None:
        text = ""
        spans: list[Span] = []
        open_at: list[tuple[SpanKind, int, str]] = []
        for child in children:
            match child.type:
                case "text":
                    # An entity may have become a character that `clean` took out of the source.
                    text += clean(child.content)
                case "softbreak":
                    text += " "
                case "hardbreak":
                    text += "\n"
                case "code_inline":
                    spans.append(Span(len(text), len(text) + len(child.content), "code"))
                    text += child.content
                case "strong_open":
                    open_at.append(("strong", len(text), ""))
                case "em_open":
                    open_at.append(("em", len(text), ""))
                case "link_open":
                    open_at.append(("link", len(text), str(child.attrs.get("href", ""))))
                case "strong_close" | "em_close" | "link_close" if open_at:
                    kind, start, address = open_at.pop()
                    spans.append(Span(start, len(text), kind))
                    if address.startswith("https://") and text[start:] != address:
                        text += f" ({address})"
                case _:
                    text += child.content
        quoted = any(level.quote for level in self.levels)
        self._add(text, tuple(spans), "quote" if quoted and self.kind == "text" else self.kind)

    def _add(
        self, text: str, spans: tuple[Span, ...], kind: BlockKind, gap: int | None = None
    ) -> None:
        first = rest = ""
        for level in self.levels:
            before = "│ " if level.quote else " " * level.width
            first += level.pending or before
            rest += before
            level.pending = ""
        if gap is None:
            gap = 0 if self.tight and self.begun else 1
        self.done.append(Block(text, spans, kind, first, rest, gap if self.done else 0))

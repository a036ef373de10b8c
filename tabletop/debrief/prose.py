"""Prose: what authors and players wrote, made harmless once for every format.

Nothing that someone wrote becomes markup of ours. Control, bidirectional and zero-width characters
go; CommonMark passes through a parser that knows neither HTML nor links, images or headings, so
emphasis and lists are all that is left of it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from tabletop.scenario.characters import FORBIDDEN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_OFF = (
    "link",
    "image",
    "autolink",
    "html_inline",
    "html_block",
    "heading",
    "lheading",
    "reference",
    "code",
    "fence",
    "hr",
    # A character written as an entity would come back after cleaning.
    "entity",
)
_LOUD = re.compile(r"[\\`*_\[\]<>&~|$@{}:\n]")
"""What Markdown may take for more than itself inside a line that begins with a letter."""
_WORDS = re.compile(r"[\"\u201c]?[^\W\d_](?:[^\W_]|[ ,.;:'\"\u2019\u201c\u201d\u2013%!?()-])*")
"""A line of a paragraph that CommonMark takes as it is, quoted or not."""
_APART = re.compile(r"\n{2,}")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNCLEAN = re.compile(f"{FORBIDDEN.pattern}|[\t\r\x0b\x0c\x85\u2028\u2029]")
_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$@{}]")
_LEADING = re.compile(r"(?m)^(\s*)([#=]|[+-](?=[\s=-]|$))")
_NUMBERED = re.compile(r"(?m)^(\s*\d{1,9})([.)])")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp):")
_WWW = re.compile(r"(?i)\bwww\.")
_ENDS = re.compile(r"[.?!…][\"”\u2019)]*\s")
_TITLES = frozenset(("Mr.", "Ms.", "Mrs.", "Dr.", "Sgt.", "Lt.", "Det.", "Capt.", "St.", "No."))
"""What ends in a period and ends no sentence."""


def clean(text: str) -> str:
    """The text without control, bidirectional and zero-width characters; line ends stay."""
    if not _UNCLEAN.search(text):
        return text
    return FORBIDDEN.sub("", _BREAKS.sub("\n", text).replace("\t", " "))


def line(text: str) -> str:
    """The text on one line."""
    return " ".join(clean(text).split())


def markdown(text: str) -> str:
    """The text so that a Markdown reader shows it as it is."""
    text = clean(text)
    if text[:1].isalpha() and not _LOUD.search(text) and not _WWW.search(text):
        return text.rstrip()
    safe = _SPECIAL.sub(r"\\\g<0>", "\n".join(each.strip() for each in text.split("\n")))
    safe = _LEADING.sub(r"\1\\\2", safe)
    safe = _NUMBERED.sub(r"\1\\\2", safe)
    safe = _ADDRESS.sub(r"\1\\:", safe)
    return _WWW.sub(r"www\\.", safe)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of CommonMark as plain text."""

    text: str
    item: bool = False
    """Whether it is an item of a list."""


@cache
def _parser() -> "MarkdownIt":
    # The parser is wanted only where authors' prose is shown, and takes its time to import.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable(list(_OFF))


def html(text: str) -> str:
    """An author's CommonMark as harmless HTML."""
    text = clean(text).rstrip()
    bare = _bare(text)
    if bare is None:
        return str(_parser().render(text)).strip()
    # Most of what people say to each other; parsing it takes a tenth of telling everyone.
    whole = ("\n".join(lines).replace('"', "&quot;") for lines in bare)
    return "\n".join(f"<p>{each}</p>" for each in whole)


def _bare(text: str) -> list[list[str]] | None:
    """The lines of each paragraph, where CommonMark takes every one of them as it is."""
    found = [each.split("\n") for each in _APART.split(text)] if text else []
    if all(_WORDS.fullmatch(line) and line[-1] != " " for lines in found for line in lines):
        return found
    return None


@lru_cache(maxsize=1024)
def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """An author's CommonMark as plain paragraphs and items; the same few come again and again."""
    found: list[Paragraph] = []
    depth = 0
    text = clean(text).rstrip()
    bare = _bare(text)
    if bare is not None:
        return tuple(Paragraph(" ".join(" ".join(lines).split())) for lines in bare)
    for token in _parser().parse(text):
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "inline":
            words = "".join(
                " " if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children or ()
            )
            if words.strip():
                found.append(Paragraph(" ".join(words.split()), depth > 0))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one weight and slope."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of an author's CommonMark, or an item of a list."""

    runs: tuple[Run, ...]
    kind: Literal["paragraph", "bullet", "number"] = "paragraph"


def passages(text: str) -> tuple[Passage, ...]:
    """An author's CommonMark for formats that set their own type."""
    found: list[Passage] = []
    lists: list[Literal["bullet", "number"]] = []
    for token in _parser().parse(clean(text)):
        match token.type:
            case "bullet_list_open":
                lists.append("bullet")
            case "ordered_list_open":
                lists.append("number")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "inline":
                runs = tuple(_runs(token.children or ()))
                if any(run.text.strip() for run in runs):
                    found.append(Passage(runs, lists[-1] if lists else "paragraph"))
    return tuple(found)


def _runs(tokens: "Iterable[Token]") -> Iterator[Run]:
    strong = emphasis = 0
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "softbreak" | "hardbreak":
                yield Run(" ", strong > 0, emphasis > 0)
            case _ if token.content:
                yield Run(token.content, strong > 0, emphasis > 0)


def plain(text: str) -> str:
    """An author's CommonMark as one line of plain text."""
    return " ".join(paragraph.text for paragraph in paragraphs(text))


def shorten(text: str, longest: int = 90) -> str:
    """The first sentence of a text, or its beginning."""
    sentence = _first_sentence(text)
    if len(sentence) <= longest:
        return sentence
    return sentence[:longest].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _first_sentence(text: str) -> str:
    for end in _ENDS.finditer(text):
        sentence = text[: end.end()].rstrip()
        if sentence.rsplit(" ", 1)[-1] not in _TITLES:
            return sentence
    return text

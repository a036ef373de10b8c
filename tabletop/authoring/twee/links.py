"""What stands in a passage beside prose: its links, and the markup of story formats.

Links are those every format knows: `[[text->name]]`, `[[name<-text]]`, `[[text|name]]`, `[[name]]`.
Macros, scripts, variables and tags belong to one format or another (Harlowe, SugarCube, Chapbook,
Snowman); a scenario has no place for them, so they are taken out of the prose and named. Text in
entities is text: `&lt;b&gt;` is shown as it is meant. Whatever is written, a passage is gone
through a fixed number of times.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_CODE = (
    ("script", "<script", "</script>"),
    ("style", "<style", "</style>"),
    ("comment", "<!--", "-->"),
    ("comment", "/*", "*/"),
    ("comment", "/%", "%/"),
    ("template", "<%", "%>"),
)
"""What begins and ends with words of its own, and in which a link is none;"""
_SPANS = (("macro", "<<", ">>"),)
"""the same, in which it is one."""
_MARKUP = (
    ("image", re.compile(r"\[img\[[^\[\]\n]*\](?:\[[^\[\]\n]*\])?\]|<img\b[^<>]*>", re.IGNORECASE)),
    ("variables", re.compile(r"\A(?:[A-Za-z_][\w.]*(?: *\(.*\))?:.*\n)+--[ \t]*$", re.MULTILINE)),
    ("modifier", re.compile(r"^\[[^\[\]\n]+\][ \t]*$", re.MULTILINE)),
    ("insert", re.compile(r"\{[A-Za-z_][\w.]*(?:[:,][^{}\n]*)?\}")),
    ("tag", re.compile(r"</?[A-Za-z][^<>\n]*>")),
)
MARK = "\0"
_LABEL = re.compile(f"{MARK}(\\d+){MARK}")
"""What stands for a link while markup is taken out around it."""
_MACRO = re.compile(r"\((?=[A-Za-z][\w-]*:)")
_VARIABLE = re.compile(r"\$[A-Za-z_]\w*")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|mailto:", re.IGNORECASE)
_BULLET = re.compile(r"[\s>*+\-•·]*(?:\d+[.)]\s*)?")
"""What may stand before a link that has a line to itself."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another passage."""

    text: str
    to: str

    @property
    def outside(self) -> bool:
        """Whether it names an address rather than a passage, unless one is called so."""
        return _ADDRESS.match(self.to) is not None


@dataclass(frozen=True, slots=True)
class Markup:
    """Something of a story format."""

    kind: str
    source: str


@dataclass(slots=True)
class Prose:
    """A passage's text taken apart."""

    text: str = ""
    """What is left to read, without entities."""
    links: list[Link] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)

    def take(self, kind: str, source: str) -> str:
        """Keeps a piece of markup; nothing is left in its place."""
        self.markup.append(Markup(kind, source))
        return ""


def prose(source: str) -> Prose:
    """Takes a passage apart; a link within a sentence leaves its text there."""
    found = Prose()
    text = source.replace(MARK, "")
    for each in _CODE:
        text = _without_spans(text, found, *each)
    labels: list[str] = []
    text = "\n".join(_lines(text, found, labels))
    for each in _SPANS:
        text = _without_spans(text, found, *each)
    for kind, pattern in _MARKUP:
        text = _without(text, found, kind, pattern)
    text = _without_macros(text, found)
    for name in _VARIABLE.findall(text):
        found.take("variable", name)

    def label(match: re.Match[str]) -> str:
        return labels[int(match[1])]

    found.text = re.sub(r"\n{3,}", "\n\n", _LABEL.sub(label, html.unescape(text))).strip()
    found.markup = [Markup(each.kind, _LABEL.sub(label, each.source)) for each in found.markup]
    return found


def _without_spans(text: str, found: Prose, kind: str, begin: str, end: str) -> str:
    kept, at, low = [], 0, text.lower()
    while (start := low.find(begin, at)) >= 0:
        close = low.find(end, start + len(begin))
        if close < 0:
            break
        kept.append(text[at:start])
        at = close + len(end)
        found.take(kind, text[start:at])
    return "".join(kept) + text[at:]


def _without(text: str, found: Prose, kind: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: found.take(kind, match[0]), text)


def _without_macros(text: str, found: Prose) -> str:
    """A text without Harlowe's macros, which may stand in each other."""
    if not _MACRO.search(text):
        return text
    closes: dict[int, int] = {}
    open_: list[int] = []
    for match in re.finditer(r"[()]", text):
        if match[0] == "(":
            open_.append(match.start())
        elif open_:
            closes[open_.pop()] = match.end()
    kept, at = [], 0
    for match in _MACRO.finditer(text):
        start, close = match.start(), closes.get(match.start())
        if start >= at and close is not None:
            kept.append(text[at:start])
            found.take("macro", text[start:close])
            at = close
    return "".join(kept) + text[at:]


def _lines(text: str, found: Prose, labels: list[str]) -> Iterator[str]:
    """The lines of a text with a mark for each link; one that held nothing else is left out."""
    for line in text.split("\n"):
        if "[[" not in line:
            yield line
            continue
        told: list[str] = []
        at = 0
        while (start := line.find("[[", at)) >= 0:
            while line.startswith("[", start + 2):
                start += 1
            close = line.find("]]", start + 2)
            if close < 0:
                break
            told.append(line[at:start])
            labels.append(_linked(found, line[start + 2 : close]))
            told.append(f"{MARK}{len(labels) - 1}{MARK}")
            at = close + 2
        told.append(line[at:])
        if not at or not _BULLET.fullmatch("".join(told[::2])):
            yield "".join(told)


def _linked(found: Prose, body: str) -> str:
    """Keeps a link and gives the text that stands for it."""
    inside, _, setter = body.partition("][")
    if setter:
        found.take("variable", setter)
    if "->" in inside:
        text, _, to = inside.rpartition("->")
    elif "<-" in inside:
        to, _, text = inside.partition("<-")
    elif "|" in inside:
        text, _, to = inside.rpartition("|")
    else:
        text = to = inside
    text, to = html.unescape(text.strip()), to.strip()
    if to:
        found.links.append(Link(text or to, to))
    return text

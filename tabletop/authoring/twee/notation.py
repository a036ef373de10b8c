"""The notation of Twee 3, and nothing about what is written in it.

A story is a list of passages: a line that begins with `::` and holds a name, tags in brackets and
an object of JSON with the place on the map; then text until the next such line. Names and tags
escape brackets, braces and backslashes with a backslash. Reading takes whatever can be read and
notes the rest; it follows the specification of the Interactive Fiction Technology Foundation.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tabletop.wording import say

SIGIL = "::"
TITLE = "StoryTitle"
DATA = "StoryData"
_META = re.compile(r"([\\\[\]{}])")
_TWEE2 = re.compile(r"<(-?\d{1,9}),(-?\d{1,9})>$")
_PLACE = re.compile(r" *(-?\d{1,9}(?:\.\d*)?) *, *(-?\d{1,9}(?:\.\d*)?) *")


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage."""

    name: str
    text: str
    tags: tuple[str, ...] = ()
    position: tuple[int, int] | None = None
    line: int = 0
    """The line of its header, from one; 0 for one that was not read."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it is written down."""

    title: str
    data: Mapping[str, Any]
    """What `StoryData` holds."""
    passages: tuple[Passage, ...]
    """All others, in order."""
    notes: tuple[str, ...] = field(default=())
    """What could not be read, a sentence each."""


def lines(story: Story) -> Iterator[str]:
    """A story, line by line."""
    data = json.dumps(dict(story.data), indent=2, ensure_ascii=False)
    yield from _written(Passage(TITLE, story.title))
    yield from _written(Passage(DATA, data))
    for passage in story.passages:
        yield from _written(passage)


def _written(passage: Passage) -> Iterator[str]:
    header = [SIGIL, escaped(passage.name)]
    if passage.tags:
        header.append(f"[{' '.join(map(escaped, passage.tags))}]")
    if passage.position is not None:
        x, y = passage.position
        header.append(json.dumps({"position": f"{x},{y}"}))
    yield " ".join(header)
    yield from passage.text.rstrip().split("\n")
    yield ""


def escaped(name: str) -> str:
    """A name or a tag as it stands in a header."""
    return _META.sub(r"\\\1", name)


def read(text: str) -> Story:
    """A story, as far as its text can be read, whatever its lines end in."""
    reader = _Reader()
    reader.read(re.sub("\r\n?", "\n", text))
    return Story(reader.title, reader.data, tuple(reader.passages), tuple(reader.notes))


class _Reader:
    """A text being read."""

    def __init__(self) -> None:
        self.title = ""
        self.data: Mapping[str, Any] = {}
        self.passages: list[Passage] = []
        self.notes: list[str] = []

    def read(self, text: str) -> None:
        before, *rest = re.split(rf"^{SIGIL}", text, flags=re.MULTILINE)
        if before.strip():
            self.notes.append(
                say("what stands before the first passage: {text}", text=short(before))
            )
        line = before.count("\n") + 1
        for each in rest:
            header, _, body = each.partition("\n")
            self.keep(self.passage(header, body.rstrip(), line))
            line += each.count("\n")

    def passage(self, header: str, text: str, line: int) -> Passage:
        """A passage from its header, its sigil left out, and its text."""
        position: tuple[int, int] | None = None
        header = header.rstrip()
        older = _TWEE2.search(header)
        if older:
            position = int(older[1]), int(older[2])
            header = header[: older.start()]
        name, rest = _until(header, "[{")
        tags: tuple[str, ...] = ()
        if rest.startswith("["):
            inside, rest = _until(rest[1:], "]", raw=True)
            if not rest:
                self.notes.append(say("the tags of line {line} have no end", line=line))
            tags = tuple(_unescaped(tag) for tag in inside.split())
            rest = rest[1:]
        if rest.strip():
            position = self.position(rest.strip(), line) or position
        return Passage(name.strip(), text, tags, position, line)

    def position(self, given: str, line: int) -> tuple[int, int] | None:
        """The place in a header's object."""
        data = _object(given)
        if data is None:
            self.notes.append(
                say("what follows the name in line {line}: {text}", line=line, text=short(given))
            )
            return None
        place = _PLACE.fullmatch(str(data.get("position", "")))
        return (int(float(place[1])), int(float(place[2]))) if place else None

    def keep(self, passage: Passage) -> None:
        if passage.name == TITLE:
            self.title = " ".join(passage.text.split())
        elif passage.name == DATA:
            data = _object(passage.text)
            if data is None:
                self.notes.append(say("StoryData, which is no object of JSON"))
            else:
                self.data = data
        else:
            self.passages.append(passage)


def _object(text: str) -> dict[str, Any] | None:
    """An object of JSON."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _until(text: str, ends: str, *, raw: bool = False) -> tuple[str, str]:
    """The text before the first of some characters that is not escaped, and the rest from it on."""
    taken = []
    index = 0
    while index < len(text):
        character = text[index]
        if character == "\\" and index + 1 < len(text):
            taken.append(text[index : index + 2] if raw else text[index + 1])
            index += 2
            continue
        if character in ends:
            return "".join(taken), text[index:]
        taken.append(character)
        index += 1
    return "".join(taken), ""


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def short(text: str, longest: int = 80) -> str:
    """A text on one line, cut."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"

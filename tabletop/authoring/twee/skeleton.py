"""A skeleton: as much of a scenario as a story can tell, and its file.

Every field a scenario has to have is there, so that the file reads; what nobody has written yet
says so, and a check names what is missing. The head of the file lists what did not carry over.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabletop.authoring.draft import DISCIPLINES
from tabletop.scenario.characters import FORBIDDEN
from tabletop.wording import say

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a decision."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A decision."""

    id: str
    title: str
    by: tuple[str, ...]
    ask: str
    options: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way on, taken where a decision was answered so; always, where it names none."""

    to: str
    decision: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A scene."""

    id: str
    title: str
    module: str
    narration: str
    questions: tuple[Question, ...] = ()
    ways: tuple[Way, ...] = ()
    closing: tuple[str, ...] = ()

    @property
    def ending(self) -> bool:
        """Whether nothing leads on."""
        return not self.ways


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A scenario as far as it is known."""

    title: str
    summary: str
    themes: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    start: str
    places: tuple[Place, ...]
    left: tuple[str, ...]
    """What did not carry over, a sentence each."""


def lines(skeleton: Skeleton, day: str) -> Iterator[str]:
    """The file of a scenario; `day` is the day on which its law is said to hold."""
    blank = say("To be written.")
    yield from _comments(skeleton.left)
    yield f"title: {_line(skeleton.title)}"
    yield "version: 0.1.0"
    yield from _prose("summary", skeleton.summary or blank, "")
    yield "minutes: {alone: 30, group: 90}"
    if skeleton.themes:
        yield "themes:"
        yield from (f"  {name}: {_line(note)}" for name, note in skeleton.themes)
    yield "jurisdiction: alder"
    yield f"law_as_of: {day}"
    yield f"support: {_line(blank)}"
    yield ""
    yield "roles:"
    for role in skeleton.roles:
        yield f"  {role}:"
        # One of another name is law enforcement until its author says more.
        yield f"    discipline: {DISCIPLINES.get(role, DISCIPLINES['investigator'])}"
        yield f"    name: {_line(role.replace('_', ' ').capitalize())}"
        yield f"    brief: {_line(blank)}"
    yield ""
    yield f"start: {skeleton.start}"
    yield "scenes:"
    for place in skeleton.places:
        yield from _place(place, blank)


def _comments(left: Sequence[str]) -> Iterator[str]:
    if not left:
        return
    yield "# " + say("This is a skeleton. What did not carry over from the story:")
    for sentence in left:
        clean = " ".join(FORBIDDEN.sub("\ufffd", sentence).split())
        yield f"# - {clean}"
    yield ""


def _place(place: Place, blank: str) -> Iterator[str]:
    yield f"  {place.id}:"
    if place.module:
        yield f"    module: {_line(place.module)}"
    yield f"    title: {_line(place.title)}"
    yield from _prose("narration", place.narration or blank, "    ")
    if place.questions:
        yield "    decisions:"
        for question in place.questions:
            yield from _question(question, blank)
    if place.ending:
        yield "    ending: true"
        yield f"    closing: [{', '.join(_line(each) for each in place.closing or (blank,))}]"
    elif len(place.ways) == 1 and not place.ways[0].decision:
        yield f"    next: {place.ways[0].to}"
    else:
        yield "    next:"
        for way in place.ways:
            when = f"when: {way.decision} == {way.option}, " if way.decision else ""
            yield f"      - {{{when}to: {way.to}}}"


def _question(question: Question, blank: str) -> Iterator[str]:
    yield f"      {question.id}:"
    yield f"        title: {_line(question.title)}"
    yield f"        by: [{', '.join(question.by)}]"
    yield from _prose("ask", question.ask or blank, "        ")
    yield f"        stand_in: {question.options[0].id}"
    yield "        options:"
    for option in question.options:
        yield f"          {option.id}:"
        yield from _prose("text", option.text or blank, "            ")
        yield f"            because: {_line(blank)}"


_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 ,.;()/?!'-]*[A-Za-z0-9.)?!]")


def _line(text: str) -> str:
    """A text on one line, in quotes unless it reads the same without."""
    text = " ".join(text.split())
    return text if _BARE.fullmatch(text) and ", " not in text else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def _prose(field: str, text: str, indent: str) -> Iterator[str]:
    """A text of one or more lines, in a block where that keeps it as it is."""
    if "\n" not in text and len(text) + len(indent) < WIDTH:
        yield f"{indent}{field}: {_line(text) if text == ' '.join(text.split()) else _quoted(text)}"
        return
    broken = text.split("\n")
    if text != text.strip() or any(line != line.rstrip() for line in broken):
        yield f"{indent}{field}: {_quoted(text)}"
        return
    yield f"{indent}{field}: |"
    yield from (f"{indent}  {line}".rstrip() for line in broken)

"""The parts of a passage that was written from a scene: its decisions, its ways, its ending."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tabletop.authoring.twee.passages import DECISION, ENDING, MARK, NOTES, WAYS
from tabletop.scenario.scalars import NAME

MOST_ROLES = 8
_HEADING = re.compile(r"^== (.+) ==$", re.MULTILINE)
_ASKED = re.compile(rf"{DECISION}: (?P<title>.*) \((?P<by>[^()]*)\)")
_OPTION = re.compile(r"^\d+\. ", re.MULTILINE)
_NOTE = re.compile(r"^- (\w+): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AskedInWords:
    """A decision as it is written; only its title is without entities."""

    title: str
    by: tuple[str, ...]
    ask: str
    options: tuple[str, ...]
    marks: bool
    """Whether marks stood below its options."""


@dataclass(slots=True)
class Parts:
    """A passage in its parts, each as it is written."""

    told: str
    decisions: list[AskedInWords] = field(default_factory=list)
    ways: str = ""
    ending: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Content notes by their names."""


def parts(text: str) -> Parts:
    """Takes a passage apart; what stands below a heading of another's is told."""
    told, *rest = _HEADING.split(text)
    found = Parts("")
    others = [told.strip()]
    for heading, body in zip(rest[::2], rest[1::2], strict=True):
        named = _ASKED.fullmatch(heading)
        if named and len(_OPTION.findall(body)) > 1:
            found.decisions.append(_asked(named, body))
        elif heading == WAYS:
            found.ways = body.strip()
        elif heading == ENDING:
            found.ending = body.strip()
        elif heading == NOTES:
            found.notes += [(name, html.unescape(note)) for name, note in _NOTE.findall(body)]
        else:
            others.append(f"== {heading} ==\n{body.rstrip()}")
    found.told = "\n\n".join(others)
    return found


def closing(ending: str) -> Iterator[str]:
    """The sentences of an ending about what remains open."""
    for line in ending.split("\n"):
        if line.startswith("- "):
            yield line[2:]


def roles_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The roles that decisions name, the first eight of them."""
    named = (
        role
        for text in texts
        for heading in _HEADING.findall(text)
        if (match := _ASKED.fullmatch(heading))
        for role in _roles(match["by"])
    )
    return tuple(dict.fromkeys(named))[:MOST_ROLES]


def _asked(named: re.Match[str], body: str) -> AskedInWords:
    ask, *options = _OPTION.split(body)
    return AskedInWords(
        html.unescape(named["title"]),
        _roles(named["by"]),
        ask.strip(),
        tuple("\n".join(_outdented(each)).strip() for each in options),
        any(_marked(line) for each in options for line in each.split("\n")),
    )


def _roles(given: str) -> tuple[str, ...]:
    return tuple(role for role in given.split(", ") if re.fullmatch(NAME, role))


def _outdented(option: str) -> Iterator[str]:
    for line in option.split("\n"):
        if not _marked(line):
            yield line.removeprefix("   ")


def _marked(line: str) -> bool:
    return line.lstrip().startswith(f"{MARK}: VC ")

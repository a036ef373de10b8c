"""Strict YAML with positions: the only place that reads it.

A file from a stranger is read as a stream of events, never by a loader: no loader is safe. Merge
keys and aliases can make a kilobyte run for a minute, deep nesting can crash the C library's tree
builder, a repeated key silently wins, and `no` or `12:30` change their meaning. The walk below
builds plain values in one pass, counts what it builds, refuses what it does not need, and notes
where everything stood: one number a value, so that positions cost almost nothing until asked for.

What is refused is noted and the walk goes on, so that an author sees all problems at once. Where
the parser itself gives up over a text that wanted quotes, the line is quoted in memory and the
file read again, a few times, to find what comes after it.

The module is longer than most because nothing else may import the parser.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from tabletop.scenario.characters import FORBIDDEN_VALUE, decoded, lines_of, untabbed
from tabletop.scenario.problem import Path, Position, Problem, errors
from tabletop.scenario.remarks import ABSENT, MOST, Remarks
from tabletop.scenario.scalars import Plain
from tabletop.scenario.wrecks import QUOTE, broken, mended, suspects

LARGEST = 1024 * 1024
NODES = 50_000
DEPTH = 24
TOO_DEEP = f"more than {DEPTH} levels are nested here"
SCALAR = 64 * 1024
MENDS = 20
REREAD = 4 * LARGEST
"""How much is read again in all to find what comes after a text that wanted quotes."""

_WIDTH = 21
_MASK = (1 << _WIDTH) - 1
"""A place is packed as line << 21 | column; no line is wider than the 2**20 bytes of a file."""


class _PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """The same events without the C library, some ten times slower."""

    def __init__(self, stream: str) -> None:
        yaml.reader.Reader.__init__(self, stream)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)

    def scan_plain(self) -> yaml.tokens.ScalarToken:
        """A bare scalar as the C library reads it: in braces, too, it may hold a question mark."""
        chunks: list[str] = []
        spaces: list[str] = []
        start = end = self.get_mark()
        indent = self.indent + 1
        body = _BODY_IN_BRACES if self.flow_level else _BODY
        while self.peek() != "#":
            match = body.match(self.buffer, self.pointer)
            if match is None:
                break
            self.allow_simple_key = False
            chunks += [*spaces, match[0]]
            self.forward(len(match[0]))
            end = self.get_mark()
            spaces = self.scan_plain_spaces(indent, start) or []
            if not spaces or (not self.flow_level and self.column < indent):
                break
        return yaml.tokens.ScalarToken("".join(chunks), True, start, end)


_BODY = re.compile("(?:[^\0 \r\n:]|:(?![\0 \r\n]))+")
_BODY_IN_BRACES = re.compile(r"(?:[^\0 \r\n:,\[\]{}]|:(?![\0 \r\n,\[\]{}]))+")

_parser: Callable[[str], Any]
try:
    from yaml._yaml import CParser

    _parser = CParser
except ImportError:
    _parser = _PureParser

_Frame = tuple[Any, Any, Any, int, bool, bool, int]
"""What waits while something inside it is read: its values, their places, the key whose value
comes next and the place of that key, whether it is a map, whether in braces, and where it began."""


class Unreadable(ValueError):
    """A file that cannot be used; carries its problems."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Takes the problems, the first of which makes the sentence."""
        self.problems = problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: plain values, where they stood, and what was wrong."""

    name: str
    """The file as its reader named it."""
    tree: Any
    """Maps as dict, sequences as tuple, bare scalars as `Plain`, others as `str`; or nothing."""
    lines: tuple[str, ...]
    """The lines as written, with what may not be shown replaced."""
    problems: tuple[Problem, ...]
    """What was wrong, in order of position."""
    complete: bool
    """Whether it was read to its end; otherwise what seems missing may only be unread."""
    places: Mapping[int, Any]
    """For each map and sequence, by identity, the packed places of what it holds."""

    def position(self, path: Path) -> Position:
        """Where a value stands; for one that is missing, the key of what should hold it."""
        spot = self._spot(path)
        return self.key(path[:-1]) if spot is None else Position(*_after(spot[1]))

    def key(self, path: Path) -> Position:
        """Where the key of a value stands; for an item of a sequence, the item."""
        while path:
            spot = self._spot(path)
            if spot is not None:
                return Position(*_after(spot[0]))
            path = path[:-1]
        return Position(1, 1)

    def at(self, path: Path) -> Any:
        """The value at a path, or nothing."""
        node = self.tree
        for step in path:
            if isinstance(node, str):
                return None
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return None
        return node

    def _spot(self, path: Path) -> tuple[int, int] | None:
        if not path:
            return None
        holder = self.at(path[:-1])
        if not isinstance(holder, (dict, tuple)):
            return None
        try:
            spot = self.places[id(holder)][path[-1]]
        except (KeyError, IndexError, TypeError):
            return None
        return spot if isinstance(spot, tuple) else (spot, spot)


def read_document(source: bytes, name: str) -> Document:
    """Reads a file whose outermost value is a map; never fails, but may hold only problems."""
    document = _read(source, name)
    if isinstance(document.tree, dict) or errors(document.problems):
        return document
    wanted = "the file should be a map of `key: value`"
    message = "the file is empty" if document.tree is None else wanted
    wrong = (*document.problems, Problem("TT011", message, name))
    return Document(name, None, document.lines, wrong, False, {})


def parse_tree(source: bytes, name: str) -> object:
    """Reads a file to plain values.

    Raises:
        Unreadable: with every problem found.
    """
    document = _read(source, name)
    wrong = errors(document.problems)
    if wrong:
        raise Unreadable(wrong)
    return document.tree


def _read(source: bytes, name: str) -> Document:
    if len(source) > LARGEST:
        message = "the file is larger than 1 MiB, the most that is read"
        return Document(name, None, (), (Problem("TT002", message, name),), False, {})
    text, found = decoded(source, name)
    if text is None:
        return Document(name, None, (), tuple(found), False, {})
    lines = lines_of(text)
    text, tabbed = untabbed(text, name)
    found += tabbed
    tries = min(MENDS, 1 + REREAD // (len(source) + 1))
    failure: Exception | None = None
    mending = False
    for _ in range(tries):
        walk = _Walk(text, name)
        failure = walk.run()
        if failure is None:
            break
        problem = broken(failure, lines_of(text), name)
        if not tabbed:
            found.append(problem)
        repaired = mended(text, problem)
        if repaired is None:
            break
        text, mending = repaired, True
    found += walk.remarks.problems
    found.sort(key=lambda each: (each.line, each.column))
    return Document(
        name, walk.root, lines, tuple(found[:MOST]), walk.whole and not mending, walk.places
    )


def _pair(spot: int) -> tuple[int, int]:
    return spot >> _WIDTH, spot & _MASK


def _after(spot: int) -> tuple[int, int]:
    return (spot >> _WIDTH) + 1, (spot & _MASK) + 1


class _Stop(Exception):
    """The walk cannot usefully go on."""


class _Walk:
    """One pass over the events of a text."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.remarks = Remarks(name, lines_of(text))
        self.root: Any = None
        self.places: dict[int, Any] = {}
        self.whole = False
        self._outer: list[_Frame] = []
        self._holes: list[tuple[Path, tuple[int, int], Any]] = []
        self._dropped: list[tuple[dict[str, Any], str]] = []

    def run(self) -> Exception | None:
        """Reads it all; gives the parser's failure, if it failed."""
        if self.remarks.directive():
            return None
        failure: Exception | None = None
        try:
            self._read()
            self.whole = True
        except _Stop:
            pass
        except (yaml.YAMLError, ValueError, OverflowError) as raised:
            # The C library looks ahead, and from 0.2.6 on meets its own bound before we meet ours.
            mark = getattr(raised, "problem_mark", None)
            if mark is not None and "nesting depth" in str(raised):
                self.remarks.note("TT002", TOO_DEEP, (mark.line, mark.column), None, ())
            else:
                failure = raised
        self.remarks.empty(self._holes)
        for values, key in self._dropped:
            values.pop(key, None)
        return failure

    def _read(self) -> None:
        """The loop: everything in it is paid for on every value, so it does little, and inline."""
        event_after = _parser(self.text).get_event
        outer, places = self._outer, self.places
        torn = suspects(self.remarks.lines) if " #" in self.text else {}
        values: Any = []
        spots: Any = []
        key: Any = None
        value: Any
        key_spot = began = count = 0
        mapping = flow = False
        while (event := event_after()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                mark = event.start_mark
                spot = mark.line << _WIDTH | mark.column
                value = event.value
                if event.anchor is not None or event.tag is not None:
                    self._decorated(event, self._path(values, key))
                if mapping and key is None:
                    key_spot = spot
                    key = value
                    if event.style or value in values or not value or value == "<<":
                        key = self._odd_key(event, values, spots)
                    continue
                if len(value) > SCALAR:
                    self._large(event, "one text holds more than 64 KiB", self._path(values, key))
                if not event.style:
                    if value:
                        value = Plain(value)
                        if torn and event.end_mark.line in torn:
                            end = event.end_mark.line, event.end_mark.column
                            self.remarks.swallowed(end, torn, self._path(values, key))
                    else:
                        value = None
                        self._hole(values, spots, key, key_spot if mapping else spot, flow)
                elif event.style == '"' and FORBIDDEN_VALUE.search(value):
                    value = self.remarks.unseen(value, _pair(spot), self._path(values, key))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value = values if mapping else tuple(values)
                places[id(value)] = spots
                spot = began
                values, spots, key, key_spot, mapping, flow, began = outer.pop()
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor is not None or event.tag is not None:
                    self._decorated(event, self._path(values, key))
                if len(outer) >= DEPTH:
                    self._deep(event)
                mark = event.start_mark
                if mapping and key is None:
                    key_spot = mark.line << _WIDTH | mark.column
                    key = self._complex_key(event, event_after, values)
                    continue
                outer.append((values, spots, key, key_spot, mapping, flow, began))
                mapping = kind is MappingStartEvent
                values, spots = ({}, {}) if mapping else ([], [])
                key, flow = None, event.flow_style
                began = mark.line << _WIDTH | mark.column
                continue
            elif kind is AliasEvent:
                mark = event.start_mark
                spot = mark.line << _WIDTH | mark.column
                self.remarks.alias(event.anchor, _pair(spot), self._path(values, key))
                value = None
                if mapping and key is None:
                    key, key_spot = self._absent(values), spot
                    continue
            else:
                if kind is DocumentStartEvent and values:
                    self.root = values[0]
                    place = event.start_mark.line, event.start_mark.column
                    message = "a second document begins here"
                    self.remarks.note("TT004", message, place, "keep one document in a file")
                    raise _Stop
                continue
            count += 1
            if count > NODES:
                self._large(event, f"the file holds more than {NODES:,} values", (), stop=True)
            if mapping:
                values[key] = value
                spots[key] = (key_spot, spot)
                key = None
            else:
                values.append(value)
                spots.append(spot)
        self.root = values[0] if values else None

    # What follows is reached only when something is wrong.

    def _path(self, values: Any, key: str | None) -> Path:
        """The path of what is being read."""
        frames = [(frame[0], frame[2]) for frame in self._outer[1:]] + [(values, key)]
        if not self._outer:
            return ()
        steps = (at if isinstance(held, dict) else len(held) for held, at in frames)
        return tuple(step for step in steps if step is not None)

    def _hole(self, values: Any, spots: Any, key: str | None, spot: int, flow: bool) -> None:
        if self._outer and len(self._holes) < MOST:
            braces = isinstance(values, dict) and flow
            self._holes.append(
                (self._path(values, key), _pair(spot), (values, _Places(spots) if braces else None))
            )

    def _absent(self, values: dict[str, Any]) -> str:
        key = f"{ABSENT}{len(self._dropped)}"
        self._dropped.append((values, key))
        return key

    def _odd_key(self, event: Any, values: dict[str, Any], spots: dict[str, Any]) -> str:
        """A key that is quoted, repeated, empty or a merge; gives the key to go on with."""
        key: str = event.value
        place = event.start_mark.line, event.start_mark.column
        path = self._path(values, None)
        if not key:
            self.remarks.note("TT007", "a key is missing before the colon", place, QUOTE, path)
        elif key == "<<" and not event.style:
            message = "`<<` merges maps, which is not read here"
            self.remarks.note("TT004", message, place, "write the fields out", path)
        elif FORBIDDEN_VALUE.search(key):
            self.remarks.unseen(key, place, path)
        elif key in values:
            self.remarks.repeated(key, place, _pair(spots[key][0]), (*path, key))
        else:
            return key
        return self._absent(values)

    def _complex_key(self, event: Any, event_after: Callable[[], Any], values: Any) -> str:
        """Reads past a key that is a list or a map."""
        place = event.start_mark.line, event.start_mark.column
        message = "a key is a name, not a list or a map"
        self.remarks.note("TT007", message, place, QUOTE, self._path(values, None))
        depth = 1
        while depth:
            kind = type(event_after())
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                depth += 1
                if len(self._outer) + depth > DEPTH:
                    self._deep(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                depth -= 1
        return self._absent(values)

    def _decorated(self, event: Any, path: Path) -> None:
        place = event.start_mark.line, event.start_mark.column
        self.remarks.decorated(event.anchor, event.tag, place, path)

    def _deep(self, event: Any) -> None:
        self._large(event, TOO_DEEP, (), stop=True)

    def _large(self, event: Any, message: str, path: Path, *, stop: bool = False) -> None:
        place = event.start_mark.line, event.start_mark.column
        self.remarks.note("TT002", message, place, None, path)
        if stop:
            raise _Stop


class _Places:
    """The places of the keys of one map, unpacked when asked for."""

    def __init__(self, spots: Mapping[str, tuple[int, int]]) -> None:
        self._spots = spots

    def __getitem__(self, key: str) -> tuple[int, int]:
        return _pair(self._spots[key][0])

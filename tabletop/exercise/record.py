"""The record: a header and a chain of entries, each one accepted command and what it made happen.

Three things are kept apart. The header holds all that replaying needs and that never changes: the
scenario's own text, the guidance it rests on, who was played by a person. The entries hold what
happened; each is hashed together with the hash of its parent, the first with that of the header,
so one changed byte anywhere shows at the entry that holds it. The words hold what people wrote,
under salted references, and may be erased at any time without touching the chain.

What is hashed is the bytes as stored. Nothing is ever encoded again in order to be checked, so a
later version with other classes verifies an old record all the same.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from tabletop.exercise.codec import UnknownForm, canonical, decode, encode
from tabletop.exercise.events import Event
from tabletop.exercise.version import VERSION, newer
from tabletop.wording import say

SOMEONE = "someone"
"""Who did what is done anonymously: seat and key are dropped before anything is written."""


class Unreadable(ValueError):
    """A record that can't be read; its text is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Header:
    """Everything an exercise needs to be replayed when files and versions have changed."""

    id: str
    created: str
    """Date and time, ISO 8601."""
    scenario_name: str
    """What the scenario was asked for by, such as `first_hour`."""
    scenario_text: str
    """The scenario's file, whole."""
    guidance_json: str
    """The practices, sources, fact classes and jurisdiction card the scenario uses."""
    parameters: Mapping[str, str]
    """Values given for the scenario's parameters."""
    roles: tuple[str, ...]
    """The roles people play; the others are stand-ins'."""
    seed: int
    tool_version: str
    record_version: int = VERSION


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted command and what it made happen."""

    seq: int
    """Its number, from 1."""
    parent: int
    """The entry it follows; 0 for the header."""
    at: int
    """Exercise milliseconds."""
    by: str
    """The seat, or `someone`."""
    key: str
    """What the client called its command, so that sending it again does not count twice."""
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """An exercise as recorded."""

    header: Header
    entries: tuple[Entry, ...]
    words: Mapping[str, str | None]
    """Reference to text; `None` once erased."""
    head: str = ""
    """The hash of the last entry, which stands for the whole record."""


def header_bytes(header: Header) -> bytes:
    """The header as stored."""
    return canonical({**asdict(header), "parameters": dict(header.parameters)})


def header_hash(data: bytes) -> str:
    """The hash the first entry's chain begins with."""
    return sha256(data).hexdigest()


def entry_bytes(entry: Entry) -> bytes:
    """The entry as stored."""
    return canonical(
        {
            "seq": entry.seq,
            "parent": entry.parent,
            "at": entry.at,
            "by": entry.by,
            "key": entry.key,
            "events": [encode(event) for event in entry.events],
        }
    )


def entry_hash(parent_hash: str, data: bytes) -> str:
    """The hash of an entry's stored bytes, chained to its parent's."""
    return sha256(parent_hash.encode() + data).hexdigest()


def read_header(data: bytes) -> Header:
    """The header in stored bytes.

    Raises:
        Unreadable: where it is damaged or from a newer version.
    """
    given = _json(data, say("The header of the record is damaged."))
    version = given.get("record_version")
    if isinstance(version, int) and version > VERSION:
        raise Unreadable(newer(given.get("tool_version")))
    try:
        header = Header(**{**given, "roles": tuple(given["roles"])})
    except (KeyError, TypeError):
        raise Unreadable(say("The header of the record is damaged.")) from None
    if not all(isinstance(getattr(header, name), kind) for name, kind in _HEADER.items()):
        raise Unreadable(say("The header of the record is damaged."))
    return header


_HEADER = {
    "id": str,
    "created": str,
    "scenario_name": str,
    "scenario_text": str,
    "guidance_json": str,
    "parameters": dict,
    "seed": int,
    "tool_version": str,
    "record_version": int,
}


def read_entry(data: bytes) -> Entry:
    """The entry in stored bytes.

    Raises:
        Unreadable: where it is damaged or holds something a newer version wrote.
    """
    damaged = say("The entry is damaged.")
    given = _json(data, damaged)
    try:
        entry = Entry(
            seq=_whole(given["seq"]),
            parent=_whole(given["parent"]),
            at=_whole(given["at"]),
            by=_text(given["by"]),
            key=_text(given["key"]),
            events=tuple(decode(event) for event in given["events"]),
        )
    except UnknownForm as error:
        raise Unreadable(str(error)) from None
    except (KeyError, TypeError):
        raise Unreadable(damaged) from None
    return entry


def trunk(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that lead to the last one, oldest first; those a rewind left behind are not."""
    by_seq = {entry.seq: entry for entry in entries}
    path = []
    entry = by_seq[max(by_seq)] if by_seq else None
    while entry is not None:
        path.append(entry)
        entry = by_seq.get(entry.parent)
    return tuple(reversed(path))


def _json(data: bytes, otherwise: str) -> dict[str, Any]:
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        raise Unreadable(otherwise) from None
    if not isinstance(given, dict):
        raise Unreadable(otherwise)
    return given


def _whole(given: object) -> int:
    if type(given) is not int:
        raise TypeError
    return given


def _text(given: object) -> str:
    if type(given) is not str:
        raise TypeError
    return given

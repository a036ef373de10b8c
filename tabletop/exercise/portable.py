"""A record as JSON Lines: the same bytes that are hashed, so that it verifies wherever it is read.

The first line holds the hashes of those that follow: the header and each entry as it is stored.
Then come the words. They can be left out, those of people's names or all of them: their references
stay in the entries, as after an erasure, so a record without them verifies too.
"""

import json
from collections.abc import Iterator
from typing import Any, Literal

from tabletop.exercise.chain import Stored, StoredEntry, StoredWord
from tabletop.exercise.codec import canonical
from tabletop.exercise.record import Unreadable
from tabletop.exercise.words import REFERENCE
from tabletop.wording import say

FORM = 1
TYPE = "tabletop record"
Kept = Literal["all", "unnamed", "none"]
"""Which words go along: all; all but names and where people come from; none."""
_NAMING = frozenset({"name", "agency", "contact", "organization"})
"""Fields of commands and events in which people say who they are."""


def written(stored: Stored, kept: Kept) -> bytes:
    """The record as JSON Lines."""
    hashes = [stored.header_hash, *(entry.hash for entry in stored.entries)]
    lines = [
        canonical({"form": FORM, "type": TYPE, "hashes": hashes, "words": kept}),
        stored.header,
        *(entry.data for entry in stored.entries),
        *(canonical(_word(word)) for word in _kept(stored, kept)),
    ]
    return b"\n".join(lines) + b"\n"


def read(data: bytes) -> Stored:
    """The record in JSON Lines, taken on trust; `verify` says whether it is sound.

    Raises:
        Unreadable: with a sentence, where it is no record or was cut.
    """
    first, *lines = data.removesuffix(b"\n").split(b"\n")
    hashes = _hashes(first)
    if len(lines) < len(hashes):
        raise Unreadable(
            say(
                "It was cut: it holds {there} lines and should hold at least {count}.",
                there=len(lines) + 1,
                count=len(hashes) + 1,
            )
        )
    header, *entries = lines[: len(hashes)]
    words = enumerate(lines[len(hashes) :], len(hashes) + 2)
    return Stored(
        header,
        hashes[0],
        tuple(
            StoredEntry(seq, line, hash_)
            for seq, (line, hash_) in enumerate(zip(entries, hashes[1:], strict=True), 1)
        ),
        tuple(_read_word(line, number) for number, line in words),
        len(entries),
        hashes[-1],
    )


def _hashes(line: bytes) -> list[str]:
    """What the first line says of those that follow."""
    given = _object(line)
    if given is None or given.get("type") != TYPE:
        raise Unreadable(say("It is not a record that tabletop exported."))
    if given.get("form") != FORM:
        raise Unreadable(say("A newer tabletop exported it; update tabletop to read it."))
    hashes = given.get("hashes")
    if isinstance(hashes, list) and hashes and all(isinstance(each, str) for each in hashes):
        return hashes
    raise Unreadable(_damaged(1))


def _kept(stored: Stored, kept: Kept) -> Iterator[StoredWord]:
    names = set(_names(stored)) if kept == "unnamed" else set()
    for word in stored.words:
        gone = kept == "none" or word.reference in names
        yield StoredWord(word.reference, word.seat, None, None) if gone else word


def _names(stored: Stored) -> Iterator[str]:
    for entry in stored.entries:
        yield from _named(json.loads(entry.data))


def _named(given: object) -> Iterator[str]:
    """Every reference that stands where people say who they are."""
    if isinstance(given, list):
        for each in given:
            yield from _named(each)
    elif isinstance(given, dict):
        for name, value in given.items():
            if name in _NAMING and isinstance(value, str) and REFERENCE.fullmatch(value):
                yield value
            else:
                yield from _named(value)


def _word(word: StoredWord) -> dict[str, Any]:
    salt = None if word.salt is None else word.salt.hex()
    return {"reference": word.reference, "seat": word.seat, "salt": salt, "text": word.text}


def _read_word(line: bytes, number: int) -> StoredWord:
    given = _object(line) or {}
    reference, seat, salt, text = map(given.get, ("reference", "seat", "salt", "text"))
    if not (isinstance(reference, str) and isinstance(seat, str) and isinstance(text, str | None)):
        raise Unreadable(_damaged(number))
    try:
        return StoredWord(reference, seat, None if salt is None else bytes.fromhex(salt), text)
    except (TypeError, ValueError):
        raise Unreadable(_damaged(number)) from None


def _damaged(number: int) -> str:
    return say("Line {number} is damaged.", number=number)


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None

"""The chain as it lies in a store: reading it, and checking that nothing in it was changed.

Checking hashes the bytes that are there and reads as little of them as it can: it knows no event,
so it holds for records of any version, and says of a damaged one at which entry it breaks. Somebody
who writes the whole file anew can make a chain that holds; against that, keep the hash of the last
entry elsewhere, which is part of what a sound record is reported with.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.exercise.record import (
    Record,
    Unreadable,
    entry_hash,
    header_hash,
    read_entry,
    read_header,
)
from tabletop.exercise.words import REFERENCE, reference
from tabletop.wording import say


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it lies in the store."""

    seq: int
    data: bytes
    hash: str


@dataclass(frozen=True, slots=True)
class StoredWord:
    """A piece of someone's words as it lies in the store; salt and text are `None` once erased."""

    reference: str
    seat: str
    salt: bytes | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it lies in the store."""

    header: bytes
    header_hash: str
    entries: tuple[StoredEntry, ...]
    words: tuple[StoredWord, ...]
    head_seq: int
    head_hash: str
    """The last entry's number and hash, kept a second time, so that a cut shows."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a record found."""

    sound: bool
    entries: int
    """How many entries the record holds."""
    broken_at: int | None
    """The first entry that does not check; 0 for the header."""
    sentence: str


def read_record(stored: Stored) -> Record:
    """The record that lies in a store, its chain taken on trust.

    Raises:
        Unreadable: where it can't be read; the sentence names the entry.
    """
    header = read_header(stored.header)
    entries = []
    for each in stored.entries:
        try:
            entries.append(read_entry(each.data))
        except Unreadable as error:
            raise Unreadable(
                say("Entry {seq} can't be read: {why}", seq=each.seq, why=error)
            ) from None
    words = {word.reference: word.text for word in stored.words}
    return Record(header, tuple(entries), words, stored.head_hash)


def verify(stored: Stored) -> Verdict:
    """Checks every hash, every link and every piece of words, and says where the first fault is."""
    count = len(stored.entries)
    for seq, fault in _faults(stored):
        where = (
            say(
                "The record is broken at entry {seq} of {count}: {fault}",
                seq=seq,
                count=count,
                fault=fault,
            )
            if seq
            else say("The record is broken at its header: {fault}", fault=fault)
        )
        return Verdict(False, count, seq, where)
    return Verdict(
        True,
        count,
        None,
        say(
            "The record is sound: {count} entries, ending in {head}.",
            count=count,
            head=stored.head_hash[:16],
        ),
    )


def _faults(stored: Stored) -> Iterator[tuple[int, str]]:
    hashes = {0: header_hash(stored.header)}
    if hashes[0] != stored.header_hash:
        yield 0, say("it was changed after it was written.")
    words = {word.reference: word for word in stored.words}
    for number, each in enumerate(stored.entries, 1):
        if each.seq != number:
            yield number, say("it is missing.")
        try:
            given = json.loads(each.data)
            seq, parent, events = given["seq"], given["parent"], given["events"]
        except (ValueError, RecursionError, TypeError, KeyError):
            yield number, say("it is damaged.")
            continue
        if seq != number or parent not in hashes:
            yield number, say("it does not stand where it was written.")
            continue
        if entry_hash(hashes[parent], each.data) != each.hash:
            yield number, say("it, or its hash, was changed after it was written.")
        hashes[number] = each.hash
        for text in _texts(events):
            if REFERENCE.fullmatch(text):
                yield from _misquoted(number, words.get(text))
    last = len(stored.entries)
    if stored.head_seq > last:
        yield last + 1, say("it is missing.")
    elif (stored.head_seq, stored.head_hash) != (last, hashes.get(last)):
        yield last, say("it is not the entry the record ended with.")


def _texts(given: object) -> Iterator[str]:
    """Every text inside JSON values."""
    if isinstance(given, str):
        yield given
    elif isinstance(given, (list, dict)):
        for each in given.values() if isinstance(given, dict) else given:
            yield from _texts(each)


def _misquoted(seq: int, word: StoredWord | None) -> Iterator[tuple[int, str]]:
    if word is None:
        yield seq, say("words it refers to are missing.")
    elif word.text is not None or word.salt is not None:
        if word.text is None or word.salt is None:
            yield seq, say("words it refers to were changed after they were written.")
        elif reference(word.salt, word.text) != word.reference:
            yield seq, say("words it refers to were changed after they were written.")

"""The record: events and commands as JSON, the chain, words, replay."""

import json
import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.exercise import codec
from tabletop.exercise.afterwards import (
    GiveFeedback,
    Improve,
    Rate,
    RateCapability,
    Sign,
    UpdateAction,
    Withdraw,
)
from tabletop.exercise.chain import Stored, StoredEntry, StoredWord, read_record, verify
from tabletop.exercise.codec import UnknownForm
from tabletop.exercise.commands import (
    Admit,
    Command,
    Commit,
    Jump,
    Observe,
    Reflect,
    Rewind,
    Say,
    Settle,
    Start,
    Write,
)
from tabletop.exercise.events import (
    Changed,
    Committed,
    Event,
    Judged,
    Paused,
    Reflected,
    SceneEntered,
    Settled,
    Started,
    TimePassed,
    Told,
)
from tabletop.exercise.record import (
    VERSION,
    Entry,
    Header,
    Unreadable,
    entry_bytes,
    entry_hash,
    header_bytes,
    header_hash,
    read_entry,
    read_header,
    trunk,
)
from tabletop.exercise.replay import fold, state_hash
from tabletop.exercise.seats import Seat
from tabletop.exercise.words import LINES, LONGEST, REFERENCE, cleaned, reference, referred
from tabletop.scenario.characters import FORBIDDEN

EVENTS = get_args(Event)
COMMANDS = get_args(Command)
ROOT = Path(__file__).parents[2]


def any_of(cls):
    """Instances of a class, every field filled by its type."""
    hints = get_type_hints(cls)
    return st.builds(cls, **{field.name: st.from_type(hints[field.name]) for field in fields(cls)})


def by_json(value):
    return json.loads(codec.canonical(codec.encode(value)))


@settings(max_examples=300, deadline=None)
@given(st.one_of([any_of(cls) for cls in EVENTS]))
def test_every_event_survives_json_exactly(event):
    assert codec.decode(by_json(event)) == event
    assert codec.decode(codec.encode(event)) == event


@settings(max_examples=200, deadline=None)
@given(st.one_of([any_of(cls) for cls in COMMANDS]))
def test_every_command_survives_json_exactly(command):
    assert codec.decode_command(by_json(command)) == command


def test_an_unknown_event_is_said_to_come_from_a_newer_version():
    with pytest.raises(UnknownForm, match=r"'Teleported' is not known here; a newer version"):
        codec.decode({"type": "Teleported"})
    with pytest.raises(UnknownForm, match=r"'mood' of Paused is not known here; a newer version"):
        codec.decode({"type": "Paused", "mood": "calm"})
    with pytest.raises(UnknownForm):
        codec.decode({"type": "Commit", "decision": "d", "option": "o"})


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "Paused",
        {},
        {"type": 3},
        {"type": ["Paused"]},
        {"type": "SceneEntered"},
        {"type": "SceneEntered", "scene": 3},
        {"type": "TimePassed", "to": True},
        {"type": "TimePassed", "to": "1"},
        {"type": "TimePassed", "to": 1.0},
        {"type": "Changed", "name": "trust", "value": None},
        {"type": "Learned", "role": "r", "fact": "f", "how": "guessed", "path": "p"},
        {"type": "Told", "kind": "brief", "to": "all"},
        {"type": "Told", "kind": "brief", "to": [1]},
        {"type": "Started", "seats": [3], "facilitated": False, "values": [], "consents": []},
        {"type": "Started", "seats": [], "facilitated": False, "values": [["a"]], "consents": []},
    ],
)
def test_what_does_not_have_its_form_is_refused(broken):
    with pytest.raises(UnknownForm):
        codec.decode(broken)


def test_a_field_from_before_it_existed_takes_its_default():
    old = {"type": "Committed", "decision": "d", "seat": "s", "option": "o"}
    assert codec.decode(old) == Committed("d", "s", "o")


def test_names_from_a_file_are_shown_without_what_could_steer_a_screen():
    with pytest.raises(UnknownForm) as error:
        codec.decode({"type": "\x1b[2J\u202e" + "x" * 500})
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 200


def test_canonical_json_is_one_form_for_one_value():
    assert codec.canonical({"b": 1, "a": "é\n"}) == '{"a":"é\\n","b":1}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        codec.canonical({"x": float("nan")})


# The chain.


def header(**changes) -> Header:
    plain = Header(
        id="k7rm4t",
        created="2026-11-01T09:00:00Z",
        scenario_name="larkmoor_row",
        scenario_text="title: Ünïcode\r\n",
        guidance_json="{}",
        parameters={"agency": "Alder Bay"},
        roles=("investigator", "advocate"),
        seed=7,
        tool_version="0.1",
    )
    return replace(plain, **changes)


SALT = b"0123456789abcdef"
REASON = reference(SALT, "Because.")
ENTRIES = (
    Entry(1, 0, 0, "investigator", "", (Changed("ready", False), SceneEntered("planning"))),
    Entry(2, 1, 1500, "advocate", "a-1", (Told("message", ("all",), "all", "", REASON),)),
    Entry(3, 2, 61_500, "investigator", "", (TimePassed(61_500),)),
    Entry(4, 3, 70_000, "investigator", "i-1", (Paused(),)),
)


def stored(entries=ENTRIES, head=None) -> Stored:
    data = header_bytes(head or header())
    hashes = {0: header_hash(data)}
    lines = []
    for entry in entries:
        line = entry_bytes(entry)
        hashes[entry.seq] = entry_hash(hashes[entry.parent], line)
        lines.append(StoredEntry(entry.seq, line, hashes[entry.seq]))
    words = (StoredWord(REASON, "advocate", SALT, "Because."),)
    last = entries[-1].seq if entries else 0
    return Stored(data, hashes[0], tuple(lines), words, last, hashes[last])


def test_header_and_entries_read_back_as_written():
    assert read_header(header_bytes(header())) == header()
    for entry in ENTRIES:
        assert read_entry(entry_bytes(entry)) == entry
    record = read_record(stored())
    assert record.entries == ENTRIES
    assert record.words == {REASON: "Because."}
    assert record.head == stored().head_hash


def test_a_sound_record_verifies_and_names_its_head():
    verdict = verify(stored())
    assert (verdict.sound, verdict.entries, verdict.broken_at) == (True, 4, None)
    assert stored().head_hash[:16] in verdict.sentence
    assert verify(stored(())).sound


CHANGES = {
    "seq": 9,
    "parent": 0,
    "at": 1501,
    "by": "investigator",
    "key": "a-2",
    "events": [codec.encode(Told("message", ("advocate",), "all", "", REASON))],
}


@pytest.mark.parametrize("field", CHANGES)
def test_one_changed_field_breaks_the_chain_at_its_entry(field):
    sound = stored()
    given = json.loads(sound.entries[1].data)
    assert given[field] != CHANGES[field]
    changed = StoredEntry(
        2, codec.canonical(given | {field: CHANGES[field]}), sound.entries[1].hash
    )
    verdict = verify(replace(sound, entries=(sound.entries[0], changed, *sound.entries[2:])))
    assert (verdict.sound, verdict.broken_at) == (False, 2)
    assert "entry 2 of 4" in verdict.sentence


def test_every_changed_byte_of_an_entry_is_found_there():
    sound = stored()
    line = sound.entries[2]
    for place in range(len(line.data)):
        data = bytearray(line.data)
        data[place] ^= 1
        changed = StoredEntry(3, bytes(data), line.hash)
        verdict = verify(replace(sound, entries=(*sound.entries[:2], changed, sound.entries[3])))
        assert (verdict.sound, verdict.broken_at) == (False, 3)


def test_a_changed_hash_is_found_where_it_stands():
    sound = stored()
    line = sound.entries[1]
    changed = replace(line, hash="0" * 64)
    verdict = verify(replace(sound, entries=(sound.entries[0], changed, *sound.entries[2:])))
    assert verdict.broken_at == 2


def test_an_entry_changed_with_its_own_hash_breaks_the_next_one():
    sound = stored()
    data = entry_bytes(replace(ENTRIES[1], at=1501))
    forged = StoredEntry(2, data, entry_hash(sound.entries[0].hash, data))
    verdict = verify(replace(sound, entries=(sound.entries[0], forged, *sound.entries[2:])))
    assert verdict.broken_at == 3


def test_a_changed_header_is_found_there():
    sound = stored()
    verdict = verify(replace(sound, header=sound.header.replace(b"Alder", b"Elder")))
    assert (verdict.sound, verdict.broken_at) == (False, 0)
    data = header_bytes(header(seed=8))
    verdict = verify(replace(sound, header=data, header_hash=header_hash(data)))
    assert verdict.broken_at == 1


def test_a_missing_or_moved_entry_is_named():
    sound = stored()
    a, b, c, d = sound.entries
    assert verify(replace(sound, entries=(a, c, d))).broken_at == 2
    assert verify(replace(sound, entries=(a, b, c))).broken_at == 4
    assert verify(replace(sound, entries=())).broken_at == 1
    swapped = (a, replace(c, seq=2), replace(b, seq=3), d)
    assert verify(replace(sound, entries=swapped)).broken_at == 2


def test_changed_words_are_found_and_erased_ones_are_not_missed():
    sound = stored()
    word = sound.words[0]
    for changed in ((replace(word, text="Never."),), (replace(word, salt=b"x"),), ()):
        verdict = verify(replace(sound, words=changed))
        assert (verdict.sound, verdict.broken_at) == (False, 2)
    erased = replace(sound, words=(replace(word, salt=None, text=None),))
    assert verify(erased).sound
    assert read_record(erased).words == {REASON: None}


def test_words_are_checked_wherever_an_event_has_them_even_one_not_known_here():
    gone = "w" + "0" * 32
    for event in (
        Told("message", ("a",), words=gone),
        Settled("d", "o", "sole", (Judged("o", 0, 0, 0),), (), "s", gone),
        Reflected("s", "plus", gone),
        Started((Seat("a", "player", "a", gone),), False, (), ()),
    ):
        verdict = verify(stored((*ENTRIES, Entry(5, 4, 0, "x", "", (event,)))))
        assert (verdict.broken_at, "missing" in verdict.sentence) == (5, True)
    line = json.loads(entry_bytes(ENTRIES[3]))
    line["events"] = [{"type": "Teleported", "deep": [{"words": gone}]}]
    sound = stored()
    data = codec.canonical(line)
    hash_ = entry_hash(sound.entries[2].hash, data)
    newer = (*sound.entries[:3], StoredEntry(4, data, hash_))
    assert verify(replace(sound, entries=newer, head_hash=hash_)).broken_at == 4
    line["events"] = [{"type": "Teleported"}]
    data = codec.canonical(line)
    hash_ = entry_hash(sound.entries[2].hash, data)
    newer = (*sound.entries[:3], StoredEntry(4, data, hash_))
    assert verify(replace(sound, entries=newer, head_hash=hash_)).sound


def test_a_record_from_a_newer_version_is_refused_in_one_sentence():
    data = header_bytes(header(record_version=VERSION + 1, tool_version="9.1"))
    with pytest.raises(Unreadable, match=r"newer version of tabletop \(9.1\)"):
        read_header(data)
    entry = json.loads(entry_bytes(ENTRIES[0]))
    entry["events"].append({"type": "Teleported"})
    with pytest.raises(Unreadable, match="a newer version of tabletop wrote it"):
        read_entry(codec.canonical(entry))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"[]", b"{}", b"null", b"[" * 100_000, b'{"record_version": 1}']
)
def test_damaged_headers_and_entries_are_refused_in_one_sentence(data):
    for read in (read_header, read_entry):
        with pytest.raises(Unreadable) as error:
            read(data)
        assert "\n" not in str(error.value)


def test_a_rewind_leaves_what_came_after_it_out_of_the_story():
    rewound = (*ENTRIES, Entry(5, 2, 2000, "investigator", "", (SceneEntered("scramble"),)))
    assert [entry.seq for entry in trunk(rewound)] == [1, 2, 5]
    assert verify(stored(rewound)).sound
    assert trunk(()) == ()


# Words.


def test_a_reference_depends_on_every_byte_of_salt_and_text():
    one = reference(SALT, "Because.")
    assert REFERENCE.fullmatch(one)
    assert one != reference(b"1" + SALT[1:], "Because.")
    assert one != reference(SALT, "Because!")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  plain  ", "plain"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("tab\there", "tab here"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x9b2Jclear", "clear"),
        ("a\x00b\x7fc\x85d", "abc\nd"),
        ("\u202eevil\u202c \u200bzero\ufeff", "evil zero"),
        ("half \ud800 pair", "half  pair"),
        ("[b]not markup[/b]", "[b]not markup[/b]"),
        ("\u200b\u3164\n \t", ""),
        ("", ""),
    ],
)
def test_words_are_cleaned(typed, kept):
    assert cleaned(typed) == kept


def test_words_are_cut_to_a_page():
    long = cleaned("x" * (LONGEST + 1))
    assert len(long) == LONGEST
    assert long.endswith("…")
    assert cleaned("x" * LONGEST) == "x" * LONGEST
    lines = cleaned("x\n" * 100_000)
    assert lines.count("\n") < LINES
    assert lines.endswith("…")
    assert cleaned("\n".join("x" * LINES)) == "\n".join("x" * LINES)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=3000))
def test_cleaned_words_are_clean_however_they_were_typed(text):
    once = cleaned(text)
    assert not FORBIDDEN.search(once)
    assert len(once) <= LONGEST
    assert once.count("\n") < LINES
    assert cleaned(once) == once


def test_every_word_of_a_command_is_referred_to_and_nothing_else():
    seen = []

    def refer(whose, text):
        seen.append((whose, text))
        return "w!"

    assert referred(Commit("d", "o", "why"), "s", refer) == Commit("d", "o", "w!")
    assert referred(Commit("d", "o"), "s", refer) == Commit("d", "o")
    assert referred(Settle("d", "o", "why"), "s", refer) == Settle("d", "o", "w!")
    assert referred(Say("all", "hello"), "s", refer) == Say("all", "w!")
    assert referred(Reflect("plus", "good"), "s", refer) == Reflect("plus", "w!")
    assert referred(Jump("s", "late"), "s", refer) == Jump("s", "w!")
    assert referred(Rewind(1, "again"), "s", refer) == Rewind(1, "w!")
    assert referred(Write(("all",), "news"), "s", refer) == Write(("all",), "w!")
    assert referred(Observe("issue", "quiet"), "s", refer) == Observe("issue", "w!")
    kept = Reflect("commitment", "call", "at the briefing", "Friday")
    assert referred(kept, "s", refer) == Reflect("commitment", "w!", "w!", "w!")
    assert referred(Rate("o.t", "P", "S", "calm"), "s", refer) == Rate("o.t", "P", "S", "w!")
    whole = RateCapability("Services", "P", "S", "calm")
    assert referred(whole, "s", refer) == replace(whole, reason="w!")
    assert referred(Withdraw(1, "twice"), "s", refer) == Withdraw(1, "w!")
    item = Improve("late", "ring", "training", "Harbor", "Di", "2026-12-01", item=2)
    assert referred(item, "s", refer) == replace(
        item, issue="w!", action="w!", owner="w!", contact="w!"
    )
    assert referred(UpdateAction(1, "done", "sent"), "s", refer) == UpdateAction(1, "done", "w!")
    assert referred(Sign("Di", "City", "chief", "d"), "s", refer) == Sign("w!", "w!", "w!", "d")
    given = GiveFeedback((("safe", 5),), suggestions="more")
    assert referred(given, "s", refer) == replace(given, suggestions="w!")
    late = Seat("c", "player", "b", "Cem", agency="Harbor Line")
    assert referred(Admit(late), "s", refer) == Admit(Seat("c", "player", "b", "w!", agency="w!"))
    seats = (Seat("a", "player", "a", "Ann"), Seat("b", "stand_in", "b"))
    named = referred(Start(seats), "a", refer)
    assert named == Start((Seat("a", "player", "a", "w!"), Seat("b", "stand_in", "b")))
    assert seen == [
        ("s", "why"), ("s", "why"), ("s", "hello"), ("s", "good"), ("s", "late"),
        ("s", "again"), ("s", "news"), ("s", "quiet"), ("s", "call"), ("s", "at the briefing"),
        ("s", "Friday"), ("s", "calm"), ("s", "calm"), ("s", "twice"), ("s", "late"),
        ("s", "ring"), ("s", "Harbor"), ("s", "Di"),
        ("s", "sent"), ("s", "Di"), ("s", "City"), ("s", "chief"), ("someone", "more"),
        ("c", "Cem"), ("c", "Harbor Line"), ("a", "Ann"),
    ]  # fmt: skip


def test_every_field_that_holds_words_is_known():
    """A new command or event with words in it has to be thought of."""
    holding = {"reason", "words", "name", "issue", "note", "suggestions"}
    # `Changed` and `Admit` name a flag and a seat; of seats, see the test above.
    commands = {cls.__name__ for cls in COMMANDS if holding & {field.name for field in fields(cls)}}
    assert commands == {
        "Commit", "Settle", "Say", "Reflect", "Jump", "Rewind", "Write", "Observe", "Rate",
        "RateCapability", "Improve", "Withdraw", "UpdateAction", "GiveFeedback", "Sign",
    }  # fmt: skip
    events = {cls.__name__ for cls in EVENTS if holding & {field.name for field in fields(cls)}}
    assert events - {"Changed"} == {
        "Told", "Committed", "Settled", "Reflected", "Jumped", "Rewound", "Observed", "Rated",
        "CapabilityRated", "ImprovementWritten", "Withdrawn", "ActionUpdated", "FeedbackGiven",
        "Signed",
    }  # fmt: skip


# Replay.


def test_folding_follows_the_trunk():
    state = fold(ENTRIES)
    assert (state.at, state.scene, state.paused) == (70_000, "planning", True)


def test_the_hash_of_a_state_is_the_same_in_another_process():
    program = (
        "import test_record; from tabletop.exercise.replay import fold, state_hash;"
        "print(state_hash(fold(test_record.ENTRIES)))"
    )
    expected = state_hash(fold(ENTRIES))
    for seed in ("0", "1", "4711"):
        path = os.pathsep.join((str(ROOT), str(Path(__file__).parent)))
        ran = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        )
        assert ran.stdout.strip() == expected


def test_the_hash_of_a_state_tells_states_apart():
    assert state_hash(fold(ENTRIES)) != state_hash(fold(ENTRIES[:3]))

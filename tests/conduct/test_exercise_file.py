"""One exercise in one file: durable, append-only, private, and never half of anything."""

import os
import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.conduct.errors import InUse, RecordError, Unsaved
from tabletop.conduct.exercise_file import ExerciseFile
from tabletop.conduct.file_access import APPLICATION, read_summary
from tabletop.conduct.file_reading import Head, head_of, read_file
from tabletop.conduct.summary import ExerciseSummary
from tabletop.exercise.chain import StoredWord, read_record, verify
from tabletop.exercise.events import Paused, Resumed, Told
from tabletop.exercise.record import VERSION, Entry, Header
from tabletop.exercise.words import reference

SUMMARY = ExerciseSummary("k7rm4t", "First Hour", "first_hour", roles=("investigator",))
HEADER = Header(
    id="k7rm4t",
    created="2026-11-01T09:00:00Z",
    scenario_name="first_hour",
    scenario_text="title: First Hour\n" * 1000,
    guidance_json="{}",
    parameters={},
    roles=("investigator",),
    seed=7,
    tool_version="0.1",
)
SALT = b"0123456789abcdef"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "k7rm4t.exercise"


@pytest.fixture
def file(path: Path):
    file = ExerciseFile.create(path, HEADER, SUMMARY)
    yield file
    file.close()


def append(file: ExerciseFile, text: str = "", seat: str = "investigator") -> Head:
    seq = file.head.seq + 1
    words, events = (), (Paused() if seq % 2 else Resumed(),)
    if text:
        word = StoredWord(reference(SALT, text), seat, SALT, text)
        words, events = (word,), (Told("message", ("all",), "all", "", word.reference),)
    entry = Entry(seq, seq - 1, seq * 1000, seat, f"k{seq}", events)
    last = f"2026-11-01T09:00:{seq % 60:02}Z"
    summary = replace(SUMMARY, status="running", elapsed_ms=seq * 1000, last=last)
    return file.append(file.head, entry, words, summary)


def fill(file: ExerciseFile) -> None:
    for number in range(1000):
        append(file, f"{number} " + "x" * 1900)


def use(path: Path) -> None:
    ExerciseFile.open(path).close()
    read_record(read_file(path))


def raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def test_what_was_appended_is_read_back(file, path):
    assert file.head.seq == 0
    for _ in range(3):
        append(file)
    append(file, "Wait for the interpreter.")
    record = read_record(file.read())
    assert record.header == HEADER
    assert [entry.seq for entry in record.entries] == [1, 2, 3, 4]
    assert list(record.words.values()) == ["Wait for the interpreter."]
    assert verify(file.read()).sound
    file.close()
    again = ExerciseFile.open(path)
    assert read_record(again.read()) == record
    assert again.head == file.head
    append(again)
    again.close()
    assert verify(read_file(path)).entries == 5


def test_what_was_appended_is_seen_by_others_before_append_returns(file, path):
    append(file)
    assert len(read_file(path).entries) == 1
    assert read_summary(path, "k7rm4t").elapsed_ms == 1000


def test_reading_beside_a_writer_sees_one_moment(file, path, monkeypatch):
    append(file)

    def later(connection):
        head = head_of(connection)
        append(file)
        return head

    monkeypatch.setattr("tabletop.conduct.file_reading.head_of", later)
    held = read_file(path)
    assert (held.head_seq, len(held.entries)) == (1, 1)
    assert file.head.seq == 2


def test_only_its_owner_can_read_it_while_open_and_at_rest(file, path):
    append(file)
    made = list(path.parent.iterdir())
    assert {each.name for each in made} >= {path.name, f"{path.name}-wal", f"{path.name}-shm"}
    for each in made:
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each
    file.close()
    for each in path.parent.iterdir():
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each


def test_at_rest_it_is_one_file(file, path):
    append(file)
    file.close()
    assert {each.name for each in path.parent.iterdir()} == {path.name, "k7rm4t.lock"}
    # Its header says so too, or reading it would make files beside it again.
    assert path.read_bytes()[18:20] == b"\x01\x01"


def test_it_is_written_through_to_the_disk_and_cleared_behind(file):
    settings = {
        name: file._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete", "trusted_schema")
    }
    assert settings == {
        "journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "trusted_schema": 0,
    }  # fmt: skip


def test_entries_and_header_can_be_neither_changed_nor_deleted(file):
    append(file, "Words.")
    before = file.read()
    for statement in (
        "UPDATE entries SET data = x'00'",
        "UPDATE entries SET seq = 7",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries VALUES (1, x'00', '')",
        "INSERT INTO entries VALUES (3, x'00', '')",
        "UPDATE header SET data = x'00'",
        "DELETE FROM header",
        "UPDATE words SET text = 'Other words.'",
        "UPDATE words SET text = NULL, salt = NULL, reference = 'w'",
        "DELETE FROM words",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            file._connection.execute(statement)
    assert file.read() == before


def test_it_is_appended_only_where_it_is_believed_to_end(file):
    head = append(file)
    append(file)
    entry = Entry(2, 1, 0, "investigator", "", (Paused(),))
    with pytest.raises(Unsaved, match="gone on elsewhere"):
        file.append(head, entry, (), SUMMARY)
    with pytest.raises(Unsaved):
        file.append(Head(2, "0" * 64), replace(entry, seq=3, parent=2), (), SUMMARY)
    assert len(file.read().entries) == 2


def test_a_rewind_chains_to_the_entry_it_goes_back_to(file):
    for _ in range(3):
        append(file)
    entry = Entry(4, 1, 5000, "investigator", "", (Paused(),))
    file.append(file.head, entry, (), SUMMARY)
    entry = Entry(5, 0, 5000, "investigator", "", (Paused(),))
    file.append(file.head, entry, (), SUMMARY)
    assert verify(file.read()).sound


def test_an_entry_that_cannot_be_stored_whole_is_not_stored_at_all(file, monkeypatch):
    append(file)
    before = file.read()

    class Broken(list):
        def __iter__(self):
            raise RuntimeError

    entry = Entry(2, 1, 0, "investigator", "", (Paused(),))
    with pytest.raises(RuntimeError):
        file.append(file.head, entry, Broken(), SUMMARY)
    assert file.read() == before
    assert not file._connection.in_transaction
    append(file)
    assert verify(file.read()).entries == 2


def test_it_is_open_in_one_place_only(file, path):
    with pytest.raises(InUse, match="open in another window"):
        ExerciseFile.open(path)
    file.close()
    ExerciseFile.open(path).close()


def test_another_process_cannot_take_it_and_a_dead_one_does_not_keep_it(file, path):
    append(file)
    file.close()
    program = (
        "import sys, time, pathlib; from tabletop.conduct.exercise_file import ExerciseFile;"
        "held = ExerciseFile.open(pathlib.Path(sys.argv[1]));"
        "print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(InUse):
            ExerciseFile.open(path)
        assert len(read_file(path).entries) == 1
        other.kill()
        other.wait()
    again = ExerciseFile.open(path)
    append(again)
    again.close()
    assert verify(read_file(path)).entries == 2


# What can be wrong with a file.


def test_a_full_disk_costs_the_entry_and_nothing_else(file):
    append(file)
    pages = file._connection.execute("PRAGMA page_count").fetchone()[0]
    file._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Unsaved, match="The disk is full"):
        fill(file)
    held = file.read()
    assert 1 < len(held.entries) == file.head.seq
    assert verify(held).sound
    assert not file._connection.in_transaction
    file._connection.execute("PRAGMA max_page_count = 1000000")
    append(file)
    assert verify(file.read()).sound


def test_a_full_disk_also_stops_notes_and_drafts_in_a_sentence(file):
    pages = file._connection.execute("PRAGMA page_count").fetchone()[0]
    file._connection.execute(f"PRAGMA max_page_count = {pages}")
    file.note("investigator", "short")
    with pytest.raises(Unsaved, match="The disk is full"):
        file.note("investigator", "x" * 100_000)
    assert file.notes("investigator") == "short"


def test_a_file_that_cannot_be_written_says_so(file):
    append(file)
    file._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(Unsaved, match="can't be written"):
        append(file)
    assert len(file.read().entries) == 1


@pytest.mark.parametrize("size", [1, 99, 100, 4096, 12_345, 40_000])
def test_a_cut_file_is_refused_in_a_sentence_and_left_alone(file, path, size):
    for _ in range(20):
        append(file, "x" * 1900)
    file.close()
    path.write_bytes(path.read_bytes()[:size])
    before = path.read_bytes()
    with pytest.raises(RecordError) as error:
        use(path)
    assert "\n" not in str(error.value)
    assert str(path) in str(error.value)
    assert path.read_bytes() == before
    summary = read_summary(path, "k7rm4t")
    assert summary.id == "k7rm4t"


@pytest.mark.parametrize("cut", [1, 30, 4000, 9000, 20_000])
def test_a_log_cut_by_a_crash_gives_back_whole_entries(file, path, tmp_path, cut):
    for _ in range(10):
        append(file, "Words that matter.")
    copy = tmp_path / "copy" / path.name
    copy.parent.mkdir()
    log = path.with_name(f"{path.name}-wal").read_bytes()
    copy.write_bytes(path.read_bytes())
    copy.with_name(f"{path.name}-wal").write_bytes(log[:-cut])
    again = ExerciseFile.open(copy)
    held = again.read()
    again.close()
    assert verify(held).sound
    assert len(held.entries) < 10


@pytest.mark.parametrize("data", [b"", b"not a database", b"\x00" * 5000, b"SQLite format 3\x00"])
def test_what_is_not_an_exercise_is_refused_in_a_sentence(path, data):
    path.write_bytes(data)
    with pytest.raises(RecordError, match=r"not an exercise of tabletop|is damaged"):
        ExerciseFile.open(path)
    assert path.read_bytes() == data
    assert read_summary(path, "k7rm4t").problem


def test_another_programs_database_is_refused_and_left_alone(path):
    with raw(path) as other:
        other.execute("CREATE TABLE header (data, hash)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="not an exercise of tabletop"):
        ExerciseFile.open(path)
    with raw(path) as other:
        other.execute(f"PRAGMA application_id = {APPLICATION}")
    other.close()
    with pytest.raises(RecordError):
        ExerciseFile.open(path)
    assert path.read_bytes()[100:] == before[100:]


def test_a_file_from_a_newer_version_is_refused_in_one_sentence(path):
    newer = replace(HEADER, record_version=VERSION + 1, tool_version="9.1")
    ExerciseFile.create(path, newer, SUMMARY).close()
    with pytest.raises(RecordError, match=r"newer version of tabletop \(9.1\)"):
        ExerciseFile.open(path)
    with pytest.raises(RecordError, match=r"newer version"):
        read_file(path)
    assert "newer version" in read_summary(path, "k7rm4t").problem
    with raw(path) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()
    with pytest.raises(RecordError, match=r"newer version of tabletop \(9.1\)"):
        ExerciseFile.open(path)


def test_a_folder_or_nothing_in_its_place_is_refused(path):
    with pytest.raises(RecordError, match="does not exist"):
        ExerciseFile.open(path)
    path.mkdir()
    with pytest.raises(RecordError, match="not a file"):
        ExerciseFile.open(path)


def test_making_one_where_nothing_can_be_made_says_so():
    with pytest.raises(RecordError, match="/proc/"):
        ExerciseFile.create(Path("/proc/self/k7rm4t.exercise"), HEADER, SUMMARY)


def test_one_that_could_not_be_made_leaves_nothing_behind(path, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("tabletop.conduct.exercise_file._fill", full)
    with pytest.raises(RecordError):
        ExerciseFile.create(path, HEADER, SUMMARY)
    assert list(path.parent.iterdir()) == []


# Tampering: somebody else's hands, past the triggers.

TAMPERINGS = {
    "seq": "UPDATE entries SET seq = 99 WHERE seq = 3",
    "inner seq": "UPDATE entries SET data = replace(data, '\"seq\":3', '\"seq\":4') WHERE seq = 3",
    "parent": "UPDATE entries SET data = replace(data, '\"parent\":2', '\"parent\":1')"
    " WHERE seq = 3",
    "at": "UPDATE entries SET data = replace(data, '\"at\":3000', '\"at\":2000') WHERE seq = 3",
    "by": "UPDATE entries SET data = replace(data, 'investigator', 'advocate') WHERE seq = 3",
    "key": "UPDATE entries SET data = replace(data, '\"k3\"', '\"k4\"') WHERE seq = 3",
    "events": "UPDATE entries SET data = replace(data, 'message', 'advice') WHERE seq = 3",
    "bytes": "UPDATE entries SET data = replace(data, ':3000', ': 3000') WHERE seq = 3",
    "hash": "UPDATE entries SET hash = replace(hash, 'a', 'b') WHERE seq = 3",
    "deleted": "DELETE FROM entries WHERE seq = 3",
    "words": "UPDATE words SET text = 'Something else.' WHERE rowid = 3",
    "salt": "UPDATE words SET salt = x'00' WHERE rowid = 3",
    "no salt": "UPDATE words SET salt = NULL WHERE rowid = 3",
    "no words": "DELETE FROM words WHERE rowid = 3",
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_a_changed_entry_is_named(file, path, how):
    for number in range(5):
        append(file, f"Words {number}.")
    file.close()
    _tamper(path, TAMPERINGS[how])
    verdict = verify(read_file(path))
    assert (verdict.sound, verdict.broken_at) == (False, 3), verdict
    assert "entry 3" in verdict.sentence


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("DELETE FROM entries WHERE seq > 3", 4),
        ("DELETE FROM entries", 1),
        ("UPDATE header SET data = replace(data, 'First', 'Last')", 0),
        ("UPDATE header SET hash = replace(hash, 'a', 'b')", 0),
        ("UPDATE summary SET head_hash = 'x'", 5),
        ("UPDATE summary SET head_seq = 4", 5),
    ],
)
def test_a_cut_end_or_a_changed_header_is_named(file, path, statement, place):
    for number in range(5):
        append(file, f"Words {number}.")
    file.close()
    _tamper(path, statement)
    verdict = verify(read_file(path))
    assert (verdict.sound, verdict.broken_at) == (False, place), verdict


def _tamper(path: Path, statement: str) -> None:
    with raw(path) as other:
        for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            other.execute(f"DROP TRIGGER {name}")
        # `replace` gives text where bytes are stored.
        statement = statement.replace(
            "data = replace(data,", "data = CAST(replace(CAST(data AS TEXT),"
        )
        if "CAST(" in statement:
            head, _, where = statement.partition(" WHERE ")
            statement = f"{head} AS BLOB){f' WHERE {where}' if where else ''}"
        assert other.execute(statement).rowcount > 0
    other.close()


# Notes, drafts, erasing.


def test_notes_and_drafts_lie_beside_the_record_by_seat(file, path):
    before = file.read()
    file.note("investigator", "Ask about the keys.")
    file.note("investigator", "Ask about the phones.")
    file.draft("investigator", "notice", '{"option": "a"}')
    file.draft("investigator", "warrant", "{}")
    file.draft("investigator", "warrant", "")
    assert file.notes("investigator") == "Ask about the phones."
    assert file.notes("advocate") == ""
    assert file.drafts("investigator") == {"notice": '{"option": "a"}'}
    assert file.drafts("advocate") == {}
    assert file.read() == before


def test_erased_words_are_gone_from_every_byte_and_the_chain_holds(file, path):
    for number in range(300):
        append(file, f"SECRET {number} was said by the advocate. " + "y" * (number * 7), "advocate")
        append(file, f"Kept {number}.", "investigator")
        file.note("advocate", f"SECRET note {number}" + "z" * (number * 11))
        file.draft("advocate", f"d{number % 7}", f"SECRET draft {number}")
    file.note("investigator", "Kept note.")
    everywhere = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert everywhere.count(b"SECRET") > 300
    assert file.erase(["advocate"]) == 300
    open_ = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert b"SECRET" not in open_
    assert b"Kept 299." in open_
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0
    assert file.notes("advocate") == ""
    assert file.drafts("advocate") == {}
    assert file.notes("investigator") == "Kept note."
    assert file.erase(["advocate"]) == 0
    append(file, "And on.")
    file.close()
    assert b"SECRET" not in b"".join(each.read_bytes() for each in path.parent.iterdir())
    held = read_file(path)
    assert verify(held).sound
    gone = [word for word in held.words if word.seat == "advocate"]
    assert len(gone) == 300
    assert all(word.salt is None and word.text is None for word in gone)


def test_erasing_clears_what_moving_rows_has_left_behind(file, path):
    file._connection.execute("PRAGMA secure_delete = OFF")
    for number in range(200):
        append(file, f"SECRET {number} " + "y" * (number * 9))
    file.erase(["investigator"])
    file.close()
    assert b"SECRET" not in b"".join(each.read_bytes() for each in path.parent.iterdir())


def test_erasing_on_a_full_disk_says_that_traces_may_be_left(file, path):
    append(file, "SECRET")
    real = file._connection

    class Full:
        def __getattr__(self, name):
            return getattr(real, name)

        def execute(self, sql, *given):
            if sql == "VACUUM":
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise error
            return real.execute(sql, *given)

    file._connection = Full()
    with pytest.raises(RecordError, match="may still hold traces"):
        file.erase(["investigator"])
    file._connection = real
    assert all(word.text is None for word in file.read().words)
    assert file.erase(["investigator"]) == 0
    assert b"SECRET" not in b"".join(each.read_bytes() for each in path.parent.iterdir())


def test_erasing_while_someone_reads_says_that_traces_are_left(file, path):
    append(file, "SECRET")
    reader = raw(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM words").fetchone()
    try:
        with pytest.raises(RecordError, match="may still hold traces"):
            file.erase(["investigator"])
    finally:
        reader.close()
    assert file.erase(["investigator"]) == 0
    assert b"SECRET" not in b"".join(each.read_bytes() for each in path.parent.iterdir())

"""A record for other programs: it comes back whole, and says no more than was asked for."""

import asyncio
import csv
import io
import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from test_session import at_ease, seated, session
from test_steering import facilitated

from tabletop.conduct.connection import Accepted
from tabletop.conduct.errors import RecordError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.importing import import_record
from tabletop.conduct.session.lines import Place
from tabletop.debrief.formats import csv_file
from tabletop.debrief.report import build
from tabletop.debrief.sheets.sheet import Sheet
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c
from tabletop.exercise.chain import verify
from tabletop.exercise.portable import read, written
from tabletop.exercise.record import Unreadable
from tabletop.plain.exporting import exported, statements

WROTE = ("They talked.", "A second phone rings.", "Once more.", "Late.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with one facilitated exercise that went back once; Ada and Bo played in it."""
    path = tmp_path_factory.mktemp("data")
    asyncio.run(facilitated(path))
    return DataFolder(path)


@pytest.fixture(scope="module")
def exercise(folder):
    (one,) = folder.exercises()
    return one.id


@pytest.fixture(scope="module")
def stored(folder, exercise):
    return folder.stored(exercise)


@pytest.fixture(scope="module")
def record(folder, exercise):
    return folder.record(exercise)


def files(stored, record, form, *, names=False, redacted=False):
    made = exported(stored, record, form, names=names, redacted=redacted)
    return {name: content.decode("utf-8-sig") for name, content in made.items()}


def test_a_record_comes_back_as_it_was(stored):
    assert read(written(stored, "all")) == stored


@pytest.mark.parametrize(
    ("options", "there", "gone"),
    [
        ({"names": True}, ("Ada", "Bo", *WROTE), ()),
        ({}, WROTE, ("Ada", "Bo")),
        ({"redacted": True}, (), ("Ada", "Bo", *WROTE)),
    ],
)
def test_what_stays_out_is_nowhere_and_the_record_verifies(stored, record, options, there, gone):
    (text,) = files(stored, record, "jsonl", **options).values()
    for each in there:
        assert f'"{each}"' in text
    for each in gone:
        assert f'"{each}"' not in text
    found = read(text.encode())
    assert verify(found).sound
    assert found.head_hash == stored.head_hash
    assert found.entries == stored.entries


def test_an_imported_exercise_gives_the_same_debrief(tabletop, folder, exercise, tmp_path):
    tabletop = replace(tabletop, data=folder.path)
    assert tabletop("export", exercise, "-o", str(tmp_path), "--names").code == 0
    there = replace(tabletop, data=tmp_path / "there")
    path = str(tmp_path / f"{exercise}.jsonl")
    assert there("import", path).code == 0
    assert "here already" in there("import", path).out
    assert there("verify", exercise).out == tabletop("verify", exercise).out
    text = ("debrief", exercise, "--format", "md", "--names")
    assert there(*text).out == tabletop(*text).out
    assert there("erase", exercise, "--person", "Ada").code == 0
    assert there("verify", exercise).code == 0


def test_no_line_can_be_changed_lost_doubled_or_moved(stored, tmp_path):
    lines = written(stored, "all").splitlines(keepends=True)
    other = DataFolder(tmp_path / "data")
    last = 2 + len(stored.entries)
    for number in range(len(lines)):
        line = lines[number]
        middle = len(line) // 2
        flipped = line[:middle] + bytes([line[middle] ^ 1]) + line[middle + 1 :]
        lost = [*lines[:number], *lines[number + 1 :]]
        changes = [
            lost,
            [*lines[:number], flipped, *lines[number + 1 :]],
            [*lines[: number + 1], *lines[number:]],
            [*lines[:number], *lines[number + 1 : number + 2], line, *lines[number + 2 :]],
        ]
        # Words stand in no order, and are held by their references alone.
        for changed in changes if number < last else (lost,):
            path = tmp_path / "changed.jsonl"
            path.write_bytes(b"".join(changed))
            with pytest.raises(RecordError) as refused:
                import_record(other, path)
            assert "\n" not in str(refused.value)
    assert not other.path.exists() or not other.exercises()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a record that tabletop exported"),
        (b"[1]\n", "not a record that tabletop exported"),
        (b"\xff\xfe\n", "not a record that tabletop exported"),
        (b"[" * 100_000, "not a record that tabletop exported"),
        (b'{"type":"tabletop record","form":2}\n', "newer tabletop"),
        (b'{"type":"tabletop record","form":1,"hashes":"3"}\n', "Line 1 is damaged"),
        (b'{"type":"tabletop record","form":1,"hashes":[]}\n', "Line 1 is damaged"),
        (b'{"type":"tabletop record","form":1,"hashes":["a","b"]}\n{}\n', "It was cut"),
        (b'{"type":"tabletop record","form":1,"hashes":["a"]}\n{}\n[]\n', "Line 3 is damaged"),
    ],
)
def test_what_is_no_record_is_refused_in_one_sentence(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(content)


def test_another_exercise_of_its_name_stays(folder, exercise, stored, tmp_path):
    path = tmp_path / "older.jsonl"
    cut = stored.entries[-2]
    older = replace(stored, entries=stored.entries[:-1], head_seq=cut.seq, head_hash=cut.hash)
    path.write_bytes(written(older, "all"))
    with pytest.raises(RecordError, match="stays as it is"):
        import_record(folder, path)
    assert folder.stored(exercise) == stored


# CSV.


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_every_answer_and_fact_has_its_row(stored, record):
    made = files(stored, record, "csv")
    found = {name.removeprefix(f"{record.header.id}-"): rows(text) for name, text in made.items()}
    report = build(record)
    decided = [
        moment.what
        for scene in report.story
        for moment in scene.moments
        if type(moment.what).__name__ == "Decided"
    ]
    assert {row["decision"] for row in found["decisions.csv"]} == {each.id for each in decided}
    assert all(row["settled"] in row["options_offered"].split() for row in found["decisions.csv"])
    forced = [row for row in found["decisions.csv"] if row["how"] == "facilitator"]
    assert all(row["counts"] == "no" for row in forced)
    noted = [row["text"] for row in found["observations.csv"]]
    assert noted == ["They talked.", "Nobody asked her."]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "' =1"),
        (" =1", "' =1"),
        (-1, "-1"),
        (True, "yes"),
        ('a "b", c', 'a "b", c'),
        ("a\r\nb", "a\nb"),
    ],
)
def test_no_cell_is_a_formula(cell, shown):
    text = csv_file.render(Sheet("x", ("a",), ((cell,),)))
    assert text.startswith(b"\xef\xbb\xbfa\r\n")
    ((_,), (found,)) = csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))
    assert found == shown


# xAPI.


def test_statements_hold_an_answer_each_and_nobodys_name_or_words(stored, record):
    made = statements(record, names=False)
    answered = {(s["object"]["id"].rsplit("/", 1)[1], s["result"]["response"]) for s in made}
    assert ("first_step", "call_first") in answered
    text = json.dumps(made)
    for each in ("Ada", "Bo", *WROTE):
        assert f'"{each}"' not in text
    assert "Ada" in {s["actor"]["account"]["name"] for s in statements(record, names=True)}
    assert made == statements(record, names=False), "the same ids each time"


def test_statements_keep_the_rules_of_their_version(record):
    made = statements(record, names=False)
    assert made
    assert len({s["id"] for s in made}) == len(made)
    for s in made:
        UUID(s["id"])
        UUID(s["context"]["registration"])
        assert set(s["actor"]) == {"objectType", "account"}
        for iri in (s["verb"]["id"], s["object"]["id"], s["actor"]["account"]["homePage"]):
            assert urlsplit(iri).scheme.startswith("http")
        definition = s["object"]["definition"]
        choices = [choice["id"] for choice in definition["choices"]]
        assert s["result"]["response"] in choices
        assert len(set(choices)) == len(choices)
        for extensions in (s["result"]["extensions"], s["context"]["extensions"]):
            assert all(urlsplit(name).scheme for name in extensions)


class Store(BaseHTTPRequestHandler):
    """A learning record store of one request."""

    got: list
    status = 200

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, dict(self.headers), json.loads(body)))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *given):
        pass


@pytest.mark.parametrize("status", [200, 401, 302])
def test_statements_are_sent_where_somebody_says(tabletop, folder, exercise, record, status):
    kind = type("One", (Store,), {"got": [], "status": status})
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        said = replace(tabletop, data=folder.path)(
            "export", exercise, "--format", "xapi",
            "--post", f"http://127.0.0.1:{server.server_port}/xapi/",
            TABLETOP_LRS_KEY="k", TABLETOP_LRS_SECRET="s3cret",
        )  # fmt: skip
        thread.join()
    ((path, headers, body),) = kind.got
    assert path == "/xapi/statements"
    assert headers["X-Experience-API-Version"] == "1.0.3"
    assert headers["Authorization"].startswith("Basic ")
    assert body == list(statements(record, names=False))
    assert (said.code == 0) is (status == 200)
    assert "s3cret" not in said.out + said.err
    assert len((said.out + said.err).strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "xapi", "--post", "ftp://x"),
        ("--format", "xapi", "--post", "https://k:s@lrs.example/x"),
        ("--format", "xapi", "--post", "http://127.0.0.1:1/x"),
        ("--post", "https://lrs.example/x"),
        ("--names", "--redacted"),
        ("-o", "/dev/null/x"),
    ],
)
def test_what_cant_be_exported_is_one_sentence(tabletop, folder, exercise, arguments):
    said = replace(tabletop, data=folder.path)("export", exercise, *arguments)
    assert said.code == 2
    assert len(said.err.strip().splitlines()) <= 4
    assert "Traceback" not in said.err


# What was entered afterwards.


@pytest.mark.parametrize("enough", [False, True])
def test_what_was_entered_afterwards_has_its_rows_and_feedback_names_nobody(tmp_path, enough):
    @session
    async def entered(room, line):
        roles = ("investigator", "advocate", "prosecutor")
        people = await seated(room, line, *roles)
        await line.submit(c.End())
        await at_ease(room)
        for person, grade in zip(people if enough else people[:2], (5, 1, 3), strict=False):
            given = a.GiveFeedback((("safe", grade),), suggestions=f"Grade {grade}.")
            await Place(room, person.number).connection().submit(given)
        rated = await line.submit(a.Rate("support_first.look_after_needs", "M", reason="Slow."))
        assert rated == Accepted()
        for command in (
            a.Improve("=1+1", "Agree on whom to call.", owner="County", contact="Kim Doe"),
            a.UpdateAction(1, "begun", "Two of three.", due="2027-01-31"),
        ):
            assert await line.submit(command) == Accepted()

    entered(tmp_path)
    folder = DataFolder(tmp_path)
    (one,) = folder.exercises()
    made = files(folder.stored(one.id), folder.record(one.id), "csv")
    found = {name.removeprefix(f"{one.id}-"): rows(text) for name, text in made.items()}
    said = [(row["safe"], row["suggestions"]) for row in found["feedback.csv"]]
    assert said == ([("1", "Grade 1."), ("3", "Grade 3."), ("5", "Grade 5.")] if enough else [])
    (action,) = found["improvement_plan.csv"]
    assert (action["issue"], action["owner"], action["contact"]) == ("'=1+1", "County", "")
    assert (action["status"], action["due"]) == ("begun", "2027-01-31")
    rated = {row["task"]: row for row in found["ratings.csv"]}
    assert (rated["look_after_needs"]["rating"], rated["look_after_needs"]["reason"]) == (
        "M",
        "Slow.",
    )
    assert rated["look_after_needs"]["proposed"] == "not evidenced"
    assert rated["ask_for_the_advocate"]["rating"] == ""

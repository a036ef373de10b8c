"""What can go wrong in a room: a process that dies, readers that don't read, false requests.

With a real process, real sockets and a real database. Each runs shortly here, and as long as it
must in a soak.
"""

import random
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hosting_process import Hosting, Someone

from tabletop.conduct import solo
from tabletop.conduct.folder import DataFolder

SOAK = pytest.mark.soak


@pytest.fixture
def hosting(tmp_path: Path) -> Iterator[Hosting]:
    found = Hosting(tmp_path).begin()
    yield found
    found.kill()


@pytest.fixture(scope="module")
def ada(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Someone]:
    """Somebody in an exercise, for tests after which it goes on as before."""
    found = Hosting(tmp_path_factory.mktemp("going_on")).begin()
    _, (someone,) = seated(found, 1)
    yield someone
    found.kill()


def seated(hosting: Hosting, names: int = 3) -> tuple[Someone, list[Someone]]:
    """A facilitator, and people in an exercise that has begun."""
    roles = ("investigator", "advocate", "prosecutor")
    facilitator = hosting.join("Fay", hosting.facilitating)
    people = [hosting.join(f"P{n}", wish=roles[n % len(roles)]) for n in range(names)]
    assert facilitator.session("Begin") == {"accepted": True}
    return facilitator, people


def until_told(line: socket.socket, words: bytes) -> None:
    """Reads a line until it tells of something."""
    read = b""
    while words not in read:
        some = line.recv(65536)
        assert some, "the line has ended"
        read = read[-len(words) :] + some


@pytest.mark.parametrize("kills", [3, pytest.param(200, marks=SOAK)])
def test_nothing_acknowledged_is_lost_or_counted_twice_however_often_it_dies(hosting, kills):
    """People go on sending what was not acknowledged, under its key, while it is killed."""
    _, people = seated(hosting)
    acknowledged: set[str] = set()
    done = threading.Event()

    def plays(someone: Someone) -> None:
        number = 0
        while not done.is_set():
            words = f"{someone.number}/{number}"
            try:
                answer = someone.command(words, "Say", to="all", words=words, about="")
            except (OSError, ValueError):
                time.sleep(0.01)
                continue
            assert answer == {"accepted": True}, answer
            acknowledged.add(words)
            number += 1

    threads = [threading.Thread(target=plays, args=(each,)) for each in people]
    for each in threads:
        each.start()
    chance = random.Random(5)
    try:
        for _ in range(kills):
            before = len(acknowledged)
            while len(acknowledged) < before + 6:
                assert any(each.is_alive() for each in threads)
                time.sleep(0.002)
            time.sleep(chance.random() * 0.02)
            hosting.kill()
            hosting.begin()
    finally:
        done.set()
        for each in threads:
            each.join()
    hosting.kill()
    assert not hosting.clean()
    folder = DataFolder(hosting.folder / "data")
    (summary,) = folder.exercises()
    assert solo.verify(folder, summary.id).sound
    said = Counter(text for text in folder.record(summary.id).words.values() if "/" in (text or ""))
    assert acknowledged <= set(said)
    assert set(said.values()) == {1}


def test_two_devices_hold_one_seat_through_a_death(hosting):
    _, (ada, *_) = seated(hosting)
    page = hosting.ask("POST", f"/s/{ada.number}/device", cookie=f"seat={ada.token}").body.decode()
    code = re.search(r">([A-Z0-9]{8})<", page)[1]
    answer = hosting.ask(
        "POST",
        "/device",
        f"device={code}".encode(),
        content_type="application/x-www-form-urlencoded",
        accept="application/json",
    )
    other = Someone(hosting, ada.number, re.search(rb"seat=([^;]+)", answer.head)[1].decode())
    hosting.kill()
    hosting.begin()
    assert ada.command("k", "Say", to="all", words="From one.", about="") == {"accepted": True}
    assert other.command("k", "Say", to="all", words="From two.", about="") == {"accepted": True}
    with other.line() as line:
        until_told(line, b"From one.")
    page = hosting.ask("GET", f"/s/{ada.number}/", cookie=f"seat={other.token}").body
    assert page.count(b"From one.") == 1
    assert b"From two." not in page


@pytest.mark.parametrize(("stuck", "said"), [(20, 40), pytest.param(200, 400, marks=SOAK)])
def test_readers_that_never_read_cost_the_others_nothing(hosting, stuck, said):
    _, people = seated(hosting)
    lines = [people[n % len(people)].line("frames", small=True) for n in range(stuck)]
    with people[0].line() as reader:
        people[1].command("first", "Say", to="all", words="It begins.", about="")
        until_told(reader, b"It begins.")
        before = hosting.memory()
        for number in range(said):
            words = f"word-{number}-" + "long " * 300
            assert people[1].command(f"k{number}", "Say", to="all", words=words, about="") == {
                "accepted": True
            }
            until_told(reader, f"word-{number}-".encode())
        assert hosting.memory() - before < 40_000 + stuck * 300
    for line in lines:
        line.close()


def malformed(chance: random.Random, hosting: Hosting, someone: Someone) -> bytes:
    """A request that no page and no terminal of ours makes, in bytes."""
    junk = bytes(chance.randrange(256) for _ in range(chance.randrange(60)))
    method = chance.choice(["GET", "POST", "PUT", "HEAD", "TRACE", "get", "", "\0", "OPTIONS"])
    path = chance.choice(
        [
            *("/", "/join", "/device", "/asked", "/screen", "/screen/0", "/screen/-1", "/s//"),
            *("/screen/99999999999999999999", "/s/99999999999999999999/", "/s/0/", "/s/1/do"),
            f"/s/{someone.number}/{chance.choice(['do', 'commands', 'ask', 'device', ''])}",
            *("/static/../../pyproject.toml", "/static/%2e%2e/x", "/%00", "/?code=%ff&code=" * 9),
            *("*", "http://elsewhere/", "//", "/s/1/events?after=" + "9" * 400),
            *("/s/٣/", "/static/", "/static/page.js/", "/" + "a" * chance.randrange(20_000)),
        ]
    )
    nested = b"[" * 30_000
    body = chance.choice(
        [
            *(b"", junk, nested, b'{"command":' + nested, b"null", b"{}", b'{"command": null}'),
            *(b'{"session": 3}', b'{"session": {"type": []}}', b'{"command": {"type": {}}}'),
            b'{"command": {"type": "Say", "to": [], "words": 1e999, "about": null}, "key": {}}',
            b'{"command": {"type": "Say", "to": "all", "words": "\\ud800", "about": ""}}',
            b'{"command": {"type": "Acknowledge", "passages": 99999999999999999999999}}',
            b'{"command": {"type": "Schedule", "inject": "x", "at": -5}, "table": "x"}',
            b'{"command": {"type": "Start", "seats": [], "facilitated": true}}',
            b'{"command": {"type": "PassTime", "to": 99999999999}}',
            b'{"ask": "draft", "decision": {}, "text": "' + b"x" * 60_000 + b'"}',
            b'{"ask": "draft", "decision": "\\u0000", "text": "\\ud800"}',
            b'{"ask": "note", "text": "\\ud800"}',
            b'{"ask": ["view_as"]}',
            b"do=commit&decision=%ff&option=%00&confidence=9",
            b"do=share&fact=a&to=b&key=" + b"k" * 5000,
            b"do=observe&passage=999999999&words=x",
            b"code=%00&name=%ff%fe&accept=yes",
            "code=日本&name=x&accept=yes".encode(),
            b"device=%C3%9F",
            b"&" * 5000,
            b"a=1&" * 200,
            b"x" * 70_000,
        ]
    )
    headers = [
        chance.choice(
            [
                f"host: 127.0.0.1:{hosting.port}",
                f"host: 127.0.0.1:{hosting.port}",
                *("host: [", "host: [::1", "host: a:b:c", "host: ", "host: 127.0.0.1:99999999"),
            ]
        ),
        f"cookie: seat={chance.choice([someone.token, someone.token, 'x', '日', ';;=,', ''])}",
        chance.choice(
            [
                "content-type: application/json",
                "content-type: application/x-www-form-urlencoded",
                "content-type: multipart/form-data; boundary=" + "x" * 300,
                "content-type: \t",
            ]
        ),
        chance.choice(
            [
                *(
                    "x: y",
                    "x: y",
                    "x: y",
                    "origin: http://[",
                    "origin: null",
                    "origin: :",
                    "origin: ",
                ),
                *("accept: application/json", "transfer-encoding: chunked", "expect: 100-continue"),
                *("connection: upgrade\r\nupgrade: websocket", "range: bytes=9-1", "x" * 9_000),
                "last-event-id: \x01",
            ]
        ),
        chance.choice(
            [
                f"content-length: {len(body)}",
                f"content-length: {len(body)}",
                f"content-length: {len(body)}",
                *("content-length: -1", "content-length: x", "content-length: 99999999999", "a: b"),
            ]
        ),
        "connection: close",
    ]
    start = f"{method} {path} HTTP/{chance.choice(['1.1', '1.1', '1.1', '1.0', '9', ''])}"
    head = "\r\n".join([start, *headers, "", ""]).encode()
    return chance.choice([head + body, head + body, head + body, junk, head[: len(head) // 2]])


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=SOAK)])
def test_what_is_no_request_of_ours_breaks_nothing(hosting, count):
    _, people = seated(hosting)
    chance = random.Random(11)
    before = 0
    for number in range(count):
        data = malformed(chance, hosting, people[number % len(people)])
        # Some of these are never whole, so that nobody may answer.
        answer = hosting.raw(data, 0.05)
        assert not answer.startswith(b"HTTP/1.1 5"), (data[:300], answer[:300])
        if number == count // 4:
            before = hosting.memory()
    assert not hosting.clean()
    assert hosting.memory() - before < 20_000
    assert people[0].command("k", "Say", to="all", words="Still here.", about="") == {
        "accepted": True
    }


@pytest.mark.parametrize("path", ["/", "/nowhere", "/s/2/commands", "/s/2/events"])
@pytest.mark.parametrize("body", [b"zzz\r\n", b"2\r\n{}\r\nzzz\r\n"])
def test_a_body_that_turns_out_to_be_none_is_answered_once(ada, path, body):
    """It comes at once, and when what answers its beginning has begun to."""
    hosting = ada.hosting
    start = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{hosting.port}\r\ncookie: seat={ada.token}\r\n"
    )
    head = f"{start}transfer-encoding: chunked\r\n\r\n".encode()
    assert hosting.raw(head + body).count(b"HTTP/1.1 ") == 1
    assert hosting.raw(head.replace(b"POST", b"HEAD") + body).count(b"HTTP/1.1 ") <= 1
    line = head.replace(b"POST", b"GET")
    with hosting.connect() as late:
        late.sendall(line)
        if path.endswith("events"):
            assert late.recv(65536)
        late.sendall(body)
        told = b""
        while some := late.recv(65536):
            told += some
        assert told.count(b"HTTP/1.1 ") == (not path.endswith("events"))
    assert not hosting.clean()


@pytest.mark.parametrize("silent", [1_100, pytest.param(10_000, marks=SOAK)])
def test_those_who_connect_and_say_nothing_keep_nobody_out(hosting, silent):
    _, people = seated(hosting)
    lines: list[socket.socket] = []
    try:
        for number in range(silent):
            line = hosting.connect()
            # Some say nothing at all, some begin a request and never end it.
            line.sendall([b"", b"GET / HTTP/1.1\r\nx: "][number % 2])
            lines.append(line)
        answer = people[0].command("k", "Say", to="all", words="Let in.", about="")
        assert answer == {"accepted": True}
    finally:
        for line in lines:
            line.close()

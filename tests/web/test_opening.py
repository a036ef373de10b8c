"""Opening a session: where it listens, with what certificate, and whether it goes on as begun."""

import socket
from dataclasses import replace

import examples
import pytest
from playing_web import LIBRARY
from ports import unused
from test_remote import run

from tabletop.conduct.connection import Accepted
from tabletop.conduct.errors import SetupError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.revision import ScenarioChanged
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.protocol import Hosting
from tabletop.exercise import commands as c
from tabletop.web.hosting import opened

AGAIN = Hosting(session="")
FORKED = examples.FRAME.replace(
    "    next: office\n", "    next: [{when: ready, to: office}, {to: visit}]\n"
)


def taken(port):
    """A socket that listens at the port, or at none where somebody does already."""
    found = socket.socket()
    found.bind(("127.0.0.1", port))
    found.listen()
    return found


def test_where_the_usual_port_is_taken_the_next_free_one_does(tmp_path):
    async def whole():
        port = unused()
        with taken(port):
            hosted = await opened(LIBRARY, DataFolder(tmp_path), Hosting("first_hour"), port)
            assert port < hosted.port <= port + 9
            assert f"Port {port} is taken" in hosted.told
            assert hosted.address in hosted.told
            await hosted.end()
            asked = Hosting("first_hour", bind=f"127.0.0.1:{port}")
            with pytest.raises(SetupError, match="choose another with --bind"):
                await opened(LIBRARY, DataFolder(tmp_path), asked)

    run(whole())


def test_a_session_goes_on_where_it_listened_before_with_what_was_trusted(tmp_path):
    async def whole():
        folder = DataFolder(tmp_path)
        hosted = await opened(LIBRARY, folder, Hosting("first_hour", tls=True), unused())
        address, trusted = hosted.address, hosted.for_terminals
        await hosted.end()
        again = await opened(LIBRARY, folder, AGAIN, unused())
        assert (again.address, again.for_terminals, again.told) == (address, trusted, "")
        assert address.startswith("https")
        await again.begin()
        await again.session.manage(again.session.people[1], s.CloseSession())
        await again.end()
        assert list((tmp_path / "sessions").iterdir()) == []

    run(whole())


async def begun(scenario, folder):
    """A session of a scenario in whose second scene one table is, put away again."""
    hosted = await opened(LIBRARY, folder, Hosting(str(scenario), seed=1, open_door=True), 0)
    room = hosted.session
    ada, _ = await room.join("Ada", wish="investigator")
    host = room.people[1]
    assert await room.manage(host, s.AdmitPerson(ada.number, "investigator")) == Accepted()
    assert await room.manage(host, s.Begin()) == Accepted()
    table = room.exercises[1]
    await table.room.submit(ada.seat, c.Commit("notice", "on_call"))
    await table.quiet()
    await table.room.submit(host.seat, c.Advance())
    await table.quiet()
    assert table.room.state.scene == "visit"
    await hosted.end()


def changed(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "door" / "scenario.yaml"
    path.parent.mkdir()
    path.write_text(FORKED)
    return path


def test_where_only_words_have_changed_it_goes_on_and_that_is_said(tmp_path, scenario):
    async def whole():
        folder = DataFolder(tmp_path / "data")
        await begun(scenario, folder)
        unchanged = await opened(LIBRARY, folder, AGAIN, 0)
        assert unchanged.told == ""
        await unchanged.end()
        changed(scenario, "made for twelve", "made for ten")
        hosted = await opened(LIBRARY, folder, AGAIN, 0)
        assert "It goes on as it began." in hosted.told
        await hosted.end()

    run(whole())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ci: 2\n            because: She is warned", "ci: 1\n            because: She is warned"),
        ("start:", "begin:"),
    ],
    ids=["a mark behind", "unreadable"],
)
def test_where_more_has_changed_somebody_is_asked_first(tmp_path, scenario, old, new):
    async def whole():
        folder = DataFolder(tmp_path / "data")
        await begun(scenario, folder)
        changed(scenario, old, new)
        with pytest.raises(ScenarioChanged, match="has changed since"):
            await opened(LIBRARY, folder, AGAIN, 0)
        hosted = await opened(LIBRARY, folder, replace(AGAIN, as_begun=True), 0)
        assert hosted.session.exercises[1].room.state.scene == "visit"
        await hosted.end()

    run(whole())


def test_before_it_begins_it_is_said_that_the_copy_of_then_is_played(tmp_path, scenario):
    async def whole():
        folder = DataFolder(tmp_path / "data")
        await (await opened(LIBRARY, folder, Hosting(str(scenario)), 0)).end()
        scenario.write_text(FORKED.replace("title:", "# Another\ntitle:", 1))
        hosted = await opened(LIBRARY, folder, AGAIN, 0)
        assert "is played as it was then" in hosted.told
        await hosted.end()
        scenario.unlink()
        gone = await opened(LIBRARY, folder, AGAIN, 0)
        assert gone.told == ""
        await gone.end()

    run(whole())

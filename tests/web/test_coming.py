"""Coming back: a terminal that left takes its own seat again, and nobody else's."""

import asyncio
import os
import stat
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from hosting_process import ROOT
from playing_session import begun
from test_remote import player, run, served, until

from tabletop.conduct.connection import Accepted
from tabletop.conduct.errors import FolderError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.kept_seats import DAYS, KeptSeats
from tabletop.exercise import commands as c
from tabletop.web.addresses import invited
from tabletop.web.coming import Coming
from tabletop.web.remote import RemoteSession


def files(seats_of):
    return [path for path in (seats_of / "seats").iterdir() if path.suffix == ".seat"]


async def at_door(address, folder):
    return await Coming.to(invited(address), KeptSeats(DataFolder(folder)))


async def came(address, folder, code, name):
    coming = await at_door(address, folder)
    return await coming.come(code, name)


def test_who_left_comes_back_to_the_same_seat(tmp_path):
    async def whole():
        async with served(tmp_path / "host") as (room, address):
            here = tmp_path / "here"
            called = address.replace("127.0.0.1", "localhost")
            visit = await came(called, here, room.header.code, "Ada")
            number = visit.place.number
            assert "kept on this computer" in await visit.leave()
            coming = await at_door(called, here)
            again = await coming.back(*await coming.own())
            assert (again.place.number, again.place.received.place.name) == (number, "Ada")
            assert again.told == "You are back in your seat as Ada."
            assert len(room.people) == 2
            await again.leave()

    run(whole())


def test_what_opens_a_seat_is_for_its_owners_eyes_and_in_no_name(tmp_path):
    async def whole():
        async with served(tmp_path / "host") as (room, address):
            here = tmp_path / "here"
            visit = await came(address, here, room.header.code, "Ada")
            (file,) = files(here)
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            assert {stat.S_IMODE(each.stat().st_mode) for each in (here, file.parent)} == {0o700}
            token = visit.place.token
            assert len(token) > 20
            assert token in file.read_text()
            assert "Ada" not in file.name
            assert token not in repr(KeptSeats(DataFolder(here)).all())
            await visit.leave()

    run(whole())


def test_a_second_terminal_here_is_not_taken_for_the_first(tmp_path):
    async def whole():
        async with served(tmp_path / "host") as (room, address):
            here = tmp_path / "here"
            ada = await came(address, here, room.header.code, "Ada")
            assert await (await at_door(address, here)).own() is None
            bo = await came(address, here, room.header.code, "Bo")
            await ada.leave()
            await bo.leave()
            coming = await at_door(address, here)
            for name, visit in (("ada", ada), ("Bo", bo)):
                seat, lock = await coming.own(name)
                assert seat.person == visit.place.number
                lock.release()
            assert await coming.own("Cy") is None

    run(whole())


def test_a_seat_is_shown_to_its_own_session_alone(tmp_path):
    async def whole():
        async with served(tmp_path / "host") as (room, address):
            here = tmp_path / "here"
            await (await came(address, here, room.header.code, "Ada")).leave()
            coming = await at_door(address, here)
            other = replace(coming, door=replace(coming.door, session="another"))
            assert await other.own() is None
            elsewhere = replace(coming, at=replace(coming.at, address="http://127.0.0.1:9"))
            assert await elsewhere.own() is None
            assert len(files(here)) == 1

    run(whole())


@pytest.mark.parametrize("how", ["freed", "left for good", "closed", "given to somebody"])
def test_a_seat_that_is_nobodys_here_any_more_is_forgotten(tmp_path, how):
    async def whole():
        async with served(tmp_path / "host") as (room, address):
            here = tmp_path / "here"
            visit = await came(address, here, room.header.code, "Ada")
            host, ada = room.people[1], visit.place.number
            match how:
                case "freed":
                    assert await room.manage(host, s.FreeSeat(ada)) == Accepted()
                case "left for good":
                    await visit.place.leave()
                    assert room.people[ada].state == "left"
                case "closed":
                    assert await room.manage(host, s.CloseSession()) == Accepted()
                case _:
                    await room.manage(host, s.OpenDoor(on=False))
                    other = await player(room, address, "Ada's other phone")
                    await room.manage(host, s.GiveSeat(ada, other.number))
                    await visit.leave()
                    assert await (await at_door(address, here)).own() is None
                    await other.close()
            if how != "given to somebody":
                await until(lambda: visit.place.gone)
                assert await visit.leave() == ""
            assert files(here) == []

    run(whole())


def test_a_seat_nobody_came_back_to_is_dropped_after_a_while(tmp_path):
    async def whole():
        async with served(tmp_path / "host") as (room, address):
            here = tmp_path / "here"
            await (await came(address, here, room.header.code, "Ada")).leave()
            (file,) = files(here)
            seats = KeptSeats(DataFolder(here))
            (here / "seats" / "broken.seat").write_text("{")
            assert len(seats.all()) == 1
            long_ago = time.time() - (DAYS * 24 + 1) * 60 * 60
            os.utime(file, (long_ago, long_ago))
            assert seats.all() == ()
            assert not file.exists()

    run(whole())


def test_where_no_seat_can_be_kept_one_comes_in_and_is_told(tmp_path, monkeypatch):
    def unkept(self, seat):
        raise FolderError("This computer can't keep your seat.")

    async def whole():
        async with served(tmp_path / "host") as (room, address):
            monkeypatch.setattr(KeptSeats, "keep", unkept)
            visit = await came(address, tmp_path / "here", room.header.code, "Ada")
            assert "can't keep your seat" in visit.told
            assert "facilitator can give" in await visit.leave()

    run(whole())


def test_who_comes_to_conduct_waits_at_the_door_and_is_let_in(tmp_path):
    async def whole():
        async with served(tmp_path) as (room, address):
            await room.manage(room.people[1], s.OpenDoor(on=False))
            eva = await RemoteSession.join(address, room.header.code, "Eva", kind="evaluator")
            await eva.known()
            assert eva.received.place.phase == "waiting"
            assert eva.conducting() is None
            await room.manage(room.people[1], s.AdmitPerson(eva.number))
            await until(lambda: eva.conducting() is not None)
            frames = eva.conducting().frames()
            assert (await anext(frames)).session.code == room.header.code
            await room.manage(room.people[1], s.FreeSeat(eva.number))
            async with asyncio.timeout(20):
                assert [frame async for frame in frames if eva.gone] == []
            await eva.close()

    run(whole())


def test_a_terminal_that_was_killed_comes_back_by_itself(tmp_path):
    def joining(address, *options):
        return subprocess.Popen(
            [sys.executable, "-m", "tabletop", "--data", str(tmp_path / "here"), "join", address,
             "--plain", *options],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    async def told(process, sentence):
        heard = b""
        while sentence.encode() not in b" ".join(heard.split()):
            some = await asyncio.to_thread(process.stdout.readline)
            assert some, heard.decode()
            heard += some
        return heard.decode()

    async def whole():
        async with served(tmp_path / "host") as (room, address):
            first = joining(address, "--name", "Ada", "--code", room.header.code)
            heard = await told(first, "You are in.")
            assert "What it contains" in heard
            assert "Leave real people" in heard
            first.kill()
            first.communicate()
            again = joining(f"{address}/?code={room.header.code}")
            heard = await told(again, "You are in.")
            assert "back in your seat as Ada" in heard
            assert "--as-new" in heard
            new = joining(f"{address}/?code={room.header.code}", "--as-new", "--name", "Bo")
            await told(new, "You are in.")
            assert [p.name for p in room.people.values() if p.kind == "player"] == ["Ada", "Bo"]
            for process in (again, new):
                process.kill()
                process.communicate()

    run(whole())


def test_a_terminal_that_waits_is_led_to_the_seat_it_is_given(tmp_path):
    async def whole():
        async with served(tmp_path / "host") as (room, address):
            host, here = room.people[1], tmp_path / "here"
            lost = await came(address, tmp_path / "lost", room.header.code, "Ada")
            await room.manage(host, s.AdmitPerson(lost.place.number, "investigator"))
            await begun(room)
            await room.manage(host, s.OpenDoor(on=False))
            new = await came(address, here, room.header.code, "Ada's laptop")
            away = await came(address, tmp_path / "away", room.header.code, "Ada, again")
            waited = new.place.number, away.place.number
            await away.leave()
            frames = new.place.frames()
            assert (await anext(frames)).phase == "waiting"
            await room.manage(host, s.GiveSeat(lost.place.number, new.place.number))
            led = await anext(frames)
            assert (led.person, led.name, led.phase) == (lost.place.number, "Ada", "playing")
            await until(lambda: new.place.connection() is not None)
            done = await new.place.connection().submit(c.Commit("first_step", "accounts"))
            assert done == Accepted()
            # The lost one is told so at once, and can neither read on nor answer.
            await until(lambda: lost.place.over)
            assert "on another device" in lost.place.closing
            assert room.devices(room.people[lost.place.number]) == 1
            assert await lost.leave() == ""
            # What this computer keeps is that seat from then on, also where it was away.
            assert "kept on this computer" in await new.leave()
            seat, lock = await (await at_door(address, here)).own()
            assert (seat.person, seat.name) == (led.person, "Ada")
            lock.release()
            await room.manage(host, s.GiveSeat(led.person, waited[1]))
            seat, lock = await (await at_door(address, tmp_path / "away")).own()
            assert (seat.person, seat.name) == (led.person, "Ada")
            lock.release()
            assert [len(files(each)) for each in (here, tmp_path / "away")] == [1, 1]

    run(whole())


def test_a_page_looks_again_at_once_where_its_seat_is_given_or_freed(tmp_path):
    async def looks_again(room, place, command):
        """Does something, and waits until a page in that place is told to look again."""
        async with place._client.stream("GET", f"/s/{place.number}/events") as page:
            await until(lambda: room.devices(room.people[place.number]) == 2)
            assert await room.manage(room.people[1], command) == Accepted()
            async for line in page.aiter_lines():
                if line == "event: reload":
                    return
            raise AssertionError("The line broke off instead.")

    async def whole():
        async with served(tmp_path) as (room, address):
            host = room.people[1]
            ada = await player(room, address, "Ada", wish="investigator")
            await begun(room)
            await room.manage(host, s.OpenDoor(on=False))
            olga = await player(room, address, "Olga", kind="observer")
            await room.manage(host, s.AdmitPerson(olga.number))
            new, newer = [await player(room, address, "Ada, again") for _ in range(2)]
            await looks_again(room, new, s.GiveSeat(ada.number, new.number))
            await until(lambda: new.number == ada.number)
            await looks_again(room, new, s.GiveSeat(ada.number, newer.number))
            await looks_again(room, olga, s.FreeSeat(olga.number))
            for place in (ada, olga, new, newer):
                await place.close()

    run(whole())


def test_whoever_was_let_in_by_an_open_door_can_still_be_given_their_old_seat(tmp_path):
    async def whole():
        async with served(tmp_path) as (room, address):
            lost = await player(room, address, "Ada", wish="investigator")
            await begun(room)
            new = await player(room, address, "Ada again", wish="advocate")
            await until(lambda: new.connection() is not None)
            given = s.GiveSeat(lost.number, new.number)
            assert await room.manage(room.people[1], given) == Accepted()
            await until(lambda: new.received.player is not None and new.number == lost.number)
            assert new.received.player.role == "investigator"
            state = room.exercises[1].room.state
            assert [seat.kind for seat in state.in_role("advocate")] == ["stand_in"]
            for place in (lost, new):
                await place.close()

    run(whole())

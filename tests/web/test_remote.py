"""A session elsewhere, over a real socket: a terminal holds there what it would hold here."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from playing_session import begun
from playing_web import LIBRARY
from ports import unused

from tabletop.conduct.connection import Accepted, Rejected
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.hosting import host, resume
from tabletop.exercise import commands as c
from tabletop.web.app import application
from tabletop.web.remote import RemoteSession, Unreached
from tabletop.web.remote_lines import RemoteConductLine
from tabletop.web.server import Listening, bound


def run(coroutine):
    async def limited():
        async with asyncio.timeout(60):
            return await coroutine

    return asyncio.run(limited())


async def until(holds, seconds=20):
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what comes over a socket rings no bell of ours.
            await asyncio.sleep(0.01)


@asynccontextmanager
async def served(folder, **options):
    room = await host(LIBRARY, DataFolder(folder), "first_hour", open_door=True, **options)
    socket = bound("127.0.0.1", 0)
    address = f"http://127.0.0.1:{socket.getsockname()[1]}"
    listening = Listening(application(room), socket)
    await listening.begin()
    try:
        yield room, address
    finally:
        await listening.end()
        await room.close()


async def player(room, address, name="Ada", **options):
    place = await RemoteSession.join(address, room.header.code, name, **options)
    await place.known()
    return place


def test_a_players_view_elsewhere_is_the_view_here(tmp_path):
    async def whole():
        async with served(tmp_path) as (room, address):
            ada = await player(room, address, wish="investigator")
            assert (await anext(ada.frames())).phase == "admitted"
            assert ada.connection() is None
            await begun(room)
            await until(lambda: ada.connection() is not None)
            table = room.exercises[1].room

            def same():
                return ada.received.player == table.frame(f"seat-{ada.number}").view

            await until(same)
            line = ada.connection()
            for command in (
                c.Say("all", "A word."),
                c.Commit("first_step", "advocate_first", "so", "", 2),
                c.Commit("first_step", "accounts"),
                c.StopForCare(),
            ):
                await line.submit(command)
                await until(same)
            assert ada.received.player.care
            assert isinstance(await line.submit(c.Commit("first_step", "accounts")), Rejected)
            await line.note("mine")
            assert await line.notes() == "mine"
            await line.draft("office", "{}")
            assert await line.drafts() == {"office": "{}"}
            await ada.close()

    run(whole())


def test_who_conducts_elsewhere_looks_back_as_here_and_nobody_else_does(tmp_path):
    async def whole():
        async with served(tmp_path) as (room, address):
            ada = await player(room, address, wish="investigator")
            olga = await RemoteSession.join(address, room.header.code, "Olga", kind="observer")
            bo = await RemoteSession.join(address, room.header.facilitator_code, "Bo")
            await bo.known()
            here = await begun(room)
            await here.manage(s.AdmitPerson(olga.number))
            await here.submit(c.Observe("issue", "Only for us."))
            await here.submit(c.End())
            line, watching = RemoteConductLine(bo), RemoteConductLine(olga)
            for form in ("short", "full"):
                steps = await line.hot_wash(form)
                assert steps == await here.hot_wash(form)
                assert steps
                with pytest.raises(Unreached, match="can't be asked here"):
                    await watching.hot_wash(form)
            assert await line.proposed() == await here.proposed()
            with pytest.raises(Unreached, match="can't be asked here"):
                await watching.proposed()
            assert await line.debrief() is None
            await here.manage(s.OpenDebrief())
            read = await here.debrief()
            assert read.pages
            for each in (line, watching):
                assert await each.debrief() == read
                assert await each.side_by_side() is None
            number = len(await here.hot_wash("full"))
            assert await line.manage(s.ShowStep("full", number)) == Accepted()
            await until(lambda: room.step(1) is not None)
            assert isinstance(await watching.manage(s.ShowStep("full", 1)), Rejected)
            for place in (ada, olga, bo):
                await place.close()

    run(whole())


def test_a_facilitator_elsewhere_conducts_as_here(tmp_path):
    async def whole():
        async with served(tmp_path, tables=2) as (room, address):
            bo = await RemoteSession.join(address, room.header.facilitator_code, "Bo")
            await bo.known()
            line = RemoteConductLine(bo)
            ada = await player(room, address)
            other = await player(room, address, "Cy")
            assert await line.manage(s.AdmitPerson(ada.number, "investigator")) == Accepted()
            assert await line.manage(s.AdmitPerson(other.number, "investigator", 2)) == Accepted()
            assert await line.manage(s.Begin()) == Accepted()
            frames = line.frames()
            async for frame in frames:
                if frame.view is not None and frame.view.feed:
                    break
            await until(lambda: bo.received.conduct is not None)
            await room.exercises[1].quiet()
            seen = await line.view_as("investigator")
            here = room.exercises[1].room.frame(f"seat-{ada.number}").view
            assert replace(seen, offers=here.offers, may=here.may) == here
            assert await line.submit(c.Write(("all",), "A phone rings.")) == Accepted()
            answers = await line.submit_to_all(c.Pause())
            assert answers == {1: Accepted(), 2: Accepted()}
            line.look_at(2)
            await until(lambda: bo.received.conduct and bo.received.conduct.status == "paused")
            assert await line.manage(s.Begin()) != Accepted()
            for place in (ada, bo, other):
                await place.close()

    run(whole())


def test_a_line_that_breaks_is_opened_again_and_nothing_is_lost(tmp_path):
    async def whole():
        folder = DataFolder(tmp_path)
        room = await host(LIBRARY, folder, "first_hour", open_door=True)
        port = unused()
        listening = Listening(application(room), bound("127.0.0.1", port))
        await listening.begin()
        ada = await player(room, f"http://127.0.0.1:{port}", wish="investigator")
        await begun(room)
        await until(lambda: ada.connection() is not None)
        line = ada.connection()
        assert await line.submit(c.Say("all", "Before.")) == Accepted()
        await listening.end()
        await room.close()
        sent = asyncio.create_task(line.submit(c.Say("all", "After."), "once"))
        room = await resume(LIBRARY, folder)
        listening = Listening(application(room), bound("127.0.0.1", port))
        await listening.begin()
        assert await sent == Accepted()
        assert await line.submit(c.Say("all", "After."), "once") == Accepted()
        table = room.exercises[1].room
        await until(lambda: ada.received.player == table.frame(f"seat-{ada.number}").view)
        said = [p.text for p in ada.received.player.feed if p.kind == "message"]
        assert said == ["Before.", "After."]
        await ada.close()
        await listening.end()
        await room.close()

    run(whole())


def test_who_can_not_come_in_is_told_why(tmp_path):
    async def whole():
        async with served(tmp_path) as (room, address):
            with pytest.raises(Unreached, match="does not open this session"):
                await RemoteSession.join(address, "WRONG1", "Eve")
            with pytest.raises(Unreached, match="Write a name"):
                await RemoteSession.join(address, room.header.code, " ")
        with pytest.raises(Unreached, match="can't be reached"):
            await RemoteSession.join(address, "WRONG1", "Eve")

    run(whole())

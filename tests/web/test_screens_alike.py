"""The screens of a session elsewhere are those of one here, to the letter."""

import asyncio

from playing_session import begun
from support import screen_text, until, until_shown
from test_remote import LIBRARY, player, served

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session.lines import ConductLine, Place
from tabletop.console.app import TabletopApp
from tabletop.console.start import Conduct, Join
from tabletop.exercise import commands as c
from tabletop.web.remote import RemoteSession
from tabletop.web.remote_lines import RemoteConductLine


def run(coroutine):
    async def limited():
        async with asyncio.timeout(60):
            return await coroutine

    return asyncio.run(limited())


async def played(folder, place):
    """A player's screen after the same keys, wherever the table is."""
    app = TabletopApp(LIBRARY, DataFolder(folder), start=Join(place))
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "YOUR ANSWER")
        await until(pilot, lambda: "The depot" in screen_text(app).splitlines()[2])
        return screen_text(app)


async def conducted(folder, line):
    """A conductor's screen, wherever the table is."""
    app = TabletopApp(LIBRARY, DataFolder(folder), start=Conduct(line))
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "PAUSED")
        await until(pilot, lambda: "AGENDA" in screen_text(app))
        return screen_text(app)


def test_a_player_sees_the_same_screen_near_and_far(tmp_path):
    async def whole():
        async with served(tmp_path) as (room, address):
            ada = await player(room, address, wish="investigator")
            cy = await player(room, address, "Cy", wish="investigator")
            await begun(room)
            near = Place(room, ada.number)
            # Who has read their brief is not shown it again.
            await near.connection().submit(c.Acknowledge(len(near.view().feed)))
            await near.connection().submit(c.Commit("first_step", "accounts", "so", "", 2))
            here = await played(tmp_path, Place(room, ada.number))
            assert await played(tmp_path, ada) == here
            for place in (ada, cy):
                await place.close()

    run(whole())


def test_a_conductor_sees_the_same_screen_near_and_far(tmp_path):
    async def whole():
        async with served(tmp_path) as (room, address):
            ada = await player(room, address, wish="investigator")
            await begun(room)
            await ConductLine(room, 1).submit(c.Pause())
            bo = await RemoteSession.join(address, room.header.facilitator_code, "Bo")
            await bo.known()
            here = await conducted(tmp_path, ConductLine(room, bo.number))
            assert await conducted(tmp_path, RemoteConductLine(bo)) == here
            for place in (ada, bo):
                await place.close()

    run(whole())

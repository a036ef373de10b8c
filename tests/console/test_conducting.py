"""Conducting from the console: the door, the table, and a place at it, over a real session."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from playing_session import begun
from support import screen_text, until, until_shown

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.session.hosting import host
from tabletop.conduct.session.lines import ConductLine, Place
from tabletop.console.app import TabletopApp
from tabletop.console.start import Conduct, Join
from tabletop.exercise import commands as c

LIBRARY = Library()


@asynccontextmanager
async def conducting(folder, size=(120, 40), **options):
    """A session and the console of who holds it."""
    data = DataFolder(folder)
    session = await host(LIBRARY, data, "first_hour", **options)
    app = TabletopApp(LIBRARY, data, start=Conduct(ConductLine(session, 1)))
    try:
        async with app.run_test(size=size) as pilot:
            yield session, pilot
    finally:
        await session.close()


async def pointed(pilot, text):
    """Moves the pointer to the line that holds a text."""
    for _ in range(30):
        lines = screen_text(pilot.app).split("\n")
        if any("▸" in line and text in line for line in lines):
            return
        await pilot.press("down")
    raise AssertionError(screen_text(pilot.app))


def run(coroutine):
    async def limited():
        async with asyncio.timeout(60):
            return await coroutine

    return asyncio.run(limited())


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_people_are_let_in_and_it_begins(tmp_path, size):
    async def whole():
        async with conducting(tmp_path, size) as (session, pilot):
            await until_shown(pilot, "Nobody has come yet.")
            ada, _ = await session.join("Ada [b]", wish="advocate")
            await until_shown(pilot, "Ada [b]")
            await pilot.press("enter")
            await until_shown(pilot, "As investigator")
            await pilot.press("down", "enter")
            await until(pilot, lambda: session.people[ada.number].role == "investigator")
            await pilot.press("f9")
            await until_shown(pilot, "Begin the exercise")
            await pilot.press("down", "enter")
            await until_shown(pilot, "Your first step")
            assert "0 of 1" in screen_text(pilot.app)

    run(whole())


def test_what_a_facilitator_does_reaches_the_table(tmp_path):
    async def whole():
        async with conducting(tmp_path, open_door=True) as (session, pilot):
            ada, _ = await session.join("Ada", wish="investigator")
            await until_shown(pilot, "Ada")
            await pilot.press("f9")
            await until_shown(pilot, "Begin the exercise")
            await pilot.press("down", "enter")
            await until_shown(pilot, "Your first step")
            table = session.exercises[1]
            line = Place(session, ada.number).connection()
            await pilot.press("f8")
            await until_shown(pilot, "PAUSED")
            assert table.room.state.paused
            await pilot.press("f8")
            await until(pilot, lambda: not table.room.state.paused)
            await line.submit(c.StopForCare())
            await until_shown(pilot, "Somebody asked for it")
            await pilot.press("f8", "f4")
            await until_shown(pilot, "Go to another scene")
            await pointed(pilot, "Go to another scene")
            await pilot.press("enter")
            await until_shown(pilot, "Go to which scene?")
            await pilot.press("down", "enter")
            await until_shown(pilot, "The reason goes into the record.")
            await pilot.press("s", "o", "enter")
            await until(pilot, lambda: table.room.state.scene == "lobby")
            await until_shown(pilot, "The lobby")

    run(whole())


def test_a_player_waits_then_plays_on_the_screens_of_solo_play(tmp_path):
    async def whole():
        data = DataFolder(tmp_path)
        session = await host(LIBRARY, data, "first_hour", open_door=True)
        ada, _ = await session.join("Ada", wish="investigator")
        app = TabletopApp(LIBRARY, data, start=Join(Place(session, ada.number)))
        async with app.run_test(size=(80, 24)) as pilot:
            await until_shown(pilot, "It begins when the facilitator begins.")
            await begun(session)
            await until_shown(pilot, "You are the investigator")
            await pilot.press("end", "enter")
            await until_shown(pilot, "Situation")
        await session.close()

    run(whole())

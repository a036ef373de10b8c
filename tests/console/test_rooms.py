"""Hosting and joining from the home screen, over a real session and a real socket."""

import re

from support import poor_contrast, screen_text, until, until_shown

from tabletop.cli.program import Given, data_folder
from tabletop.cli.rooms import WebRooms
from tabletop.conduct.library import Library
from tabletop.console.app import TabletopApp

LIBRARY = Library()


def at_home(path):
    """An app on its home screen that can open sessions."""
    given = Given(path)
    return TabletopApp(LIBRARY, data_folder(given), rooms=WebRooms(given, port=0))


async def chosen(pilot, title, line):
    """Points at a line of a screen and presses enter."""
    await until_shown(pilot, title)
    for _ in range(12):
        if any("▸" in each and line in each for each in screen_text(pilot.app).splitlines()):
            break
        await pilot.press("down")
        await pilot.pause()
    await pilot.press("enter")


async def test_one_hosts_another_joins_and_both_come_home(tmp_path):
    host, guest = at_home(tmp_path / "host"), at_home(tmp_path / "guest")
    async with host.run_test(size=(80, 24), notifications=True) as hosting:
        await chosen(hosting, "First Hour, about", "Host a session")
        await chosen(hosting, "First Hour", "First Hour")
        await chosen(hosting, "Who can reach it?", "This computer only")
        await chosen(hosting, "Who is let in?", "You let each person in")
        await chosen(hosting, "How many tables?", "One table")
        await until_shown(hosting, "Everything may stay as it is.")
        assert not poor_contrast(host)
        host.screen.query_one("#parameter-provider").value = "Quay House"
        host.screen.query_one("Verb").focus()
        await hosting.press("enter")
        shown = await until_shown(hosting, "Nobody has come yet.")
        address = re.search(r"http://127\.0\.0\.1:\d+/", shown)[0]
        code = re.search(r"Code for everyone: (\w+)", shown)[1]

        async with guest.run_test(size=(80, 24), notifications=True) as joining:
            await chosen(joining, "First Hour, about", "Join a session")
            await until_shown(joining, "The address, as the facilitator shows it")
            assert not poor_contrast(guest)
            fields = (address, code, "Ada", "advocate")
            for field, text in zip(guest.screen.query("Words"), fields, strict=True):
                field.value = text
            guest.screen.query_one("#wish").focus()
            await joining.press("enter")
            await until_shown(joining, "The facilitator sees your name and lets you in.")
            await until_shown(hosting, "would like advocate")
            await joining.press("escape")
            await chosen(joining, "Leave?", "Leave for now")
            await until_shown(joining, "Your seat is kept")
            assert "Play alone" in screen_text(guest)
            await chosen(joining, "Play alone", "Join a session")
            await until_shown(joining, "Back to First Hour as Ada")
            assert not poor_contrast(guest)
            await joining.press("enter")
            await until_shown(joining, "You are back in your seat as Ada.")
            await joining.press("escape")
            await chosen(joining, "Leave?", "Give up my seat")
            await until_shown(joining, "You have given up your seat.")
            await until_shown(hosting, "has left")
            assert guest.rooms is not None
            assert guest.rooms.seats() == ()

        await hosting.press("escape")
        await hosting.pause()
        await hosting.press("escape")
        await chosen(hosting, "Leave the console?", "Leave for now")
        await until_shown(hosting, "The session waits")
        await chosen(hosting, "Play alone", "Host a session")
        await chosen(hosting, "Go on with the last session", "Go on with the last session")
        await until_shown(hosting, "Ada")
        assert address in screen_text(host)
        assert host.rooms is not None
        await host.rooms.leave()


async def test_what_can_not_be_joined_says_why_and_keeps_what_was_typed(tmp_path):
    app = at_home(tmp_path)
    async with app.run_test(size=(60, 20)) as pilot:
        await chosen(pilot, "Play alone", "Join a session")
        await until_shown(pilot, "The address")
        for id, text in (("address", "127.0.0.1:9"), ("code", "K7RM4T"), ("called", "Ada")):
            app.screen.query_one(f"#{id}").value = text
        app.screen.query_one("#wish").focus()
        await pilot.press("enter")
        await until_shown(pilot, "can't be reached")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen.query_one("#called").value == "Ada")

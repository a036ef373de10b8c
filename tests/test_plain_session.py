"""A session in lines: conducted verb by verb, and a seat in it played, over a real session."""

import asyncio
import io

import pytest
from playing_session import begun
from test_remote import LIBRARY, player, served, until

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.hosting import host
from tabletop.conduct.session.lines import ConductLine, Place
from tabletop.exercise import commands as c
from tabletop.plain.at_table import play
from tabletop.plain.conducting import VERBS, Desk
from tabletop.plain.keyboard import EndOfInput
from tabletop.plain.page import Page


class Hands:
    """A keyboard on which somebody types when the test says so."""

    def __init__(self, page):
        self.page = page
        self.typed = asyncio.Queue()

    def type(self, *lines):
        for line in lines:
            self.typed.put_nowait(line)

    async def ask(self, question):
        self.page.line(question)
        line = await self.typed.get()
        if line is None:
            raise EndOfInput
        return line


class Lines:
    """What was written so far, and hands to answer it."""

    def __init__(self):
        self.out = io.StringIO()
        self.page = Page(self.out, 88)
        self.hands = Hands(self.page)

    @property
    def text(self):
        return " ".join(self.out.getvalue().split())

    async def shows(self, text):
        try:
            await until(lambda: text in self.text)
        except TimeoutError:
            raise AssertionError(f"{text} never came:\n{self.out.getvalue()}") from None


def run(coroutine):
    async def limited():
        async with asyncio.timeout(60):
            return await coroutine

    return asyncio.run(limited())


async def seated(place, line, lines):
    """Plays a seat in lines from the door to the debrief."""
    playing = asyncio.create_task(play(place, lines.page, lines.hands))
    await lines.shows("It begins when the facilitator begins.")
    await line.manage(s.Begin())
    await lines.shows("Answer with 1 to 4")
    await line.submit(c.Write(("all",), "A phone rings."))
    await lines.shows("A phone rings.")
    lines.hands.type("2", "because", "3")
    await lines.shows("The facilitator moves on.")
    lines.hands.type("c", "1")
    await lines.shows("Stopped for care: somebody asked for it.")
    await line.submit(c.Resume())
    await line.submit(c.Rewind(1, "Once more"))
    await lines.shows("The facilitator went back to an earlier point")
    await line.submit(c.End())
    await lines.shows("What stays with you?")
    lines.hands.type("fine", "", "", "I call her.", "At once", "Friday", "y")
    lines.hands.type("0", "4", *[""] * 16, "More time.")
    await lines.shows("Which answers are yours is kept nowhere.")
    await lines.shows("once the facilitator opens it")
    await line.manage(s.OpenDebrief())
    await playing
    assert "Debrief: First Hour" in lines.text
    assert "fine" in lines.text
    assert "I call her. · When: At once · By: Friday" in lines.text
    assert line.frame().view.conclusions.feedback == 1


def test_a_seat_here_is_played_in_lines(tmp_path):
    async def whole():
        room = await host(LIBRARY, DataFolder(tmp_path), "first_hour", open_door=True)
        ada, _ = await room.join("Ada", wish="investigator")
        await seated(Place(room, ada.number), ConductLine(room, 1), Lines())
        await room.close()

    run(whole())


def test_a_seat_elsewhere_is_played_in_lines(tmp_path):
    async def whole():
        async with served(tmp_path) as (room, address):
            ada = await player(room, address, wish="investigator")
            await seated(ada, ConductLine(room, 1), Lines())
            await ada.close()

    run(whole())


def test_what_is_half_answered_is_not_interrupted(tmp_path):
    async def whole():
        room = await host(LIBRARY, DataFolder(tmp_path), "first_hour", open_door=True)
        ada, _ = await room.join("Ada", wish="investigator")
        place, lines = Place(room, ada.number), Lines()
        line = await begun(room)
        playing = asyncio.create_task(play(place, lines.page, lines.hands))
        await lines.shows("Answer with 1 to 4")
        lines.hands.type("2")
        await lines.shows("Why?")
        await line.submit(c.Write(("all",), "A phone rings."))
        lines.hands.type("my reason", "3")
        await lines.shows("A phone rings.")
        commits = next(d for d in line.frame().view.decisions if d.id == "first_step").commits
        assert [each.reason for each in commits] == ["my reason"]
        lines.hands.type(None)
        await playing
        await room.close()

    run(whole())


def test_a_session_is_conducted_verb_by_verb(tmp_path):
    async def whole():
        room = await host(LIBRARY, DataFolder(tmp_path), "first_hour")
        lines = Lines()
        desk = asyncio.create_task(Desk(ConductLine(room, 1), lines.page, lines.hands).hold())
        ada, _ = await room.join("Ada")
        await lines.shows("2. Ada (player): at the door")
        lines.hands.type("admit 2 inv", "begin")
        await lines.shows("2. Ada (investigator): playing")
        await lines.shows("Your first step: investigator 0 of 1 have answered")
        table = room.exercises[1].room
        for typed, holds in (
            ("pause", lambda: table.state.paused),
            ("on", lambda: not table.state.paused),
            ("settle 1 2 We have to go on", lambda: table.state.decisions["first_step"].settled),
            ("write all A phone rings", lambda: "A phone rings" in lines.text),
            ("say all Welcome", lambda: "Welcome" in lines.text),
            ("observe strength Asked first", lambda: len(table.state.observations) == 1),
            (
                "observe issue decision 1: Too quick",
                lambda: [each.decision for each in table.state.observations] == ["", "first_step"],
            ),
            ("about", lambda: "decision 2: Standing by" in lines.text),
            ("timer 5", lambda: table.state.timer),
            ("assign Bo, advocate", lambda: "bo" in room.settings.get("plan", ())),
            ("door open", lambda: room.settings.get("open")),
            ("door closed", lambda: not room.settings["open"]),
            ("every pause", lambda: table.state.paused),
            ("every on", lambda: not table.state.paused),
            ("jump 2 To see the lobby", lambda: table.state.scene == "lobby"),
            ("jump 4 For the owner's call", lambda: table.state.scene == "before_three"),
            ("injects", lambda: "The owner calls (held): Release it" in lines.text),
            ("schedule 2 4", lambda: "owner_calls" in table.state.scheduled),
            ("schedule 2 0", lambda: "owner_calls" not in table.state.scheduled),
            ("rewind 1 Once more", lambda: table.state.branch == 1),
            ("en", lambda: "type it whole" in lines.text),
            ("end", lambda: table.state.status == "ended"),
            ("wash short", lambda: "On your own page (1 min)" in lines.text),
            ("step 1 short", lambda: room.step(1) is not None),
            ("tasks", lambda: "1. Asks for the on-call advocate" in lines.text),
            ("rate 1 M Late, and heard", lambda: len(table.state.ratings) == 1),
            (
                "improve Nobody called\n1\n1\nskill\ntraining\nA list\nCity\n\n\n2027-01-15",
                lambda: [x.due for x in table.state.improvements.values()] == ["2027-01-15"],
            ),
            ("capabilities", lambda: "proposed: M: performed with major" in lines.text),
            ("grade 1 S It was caught", lambda: len(table.state.capabilities) == 1),
            (
                "rewrite 1\nNobody rang" + 6 * "\n" + "\n2027-02-01\n2027-01-01\n2027-03-01",
                lambda: (
                    [(x.due, x.element) for x in table.state.improvements.values()]
                    == [("2027-03-01", "training")]
                ),
            ),
            ("improve Twice\n\n\n\n\n\n\n\n", lambda: len(table.state.improvements) == 2),
            ("withdraw 2 It is the first again", lambda: 2 in table.state.withdrawn),
            ("improvements", lambda: "withdrawn: It is the first again" in lines.text),
            ("rewrite 2", lambda: "no number 2 there" in lines.text),
            ("improvements", lambda: "City · due 2027-03-01 · open" in lines.text),
            ("sign\nDi\nCity\nChief", lambda: table.state.signatures),
            (
                "update 1 done It hangs",
                lambda: [x.status for x in table.state.actions.values()] == ["done"],
            ),
            ("step 0", lambda: room.step(1) is None),
            ("read", lambda: "has not opened the debrief" in lines.text),
            ("debrief", lambda: "The debrief is open; read reads it." in lines.text),
            ("compare", lambda: "one table alone" in lines.text),
            ("read", lambda: "not legal advice" in lines.text),
        ):
            lines.hands.type(*typed.split("\n"))
            try:
                await until(holds)
            except TimeoutError:
                raise AssertionError(f"{typed}: {lines.out.getvalue()}") from None
        assert Place(room, ada.number).person.role == "investigator"
        lines.hands.type("close")
        await desk
        assert "The session is closed." in lines.text

    run(whole())


@pytest.mark.parametrize("typed", [*VERBS, *(f"{verb} 99 x y" for verb in VERBS), "?", "xyz", ""])
def test_any_verb_at_any_time_is_answered_in_a_sentence(tmp_path, typed):
    async def whole():
        room = await host(LIBRARY, DataFolder(tmp_path), "first_hour")
        lines = Lines()
        lines.hands.type(typed, "quit")
        await Desk(ConductLine(room, 1), lines.page, lines.hands).hold()
        assert len(lines.text) > len("A verb, or ? for all of them.")
        await room.close()

    run(whole())

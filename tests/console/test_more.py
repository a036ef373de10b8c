"""Everything behind a conductor's `More`, tried one by one over a real session."""

from contextlib import asynccontextmanager

from playing_session import begun
from support import screen_text, until, until_shown
from textual.widgets import TextArea

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.hosting import host
from tabletop.conduct.session.lines import ConductLine
from tabletop.console.app import TabletopApp
from tabletop.console.screens.choice import ChoiceScreen
from tabletop.console.start import Conduct
from tabletop.exercise import commands as c
from tabletop.exercise.state import CONDUCT

LIBRARY = Library()


@asynccontextmanager
async def conducting(folder, *, kind="facilitator", tables=1, size=(80, 24)):
    """A table that has begun, and the console of someone who conducts it."""
    data = DataFolder(folder)
    session = await host(LIBRARY, data, "first_hour", open_door=True, tables=tables)
    for name in ("Ada", "Cy")[:tables]:
        await session.join(name, wish="investigator")
    person, _ = await session.join("Bo", kind=kind)
    await session.manage(session.people[1], s.AdmitPerson(person.number))
    await begun(session)
    app = TabletopApp(LIBRARY, data, start=Conduct(ConductLine(session, person.number)))
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await until_shown(pilot, "DECISIONS")
            yield session, pilot
    finally:
        await session.close()


async def chosen(pilot, line):
    """Gives the answer that stands on a line; how keys point at it is tried elsewhere."""
    await until_shown(pilot, line)
    screen = pilot.app.screen
    assert isinstance(screen, ChoiceScreen)
    screen.dismiss(next(item.id for item in screen.items if line in item.text))
    await pilot.pause()


async def more(pilot, *lines):
    """Opens `More` and follows its lines."""
    await until_shown(pilot, "f4 more")
    await pilot.press("f4")
    for line in lines:
        await chosen(pilot, line)


async def test_each_line_of_more_does_what_it_says(tmp_path):
    async with conducting(tmp_path) as (session, pilot):
        room = session.exercises[1].room
        await more(pilot, "Set, extend or drop a timer", "5 minutes")
        await until_shown(pilot, "timer")
        await more(pilot, "Set, extend or drop a timer", "Drop it")
        await until(pilot, lambda: not room.state.timer)
        await more(pilot, "Say something to a role or to all", "everyone")
        await pilot.press(*"Hello", "enter")
        await until_shown(pilot, "Hello")
        await more(pilot, "Read everything that was told")
        await until_shown(pilot, "Everything told")
        await pilot.press("escape")
        await more(pilot, "Your own notes")
        await until_shown(pilot, "Your notes")
        await pilot.press("escape")
        await more(pilot, "Put a question on the room's screen")
        await until_shown(pilot, "A question for the room")
        await pilot.press(*"Why", "enter")
        await until(pilot, lambda: session.settings.get("prompt") == "Why")
        await more(pilot, "Go to another scene", "The lobby")
        await until_shown(pilot, "Why?")
        await pilot.press(*"so", "enter")
        await until(pilot, lambda: room.state.scene == "lobby")
        await more(pilot, "Go back to an earlier point", "The depot")
        await until_shown(pilot, "Why?")
        await pilot.press(*"so", "enter")
        await until(pilot, lambda: room.state.branch == 1)
        await more(pilot, "End the exercise before an ending", "End it here")
        await until_shown(pilot, "IT IS OVER")
        await more(pilot, "Open the debrief on people's pages")
        await until(pilot, lambda: session.settings.get("debrief"))
        await more(pilot, "Close the session for good", "Close it for good")
        await until(pilot, lambda: session.ended)


async def test_an_inject_is_written_to_one_role_and_to_every_table(tmp_path):
    async with conducting(tmp_path, tables=2) as (session, pilot):
        for whom, seen in (("advocate", 1), ("everyone at every table", 2)):
            await pilot.press("f3")
            await chosen(pilot, "Write one now")
            await chosen(pilot, whom)
            await until_shown(pilot, "Write an inject")
            await pilot.press(*"Rain", "tab", "enter")
            await until(
                pilot,
                lambda seen=seen: (
                    sum(
                        any(p.kind == "written" for p in e.room.state.feeds[CONDUCT])
                        for e in session.exercises.values()
                    )
                    == seen
                ),
            )


def left(pilot):
    """What stands in the left of three columns, as one line."""
    lines = (line[:35] for line in screen_text(pilot.app).splitlines())
    return " ".join(" ".join(lines).split())


async def test_tables_stand_side_by_side_and_can_be_paused_together(tmp_path):
    async with conducting(tmp_path, tables=2, size=(120, 40)) as (session, pilot):
        shown = await until_shown(pilot, "TABLES")
        assert "▸ 1  The depot" in shown
        assert "Table 1 · First Hour" in shown
        assert left(pilot).count("0 of 1 answered") == 2
        for text in ("One.", "Two."):
            await session.exercises[2].room.submit("seat-3", c.Say("facilitator", text))
        await more(pilot, "Look at another table", "Table 2")
        await until_shown(pilot, "▸ 2  The depot")
        # What was said there before is read there, and told as new nowhere.
        assert not pilot.app._notifications
        await session.exercises[1].room.submit("seat-2", c.Commit("first_step", "accounts"))
        await pilot.press("t")
        await until_shown(pilot, "▸ 1  The depot")
        assert left(pilot).count("0 of 1 answered") == 1
        await pilot.press("t")
        await until_shown(pilot, "▸ 2  The depot")
        assert "Cy" in screen_text(pilot.app)
        await more(pilot, "Pause or go on at every table", "Pause at every table")
        await until(pilot, lambda: all(e.room.state.paused for e in session.exercises.values()))
        await until_shown(pilot, "PAUSED. Everyone's screen says so.")


async def test_a_word_to_the_facilitator_is_told_wherever_they_look(tmp_path):
    async with conducting(tmp_path, size=(60, 20)) as (session, pilot):
        room = session.exercises[1].room
        await more(pilot, "Your own notes")
        await until_shown(pilot, "Your notes")
        await room.submit("seat-2", c.Say("all", "Good evening."))
        await room.submit("seat-2", c.Say("facilitator", "Five minutes?"))
        shown = await until_shown(pilot, "Five minutes?")
        assert "Good evening." not in shown


async def test_a_roles_view_is_that_roles_and_leads_back(tmp_path):
    async with conducting(tmp_path, size=(120, 40)) as (_, pilot):
        await more(pilot, "See what a role sees", "advocate")
        shown = await until_shown(pilot, "advocate · Noor Haddad")
        assert "SEATS" not in shown
        assert "you only look" in shown
        # What a player may do there is not offered to whoever looks.
        assert shown.splitlines()[-1].endswith("f1 help   esc back")
        assert not {"f8", "f2", "f9"} & set(shown.splitlines()[-1].split())
        await pilot.press("escape")
        await until_shown(pilot, "SEATS")


async def test_an_evaluator_looks_and_notes_and_steers_nothing(tmp_path):
    async with conducting(tmp_path, kind="evaluator") as (session, pilot):
        footer = screen_text(pilot.app).splitlines()[-1]
        assert "observe" in footer
        assert not {"go on", "settle", "pause", "injects"} & set(footer.split("   "))
        await pilot.press("f8", "f7", "f9", "f3")
        assert not session.exercises[1].room.state.paused
        await pilot.press("f4")
        shown = await until_shown(pilot, "See what a role sees")
        assert "Go to another scene" not in shown
        assert "Close the session" not in shown
        await pilot.press("escape", "f5")
        await chosen(pilot, "A strength")
        await chosen(pilot, "The table as a whole")
        await until_shown(pilot, "What did you see?")
        await pilot.press(*"Calm", "enter")
        await until(pilot, lambda: len(session.exercises[1].room.state.observations) == 1)


async def test_a_rehearsal_is_marked_and_ended_with_one_key(tmp_path):
    data = DataFolder(tmp_path)
    session = await host(LIBRARY, data, "first_hour")
    app = TabletopApp(LIBRARY, data, start=Conduct(ConductLine(session, 1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Nobody has come yet.")
        await pilot.press("f7")
        shown = await until_shown(pilot, "REHEARSAL. Stand-ins hold every seat")
        assert "f2 end the rehearsal" in shown.splitlines()[-1]
        await pilot.press("f2")
        await until(pilot, lambda: session.phase == "gathering")
        await until_shown(pilot, "Nobody has come yet.")
        await pilot.press("escape")
        shown = await until_shown(pilot, "f6 opens the room")
        assert "f6 people and the door" in shown.splitlines()[-1]
    await session.close()


async def test_the_room_says_what_it_can_do_and_what_begins(tmp_path):
    data = DataFolder(tmp_path)
    session = await host(LIBRARY, data, "first_hour")
    app = TabletopApp(LIBRARY, data, start=Conduct(ConductLine(session, 1)))
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        shown = await until_shown(pilot, "Nobody has come yet.")
        for key in ("f7 rehearses", "f3 assigns", "ctrl+o opens", "ctrl+l locks"):
            assert key in " ".join(shown.split())
        await pilot.press("f9")
        await until_shown(pilot, "Nobody plays yet")
        await pilot.press("escape")
        ada, _ = await session.join("Ada")
        await session.join("Bo")
        await until_shown(pilot, "Bo")
        await session.manage(session.people[1], s.AdmitPerson(ada.number, "advocate"))
        await until_shown(pilot, "in · advocate")
        await pilot.press("f9")
        shown = " ".join((await until_shown(pilot, "Still at the door: Bo.")).split())
        assert "Stand-ins take the other roles: investigator, prosecutor." in shown
    await session.close()


async def test_a_list_that_can_not_be_taken_is_there_to_be_mended(tmp_path):
    data = DataFolder(tmp_path)
    session = await host(LIBRARY, data, "first_hour")
    app = TabletopApp(LIBRARY, data, start=Conduct(ConductLine(session, 1)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "Nobody has come yet.")
        await pilot.press("f3")
        await until_shown(pilot, "The roles are investigator, advocate,")
        written = app.screen.query_one(TextArea)
        written.text = "Ada, advocate\nBo, prosecuter"
        await pilot.press("tab", "enter")
        await until_shown(pilot, "Line 2 of the list")
        await until_shown(pilot, "Bo, prosecuter")
        app.screen.query_one(TextArea).text = "Ada, advocate\nBo, prosecutor"
        await pilot.press("tab", "enter")
        await until_shown(pilot, "Assigned.")
        assert session.settings["plan"]["bo"][0] == "prosecutor"
    await session.close()


async def test_settling_for_the_table_is_asked_for_in_two_steps(tmp_path):
    async with conducting(tmp_path) as (session, pilot):
        room = session.exercises[1].room
        first = room.engine.plan.decision("first_step").title
        await pilot.press("f7")
        await chosen(pilot, "Settle it for the table, with a reason")
        await until_shown(pilot, "Which answer?")
        pilot.app.screen.dismiss("call_first")
        await until_shown(pilot, "Why?")
        await pilot.press(*"Time", "enter")
        await until(pilot, lambda: room.state.decisions["first_step"].settled == "call_first")
        assert room.state.decisions["first_step"].how == "facilitator"
        await more(pilot, "Go back to an earlier point", f"{first}: once it was settled")
        await until_shown(pilot, "Why?")


async def test_an_inject_tells_apart_what_is_read_and_what_is_for_the_facilitator(tmp_path):
    async with conducting(tmp_path, size=(120, 40)) as (session, pilot):
        await session.exercises[1].room.submit("seat-1", c.Jump("before_three", "so"))
        await until_shown(pilot, "The owner calls")
        await pilot.press("f3")
        await chosen(pilot, "The owner calls")
        shown = [line.strip() for line in (await until_shown(pilot, "Note for you:")).splitlines()]
        begins = ("For investigator:", "Note for you: Release it", "To be hoped for: The sergeant")
        assert [next(line for line in shown if line.startswith(each)) for each in begins]

"""A player's screen at a table that somebody facilitates, over a real session."""

from contextlib import asynccontextmanager
from dataclasses import replace

from fakes import VIEW
from playing_session import begun
from support import SIZES, poor_contrast, screen_text, until, until_shown
from textual.widgets import TextArea

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.hosting import host
from tabletop.conduct.session.lines import Place
from tabletop.console.agenda import agenda
from tabletop.console.app import TabletopApp
from tabletop.console.start import Join
from tabletop.exercise import commands as c

LIBRARY = Library()
NAMES = ("Okafor", "Reyes", "Lind")


@asynccontextmanager
async def at_table(folder, size=(120, 40)):
    """Three investigators at a table, the screen of the first, and the host's line."""
    data = DataFolder(folder)
    session = await host(LIBRARY, data, "larkmoor_row", open_door=True)
    people = {}
    for name in NAMES:
        person, _ = await session.join(name)
        await session.manage(session.people[1], s.AdmitPerson(person.number, "investigator"))
        people[name] = Place(session, person.number)
    for role in ("advocate", "prosecutor"):
        person, _ = await session.join(role.capitalize())
        await session.manage(session.people[1], s.AdmitPerson(person.number, role))
        people[role] = Place(session, person.number)
    line = await begun(session)
    app = TabletopApp(LIBRARY, data, start=Join(people["Okafor"]))
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await until_shown(pilot, "You are the investigator")
            await pilot.press("end", "enter")
            await until_shown(pilot, "stop for care")
            yield people, line, pilot
    finally:
        await session.close()


async def committed(people):
    """Two of three of one mind."""
    for name, option in zip(NAMES, ("director_only", "director_only", "in_ranges"), strict=True):
        await (
            people[name]
            .connection()
            .submit(c.Commit("notice", option, f"{name} has a reason", "", 3))
        )


async def test_several_in_a_role_are_named_and_their_answers_compared(tmp_path):
    async with at_table(tmp_path) as (people, _, pilot):
        assert "Okafor, Reyes, Lind · you" in screen_text(pilot.app)
        await committed(people)
        shown = await until_shown(pilot, "THE ANSWERS")
        assert "Law enforcement: divided, 2 for answer 1, 1 for answer 2." in shown
        assert "Reyes, investigator" in shown
        assert not poor_contrast(pilot.app)


async def test_a_stop_for_care_says_what_is_recorded_and_names_nobody(tmp_path):
    async with at_table(tmp_path, (80, 24)) as (_, line, pilot):
        await pilot.press("f8")
        shown = await until_shown(pilot, "Stop for care?")
        assert "nothing in the record says who" in " ".join(shown.split())
        await pilot.press("down", "enter")
        shown = await until_shown(pilot, "STOPPED FOR CARE")
        assert "Nobody has to say why" in shown
        assert "stop for care" not in shown.splitlines()[-1]
        view = line.frame().view
        assert view.care
        assert not view.carer
        await line.submit(c.Resume())
        await until(pilot, lambda: "STOPPED" not in screen_text(pilot.app))


async def test_a_timer_a_pause_and_a_branch_are_told(tmp_path):
    async with at_table(tmp_path) as (people, line, pilot):
        await line.submit(c.SetTimer(240_000))
        await until_shown(pilot, "4 min left")
        await line.submit(c.Pause())
        await until_shown(pilot, "The facilitator has paused for everyone.")
        await line.submit(c.Resume())
        await committed(people)
        await line.submit(c.Settle("notice"))
        await until_shown(pilot, "The facilitator moves on.")
        await line.submit(c.Rewind(1, "Once more"))
        await until_shown(pilot, "The facilitator went back to an earlier point")
        assert "YOUR DECISION" in screen_text(pilot.app)


async def test_one_writes_how_it_was_and_reads_the_debrief_once_it_is_open(tmp_path):
    async with at_table(tmp_path) as (_, line, pilot):
        await line.submit(c.End())
        await until_shown(pilot, "THE EXERCISE HAS ENDED")
        while "How was that?" not in screen_text(pilot.app):
            await pilot.press("enter")
            await pilot.pause()
        assert "has not opened the debrief yet" in screen_text(pilot.app)
        await pilot.press(
            *"fine", "tab", "tab", "tab", *"ring", "tab", *"soon", "tab", *"Monday", "f6"
        )
        await until_shown(pilot, "Kept with the exercise.")
        assert {"fine", "ring", "soon", "Monday"} <= set(line.exercise.room.words.values())
        # Who leaves the page and comes back finds what they kept, and nothing new to keep.
        await pilot.press("escape")
        await until_shown(pilot, "THE EXERCISE HAS ENDED")
        await pilot.press("enter")
        await until_shown(pilot, "How was that?")
        assert {"fine", "ring"} <= {each.text for each in pilot.app.screen.query(TextArea)}
        await pilot.press("f6")
        await until_shown(pilot, "Nothing new was written.")
        pilot.app.screen.query_one("#feedback").focus()
        await pilot.press("enter")
        await until_shown(pilot, "Everyone answers once.")
        await pilot.press("9", "4", "f6")
        await until(pilot, lambda: line.frame().view.conclusions.feedback == 1)
        await line.manage(s.OpenDebrief())
        await until_shown(pilot, "The debrief is open.")
        await pilot.press("f9")
        await until_shown(pilot, "Debrief: Larkmoor Row")
        await until(pilot, lambda: _paged(pilot, "The investigator"))
        await pilot.press("f9")
        await until_shown(pilot, "What happened")
        await pilot.press("f7")
        await until_shown(pilot, "How was that?   1 of ")


def _paged(pilot, text):
    pilot.app.screen.action_page(1)
    return text in screen_text(pilot.app)


async def test_a_word_to_the_facilitator_reaches_no_other_role(tmp_path):
    async with at_table(tmp_path) as (people, line, pilot):
        await pilot.press("f5")
        await until_shown(pilot, "the facilitator")
        await pilot.press("end", "enter", *"Slower", "enter")
        await until(pilot, lambda: "Slower" in str(line.frame().view.feed[-1]))
        assert "Slower" not in str(people["advocate"].view().feed)


async def test_the_screen_is_legible_at_every_size(tmp_path):
    async with at_table(tmp_path) as (people, _, pilot):
        await committed(people)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await until_shown(pilot, "THE ANSWERS")
            assert not poor_contrast(pilot.app)
            assert "f8 stop for care" in screen_text(pilot.app)


async def test_losing_the_session_is_told_in_words(tmp_path):
    async with at_table(tmp_path) as (people, _, pilot):
        place = people["Okafor"]
        place.reached = False
        place.session.ring_all()
        await until_shown(pilot, "connection lost")
        place.reached = True
        place.session.ring_all()
        await until_shown(pilot, "Connected again. Nothing was lost.")


def test_only_who_has_something_to_share_is_told_that_they_can():
    for offers in ((), VIEW.offers):
        ask = agenda(replace(VIEW, decisions=(), facilitated=True, offers=offers))
        assert ask.heading == "WAITING"
        assert ("share" in " ".join(each.text for each in ask.told)) == bool(offers)

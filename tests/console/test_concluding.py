"""After an exercise, from the console: the hot wash, ratings, improvements, a signature."""

from contextlib import asynccontextmanager

import pytest
from playing_session import begun
from support import SIZES, screen_text, until, until_shown
from test_conducting import conducting, pointed, run

from tabletop.conduct.session.lines import PublicLine
from tabletop.conduct.session.looking_back import capabilities
from tabletop.conduct.session.seen import session_view
from tabletop.console.session.guests import offers
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c


@asynccontextmanager
async def over(folder, size):
    """The console of who facilitates an exercise that is over."""
    async with conducting(folder, size, open_door=True) as (session, pilot):
        await until_shown(pilot, "Nobody has come yet.")
        await session.join("Ada Quist", wish="investigator")
        line = await begun(session)
        await line.submit(c.Commit("first_step", "accounts"))
        await line.submit(c.Observe("issue", "Only for us."))
        await line.submit(c.End())
        await until(pilot, lambda: session.phase == "over")
        await until_shown(pilot, "IT IS OVER")
        # What was never decided is nobody's to settle any more.
        assert "settle" not in screen_text(pilot.app)
        yield session, line, pilot


async def chosen(pilot, *texts):
    """Goes through menus by what their lines say."""
    for text in texts:
        await until_shown(pilot, text)
        await pointed(pilot, text)
        await pilot.press("enter")


@pytest.mark.parametrize("size", SIZES)
def test_the_hot_wash_is_gone_through_and_the_room_follows(tmp_path, size):
    async def whole():
        async with over(tmp_path, size) as (session, line, pilot):
            screen, steps = PublicLine(session), await line.hot_wash("full")
            await pilot.press("f9")
            await until_shown(pilot, "the room does not see it yet")
            assert screen.frame().step is None
            for step in steps:
                await pilot.press("f9")
                await until(pilot, lambda step=step: _prompt(screen) == step.prompt)
                await until_shown(pilot, step.title)
            assert "next step" not in screen_text(pilot.app)
            await pilot.press("f7")
            await until(pilot, lambda: _prompt(screen) == steps[-2].prompt)
            await pilot.press("f8")
            await until(pilot, lambda: screen.frame().step is None)
            await pilot.press("f3")
            await until_shown(pilot, "about 3 minutes in all")
            await pilot.press("escape")
            await until_shown(pilot, "IT IS OVER")

    run(whole())


def _prompt(screen):
    step = screen.frame().step
    return step.prompt if step else ""


def test_a_task_is_rated_for_a_reason_where_it_differs(tmp_path):
    async def whole():
        async with over(tmp_path, (80, 24)) as (session, line, pilot):
            (first, *_) = await line.proposed()
            other = "P" if first.proposed != "P" else "S"
            await pilot.press("f4")
            rates = "Rate critical tasks"
            await chosen(pilot, rates, first.text[:30], f"{other}: performed")
            await until_shown(pilot, "so it needs a reason")
            await pilot.press(*"seen", "enter")
            state = session.exercises[1].room
            await until(pilot, lambda: state.state.ratings)
            rated = state.state.ratings[first.task]
            assert (rated.rating, rated.proposed) == (other, first.proposed)
            await pilot.press("f4")
            await chosen(pilot, rates)
            await until_shown(pilot, f"rated: {other}")
            (top, *_) = capabilities(await line.proposed(), line.frame().view.conclusions)
            await chosen(pilot, f"Capability: {top.called}"[:40], f"{top.proposed}: ")
            await until(pilot, lambda: state.state.capabilities)
            said = state.state.capabilities[top.capability]
            assert (said.rating, said.reason) == (top.proposed, "")

    run(whole())


@pytest.mark.parametrize("size", SIZES)
def test_what_to_improve_is_written_down_and_signed(tmp_path, size):
    async def whole():
        async with over(tmp_path, size) as (session, line, pilot):
            room = session.exercises[1].room
            await pilot.press("f4")
            await chosen(pilot, "Write down what to improve", "Write one down", "Training")
            await chosen(pilot, "Support before questions", "Noted: Only for us.")
            await until_shown(pilot, "What should be better")
            await pilot.press(*"Late", "tab", "tab", *"City")
            await pilot.press("f6")
            await until(pilot, lambda: room.state.improvements)
            (item,) = room.state.improvements.values()
            assert (item.element, item.objective, item.observations) == (
                "training", "support_first", (1,),
            )  # fmt: skip
            assert room.words[item.owner] == "City"
            await line.submit(a.Improve("Twice"))
            await pilot.press("f4")
            await chosen(pilot, "Write down what to improve", "Twice", "Withdraw it")
            await until_shown(pilot, "Why is it withdrawn?")
            await pilot.press(*"Once", "enter")
            await until(pilot, lambda: 2 in room.state.withdrawn)
            await pilot.press("f4")
            await chosen(pilot, "Sign what was found")
            await until_shown(pilot, "Ratings: 0. Improvements: 1.")
            await pilot.press(*"Di", "tab", *"City", "tab", *"Chief", "f6")
            await until(pilot, lambda: room.state.signatures)
            assert room.state.signatures[0].digest == a.digest(room.state)
            await pilot.press("f4")
            await chosen(pilot, "Write down what to improve", "Late", "Done")
            await until_shown(pilot, "What is there to say of it?")
            await pilot.press("enter")
            await until(pilot, lambda: room.state.actions)
            assert room.state.actions[1].status == "done"

    run(whole())


def test_who_lost_a_device_is_given_their_seat_from_the_door(tmp_path):
    async def whole():
        async with over(tmp_path, (60, 20)) as (session, _, pilot):
            late, token = await session.join("Late")
            eva, _ = await session.join("Eva", kind="evaluator")
            await pilot.press("w")
            await until_shown(pilot, "Who comes now waits")
            seen = session_view(session)
            (row,) = (each for each in seen.people if each.number == eva.number)
            # Only who plays can be given the seat of somebody who does.
            assert [each.id for each in offers(row, seen)] == ["", "in", "decline"]
            assert "give everyone a role" not in screen_text(pilot.app)
            await chosen(pilot, "Late", "Give them the seat of Ada Quist")
            await until(pilot, lambda: session.people[late.number].state == "left")
            ada = next(each for each in session.people.values() if each.name == "Ada Quist")
            assert session.person(ada.number, token) is ada

    run(whole())

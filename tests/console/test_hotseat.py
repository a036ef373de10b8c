"""Several roles at one keyboard: the curtain, and that nothing crosses it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from fakes import (
    AFTER,
    ALERT,
    NARRATION,
    NOTICE,
    PEOPLE,
    SITES,
    TRANSFERS,
    VIEW,
    FakeConnection,
    FakeExercise,
    commit,
    passage,
)
from support import RecordingApp, screen_text, until, until_shown
from textual.pilot import Pilot
from textual.widget import Widget

from tabletop.console.screens.curtain import CurtainScreen
from tabletop.console.screens.exercise import ExerciseScreen
from tabletop.console.widgets.decision import Decision
from tabletop.exercise import commands as c

SECRET = "The alert expires on Thursday."
FEVER = replace(
    ALERT, id="fever", title="The fever", text="A client told you of a fever.", how="held"
)


def investigator() -> FakeConnection:
    """The investigator, who knows a secret and has a decision."""
    return FakeConnection(replace(VIEW, facts=(replace(ALERT, text=SECRET),)))


def advocate() -> FakeConnection:
    """The advocate, who knows something else and decides nothing yet."""
    return FakeConnection(
        replace(
            VIEW,
            role="advocate",
            name="Ines Duarte, advocate",
            facts=(FEVER,),
            offers=(),
            decisions=(),
            feed=(NARRATION,),
            people=(replace(PEOPLE[0], who="player"), replace(PEOPLE[1], who="you")),
        )
    )


@asynccontextmanager
async def table(
    app: RecordingApp, size: tuple[int, int] = (120, 40), **lines: FakeConnection
) -> AsyncIterator[tuple[Pilot[Any], FakeExercise]]:
    """An app with several roles at its keyboard."""
    exercise = FakeExercise(**lines)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.hot_seat = True
        app.show(await ExerciseScreen.opened(exercise))
        await until(pilot, lambda: isinstance(app.screen, CurtainScreen))
        yield pilot, exercise


async def open_curtain(pilot: Pilot[Any]) -> None:
    """Presses space twice and waits for the screen behind the curtain."""
    await pilot.press("space", "space")
    await until(pilot, lambda: getattr(pilot.app.screen, "view", None) is not None)
    await until(pilot, lambda: pilot.app.focused is not None)
    pilot.app.screen.query_one(Decision).take_focus()
    await pilot.pause()


def texts(app: RecordingApp) -> str:
    """Everything any widget of any screen holds, drawn or not."""
    found = []
    for screen in app.screen_stack:
        for widget in (screen, *screen.walk_children(Widget)):
            found += [repr(value) for value in vars(widget).values()]
    return "\n".join(found)


async def test_the_curtain_comes_before_the_first_role_whose_decision_is_open(
    app: RecordingApp,
) -> None:
    async with table(app, advocate=advocate(), investigator=investigator()) as (pilot, _):
        shown = await until_shown(pilot, "Pass the keyboard to the investigator, Det. Okafor.")
        assert "Everyone else, please look away." in shown
        assert SECRET not in shown


async def test_two_presses_open_it_and_one_does_not(app: RecordingApp) -> None:
    async with table(app, investigator=investigator(), advocate=advocate()) as (pilot, _):
        await pilot.press("space")
        await until_shown(pilot, "Once more.")
        await pilot.press("space")
        await until_shown(pilot, SECRET)


async def test_nothing_of_one_role_is_left_for_the_next(app: RecordingApp) -> None:
    lines = {"investigator": investigator(), "advocate": advocate()}
    async with table(app, **lines) as (pilot, _):
        await open_curtain(pilot)
        await until_shown(pilot, SECRET)
        app._clipboard = SECRET
        await pilot.press("1")
        for letter in "mine":
            await pilot.press(letter)
        mine = commit("Det. Okafor", "in_ranges")
        lines["advocate"].feed(decisions=(replace(SITES, id="beds"),))
        lines["investigator"].feed(decisions=(replace(NOTICE, mine=mine, expected=2),))
        await until_shown(pilot, "Pass the keyboard to the advocate, Ines Duarte")
        await pilot.press("ctrl+g")
        await until_shown(pilot, "a decision waits")
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(app.screen, CurtainScreen))
        await pilot.pause()
        assert SECRET not in texts(app)
        assert "mine" not in screen_text(app)
        assert app.clipboard == ""
        assert lines["investigator"].listening == 0
        await open_curtain(pilot)
        shown = await until_shown(pilot, "A client told you of a fever.")
        assert SECRET not in shown
        assert SECRET not in texts(app)
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert SECRET not in texts(app)


async def test_after_a_commit_the_next_one_is_named(app: RecordingApp) -> None:
    second = advocate()
    second.feed(decisions=(replace(NOTICE, consulted=()),))
    first = investigator()
    first.follow = lambda view, command: (
        replace(
            view,
            decisions=(
                replace(NOTICE, mine=commit("Det. Okafor", command.option), expected=2, answered=1),
            ),
        )
        if isinstance(command, c.Commit)
        else view
    )
    async with table(app, investigator=first, advocate=second) as (pilot, _):
        await open_curtain(pilot)
        await pilot.press("1", "enter")
        await until_shown(pilot, "▸ Pass the keyboard to the advocate, Ines Duarte")
        await pilot.press("enter")
        await until_shown(pilot, "Pass the keyboard to the advocate, Ines Duarte.")


async def test_who_has_not_read_a_scene_is_offered_the_keyboard_before_moving_on(
    app: RecordingApp,
) -> None:
    first = investigator()
    first.feed(decisions=(), may=("advance",))
    second = advocate()
    second.feed(may=("advance",))
    async with table(app, investigator=first, advocate=second) as (pilot, _):
        await open_curtain(pilot)
        await until_shown(pilot, "Ines Duarte has not read it yet.")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CurtainScreen))
        await open_curtain(pilot)
        await until_shown(pilot, "▸ Move on")
        later = passage(3, "Nine people.", scene="after", kind="narration", heading="")
        for line in (first, second):
            line.feed(scene=AFTER, scenes=(*VIEW.scenes, AFTER), feed=(*line.view.feed, later))
        await until_shown(pilot, "Det. Okafor has not read it yet.")


async def test_leaving_at_the_curtain_loses_nothing(app: RecordingApp) -> None:
    async with table(app, investigator=investigator(), advocate=advocate()) as (pilot, exercise):
        await pilot.press("escape")
        await until(pilot, lambda: exercise.closed)
        await until_shown(pilot, "Play alone")


async def test_nothing_can_be_selected_or_photographed(app: RecordingApp) -> None:
    async with table(app, investigator=investigator(), advocate=advocate()) as (pilot, _):
        await open_curtain(pilot)
        assert not app.screen.allow_select
        names = [str(command.title) for command in app.get_system_commands(app.screen)]
        assert not [name for name in names if "screenshot" in name.lower()]
        assert TRANSFERS.text not in "".join(names)

"""The exercise screen: what is read, what is asked, and what reaches the line."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from fakes import (
    AFTER,
    ALERT,
    NARRATION,
    NOTICE,
    PEOPLE,
    SITES,
    TO_PROSECUTOR,
    TRANSFERS,
    VIEW,
    FakeConnection,
    FakeExercise,
    commit,
    passage,
)
from support import SIZES, RecordingApp, poor_contrast, screen_text, until, until_shown
from textual.pilot import Pilot
from textual.widgets import Input

from tabletop.conduct.connection import Rejected
from tabletop.console.screens.exercise import ExerciseScreen
from tabletop.console.widgets.decision import Decision, Draft
from tabletop.console.widgets.feed import Feed
from tabletop.console.widgets.footer import MOST, Footer
from tabletop.exercise import commands as c
from tabletop.exercise.commands import Command
from tabletop.exercise.view_types import PlayerView


@asynccontextmanager
async def seated(
    app: RecordingApp, line: FakeConnection, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Pilot[Any]]:
    """An app that shows the line's exercise."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.show(await ExerciseScreen.opened(FakeExercise(investigator=line)))
        await until(pilot, lambda: getattr(app.screen, "view", None) is not None)
        await until(pilot, lambda: app.focused is not None)
        if line.frame.saved > 1:
            # The scene is read first; then one goes on to what there is to do.
            app.screen.query_one(Decision).take_focus()
            await pilot.pause()
        yield pilot


def said(line: FakeConnection) -> list[Command]:
    """What was submitted, less the reading."""
    return [each for each in line.submitted if not isinstance(each, c.Acknowledge)]


async def type_words(pilot: Pilot[Any], words: str) -> None:
    """Types words into what has the focus."""
    for letter in words:
        await pilot.press("space" if letter == " " else letter)


async def test_the_screen_is_styled_as_a_whole_once(
    app: RecordingApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its classes are set before its parts are there; each further pass costs 15 ms."""
    passes: list[object] = []
    styled = ExerciseScreen.update_node_styles

    def counted(screen: ExerciseScreen, animate: bool = True) -> None:
        passes.append(screen)
        styled(screen, animate)

    monkeypatch.setattr(ExerciseScreen, "update_node_styles", counted)
    async with seated(app, FakeConnection(VIEW), (80, 24)) as pilot:
        await until_shown(pilot, "f2 reason")
    assert len(passes) == 1


async def test_the_first_enter_chooses_and_the_second_commits(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line) as pilot:
        await until_shown(pilot, "▸  1  Tell the named contact")
        await pilot.press("down", "enter")
        await until_shown(pilot, "● 2  Tell only the director")
        assert said(line) == []
        await type_words(pilot, "she can prepare")
        await pilot.press("enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Commit("notice", "director_only", "she can prepare")]


async def test_a_number_chooses_and_a_reason_may_stay_empty(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line) as pilot:
        await pilot.press("3")
        await until_shown(pilot, "● 3  Call from the scene")
        await pilot.press("enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Commit("notice", "from_scene")]


async def test_confidence_goes_with_the_answer(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line) as pilot:
        await pilot.press("1", "down")
        await pilot.press("right", "right", "right")
        await until_shown(pilot, "▸ fairly sure")
        await pilot.press("enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Commit("notice", "in_ranges", "", "", 3)]


async def test_offered_reasons_are_asked_between(app: RecordingApp) -> None:
    reasons = (replace(NOTICE.options[0], id="r1", text="Beds take time."),)
    line = FakeConnection(replace(VIEW, decisions=(replace(NOTICE, reasons=reasons),)))
    async with seated(app, line) as pilot:
        await pilot.press("1")
        await until_shown(pilot, "Which reason comes closest?")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Commit("notice", "in_ranges", "", "r1")]


async def test_a_click_chooses_and_never_commits(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line) as pilot:
        await until_shown(pilot, "▸  1  Tell the named contact")
        await pilot.click("#options", offset=(8, 0))
        await pilot.click("#options", offset=(8, 0))
        await until_shown(pilot, "● 1  Tell the named contact")
        await pilot.pause()
        assert said(line) == []
        await pilot.click("#act")
        await until(pilot, lambda: said(line))


async def test_a_committed_answer_can_be_changed(app: RecordingApp) -> None:
    mine = commit("Det. Okafor", "in_ranges")
    waiting = replace(NOTICE, mine=mine, answered=1, expected=3)
    line = FakeConnection(replace(VIEW, decisions=(waiting,)))
    async with seated(app, line) as pilot:
        shown = await until_shown(
            pilot, "Committed. You can change it until everyone has answered."
        )
        assert "1 of 3 have answered." in shown
        assert "● 1  Tell the named contact" in shown
        await pilot.press("2")
        await until_shown(pilot, "Change my answer to this")
        await pilot.press("enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Commit("notice", "director_only")]


async def test_after_the_reveal_everyone_is_named_and_one_settles(app: RecordingApp) -> None:
    commits = (
        commit("Det. Okafor", "in_ranges", reason="beds first", confidence=4),
        commit("Ines Duarte", "director_only", role="advocate", stand_in=True),
    )
    shown_all = replace(NOTICE, phase="revealed", mine=commits[0], commits=commits, may_settle=True)
    line = FakeConnection(replace(VIEW, decisions=(shown_all,)))
    async with seated(app, line) as pilot:
        shown = await until_shown(pilot, "THE ANSWERS")
        assert "Ines Duarte (stand-in)" in shown
        assert "beds first · certain" in shown
        await until_shown(pilot, "▸ Settle on these answers")
        await pilot.press("enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Settle("notice")]


async def test_where_the_rule_gives_none_one_is_chosen(app: RecordingApp) -> None:
    commits = (commit("Det. Okafor", "in_ranges"), commit("Ines Duarte", "director_only"))
    tie = replace(NOTICE, phase="revealed", mine=commits[0], commits=commits, may_choose=True)
    line = FakeConnection(replace(VIEW, decisions=(tie,)))
    async with seated(app, line) as pilot:
        await until_shown(pilot, "The answers give no single result.")
        await pilot.press("2")
        await until_shown(pilot, "Let this answer count")
        assert "Change my own answer to this" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Settle("notice", "director_only")]


async def test_advice_is_sent_to_those_who_decide(app: RecordingApp) -> None:
    line = FakeConnection(replace(VIEW, decisions=(replace(NOTICE, part="consult"),)))
    async with seated(app, line) as pilot:
        shown = await until_shown(pilot, "YOUR ADVICE IS WELCOME")
        assert "2  Tell only the director" in shown
        await type_words(pilot, "two beds")
        await pilot.press("enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Say("", "two beds", "notice")]
        await until(pilot, lambda: "YOUR ADVICE" not in screen_text(app))


async def test_a_new_scene_is_read_before_anything_can_be_pressed(app: RecordingApp) -> None:
    done = replace(NOTICE, phase="settled", settled="in_ranges")
    line = FakeConnection(replace(VIEW, decisions=(done,), may=("advance", "say")))
    async with seated(app, line) as pilot:
        await until_shown(pilot, "▸ Move on")
        await pilot.press("enter")
        await until(pilot, lambda: said(line))
        later = passage(3, "Nine people.", scene="after", kind="narration", heading="")
        line.feed(scene=AFTER, scenes=(*VIEW.scenes, AFTER), feed=(*VIEW.feed, later))
        await until(pilot, lambda: isinstance(app.focused, Feed))
        await pilot.press("enter")
        await until_shown(pilot, "▸ Move on")
        assert said(line) == [c.Advance()]


async def test_several_open_decisions_are_switched_between(app: RecordingApp) -> None:
    line = FakeConnection(replace(VIEW, decisions=(NOTICE, SITES)))
    async with seated(app, line) as pilot:
        await until_shown(pilot, "YOUR DECISION · 1 of 2 in this scene")
        await pilot.press("2")
        await pilot.press("ctrl+n")
        await until_shown(pilot, "YOUR DECISION · 2 of 2 in this scene")
        assert "Where do people wait?" in screen_text(app)
        await pilot.press("ctrl+n")
        await until_shown(pilot, "● 2  Tell only the director")


async def test_moving_on_is_asked_once(app: RecordingApp) -> None:
    done = replace(NOTICE, phase="settled", settled="in_ranges")
    line = FakeConnection(replace(VIEW, decisions=(done,), may=("advance", "say")))
    async with seated(app, line) as pilot:
        await until_shown(pilot, "▸ Move on")
        await pilot.press("enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Advance()]


async def test_new_passages_come_to_the_top_and_are_noted_as_read(app: RecordingApp) -> None:
    def follow(view: PlayerView, command: Command) -> PlayerView:
        if not isinstance(command, c.Commit):
            return view
        outcome = passage(3, "The contact starts calling round.", heading="What follows")
        settled = replace(NOTICE, phase="settled", settled=command.option)
        return replace(
            view, feed=(*view.feed, outcome), decisions=(settled,), may=("advance", "say")
        )

    line = FakeConnection(VIEW)
    line.follow = follow
    async with seated(app, line) as pilot:
        await pilot.press("1", "enter")
        shown = await until_shown(pilot, "The contact starts calling round.")
        assert "── What follows ──" in shown
        assert line.submitted[0] == c.Acknowledge(2)
        await until_shown(pilot, "▸ Move on")


async def test_sharing_asks_first(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line) as pilot:
        await until_shown(pilot, "The alert  → prosecutor")
        await pilot.press("f4", "enter")
        shown = await until_shown(pilot, "You would tell ADA Vaughn, prosecutor (stand-in):")
        assert "The bank flagged the owner's account" in shown
        await pilot.press("enter")
        await until_shown(pilot, "YOUR DECISION")
        assert said(line) == []
        await pilot.press("f4", "enter")
        await until_shown(pilot, "Share this?")
        await pilot.press("down", "enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Share("alert", "prosecutor")]


async def test_a_refusal_stands_by_the_decision_and_nothing_is_lost(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    line.reply = lambda command: Rejected("paused", "The exercise is paused.")
    async with seated(app, line) as pilot:
        await pilot.press("1")
        await type_words(pilot, "soup")
        await pilot.press("enter")
        await until_shown(pilot, "The exercise is paused.")
        assert app.screen.query_one("#words", Input).value == "soup"
        assert "● 1  Tell the named contact" in screen_text(app)


async def test_a_half_written_answer_is_kept_and_comes_back(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line) as pilot:
        await pilot.press("2")
        await type_words(pilot, "bec")
        await until(
            pilot, lambda: json.loads(line.kept_drafts.get("notice", "{}")).get("reason") == "bec"
        )
    assert json.loads(line.kept_drafts["notice"])["option"] == "director_only"
    again = RecordingApp(app.library, app.folder)
    async with seated(again, line) as pilot:
        await until_shown(pilot, "● 2  Tell only the director")
        assert again.screen.query_one("#words", Input).value == "bec"


async def test_a_screen_shown_before_it_has_looked_finds_the_same(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    line.kept_drafts = {"notice": Draft("director_only", "", "bec").stored()}
    async with app.run_test(size=(120, 40)) as pilot:
        app.show(ExerciseScreen(FakeExercise(investigator=line)))
        await until_shown(pilot, "● 2  Tell only the director")
        assert app.screen.query_one("#words", Input).value == "bec"


async def test_a_draft_that_cannot_be_read_is_no_trouble(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    line.kept_drafts = {"notice": "[1", "other": '{"option": 3}'}
    async with seated(app, line) as pilot:
        await until_shown(pilot, "YOUR DECISION")


async def test_notes_are_kept_as_one_writes(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    line.kept_notes = "Ask Ines. "
    async with seated(app, line) as pilot:
        await pilot.press("f6")
        await until_shown(pilot, "Ask Ines.")
        await type_words(pilot, "beds")
        await until(pilot, lambda: line.kept_notes == "Ask Ines. beds")
        await type_words(pilot, "!")
        await pilot.press("escape")
        await until_shown(pilot, "YOUR DECISION")
        assert line.kept_notes == "Ask Ines. beds!"


async def test_something_is_said_to_one_role(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line) as pilot:
        await pilot.press("f5")
        shown = await until_shown(pilot, "Say something")
        assert "advocate · Ines Duarte  (stand-in)" in shown
        assert "Mei Tran" not in shown
        await pilot.press("down", "enter")
        await type_words(pilot, "two beds?")
        await pilot.press("enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Say("advocate", "two beds?")]


async def test_pausing_asks_first_and_the_screen_says_so(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line) as pilot:
        await pilot.press("f8")
        await until_shown(pilot, "Pause for everyone")
        assert said(line) == []
        await pilot.press("down", "enter")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Pause()]
        line.feed(status="paused", may=("resume", "step_out"))
        await until_shown(pilot, "PAUSED")
        await until_shown(pilot, "▸ Go on")
        await pilot.press("enter")
        await until(pilot, lambda: len(said(line)) == 2)
        assert said(line)[1] == c.Resume()


async def test_stepping_out_and_in(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line) as pilot:
        await pilot.press("ctrl+o")
        await until(pilot, lambda: said(line))
        line.feed(may=("step_in",))
        await until_shown(pilot, "YOU HAVE STEPPED OUT")
        await until_shown(pilot, "▸ Come back to the table")
        await pilot.press("enter")
        await until(pilot, lambda: len(said(line)) == 2)
        assert said(line) == [c.StepOut(), c.StepIn()]


async def test_a_passage_can_be_read_in_gentler_words(app: RecordingApp) -> None:
    line = FakeConnection(replace(VIEW, feed=(NARRATION, replace(TRANSFERS, skippable=True))))
    async with seated(app, line) as pilot:
        await until_shown(pilot, "This passage has a gentler wording.")
        await pilot.press("ctrl+k")
        await until(pilot, lambda: said(line))
        assert said(line) == [c.Skip(2)]
        line.feed(feed=(NARRATION, replace(TRANSFERS, text="Money moves.", faded=True)))
        shown = await until_shown(pilot, "Money moves.")
        assert "Two transfers" not in shown


async def test_the_time_is_in_minutes_and_can_be_hidden(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    line.read(14)
    async with seated(app, line) as pilot:
        await until_shown(pilot, "saved · 14 min")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "14 min" not in screen_text(app))
        assert "saved" in screen_text(app)


async def test_before_joining_one_is_told_when(app: RecordingApp) -> None:
    line = FakeConnection(
        replace(
            VIEW,
            scene=None,
            scenes=(),
            feed=(),
            decisions=(),
            facts=(),
            offers=(),
            joins="Separation",
            may=("advance",),
        )
    )
    async with seated(app, line) as pilot:
        await until_shown(pilot, "You join with “Separation”.")
        await until_shown(pilot, "▸ Move on")


async def test_waiting_is_said_in_a_sentence(app: RecordingApp) -> None:
    line = FakeConnection(replace(VIEW, decisions=(), waiting=True))
    async with seated(app, line) as pilot:
        await until_shown(pilot, "The scene waits for others.")


async def test_the_end_leads_to_the_debrief(app: RecordingApp) -> None:
    line = FakeConnection(
        replace(
            VIEW,
            status="ended",
            decisions=(),
            offers=(),
            may=("reflect",),
            closing=("Whether the relief is granted.",),
        )
    )
    async with seated(app, line) as pilot:
        shown = await until_shown(pilot, "THE EXERCISE HAS ENDED")
        assert "• Whether the relief is granted." in shown
        await until_shown(pilot, "▸ Go to the debrief")
        await pilot.press("enter")
        await until(pilot, lambda: app.asked)
        assert app.asked == [("debrief", "larkmoor-1")]


async def test_leaving_says_that_all_is_saved(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line) as pilot:
        exercise = app.screen.exercise
        await pilot.press("1")
        await pilot.press("escape", "escape")
        await until_shown(pilot, "Everything is saved.")
        await pilot.press("down", "enter")
        await until(pilot, lambda: exercise.closed)
        await until_shown(pilot, "Play alone")


async def test_a_briefing_comes_first_and_is_noted(app: RecordingApp) -> None:
    brief = replace(NARRATION, kind="brief", text=VIEW.brief)
    line = FakeConnection(replace(VIEW, feed=(brief, TRANSFERS)), saved=1)
    async with seated(app, line) as pilot:
        shown = await until_shown(pilot, "You are the investigator")
        assert "You have worked this case for five months." in shown
        assert "─ ONLY YOU KNOW ─" in shown
        await pilot.press("enter")
        await until_shown(pilot, "YOUR DECISION")
        assert line.submitted == [c.Acknowledge(1)]


async def test_earlier_scenes_can_be_read_again(app: RecordingApp) -> None:
    brief = passage(1, VIEW.brief, kind="brief", heading="")
    later = passage(4, "Nine people in two rooms.", scene="after", kind="narration", heading="")
    line = FakeConnection(
        replace(
            VIEW,
            scene=AFTER,
            scenes=(VIEW.scenes[0], AFTER),
            feed=(brief, replace(NARRATION, number=2), replace(TRANSFERS, number=3), later),
        )
    )
    async with seated(app, line) as pilot:
        await until_shown(pilot, "Nine people in two rooms.")
        await pilot.press("ctrl+e")
        await until_shown(pilot, "your brief, and the scenes so far")
        await pilot.press("up")
        shown = await until_shown(pilot, "Two transfers in nine days.")
        assert "Nine people" not in shown
        await pilot.press("up")
        shown = await until_shown(pilot, VIEW.brief)
        assert "Two transfers" not in shown
        await pilot.press("escape")
        await until_shown(pilot, "YOUR DECISION")


@pytest.mark.parametrize("size", SIZES)
async def test_every_part_is_there_at_every_size(app: RecordingApp, size: tuple[int, int]) -> None:
    line = FakeConnection(replace(VIEW, feed=(NARRATION, TRANSFERS)))
    async with seated(app, line, size) as pilot:
        shown = await until_shown(pilot, "YOUR DECISION")
        assert "The task force meets in a borrowed classroom." in shown
        assert "investigator" in shown.splitlines()[0]
        assert "2 of 8" in shown.splitlines()[0]
        assert len(app.screen.query_one(Footer).hints()) <= MOST
        if size[0] < 110:
            assert "[Situation]" in shown
            await pilot.press("ctrl+right")
            shown = await until_shown(pilot, " ONLY YOU KNOW ")
            assert "YOUR DECISION" in shown
            await pilot.press("ctrl+right")
            await until_shown(pilot, "The alert  → prosecutor")
            await pilot.press("ctrl+right")
            shown = await until_shown(pilot, "Ines Duarte · stand-in")
            await pilot.press("ctrl+left", "ctrl+left", "ctrl+left")
        shown = await until_shown(pilot, "borrowed classroom")
        if size[0] >= 110:
            assert "ONLY YOU KNOW" in shown
            assert "Ines Duarte · stand-in" in shown
        assert poor_contrast(app) == []


@pytest.mark.parametrize("size", SIZES)
async def test_long_answers_wrap_under_themselves(app: RecordingApp, size: tuple[int, int]) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line, size) as pilot:
        await pilot.press("1")
        shown = await until_shown(pilot, "● 1  Tell the named contact")
        lines = shown.splitlines()
        start = next(n for n, each in enumerate(lines) if "● 1  Tell" in each)
        if size[0] < 120:
            assert lines[start + 1].startswith(" " * 8)
        for _ in range(4):
            await pilot.press("tab")
        await until(pilot, lambda: not isinstance(app.focused, Input))


async def test_news_elsewhere_carries_a_dot(app: RecordingApp) -> None:
    line = FakeConnection(VIEW)
    async with seated(app, line, (80, 24)) as pilot:
        line.feed(facts=(ALERT, replace(ALERT, id="noise", title="Crying", how="revealed")))
        await until_shown(pilot, "•Only you")
        await pilot.press("ctrl+right")
        await until(pilot, lambda: "•Only you" not in screen_text(app))


async def test_hostile_words_are_only_words(app: RecordingApp) -> None:
    bad = "[@click=app.quit]x[/b] \x1b]0;owned\x07 \u202eevil [link](javascript:1)"
    line = FakeConnection(
        replace(
            VIEW,
            title=bad,
            name=bad,
            feed=(replace(NARRATION, text=bad, heading=bad, kind="message", title=bad),),
            facts=(replace(ALERT, text=bad, title=bad),),
            offers=(replace(TO_PROSECUTOR, title=bad),),
            people=tuple(replace(person, name=bad) for person in PEOPLE),
            decisions=(
                replace(
                    NOTICE, ask=bad, options=tuple(replace(o, text=bad) for o in NOTICE.options)
                ),
            ),
        )
    )
    async with seated(app, line) as pilot:
        shown = await until_shown(pilot, "[@click=app.quit]x[/b]")
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        await pilot.press("1", "enter")
        await until(pilot, lambda: said(line))
        assert app.is_running

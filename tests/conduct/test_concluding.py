"""What is entered after an exercise, in its file: anonymous, dated, and there again later."""

import json
import sqlite3

from playing import run
from playing_session import over
from test_session import session

from tabletop.conduct import solo
from tabletop.conduct.connection import Accepted
from tabletop.conduct.folder import DataFolder
from tabletop.exercise import afterwards as a
from tabletop.exercise.chain import verify
from tabletop.exercise.record import SOMEONE

HARD = "It was hard on me."


@session
async def test_nothing_in_the_file_says_whose_feedback_it_is(room, line):
    one, two = await over(room, line)
    given = a.GiveFeedback((("safe", 2),), suggestions=HARD)
    saved = len((await room.exercises[1].record()).entries)
    for _ in range(2):
        assert await one.submit(given, "key-of-one") == Accepted()
    again = await one.submit(given, "another")
    assert again.slug == "feedback_given"
    assert await two.submit(a.GiveFeedback((("safe", 5),))) == Accepted()
    stored = DataFolder(room.folder.path).stored(room.exercises[1].id)
    record = await room.exercises[1].record()
    assert [(x.by, x.key) for x in record.entries[saved:]] == [(SOMEONE, "")] * 2
    assert all(one.seat.encode() not in each.data for each in stored.entries[saved:])
    assert {word.seat for word in stored.words if word.text == HARD} == {SOMEONE}


@session
async def test_who_has_answered_stands_in_no_order(room, line):
    everyone = [*await over(room, line), line]
    given = a.GiveFeedback((("safe", 5),))
    table, path = room.exercises[1].room, room.folder.find(room.exercises[1].id)
    assert "give_feedback" in table.conducted(line.seat).may
    for each in everyone[::-1]:
        assert await each.submit(given) == Accepted()
    assert "give_feedback" not in table.conducted(line.seat).may
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as file:
        kept = file.execute("SELECT seats FROM answered").fetchall()
    assert kept == [(json.dumps(sorted(each.seat for each in everyone)),)]


@session
async def test_a_signature_and_an_update_carry_the_day_the_room_knows(room, line):
    await over(room, line)
    assert await line.submit(a.Improve("Nobody was called.")) == Accepted()
    state = room.exercises[1].room.state
    signing = a.Sign("Di", "City", "chief", a.digest(state), on="1999-01-01")
    assert await line.submit(signing) == Accepted()
    assert await line.submit(a.UpdateAction(1, "done", on="1999-01-01")) == Accepted()
    state = room.exercises[1].room.state
    assert {state.signatures[0].on, state.actions[1].on} == {"2026-11-01"}


def test_what_was_entered_is_there_again_and_erased_for_good(tmp_path):
    made = {}

    @session
    async def entered(room, line):
        one, two = await over(room, line)
        await one.submit(a.GiveFeedback(suggestions=HARD))
        made["seat"], made["other"] = one.seat, two.seat
        await line.submit(a.Improve("Nobody was called.", "Agree on whom to call."))
        made["id"] = room.exercises[1].id

    entered(tmp_path)
    folder = DataFolder(tmp_path)

    async def taken_up():
        exercise = await solo.resume(folder, made["id"])
        again = await exercise.room.submit(made["seat"], a.GiveFeedback(suggestions="More."))
        assert again.slug == "feedback_given"
        may = [exercise.room.frame(seat).view.may for seat in (made["seat"], made["other"])]
        assert ["give_feedback" in each for each in may] == [False, True]
        state = exercise.room.state
        seen = exercise.room.conducted("seat-1").conclusions
        await exercise.close()
        return state, seen

    state, seen = run(taken_up())
    assert state.feedback == 1
    assert [each.action for each in seen.improvements] == ["Agree on whom to call."]
    assert HARD in (folder.record(made["id"]).words.values())
    assert solo.erase(folder, made["id"], SOMEONE) == 1
    assert HARD.encode() not in folder.find(made["id"]).read_bytes()
    assert verify(folder.stored(made["id"])).sound

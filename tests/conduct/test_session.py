"""Sessions: coming in, being seated, playing at a table, going on after the process has gone."""

import asyncio

import pytest
from playing import LIBRARY, loaded, run

from tabletop.conduct.connection import Accepted, Rejected
from tabletop.conduct.errors import SetupError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session import commands as s
from tabletop.conduct.session import looking_back
from tabletop.conduct.session.hosting import held, host, resume
from tabletop.conduct.session.lines import ConductLine, Place, PublicLine
from tabletop.conduct.session.seen import place_frame, session_view
from tabletop.conduct.world import World
from tabletop.debrief.blocks import Table
from tabletop.exercise import commands as c
from tabletop.exercise.record import SOMEONE


def session(test, **options):
    """Runs a test with a session at whose door nobody has come yet."""

    def with_folder(tmp_path):
        async def whole():
            room = await host(
                LIBRARY, DataFolder(tmp_path), loaded(), world=World.fixed(3), **options
            )
            try:
                await test(room, ConductLine(room, 1))
            finally:
                await room.close()

        run(whole())

    with_folder.__name__ = test.__name__
    return with_folder


async def at_ease(room):
    for exercise in room.exercises.values():
        await exercise.quiet()
    await asyncio.sleep(0)


async def came(room, *names, **options):
    return [(await room.join(name, **options))[0] for name in names]


async def seated(room, line, *roles):
    """A person in each of some roles, and the exercise begun."""
    people = await came(room, *(f"P. {role}" for role in roles))
    for person, role in zip(people, roles, strict=True):
        assert await line.manage(s.AdmitPerson(person.number, role)) == Accepted()
    assert await line.manage(s.Begin()) == Accepted()
    await at_ease(room)
    return people


async def until(holds):
    for _ in range(1000):
        if holds():
            return
        await asyncio.sleep(0)
    raise AssertionError("never so")


@session
async def test_who_comes_waits_until_they_are_let_in(room, line):
    (ada,) = await came(room, "  Ada \n Lo ", agency="Harbor Line", wish="advocate")
    assert (ada.name, ada.agency, room.standing(ada)) == ("Ada Lo", "Harbor Line", "waiting")
    assert await line.manage(s.AdmitPerson(ada.number, "advocate")) == Accepted()
    assert room.standing(room.people[ada.number]) == "admitted"
    with pytest.raises(SetupError, match="Write a name"):
        await room.join("\x1b[31m")
    await line.manage(s.LockDoor())
    with pytest.raises(SetupError, match="locked"):
        await room.join("Bo")
    assert room.standing(room.people[ada.number]) == "admitted"


@session
async def test_a_token_opens_its_own_place_and_no_other(room, line):
    ada, token = await room.join("Ada")
    bo, other = await room.join("Bo")
    assert room.person(ada.number, token) is not None
    assert room.person(ada.number, other) is None
    assert room.person(bo.number, token) is None
    assert room.person(99, token) is None
    assert token not in repr(room.people)


@session
async def test_a_further_device_takes_the_same_place_by_a_code_that_holds_once(room, line):
    ada, token = await room.join("Ada")
    code = room.device_code(ada)
    again = await room.join_again(code)
    assert again is not None
    assert again[0].number == ada.number
    assert room.person(ada.number, token)
    assert room.person(ada.number, again[1])
    assert await room.join_again(code) is None
    late = room.device_code(ada)
    room.world.advance(601)
    assert await room.join_again(late) is None


@session
async def test_a_lost_device_gives_its_seat_to_another(room, line):
    ada, token = await room.join("Ada")
    await line.manage(s.AdmitPerson(ada.number, "advocate"))
    lost, new = await room.join("Ada's other phone")
    assert await line.manage(s.GiveSeat(ada.number, lost.number)) == Accepted()
    assert room.person(ada.number, token) is None
    assert room.person(ada.number, new) is not None


@session
async def test_everyone_is_given_a_role_in_one_go(room, line):
    await came(room, "A", "B", wish="prosecutor")
    await came(room, "C", "D", "E")
    assert await line.manage(s.Balance()) == Accepted()
    roles = sorted(p.role for p in room.people.values() if p.kind == "player")
    assert len(set(roles)) == 3
    assert room.people[2].role == "prosecutor"


@session
async def test_roles_are_assigned_from_a_list_also_to_who_comes_later(room, line):
    (ada,) = await came(room, "Ada")
    given = "Ada, advocate\n\nbo , investigator"
    assert await line.manage(s.AssignList(given)) == Accepted()
    (bo,) = await came(room, "Bo")
    assert (room.people[ada.number].role, bo.role) == ("advocate", "investigator")
    assert room.standing(bo) == "waiting"
    refused = await line.manage(s.AssignList("Cy, judge"))
    assert isinstance(refused, Rejected)
    assert "Line 1" in refused.sentence


@session
async def test_only_a_facilitator_manages(room, line):
    (ada,) = await came(room, "Ada")
    answer = await room.manage(ada, s.Begin())
    assert isinstance(answer, Rejected)
    assert room.phase == "gathering"


@session
async def test_players_and_the_facilitator_play_one_exercise(room, line):
    investigator, advocate = await seated(room, line, "investigator", "advocate")
    place = Place(room, investigator.number)
    assert room.standing(place.person) == "playing"
    mine = place.connection()
    frame = await anext(mine.frames())
    assert frame.view.role == "investigator"
    assert any(person.people == ("P. advocate",) for person in frame.view.people)
    decision = frame.view.decisions[0]
    assert await mine.submit(c.Commit(decision.id, decision.options[0].id), "k") == Accepted()
    assert isinstance(await mine.submit(c.Advance()), Rejected)
    await at_ease(room)
    seen = line.frame()
    assert {seat.id for seat in seen.view.seats} >= {"seat-1", investigator.seat, advocate.seat}
    assert await line.view_as("advocate") == room.exercises[1].room.frame(advocate.seat).view
    assert PublicLine(room).frame().view.title == "First Hour"


@session
async def test_a_latecomer_takes_over_from_a_stand_in_with_the_story_so_far(room, line):
    await seated(room, line, "investigator")
    ada, _ = await room.join("Ada")
    assert await line.manage(s.AdmitPerson(ada.number, "advocate")) == Accepted()
    await until(lambda: room.standing(room.people[ada.number]) == "playing")
    frame = await anext(Place(room, ada.number).connection().frames())
    assert frame.view.feed[0].kind == "brief"


@session
async def test_a_freed_seat_is_a_stand_ins_and_its_line_ends(room, line):
    _, advocate = await seated(room, line, "investigator", "advocate")
    frames = Place(room, advocate.number).connection().frames()
    await anext(frames)
    assert await line.manage(s.FreeSeat(advocate.number)) == Accepted()
    assert [frame async for frame in frames] == []
    state = room.exercises[1].room.state
    assert [seat.kind for seat in state.in_role("advocate")] == ["stand_in"]
    assert Place(room, advocate.number).connection() is None


@session
async def test_who_has_the_facilitators_code_comes_after_the_end_and_a_player_to_their_seat(
    room, line
):
    (ada,) = await seated(room, line, "investigator")
    assert await line.submit(c.End()) == Accepted()
    await line.manage(s.OpenDoor())
    (late,) = await came(room, "Ada")
    (eva,) = await came(room, "Eva", kind="evaluator")
    assert {room.standing(each) for each in (late, eva)} == {"waiting"}
    for asked in (s.AdmitPerson(late.number, "advocate"), s.Balance()):
        assert "can be given the seat" in (await line.manage(asked)).sentence
    assert place_frame(room, late).late
    assert await line.manage(s.GiveSeat(ada.number, late.number)) == Accepted()
    assert place_frame(room, room.people[late.number]).led == ada.number
    await line.manage(s.LockDoor())
    (fay,) = await came(room, "Fay", kind="facilitator")
    assert await line.manage(s.AdmitPerson(eva.number)) == Accepted()
    hers, watching = ConductLine(room, fay.number), ConductLine(room, eva.number)
    for each in (hers, watching):
        assert {"rate", "improve", "sign"} <= set(each.frame().view.may)
    assert await hers.manage(s.ShowStep("full", 1)) == Accepted()
    assert room.step(1) is not None
    assert await watching.debrief() is None
    assert await hers.manage(s.OpenDebrief()) == Accepted()
    assert await watching.debrief() == await hers.debrief()
    assert (await hers.debrief()).pages
    assert await hers.side_by_side() is None
    assert await hers.manage(s.CloseSession()) == Accepted()


@session
async def test_who_was_let_go_conducts_no_more_also_once_it_is_over(room, line):
    await seated(room, line, "investigator")
    (fay,) = await came(room, "Fay", kind="facilitator")
    (eva,) = await came(room, "Eva", kind="evaluator")
    assert await line.manage(s.AdmitPerson(eva.number)) == Accepted()
    assert await line.submit(c.End()) == Accepted()
    note = c.Observe("issue", "Nobody rang.")
    for person in (fay, eva):
        theirs = ConductLine(room, person.number)
        assert await theirs.submit(note) == Accepted()
        assert await line.manage(s.FreeSeat(person.number)) == Accepted()
        refused = [
            await theirs.submit(note),
            *(await theirs.submit_to_all(note)).values(),
            await theirs.manage(s.AdmitPerson(person.number)),
        ]
        assert [answer.slug for answer in refused] == ["not_yours"] * 3
    assert len(room.exercises[1].room.state.observations) == 2


@session
async def test_a_debrief_is_made_once_however_many_open_it_at_once(room, line):
    made = []
    honest = looking_back._debrief

    def counted(record):
        made.append(len(record.entries))
        return honest(record)

    (ada,) = await seated(room, line, "investigator")
    mine = Place(room, ada.number)
    await line.submit(c.End())
    await line.manage(s.OpenDebrief())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looking_back, "_debrief", counted)
        gone = asyncio.create_task(line.debrief())
        await asyncio.sleep(0)
        gone.cancel()
        first = await asyncio.gather(*(mine.debrief() for _ in range(8)), line.debrief())
        assert all(each == first[0] for each in first)
        assert len(made) == 1
        await mine.connection().submit(c.Reflect("plus", "I call her first."))
        again = await asyncio.gather(*(mine.debrief() for _ in range(8)))
        assert made == [made[0], made[0] + 1]
        assert all("I call her first." in repr(each) for each in again)


@session
async def test_who_is_not_let_in_reads_no_debrief(room, line):
    investigator, eva = (
        *await seated(room, line, "investigator"),
        *await came(room, "Eva", kind="evaluator"),
    )
    (ada,) = await came(room, "Ada")
    await line.submit(c.End())
    await line.manage(s.OpenDebrief())
    assert await Place(room, investigator.number).debrief() is not None
    assert await Place(room, ada.number).debrief() is None
    assert Place(room, eva.number).conducting() is None


@session
async def test_a_stop_for_care_leaves_no_name(room, line):
    investigator, _ = await seated(room, line, "investigator", "advocate")
    before = Place(room, investigator.number).connection()
    assert await before.submit(c.StopForCare(), "mine") == Accepted()
    record = await room.exercises[1].record()
    assert (record.entries[-1].by, record.entries[-1].key) == (SOMEONE, "")
    assert line.frame().view.care
    assert line.frame().view.carer == ""
    assert isinstance(await before.submit(c.Advance()), Rejected)
    assert await line.submit(c.Resume()) == Accepted()


@session
async def test_going_back_is_a_branch_of_the_record(room, line):
    (investigator,) = await seated(room, line, "investigator")
    mine = Place(room, investigator.number).connection()
    decision = (await anext(mine.frames())).view.decisions[0]
    room.world.advance(60)
    await mine.submit(c.Commit(decision.id, decision.options[0].id))
    await at_ease(room)
    assert room.exercises[1].room.state.decisions[decision.id].settled
    assert await line.submit(c.Rewind(1, "Once more.")) == Accepted()
    state = room.exercises[1].room.state
    assert (state.branch, state.decisions[decision.id].settled) == (1, "")
    assert room.exercises[1].room.clock.now() < 60_000
    record = await room.exercises[1].record()
    assert [entry for entry in record.entries if entry.parent < entry.seq - 1]
    assert isinstance(await line.submit(c.Rewind(40)), Rejected)
    again = await mine.submit(c.Commit(decision.id, decision.options[1].id))
    assert again == Accepted()


def test_going_back_forgets_what_people_did_since(tmp_path):
    def acted(room, person):
        return next(row for row in session_view(room).people if row.number == person.number).acted

    async def before():
        room = await host(LIBRARY, DataFolder(tmp_path), loaded(), world=World.fixed(3))
        line = ConductLine(room, 1)
        (investigator,) = await seated(room, line, "investigator")
        mine = Place(room, investigator.number).connection()
        decision = (await anext(mine.frames())).view.decisions[0]
        room.world.advance(60)
        await mine.submit(c.Commit(decision.id, decision.options[0].id))
        assert acted(room, investigator) == 60_000
        await line.submit(c.Rewind(1))
        assert acted(room, investigator) == 0
        await room.close()
        return investigator

    async def after(investigator):
        room = await resume(LIBRARY, DataFolder(tmp_path), world=World.fixed(4))
        assert acted(room, investigator) == 0
        await room.close()

    run(after(run(before())))


@session
async def test_a_rehearsal_leaves_nothing_and_shows_players_nothing(room, line):
    (ada,) = await came(room, "Ada")
    await line.manage(s.AdmitPerson(ada.number, "advocate"))
    assert await line.manage(s.Rehearse()) == Accepted()
    assert room.phase == "rehearsing"
    assert room.standing(room.people[ada.number]) == "admitted"
    assert PublicLine(room).frame().view is None
    assert line.frame().view is not None
    assert await line.submit(c.Jump("lobby")) == Accepted()
    name = room.exercises[1].id
    assert await line.manage(s.EndRehearsal()) == Accepted()
    assert (room.phase, room.folder.taken(name)) == ("gathering", False)
    assert await line.manage(s.Begin()) == Accepted()


@session
async def test_what_can_still_come_is_looked_up_as_it_goes(room, line):
    (investigator,) = await seated(room, line, "investigator")
    async with asyncio.timeout(120):
        async for frame in line.frames():
            if frame.outlook is not None:
                break
    before = line.frame().outlook
    assert len(before.endings) == before.every
    mine = Place(room, investigator.number).connection()
    await mine.submit(c.Commit("first_step", "accounts"))
    async with asyncio.timeout(120):
        async for frame in line.frames():
            if frame.outlook is not None and frame.outlook.fewest < before.fewest:
                break
    await line.submit(c.Jump("helper"))
    async with asyncio.timeout(120):
        async for frame in line.frames():
            if frame.outlook is None:
                break


def test_tables_play_apart(tmp_path):
    async def whole():
        room = await host(
            LIBRARY, DataFolder(tmp_path), loaded(), tables=2, open_door=True, world=World.fixed(3)
        )
        line = ConductLine(room, 1)
        people = await came(room, "A", "B", "C", "D")
        assert sorted(person.table for person in people) == [1, 1, 2, 2]
        assert await line.manage(s.Begin()) == Accepted()
        answers = await line.submit_to_all(c.Write(("all",), "A phone rings."))
        assert answers == {1: Accepted(), 2: Accepted()}
        line.look_at(2)
        await line.submit(c.Pause())
        rows = session_view(room).tables
        assert [row.status for row in rows] == ["running", "paused"]
        await line.submit(c.Resume())
        await line.submit_to_all(c.End())
        assert await line.side_by_side() is None
        assert await line.manage(s.OpenDebrief()) == Accepted()
        beside = await line.side_by_side()
        assert beside.pages[-1].slug == "bands"
        (told,) = [each for each in beside.pages[0].blocks if isinstance(each, Table)]
        assert [row[0] for row in told.rows] == ["Table 1", "Table 2"]
        await room.close()

    run(whole())


def test_a_session_goes_on_after_its_process_has_gone(tmp_path):
    async def before():
        room = await host(LIBRARY, DataFolder(tmp_path), loaded(), world=World.fixed(3))
        line = ConductLine(room, 1)
        (investigator,) = await seated(room, line, "investigator")
        _, token = await room.join("Ada")
        await line.manage(s.AdmitPerson(3, "advocate"))
        mine = Place(room, investigator.number).connection()
        decision = (await anext(mine.frames())).view.decisions[0]
        await mine.submit(c.Commit(decision.id, decision.options[0].id))
        # Nothing is put away: the locks go as they do when a process dies.
        seen = [room.exercises[1].room.state, room.people, token]
        await room.close()
        return seen

    async def after(state, people, token):
        room = await resume(LIBRARY, DataFolder(tmp_path), world=World.fixed(4))
        assert room.people == people
        assert room.person(3, token) is not None
        assert room.exercises[1].room.state.decisions == state.decisions
        assert room.phase == "running"
        await room.manage(room.people[1], s.CloseSession())
        assert held(room.folder) == ()

    run(after(*run(before())))

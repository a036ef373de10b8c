"""The hot wash in a session: who shows it, what the room is sent, and that it outlasts a stop."""

from playing import LIBRARY, run
from playing_session import begun, over
from test_session import came, session

from tabletop.conduct.connection import Accepted
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.abreast import beside
from tabletop.conduct.session.hosting import host, resume
from tabletop.conduct.session.lines import ConductLine, Place, PublicLine
from tabletop.conduct.session.seen import session_view
from tabletop.debrief.hot_wash import Step
from tabletop.exercise import commands as c


@session
async def test_the_room_is_shown_the_step_and_never_its_notes(room, line):
    assert (await line.manage(s.ShowStep("full", 1))).slug == "unmanaged"
    await over(room, line)
    await line.submit(c.Observe("issue", "Only for us."))
    steps = await line.hot_wash("full")
    public = PublicLine(room)
    for number, step in enumerate(steps, 1):
        assert await line.manage(s.ShowStep("full", number)) == Accepted()
        seen = public.frame().step
        assert (seen.title, seen.prompt, seen.points, seen.notes) == (
            step.title, step.prompt, step.points, (),
        )  # fmt: skip
        assert "Only for us" not in repr(public.frame())
        assert session_view(room).step == ("full", number)
    assert any("Only for us." in step.notes for step in steps)
    assert (await line.manage(s.ShowStep("full", len(steps) + 1))).slug == "unmanaged"
    assert await line.manage(s.ShowPrompt("And now?")) == Accepted()
    assert (public.frame().step, public.frame().prompt) == (None, "And now?")
    assert await line.manage(s.ShowStep("short", 1)) == Accepted()
    assert public.frame().prompt == ""
    assert await line.manage(s.ShowStep("short", 0)) == Accepted()
    assert public.frame().step is None


def test_tables_stay_abreast_where_their_talks_have_other_decisions():
    def talk(*slugs):
        return [Step(slug, slug, 1, slug) for slug in slugs]

    long = talk("ground", "then", "ways", "then", "ways", "close")
    short = talk("ground", "then", "ways", "writing", "close")
    assert [beside(short, long, number) for number in range(8)] == [0, 1, 2, 3, 3, 3, 5, 0]
    assert [beside(long, short, number) for number in range(7)] == [0, 1, 2, 3, 3, 6, 0]
    assert beside((), long, 2) == 0


def test_each_tables_screen_shows_the_step_of_its_own_talk(tmp_path):
    async def whole():
        room = await host(LIBRARY, DataFolder(tmp_path), "first_hour", tables=2, open_door=True)
        people = await came(room, "Ada", "Bo", wish="investigator")
        line = await begun(room)
        for person, option in zip(people, ("accounts", "call_first"), strict=True):
            mine = Place(room, person.number).connection()
            assert await mine.submit(c.Commit("first_step", option)) == Accepted()
        await line.submit_to_all(c.End())
        lengths = []
        for table in (2, 1):
            line.look_at(table)
            steps = await line.hot_wash("full")
            lengths.append(len(steps))
            assert await line.manage(s.ShowStep("full", len(steps), table)) == Accepted()
            assert line.frame().session.step == ("full", len(steps))
            shown = [PublicLine(room, number).frame().step.slug for number in (1, 2)]
            assert shown == ["close", "close"]
        assert lengths[0] != lengths[1]
        await room.close()

    run(whole())


@session
async def test_only_who_facilitates_shows_it(room, line):
    (eva,) = await came(room, "Eva", kind="evaluator")
    await line.manage(s.AdmitPerson(eva.number))
    await over(room, line)
    beside = ConductLine(room, eva.number)
    assert await beside.hot_wash("short")
    assert (await beside.manage(s.ShowStep("short", 1))).slug
    assert PublicLine(room).frame().step is None


@session
async def test_the_talk_of_a_rehearsal_goes_with_it(room, line):
    assert await line.manage(s.Rehearse()) == Accepted()
    assert await line.submit(c.End()) == Accepted()
    assert await line.manage(s.ShowStep("full", 1)) == Accepted()
    assert PublicLine(room).frame().step is None
    assert await line.manage(s.EndRehearsal()) == Accepted()
    assert session_view(room).step == ("", 0)
    await over(room, line)
    assert PublicLine(room).frame().step is None
    steps = await line.hot_wash("full")
    assert "Investigator" in next(each for each in steps if each.slug == "reactions").points


def test_what_was_shown_is_shown_again_when_the_session_is_taken_up(tmp_path):
    made = {}

    @session
    async def shown(room, line):
        await over(room, line)
        await line.manage(s.ShowStep("full", 2))
        made["step"] = PublicLine(room).frame().step

    shown(tmp_path)

    async def again():
        room = await resume(LIBRARY, DataFolder(tmp_path))
        try:
            return PublicLine(room).frame().step
        finally:
            await room.close()

    assert made["step"] is not None
    assert run(again()) == made["step"]

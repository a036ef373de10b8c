"""What a facilitator did stands in the debrief, also where going back left it behind."""

import asyncio

import shipped
from debrief_table import Table
from playing import LIBRARY, loaded
from playing_session import begun

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session.hosting import host
from tabletop.conduct.session.lines import Place
from tabletop.conduct.world import World
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.formats import markdown
from tabletop.debrief.parts import Decided
from tabletop.debrief.report import build
from tabletop.exercise import commands as c
from tabletop.exercise.seats import Seat
from tabletop.plain import story

FIRST_HOUR = (shipped.ROOT / "first_hour" / "scenario.yaml").read_text("utf-8")


async def facilitated(folder):
    """A record with everything a facilitator can do to a story."""
    room = await host(LIBRARY, DataFolder(folder), loaded(), open_door=True, world=World.fixed(1))
    ada, _ = await room.join("Ada", wish="investigator")
    bo, _ = await room.join("Bo", wish="advocate")
    line = await begun(room)
    ada_line, bo_line = (Place(room, each.number).connection() for each in (ada, bo))
    for who, command in (
        (ada_line, c.Commit("first_step", "accounts")),
        (line, c.Observe("strength", "They talked.", decision="first_step")),
        (line, c.Write(("advocate",), "A second phone rings.")),
        (bo_line, c.StopForCare()),
        (line, c.Resume()),
        (line, c.Settle("standing_by", "wait", "Time.")),
        (line, c.Rewind(1, "Once more.")),
        (ada_line, c.Commit("first_step", "call_first")),
        (line, c.Jump("before_three", "Late.")),
        (line, c.End()),
        (line, c.Observe("issue", "Nobody asked her.")),
    ):
        answer = await who.submit(command)
        assert not hasattr(answer, "sentence"), (command, answer)
        await room.exercises[1].quiet()
    record = await room.exercises[1].record()
    await room.close()
    return record


def test_it_is_told_and_marked_nowhere(tmp_path):
    record = asyncio.run(facilitated(tmp_path))
    report = build(record)
    assert [each.kind for each in report.steered] == [
        "written", "care", "settled", "rewound", "jumped",
    ]  # fmt: skip
    rewound = next(each for each in report.steered if each.kind == "rewound")
    assert {"Your first step", "Standing by"} <= set(rewound.known)
    assert [each.words for each in report.observed] == ["They talked.", "Nobody asked her."]
    text = markdown.render(debrief(report))
    for told in ("went back to The depot", "went on to Before three", "A second phone rings"):
        assert told in text
    assert "Bo" not in text
    assert [point for point in report.points if "Standing by" in repr(point)] == []


def test_the_story_names_people_by_their_seat_and_says_why(tmp_path):
    record = asyncio.run(facilitated(tmp_path))
    told = "\n".join(story.lines(record))
    assert "seat-" not in told
    assert "Why: Late." in told
    assert "Noted, issue: Nobody asked her." in told
    assert "Ada (Sgt. Dana Whitlock" in told


def test_what_a_stand_in_answered_is_its_roles_after_a_person_took_its_place():
    table = Table(FIRST_HOUR, ("investigator",), facilitated=True)
    answered: tuple[str, ...] = ()
    while not answered:
        for seat in ("investigator", "facilitator"):
            for command in table.engine.legal(table.state, seat):
                if isinstance(command, c.Commit | c.Advance) and table.engine.accepts(
                    table.state, seat, command
                ):
                    table.do(seat, command)
                    break
        answered = tuple(
            stand_in.role
            for decision in table.state.decisions.values()
            for stand_in in table.state.seats.values()
            if decision.settled and stand_in.kind == "stand_in" and stand_in.id in decision.answers
        )
    table.do("facilitator", c.Admit(Seat("seat-9", "player", answered[0])))
    assert answered[0] not in table.state.seats
    found = build(table.record())
    told = {
        answer.who.id
        for scene in found.story
        for each in scene.moments
        if isinstance(each.what, Decided)
        for answer in each.what.answers
    }
    assert answered[0] in told


def test_a_decision_made_again_says_what_people_knew_by_then(tmp_path):
    record = asyncio.run(facilitated(tmp_path))
    (decided,) = (
        moment.what
        for scene in build(record).story
        for moment in scene.moments
        if getattr(moment.what, "id", "") == "first_step"
    )
    (earlier,) = decided.earlier
    assert earlier.startswith("Take a short recorded account")
    assert not decided.chosen.startswith("Take a short")
    text = markdown.render(debrief(build(record)))
    assert "Before going back: “Take a short recorded account" in text
    assert "People knew what had come of it." in text

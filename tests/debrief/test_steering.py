"""What a facilitator did stands in the debrief, also where going back left it behind."""

import asyncio

from playing import LIBRARY, loaded
from playing_session import begun

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session.hosting import host
from tabletop.conduct.session.lines import Place
from tabletop.conduct.world import World
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.formats import markdown
from tabletop.debrief.report import build
from tabletop.exercise import commands as c
from tabletop.plain import story


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

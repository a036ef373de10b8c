"""What is to be improved, over all exercises: from the command line, as a process."""

import asyncio

import pytest
from playing import LIBRARY, loaded
from playing_session import begun as started
from test_cli import one_sentence

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session.hosting import host
from tabletop.conduct.world import World
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c


async def concluded(folder, seed, days):
    """A facilitated exercise that is over, with an action for each of some days."""
    room = await host(LIBRARY, DataFolder(folder), loaded(), world=World.fixed(seed))
    line = await started(room)
    await line.submit(c.End())
    for day in days:
        await line.submit(
            a.Improve("Nobody was called.", "Agree whom.", owner="Harbor Line", due=day)
        )
    exercise = room.exercises[1].id
    await room.close()
    return exercise


@pytest.fixture
def two(tabletop):
    """Two exercises that are over, with an action each that is overdue and one that is not."""
    return [
        asyncio.run(concluded(tabletop.data, number, days))
        for number, days in enumerate((("2020-05-01", "2999-01-01"), ("2019-05-01", "")))
    ]


def listed(tabletop, *arguments):
    return [
        (each["exercise"], each["number"], each["status"], each["overdue"])
        for each in tabletop("actions", *arguments, "--json").json
    ]


def test_the_most_pressing_comes_first_and_each_has_its_exercise(tabletop, two):
    one, other = two
    assert listed(tabletop) == [
        (other, 1, "open", True),
        (one, 1, "open", True),
        (one, 2, "open", False),
        (other, 2, "open", False),
    ]
    told = tabletop("actions").out
    assert told.startswith(f"OVERDUE since 2019-05-01  {other} 1  Nobody was called.")
    assert "Harbor Line" in told
    assert "First Hour" in told


def test_what_was_done_is_kept_with_its_exercise_and_listed_when_asked(tabletop, two):
    one, other = two
    said = tabletop("actions", other, "1", "--status", "done", "--note", "The list\x1b[31m hangs.")
    assert (said.code, said.err) == (0, "")
    assert "The list hangs." in said.out
    assert (other, 1, "done", False) not in listed(tabletop)
    assert listed(tabletop, "--all")[-1] == (other, 1, "done", False)
    assert tabletop("verify", other).code == 0
    tabletop("actions", one, "1", "--due", "2999-02-02")
    assert listed(tabletop, one) == [(one, 2, "open", False), (one, 1, "open", False)]


def test_what_can_not_be_is_one_sentence(tabletop, two):
    one, _ = two
    assert one_sentence(tabletop("actions", "nothing", "1", "--status", "done"))
    assert one_sentence(tabletop("actions", one, "9", "--status", "done"))
    assert one_sentence(tabletop("actions", one, "9"))
    assert one_sentence(tabletop("actions", one, "1", "--due", "soon"))
    assert one_sentence(tabletop("actions", "--status", "done"))


def test_with_nothing_to_list_it_says_so(tabletop):
    assert "Nothing is left to do" in tabletop("actions").out
    assert tabletop("actions", "--json").json == []


def test_who_played_alone_writes_down_what_to_improve(tabletop, finished):
    said = tabletop(
        "actions", finished, "--write", "I waited.", "--do", "Call first.", "--due", "2020-01-01"
    )
    assert (said.code, said.err) == (0, "")
    assert "OVERDUE since 2020-01-01" in said.out
    assert "Call first." in tabletop("actions").out
    assert "I waited." in tabletop("debrief", finished, "--format", "md").out
    assert one_sentence(tabletop("actions", "--write", "Where?"))
    assert one_sentence(tabletop("actions", finished, "--do", "What for?"))
    assert one_sentence(tabletop("actions", finished, "--write", "x", "--due", "soon"))


def test_nothing_is_written_into_an_exercise_that_goes_on(tabletop, begun):
    assert one_sentence(tabletop("actions", begun, "--write", "Too early."))

"""What a session outlasts besides: a network that is cut, a clock that jumps, a huge scenario."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cutting import network
from hosting_process import Hosting
from playing_session import begun
from test_remote import LIBRARY, player, served, until

from tabletop.conduct import solo
from tabletop.conduct.connection import Accepted
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session.hosting import resume
from tabletop.conduct.world import World
from tabletop.exercise import commands as c
from tabletop.scenario.document import LARGEST

SCENARIOS = Path(__file__).parents[2] / "scenarios"
DAY = 86_400


def run(coroutine, seconds=60):
    async def limited():
        async with asyncio.timeout(seconds):
            return await coroutine

    return asyncio.run(limited())


@pytest.mark.parametrize("seconds", [1, pytest.param(60, marks=pytest.mark.soak)])
def test_who_is_cut_off_loses_nothing_and_keeps_nobody_waiting(tmp_path, seconds):
    async def whole():
        async with served(tmp_path) as (room, address):
            port = int(address.rpartition(":")[2])
            async with network(port) as between:
                far = await player(room, f"http://127.0.0.1:{between.port}", wish="investigator")
                near = await player(room, address, "Bo", wish="advocate")
                await begun(room)
                await until(lambda: far.connection() and near.connection())
                line, beside = far.connection(), near.connection()
                assert await line.submit(c.Say("all", "Before."), "before") == Accepted()
                between.cut()
                # It is told that it can't be reached, and says the same again, as a person would.
                sent = asyncio.create_task(_until_accepted(line, c.Say("all", "Cut off."), "cut"))
                for number in range(20):
                    words = f"Meanwhile {number}."
                    assert await beside.submit(c.Say("all", words)) == Accepted()
                    await asyncio.sleep(seconds / 20)
                assert not sent.done()
                between.mend()
                await sent
                table = room.exercises[1].room
                here = lambda: table.frame(f"seat-{far.number}").view  # noqa: E731
                await until(lambda: far.received.player == here(), 40)
                said = Counter(p.text for p in far.received.player.feed if p.kind == "message")
                assert said == Counter(
                    ["Before.", "Cut off.", *(f"Meanwhile {each}." for each in range(20))]
                )
                await far.close()
                await near.close()

    run(whole(), seconds + 100)


async def _until_accepted(line, command, key):
    while await line.submit(command, key) != Accepted():
        pass


class Jumping(World):
    """A device whose clocks are set while people play."""

    def __init__(self) -> None:
        self.days = self.awake = 0

    def monotonic(self) -> float:
        return super().monotonic() + DAY * self.awake

    def wall(self) -> str:
        moment = datetime.now(UTC) + timedelta(days=self.days)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_clock_that_jumps_by_a_day_loses_nobody_and_nothing(tmp_path):
    async def whole():
        world, folder = Jumping(), DataFolder(tmp_path)
        async with served(tmp_path, world=world) as (room, address):
            ada = await player(room, address, wish="investigator")
            await begun(room)
            await until(lambda: ada.connection() is not None)
            line, table = ada.connection(), room.exercises[1].room
            for number, (days, awake) in enumerate([(1, 0), (-1, 0), (0, 1), (-1, 2)]):
                world.days, world.awake = days, awake
                before, entries = table.state.at, table.head.seq
                said = f"{number}"
                assert await line.submit(c.Say("all", said)) == Accepted()
                assert table.state.at >= before
                # A day that was slept through is one step of time and not a thousand minutes.
                assert table.head.seq - entries < 12
                await until(lambda said=said: ada.received.player.feed[-1].text == said)
                assert ada.reached
            await ada.close()
        world.days = -2
        room = await resume(LIBRARY, folder, world=world)
        (summary,) = folder.exercises()
        feed = room.exercises[1].room.frame(f"seat-{ada.number}").view.feed
        assert [p.text for p in feed if p.kind == "message"] == ["0", "1", "2", "3"]
        await room.close()
        assert solo.verify(folder, summary.id).sound

    run(whole())


def test_a_scenario_of_a_megabyte_is_played_like_any_other(tmp_path):
    text = (SCENARIOS / "first_hour" / "scenario.yaml").read_text()
    line = "They go on reading this. " * 30
    injects = "".join(
        f"      long_{number}: {{to: all, title: A long report, text: {line * 15!r}}}\n"
        for number in range(86)
    )
    head, begin, rest = text.partition("    injects:\n")
    text = f"{head}{begin}{injects}{rest}"
    size = len(text.encode())
    assert 0.95 * LARGEST < size <= LARGEST, size
    path = tmp_path / "long.yaml"
    path.write_text(text)
    hosting = Hosting(tmp_path, str(path)).begin()
    try:
        facilitator = hosting.join("Fay", hosting.facilitating)
        ada = hosting.join("Ada", wish="investigator")
        assert facilitator.session("Begin") == {"accepted": True}
        before = hosting.memory()
        for number in range(6):
            answer = ada.command(f"k{number}", "Say", to="all", words=f"Said {number}.", about="")
            assert answer == {"accepted": True}
            page = hosting.ask("GET", f"/s/{ada.number}/", cookie=f"seat={ada.token}").body
            assert len(page) > size / 2
            assert f"Said {number}.".encode() in page
        grown = hosting.memory() - before
        assert grown < 100_000, grown
        hosting.kill()
        hosting.begin()
        page = hosting.ask("GET", f"/s/{ada.number}/", cookie=f"seat={ada.token}").body
        assert b"Said 5." in page
        assert not hosting.clean()
    finally:
        hosting.kill()

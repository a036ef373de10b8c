"""Two facilitators at once: what both do at the same moment happens once, and both see it."""

import asyncio

from test_remote import begun, player, run, served, until

from tabletop.conduct.connection import Accepted, Rejected
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.lines import ConductLine
from tabletop.exercise import commands as c
from tabletop.web.remote import RemoteSession


def test_what_two_facilitators_do_at_once_happens_once(tmp_path):
    async def whole():
        async with served(tmp_path) as (room, address):
            bo = await RemoteSession.join(address, room.header.facilitator_code, "Bo")
            await bo.known()
            ada = await player(room, address, wish="investigator")
            cy = await player(room, address, "Cy")
            here, there = ConductLine(room, 1), bo.conducting()
            assert await here.manage(s.AdmitPerson(cy.number, "investigator")) == Accepted()
            await begun(room)
            await until(lambda: ada.connection() is not None)
            await ada.connection().submit(c.Commit("first_step", "accounts"))

            async def both(mine, theirs):
                """One is done, the other refused with a sentence; and both see the same."""
                answers = await asyncio.gather(here.submit(mine), there.submit(theirs))
                assert sorted(map(type, answers), key=str) == [Accepted, Rejected]
                (refused,) = [each for each in answers if isinstance(each, Rejected)]
                assert refused.sentence.endswith(".")
                await same()

            async def same():
                def alike():
                    view, other = here.frame().view, bo.received.conduct
                    return other is not None and (view.feed, view.decisions, view.injects) == (
                        other.feed,
                        other.decisions,
                        other.injects,
                    )

                await until(alike)

            await both(c.Reveal("first_step"), c.Reveal("first_step"))
            await both(
                c.Settle("first_step", "accounts", "So."), c.Settle("first_step", "accounts")
            )
            await both(c.Pause(), c.Pause())
            assert await there.submit(c.Resume()) == Accepted()
            answers = await asyncio.gather(
                here.submit(c.Pause()), there.submit(c.Write(("all",), "A phone rings."))
            )
            assert answers[0] == Accepted()
            await same()
            told = [each.passage.text for each in bo.received.conduct.feed]
            assert told.count("A phone rings.") == (answers[1] == Accepted())
            assert room.exercises[1].room.state.paused
            await both(c.Resume(), c.Resume())
            await both(c.Rewind(1), c.Rewind(40))
            assert room.exercises[1].room.state.branch == 1
            for place in (ada, bo, cy):
                await place.close()

    run(whole())

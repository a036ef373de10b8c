"""The screens of those who conduct: legible in every theme, whatever stands on them."""

import pytest
from playing_session import begun
from support import poor_contrast, screen_text, until, until_shown
from test_conducting import conducting, run

from tabletop.conduct.session.lines import Place
from tabletop.console.themes import PALETTES, theme_name
from tabletop.exercise import commands as c


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
def test_the_door_and_the_table_are_legible_in_every_theme(tmp_path, size):
    async def whole():
        async with conducting(tmp_path, size, open_door=True) as (session, pilot):
            ada, _ = await session.join("Ada", wish="investigator")
            await until_shown(pilot, "Ada")
            await legible(pilot)
            line = await begun(session)
            connection = Place(session, ada.number).connection()
            await connection.submit(c.Commit("first_step", "accounts"))
            await line.submit(c.Observe("issue", "Nobody asked her."))
            await connection.submit(c.StopForCare())
            await until(pilot, lambda: line.frame().view.care)
            await until_shown(pilot, "STOPPED FOR CARE")
            await legible(pilot)

    run(whole())


async def legible(pilot):
    for short in PALETTES:
        pilot.app.theme = theme_name(short)
        await pilot.pause()
        assert screen_text(pilot.app).strip()
        assert poor_contrast(pilot.app) == [], short

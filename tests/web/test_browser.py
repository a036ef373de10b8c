"""A session in a real browser: phones with and without a script, and what axe finds."""

import asyncio
import os
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from browser import CHROMIUM, FLAGS, needs_browser
from playing_session import begun
from playing_web import LIBRARY

from tabletop.conduct.connection import Accepted
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.hosting import host
from tabletop.conduct.session.lines import Place
from tabletop.exercise import commands as c
from tabletop.web.addresses import Bind
from tabletop.web.hosting import Hosted

playwright = pytest.importorskip("playwright.async_api", reason="no Playwright on this machine")

pytestmark = needs_browser
AXE = Path(__file__).parents[2] / ".venv" / "node" / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(
    not AXE.is_file() and "axe" not in os.environ.get("TABLETOP_REQUIRE", ""),
    reason="no axe-core on this machine",
)
PHONE = {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def run(coroutine):
    async def limited():
        async with asyncio.timeout(90):
            return await coroutine

    return asyncio.run(limited())


class Phones:
    """Phones at one session, and all that any of them asked for or complained of."""

    def __init__(self, browser, hosted) -> None:
        self.browser, self.hosted = browser, hosted
        self.asked: set[str] = set()
        self.complaints: list[str] = []

    async def phone(self, *, script=True):
        context = await self.browser.new_context(viewport=PHONE, java_script_enabled=script)
        context.set_default_timeout(10_000)
        context.on("request", lambda request: self.asked.add(urlsplit(request.url).netloc))
        context.on("console", lambda told: self.complaints.append(told.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        return context

    async def join(self, context, name, **chosen):
        page = await context.new_page()
        await page.goto(self.hosted.joining)
        await page.fill("#name", name)
        for field, value in chosen.items():
            await page.check(f"#kind-{value}") if field == "kind" else await page.select_option(
                f"#{field}", value
            )
        await page.check("#accept")
        await page.click("text=Ask to come in")
        await page.wait_for_url("**/s/*/")
        return page


@asynccontextmanager
async def phones(folder):
    room = await host(LIBRARY, DataFolder(folder), "first_hour", open_door=True)
    hosted = Hosted(room, Bind("127.0.0.1", 0))
    await hosted.begin()
    try:
        async with playwright.async_playwright() as driver:
            assert CHROMIUM is not None, "TABLETOP_REQUIRE asks for a browser and there is none"
            browser = await driver.chromium.launch(
                executable_path=CHROMIUM, args=[*FLAGS, "--disable-dev-shm-usage"]
            )
            yield room, Phones(browser, hosted)
            await browser.close()
    finally:
        await hosted.end()


async def answer(page, option):
    await page.check(f"#o-first_step-{option}")
    await page.fill("#why-first_step", "Nobody is safe yet.")
    await page.click("text=Commit")


def test_phones_play_to_the_end_with_and_without_a_script(tmp_path):
    async def whole():
        async with phones(tmp_path) as (room, given):
            first, plain = await given.phone(), await given.phone(script=False)
            ada = await given.join(first, "Ada", wish="investigator")
            bo = await given.join(plain, "Bo", wish="investigator")
            cy = await given.join(first, "Cy", wish="advocate")
            line = await begun(room)

            # Two seats in one browser: each page stays its own, also when it is loaded again.
            await ada.wait_for_selector("form[data-do=commit]")
            await cy.wait_for_selector("text=Advocate")
            await ada.reload()
            assert await ada.locator("form[data-do=commit]").count() == 1
            assert await cy.locator("form[data-do=commit]").count() == 0
            await ada.evaluate("window.never_loaded_again = true")

            await answer(ada, "accounts")
            await ada.wait_for_selector("text=1 of 2 have answered")
            await bo.reload()
            await answer(bo, "call_first")
            assert "The answers" in await bo.inner_text("main")
            await ada.wait_for_selector(".commits >> text=Bo")
            await ada.click("text=We have talked; let it count")
            await ada.wait_for_function("!document.querySelector('[data-do=settle]')")
            assert room.exercises[1].room.state.decisions["first_step"].settled

            await ada.click("text=Send a message")
            await ada.fill("#say-words", "The room is <b>ready</b>.")
            await ada.click("form[data-do=say] button")
            await cy.wait_for_selector("text=The room is <b>ready</b>.")

            await cy.click("summary:has-text('Stop for care')")
            await cy.click("text=Stop for everyone")
            await ada.wait_for_selector("#banner >> text=Someone asked for a stop")
            assert isinstance(await line.submit(c.Resume()), Accepted)
            await ada.wait_for_selector("#banner .notice", state="detached")

            for scene in ("lobby", "daylight"):
                assert isinstance(await line.submit(c.Jump(scene, "For the test.")), Accepted)
                await room.exercises[1].quiet()
            await ada.wait_for_selector("#after >> text=It is over")
            await bo.reload()
            assert "It is over" in await bo.inner_text("main")
            assert await ada.evaluate("window.never_loaded_again")

            assert given.asked == {urlsplit(given.hosted.address).netloc}
            assert given.complaints == []

    run(whole())


async def look(page, where, found):
    """Adds what axe finds on a page, by day and by night."""
    assert AXE.is_file(), "TABLETOP_REQUIRE asks for axe-core; there is none"
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        seen = await page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
        )
        assert seen["passes"]
        found += [
            f"{where}, {scheme}: {each['id']}: {node['html'][:160]}"
            for each in seen["violations"]
            for node in each["nodes"]
        ]


@needs_axe
def test_no_page_stands_in_anyones_way(tmp_path):
    async def whole():
        async with phones(tmp_path) as (room, given):
            found: list[str] = []
            phone = await given.phone()
            door = await phone.new_page()
            await door.goto(given.hosted.address)
            await look(door, "join", found)
            ada = await given.join(phone, "Ada", wish="investigator")
            await look(ada, "waiting", found)
            await given.join(phone, "Bo", wish="investigator")
            eva = await given.join(phone, "Eva", kind="evaluator")
            screen = await phone.new_page()
            await screen.goto(urljoin(given.hosted.address, "/screen"))
            await look(screen, "screen, before", found)
            line = await begun(room)
            await ada.wait_for_selector("form[data-do=commit]")
            await look(ada, "open", found)
            await answer(ada, "accounts")
            bo = Place(room, 3).connection()
            await bo.submit(c.Commit("first_step", "call_first", "So.", "", 2))
            await ada.wait_for_selector("table.spread")
            await look(ada, "revealed", found)
            await eva.wait_for_selector(".commits")
            await look(eva, "evaluator", found)
            await look(screen, "screen", found)
            await bo.submit(c.StopForCare())
            await ada.wait_for_selector("#banner .notice")
            await look(ada, "paused", found)
            await line.submit(c.Resume())
            await line.submit(c.End())
            await line.manage(s.OpenDebrief())
            await ada.wait_for_selector("text=Read the debrief")
            await look(ada, "ended", found)
            await ada.click("summary:has-text('Another device')")
            await ada.click("text=Show a code")
            await ada.wait_for_selector("p.code")
            await look(ada, "device", found)
            assert found == []

    run(whole())

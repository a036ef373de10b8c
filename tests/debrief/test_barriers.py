"""Every kind of document as HTML in a real browser: nothing in anyone's way, and nobody asked."""

import asyncio

import pytest
import shipped
from barriers import THERE, barriers
from browser import CHROMIUM, FLAGS, needs_browser
from playwright.async_api import async_playwright
from whole_session import whole_session

from tabletop.debrief.documents.kinds import PLANNED, PLAYED, of_record, planned
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.played import played
from tabletop.debrief.formats import html

pytestmark = [
    *needs_browser,
    pytest.mark.skipif(not THERE, reason="no axe-core to look for barriers in documents"),
]


def one_of_each_kind():
    """A document of each kind, before an exercise and after it; briefs and guides are alike."""
    occasion, made = (
        Occasion(shipped.engine("first_hour"), tool="0"),
        played(whole_session("first_hour")),
    )
    yield from (next(planned(occasion, (kind,))) for kind in PLANNED)
    yield from (next(of_record(made, (kind,))) for kind in PLAYED)


RUN_OVER = """() => Array.from(document.querySelectorAll("th, td"))
  .filter(each => each.scrollWidth > each.clientWidth + 1)
  .map(each => `runs into the next cell: ${each.outerHTML.slice(0, 120)}`)"""


async def looked_at(folder):
    """What is in the way in each, and everything the browser asked for but the files."""
    found, asked, files = [], [], set()
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        context = await browser.new_context(viewport={"width": 390, "height": 844})
        context.on("request", lambda request: asked.append(request.url))
        context.on("console", lambda told: found.append(f"console: {told.text}"))
        page = await context.new_page()
        for number, document in enumerate(one_of_each_kind()):
            file = folder / f"{number}-{document.slug}.html"
            file.write_text(html.render(document), encoding="utf-8")
            files.add(file.as_uri())
            await page.goto(file.as_uri())
            seen = await page.evaluate(RUN_OVER) + await barriers(page)
            found += [f"{file.name}: {each}" for each in seen]
        await browser.close()
    return found, set(asked) - files, len(files)


def test_nothing_is_in_anyone_s_way_in_any_document(tmp_path):
    found, asked, many = asyncio.run(looked_at(tmp_path))
    assert many == len(PLANNED) + len(PLAYED)
    assert not asked
    assert not found, "\n".join(found[:20])

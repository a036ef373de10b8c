"""Barriers: what stands in people's way on a page, as axe-core finds it and as a thumb would."""

import os
from pathlib import Path

from playwright.async_api import Page

PROGRAM = Path(__file__).parents[2] / ".venv/node/node_modules/axe-core/axe.min.js"
THERE = PROGRAM.is_file() or "axe" in os.environ.get("TABLETOP_REQUIRE", "").split(",")
"""Whether pages can be looked at; where it is asked for and missing, looking fails."""
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
BY_NIGHT = {"type": "rule", "values": ["color-contrast"]}
"""All that is different then."""
NARROW = {"width": 320, "height": 640}
LARGE_ENOUGH = 44
"""Pixels of what is pressed, either way."""

AXE = """given => axe.run(document, {
    runOnly: given, resultTypes: ["violations"], preload: false,
}).then(found => found.violations.flatMap(
    each => each.nodes.map(node => `${each.id}: ${node.target} ${node.failureSummary}`)))"""

# Words within a sentence that lead elsewhere are as large as the sentence.
SMALL = """large => Array.from(
    document.querySelectorAll("a[href], button, input, select, textarea, summary"))
  .filter(each => each.checkVisibility({visibilityProperty: true})
    && !(each.matches("a") && getComputedStyle(each).display === "inline")
    && !each.matches(".to-main, [type=hidden]"))
  .filter(each => {
    const boxes = [each, ...(each.labels || [])].map(one => one.getBoundingClientRect());
    return Math.max(...boxes.map(box => box.height)) < large
      || Math.max(...boxes.map(box => box.width)) < large;
  })
  .map(each => `too small to press: ${each.outerHTML.slice(0, 160)}`)"""

MOVING = """() => Array.from(document.querySelectorAll("*"))
  .filter(each => each.getAnimations().length
    || getComputedStyle(each).transitionDuration.split(", ").some(time => time !== "0s"))
  .map(each => `moves: ${each.outerHTML.slice(0, 160)}`)"""

WIDER = """() => Array.from(document.querySelectorAll("body *"))
  .filter(each => document.documentElement.scrollWidth > innerWidth
    && each.getBoundingClientRect().right > innerWidth)
  .map(each => `wider than the screen: ${each.outerHTML.slice(0, 160)}`)"""


async def barriers(page: Page) -> list[str]:
    """What is in the way on a page, whatever is folded away on it unfolded, by day and night."""
    before = page.viewport_size
    assert before is not None
    # Its style sheet too: without it everything is small.
    await page.wait_for_load_state("load")
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    found = await page.evaluate(SMALL, LARGE_ENOUGH) + await page.evaluate(MOVING)
    await page.set_viewport_size(NARROW)
    found += await page.evaluate(WIDER)
    await page.evaluate(PROGRAM.read_text(encoding="utf-8") + "; 0")
    grounds = []
    for scheme, rules in (("light", RULES), ("dark", BY_NIGHT)):
        await page.emulate_media(color_scheme=scheme)
        grounds.append(await page.evaluate("getComputedStyle(document.body).backgroundColor"))
        found += [f"{scheme}: {each}" for each in await page.evaluate(AXE, rules)]
    if grounds[0] == grounds[1]:
        found.append("is the same by day and by night")
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(before)
    return found

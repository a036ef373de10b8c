"""Phones: people's devices in a real browser, and whatever went wrong on any of them.

Each device is a browser context of its own, with its own cookies. What a page writes to the
console, what it throws, a page that crashes, and every host it asks are kept for the whole of a
test, so that one can hold all of them against what is allowed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from browser import CHROMIUM, FLAGS
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tabletop.web.hosting import Hosted

PHONE = (390, 844)

WIDE = (1280, 800)
PATIENCE = 20_000
"""Milliseconds after which what did not come is a failure."""


class Phones:
    """Devices at one session."""

    def __init__(self, browser: Browser, hosted: Hosted) -> None:
        self.browser, self.hosted = browser, hosted
        self.asked: set[str] = set()
        """Every host that a page asked for anything."""
        self.complaints: list[str] = []
        """What went to a console, was thrown, or crashed."""

    async def phone(self, *, size: tuple[int, int] = PHONE, script: bool = True) -> BrowserContext:
        """A device with nothing on it yet."""
        width, height = size
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            has_touch=width < 600,
            reduced_motion="reduce",
            color_scheme="light",
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: self.asked.add(urlsplit(request.url).netloc))
        context.on("console", lambda told: self.complaints.append(f"{told.type}: {told.text}"))
        context.on("weberror", lambda error: self.complaints.append(f"thrown: {error.error}"))
        context.on("page", lambda page: page.on("crash", self._crashed))
        return context

    def _crashed(self, page: Page) -> None:
        self.complaints.append(f"crashed: {page.url}")

    async def open(self, phone: BrowserContext, path: str = "/") -> Page:
        """A page of the session on a device."""
        page = await phone.new_page()
        await page.goto(self.hosted.address.rstrip("/") + path)
        return page

    async def join(self, phone: BrowserContext, name: str, **given: str) -> Page:
        """Somebody comes in with their device, as the code of dots leads them."""
        page = await phone.new_page()
        await page.goto(self.hosted.joining)
        await page.get_by_label("What you want to be called here").fill(name)
        if "kind" in given:
            await page.locator(f"#kind-{given['kind']}").check()
        if "wish" in given:
            await page.locator("#wish").select_option(given["wish"])
        await page.locator("#accept").check()
        await page.get_by_role("button", name="Ask to come in").click()
        await page.wait_for_url("**/s/*/")
        return page


@asynccontextmanager
async def phones(hosted: Hosted) -> AsyncIterator[Phones]:
    """A browser for a session's people."""
    assert CHROMIUM is not None, "TABLETOP_REQUIRE asks for a browser and there is none"
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield Phones(browser, hosted)
        finally:
            await browser.close()

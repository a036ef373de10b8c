"""A whole session in a real browser: phones, a terminal and the facilitator's console together.

One session is walked from the door to the debrief, because what goes wrong between pages goes wrong
there; whatever page it comes past is looked at for barriers.
"""

import asyncio
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from barriers import PROGRAM, THERE, barriers
from browser import needs_browser
from phones import WIDE, phones
from playing_web import LIBRARY
from support import until, until_shown

from tabletop.conduct.connection import Accepted
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.session import commands as s
from tabletop.conduct.session.hosting import host
from tabletop.conduct.session.lines import ConductLine
from tabletop.console.app import TabletopApp
from tabletop.console.start import Conduct
from tabletop.exercise import commands as c
from tabletop.web.addresses import Bind
from tabletop.web.hosting import Hosted

pytestmark = needs_browser
ROOT = Path(__file__).parents[2]


class Terminal:
    """Somebody who plays in lines, in a process of their own."""

    def __init__(self, process) -> None:
        self.process = process
        self.out = ""
        self._reading = asyncio.create_task(self._read())
        self._more = asyncio.Event()

    @classmethod
    async def joined(cls, folder, *arguments):
        return cls(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tabletop", "--data", str(folder), "join", *arguments),
                "--plain",
                cwd=ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
        )

    async def _read(self):
        while some := await self.process.stdout.read(65536):
            self.out += some.decode()
            self._more.set()

    async def shows(self, text, after=0):
        """Waits for a text, and gives where it ends."""
        try:
            async with asyncio.timeout(30):
                while text not in self.flat[after:]:
                    await self._more.wait()
                    self._more.clear()
        except TimeoutError:
            raise AssertionError(f"{text} never came:\n{self.out}") from None
        return self.flat.index(text, after) + len(text)

    @property
    def flat(self):
        return " ".join(self.out.split())

    def type(self, *lines):
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())

    async def leave(self):
        """Closes the keyboard, and waits until the process has gone."""
        self.process.stdin.close()
        assert await self.process.wait() == 0, self.out
        await self._reading


class Walk:
    """A session, everyone in it, and what was in anybody's way."""

    def __init__(self, room, given, pilot) -> None:
        self.room, self.given, self.pilot = room, given, pilot
        self.line = ConductLine(room, 1)
        self.found: list[str] = []
        self.pages = {}
        self.beside = {}

    async def at(self, name):
        """Someone's page, in front: a browser draws one behind another once a second."""
        await self.pages[name].bring_to_front()
        return self.pages[name]

    @property
    def state(self):
        return self.room.exercises[1].room.state

    def now(self):
        return self.room.exercises[1].room.clock.now()

    async def look(self, where, page, *, itself=False):
        """Adds what is in the way on a page: on a second one of the same, unless on `itself`."""
        if not THERE:
            return
        seen = page
        if not itself:
            # One more page a device, for all that is looked at there: opening one costs the most.
            if page.context not in self.beside:
                self.beside[page.context] = await page.context.new_page()
            seen = self.beside[page.context]
            await seen.bring_to_front()
            await seen.goto(page.url.partition("#")[0])
        self.found += [f"{where}: {each}" for each in await barriers(seen)]
        if not itself:
            # To the door, which has no line: elsewhere the browser would begin a process anew.
            await seen.goto(self.given.hosted.address)
            await page.bring_to_front()

    async def manage(self, command):
        assert await self.line.manage(command) == Accepted()

    async def answer(self, name, decision, option):
        """Someone answers on their page; without a script they look again first."""
        page = await self.at(name)
        if name == "Bo":
            await page.reload()
        form = page.locator(f"#commit-{decision}")
        await form.locator("input[name=option]").nth(option).check()
        await form.get_by_label("Why?").fill(f"{name} says so.")
        await form.get_by_text("leaning").click()
        await form.get_by_role("button", name="Commit").click()
        await until(self.pilot, lambda: self.answered(name, decision))

    def answered(self, name, decision):
        seat = next(p.seat for p in self.room.people.values() if p.name == name)
        found = self.state.decisions[decision]
        return found.revealed or seat in found.answers

    async def settle(self, name, decision):
        page = await self.at(name)
        await page.locator(f"#settle-{decision}-send").click()
        await until(self.pilot, lambda: self.state.decisions[decision].done)


def run(coroutine):
    async def limited():
        async with asyncio.timeout(300):
            return await coroutine

    return asyncio.run(limited())


@pytest.mark.skipif(not THERE, reason="no axe-core to look for barriers in pages")
def test_barriers_in_pages_are_looked_for():
    assert PROGRAM.is_file(), "TABLETOP_REQUIRE asks for axe-core; there is none"


def test_a_session_from_the_door_to_the_debrief(tmp_path):
    async def whole():
        data = DataFolder(tmp_path / "data")
        room = await host(LIBRARY, data, "first_hour")
        hosted = Hosted(room, Bind("127.0.0.1", 0))
        await hosted.begin()
        app = TabletopApp(LIBRARY, data, start=Conduct(ConductLine(room, 1)))
        try:
            async with phones(hosted) as given, app.run_test(size=(120, 40)) as pilot:
                walk = Walk(room, given, pilot)
                await _come_in(walk)
                terminal = await _begin(walk, tmp_path)
                await _decide_together(walk, terminal)
                await _stop_and_go_on(walk)
                await _to_the_end(walk, terminal)
                await _after(walk, terminal)
                assert given.complaints == [], given.complaints
                await _what_is_not_there(walk)
                assert given.asked == {urlsplit(hosted.address).netloc}
                assert walk.found == []
        finally:
            await hosted.end()

    run(whole())


async def _come_in(walk):
    given = walk.given
    door = await given.open(await given.phone())
    await walk.look("the door", door, itself=True)
    walk.pages["screen"] = screen = await given.open(await given.phone(size=WIDE), "/screen")
    await walk.look("the screen before", screen)
    shared = await given.phone()
    people = (
        ("Ada", shared, {"wish": "investigator"}),
        ("Bo", await given.phone(script=False), {"wish": "investigator"}),
        ("Cy", door.context, {"wish": "prosecutor"}),
        ("Di", shared, {"wish": "prosecutor"}),
        ("Eva", await given.phone(), {"kind": "evaluator"}),
        ("Obi", await given.phone(), {"kind": "observer"}),
    )
    await door.close()
    for name, phone, chosen in people:
        walk.pages[name] = await given.join(phone, name, **chosen)
    await until_shown(walk.pilot, "Obi")
    await walk.look("waiting", walk.pages["Ada"])
    await walk.look("the door again", await given.open(shared), itself=True)


async def _begin(walk, folder):
    await walk.manage(s.OpenDoor())
    terminal = await Terminal.joined(
        folder / "terminal", walk.given.hosted.joining, "--name", "Ted", "--role", "advocate"
    )
    await until_shown(walk.pilot, "Ted")
    for person in list(walk.room.people.values()):
        if person.state == "waiting":
            await walk.manage(s.AdmitPerson(person.number, person.wish))
    await walk.pages["Ada"].get_by_text("You are in, Ada").wait_for()
    await walk.look("let in", walk.pages["Eva"])
    await walk.pilot.press("f9")
    await until_shown(walk.pilot, "Begin the exercise")
    await walk.pilot.press("down", "enter")
    await until_shown(walk.pilot, "Your first step")
    return terminal


async def _decide_together(walk, terminal):
    ada, cy, di, eva = (walk.pages[name] for name in ("Ada", "Cy", "Di", "Eva"))
    await ada.locator("#commit-first_step").wait_for()
    # Two seats in one browser: each page stays its own, also when it is loaded again.
    await ada.reload()
    assert await ada.locator("#commit-first_step").count() == 1
    assert await di.locator("#commit-first_step").count() == 0
    await ada.evaluate("window.never_loaded_again = true")
    await walk.look("reading, and a decision open", ada)

    await cy.locator("#why-the_push").fill("Being written while the page goes on.")
    await walk.answer("Ada", "first_step", 1)
    await ada.get_by_text("1 of 2 have").wait_for()
    await walk.look("committed", ada)
    await walk.answer("Bo", "first_step", 0)
    assert "The answers" in await walk.pages["Bo"].inner_text("main")
    await ada.locator(".answers").get_by_text("Bo says so.").wait_for()
    await walk.look("revealed", ada)
    await walk.look("revealed, to an evaluator", eva)
    await walk.look("revealed, to an observer", walk.pages["Obi"])
    await walk.look("revealed, on the screen", walk.pages["screen"])
    await walk.settle("Ada", "first_step")

    said = "The room is <b>ready</b>."
    await ada.bring_to_front()
    await ada.locator("#speaking summary").click()
    await ada.locator("#say-words").fill(said)
    await ada.locator("#say-send").click()
    await cy.locator("#story").get_by_text(said).wait_for()
    await terminal.shows(said)
    assert await cy.locator("#why-the_push").input_value() == (
        "Being written while the page goes on."
    )

    await eva.locator("#observe-words").fill("They asked before they acted.")
    await eva.locator("#observation-send").click()
    await eva.locator("#noted").get_by_text("They asked before they acted.").wait_for()
    assert len(walk.state.observations) == 1


async def _stop_and_go_on(walk):
    ada, pilot = walk.pages["Ada"], walk.pilot
    di = await walk.at("Di")
    await di.locator("#stopping summary").click()
    await di.locator("#step-out-send").click()
    await di.get_by_text("You have stepped out.").wait_for()
    await walk.look("stepped out", di)
    await di.locator("#step-in-send").click()
    await walk.at("Ada")
    await ada.locator("#stopping summary").click()
    await ada.locator("#care-send").click()
    await ada.locator("#banner").get_by_text("Someone asked for a stop.").wait_for()
    await walk.pages["screen"].get_by_text("Stopped for care").wait_for()
    await until_shown(pilot, "Somebody asked for it")
    await walk.look("stopped for care", ada)
    await walk.look("stopped for care, to an evaluator", walk.pages["Eva"])
    await walk.look("stopped for care, on the screen", walk.pages["screen"])
    await pilot.press("f8")
    await ada.locator("#banner .notice").wait_for(state="detached")
    await pilot.press("f8")
    await ada.get_by_text("The facilitator has paused for everyone.").wait_for()
    await walk.look("paused", ada)
    await walk.look("paused, on the screen", walk.pages["screen"])
    await pilot.press("f8")
    await ada.locator("#banner .notice").wait_for(state="detached")
    assert await walk.line.submit(c.SetTimer(walk.now() + 300_000)) == Accepted()
    await ada.locator("#timer").get_by_text("min left").wait_for()
    await walk.look("by a timer", ada)
    holds = await _as_facilitator(walk, "Fay")
    await holds.get_by_text("To steer, use a terminal").wait_for()
    await walk.look("a facilitator's page", holds)
    await holds.close()


async def _as_facilitator(walk, name):
    """Somebody who has the facilitator's code, at the phone of an observer."""
    page = await walk.given.open(
        walk.pages["Obi"].context, f"/?code={walk.room.header.facilitator_code}"
    )
    await page.locator("#name").fill(name)
    await page.locator("#accept").check()
    await page.get_by_role("button", name="Ask to come in").click()
    return page


async def _to_the_end(walk, terminal):
    """Everyone decides what they are asked, scene after scene."""
    who = {"investigator": ("Ada", "Bo"), "prosecutor": ("Cy", "Di")}
    read = 0
    while walk.state.status == "running":
        scene = walk.state.scene
        for name, decision in list(walk.state.decisions.items()):
            if decision.done or not decision.options:
                continue
            (role,) = decision.by
            if role == "advocate":
                title = next(d.title for d in walk.line.frame().view.decisions if d.id == name)
                read = await terminal.shows("Answer with", await terminal.shows(title, read))
                terminal.type("1", "", "")
                await until(walk.pilot, lambda name=name: walk.state.decisions[name].done)
                continue
            for person in who[role]:
                await walk.answer(person, name, 0)
            await walk.settle(who[role][0], name)
        await walk.pilot.press("f9")
        await until(
            walk.pilot,
            lambda scene=scene: (walk.state.scene, walk.state.status) != (scene, "running"),
        )
        await walk.room.exercises[1].quiet()


async def _after(walk, terminal):
    ada, eva, screen = [await walk.at(name) for name in ("Ada", "Eva", "screen")]
    await ada.locator("#over-head").wait_for()
    assert await ada.evaluate("window.never_loaded_again")
    await ada.locator("#reflect-plus-words").fill("We asked first.")
    await ada.locator("#reflect-plus-send").click()
    await ada.locator("#reflect-plus p.told").wait_for()
    await ada.locator("#feedback-card summary").click()
    await ada.locator("label[for=safe-4]").click()
    await ada.locator("#feedback-send").click()
    await ada.get_by_text("You have given feedback").wait_for()
    await walk.look("over, feedback given", ada)
    await _conclude(walk, await walk.at("Eva"))
    await walk.look("over, to an evaluator", eva)
    walk.pages["Gil"] = gil = await _as_facilitator(walk, "Gil")
    await gil.get_by_role("link", name="Hold the hot wash").wait_for()
    await _lead(walk, gil)
    ada = await walk.at("Ada")
    await walk.look("over, on the screen", screen)
    await walk.manage(s.ShowPrompt("What will you do on Monday?"))
    await screen.get_by_text("What will you do on Monday?").wait_for()
    await walk.look("a question, on the screen", screen)
    await walk.manage(s.ShowPrompt(""))
    await (await walk.at("Gil")).get_by_role("button", name="Open the debrief").click()
    for page in (ada, eva):
        await page.get_by_role("link", name="Read the debrief").click()
        await page.get_by_role("link", name="Back to your page").wait_for()
        assert "We asked first." in await page.inner_text("body")
    await walk.look("the debrief", ada)
    bo = walk.pages["Bo"]
    await bo.reload()
    await bo.get_by_role("link", name="Read the debrief").wait_for()
    terminal.type("", "", "", "", "")
    await terminal.shows("We asked first.")
    await terminal.leave()

    await ada.get_by_role("link", name="Back to your page").click()
    await ada.locator("#device summary").click()
    await ada.get_by_role("button", name="Show a code").click()
    await walk.look("another device", ada, itself=True)
    code = await ada.locator(".code span").first.inner_text()
    other = await walk.given.open(await walk.given.phone())
    await other.locator("#device").fill(code)
    await other.get_by_role("button", name="Go on here").click()
    await other.get_by_text("Sgt. Dana Whitlock").first.wait_for()

    await walk.at("Obi")
    await walk.pages["Obi"].locator("#leaving summary").click()
    await walk.pages["Obi"].locator("#leave-table-send").click()
    await walk.pages["Obi"].get_by_text("You have left the table").wait_for()
    await walk.look("left", walk.pages["Obi"])


async def _conclude(walk, eva):
    """An evaluator rates, writes down, puts right and takes back; what is refused keeps words."""
    await eva.locator("#capability-1-card summary").click()
    await eva.locator("#capability-1 label[for$=-M]").click()
    await eva.locator("#capability-1-send").click()
    await eva.locator("#capability-1 .problem").get_by_text("needs a reason").wait_for()
    await eva.locator("#capability-1-reason").fill("It was caught.")
    await eva.locator("#capability-1-send").click()
    await eva.locator("#capability-1-card .tag").get_by_text("rated M").wait_for()
    for issue in ("Nobody knew whom to call.", "Twice."):
        await eva.locator("#improving summary").first.evaluate(
            "each => each.parentNode.open = true"
        )
        await eva.locator("#improve-new-issue").fill(issue)
        await eva.locator("#improve-new-send").click()
        await eva.locator("#improve summary").get_by_text(issue).wait_for()
    await eva.locator("#update-1-card > summary").click()
    await eva.locator("#improve-1-card > summary").click()
    await eva.locator("#improve-1-issue").fill("Nobody knew which number to call.")
    await eva.locator("#improve-1-send").click()
    await eva.locator("#improve summary").get_by_text("which number").wait_for()
    await eva.locator("#update-2-card > summary").click()
    await eva.locator("#withdraw-2-card > summary").click()
    await eva.locator("#withdraw-2-reason").fill("It is the first again.")
    await eva.locator("#withdraw-2-send").click()
    await eva.get_by_text("Withdrawn: It is the first again.").wait_for()
    await walk.look("over, before it is signed", eva)
    await eva.locator("#signing summary").click()
    for name in ("name", "organization", "role"):
        await eva.locator(f"#sign-{name}").fill("City")
    await eva.locator("#sign-send, #signature-send").click()
    await eva.locator("#sign").get_by_text("can no longer change").wait_for()


async def _lead(walk, gil):
    """Who came with the facilitator's code once it was over holds the hot wash at a phone."""
    screen = walk.pages["screen"]
    await walk.look("over, to a facilitator", gil)
    await gil.get_by_role("link", name="Hold the hot wash").click()
    await gil.get_by_role("button", name="Show it to the room").click()
    await gil.get_by_role("button", name="Next step").click()
    await until(walk.pilot, lambda: walk.line.frame().session.step == ("full", 2))
    step = walk.room.step(1)
    await screen.get_by_text(step.prompt).wait_for()
    await walk.look("the hot wash", gil)
    # What another facilitator shows is shown here too.
    await walk.manage(s.ShowStep("full", 3))
    await gil.get_by_role("heading", name=walk.room.step(1).title).wait_for()
    await gil.get_by_role("button", name="Off the screen").click()
    await gil.get_by_text("the room does not see it yet").wait_for()
    await until(walk.pilot, lambda: walk.room.step(1) is None)
    await gil.get_by_role("link", name="Back to your page").click()


async def _what_is_not_there(walk):
    """Pages that say why there is nothing; that each is an error is all a console says of them."""
    given = walk.given
    stranger = walk.pages["screen"].context
    for where, path, told in (
        ("nowhere", "/nowhere", "There is nothing at this address."),
        ("someone else's", "/s/2/", "That page is not open on this device."),
        ("no such table", "/screen/7", "There is no such table."),
    ):
        page = await given.open(stranger, path)
        await page.get_by_text(told).wait_for()
        await walk.look(where, page, itself=True)
    page = await given.open(stranger, "/?code=WRONG1")
    await page.locator("#name").fill("Eve")
    await page.locator("#accept").check()
    await page.get_by_role("button", name="Ask to come in").click()
    await page.get_by_text("This code does not open this session.").wait_for()
    assert await page.locator("#name").input_value() == "Eve"
    await walk.look("a wrong code", page, itself=True)
    gil = await walk.at("Gil")
    await gil.locator("#closing summary").click()
    await gil.get_by_label("Nobody needs their page").check()
    await gil.get_by_role("button", name="Close it for good").click()
    await gil.get_by_text("This session is closed.").wait_for()
    await walk.look("closed, to who closed it", gil, itself=True)
    cy = await walk.at("Cy")
    await cy.locator("#line").get_by_text("The session is closed.").wait_for()
    await walk.look("closed", cy, itself=True)
    await cy.goto(f"{given.hosted.address}/")
    await cy.get_by_text("This session is closed.").wait_for()
    await walk.look("the door of a closed session", cy, itself=True)
    assert all("Failed to load resource" in each for each in given.complaints), given.complaints

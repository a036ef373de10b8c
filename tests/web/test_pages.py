"""Pages without a script: coming in, reading, answering, and what is refused."""

import asyncio
import re

import pytest
from playing_session import begun
from playing_web import Browser, held

from tabletop.conduct.session import commands as s
from tabletop.conduct.session.lines import ConductLine
from tabletop.exercise import commands as c
from tabletop.web import guard


def run(coroutine):
    async def limited():
        async with asyncio.timeout(60):
            return await coroutine

    return asyncio.run(limited())


def test_someone_comes_in_waits_and_answers(tmp_path):
    async def whole():
        async with held(tmp_path, open_door=True) as (room, app):
            ada = Browser(app)
            assert "First Hour" in await ada.get("/")
            number = await ada.join(room, "Ada <b>", wish="investigator")
            assert "You are in, Ada &lt;b&gt;" in ada.page.text
            await begun(room)
            page = await ada.get(f"/s/{number}/")
            assert "Your decision" in page
            answer = ada.form("commit")
            page = await ada.post(f"/s/{number}/do", **{**answer, "reason": "so"})
            assert ada.page.status_code == 200
            assert "Your decision" not in page
            assert "this counts" in page
            assert room.exercises[1].room.state.decisions["first_step"].settled

    run(whole())


def test_a_form_that_is_sent_twice_counts_once(tmp_path):
    async def whole():
        async with held(tmp_path, open_door=True) as (room, app):
            ada = Browser(app)
            number = await ada.join(room, wish="investigator")
            await begun(room)
            await ada.get(f"/s/{number}/")
            said = {**ada.form("say"), "to": "all", "words": "Twice."}
            for _ in range(2):
                page = await ada.post(f"/s/{number}/do", **said)
            assert page.count("Twice.") == 1

    run(whole())


def test_a_refusal_shows_its_sentence(tmp_path):
    async def whole():
        async with held(tmp_path, open_door=True) as (room, app):
            await Browser(app).join(room, "Bo", wish="investigator")
            ada = Browser(app)
            number = await ada.join(room, wish="advocate")
            await begun(room)
            page = await ada.post(
                f"/s/{number}/do", do="commit", decision="first_step", option="accounts", key="k"
            )
            assert "This decision is asked of others." in page
            page = await ada.post(f"/s/{number}/do", do="advance", key="k2")
            assert "That was not a form of this page." in page

    run(whole())


def test_without_its_cookie_a_place_is_nobodys(tmp_path):
    async def whole():
        async with held(tmp_path, open_door=True) as (room, app):
            ada, bo = Browser(app), Browser(app)
            number = await ada.join(room)
            page = await bo.get(f"/s/{number}/")
            assert "Come in" in page
            token = next(iter(ada.client.cookies.jar)).value
            assert token not in repr(room.people)
            assert next(iter(ada.client.cookies.jar)).path == f"/s/{number}/"

    run(whole())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://elsewhere"}, 403),
        ({"origin": "null"}, 403),
        ({"content-length": str(guard.LARGEST + 1)}, 413),
        ({"content-length": "-1"}, 413),
    ],
)
def test_what_comes_from_elsewhere_or_is_too_large_is_not_done(tmp_path, headers, status):
    async def whole():
        async with held(tmp_path, open_door=True) as (room, app):
            browser = Browser(app)
            answer = await browser.client.post("/join", content=b"code=x", headers=headers)
            assert answer.status_code == status
            assert len(room.people) == 1

    run(whole())


def test_a_wrong_code_costs_time_and_opens_nothing(tmp_path, monkeypatch):
    async def whole():
        monkeypatch.setattr(guard, "DELAY", 0.05)
        async with held(tmp_path, open_door=True) as (room, app):
            browser = Browser(app)
            begun_at = asyncio.get_running_loop().time()
            for _ in range(guard.TRIES + 3):
                page = await browser.post("/join", code="WRONG1", name="Eve", accept="yes")
                assert "This code does not open this session." in page
            assert asyncio.get_running_loop().time() - begun_at >= 3 * 0.05
            assert len(room.people) == 1

    run(whole())


def test_a_facilitator_s_page_says_where_an_exercise_is_begun(tmp_path):
    async def whole():
        async with held(tmp_path) as (room, app):
            gil = Browser(app)
            number = await gil.join(room, "Gil", code=room.header.facilitator_code)
            page = await gil.get(f"/s/{number}/")
            assert "tabletop join" in page
            assert "It begins when the facilitator begins." not in page

    run(whole())


def test_an_evaluator_sees_every_passage_and_notes(tmp_path):
    async def whole():
        async with held(tmp_path, open_door=True) as (room, app):
            await Browser(app).join(room, "Ada", wish="investigator")
            eva = Browser(app)
            number = await eva.join(room, "Eva", kind="evaluator")
            assert "You come as an evaluator" in await eva.get(f"/s/{number}/")
            await begun(room)
            page = await eva.get(f"/s/{number}/")
            assert "Your first step" in page
            assert 'name="option"' not in page
            note = {**eva.form("observe"), "words": "Asked first.", "decision": "first_step"}
            page = await eva.post(f"/s/{number}/do", **note)
            assert "Asked first." in page
            page = await eva.post(f"/s/{number}/do", do="step_out", key="k")
            assert eva.page.status_code == 409
            seen = room.exercises[1].room.state.observations
            assert [(each.kind, each.decision) for each in seen] == [("strength", "first_step")]

    run(whole())


def test_the_debrief_is_read_once_it_is_opened(tmp_path):
    async def whole():
        async with held(tmp_path, open_door=True) as (room, app):
            ada = Browser(app)
            number = await ada.join(room, "Ada", wish="investigator")
            line = await begun(room)
            await line.submit(c.End())
            page = await ada.get(f"/s/{number}/debrief")
            assert (ada.page.status_code, "not opened" in page) == (404, True)
            assert "Read the debrief" not in await ada.get(f"/s/{number}/")
            await line.manage(s.OpenDebrief())
            assert "Read the debrief" in await ada.get(f"/s/{number}/")
            page = await ada.get(f"/s/{number}/debrief")
            assert "How was that?" in page
            assert "Ada" not in page
            assert "script-src" not in ada.page.headers["content-security-policy"]

    run(whole())


def test_every_answer_forbids_what_comes_from_elsewhere(tmp_path):
    async def whole():
        async with held(tmp_path) as (_, app):
            browser = Browser(app)
            for path in ("/", "/static/page.css", "/nothing"):
                await browser.get(path)
                assert "default-src 'none'" in browser.page.headers["content-security-policy"]
                assert browser.page.headers["cache-control"] == "no-store"

    run(whole())


def test_forms_of_its_own_pages_are_taken_as_a_browser_sends_them(tmp_path):
    """Under `no-referrer` browsers name the origin `null`, which is refused as a stranger's is."""

    async def whole():
        async with held(tmp_path, open_door=True) as (room, app):
            ada = Browser(app)
            await ada.get("/")
            policy = ada.page.headers["referrer-policy"]
            ada.client.headers["origin"] = "null" if policy == "no-referrer" else "http://table"
            await ada.join(room)
            assert ada.page.status_code == 200

    run(whole())


def test_whoever_writes_a_message_sees_who_will_read_it(tmp_path):
    async def whole():
        async with held(tmp_path) as (room, app):
            line, people = ConductLine(room, 1), {}
            for name, role in (("Ada", "investigator"), ("Bo", "investigator"), ("Cy", "advocate")):
                people[name] = Browser(app)
                number = await people[name].join(room, name)
                await line.manage(s.AdmitPerson(number, role))
            await begun(room)
            told = {}
            for name, browser in people.items():
                await browser.get(str(browser.page.url.path))
                select = re.search(r'<select id="say-to".*?</select>', browser.page.text)[0]
                told[name] = re.findall(r"<option[^>]*>([^<]*)<", select)
            assert told["Ada"] == [
                "everyone at the table",
                "only the facilitator, no other player",
                "only Noor Haddad, on-call community advocate, and others in your role",
                "only ADA Paul Imani, on-call attorney, and others in your role",
            ]
            assert told["Cy"][2] == "only Sgt. Dana Whitlock, night patrol supervisor"
            assert "Facilitators, evaluators and observers read every message." in browser.page.text

    run(whole())

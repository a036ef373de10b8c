"""What people enter afterwards from their own pages, as browsers without a script do."""

import asyncio
import re
from contextlib import asynccontextmanager
from html import unescape

from playing_session import begun
from playing_web import Browser, held

from tabletop.conduct.session import commands as s
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c
from tabletop.web.afterwards import washed
from tabletop.web.watching import Watching


@asynccontextmanager
async def ended(folder):
    """A player and an evaluator at their pages, once the exercise is over."""
    async with held(folder, open_door=True) as (room, app):
        player, evaluator = Browser(app), Browser(app)
        one = await player.join(room, wish="investigator")
        other = await evaluator.join(room, "Eva", kind="evaluator")
        line = await begun(room)
        await line.manage(s.AdmitPerson(other))
        await line.submit(c.Commit("first_step", "accounts"))
        await line.submit(c.End())
        await player.get(f"/s/{one}/")
        await evaluator.get(f"/s/{other}/")
        yield room, line, player, evaluator


def run(test):
    return asyncio.run(asyncio.wait_for(test, 60))


def state(room):
    return room.exercises[1].room.state


def sent(browser, do, **fields):
    """Posts a form of the page with what was typed in it, and what of it was not left as it was."""
    form = next(
        each
        for each in browser.forms()
        if each.get("do") == do
        and all(each.get(k, v) == v for k, v in fields.items() if k in ("prompt", "task", "item"))
    )
    kept = {k: v for k, v in form.items() if not k.startswith("statement-")}
    path = str(browser.page.url.path).removesuffix("do")
    return browser.post(f"{path}do", **{**kept, **fields})


def test_a_commitment_has_an_occasion_and_a_day(tmp_path):
    async def whole():
        async with ended(tmp_path) as (room, _, player, _):
            text = await sent(
                player, "reflect", prompt="commitment", words="I call.", when="At once", by="Friday"
            )
            assert "Kept." in text
            record = await room.exercises[1].record()
            (event,) = record.entries[-1].events
            said = [record.words[each] for each in (event.words, event.when, event.by)]
            assert said == ["I call.", "At once", "Friday"]
            path = player.page.url.path
            text = await player.get(path)
            assert "I call.</textarea>" in text
            assert 'value="Friday"' in text
            await sent(player, "reflect", prompt="commitment", words="", when="", by="")
            assert "I call." not in await player.get(path)

    run(whole())


def test_feedback_is_given_once_without_a_name_and_nothing_typed_is_lost(tmp_path):
    async def whole():
        async with ended(tmp_path) as (room, _, player, evaluator):
            given = {"statement-safe": "2", "strengths": "Calm."}
            stale = player.form("give_feedback")
            assert "Which answers are yours is kept nowhere" in await sent(
                player, "give_feedback", **given
            )
            assert state(room).feedback == 1
            assert not [each for each in player.forms() if each.get("do") == "give_feedback"]
            number = player.page.url.path.split("/")[2]
            kept = {k: v for k, v in stale.items() if not k.startswith("statement-")}
            text = await player.post(
                f"/s/{number}/do", **{**kept, "key": "", "suggestions": "And more."}
            )
            assert player.page.status_code == 409
            assert "You have given your feedback" in text
            assert "And more." in text
            await sent(evaluator, "give_feedback", **{"statement-safe": "5"})
            assert "2 have given feedback." in evaluator.page.text
            assert "Calm." not in evaluator.page.text

    run(whole())


def test_an_evaluator_confirms_or_changes_what_the_server_proposes(tmp_path):
    async def whole():
        async with ended(tmp_path) as (room, line, _, evaluator):
            (first, *_) = await line.proposed()
            form = {"task": first.task, "rating": "P" if first.proposed != "P" else "S"}
            text = await sent(evaluator, "rate", **form, proposed=form["rating"])
            assert evaluator.page.status_code == 409
            assert "needs a reason" in text
            assert not state(room).ratings
            await sent(evaluator, "rate", **form, reason="I saw it.")
            rated = state(room).ratings[first.task]
            assert (rated.rating, rated.proposed) == (form["rating"], first.proposed)
            assert "I saw it." in evaluator.page.text

    run(whole())


def test_a_capability_is_proposed_as_its_tasks_are_rated_and_changed_for_a_reason(tmp_path):
    async def whole():
        async with ended(tmp_path) as (room, line, _, evaluator):
            (first, *_) = await line.proposed()
            await sent(evaluator, "rate", task=first.task, rating="U", reason="I saw it.")
            assert "proposed U" in evaluator.page.text
            await sent(evaluator, "rate_capability", rating="S")
            assert evaluator.page.status_code == 409
            assert not state(room).capabilities
            await sent(evaluator, "rate_capability", rating="S", reason="It was caught.")
            said = state(room).capabilities[first.capability]
            assert (said.rating, said.proposed) == ("S", "U")
            assert "It was caught." in evaluator.page.text

    run(whole())


def test_an_improvement_is_written_anew_and_withdrawn_openly(tmp_path):
    async def whole():
        async with ended(tmp_path) as (room, line, _, evaluator):
            await line.submit(c.Observe("issue", "Nobody rang."))
            await line.submit(a.Improve("Late.", owner="City", observations=(1,)))
            await evaluator.get(str(evaluator.page.url))
            assert 'value="City"' in evaluator.page.text
            given = {"item": "1", "issue": "Too late.", "shown": "before"}
            await sent(evaluator, "rewrite", **given, element="training", done="Ring first.")
            (item,) = state(room).improvements.values()
            assert (item.element, item.observations) == ("training", (1,))
            assert "Too late." in evaluator.page.text
            await sent(evaluator, "withdraw", reason="")
            assert evaluator.page.status_code == 409
            await sent(evaluator, "withdraw", reason="It was another day.")
            assert "Withdrawn: It was another day." in evaluator.page.text
            forms = {(each.get("do"), each.get("item")) for each in evaluator.forms()}
            assert not {each for each in forms if each[1] == "1"}

    run(whole())


def test_improvements_are_written_and_signed_as_they_were_seen(tmp_path):
    async def whole():
        async with ended(tmp_path) as (room, line, _, evaluator):
            plan = {"issue": "<b>Late.", "element": "training", "due": "2027-01-15"}
            await line.submit(c.Observe("issue", "Nobody rang."))
            await evaluator.get(str(evaluator.page.url))
            assert "Noted: Nobody rang." in evaluator.page.text
            await sent(
                evaluator, "improve", **plan, objective="support_first", shown="observation 1"
            )
            assert state(room).improvements[1].observations == (1,)
            assert "&lt;b&gt;Late." in evaluator.page.text
            stale = next(each for each in evaluator.forms() if each["do"] == "sign")
            await line.submit(a.Improve("Another."))
            name = {"name": "Di", "organization": "City", "role": "Chief"}
            await evaluator.post(
                f"/s/{evaluator.page.url.path.split('/')[2]}/do", **{**stale, **name}
            )
            assert "findings have changed" in evaluator.page.text
            await sent(evaluator, "sign", **name)
            assert len(state(room).signatures) == 1
            assert not [each for each in evaluator.forms() if each.get("do") == "improve"]
            await sent(evaluator, "update_action", status="done", note="Sent.")
            assert state(room).actions[1].status == "done"

    run(whole())


def test_a_player_can_neither_rate_nor_sign(tmp_path):
    async def whole():
        async with ended(tmp_path) as (room, _, player, _):
            assert not {"rate", "sign", "improve"} & {each.get("do") for each in player.forms()}
            number = player.page.url.path.split("/")[2]
            for given in (
                {"do": "rate", "task": "support_first.look_after_needs", "rating": "P"},
                {"do": "improve", "issue": "x", "element": "training"},
                {"do": "sign", "name": "x", "organization": "x", "role": "x"},
            ):
                await player.post(f"/s/{number}/do", **given)
                assert player.page.status_code == 409
            assert state(room).improvements == {}

    run(whole())


def test_who_has_the_facilitators_code_leads_from_a_page_and_an_evaluator_looks_on(tmp_path):
    async def whole():
        async with ended(tmp_path) as (room, _, player, evaluator):
            gil = Browser(player.client._transport.app)
            code = room.header.facilitator_code
            number = await gil.join(room, "Gil", code=code)
            assert "Hold the hot wash" in gil.page.text
            assert "Read the debrief" not in gil.page.text

            async def leads(do, **given):
                return await gil.post(f"/s/{number}/lead", do=do, table="1", **given)

            assert "the room does not see it yet" in await gil.get(f"/s/{number}/wash")
            assert "the room sees this" in await leads("show_step", form="full", number="2")
            step = room.step(1)
            assert step.prompt in unescape(gil.page.text)
            others = str(evaluator.page.url.path).rstrip("/")
            text = unescape(await evaluator.get(f"{others}/wash"))
            assert step.prompt in text
            assert "show_step" not in text
            for each in (evaluator, player):
                mine = "/".join(str(each.page.url.path).split("/")[:3])
                await each.post(f"{mine}/lead", do="open_debrief", on="yes")
                assert each.page.status_code == 409
            assert "lost" in str((await player.client.get(f"{mine}/wash")).url)
            assert not room.settings.get("debrief")
            assert "Read the debrief" in await leads("open_debrief", on="yes")
            assert "one table alone" in await gil.get(f"/s/{number}/tables")
            assert "Read the debrief" not in await leads("open_debrief", on="no")
            await leads("close_session")
            assert gil.page.status_code == 400
            assert "This session is closed." in await leads("close_session", sure="yes")
            assert room.ended
            for path in ("/", mine, f"{mine}/debrief", f"/s/{number}/"):
                assert "This session is closed." in await player.get(path)
            assert "This session is over." in await player.get("/screen")

    run(whole())


def test_tables_are_read_side_by_side_once_the_debrief_is_open(tmp_path):
    async def whole():
        async with held(tmp_path, open_door=True, tables=2) as (room, app):
            gil = Browser(app)
            number = await gil.join(room, "Gil", code=room.header.facilitator_code)
            for _ in range(2):
                await Browser(app).join(room, wish="investigator")
            line = await begun(room)
            await line.submit_to_all(c.End())
            assert "has not opened the debrief" in await gil.get(f"/s/{number}/tables")
            await gil.post(f"/s/{number}/lead", do="open_debrief", on="yes", table="2")
            assert "Table 2" in gil.page.text
            assert "side by side" in gil.page.text
            text = await gil.get(f"/s/{number}/tables")
            assert text.index("Table 1") < text.index("Table 2") < text.index("not ranked")

    run(whole())


def test_a_page_is_drawn_anew_when_something_is_noted_that_a_proposal_rests_on(tmp_path):
    async def whole():
        async with ended(tmp_path) as (_, line, _, _):
            tasks = await line.proposed()
            page = Watching("conducting", 1, debrief=False, over=True, proposed=tasks)
            assert b"event: regions" in page.events(line.frame())
            await line.submit(a.Improve("Late."))
            assert b"event: regions" in page.events(line.frame())
            await line.submit(c.Observe("strength", "She asked first.", task=tasks[0].task))
            assert page.events(line.frame()).startswith(b"event: reload")
            assert (await line.proposed())[0].proposed != tasks[0].proposed

    run(whole())


def test_a_page_of_the_hot_wash_is_drawn_anew_when_the_room_sees_another_step(tmp_path):
    async def whole():
        async with ended(tmp_path) as (_, line, _, _):
            told = washed("washing full 1")
            await line.manage(s.ShowStep("full", 1))
            assert told(line.frame()) == b""
            await line.manage(s.ShowStep("full", 2))
            assert b"reload" in told(line.frame())

    run(whole())


def test_the_rooms_screen_shows_a_step_and_not_its_notes(tmp_path):
    async def whole():
        async with ended(tmp_path) as (_, line, player, _):
            await line.submit(c.Observe("issue", "Only for us."))
            steps = await line.hot_wash("full")
            for number, step in enumerate(steps, 1):
                await line.manage(s.ShowStep("full", number))
                text = await player.get("/screen")
                assert step.prompt in text
                assert "Only for us." not in text
                assert "Ada" not in text

    run(whole())


def test_no_field_hides_what_the_pages_script_asks_a_form_for(tmp_path):
    async def whole():
        async with ended(tmp_path) as (_, _, player, evaluator):
            read = {"action", "id", "dataset", "elements", "closest", "reset", "isConnected"}
            for browser in (player, evaluator):
                named = set(re.findall(r' name="([^"]*)"', browser.page.text))
                assert {"words", "form"} <= named
                assert not read & named

    run(whole())

"""What people entered after an exercise, as the debrief shows it and where it keeps still."""

import shipped
from debrief_table import Table

from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.documents.kinds import of_record
from tabletop.debrief.documents.played import played
from tabletop.debrief.formats import markdown
from tabletop.debrief.pages import pages
from tabletop.debrief.report import build
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c

TEXT = (shipped.ROOT / "first_hour" / "scenario.yaml").read_text(encoding="utf-8")
WHO, TASK, OTHER = "facilitator", "support_first.ask_for_the_advocate", "nothing_traded.no_bargain"


def ended(*, facilitated=True):
    table = Table(TEXT, ("investigator",), facilitated=facilitated)
    return table.do(WHO if facilitated else "investigator", c.End())


def unsigned():
    table = ended()
    table.do(WHO, c.Observe("issue", "Nobody asked her.", task=TASK))
    table.do(WHO, a.Rate(TASK, "M", "U", "Late, and heard."))
    return table.do(
        WHO,
        a.Improve(
            "Nobody knew whom to call.",
            "Agree on one number.",
            "training",
            "Harbor Line",
            "Di Tran",
            "2026-12-01",
            "2027-01-15",
            "support_first",
            ("first_step",),
            (1,),
        ),
    )


def whole():
    table = unsigned()
    return table.do(WHO, a.Sign("Dana Reyes", "City", "Chief", a.digest(table.state)))


def shown(table, *, names=False):
    return markdown.render(debrief(build(table.record(), names=names, limit=0)))


def task(report, name):
    return next(x for each in report.concluded.objectives for x in each.tasks if x.id == name)


def test_what_was_proposed_stands_beside_what_was_made_of_it():
    report = build(whole().record(), limit=0)
    rated, other = task(report, TASK), task(report, OTHER)
    assert (rated.proposed, rated.rating, rated.final, rated.reason, rated.by) == (
        "U", "M", "M", "Late, and heard.", "facilitator",
    )  # fmt: skip
    assert (other.rating, other.final) == ("", other.proposed)
    objective = next(each for each in report.concluded.objectives if each.id == "support_first")
    assert objective.final == "M"
    text = shown(whole())
    assert "| U: unable to be performed | M, changed | Late, and heard. |" in text


def test_what_only_people_saw_is_said_to_be_so():
    table = ended().do(WHO, a.Rate(OTHER, "S", "", "I heard it in the corridor."))
    assert "| not evidenced | S, from what was seen | I heard it in the corridor. |" in shown(table)


def test_a_task_that_was_not_shown_is_said_to_be_and_drags_nothing_down():
    report = build(ended().record(), limit=0)
    assert {task.final for each in report.concluded.objectives for task in each.tasks} == {""}
    assert {each.final for each in report.concluded.capabilities} == {""}
    assert "not evidenced" in shown(ended())


def test_a_capability_is_what_a_person_said_of_it_and_beside_it_what_was_proposed():
    table = ended().do(WHO, a.Rate(TASK, "M", "", "I heard it."))
    name = "Victim services in a reactive encounter"
    found = {each.name: each for each in build(table.record(), limit=0).concluded.capabilities}
    assert (found[name].proposed, found[name].rating, found[name].final) == ("M", "", "M")
    table.do(WHO, a.RateCapability(name, "S", "M", "It was caught."))
    table.do(WHO, a.Rate(TASK, "U", "", "Not at all."))
    found = {each.name: each for each in build(table.record(), limit=0).concluded.capabilities}
    assert (found[name].proposed, found[name].rating, found[name].final) == ("M", "S", "S")
    assert f"| {name} | M: performed with major challenges | S, changed | It was caught. |" in (
        shown(table)
    )


def test_what_was_withdrawn_stands_last_and_in_no_plan():
    table = unsigned().do(WHO, a.Improve("Another."))
    table.do(WHO, a.Withdraw(1, "It was said of another day."))
    text = shown(table)
    assert text.index("Another.") < text.index("Nobody knew whom") < text.index("another day")
    (made,) = of_record(played(table.record()), ["after-action-report"])
    report = markdown.render(made)
    annex = report.split("Annex A. ")[1].split("Annex B. ")[0].splitlines()
    plan = [line for line in annex if line.startswith("|")]
    assert [line for line in plan if "Another." in line]
    assert not [line for line in plan if "Nobody knew" in line]
    assert "Nobody knew whom to call. Why: It was said of another day." in "\n".join(annex)


def test_an_improvement_has_its_owner_its_days_and_what_shows_it():
    table = whole().do(WHO, a.UpdateAction(1, "begun", "Half.", "2027-02-01"))
    (found,) = build(table.record(), limit=0).concluded.improvements
    assert (found.owner, found.start, found.due, found.status) == (
        "Harbor Line", "2026-12-01", "2027-02-01", "begun",
    )  # fmt: skip
    assert found.capability == "Victim services in a reactive encounter"
    assert found.decisions == ("Your first step",)
    assert [each.words for each in found.observations] == ["Nobody asked her."]
    text = shown(table)
    for part in ("Agree on one number", "training", "2027-02-01", "Half", "Your first step"):
        assert part in text


def test_names_stand_there_only_where_they_are_asked_for():
    for name in ("Dana Reyes", "Di Tran"):
        assert name not in shown(whole())
        assert name in shown(whole(), names=True)
    assert "Chief" in shown(whole())


def test_a_signature_names_what_stands_there_and_an_update_does_not_break_it():
    table = whole()
    (signed,) = build(table.record(), limit=0).concluded.signatures
    assert (signed.holds, signed.digest) == (True, a.digest(table.state))
    table.do(WHO, a.UpdateAction(1, "done"))
    assert build(table.record(), limit=0).concluded.signatures[0].holds


def test_feedback_of_two_is_in_no_report_and_of_three_in_no_order():
    table = ended()
    for number, words in enumerate(("Zest.", "Air.")):
        table.do("investigator", a.GiveFeedback((("safe", number + 1),), strengths=words))
        found = build(table.record(), limit=0).concluded.feedback
        assert (found.given, found.statements, found.words) == (number + 1, (), ())
        assert "Zest" not in shown(table)
        assert "too few answers" in shown(table)
    table.do("investigator", a.GiveFeedback((("safe", 1), ("others", 5)), strengths="More time."))
    found = build(table.record(), limit=0).concluded.feedback
    assert [(each.name, each.counts) for each in found.statements] == [("safe", (2, 1, 0, 0, 0))]
    assert dict(found.words)["strengths"] == ("Air.", "More time.", "Zest.")
    assert "Air." in shown(table)


def test_words_that_were_erased_are_said_to_be():
    table = whole()
    table.words = dict.fromkeys(table.words)
    text = shown(table, names=True)
    assert "Harbor Line" not in text
    assert text.count("(erased)") >= 8


def test_who_plays_alone_rates_nothing_and_may_write_what_to_improve():
    table = ended(facilitated=False)
    slugs = [page.slug for page in pages(build(table.record(), limit=0))]
    assert not {"tasks", "improvement", "feedback"} & set(slugs)
    table.do("investigator", a.Improve("I waited.", "Call first."))
    slugs = [page.slug for page in pages(build(table.record(), limit=0))]
    assert slugs[-2:] == ["improvement", "closing"]


def test_ratings_come_after_everything_else_was_talked_about():
    slugs = [page.slug for page in pages(build(whole().record(), limit=0))]
    assert slugs[:1] == ["reactions"]
    assert slugs[-7:] == [
        "bands",
        "ahead",
        "answers",
        "tasks",
        "improvement",
        "feedback",
        "closing",
    ]


def test_a_commitment_is_told_with_its_occasion_and_its_day():
    table = ended()
    table.do("investigator", c.Reflect("commitment", "I call her.", "Before we go in", "Friday"))
    assert "I call her. · When: Before we go in · By: Friday" in shown(table)

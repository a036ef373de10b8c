"""What is made of a record for those who held the exercise: after-action report and its papers."""

import os
import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random

import pytest
import shipped
from debrief_table import Table
from test_documents import ALLOWED, HOSTILE, STEERING, read
from whole_session import whole_session

from tabletop.authoring.plays import commands_of, read_play
from tabletop.debrief import blocks as b
from tabletop.debrief import wordings as w
from tabletop.debrief.analysis.ahead import Ahead
from tabletop.debrief.analysis.frontier import frontier
from tabletop.debrief.analysis.regret import pivotal, regrets
from tabletop.debrief.documents import msel, msel_played
from tabletop.debrief.documents.about import About
from tabletop.debrief.documents.annex_decisions import decisions
from tabletop.debrief.documents.kinds import PLAYED, of_record
from tabletop.debrief.documents.played import played
from tabletop.debrief.figures.shapes import Mark
from tabletop.debrief.formats import html, markdown
from tabletop.debrief.pages.prospects import span
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c
from tabletop.exercise import events as e

GOLDENS = Path(__file__).parent / "goldens"
FIRST_HOUR = (shipped.ROOT / "first_hour" / "scenario.yaml").read_text(encoding="utf-8")
WHO = "facilitator"
GUIDES = ("evaluation-guides",)
CERTIFICATE = ("participation-certificate",)
AAR = ("after-action-report",)
OPEN = "Options that were open"
TASK = "support_first.ask_for_the_advocate"


@cache
def scripted(slug: str, play: str):
    """The record of a play script."""
    engine = shipped.engine(slug)
    path = shipped.ROOT / slug / "plays" / f"{play}.yaml"
    script, problems = read_play(path.read_bytes(), path.name, engine)
    assert not problems
    table = Table((shipped.ROOT / slug / "scenario.yaml").read_text("utf-8"), script.people)
    for seat, command in commands_of(engine, script):
        table.later(1).do(seat, command)
    return table.record()


def by_chance(seed: int):
    """The record of an exercise played by chance by three people."""
    roles = ("investigator", "advocate", "prosecutor")
    return Table(FIRST_HOUR, roles).play(Random(seed)).record()


@cache
def concluded(word: str = "a word", name: str = "Dana"):
    """An exercise that someone facilitated, with all that people enter once it is over."""
    table = Table(
        FIRST_HOUR, ("investigator", "advocate"), {"investigator": name}, facilitated=True
    )
    table.do("investigator", c.Commit("first_step", "accounts", reason=word, confidence=3))
    table.do(WHO, c.Write(("all",), word))
    table.do(WHO, c.Observe("issue", word, task=TASK))
    table.do(WHO, c.Jump("before_three", word))
    table.do(WHO, c.End())
    table.do(WHO, a.Rate(TASK, "M", "U", word))
    table.do(
        WHO,
        a.Improve(
            word, word, "training", word, word, "2026-12-01", "2027-01-15", "support_first",
            ("first_step",), (1,),
        ),
    )  # fmt: skip
    table.do(WHO, a.Sign(word, word, word, a.digest(table.state)))
    return table.record()


MADE = {}


def papers(record, kinds=(), *, names=False, about=None):
    """Documents by slug, once for each record: what was possible takes a while to work out."""
    key = (id(record), kinds, names, id(about))
    if key not in MADE:
        made = of_record(played(record, about, names=names), kinds)
        MADE[key] = (record, about), {document.slug: document for document in made}
    return MADE[key][1]


def words(document) -> str:
    return " ".join(read(html.render(document)).text.split())


def page(document, slug):
    return next(each for each in document.pages if each.slug == slug)


def tables(leaf):
    return [block for block in leaf.blocks if isinstance(block, b.Table)]


# Fields.


def test_the_report_has_the_fields_of_its_template():
    report = papers(scripted("first_hour", "alone_as_sergeant"), AAR)["after-action-report"]
    told = words(report)
    for label in (
        *("Exercise name", "Exercise dates", "Scope", "Mission areas", "Core capabilities"),
        *("Threat or hazard", "Scenario", "Sponsor", "Participating organizations"),
        *("Point of contact", "Executive summary", "Table 1.", "Strengths"),
        *("Areas for improvement", "Improvement plan", "Corrective action", "Element"),
        *("Responsible organization", "Start", "Completion", "Participants"),
        *("Not legal advice", "may be discoverable", "judgment of the exercise's author"),
        *("Law as of", "Draft, not signed", "Root cause"),
    ):
        assert label in told, label
    letters = [each.title[6] for each in report.pages if each.title.startswith("Annex ")]
    assert letters == list("ABCDEFGHIJ")


def test_days_and_signatures_come_from_the_record():
    told = words(papers(concluded(), AAR)["after-action-report"])
    assert "Final, signed" in told
    assert "2026-11-22" in told
    dated = papers(concluded(), AAR, about=About(venue="The library"))["after-action-report"]
    assert "The library" in words(dated)


# Numbers.


@pytest.mark.parametrize("seed", range(4))
def test_marks_in_the_report_are_those_of_the_record(seed):
    """Each option's marks are the ones its decision was settled with."""
    record = by_chance(seed)
    annex = b.Page("decisions", "", decisions(played(record)))
    settled = [
        event for entry in record.entries for event in entry.events if isinstance(event, e.Settled)
    ]
    found = [each for each in tables(annex) if each.caption == OPEN]
    assert len(found) == len(settled)
    for table, event in zip(found, settled, strict=True):
        if event.how in ("stand_in", "facilitator") or not event.credit:
            assert len(table.head) == 2
            continue
        assert len(table.rows) == len(event.marks)
        for row, judged in zip(table.rows, event.marks, strict=True):
            half = Fraction(1) if judged.attainable else Fraction(1, 2)
            worth = [Fraction(m) * (half if m > 0 else 1) for m in (judged.vc, judged.ci)]
            assert list(row[2:4]) == [w.mark(each) for each in worth]
            assert (row[1] == "yes") == (judged.option == event.option)
            assert ("critical act" in row[0]) == judged.critical


def test_what_was_forced_stands_without_marks():
    table = Table(FIRST_HOUR, ("investigator", "advocate"), facilitated=True)
    table.do(WHO, c.Settle("first_step", "accounts", "No time."))
    annex = page(papers(table.record(), AAR)["after-action-report"], "decisions")
    assert "told, not marked" in " ".join(
        row.text for block in annex.blocks if isinstance(block, b.Rows) for row in block.rows
    )
    assert all(len(each.head) == 2 for each in tables(annex) if each.caption == OPEN)


@pytest.mark.parametrize("record", [scripted("first_hour", "called_first"), concluded()])
def test_every_inject_stands_in_the_events_as_played_with_its_minute(record):
    rows = msel_played.sheet(played(record).telling).rows
    head = msel_played.HEAD
    happened, at = [], 0
    for entry in record.entries:
        at = entry.at
        happened += [
            (event.inject, at // 60_000 + 1)
            for event in entry.events
            if isinstance(event, e.InjectDelivered)
        ]
    planned = {each.number: each.path for each in msel.events(played(record).occasion)}
    listed = [
        (planned[row[head.index("event_no")]].rpartition(".")[2], row[head.index("actual_minute")])
        for row in rows
        if row[head.index("event_no")] != ""
        and ".injects." in planned[row[head.index("event_no")]]
        and row[head.index("status")] in ("came", "released")
    ]
    assert listed == happened
    numbers = {row[head.index("event_no")] for row in rows} - {""}
    assert numbers == set(planned)


def test_what_else_was_possible_is_what_was_worked_out():
    """The way taken and two others at most; cells, frontier and better play as analysed."""
    record = scripted("first_hour", "alone_as_sergeant")
    made = played(record)
    annex = page(papers(record, AAR)["after-action-report"], "possible")
    ahead = Ahead(made.telling)
    forks = [each for each in ahead.forks if each.choice.kind == "decision" and each.ways]
    found = tables(annex)
    assert len(found) == len(forks)
    for table, fork in zip(found, forks, strict=True):
        assert 1 < len(table.rows) <= 3
        assert table.rows[0][0].endswith("(taken)")
        taken = fork.taken
        cells = [*span(taken.kept, "en"), *span(taken.free, "en")]
        assert list(table.rows[0][1:]) == cells
    best = frontier(made.telling, ahead)
    told = " ".join(block.text for block in annex.blocks if isinstance(block, b.Line))
    assert f"no play of this scenario beats: {len(best.points)}." in told
    assert best.run is not None
    assert f"victim-centeredness {w.mark(best.run.vc)} (forgone" in told
    (figure,) = [block for block in annex.blocks if isinstance(block, b.Figure)]
    signs = Counter(shape.glyph for shape in figure.shapes if isinstance(shape, Mark))
    gained = {(each.vc, each.ci) for each in best.points}
    forgone = {(each.forgone_vc, each.forgone_ci) for each in best.points}
    assert signs == Counter(ring=len(gained) + len(forgone), circle=2, diamond=2)
    assert len(figure.table.rows) == len(best.points) + 2
    lists = [block.items for block in annex.blocks if isinstance(block, b.Items)]
    assert len(lists[0]) == sum(not each.same for each in best.better.chosen)
    assert len(lists[1]) == len(pivotal(regrets(ahead.forks)))


def test_a_run_that_nothing_beats_is_said_to_be_on_the_frontier():
    record = scripted("first_hour", "called_first")
    annex = page(papers(record, AAR)["after-action-report"], "possible")
    told = " ".join(block.text for block in annex.blocks if isinstance(block, b.Line))
    assert "This run is on the frontier" in told


# Not evidenced.


def test_what_the_exercise_did_not_show_is_listed_and_nothing_else():
    record = scripted("first_hour", "alone_as_sergeant")
    report = played(record).report
    annex = page(papers(record, AAR)["after-action-report"], "not-evidenced")
    items = [each for block in annex.blocks if isinstance(block, b.Items) for each in block.items]
    missing = [
        f"{objective.title}: {task.text}"
        for objective in report.concluded.objectives
        for task in objective.tasks
        if not task.final
    ]
    assert items[: len(missing)] == missing
    stand_ins = [who.role for who in report.notice.roles if not who.played]
    assert len(items) == len(missing) + len(stand_ins)
    assert all(role in each for role, each in zip(stand_ins, items[len(missing) :], strict=True))


def test_a_filled_guide_shows_what_was_rated_and_why():
    guide = papers(concluded("because it was late"), GUIDES)["evaluation-guide-1-support-first"]
    told = words(guide)
    assert "M: performed with major challenges (changed: because it was late)" in told
    assert "Issue, minute 1: because it was late" in told
    assert "not evidenced" in words(
        papers(concluded(), GUIDES)["evaluation-guide-3-nothing-traded"]
    )


# People.


def test_names_stay_out_unless_they_are_asked_for():
    record = concluded("a word", "Dana Reyes")
    for document in papers(record).values():
        assert "Dana Reyes" not in words(document)
        assert "Dana" not in document.slug
    assert "Dana Reyes" in words(papers(record, AAR, names=True)["after-action-report"])


def test_there_is_a_certificate_for_each_who_is_named():
    record = concluded("a word", "Dana Reyes")
    named = papers(record, CERTIFICATE, names=True)["participation-certificate"]
    assert len(named.pages) == 1
    assert "Dana Reyes" in words(named)
    assert "investigator" in words(named)
    blank = papers(record, CERTIFICATE)["participation-certificate"]
    assert "Dana" not in words(blank)
    fields = {each.label: each.text for block in blank.pages[0].blocks if isinstance(block, b.Form)
              for each in block.fields}  # fmt: skip
    assert fields["Name"] == ""
    assert fields["Date"] == "2026-11-22"


def test_only_the_debrief_speaks_to_the_one_who_played():
    made = papers(scripted("first_hour", "alone_as_sergeant"))
    assert "you, as investigator" in words(made.pop("debrief"))
    for document in made.values():
        assert "you, as" not in words(document)
        assert "You knew" not in words(document)


def test_participants_are_counts():
    annex = page(papers(concluded(), AAR)["after-action-report"], "participants")
    rows = {row[0]: row[2] for row in tables(annex)[0].rows}
    assert rows == {
        "Investigator": "1",
        "Advocate": "1",
        "Prosecutor": "stand-in",
        "Facilitators": "1",
    }


def test_erased_words_are_said_to_be_erased():
    record = concluded("unmistakable")
    gone = replace(record, words=dict.fromkeys(record.words))
    for document in papers(gone).values():
        assert "unmistakable" not in words(document)
    assert "(erased)" in words(papers(gone, AAR)["after-action-report"])


def test_hostile_words_stay_words():
    for document in papers(concluded(HOSTILE, HOSTILE[:80]), names=True).values():
        text = html.render(document)
        reader = read(text)
        assert set(reader.elements) <= ALLOWED | {"colgroup", "col", "path"}
        assert all(not name.startswith("on") for _, name, _ in reader.attributes)
        assert not STEERING.search(text)
        assert not STEERING.search(markdown.render(document))
        assert text.count("<style>") == 1


# On file.

RECORDS = {
    "alone_as_sergeant": lambda: scripted("first_hour", "alone_as_sergeant"),
    "the_case_stands": lambda: scripted("larkmoor_row", "the_case_stands"),
    "whole_session": lambda: whole_session("first_hour"),
}
"""One played exercise of each scenario, and a session with all that can be in one."""


@pytest.mark.parametrize("name", RECORDS)
def test_the_report_is_the_one_on_file(name):
    """The report, whole; TABLETOP_GOLDENS=write writes it anew."""
    report = papers(RECORDS[name](), AAR)["after-action-report"]
    made = markdown.render(report)
    golden = GOLDENS / f"{name}-after-action-report.md"
    if os.environ.get("TABLETOP_GOLDENS") == "write":
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


# The command.


def test_saving_a_debrief_saves_its_papers_too(within, tabletop, finished, tmp_path):
    out = tmp_path / "out"
    saved = within("--data", str(tabletop.data), "debrief", finished, "-o", str(out))
    assert saved.code == 0
    stems = {path.stem.removeprefix(f"first_hour-{finished}-") for path in out.iterdir()}
    assert {"debrief", "after-action-report", "msel-as-played"} <= stems
    assert saved.out.count("Saved: ") == len(list(out.iterdir())) == 2 * len(stems)
    for path in out.iterdir():
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "x", "--only", "aar"), "There is no document aar"),
        (("--only", "debrief"), "give a folder with -o"),
        (("-o", "x", "--about", "gone.yaml"), "There is no file gone.yaml."),
    ],
)
def test_what_can_t_be_saved_is_one_sentence(within, tabletop, finished, arguments, said):
    answer = within("--data", str(tabletop.data), "debrief", finished, *arguments)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())


def test_every_kind_is_on_the_page_about_documents():
    text = (shipped.ROOT.parent / "docs" / "documents.md").read_text(encoding="utf-8")
    after = text[text.index("## After an exercise") :]
    for kind in PLAYED:
        assert re.search(rf"^\| `{kind}` \|", after, re.MULTILINE)

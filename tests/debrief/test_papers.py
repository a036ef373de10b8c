"""The papers of an exercise still to come: what stands in them, who reads them, what people add."""

import csv
import io
import itertools
import re
from functools import cache

import pytest
import shipped
from test_documents import ALLOWED, HOSTILE, STEERING, TEXT, read

from tabletop.debrief import asked, prose
from tabletop.debrief import blocks as b
from tabletop.debrief.documents import agenda, key, msel
from tabletop.debrief.documents.about import About, read_about
from tabletop.debrief.documents.kinds import PLANNED, planned
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.formats import html, markdown
from tabletop.exercise.afterwards import PARTS, STATEMENTS
from tabletop.exercise.engine import Engine
from tabletop.scenario.reading import read_scenario
from tabletop.scenario.texts import texts_of

ABOUT = b"""
exercise: Winter session
date: 2026-12-02
until: 2026-12-03
start: "09:00"
venue: The library, room 2
sponsor: The task force
grant: A grant
marking: For exercise use only
scope: No calls to the outside.
mission_areas: [Prevention, Response]
contact:
  {name: R. Alvarez, title: Trainer, agency: Police, address: 1 Main St, phone: "555",
   email: r@example.org}
organizations:
  - {name: Alder Bay Police, level: local}
staff:
  - {name: S. Okoro, seat: evaluator, area: interviews, contact: "556"}
support: Extension 4410.
"""


@cache
def occasion(slug: str, about: bytes = b"") -> Occasion:
    known = read_about(about, "about.yaml") if about else About()
    return Occasion(shipped.engine(slug), known, tool="0.0.0")


@cache
def papers(slug: str, about: bytes = b""):
    return {each.slug: each for each in planned(occasion(slug, about))}


def blocks_of(document):
    return [block for page in document.pages for block in page.blocks]


def words(document) -> str:
    """Everything a document says, on one line."""
    return " ".join(read(html.render(document)).text.split())


def flat(text: str) -> str:
    return " ".join(prose.plain(text).split())


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_every_paper_says_how_to_handle_it_and_what_it_rests_on(slug):
    guidance = occasion(slug).guidance.practices.values()
    counted = [
        f"{said}: {sum(each.verified == how for each in guidance)}"
        for said, how in (
            ("Stated in a founding document", "founding_document"),
            ("read in an excerpt", "excerpt"),
            ("not verified", "unverified"),
        )
    ]
    for document in papers(slug).values():
        notice = " ".join(document.notice)
        for phrase in (
            "Not legal advice",
            "Training material",
            "may be discoverable",
            "judgment of the exercise's author",
            "Law as of 2026-11-01",
            *counted,
        ):
            assert phrase in notice, (document.slug, phrase)
        assert document.marking == "exercise – exercise – exercise"


def test_who_may_read_what():
    readers = {each.slug: each.audience for each in papers("first_hour").values()}
    assert {slug for slug, who in readers.items() if who == "conductors"} == {
        "handbook",
        "msel",
        "evaluation-guide-1-support-first",
        "evaluation-guide-2-independent-accounts",
        "evaluation-guide-3-nothing-traded",
    }
    assert {slug for slug, who in readers.items() if who == "role"} == {
        f"brief-{role}" for role in shipped.engine("first_hour").scenario.roles
    }
    for document in papers("first_hour").values():
        assert ("not for players" in document.notice[0]) == (document.audience == "conductors")


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_the_handbook_holds_every_text_of_every_scene(slug):
    engine, told = shipped.engine(slug), words(papers(slug)["handbook"])
    scenario = engine.scenario
    for name, scene in scenario.scenes.items():
        for path, text in texts_of(scene, f"scenes.{name}"):
            if path.endswith(("outcome",)) or ".advice." in path:
                continue
            for suffix, _ in text.wordings():
                if suffix != "fade" or ".decisions." not in path:
                    assert flat(engine.text(f"{path}/{suffix}")).rstrip(".") in told, path
        lines = [scene.facilitator, *scene.closing, *itertools.chain(*scene.questions.values())]
        for inject in scene.injects.values():
            lines += [inject.title, inject.note, inject.expect]
        for decision in scene.decisions.values():
            lines.append(decision.title)
            lines += [mark.because for each in decision.options.values() for mark in each.key()]
            lines += [reason.text for reason in decision.reasons.values()]
        for line in filter(None, lines):
            assert flat(engine.filled(line)) in told, line
    for objective in scenario.objectives.values():
        assert objective.title in told
    for name in scenario.state:
        assert name.replace("_", " ") in told


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_the_events_list_has_a_row_for_all_that_comes(slug):
    scenario = shipped.engine(slug).scenario
    listed = msel.sheet(occasion(slug))
    assert listed.head[0] == "event_no"
    assert all(len(row) == len(listed.head) for row in listed.rows)
    place = listed.head.index("full_text_ref")
    paths = [row[place] for row in listed.rows]
    expected = []
    for name, scene in scenario.scenes.items():
        expected.append(f"scenes.{name}.narration")
        expected += [f"scenes.{name}.injects.{each}" for each in scene.injects]
        expected += [f"scenes.{name}.decisions.{each}" for each in scene.decisions]
    assert paths == expected
    assert [row[0] for row in listed.rows] == list(range(1, len(expected) + 1))
    kinds = dict(
        zip(paths, (row[listed.head.index("inject_type")] for row in listed.rows), strict=True)
    )
    for name, scene in scenario.scenes.items():
        for inject, each in scene.injects.items():
            wanted = "contingency" if each.held else "contextual"
            assert kinds[f"scenes.{name}.injects.{inject}"] == wanted
    tables = [each for each in blocks_of(papers(slug)["msel"]) if isinstance(each, b.Table)]
    assert sum(len(each.rows) for each in tables) == len(expected)


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_there_is_an_evaluation_guide_for_each_objective(slug):
    guidance, scenario = shipped.guidance(), shipped.engine(slug).scenario
    guides = [each for each in papers(slug).values() if each.slug.startswith("evaluation-guide")]
    assert len(guides) == len(scenario.objectives)
    for guide, objective in zip(guides, scenario.objectives.values(), strict=True):
        told = words(guide)
        for label in (
            *("Exercise name", "Exercise date", "Organization evaluated", "Venue", "Mission area"),
            *("Core capability", "Organizational capability target", "Observation notes"),
            *("Rating of the target", "Final rating of the core capability", "Evaluator", "Email"),
        ):
            assert label in told
        assert flat(objective.target) in told
        for task in objective.tasks.values():
            assert task.text in told
            for practice in task.practices:
                assert guidance.practices[practice].title in told
        for each in ("P", "S", "M", "U"):
            assert asked.rating_means(each) in told


def test_the_feedback_form_asks_what_the_page_asks():
    told = words(papers("first_hour")["feedback-form"])
    for name in STATEMENTS:
        assert asked.statement(name) in told
    for name in PARTS:
        assert asked.feedback_part(name) in told
    # On paper nothing is kept of who answered, so the promise of the page is not given there.
    assert "No name is asked for." in told
    assert asked.feedback_promise() not in told


def test_the_certificate_claims_no_accreditation():
    told = words(papers("first_hour")["participation-certificate"])
    assert "no accreditation" in told
    assert "confirms attendance" in told


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_defensible_ways_are_beaten_by_nothing_that_is_always_open(slug):
    for scene in shipped.engine(slug).scenario.scenes.values():
        for decision in scene.decisions.values():
            found = key.sound(decision)
            assert found
            for name, option in decision.options.items():
                worths = [(mark.vc, mark.ci) for mark in option.key() if not mark.critical]
                if not any(min(worth) > -2 for worth in worths):
                    assert name not in found
                if len(worths) > 1 or not worths or name in found or min(worths[0]) <= -2:
                    continue
                assert any(
                    mark.vc >= worths[0][0] and mark.ci >= worths[0][1]
                    for other, each in decision.options.items()
                    if other != name
                    for mark in each.key()
                )


# The agenda.


def routes(scenario, scene=None, before=()):
    """Every way through the scenes, conditions left aside."""
    here = (*before, scene or scenario.start)
    found = scenario.scenes[here[-1]]
    if found.ending:
        yield here
    for branch in found.next:
        assert branch.to not in here
        yield from routes(scenario, branch.to, here)


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_planned_minutes_are_those_of_the_shortest_and_the_longest_way(slug):
    engine = shipped.engine(slug)
    scenario, ways = engine.scenario, list(routes(engine.scenario))

    def total(scenes):
        return sum(scenario.scenes[each].minutes for each in scenes)

    for module, span in agenda.spans(scenario).items():
        inside = [
            total(each for each in way[:-1] if scenario.module_of(each) == module) for way in ways
        ]
        assert (span.least, span.most) == (min(inside), max(inside))
    starts = agenda.before(engine.plan)
    for name in scenario.scenes:
        earlier = [total(way[: way.index(name)]) for way in ways if name in way]
        assert (starts[name].least, starts[name].most) == (min(earlier), max(earlier))
        later = [total(way[way.index(name) : -1]) for way in ways if name in way]
        rest = agenda.left(scenario, name)
        assert (rest.least, rest.most) == (min(later), max(later))


def test_the_agenda_names_the_time_of_day_where_it_is_known():
    plain = next(
        each for each in agenda.agenda(occasion("first_hour")) if isinstance(each, b.Table)
    )
    timed = next(
        each for each in agenda.agenda(occasion("first_hour", ABOUT)) if isinstance(each, b.Table)
    )
    assert [row[0] for row in plain.rows[:3]] == ["0:00", "0:10", "0:40"]
    assert [row[0] for row in timed.rows[:3]] == ["09:00", "09:10", "09:40"]


# What people add.


def test_what_people_say_of_an_exercise_is_printed():
    manual = words(papers("first_hour", ABOUT)["situation-manual"])
    for said in (
        *("Winter session", "2026-12-02 to 2026-12-03", "The library, room 2", "No calls to the"),
        *("The task force (grant program: A grant)", "For exercise use only", "Extension 4410."),
        *("Prevention, Response", "R. Alvarez, Trainer, Police, 1 Main St, 555, r@example.org"),
        *("Alder Bay Police", "local"),
    ):
        assert said in manual
    handbook = words(papers("first_hour", ABOUT)["handbook"])
    for said in ("S. Okoro", "evaluator", "interviews", "556"):
        assert said in handbook


def test_what_nobody_has_said_is_room_to_write():
    fields = [
        field
        for block in blocks_of(papers("first_hour")["situation-manual"])
        if isinstance(block, b.Form)
        for field in block.fields
    ]
    empty = {field.label for field in fields if not field.text}
    assert {"Exercise dates", "Venue", "Sponsor", "Point of contact", "Mission areas"} <= empty


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"venu: here", "about.yaml:1:1: there is no `venu`; did you mean `venue`?"),
        (b"contact: {nam: x}", "about.yaml:1:11: there is no `nam`; did you mean `name`?"),
        (b"date: tomorrow", "about.yaml:1:1: `date` should be a date such as 2026-11-01"),
        (b"start: 9", "about.yaml:1:1: `start` should be a time such as 09:00"),
        (b"organizations: Police", "`organizations` should be a list"),
        (b"organizations:\n  - {level: local}", "`name` is missing here"),
        (b"contact: me", "`contact` should be a map of `field: value`"),
        (b"venue: [a]", "`venue` should be a text"),
        (b"venue: '" + b"x" * 301 + b"'", "`venue` has more than 300 characters"),
        (b"", "the file is empty"),
        (b"a: b: c", "about.yaml:1"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_wrong_file_is_one_sentence_with_its_place(source, said):
    with pytest.raises(ValueError, match=re.escape(said)) as raised:
        read_about(source, "about.yaml")
    assert "\n" not in str(raised.value)


# Hostile words.


def hostile() -> list:
    text = TEXT
    for old, new in (
        ("title: Two Doors", "title: '<script>alert(1)</script> [x](javascript:1) *d*'"),
        ("text: Call now.", "text: '<img src=x onerror=alert(1)> [now](//e) **now**'"),
        ("because: Nobody can leak it.", "because: '</style><script>1</script> ![p](http://e)'"),
        ("support: Call the desk.", "support: '# <iframe src=//evil.example></iframe>'"),
        ("title: Two beds", "title: '<u>Two</u> beds | $x$'"),
    ):
        assert old in text
        text = text.replace(old, new)
    reading = read_scenario(text.encode(), "s.yaml", shipped.guidance())
    harm = prose.line(HOSTILE)[:280]
    about = About(
        exercise=harm, venue=harm, sponsor=harm, grant=harm, marking=harm, scope=HOSTILE,
        mission_areas=(harm,), support=HOSTILE,
    )  # fmt: skip
    return list(planned(Occasion(Engine(reading.scenario, shipped.guidance()), about, tool="0")))


def test_hostile_words_stay_words_in_every_paper():
    for document in hostile():
        page = html.render(document)
        reader = read(page)
        assert set(reader.elements) <= ALLOWED | {"colgroup", "col"}
        for tag, name, value in reader.attributes:
            assert not name.startswith("on"), (tag, name)
            assert name not in ("src", "srcset", "style", "action", "data")
            assert name != "href" or re.fullmatch(r"#[a-z0-9-]+", value)
        assert page.count("<style>") == 1
        assert not STEERING.search(page)
        assert not STEERING.search(markdown.render(document))
        assert re.fullmatch(r"[a-z0-9-]+", document.slug)


# The command.


def test_the_command_lists_and_saves(within, tmp_path):
    listed = within("documents", "first_hour")
    assert listed.code == 0
    assert "situation-manual: Situation Manual: First Hour" in listed.out
    saved = within("documents", "first_hour", "-o", str(tmp_path), "--only", "msel,role-briefs")
    assert saved.code == 0
    names = {path.name for path in tmp_path.iterdir()}
    roles = shipped.engine("first_hour").scenario.roles
    stems = {"msel", *(f"brief-{role}" for role in roles)}
    assert names == {f"first_hour-{stem}.{form}" for stem in stems for form in ("md", "html")}
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only", "manual"), "There is no document manual"),
        (("--only", "mselx"), "did you mean msel?"),
        (("--about", "gone.yaml"), "There is no file gone.yaml."),
        (("--about", "/"), "is not a file with text in it"),
        (("-o", "/dev/null/nowhere"), "can't be written"),
    ],
)
def test_what_can_t_be_done_is_one_sentence(within, arguments, said):
    answer = within("documents", "first_hour", *arguments)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())


def test_a_parameter_that_is_none_is_refused(within, tmp_path):
    path = tmp_path / "about.yaml"
    path.write_text("parameters: {agncy: X}")
    answer = within("documents", "first_hour", "--about", str(path))
    assert answer.code == 2
    assert "did you mean agency?" in answer.err


def test_parameters_reach_the_papers(within, tmp_path):
    path = tmp_path / "about.yaml"
    path.write_text("parameters: {agency: Quayside Police}")
    within(
        "documents", "first_hour", "--about", str(path), "-o", str(tmp_path), "--only", "handbook"
    )
    assert "Quayside Police" in (tmp_path / "first_hour-handbook.md").read_text()


def test_every_kind_is_on_the_page_about_documents():
    page = (shipped.ROOT.parent / "docs" / "documents.md").read_text(encoding="utf-8")
    for kind in PLANNED:
        assert f"| `{kind}` |" in page
    for field in About.model_fields:
        assert f"`{field}`" in page


def test_the_events_list_can_be_had_as_rows(within, tmp_path):
    """As rows alone, in UTF-8 that spreadsheets know, and as many as the list has."""
    saved = within("documents", "first_hour", "-o", str(tmp_path), "--format", "csv")
    assert saved.code == 0
    (path,) = tmp_path.iterdir()
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == msel.HEAD
    assert len(rows) - 1 == len(msel.sheet(occasion("first_hour")).rows)


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_a_screen_reader_finds_its_way(slug):
    """Names for every part, each once; no empty heading of a column or row; no level left out."""
    for document in papers(slug).values():
        page = html.render(document)
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids)), document.slug
        titles = [each.title for each in document.pages]
        assert len(titles) == len(set(titles)), document.slug
        assert not re.search(r"<th[^>]*></th>", page)
        assert 'role="region"' not in page
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))

"""Twee 3: what is written reads back the same, and what does not carry over is named."""

import re
from itertools import combinations
from pathlib import Path

import maps
import pytest
import shipped
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tabletop.authoring.diagram.model import diagram
from tabletop.authoring.twee import notation, passages, skeleton
from tabletop.authoring.twee.carried import Empty, carried
from tabletop.authoring.twee.links import prose
from tabletop.authoring.twee.passages import exported, plain
from tabletop.scenario.characters import FORBIDDEN_VALUE
from tabletop.scenario.model import Scenario
from tabletop.scenario.reading import Reading, read_scenario
from tabletop.scenario.texts import Text

FOREIGN = (Path(__file__).parent / "foreign.twee").read_text(encoding="utf-8")
PIECES = (
    *maps.HOSTILE, "::", ":: A", ":: A [b] {", "[[", "]]", "[[A]]", "[[x->A]]", "[[A<-x]]",
    "[[x|A][$y to 1]]", "<<if $x>>", "(set: $x to (a: 1))", "{name}", "[after 1s]", "name: x\n--",
    "== Ways ==", "== Decision: A (advocate) ==", "== Decision: \\( (x) ==", "1. one\n2. two",
    "StoryTitle", "StoryData", "{}", '{"start": 3}', "\\", "\n", "\n::", "- x", "[scene-a]",
    "class", "all", "[scene-a module-b ending about]", "Mark: VC +1", "&#13;&#8203;&#7;",
    "\r", "\t", "\u200d", "<a", "/*", "%>",
)  # fmt: skip
pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=6).map(" ".join)
twee = st.lists(
    st.tuples(pieces, pieces).map(lambda parts: f"\n:: {parts[0]}\n{parts[1]}"), max_size=6
).map("".join)


def text_of(story: notation.Story) -> str:
    return "".join(f"{line}\n" for line in notation.lines(story))


def through(scenario: Scenario, *, marks: bool = False) -> skeleton.Skeleton:
    """A scenario written as a story and read again."""
    return carried(notation.read(text_of(exported(scenario, marks=marks).story)), "x.twee")


def read_again(made: skeleton.Skeleton) -> Reading:
    text = "".join(f"{line}\n" for line in skeleton.lines(made, "2026-11-01"))
    return read_scenario(text.encode(), "scenario.yaml", shipped.guidance())


def single(text: Text, scenario: Scenario) -> str | None:
    """The one wording of a text, its parameters filled in; nothing where there are several."""
    wordings = [variant.text for each in text.variants.values() for variant in each]
    if len(wordings) > 1:
        return None
    filled = passages.fill(wordings[0], scenario.parameters)
    return re.sub(r"\n{3,}", "\n\n", filled.strip()).replace("$", "$$")


def same(told: str, text: Text, scenario: Scenario) -> bool:
    one = single(text, scenario)
    if one is None:
        return all(
            re.sub(r"\s+", " ", passages.fill(variant.text, scenario.parameters)).strip()
            in re.sub(r"\s+", " ", told)
            for each in text.variants.values()
            for variant in each
        )
    return told.split() == one.split()


@pytest.mark.parametrize("marks", [False, True])
@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_out_and_in_again_keeps_scenes_ways_decisions_and_texts(slug: str, marks: bool) -> None:
    scenario = shipped.engine(slug).scenario
    made = through(scenario, marks=marks)
    assert [place.id for place in made.places] == list(scenario.scenes)
    assert made.start == scenario.start
    assert set(made.roles) <= set(scenario.roles)
    assert dict(made.themes).keys() == scenario.themes.keys()
    for place, (name, scene) in zip(made.places, scenario.scenes.items(), strict=True):
        assert [way.to for way in place.ways] == [way.to for way in scene.next]
        assert place.module == scenario.module_of(name)
        assert same(place.narration, scene.narration, scenario)
        for question, decision in zip(place.questions, scene.decisions.values(), strict=False):
            assert question.title == decision.title
            assert question.by == decision.by
            assert same(question.ask, decision.ask, scenario)
            for choice, option in zip(question.options, decision.options.values(), strict=True):
                assert same(choice.text, option.text, scenario)
    reading = read_again(made)
    assert reading.playable, [str(problem) for problem in reading.problems]


@given(titles=maps.titles)
@example(titles=list(maps.HOSTILE))
@settings(max_examples=30, deadline=None)
def test_hostile_titles_come_through_and_every_link_finds_its_passage(titles) -> None:
    scenario = maps.named(titles)
    story = notation.read(text_of(exported(scenario).story))
    assert story.notes == ()
    names = [passage.name for passage in story.passages]
    assert len(set(names)) == len(names)
    assert not [name for name in names if set(name) & set("[]{}<>|")]
    links = [link for passage in story.passages for link in prose(passage.text).links]
    assert {link.to for link in links} <= set(names)
    assert len(links) == sum(len(scene.next) for scene in scenario.scenes.values())
    drawn = diagram(scenario)
    made = through(scenario)
    assert [place.id for place in made.places] == [scene.id for scene in drawn.scenes]
    assert [{way.to for way in place.ways} for place in made.places] == [
        {way.to for way in scene.ways} for scene in drawn.scenes
    ]


@given(text=st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_a_plain_text_reads_as_it_was_and_holds_no_markup(text: str) -> None:
    text = FORBIDDEN_VALUE.sub("", text)
    found = prose(plain(text))
    assert found.text == re.sub(r"\n{3,}", "\n\n", text).strip()
    assert not found.links
    assert not found.markup
    assert not re.search(r"^::", plain(text), re.MULTILINE)


@given(
    st.lists(
        st.tuples(
            st.text(min_size=1).map(lambda name: " ".join(name.split())).filter(bool),
            st.lists(st.text(min_size=1).filter(lambda tag: len(tag.split()) == 1), max_size=3)
            .map(lambda tags: tuple(tag.strip() for tag in tags)),
            st.none() | st.tuples(st.integers(-999, 9999), st.integers(-999, 9999)),
            st.text(),
        ),
        max_size=5,
    )
)  # fmt: skip
@settings(deadline=None)
def test_the_notation_reads_what_it_writes(given_) -> None:
    written = tuple(
        notation.Passage(name, re.sub(r"(?m)^::", "", re.sub(r"[\r]", "", text)).rstrip(), tags, at)
        for name, tags, at, text in given_
        if name not in (notation.TITLE, notation.DATA)
    )
    story = notation.Story("A title", {"ifid": "X", "start": "Y"}, written)
    read = notation.read(text_of(story))
    assert (read.title, read.data, read.notes) == (story.title, story.data, ())
    assert [(p.name, p.tags, p.position, p.text) for p in read.passages] == [
        (p.name, p.tags, p.position, p.text) for p in written
    ]


@given(text=twee)
@settings(max_examples=150, deadline=None)
def test_whatever_is_a_story_becomes_a_file_that_reads(text: str) -> None:
    try:
        made = carried(notation.read(text), "x.twee")
    except Empty:
        return
    reading = read_again(made)
    scenario = reading.scenario
    assert scenario is not None, [str(problem) for problem in reading.problems]
    # Nothing may lead to a scene, or on from it: that is what the author is told.
    assert {p.code for p in reading.problems if p.severity == "error"} <= {"TT315", "TT316"}
    assert scenario.title == made.title
    for place in made.places:
        scene = scenario.scenes[place.id]
        assert scene.title == place.title
        ((variant,),) = scene.narration.variants.values()
        assert variant.text.rstrip("\n") == (place.narration or "To be written.")
        assert [way.to for way in scene.next] == [way.to for way in place.ways]
        for question in place.questions:
            assert scene.decisions[question.id].title == question.title


@pytest.mark.parametrize(
    ("source", "text", "links"),
    [
        ("[[a]]", "", [("a", "a")]),
        ("Go [[in|hall]] now.", "Go in now.", [("in", "hall")]),
        ("[[in->hall]] or [[out<-yard]]", "in or yard", [("in", "hall"), ("yard", "out")]),
        ("[[a->b->c]]", "", [("a->b", "c")]),
        ("- [[a]]\n- [[b]]", "", [("a", "a"), ("b", "b")]),
        ("(link: 'x')[[[a]]]", "[a]", [("a", "a")]),
        ("[[a", "[[a", []),
        ("<script>x[[0]]</script>", "", []),
        ("&#91;[a]]", "[[a]]", []),
    ],
)
def test_links_are_read_as_every_format_writes_them(source, text, links) -> None:
    found = prose(source)
    assert found.text == text
    assert [(link.text, link.to) for link in found.links] == links


@pytest.mark.parametrize("slug", shipped.SLUGS)
@pytest.mark.parametrize("places", [passages._places, passages._grid])
def test_no_two_passages_lie_on_one_another(slug: str, places) -> None:
    found = places(diagram(shipped.engine(slug).scenario))
    for (ax, ay), (bx, by) in combinations(found.values(), 2):
        assert abs(ax - bx) >= passages.TILE or abs(ay - by) >= passages.TILE
    assert min(min(at) for at in found.values()) >= 0


def test_the_identifier_is_a_version_4_one_and_always_the_same() -> None:
    scenario = shipped.engine("first_hour").scenario
    one, other = (exported(scenario).story.data["ifid"] for _ in range(2))
    assert one == other
    assert re.fullmatch(r"[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}", one)
    assert exported(shipped.engine("larkmoor_row").scenario).story.data["ifid"] != one


def test_marks_are_left_out_unless_asked_for() -> None:
    scenario = shipped.engine("first_hour").scenario
    assert "VC" not in text_of(exported(scenario).story)
    with_marks = exported(scenario, marks=True)
    assert "Mark: VC +2, CI +1" in text_of(with_marks.story)
    assert "the marks" not in with_marks.without


def test_a_story_of_another_origin_becomes_a_skeleton_and_a_list() -> None:
    made = carried(notation.read(FOREIGN), "foreign.twee")
    assert made.title == "The Night Desk"
    assert made.start == "desk"
    places = {place.id: place for place in made.places}
    desk = places["desk"]
    assert desk.narration == (
        "The phone rings. It costs $$5, and $$trust is low. [You know the voice.]\n\n"
        "You could pick it up or wait."
    )
    (choice,) = desk.questions
    assert [option.text for option in choice.options] == [
        "pick it up", "Let it ring", "Call", "Write it down", "Look around",
    ]  # fmt: skip
    assert [way.to for way in desk.ways] == ["call", "nobody", "call", "call", "a_bracketed_place"]
    assert places["call"].narration == "She asks for . Now. <Please.>    a site"
    assert places["a_bracketed_place"].title == "A [bracketed] place"
    assert places["nobody"].ending
    assert read_again(made).scenario is not None
    assert sorted(made.left) == sorted(LEFT)


LEFT = """\
what stands before the first passage: This line stands before everything.
what follows the name in line 42: {"position": oops
UserScript (script)
Look (stylesheet)
StoryInit (a part of its story format)
the name of another Call, in line 39: links lead to the first
comments in A [bracketed] place: <!-- for later -->
macros in Desk: (set: $trust to 3), (if: $trust > 2)
variables in Desk: $calm to 2, $trust
that several links of Desk lead to one passage, each an option now: Call
templates in Call: <% s.x %>
macros in Call: <<print $calm>>
images in Call: [img[door.png]]
variables in Call: name: Ana --
modifiers in Call: [if calm]
inserts in Call: {name}
tags of HTML in Call: <b>, </b>
links of Call to the outside: https://example.org
Nobody, which links lead to and nobody wrote
a way to Call (2): no link leads there
a way to Alone: no link leads there
the story format Harlowe 3.3.8
tags: forest, spooky, start
the places of the passages on the map
""".splitlines()


@pytest.mark.parametrize(
    ("source", "left"),
    [
        (":: A\nx [[B]]\n:: B\n[[A]]\n", "the beginning: it is the first passage, A"),
        (":: A\n[[A]]\n:: StoryData\n[]\n", "StoryData, which is no object of JSON"),
        (
            ':: A\n[[A]]\n:: StoryData\n{"start": "Z"}\n',
            "the beginning Z, which does not exist: it is the first passage, A",
        ),
        (":: A [b\n[[A]]\n", "the tags of line 1 have no end"),
        (":: A\n[[A]] [[A]]\n", "links that stand in A again: A"),
        (
            ":: A\n" + " ".join(f"[[B{n}]]" for n in range(11)),
            "what A offers beyond 9 options: B9 -> B9; B10 -> B10",
        ),
        (":: A\n" + "x" * 13_000, "the end of A, which is too long"),
        (
            ":: A [scene-a]\n\n== Decision: X (advocate) ==\nWhat?\n\n1. a\n2. b\n",
            "what A asks, since it leads nowhere: X",
        ),
    ],
)
def test_each_thing_without_a_place_is_named(source: str, left: str) -> None:
    made = carried(notation.read(source), "x.twee")
    assert left in made.left
    assert read_again(made).scenario is not None


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "x.twee holds no passages of a story"),
        ("Just a letter.\n", "x.twee holds no passages of a story"),
        (":: StoryTitle\nA\n", "x.twee holds no passages of a story"),
        (
            "".join(f":: A{n}\nx\n" for n in range(201)),
            "x.twee holds 201 passages, and a scenario at most 200 scenes; split the story first.",
        ),
    ],
)
def test_what_holds_no_story_is_refused_in_a_sentence(source: str, sentence: str) -> None:
    with pytest.raises(Empty, match=re.escape(sentence)):
        carried(notation.read(source), "x.twee")

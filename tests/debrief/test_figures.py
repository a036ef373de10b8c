"""Figures: drawn from the report alone, and the table behind each says all that is drawn."""

from collections import Counter

import pytest
import shipped
from test_report import PLAYS, played
from whole_session import whole_session

from tabletop.authoring.diagram.measure import width
from tabletop.authoring.diagram.placing import NoLayout
from tabletop.debrief import blocks as b
from tabletop.debrief.among import Alike, Share
from tabletop.debrief.blocks import Table
from tabletop.debrief.figures import way
from tabletop.debrief.figures.agreement import bars
from tabletop.debrief.figures.shapes import Area, Mark, Segment, Words
from tabletop.debrief.figures.timeline import STRIP, timeline
from tabletop.debrief.figures.way import way_through
from tabletop.debrief.pages import pages
from tabletop.debrief.parts import Decided, Shared
from tabletop.debrief.report import build

FEW = PLAYS[::7]


@pytest.fixture(params=FEW, ids=lambda play: f"{play[1]}")
def report(request):
    return build(played(*request.param).record())


def figures(report):
    return [block for page in pages(report) for block in page.blocks if isinstance(block, b.Figure)]


def test_nothing_is_drawn_beside_the_sheet(report):
    for figure in figures(report):
        for shape in figure.shapes:
            match shape:
                case Segment(x1, y1, x2, y2):
                    ends = ((x1, y1), (x2, y2))
                case Mark(x, y, _, _, size):
                    ends = ((x - size, y - size), (x + size, y + size))
                case Area(x, y, width, height):
                    ends = ((x, y), (x + width, y + height))
                case Words(x, y, text, anchor, _, size):
                    wide = {"start": 1, "middle": 0.5, "end": 0}[anchor] * len(text) * size / 2
                    ends = ((x, y), (x + wide, y))
            for x, y in ends:
                assert 0 <= x <= figure.width, (figure.title, shape)
                assert 0 <= y <= figure.height, (figure.title, shape)


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_what_is_written_in_a_figure_can_be_read_on_paper(slug):
    """At least seven points where a letter page shows the figure six and a half inches wide."""
    for figure in figures(build(whole_session(slug))):
        sizes = {shape.size for shape in figure.shapes if isinstance(shape, Words)}
        assert min(sizes) * 6.5 * 72 / figure.width >= 7, figure.title


def test_a_terminal_s_drawing_fits_and_tells_by_shape_alone(report):
    for figure in figures(report):
        for each in figure.drawn:
            # Beneath a label, lines stand further in.
            room = 50 if each.label else 54
            assert all(len(line) <= room for line in each.lines)
        glyphs = [glyph for glyph, _, _ in figure.key]
        assert len(set(glyphs)) == len(glyphs)


def test_the_timeline_holds_every_decision_and_fact(report):
    figure = timeline(report)
    told = [row[3] for row in figure.table.rows]
    moments = [moment for scene in report.story for moment in scene.moments]
    for moment in moments:
        if isinstance(moment.what, Decided):
            assert f"{moment.what.title}: {moment.what.chosen}" in told
    marks = Counter(shape.glyph for shape in figure.shapes if isinstance(shape, Mark))
    decided = [moment.what for moment in moments if isinstance(moment.what, Decided)]
    shared = [moment.what for moment in moments if isinstance(moment.what, Shared)]
    assert marks["diamond"] == sum(len(each.by) for each in decided)
    assert marks["circle"] == sum(not each.kept for each in shared)
    assert marks["ring"] == sum(each.kept for each in shared)
    lines = [line for each in figure.drawn[1:] for line in each.lines]
    assert "".join(lines).count("◆") == marks["diamond"]
    assert len(figure.drawn) == 1 + -(-len(told) // STRIP)


def test_the_way_through_is_the_one_that_was_taken(report):
    figure = way_through(report)
    entered = [scene.title.capitalize() for scene in report.story]
    assert [row[1] for row in figure.table.rows] == entered
    lines = [shape.text for shape in figure.shapes if isinstance(shape, Words)]
    words = " ".join(" ".join(lines).split())
    for number, title in enumerate(entered, 1):
        assert f"{number} {title}" in words
    chosen = " ".join(row[2] for row in figure.table.rows)
    for scene in report.story:
        for moment in scene.moments:
            if isinstance(moment.what, Decided):
                assert moment.what.chosen in chosen


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_a_scene_s_name_stands_in_its_box(slug):
    figure = way_through(build(whole_session(slug)))
    boxes = [each for each in figure.shapes if isinstance(each, Area) and each.tone == "ground"]
    names = [each for each in figure.shapes if isinstance(each, Words) and each.anchor == "middle"]
    assert len(boxes) == len(shipped.engine(slug).scenario.scenes)
    for name in names:
        around = [
            box
            for box in boxes
            if box.x <= name.x <= box.x + box.width
            and box.y + name.size * 0.7 <= name.y <= box.y + box.height - name.size * 0.2
        ]
        assert len(around) == 1, name.text
        assert width(name.text) * name.size <= around[0].width


def test_without_the_library_that_lays_it_out_there_is_no_map(report, monkeypatch):
    def missing(*given):
        raise NoLayout

    monkeypatch.setattr(way, "placed", missing)
    assert way_through(report) is None
    assert [each.title for each in figures(report)][:1] == ["Timeline"]


def test_the_matrix_holds_a_sign_for_everyone_who_came_to_know(report):
    known = report.knowledge
    (figure,) = [
        each for each in figures(report) if each.title == "From which minute on, and from whom"
    ]
    came = Counter(cell.how for fact in known.facts for cell in fact.learned if cell)
    marks = Counter(shape.glyph for shape in figure.shapes if isinstance(shape, Mark))
    revealed = came["decision"] + came["inject"] + came["fact"]
    assert marks == +Counter(
        square=came["held"], circle=came["told"], triangle=revealed, ring=came["hinted"]
    )
    lines = "".join(line for each in figure.drawn[1:] for line in each.lines)
    signs = {"■": "square", "●": "circle", "▲": "triangle", "○": "ring"}
    assert {glyph: lines.count(sign) for sign, glyph in signs.items() if sign in lines} == marks
    minutes = [shape.text for shape in figure.shapes if isinstance(shape, Words)]
    for fact in known.facts:
        for cell in fact.learned:
            if cell is not None and cell.how != "held":
                assert str(cell.at // 60_000 + 1) in minutes


@pytest.mark.parametrize(
    ("agreed", "of", "full", "drawn"), [(0, 7, 0, 0), (7, 7, 380, 20), (2, 7, 108, 6)]
)
def test_a_bar_is_as_long_as_its_share(agreed, of, full, drawn):
    share = Share(agreed, of)
    head = ("Who", "Decisions", "Before", "After")
    table = Table("Pairs", head, (("within x", "4", "a", "b"),))
    figure = bars((Alike(("x",), 4, share, None),), table, "en")
    thick = [
        shape.x2 - shape.x1
        for shape in figure.shapes
        if isinstance(shape, Segment) and not shape.dashed
    ]
    assert [int(each) for each in thick] == ([full] if full else [])
    assert [line.count("█") for each in figure.drawn for line in each.lines] == [drawn, 0]

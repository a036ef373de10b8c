"""What PDF/UA-1 asks of a PDF, as far as it can be read off the file: tags, names, order, texts.

Where veraPDF is at hand it says the same and more; pikepdf is enough for what our template could
get wrong: a heading left out, a picture without words, something drawn outside every tag.
"""

import io
import itertools
from dataclasses import replace
from functools import cache

import pikepdf
import pytest
import shipped
from test_documents import hostile_report
from whole_session import whole_session

from tabletop.debrief import blocks as b
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.documents.kinds import of_record, planned
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.played import played
from tabletop.debrief.figures.shapes import Segment
from tabletop.debrief.formats import pdf

STANDARD = {
    *("Document", "Part", "Sect", "Div", "Caption", "TOC", "TOCI", "P", "L", "LI", "Lbl", "LBody"),
    *("Table", "THead", "TBody", "TR", "TH", "TD", "Span", "Quote", "Reference", "Link", "Figure"),
    *("H1", "H2", "H3", "H4", "H5", "H6", "BlockQuote", "Note", "Code", "Form"),
}
SHOWN = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "EI"}
"""Operators that put something on a page."""
DOCUMENTS = ("after-action-report", "debrief", "handbook", "feedback-form")


@cache
def made(kind):
    """A document and its PDF: of a session with all that can be in one, or of one to come.

    The debrief is full of words that would be markup, and of signs nobody sees.
    """
    if kind == "after-action-report":
        (document,) = of_record(played(whole_session("first_hour")), (kind,))
    elif kind == "debrief":
        document = replace(debrief(hostile_report()), language="fr")
    else:
        (document,) = planned(Occasion(shipped.engine("first_hour"), tool="0"), (kind,))
    return document, pikepdf.open(io.BytesIO(pdf.render(document)))


@pytest.fixture(params=DOCUMENTS)
def document(request):
    return made(request.param)[0]


@pytest.fixture
def opened(request, document):
    return made(document.slug)[1]


def elements(node, inside=()):
    """Every element in reading order: its standard kind, its dictionary, the kinds around it."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each, inside)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        kind = str(node.S)[1:]
        yield kind, node, inside
        if "/K" in node:
            yield from elements(node.K, (*inside, kind))


def tree(opened):
    return list(elements(opened.Root.StructTreeRoot.K))


def test_it_says_what_it_is_and_in_which_language(document, opened):
    root = opened.Root
    assert root.MarkInfo.Marked
    assert not root.MarkInfo.get("/Suspects", False)
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(root.Lang) == document.language
    with opened.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == document.title
        assert document.language in about["dc:language"]
    roles = {str(name)[1:]: str(role)[1:] for name, role in root.StructTreeRoot.RoleMap.items()}
    for kind, _, _ in tree(opened):
        assert roles.get(kind, kind) in STANDARD, kind


def test_headings_leave_out_no_level_and_are_the_document_s(document, opened):
    found = [kind for kind, _, _ in tree(opened) if kind[0] == "H" and kind[1:].isdigit()]
    wanted = []
    for page in document.pages:
        wanted.append("H1")
        wanted += [f"H{x.level - 1}" for x in page.blocks if isinstance(x, b.Heading)]
    assert found == wanted
    assert all(int(after[1]) <= int(before[1]) + 1 for before, after in itertools.pairwise(found))


def test_every_figure_has_words_and_every_table_its_heads(document, opened):
    figures = [node for kind, node, _ in tree(opened) if kind == "Figure"]
    assert [str(node.Alt) for node in figures] == [
        x.described for page in document.pages for x in page.blocks if isinstance(x, b.Figure)
    ]
    tables = [node for kind, node, _ in tree(opened) if kind == "Table"]
    assert tables
    for table in tables:
        parts = list(elements(table.K))
        heads = [node for kind, node, _ in parts if kind == "TH"]
        for head in heads:
            scopes = [str(each.Scope) for each in head.A if "/Scope" in each]
            assert scopes == ["/Column"]
        rows = [list(elements(node.K)) for kind, node, _ in parts if kind == "TR"]
        assert rows
        # What stands in a cell is left aside.
        across = {
            sum(kind in ("TH", "TD") for kind, _, inside in row if not inside) for row in rows
        }
        assert across == {len(heads)}


def test_lists_hold_items_and_nothing_stands_outside_the_document(opened):
    every = tree(opened)
    assert every[0][0] == "Document"
    assert all(inside[:1] == ("Document",) for _, _, inside in every[1:])
    around = {
        "LI": "L",
        "LBody": "LI",
        "Lbl": "LI",
        "TOCI": "TOC",
        "TR": ("THead", "TBody", "Table"),
    }
    for kind, _, inside in every:
        if kind in around:
            assert inside[-1] in around[kind], (kind, inside)


def test_all_that_is_drawn_is_tagged_or_said_to_be_no_content(opened):
    listed = {
        int(number): len(numbers)
        for number, numbers in _numbered(opened.Root.StructTreeRoot.ParentTree)
        if isinstance(numbers, pikepdf.Array)
    }
    for page in opened.pages:
        assert str(page.obj.Tabs) == "/S"
        marks, depth = set(), 0
        for step in pikepdf.parse_content_stream(page):
            match str(step.operator):
                case "BDC" | "BMC":
                    depth += 1
                    given = step.operands[1] if len(step.operands) > 1 else {}
                    if "/MCID" in given:
                        marks.add(int(given["/MCID"]))
                case "EMC":
                    depth -= 1
                case operator if operator in SHOWN:
                    assert depth, operator
        assert depth == 0
        assert marks == set(range(listed.get(int(page.obj.StructParents), 0)))


def _numbered(tree):
    """The pairs of a number tree."""
    for child in tree.get("/Kids", ()):
        yield from _numbered(child)
    pairs = list(tree.get("/Nums", ()))
    yield from zip(pairs[::2], pairs[1::2], strict=True)


def test_every_font_is_there_and_can_be_read_out(opened):
    fonts = [x for x in opened.objects if isinstance(x, pikepdf.Dictionary) and "/ToUnicode" in x]
    named = [
        x for x in opened.objects
        if isinstance(x, pikepdf.Dictionary) and x.get("/Type") == "/Font" and "/Encoding" in x
    ]  # fmt: skip
    assert fonts
    assert len(fonts) == len(named)
    for font in fonts:
        for inner in font.DescendantFonts:
            assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())


def test_what_leads_elsewhere_says_where_and_leads_within(opened):
    leading = [
        each
        for page in opened.pages
        for each in page.obj.get("/Annots", ())
        if str(each.Subtype) == "/Link"
    ]
    for each in leading:
        assert str(each.Contents)
        assert "/StructParent" in each
        assert "/URI" not in str(each.get("/A", ""))


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize(("width", "height"), [(640, 3000), (2000, 300), (100, 80)])
def test_a_figure_of_any_shape_lies_whole_on_its_sheet(wide, width, height):
    table = b.Table("Behind", ("One",), (("cell",),))
    line = Segment(0, 0, width, height)
    figure = b.Figure("A", "Drawn.", width, height, (line,), (), (), table)
    page = b.Page("page", "Page", (figure,), wide=wide)
    given = replace(made("feedback-form")[0], pages=(page,))
    opened = pikepdf.open(io.BytesIO(pdf.render(given)))
    (node,) = [node for kind, node, _ in tree(opened) if kind == "Figure"]
    (box,) = [each.BBox for each in node.A if "/BBox" in each]
    left, low, right, high = map(float, box)
    across, along = map(float, node.Pg.MediaBox[2:])
    assert 70 < left < right < across - 70
    assert 60 < low < high < along - 60

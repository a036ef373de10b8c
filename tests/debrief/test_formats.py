"""Word and PDF: what stands in them, that it is harmless, and that its structure is real."""

import io
import itertools
import re
import shutil
import subprocess
import tomllib
import zipfile
from dataclasses import replace
from functools import cache

import docx
import pikepdf
import pytest
import shipped
from docx.oxml.ns import qn
from test_documents import STEERING, hostile_report, shipped_report
from whole_session import whole_session

from tabletop.conduct.document_files import save_documents
from tabletop.conduct.errors import SetupError
from tabletop.debrief import blocks as b
from tabletop.debrief.documents.debrief import debrief
from tabletop.debrief.documents.kinds import of_record, planned
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.played import played
from tabletop.debrief.formats import pdf, word
from tabletop.debrief.formats.missing import REQUIREMENTS, MissingSign

REPORTS = [hostile_report, shipped_report]


def tables_too(document):
    """Every block, and the tables behind figures."""
    for page in document.pages:
        for block in page.blocks:
            yield block
            if isinstance(block, b.Figure):
                yield block.table


@pytest.fixture(scope="module", params=REPORTS)
def report(request):
    return request.param()


def test_a_pdf_runs_nothing_and_asks_for_nothing(report):
    opened = pikepdf.open(io.BytesIO(pdf.render(debrief(report))))
    for each in opened.objects:
        if isinstance(each, pikepdf.Dictionary):
            assert not {"/JS", "/JavaScript", "/URI", "/Launch", "/OpenAction"} & set(each.keys())


def test_the_same_document_is_the_same_pdf():
    assert pdf.render(debrief(shipped_report())) == pdf.render(debrief(shipped_report()))


def test_a_word_file_says_all_that_its_document_says(report):
    document = debrief(report)
    opened = docx.Document(io.BytesIO(word.render(document)))
    text = "\n".join(
        [each.text for each in opened.paragraphs]
        + [cell.text for grid in opened.tables for row in grid.rows for cell in row.cells]
    )
    assert not STEERING.search(text)
    for page in document.pages:
        assert page.title in text
        for block in page.blocks:
            for said in said_in(block):
                assert said in text


def said_in(block):
    match block:
        case b.Heading():
            return (block.text, block.aside)
        case b.Line():
            return (block.text,)
        case b.Rows():
            return tuple(row.label for row in block.rows)
        case b.Table():
            return (block.caption, *block.head)
        case b.Ask():
            return (block.question,)
    return ()


def test_a_word_file_has_real_structure(report):
    document = debrief(report)
    opened = docx.Document(io.BytesIO(word.render(document)))
    styles = [each.style.name for each in opened.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == len(document.pages)
    levels = [int(name[-1]) for name in styles if name.startswith("Heading ")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    blocks = [*tables_too(document)]
    tables = [block for block in blocks if isinstance(block, b.Table)]
    assert len(opened.tables) == len(tables)
    for grid, block in zip(opened.tables, tables, strict=True):
        rows = [row._tr.trPr for row in grid.rows]
        heads = [row.find(qn("w:tblHeader")) is not None for row in rows]
        assert heads == [True] + [False] * len(block.rows)
        assert grid._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == block.caption
    charts = [block for block in blocks if isinstance(block, b.Figure)]
    described = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert described == [chart.described for chart in charts]
    assert opened.core_properties.title == document.title
    assert opened.core_properties.language == "en-US"
    for section in opened.sections:
        for part in (section.header, section.footer):
            assert document.marking in part.paragraphs[0].text


@cache
def whole_report():
    """A report with all that can be in one, and as it is in Word."""
    (made,) = of_record(played(whole_session("first_hour")), ("after-action-report",))
    return made, word.render(made)


def test_a_word_file_leaves_room_by_styles_and_not_by_empty_paragraphs():
    opened = docx.Document(io.BytesIO(whole_report()[1]))
    for paragraph in opened.paragraphs:
        shown = paragraph.text.strip() or paragraph._p.findall(f".//{qn('w:drawing')}")
        # A line to write on is a tab with a leader; a section ends in a paragraph of its own.
        ends = paragraph._p.pPr is not None and paragraph._p.pPr.sectPr is not None
        assert shown or "\t" in paragraph.text or ends, paragraph._p.getprevious()


def test_a_word_file_counts_its_pages_and_leads_to_its_parts():
    document, made = whole_report()
    opened = docx.Document(io.BytesIO(made))
    fields = [
        each.get(qn("w:instr"))
        for each in opened.sections[0].footer._element.iter(qn("w:fldSimple"))
    ]
    assert fields == ["PAGE", "NUMPAGES"]
    body = opened.element.body
    places = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    led = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))]
    assert led == [page.slug for page in document.pages]
    assert set(led) == places


def test_a_word_file_turns_its_sheets_where_tables_are_wide():
    document, made = whole_report()
    opened = docx.Document(io.BytesIO(made))
    turned = [section.page_width > section.page_height for section in opened.sections]
    sheets = [page.wide for page in document.pages]
    assert turned == [wide for wide, _ in itertools.groupby([False, *sheets])]
    assert any(turned)


def test_lists_in_a_word_file_begin_with_one():
    lists = (b.Items(("a", "b"), "number"), b.Line("Between."), b.Items(("c",), "number"))
    page = b.Page("p", "Page", (*lists, b.Authored("1. d\n2. e"), b.Items(("f",), "box")))
    opened = docx.Document(io.BytesIO(word.render(replace(whole_report()[0], pages=(page,)))))
    numbered = [each for each in opened.paragraphs if each.style.name == "List Number"]
    kinds = [each._p.pPr.numPr.numId.val for each in numbered]
    assert [each.text for each in numbered] == list("abcde")
    assert kinds[0] == kinds[1]
    assert kinds[3] == kinds[4]
    assert len(set(kinds)) == 3
    numbering = opened.part.numbering_part.element
    for each in kinds:
        begins = numbering.num_having_numId(each).findall(f".//{qn('w:startOverride')}")
        assert [start.get(qn("w:val")) for start in begins] == ["1"]


def test_a_word_file_names_nobody_and_links_nowhere():
    """Not even in its properties, which people forget."""
    made = zipfile.ZipFile(io.BytesIO(word.render(debrief(hostile_report()))))
    for name in made.namelist():
        if name.endswith(".rels"):
            assert b"External" not in made.read(name)
    core = made.read("docProps/core.xml").decode()
    assert re.search("<dc:creator>tabletop</dc:creator>", core)
    assert "python-docx" not in core


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
def test_libreoffice_opens_it_and_makes_a_pdf_of_it(tmp_path):
    (tmp_path / "debrief.docx").write_bytes(word.render(debrief(shipped_report())))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "debrief.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert len(pikepdf.open(tmp_path / "debrief.pdf").pages) > 1


@pytest.mark.parametrize(("form", "package"), [("docx", "docx"), ("pdf", "typst")])
def test_without_the_extra_one_sentence_says_what_to_install(
    tabletop, finished, tmp_path, form, package
):
    (tmp_path / f"{package}.py").write_text("raise ModuleNotFoundError\n", encoding="utf-8")
    without = {"PYTHONPATH": f"{tmp_path}:{shipped.ROOT.parent}"}
    out = tmp_path / "out"
    said = tabletop("debrief", finished, "-o", str(out), "--format", form, **without)
    assert said.code == 2
    assert len(said.err.strip().splitlines()) == 1
    assert all(f"'{each}'" in said.err for each in REQUIREMENTS)
    assert not out.exists()


def test_what_is_to_be_installed_is_what_the_extra_asks_for():
    project = tomllib.loads((shipped.ROOT.parent / "pyproject.toml").read_text())["project"]
    assert project["optional-dependencies"]["reports"] == list(REQUIREMENTS)


def test_the_command_saves_every_format_it_is_asked_for(tabletop, finished, tmp_path):
    formats = [arg for form in ("md", "docx", "pdf") for arg in ("--format", form)]
    said = tabletop("debrief", finished, "-o", str(tmp_path / "out"), *formats)
    assert said.code == 0
    begins = {path: path.read_bytes()[:4] for path in (tmp_path / "out").iterdir()}
    wanted = {".md": b"# ", ".docx": b"PK\3\4", ".pdf": b"%PDF"}
    assert {path.suffix for path in begins} == set(wanted)
    assert all(found.startswith(wanted[path.suffix]) for path, found in begins.items())


def test_every_paper_can_be_had_as_word_and_as_pdf():
    """Forms, tables to fill in and pages of their own among them."""
    occasion = Occasion(shipped.engine("first_hour"), tool="0")
    for document in planned(occasion):
        opened = pikepdf.open(io.BytesIO(pdf.render(document)))
        assert opened.open_metadata()["dc:title"] == document.title
        fields = [
            field
            for page in document.pages
            for block in page.blocks
            if isinstance(block, b.Form)
            for field in block.fields
        ]
        told = [each.text for each in docx.Document(io.BytesIO(word.render(document))).paragraphs]
        for field in fields:
            assert any(each.startswith(f"{field.label}: ") for each in told), field.label


def test_a_sign_that_no_font_has_is_one_sentence(tmp_path):
    given = replace(debrief(shipped_report()), title="A \u0378 title")
    with pytest.raises(MissingSign, match="can't show the sign"):
        pdf.render(given)
    with pytest.raises(SetupError, match="Save as Word or HTML"):
        save_documents([given], ["pdf"], tmp_path, "x")

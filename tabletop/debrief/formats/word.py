"""Word: a document that opens accessible and can be edited, with real structure in it.

Headings are Word's own headings, the first row of a table is its header and repeats, tables and
pictures carry a description, and the language is set, so that an agency can go on working in it and
a screen reader can read it. A figure is a picture beside its table; drawing it takes typst, which
comes with the same extra.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, assert_never

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import (
    Ask,
    Authored,
    Block,
    Field,
    Figure,
    Form,
    Heading,
    Items,
    Line,
    Rows,
    Table,
)
from tabletop.debrief.documents.document import Document
from tabletop.debrief.formats.columns import shares
from tabletop.debrief.formats.missing import MissingPackage
from tabletop.debrief.formats.picture import png
from tabletop.debrief.prose import clean, passages
from tabletop.wording import say

if TYPE_CHECKING:
    from docx.document import Document as Sheet
    from docx.table import Table as Grid
    from docx.text.paragraph import Paragraph

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_LANGUAGES = {"en": "en-US"}
_WIDE = 6.5
"""Inches between the margins of a letter page."""
_GREY = "4A5157"


def render(document: Document) -> bytes:
    """The document as a Word file.

    Raises:
        MissingPackage: where python-docx is not installed.
    """
    try:
        import docx
    except ModuleNotFoundError:
        raise MissingPackage("Word") from None
    return _Writing(docx.Document(), document).whole()


class _Writing:
    """One document being written."""

    def __init__(self, sheet: Sheet, document: Document) -> None:
        """Prepares an empty sheet."""
        self.sheet = sheet
        self.document = document
        self._set_up()

    def whole(self) -> bytes:
        """Everything, as the bytes of the file."""
        self._paragraph(self.document.title, "Title")
        if not self.document.notice_last:
            self._notice()
        for page in self.document.pages:
            heading = self.sheet.add_heading(clean(page.title), 1)
            heading.paragraph_format.page_break_before = page.fresh
            for block in page.blocks:
                self._block(block)
        if self.document.notice_last:
            self._notice()
        out = BytesIO()
        self.sheet.save(out)
        return out.getvalue()

    def _notice(self) -> None:
        for each in self.document.notice:
            self._paragraph(each, "Aside")

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self.sheet.add_heading(clean(block.text), block.level - 1)
                if block.aside:
                    self._paragraph(block.aside, "Aside").paragraph_format.keep_with_next = True
            case Line():
                self._line(block)
            case Authored():
                self._authored(block)
            case Rows():
                for row in block.rows:
                    self._labelled(row.label, row.text)
            case Items():
                for item in block.items:
                    self._paragraph(item, "List Bullet")
            case Ask():
                self._ask(block)
            case Table():
                self._table(block)
            case Form():
                for field in block.fields:
                    self._field(field)
            case Figure():
                self._figure(block)
            case _:
                assert_never(block)

    def _paragraph(self, text: str, style: str = "Normal") -> Paragraph:
        return self.sheet.add_paragraph(clean(text), style)

    def _line(self, block: Line) -> None:
        run = self.sheet.add_paragraph().add_run(clean(block.text))
        run.bold = True if block.tone == "strong" else None
        if block.tone == "quiet":
            run.font.color.rgb = _colour()

    def _authored(self, block: Authored) -> None:
        styles = {"paragraph": "Normal", "bullet": "List Bullet", "number": "List Number"}
        for passage in passages(block.text):
            paragraph = self.sheet.add_paragraph(style=styles[passage.kind])
            for run in passage.runs:
                made = paragraph.add_run(run.text)
                made.bold, made.italic = run.strong or None, run.emphasis or None

    def _labelled(self, label: str, text: str) -> None:
        from docx.shared import Inches

        paragraph = self.sheet.add_paragraph()
        shape = paragraph.paragraph_format
        shape.left_indent, shape.first_line_indent = Inches(0.5), Inches(-0.25)
        paragraph.add_run(f"{clean(label)}: ").bold = True
        paragraph.add_run(clean(text))

    def _field(self, field: Field) -> None:
        """A label with what stands beside it, or with lines up to the margin to write on."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Inches, Pt

        paragraph = self.sheet.add_paragraph()
        paragraph.add_run(f"{clean(field.label)}: ").bold = True
        if field.text:
            paragraph.add_run(clean(field.text))
            return
        for number in range(field.lines):
            line = paragraph if not number else self.sheet.add_paragraph()
            shape = line.paragraph_format
            shape.space_before = Pt(8)
            shape.tab_stops.add_tab_stop(Inches(_WIDE), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
            line.add_run("\t")

    def _ask(self, block: Ask) -> None:
        question = self.sheet.add_paragraph()
        question.add_run(clean(block.question)).bold = True
        question.paragraph_format.keep_with_next = True
        for who, words in block.written:
            self._paragraph(words, "Quote").paragraph_format.keep_with_next = True
            self._paragraph(who, "Aside")
        if not block.written:
            nothing = say("Nothing was written here.", language=self.document.language)
            self._line(Line(nothing, "quiet"))

    def _table(self, block: Table) -> None:
        from docx.oxml import OxmlElement
        from docx.shared import Pt

        self._paragraph(block.caption, "Caption").paragraph_format.keep_with_next = True
        grid = self.sheet.add_table(rows=0, cols=len(block.head), style="Table Grid")
        _described(grid, block.caption)
        for number, row in enumerate((block.head, *block.rows)):
            made = grid.add_row()
            properties = made._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if not number:
                properties.append(OxmlElement("w:tblHeader"))
            for place, (cell, text) in enumerate(zip(made.cells, row, strict=True)):
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                run = paragraph.add_run(clean(text))
                run.bold = True if not number or not place else None
                run.font.size = Pt(9)
            if block.to_fill and number:
                made.height = Pt(26)
        _widen(grid, block)
        self.sheet.add_paragraph()

    def _figure(self, block: Figure) -> None:
        from docx.shared import Inches

        picture = self.sheet.add_picture(BytesIO(png(block)), width=Inches(_WIDE))
        about = picture._inline.docPr
        about.set("descr", clean(block.described))
        about.set("title", clean(block.title))
        names = w.glyphs(self.document.language)
        key = "; ".join(f"{names[glyph]}: {clean(text)}" for glyph, _, text in block.key)
        self._paragraph(key, "Caption")
        self._table(block.table)

    # Before anything is written.

    def _set_up(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Inches, Pt, RGBColor

        about = self.sheet.core_properties
        about.title, about.author, about.comments = clean(self.document.title), "tabletop", ""
        about.language = _LANGUAGES.get(self.document.language, self.document.language)
        about.created = about.modified = _UNDATED
        section = self.sheet.sections[0]
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(1)
        self._marking(section.header.paragraphs[0], numbered=False)
        self._marking(section.footer.paragraphs[0], numbered=True)
        ink = RGBColor(0, 0, 0)
        for style in self.sheet.styles:
            if style.type == WD_STYLE_TYPE.PARAGRAPH:
                style.font.color.rgb = ink
        normal = self.sheet.styles["Normal"]
        normal.font.size, normal.paragraph_format.space_after = Pt(10.5), Pt(6)
        quiet = self.sheet.styles.add_style("Aside", WD_STYLE_TYPE.PARAGRAPH)
        quiet.base_style = normal
        quiet.font.size, quiet.font.color.rgb = Pt(9), _colour()
        quiet.paragraph_format.space_after = Pt(4)
        for element in self.sheet.styles.element.iter(_name("lang")):
            element.set(_name("val"), about.language)

    def _marking(self, paragraph: Paragraph, *, numbered: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(clean(self.document.marking))
        if numbered:
            paragraph.add_run(" · ")
            before, after = say(
                "Page {number}", language=self.document.language, number="\0"
            ).split("\0")
            paragraph.add_run(before)
            _page_number(paragraph)
            paragraph.add_run(after)


def _colour() -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(_GREY)


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    found: str = qn(f"w:{name}")
    return found


def _described(grid: Grid, text: str) -> None:
    """Gives a table the description that Word shows as its alternative text."""
    from docx.oxml import OxmlElement

    element = OxmlElement("w:tblCaption")
    element.set(_name("val"), clean(text))
    grid._tbl.tblPr.append(element)


def _widen(grid: Grid, block: Table) -> None:
    from docx.shared import Inches

    grid.autofit = False
    given = shares(block)
    for column, share in zip(grid.columns, given, strict=True):
        column.width = Inches(_WIDE * share / sum(given))
        for cell in column.cells:
            cell.width = column.width


def _page_number(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement

    field = OxmlElement("w:fldSimple")
    field.set(_name("instr"), "PAGE")
    paragraph._p.append(field)

"""Word: a document that opens accessible and can be edited, with real structure in it.

Headings are Word's own headings, the first row of a table is its header and repeats, tables and
pictures carry a description, and the language is set, so that an agency can go on working in it and
a screen reader can read it. A figure is a picture beside its table; drawing it takes typst, which
comes with the same extra. What lies under the text is in `word_sheet.py`.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, assert_never

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
    Page,
    Rows,
    Table,
)
from tabletop.debrief.documents.document import Document
from tabletop.debrief.formats import word_sheet
from tabletop.debrief.formats.columns import MANY, shares
from tabletop.debrief.formats.missing import MissingPackage
from tabletop.debrief.formats.picture import png
from tabletop.debrief.prose import clean, passages
from tabletop.wording import say

if TYPE_CHECKING:
    from docx.document import Document as Sheet
    from docx.text.paragraph import Paragraph

_BROAD, _TALL = 6.5, 8.0
"""Inches a figure may take of a sheet."""
_MANY = 6
"""Pages beyond which a document begins with what stands in it."""


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
        self.wide = document.wide
        """Whether the sheet written on lies on its side."""
        self.apart = False
        """Whether a table was written last, from which what follows has to stand off."""
        word_sheet.prepare(sheet, document)

    def whole(self) -> bytes:
        """Everything, as the bytes of the file."""
        self._paragraph(self.document.title, "Title")
        if not self.document.notice_last:
            self._notice()
        if len(self.document.pages) > _MANY:
            self._contents()
        for number, page in enumerate(self.document.pages):
            self._page(page, number)
        if self.document.notice_last:
            self._notice()
        out = BytesIO()
        self.sheet.save(out)
        return out.getvalue()

    def _notice(self) -> None:
        for each in self.document.notice:
            self._paragraph(each, "Aside")

    def _contents(self) -> None:
        self._paragraph(say("Contents", language=self.document.language), "Caption")
        for page in self.document.pages:
            entry = self._paragraph("", "Labelled")
            word_sheet.leading(entry, page.title, page.slug)

    def _page(self, page: Page, number: int) -> None:
        turned = page.wide != self.wide
        if turned:
            self.wide = page.wide
            word_sheet.lay(self.sheet.add_section(), wide=page.wide)
        heading = self._paragraph(page.title, "Heading 1")
        heading.paragraph_format.page_break_before = page.fresh and not turned
        word_sheet.marked(heading, page.slug, number)
        for block in page.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._paragraph(block.text, f"Heading {block.level - 1}")
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
                self._items(block)
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

    def _paragraph(self, text: str = "", style: str = "Normal") -> Paragraph:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph = self.sheet.add_paragraph(clean(text), style)
        if self.document.centered and style in ("Title", "Heading 1", "Normal"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if self.apart and not style.startswith("Heading"):
            paragraph.paragraph_format.space_before = Pt(8)
        self.apart = False
        return paragraph

    def _line(self, block: Line) -> None:
        paragraph = self._paragraph()
        run = paragraph.add_run(clean(block.text))
        paragraph.paragraph_format.keep_with_next = block.leads or None
        if block.tone == "strong":
            run.bold = True
        if block.tone == "quiet":
            run.font.color.rgb = word_sheet.colour()

    def _authored(self, block: Authored) -> None:
        styles = {"paragraph": "Normal", "bullet": "List Bullet", "number": "List Number"}
        numbers = 0
        for passage in passages(block.text):
            paragraph = self._paragraph("", styles[passage.kind])
            numbers = self._numbered(paragraph, numbers) if passage.kind == "number" else 0
            for run in passage.runs:
                made = paragraph.add_run(run.text)
                made.bold, made.italic = run.strong or None, run.emphasis or None

    def _items(self, block: Items) -> None:
        numbers = 0
        for mark, item in block.marked():
            match block.mark:
                case "bullet":
                    self._paragraph(item, "List Bullet")
                case "number":
                    numbers = self._numbered(self._paragraph(item, "List Number"), numbers)
                case "box":
                    self._paragraph(f"{mark}\t{item}", "To tick")

    def _numbered(self, paragraph: Paragraph, numbers: int) -> int:
        """Counts a paragraph in a numbering, in a new one where there is none yet; which."""
        numbers = numbers or word_sheet.counted(self.sheet)
        word_sheet.counting(paragraph, numbers)
        return numbers

    def _labelled(self, label: str, text: str) -> None:
        paragraph = self._paragraph("", "Labelled")
        paragraph.add_run(f"{clean(label)}: ").bold = True
        paragraph.add_run(clean(text))

    def _field(self, field: Field) -> None:
        """A label with what stands beside it, or with lines up to the margin to write on."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Inches, Pt

        paragraph = self._paragraph()
        paragraph.add_run(f"{clean(field.label)}: ").bold = True
        if field.text:
            paragraph.add_run(clean(field.text))
            return
        for number in range(field.lines):
            line = paragraph if not number else self._paragraph()
            shape = line.paragraph_format
            shape.space_before, shape.keep_with_next = Pt(8), number + 1 < min(field.lines, 3)
            margin = Inches(word_sheet.breadth(wide=self.wide))
            shape.tab_stops.add_tab_stop(margin, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
            line.add_run("\t")

    def _ask(self, block: Ask) -> None:
        question = self._paragraph()
        question.add_run(clean(block.question)).bold = True
        question.paragraph_format.keep_with_next = True
        for who, words in block.written:
            self._paragraph(words, "Quote").paragraph_format.keep_with_next = True
            self._paragraph(who, "Aside")
        if not block.written:
            nothing = say("Nothing was written here.", language=self.document.language)
            self._line(Line(nothing, "quiet"))

    def _table(self, block: Table) -> None:
        from docx.shared import Inches, Pt
        from docx.table import _Cell

        self._paragraph(block.caption, "Caption")
        rows = (block.head, *block.rows)
        grid = self.sheet.add_table(len(rows), len(block.head), "Table Grid")
        grid.autofit = False
        word_sheet.described(grid, block.caption)
        given = shares(block, wide=self.wide)
        across = word_sheet.breadth(wide=self.wide)
        widths = [Inches(across * share / sum(given)) for share in given]
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        for number, (made, row) in enumerate(zip(grid._tbl.tr_lst, rows, strict=True)):
            properties = made.get_or_add_trPr()
            properties.append(word_sheet.element("cantSplit"))
            if not number:
                properties.append(word_sheet.element("tblHeader"))
            elif block.to_fill:
                made.trHeight_val = Pt(26)
            for place, (found, text) in enumerate(zip(made.tc_lst, row, strict=True)):
                cell = _Cell(found, grid)
                cell.width = widths[place]
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                run = paragraph.add_run(clean(text))
                run.bold = True if not number or (not place and block.named) else None
                if block.short and not block.to_fill and number < len(block.rows):
                    paragraph.paragraph_format.keep_with_next = True
                run.font.size = Pt(8 if len(block.head) > MANY else 9)
                if not number:
                    found.get_or_add_tcPr().append(
                        word_sheet.element("shd", val="clear", fill=word_sheet.FIELD)
                    )
        self.apart = True

    def _figure(self, block: Figure) -> None:
        from docx.shared import Inches

        paragraph = self._paragraph()
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(
            BytesIO(png(block)), width=Inches(min(_BROAD, _TALL * block.width / block.height))
        )
        about = picture._inline.docPr
        about.set("descr", clean(block.described))
        about.set("title", clean(block.title))
        names = w.glyphs(self.document.language)
        key = "; ".join(f"{names[glyph]}: {clean(text)}" for glyph, _, text in block.key)
        self._paragraph(key, "Caption")
        self._table(block.table)

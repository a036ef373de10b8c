"""Word's sheet: what lies under the text of a document: styles, margins, marking, page numbers.

Much of it python-docx has no words for, so it is written as the elements Word reads. Nothing here
knows of blocks.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tabletop.debrief.documents.document import Document
from tabletop.debrief.prose import clean
from tabletop.wording import say

if TYPE_CHECKING:
    from docx.document import Document as Sheet
    from docx.section import Section
    from docx.table import Table as Grid
    from docx.text.paragraph import Paragraph

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""So that the same document gives the same file."""
_LANGUAGES = {"en": "en-US"}
_ACROSS, _ALONG, _MARGIN = 8.5, 11.0, 1.0
"""Inches of a letter page."""
_GREY, RULE, FIELD = "4A5157", "B9BFC4", "F2F1EE"


def prepare(sheet: Sheet, document: Document) -> None:
    """Sets up an empty sheet for a document."""
    about = sheet.core_properties
    about.title, about.author, about.comments = clean(document.title), "tabletop", ""
    about.language = _LANGUAGES.get(document.language, document.language)
    about.created = about.modified = _UNDATED
    section = sheet.sections[0]
    lay(section, wide=document.wide)
    _marking(section.header.paragraphs[0], document, numbered=False)
    _marking(section.footer.paragraphs[0], document, numbered=True)
    _styles(sheet)
    for element in sheet.styles.element.iter(name("lang")):
        element.set(name("val"), about.language)


def lay(section: Section, *, wide: bool) -> None:
    """A section's pages upright, or on their side."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Inches

    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    across, along = (_ALONG, _ACROSS) if wide else (_ACROSS, _ALONG)
    section.page_width, section.page_height = Inches(across), Inches(along)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Inches(_MARGIN))


def breadth(*, wide: bool) -> float:
    """Inches between the margins."""
    return (_ALONG if wide else _ACROSS) - 2 * _MARGIN


def colour() -> Any:
    """That of what is said quietly."""
    from docx.shared import RGBColor

    return RGBColor.from_string(_GREY)


def name(of: str) -> str:
    """An element or attribute of Word's by the name its file format gives it."""
    from docx.oxml.ns import qn

    found: str = qn(f"w:{of}")
    return found


def element(of: str, **attributes: str) -> Any:
    """An element of Word's with attributes of its own kind."""
    from docx.oxml import OxmlElement

    made = OxmlElement(f"w:{of}")
    for each, value in attributes.items():
        made.set(name(each), value)
    return made


def described(grid: Grid, text: str) -> None:
    """Gives a table the description that Word shows as its alternative text."""
    grid._tbl.tblPr.append(element("tblCaption", val=clean(text)))


def marked(paragraph: Paragraph, place: str, number: int) -> None:
    """Makes a paragraph a place that can be led to."""
    begin = element("bookmarkStart", id=str(number), name=place)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, begin)
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def leading(paragraph: Paragraph, text: str, place: str) -> None:
    """Writes text that leads to a place."""
    link = element("hyperlink", anchor=place, history="1")
    run = paragraph.add_run(clean(text))
    link.append(run._r)
    paragraph._p.append(link)


def counted(sheet: Sheet) -> int:
    """A numbering of its own for a list, by the number Word knows it by."""
    numbering = sheet.part.numbering_part.element
    style = sheet.styles["List Number"].element.pPr.numPr.numId.val
    made = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    found: int = made.numId
    return found


def counting(paragraph: Paragraph, numbers: int) -> None:
    """Puts a paragraph into a numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbers


def _styles(sheet: Sheet) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Inches, Pt, RGBColor

    ink = RGBColor(0, 0, 0)
    for style in sheet.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            style.font.color.rgb = ink
    normal = sheet.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(10.5), Pt(6)
    normal.paragraph_format.line_spacing = 1.1
    sheet.styles["Title"].font.size = Pt(22)
    sheet.styles["Heading 1"].font.size = Pt(15)
    for level in range(1, 5):
        shape = sheet.styles[f"Heading {level}"].paragraph_format
        shape.space_after, shape.keep_with_next = Pt(4), True
    for border in sheet.styles["Table Grid"].element.iter(name("tblBorders")):
        for line in border:
            line.set(name("color"), RULE)
    for edge in ("Header", "Footer"):
        sheet.styles[edge].font.size = Pt(8.5)
    caption = sheet.styles["Caption"].paragraph_format
    caption.space_before, caption.space_after, caption.keep_with_next = Pt(8), Pt(3), True
    quiet = sheet.styles.add_style("Aside", WD_STYLE_TYPE.PARAGRAPH)
    quiet.base_style = normal
    quiet.font.size, quiet.font.color.rgb = Pt(9), colour()
    quiet.paragraph_format.space_after = Pt(4)
    hanging = {"Labelled": (0.5, -0.25), "To tick": (0.3, -0.3)}
    for title, (left, first) in hanging.items():
        shape = sheet.styles.add_style(title, WD_STYLE_TYPE.PARAGRAPH)
        shape.base_style = normal
        shape.paragraph_format.left_indent = Inches(left)
        shape.paragraph_format.first_line_indent = Inches(first)
        shape.paragraph_format.space_after = Pt(3)


def _marking(paragraph: Paragraph, document: Document, *, numbered: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(clean(document.marking))
    if not numbered:
        return
    paragraph.add_run().add_break()
    paragraph.add_run(f"{clean(document.title)} · ")
    said = say("Page {number} of {count}", language=document.language, number="\0", count="\1")
    before, _, rest = said.partition("\0")
    between, _, after = rest.partition("\1")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        paragraph.add_run(text)
        if field:
            paragraph._p.append(element("fldSimple", instr=field))

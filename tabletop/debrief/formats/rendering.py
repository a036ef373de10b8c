"""Rendering: a document in any of the formats, as the bytes of its file."""

from typing import Literal, get_args

from tabletop.debrief.documents.document import Document

Form = Literal["md", "html", "docx", "pdf"]
FORMS: tuple[Form, ...] = get_args(Form)


def render(document: Document, form: Form) -> bytes:
    """The document as a file; each format's own packages are imported when it is asked for.

    Raises:
        MissingPackage: where this installation lacks what the format needs.
    """
    match form:
        case "md":
            from tabletop.debrief.formats import markdown

            return markdown.render(document).encode()
        case "html":
            from tabletop.debrief.formats import html

            return html.render(document).encode()
        case "docx":
            from tabletop.debrief.formats import word

            return word.render(document)
        case "pdf":
            from tabletop.debrief.formats import pdf

            return pdf.render(document)

"""The debrief as a document."""

from tabletop.debrief.documents.document import Document
from tabletop.debrief.pages import notice, pages
from tabletop.debrief.parts import Report
from tabletop.wording import say


def debrief(report: Report) -> Document:
    """A report as it is read: reactions first, numbers last."""
    marking, *rest = notice(report)
    return Document(
        slug="debrief",
        title=say("Debrief: {title}", language=report.language, title=report.notice.title),
        marking=marking,
        notice=tuple(rest),
        pages=pages(report),
        language=report.language,
    )

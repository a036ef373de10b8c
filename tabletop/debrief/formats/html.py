"""HTML: a document as one file that needs nothing else and asks for nothing.

Templates come from this package and escape everything; the only text that arrives as markup is an
author's CommonMark, set by a parser that knows neither HTML nor links. No script, no font, no
image from elsewhere.
"""

from tabletop.debrief.documents.document import Document
from tabletop.debrief.formats.templates import environment
from tabletop.wording import say


def render(document: Document, back: str = "") -> str:
    """The document as one HTML page, with a way back where it was reached from a page."""
    language = document.language
    return (
        environment()
        .get_template("document.html")
        .render(
            document=document,
            back=back,
            way=say("Back to your page", language=language),
            contents=say("Contents", language=language),
            nothing=say("Nothing was written here.", language=language),
            blank=say("room to write", language=language),
        )
    )

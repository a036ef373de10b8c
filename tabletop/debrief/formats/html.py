"""HTML: a document as one file that needs nothing else and asks for nothing.

Templates come from this package and escape everything; the only text that arrives as markup is an
author's CommonMark, set by a parser that knows neither HTML nor links. No script, no font, no
image from elsewhere.
"""

from functools import cache
from typing import TYPE_CHECKING

from tabletop.debrief import prose
from tabletop.debrief.chart import drawing
from tabletop.debrief.documents.document import Document
from tabletop.wording import say

if TYPE_CHECKING:
    from jinja2 import Environment


def render(document: Document, back: str = "") -> str:
    """The document as one HTML page, with a way back where it was reached from a page."""
    language = document.language
    return (
        _environment()
        .get_template("document.html")
        .render(
            document=document,
            back=back,
            way=say("Back to your page", language=language),
            contents=say("Contents", language=language),
            nothing=say("Nothing was written here.", language=language),
        )
    )


@cache
def _environment() -> "Environment":
    # Only who saves a document pays for importing the template engine.
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("tabletop.debrief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = prose.clean
    # `prose.html` escapes everything but the few elements CommonMark may make here.
    environment.filters["commonmark"] = lambda text: Markup(prose.html(text))  # noqa: S704
    environment.filters["drawing"] = drawing
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment

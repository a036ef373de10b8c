"""HTML: a debrief as one file that needs nothing else and asks for nothing.

Templates come from this package and escape everything; the only text that arrives as markup is an
author's CommonMark, set by a parser that knows neither HTML nor links. No script, no font, no
image from elsewhere.
"""

from functools import cache
from typing import TYPE_CHECKING

from tabletop.debrief import prose
from tabletop.debrief.chart import drawing
from tabletop.debrief.pages import notice, pages
from tabletop.debrief.parts import Report
from tabletop.wording import say

if TYPE_CHECKING:
    from jinja2 import Environment


def render(report: Report) -> str:
    """The debrief as one HTML page."""
    return (
        _environment()
        .get_template("debrief.html")
        .render(
            language=report.language,
            title=say("Debrief: {title}", language=report.language, title=report.notice.title),
            contents=say("Contents", language=report.language),
            nothing=say("Nothing was written here.", language=report.language),
            notice=notice(report),
            pages=pages(report),
        )
    )


@cache
def _environment() -> "Environment":
    # Only who saves a debrief pays for importing the template engine.
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

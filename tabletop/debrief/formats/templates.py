"""Templates: the package's own, with everything escaped that is put into them."""

from functools import cache
from typing import TYPE_CHECKING

from tabletop.debrief import prose
from tabletop.debrief.chart import drawing

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> "Environment":
    """What finds and fills them."""
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

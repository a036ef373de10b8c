"""Templates: the package's own, with everything escaped that is put into them."""

import re
from functools import cache
from typing import TYPE_CHECKING

from tabletop.debrief import prose
from tabletop.debrief.formats.columns import widths

if TYPE_CHECKING:
    from jinja2 import Environment


_NOT_PLAIN = re.compile(r"[^\w \u2013-]")
_PAINT = {
    "ink": "#111",
    "quiet": "#555",
    "rule": "#bbb",
    "field": "#eee",
    "ground": "#fff",
    "vc": "#005a8c",
    "ci": "#a34700",
}
"""Where no style sheet says otherwise; apart in grey too."""


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
    environment.filters["paint"] = _PAINT.__getitem__
    # Inside an attribute or a style, only what can't end either.
    environment.filters["word"] = lambda text: _NOT_PLAIN.sub("", text)
    environment.filters["widths"] = widths
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment

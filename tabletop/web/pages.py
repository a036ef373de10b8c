"""Pages: what the browser is given, from templates of this package that escape everything."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tabletop.conduct.session.agreement import agreement
from tabletop.debrief import asked, prose
from tabletop.exercise.afterwards import ELEMENTS, PARTS, RATINGS, STATEMENTS, STATUSES
from tabletop.web.forms import BEFORE, NOTHING, Typed
from tabletop.wording import say

if TYPE_CHECKING:
    from jinja2 import Template

CONFIDENCE = ("", "a guess", "leaning", "fairly sure", "certain")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tabletop.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        say=say,
        confidence=CONFIDENCE,
        agreement=agreement,
        asked=asked,
        statements=STATEMENTS,
        feedback_parts=PARTS,
        ratings=RATINGS,
        before=BEFORE,
        element_words=[(each, asked.element(each)) for each in ELEMENTS],
        status_words=[(each, asked.status(each)) for each in STATUSES],
    )
    environment.filters["commonmark"] = commonmark
    environment.filters["clock"] = clock
    return environment


@lru_cache(2_000)
def commonmark(text: str) -> Markup:
    """A text as HTML; the same few texts are read by everyone, again and again."""
    # `prose.html` escapes everything but the few elements CommonMark may make here.
    return Markup(prose.html(text))  # noqa: S704


def clock(milliseconds: int) -> str:
    """Exercise time as minutes and seconds."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"


@cache
def template(name: str) -> Template:
    """A template of this package."""
    return _environment().get_template(name)


@cache
def macro(file: str, name: str) -> Callable[..., Markup]:
    """A macro of a template of this package."""
    found: Callable[..., Markup] = getattr(template(f"{file}.html").module, name)
    return found


def page(name: str, typed: Typed = NOTHING, **given: Any) -> str:
    """A whole page; a form that was refused and is not on it is shown as what was lost."""
    made = template(f"{name}.html").render(typed=typed, lost=NOTHING, **given)
    if typed.sentence and f'id="{typed.form}"' not in made:
        made = template(f"{name}.html").render(typed=typed, lost=typed, **given)
    return made


def sentence(text: str, back: str, way: str) -> str:
    """A page that says one thing, and leads back."""
    return page("sentence", sentence=text, back=back, way=way)

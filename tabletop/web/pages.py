"""Pages: what the browser is given, from templates of this package that escape everything.

A player's page is made of regions. Each is rendered from a part of the view alone, and rendered
again only where that part has changed, so that a line costs little however many people read it.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tabletop.conduct.session.frames import PlaceFrame
from tabletop.debrief import prose
from tabletop.exercise.view_types import PassageView, PlayerView
from tabletop.wording import say

if TYPE_CHECKING:
    from jinja2 import Template

CONFIDENCE = ("", "a guess", "leaning", "fairly sure", "certain")
PROMPTS = (
    ("reaction", "How was that? Anything first."),
    ("plus", "What went well, for you or for the table?"),
    ("delta", "What would you do differently?"),
    ("commitment", "One thing you will do at work because of this."),
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tabletop.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(say=say, confidence=CONFIDENCE, prompts=PROMPTS)
    environment.filters["commonmark"] = commonmark
    environment.filters["line"] = prose.line
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
def template(name: str) -> "Template":
    """A template of this package."""
    return _environment().get_template(name)


def page(name: str, **given: Any) -> str:
    """A whole page."""
    return template(f"{name}.html").render(**given)


@cache
def macro(file: str, name: str) -> Callable[..., Markup]:
    """A macro of a template of this package."""
    found: Callable[..., Markup] = getattr(template(f"{file}.html").module, name)
    return found


REGIONS: dict[str, Callable[[PlayerView], tuple[object, ...]]] = {
    "place": lambda view: (view.scene, view.title, view.name),
    "banner": lambda view: (view.status, view.care, view.timer, view.may, view.facilitated),
    "decisions": lambda view: (view.decisions, view.status, view.waiting, view.may),
    "facts": lambda view: (view.facts, view.consents),
    "share": lambda view: (view.offers, view.status),
    "people": lambda view: (view.people,),
    "speak": lambda view: (view.people, view.status, "say" in view.may),
    "after": lambda view: (view.status, view.closing, view.support, view.ended_early),
    "leave": lambda view: (view.status, view.may, view.care),
}
"""The regions of a player's page beside the story, each with all that it is made of."""


def region(name: str, view: PlayerView, key: str) -> str:
    """One region of a player's page, its forms with an idempotency key."""
    return str(macro("regions", name)(view, key))


def story(view: PlayerView) -> str:
    """The whole story so far, earlier scenes folded away."""
    return str(macro("regions", "story")(view))


@cache
def _passage(passage: PassageView) -> str:
    return str(macro("regions", "passage")(passage))


def passages(view: PlayerView, after: int) -> str:
    """The passages after a number, for a page that has those before."""
    return "".join(_passage(each) for each in view.feed[after:])


def player_page(
    frame: PlaceFrame, view: PlayerView, keys: Callable[[], str], told: str = ""
) -> str:
    """A player's whole page."""
    made = {name: Markup(region(name, view, keys())) for name in REGIONS}  # noqa: S704
    return page(
        "player",
        frame=frame,
        view=view,
        story=Markup(story(view)),  # noqa: S704
        regions=made,
        told=told,
    )

"""Regions: the parts a page is made of, each from a few values alone.

What a region is made of is named beside it, and its template is given that and nothing else: one
that reads more fails at its first rendering. So a region is rendered again only where something in
it has changed, and people to whom the same is shown are sent the very same text, made once however
many of them there are. Keys of forms are no part of it; a whole page has them put in at the end,
and the page's script makes its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import attrgetter
from types import SimpleNamespace

from markupsafe import Markup

from tabletop.web.forms import NOTHING, Typed
from tabletop.web.pages import macro

Parts = tuple[object, ...]

REMEMBERED = 2_000
"""Texts of regions that are kept, some kilobytes each."""
KEY = '<input type="hidden" name="key" value="">'
"""Where a form's key goes, as the templates write it."""


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions of one kind of page."""

    file: str
    """The template whose macros they are."""
    made_of: Mapping[str, tuple[str, ...]]
    """Region to the attributes of what is shown that it is made of, by their paths."""

    def parts(self, name: str, shown: object) -> Parts:
        """What a region is made of now."""
        return _reading(self.made_of[name])(shown)

    def region(self, name: str, parts: Parts, typed: Typed = NOTHING) -> str:
        """One region; its forms are without keys, and say what was `typed` in them."""
        # Someone's own words are on no page but theirs, and are not kept for another.
        make = _rendered if typed == NOTHING else _rendered.__wrapped__
        return make(self.file, name, self.made_of[name], parts, typed)

    def changed(self, before: object, now: object) -> dict[str, str]:
        """The regions that are not what they were, by name."""
        return {
            name: self.region(name, parts)
            for name in self.made_of
            if (parts := self.parts(name, now)) != self.parts(name, before)
        }

    def whole(self, shown: object, typed: Typed = NOTHING) -> dict[str, Markup]:
        """Every region, to be set into a page."""
        return {
            name: Markup(self.region(name, self.parts(name, shown), typed))  # noqa: S704
            for name in self.made_of
        }


@dataclass(slots=True)
class Told:
    """What one page has been told of its regions."""

    regions: Regions
    parts: dict[str, Parts] = field(default_factory=dict)

    def news(self, shown: object) -> dict[str, str]:
        """The regions that are not what the page has, by name."""
        changed = {}
        for name in self.regions.made_of:
            parts = self.regions.parts(name, shown)
            if self.parts.get(name) != parts:
                self.parts[name] = parts
                changed[name] = self.regions.region(name, parts)
        return changed


def keyed(page: str, keys: Callable[[], str], **hidden: object) -> str:
    """A page with a key in each of its forms, and what else each is to send along."""
    rest = "".join(
        f'<input type="hidden" name="{name}" value="{Markup.escape(str(value))}">'
        for name, value in hidden.items()
    )
    return re.sub(KEY, lambda _: f"{KEY[:-2]}{keys()}{KEY[-2:]}{rest}", page)


@cache
def _reading(paths: tuple[str, ...]) -> Callable[[object], Parts]:
    read = attrgetter(*paths)
    # Of one path it gives the value alone.
    return read if len(paths) > 1 else lambda shown: (read(shown),)


@lru_cache(REMEMBERED)
def _rendered(file: str, name: str, paths: tuple[str, ...], parts: Parts, typed: Typed) -> str:
    named = {path.rpartition(".")[2]: part for path, part in zip(paths, parts, strict=True)}
    return str(macro(file, name)(SimpleNamespace(**named), typed))

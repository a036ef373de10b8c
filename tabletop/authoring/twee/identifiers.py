"""Identifiers made from titles, each once."""

import re
from collections.abc import Iterable
from keyword import iskeyword
from unicodedata import normalize

from tabletop.scenario.conditions import CALLS
from tabletop.scenario.texts import ALL

LONGEST = 28


class Identifiers:
    """Names that are taken, and how new ones are made."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """Begins with some names taken."""
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def new(self, title: str, otherwise: str) -> str:
        """An identifier from a title, or from another word where it has no Latin letter."""
        plain = normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
        if len(slug) > LONGEST:
            slug = slug[: LONGEST + 1].rpartition("_")[0] or slug[:LONGEST]
        if not slug or not slug[0].isalpha():
            slug = f"{otherwise}_{slug}".rstrip("_")
        if iskeyword(slug) or slug in CALLS or slug == ALL:
            slug += "_"
        name, number = slug, self._next.get(slug, 1)
        while name in self._taken:
            number += 1
            name = f"{slug}_{number}"
        self._taken.add(name)
        self._next[slug] = number
        return name

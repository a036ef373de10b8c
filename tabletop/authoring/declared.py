"""What a file declares, read from its tree and not from the model.

Whoever writes a scenario has a file that is wrong most of the time, and wants the names in it
completed all the same. So this takes what is there and passes over what is not what it should be.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tabletop.scenario.scalars import NAME

Named = Mapping[str, str]
"""Names with a few words on what each is."""

CLIP = 80
_FIELDS = {
    "role": ("roles", ("name",)),
    "scene": ("scenes", ("title", "time", "module")),
    "fact": ("facts", ("title", "text")),
    "consent": ("consents", ("purpose",)),
    "theme": ("themes", ()),
    "parameter": ("parameters", ()),
}


@dataclass(frozen=True, slots=True)
class Declared:
    """The names in a file."""

    sorts: Mapping[str, Named]
    """A sort, as in `role`, to its names."""
    options: Mapping[str, Mapping[str, Named]]
    """Scene to decision to options."""


def declared(tree: object) -> Declared:
    """The names that the tree of a scenario file declares."""
    sorts: dict[str, Named] = {
        sort: {name: _said(each, *fields) for name, each in _entries(tree, field)}
        for sort, (field, fields) in _FIELDS.items()
    }
    for sort, counts in (("flag", False), ("counter", True)):
        sorts[sort] = {
            name: _said(each, "means")
            for name, each in _entries(tree, "state")
            if isinstance(each, dict)
            and (str(each.get("start")) not in ("true", "false")) == counts
        }
    sorts["inject"] = {
        name: _said(each, "title")
        for _, scene in _entries(tree, "scenes")
        for name, each in _entries(scene, "injects")
    }
    options = {
        scene: {
            name: {option: _said(each, "text") for option, each in _entries(decision, "options")}
            for name, decision in _entries(held, "decisions")
        }
        for scene, held in _entries(tree, "scenes")
    }
    return Declared(sorts, options)


def _entries(holder: object, field: str) -> list[tuple[str, Any]]:
    within = holder.get(field) if isinstance(holder, dict) else None
    if not isinstance(within, dict):
        return []
    return [(name, each) for name, each in within.items() if re.fullmatch(NAME, name)]


def _said(value: object, *fields: str) -> str:
    """The first words that tell what a thing is, from these fields or from any."""
    if isinstance(value, dict):
        tried = (value.get(field) for field in fields) if fields else iter(value.values())
        return next(filter(None, map(_said, tried)), "")
    if isinstance(value, tuple):
        return _said(value[0], "text") if value else ""
    if not isinstance(value, str):
        return ""
    words = " ".join(value.split())
    return words if len(words) <= CLIP else f"{words[:CLIP].rsplit(' ', 1)[0]} …"

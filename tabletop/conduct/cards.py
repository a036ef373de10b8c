"""Cards: a scenario and its roles as one chooses them, made from the top of its file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabletop.conduct.errors import LibraryError
from tabletop.conduct.source_file import read_source, shown
from tabletop.wording import say

SCENES = re.compile(rb"^scenes[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role as one chooses it."""

    id: str
    name: str
    discipline: str
    hat: str
    line: str
    joins_title: str
    """The title of the scene with which it joins; empty for the first."""


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """A scenario as one chooses it."""

    slug: str
    path: Path
    title: str = ""
    summary: str = ""
    minutes_alone: int = 0
    minutes_group: int = 0
    themes: tuple[tuple[str, str], ...] = ()
    """Content themes, each with a note on what it contains."""
    roles: tuple[RoleCard, ...] = ()
    problem: str = ""
    """Why it can't be shown, as a sentence; empty where it can."""


def card_of(slug: str, path: Path) -> ScenarioCard:
    """The card of a scenario, or what is wrong with its file."""
    from tabletop.scenario.document import Unreadable, parse_tree

    try:
        source = read_source(path)
        scenes = SCENES.search(source)
        top = _map(parse_tree(source[: scenes.start()] if scenes else source, shown(path)))
        roles = _map(top.get("roles"))
        if not roles or any("joins" in _map(role) for role in roles.values()):
            top = _map(parse_tree(source, shown(path)))
    except (LibraryError, Unreadable) as error:
        return ScenarioCard(slug, path, slug, problem=str(error))
    title, roles = _text(top.get("title")), _map(top.get("roles"))
    if not title or not roles:
        problem = say("{path} is not a scenario: it has no title or no roles.", path=shown(path))
        return ScenarioCard(slug, path, title or slug, problem=problem)
    minutes = _map(top.get("minutes"))
    return ScenarioCard(
        slug=slug,
        path=path,
        title=title,
        summary=_text(top.get("summary")),
        minutes_alone=_number(minutes.get("alone")),
        minutes_group=_number(minutes.get("group")),
        themes=tuple((name, _text(note)) for name, note in _map(top.get("themes")).items()),
        roles=tuple(
            _role_card(name, _map(role), _map(top.get("scenes"))) for name, role in roles.items()
        ),
    )


def _role_card(name: str, role: Mapping[str, Any], scenes: Mapping[str, Any]) -> RoleCard:
    joins = _text(role.get("joins"))
    title = _text(_map(scenes.get(joins)).get("title")) or joins.replace("_", " ").capitalize()
    return RoleCard(
        id=name,
        name=_text(role.get("name")),
        discipline=_text(role.get("discipline")),
        hat=_text(role.get("hat")),
        line=_text(role.get("line")),
        joins_title=title,
    )


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str) else ""


def _number(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isdecimal() else 0

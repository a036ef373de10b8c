"""Examples of pages, and defects planted in tests, laid over one small scenario."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import shipped

from tabletop.authoring.check import Checked, check
from tabletop.scenario.document import parse_tree, read_document
from tabletop.scenario.reading import Reading, read_scenario
from tabletop.scenario.scalars import Plain

PAGES = Path(__file__).parents[2] / "tabletop" / "authoring" / "pages"
FRAME = (PAGES / "frame.yaml").read_text(encoding="utf-8")

NAMED = ("roles", "state", "consents", "facts", "objectives", "scenes", "waive")
"""Maps of the top in which an example replaces single entries,"""
WITHIN = ("injects", "decisions")
"""and those of a scene."""


@cache
def frame() -> Any:
    return parse_tree(FRAME.encode(), "frame.yaml")


def laid_over(example: str) -> str:
    """The frame with an example in it; one that is no YAML is put in by its lines."""
    document = read_document(example.encode(), "example.yaml")
    if document.problems or not isinstance(document.tree, dict):
        return spliced(example)
    whole = dict(frame())
    for field, value in document.tree.items():
        whole[field] = merged(whole.get(field), value, field) if field in NAMED else value
    return dumped(whole)


def merged(old: Any, new: Any, field: str) -> Any:
    if not isinstance(new, dict) or not isinstance(old, dict):
        return new
    both = dict(old)
    for name, value in new.items():
        if field == "scenes" and isinstance(both.get(name), dict) and isinstance(value, dict):
            scene = dict(both[name])
            for key, inner in value.items():
                within = key in WITHIN and isinstance(inner, dict)
                scene[key] = {**scene.get(key, {}), **inner} if within else inner
            both[name] = scene
        else:
            both[name] = value
    return both


def dumped(value: Any) -> str:
    """A tree as YAML; what was bare stays bare where that matters."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {dumped(each)}" for key, each in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(dumped, value)) + "]"
    if isinstance(value, Plain) and re.fullmatch(r"-?\d+|true|false", value):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False)


def spliced(example: str) -> str:
    """The frame's text with the blocks of an example in place of those of the same name."""
    blocks = re.split(r"(?m)^(?=\S)", example)
    text, seen = FRAME, set()
    for block in blocks:
        name = re.match(r"\w+", block)
        field = name[0] if name else ""
        found = re.search(rf"(?ms)^{field}:.*?(?=^\S|\Z)", text) if field else None
        if found is None:
            text += block
        elif field in seen:
            text = text[: found.end()] + block + text[found.end() :]
        else:
            text = text[: found.start()] + block + text[found.end() :]
        seen.add(field)
    return text


def reading(text: str) -> Reading:
    return read_scenario(text.encode(), "example.yaml", shipped.guidance())


def checked(text: str) -> Checked:
    return check(reading(text), shipped.guidance())

"""Renames: parts that go on under another name, and a scenario read as if it had had the new ones.

A part that is gone and one that is new are the same if they are of one kind and almost everything
they mean and say is the same; where there is doubt they are two. What names a renamed part is
renamed with it, so that a scene's new name is not a change of every condition that reads the old.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import Any

from tabletop.authoring.diff.change import Key
from tabletop.authoring.diff.parts import OWNED, Part

ALIKE = 0.75
"""How much has to be the same, of one."""
UNNAMED = ("scenario", "share", "waiver")
"""Parts that are known by what they are about, and have no name that could change."""
UNIQUE = ("role", "state", "consent", "fact", "scene", "decision")
"""Parts whose names are unique in a scenario, wherever they stand."""
LITERAL = (
    "discipline", "hat", "employer", "class", "jurisdiction", "key", "rule", "tension", "point",
)  # fmt: skip
"""Fields with words of the program or of the guidance, which may be spelt like a part."""
_NAME = re.compile(r"\b[a-z][a-z0-9_]*\b")
_COMPARED = re.compile(r"\b(\w+) (==|!=|in) (\([^)]*\)|\w+)")
_DELIVERED = re.compile(r"\b(delivered\()(\w+)")

Parts = Mapping[Key, Part]
Renamed = dict[Key, Key]


def followed(old: Parts, new: Parts) -> tuple[dict[Key, Part], Renamed]:
    """The old parts under the names they have in the new scenario, and which have another now."""
    first = _renames(old, new, lambda sort: sort not in OWNED)
    parts = _under(old, first)
    second = _renames(parts, new, lambda sort: sort in OWNED)
    return _under(parts, second), {**first, **second}


def _renames(old: Parts, new: Parts, meant: Callable[[str], bool]) -> Renamed:
    gone = [part for key, part in old.items() if key not in new and meant(key[0])]
    come = [part for key, part in new.items() if key not in old and meant(key[0])]
    pairs = sorted(
        (-alike, before.key, after.key)
        for before in gone
        for after in come
        if before.key[:-1] == after.key[:-1] and before.key[0] not in UNNAMED
        if (alike := _alike(before, after)) >= ALIKE
    )
    found: Renamed = {}
    for _, before, after in pairs:
        if before not in found and after not in found.values():
            found[before] = after
    return found


def _alike(first: Part, second: Part) -> float:
    """How much of two parts is the same; nothing where their texts are not."""
    fields = first.values.keys() | second.values.keys()
    same = sum(bool(first.values.get(name) == second.values.get(name)) for name in fields)
    said = total = 0.0
    for label in first.texts.keys() | second.texts.keys():
        one, other = (
            part.texts[label].text.split() if label in part.texts else []
            for part in (first, second)
        )
        weight = 1 + max(len(one), len(other)) / 10
        total += weight
        said += weight * _ratio(one, other)
    if said < total * 0.6:
        return 0.0
    return (same + said) / (len(fields) + total)


def _ratio(one: list[str], other: list[str]) -> float:
    if not one or not other:
        return 0.0
    shared = Counter(one) & Counter(other)
    most = 2 * sum(shared.values()) / (len(one) + len(other))
    if most < 0.5:
        return most
    return float(SequenceMatcher(None, one, other, autojunk=False).ratio())


def _under(parts: Parts, renamed: Renamed) -> dict[Key, Part]:
    """Parts under their new names, everything that names them included."""
    if not renamed:
        return dict(parts)
    names = {old[-1]: new[-1] for old, new in renamed.items() if old[0] in UNIQUE}
    injects = {old[-1]: new[-1] for old, new in renamed.items() if old[0] == "inject"}
    themes = {old[-1]: new[-1] for old, new in renamed.items() if old[0] == "theme"}
    options: dict[str, dict[str, str]] = {}
    for old, new in renamed.items():
        if old[0] == "option":
            options.setdefault(old[1], {})[old[2]] = new[2]

    def names_in(text: str) -> str:
        text = _COMPARED.sub(
            lambda found: f"{found[1]} {found[2]} {_swapped(found[3], options.get(found[1], {}))}",
            text,
        )
        text = _DELIVERED.sub(lambda found: found[1] + injects.get(found[2], found[2]), text)
        return _swapped(text, names)

    def field_of(part: Part, name: str, value: Any) -> Any:
        if name in LITERAL or name.endswith("practices"):
            return value
        if name == "marks":
            return [{**mark, "when": names_in(mark["when"])} for mark in value]
        if name in ("stand_in", "for", "order of options"):
            own = options.get(part.key[1], {})
            value = _mapped(value, lambda text: own.get(text, text))
        elif name == "order of injects":
            value = _mapped(value, lambda text: injects.get(text, text))
        elif name.endswith(" themes"):
            return sorted(_mapped(value, lambda text: themes.get(text, text)))
        return _mapped(value, names_in)

    found = {}
    for part in parts.values():
        key = renamed.get(part.key) or _key(part.key, names, renamed)
        values = {name: field_of(part, name, value) for name, value in part.values.items()}
        texts = {_swapped_label(label, names): each for label, each in part.texts.items()}
        found[key] = Part(key, part.path, part.scenes, values, texts)
    return found


def _key(key: Key, names: Mapping[str, str], renamed: Renamed) -> Key:
    """A name of a part that has itself no other, with the parts it names."""
    sort, *rest = key
    if sort == "task":
        (_, rest[0]) = renamed.get(("objective", rest[0]), ("objective", rest[0]))
        return (sort, *rest)
    if sort in OWNED or sort in ("share", "waiver"):
        first, *more = (_swapped(name, names) for name in rest)
        return (sort, first, *(rest[1:] if sort in OWNED else more))
    return key


def _swapped(text: str, names: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: names.get(found[0], found[0]), text)


def _swapped_label(label: str, names: Mapping[str, str]) -> str:
    """A text's label with the role in it, `ask for advocate` or `advice.advocate`, renamed."""
    head, joint, role = label.partition(" for ")
    if joint:
        return f"{head}{joint}{_swapped(role, names)}"
    head, joint, role = label.partition(".")
    return f"{head}.{_swapped(role, names)}" if head in ("advice", "questions") else label


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A plain value with every string in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(key): _mapped(each, change) for key, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, change) for each in value]
    return value

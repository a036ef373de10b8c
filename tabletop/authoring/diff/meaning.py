"""What two scenarios differ in, as they are written: part by part, field by field."""

from collections.abc import Iterator, Mapping
from typing import Any

from tabletop.authoring.diff.change import Change, Difference, Key, Rewording
from tabletop.authoring.diff.parts import OWNED, Part, parts_of
from tabletop.authoring.diff.renames import Renamed, followed
from tabletop.scenario.document import Document
from tabletop.scenario.model import Scenario
from tabletop.scenario.places import written


def written_difference(
    old: Scenario, new: Scenario, document: Document
) -> tuple[Difference, Renamed]:
    """What two scenarios differ in without being explored, and what was renamed.

    `document` is the new one's, for the lines of its texts.
    """
    after = parts_of(new)
    before, renamed = followed(parts_of(old), after)
    meaning: list[Change] = []
    text: list[Rewording] = []
    for old_key, new_key in renamed.items():
        scenes = before[new_key].scenes
        meaning.append(Change("renamed", new_key, "", old_key[-1], new_key[-1], scenes))
    for key, part in after.items():
        if key not in before:
            if not _inside(part, before, after):
                meaning.append(Change("added", key, "", None, part.values, part.scenes))
        else:
            meaning += _changes(before[key], part)
            text += _rewordings(before[key], part, document)
    for key, part in before.items():
        if key not in after and not _inside(part, after, before):
            meaning.append(Change("removed", key, "", part.values, None, part.scenes))
    return Difference(tuple(meaning), tuple(text)), renamed


def _inside(part: Part, others: Mapping[Key, Part], own: Mapping[Key, Part]) -> bool:
    """Whether what holds the part is only in its own scenario, so that it goes without saying."""
    sort, *names = part.key
    holders: list[Key] = []
    if sort in OWNED:
        holders = [("decision" if sort != "task" else "objective", names[0])]
    elif sort == "share":
        holders = [("fact", names[0]), ("role", names[1])]
    elif "scene" in part.values:
        holders = [("scene", part.values["scene"])]
    return any(holder in own and holder not in others for holder in holders)


def _changes(before: Part, after: Part) -> Iterator[Change]:
    scenes = tuple(dict.fromkeys((*before.scenes, *after.scenes)))
    if not before.scenes or not after.scenes:
        scenes = ()
    for name in dict.fromkeys((*before.values, *after.values)):
        old, new = before.values.get(name), after.values.get(name)
        if old == new:
            continue
        if name == "scene":
            yield Change("moved", after.key, name, old, new, scenes)
        elif name == "marks":
            yield from _marks(after.key, old or [], new or [], scenes)
        elif name.startswith("order of "):
            old, new = _in_common(old or [], new or []), _in_common(new or [], old or [])
            if old != new:
                yield Change("changed", after.key, name, old, new, scenes)
        else:
            yield Change("changed", after.key, name, old, new, scenes)


def _in_common(names: list[str], others: list[str]) -> list[str]:
    return [name for name in names if name in others]


def _marks(
    key: Key, old: list[dict[str, Any]], new: list[dict[str, Any]], scenes: tuple[str, ...]
) -> Iterator[Change]:
    """Marks one by one where they hold under the same conditions, else all of them."""
    if [each["when"] for each in old] != [each["when"] for each in new]:
        yield Change("changed", key, "marks", old, new, scenes)
        return
    for before, after in zip(old, new, strict=True):
        where = f" where {before['when']}" if before["when"] else ""
        if len(old) > 1 and not where:
            where = " otherwise"
        for name in ("vc", "ci", "critical", "practices"):
            if before[name] != after[name]:
                yield Change("changed", key, name + where, before[name], after[name], scenes)


def _rewordings(before: Part, after: Part, document: Document) -> Iterator[Rewording]:
    for label in dict.fromkeys((*before.texts, *after.texts)):
        old, new = before.texts.get(label), after.texts.get(label)
        if old is not None and new is not None and old.text == new.text:
            continue
        path = written(document.tree, new.path if new else after.path)
        line = document.key(path).line if path else 1
        yield Rewording(after.key, label, old.text if old else "", new.text if new else "", line)

"""The parts of a scenario, each with what it means and what it says.

A part is anything with a name of its own: a role, a scene, a decision, an option. Whether a field
of it is meaning or text is decided by its type in the model and not by a list of names, so that a
new field is compared like all others. What an author may write in several ways, or leave to be
inherited, is brought into one: conditions, marks, practices, recipients.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from tabletop.authoring.diff.change import Key
from tabletop.scenario.conditions import Condition, parse
from tabletop.scenario.model import Decision, Fact, Marked, Objective, Scenario, Scene
from tabletop.scenario.problem import Path
from tabletop.scenario.scalars import Line, Prose, Value
from tabletop.scenario.texts import ALL, Text

CHILDREN: Mapping[tuple[type[Value], str], str] = {
    (Scenario, "roles"): "role",
    (Scenario, "state"): "state",
    (Scenario, "consents"): "consent",
    (Scenario, "facts"): "fact",
    (Scenario, "objectives"): "objective",
    (Scenario, "scenes"): "scene",
    (Scenario, "themes"): "theme",
    (Scenario, "parameters"): "parameter",
    (Scenario, "waive"): "waiver",
    (Fact, "share"): "share",
    (Objective, "tasks"): "task",
    (Scene, "injects"): "inject",
    (Scene, "decisions"): "decision",
    (Decision, "options"): "option",
    (Decision, "reasons"): "reason",
}
"""Fields that hold parts."""
OWNED = ("option", "reason", "task")
"""Parts whose names are unique only within the part that holds them."""
ORDERED = ("inject", "decision", "option")
"""Parts whose order among each other a player meets."""


@dataclass(slots=True)
class Wording:
    """A text and its place in the model."""

    text: str
    path: Path


@dataclass(slots=True)
class Part:
    """A part of a scenario."""

    key: Key
    path: Path
    """Its place in the model."""
    scenes: tuple[str, ...] = ()
    """The scenes in which it shows; none where it may in any."""
    values: dict[str, Any] = field(default_factory=dict)
    """What it means, field by field, as plain values; what is left out is not there."""
    texts: dict[str, Wording] = field(default_factory=dict)


def parts_of(scenario: Scenario) -> dict[Key, Part]:
    """Every part of a scenario, in its order."""
    whole = Part(("scenario",), ())
    found = {whole.key: whole}
    for part in _within(whole, scenario, scenario, ()):
        found[part.key] = part
    # A number for readers; what it stands for is everything else.
    whole.texts["version"] = Wording(whole.values.pop("version"), ("version",))
    return found


def _within(
    part: Part, value: Value, scenario: Scenario, practices: tuple[str, ...]
) -> Iterator[Part]:
    """Fills a part from its value, and gives the parts within."""
    if isinstance(value, Decision):
        practices = value.practices
    _fill(part, value, "", part.path, practices)
    if isinstance(value, Scene):
        part.texts["module"] = Wording(scenario.module_of(part.key[1]), (*part.path, "module"))
    for name in type(value).model_fields:
        sort = CHILDREN.get((type(value), name))
        if sort is None:
            continue
        held = getattr(value, name)
        path = (*part.path, name)
        if sort == "share":
            yield from _shares(part, held, path)
        elif sort == "waiver":
            yield from _waivers(held, path)
        else:
            if sort in ORDERED:
                part.values[f"order of {name}"] = list(held)
            for key, each in held.items():
                yield from _named(part, sort, key, each, path, scenario, practices)


def _named(
    part: Part, sort: str, name: str, value: Any, path: Path, scenario: Scenario,
    practices: tuple[str, ...],
) -> Iterator[Part]:  # fmt: skip
    owner = part.key[1:] if sort in OWNED else ()
    inner = Part((sort, *owner, name), (*path, name), part.scenes)
    if sort == "scene":
        inner.scenes = (name,)
    if sort in ("inject", "decision"):
        inner.values["scene"] = part.key[1]
    yield inner
    if isinstance(value, str):
        inner.texts["text"] = Wording(value, inner.path)
    else:
        yield from _within(inner, value, scenario, practices)


def _shares(part: Part, shares: tuple[Any, ...], path: Path) -> Iterator[Part]:
    """One part for each recipient of each share."""
    counted: dict[str, int] = {}
    for number, share in enumerate(shares):
        for to in share.to:
            counted[to] = counted.get(to, 0) + 1
            again = (str(counted[to]),) if counted[to] > 1 else ()
            inner = Part(("share", part.key[1], to, *again), (*path, number), share.during or ())
            _fill(inner, share, "", inner.path, ())
            del inner.values["to"]
            yield inner


def _waivers(waive: Mapping[str, tuple[Any, ...]], path: Path) -> Iterator[Part]:
    for code, several in waive.items():
        for number, waiver in enumerate(several):
            inner = Part(("waiver", code, waiver.at or "everywhere"), (*path, code, number))
            inner.texts["reason"] = Wording(waiver.reason, inner.path)
            yield inner


def _fill(part: Part, value: Value, prefix: str, path: Path, practices: tuple[str, ...]) -> None:
    skipped = {name for cls, name in CHILDREN if isinstance(value, cls)}
    if isinstance(value, Marked):
        skipped |= Marked.model_fields.keys() - _EFFECTS
        _marks(part, value, practices)
    if isinstance(value, Decision):
        skipped.add("practices")
    for name, info in type(value).model_fields.items():
        inner = getattr(value, name)
        if name in skipped or (inner in _NOTHING and inner == info.get_default()):
            continue
        label = f"{prefix}{info.alias or name}"
        place = (*path, name)
        kind = _kinds(type(value))[name]
        if isinstance(inner, Text):
            _text(part, inner, label, place)
        elif isinstance(inner, Value):
            _fill(part, inner, f"{label}.", place, practices)
        elif kind == "texts":
            for key, each in inner.items():
                _text(part, each, f"{label}.{key}", (*place, key))
        elif kind == "words":
            _wordings(part, inner, label, place)
        elif inner is not None:
            part.values[label] = plain(inner)


_NOTHING: tuple[object, ...] = (None, False, (), {})
_EFFECTS = {"set", "add", "reveals", "grant", "revoke"}


def _marks(part: Part, value: Marked, practices: tuple[str, ...]) -> None:
    marks = []
    several = len(value.key()) > 1
    for number, mark in enumerate(value.key()):
        marks.append(
            {
                "when": "" if mark.when is None else condition(mark.when),
                "vc": mark.vc,
                "ci": mark.ci,
                "critical": mark.critical,
                "practices": sorted(mark.practices or value.practices or practices),
            }
        )
        label = f"marks.{number}.because" if several else "because"
        part.texts[label] = Wording(mark.because, (*part.path, *label.split(".")))
    part.values["marks"] = marks


def _text(part: Part, text: Text, label: str, path: Path) -> None:
    audiences = {
        audience: ["" if each.when is None else condition(each.when) for each in variants]
        for audience, variants in text.variants.items()
    }
    if audiences != {ALL: [""]}:
        part.values[f"{label} for"] = audiences
    if text.themes:
        part.values[f"{label} themes"] = sorted(text.themes)
    for audience, variants in text.variants.items():
        for number, variant in enumerate(variants):
            place = (*path, "variants", audience, number, "text")
            told = label if audience == ALL else f"{label} for {audience}"
            if len(variants) > 1:
                told += f", wording {number + 1}"
            part.texts[told] = Wording(variant.text, place)
    if text.fade is not None:
        part.texts[f"{label} fade"] = Wording(text.fade, (*path, "fade"))


def _wordings(part: Part, value: Any, label: str, path: Path) -> None:
    if isinstance(value, str):
        part.texts[label] = Wording(value, path)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            _wordings(part, each, f"{label}.{key}", (*path, key))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            _wordings(part, each, f"{label}.{number + 1}", (*path, number))


def plain(value: Any) -> Any:
    """A piece of the model as plain values, what is left out left out."""
    if isinstance(value, Condition):
        return condition(value)
    if isinstance(value, Value):
        return {
            info.alias or name: plain(getattr(value, name))
            for name, info in type(value).model_fields.items()
            if getattr(value, name) != info.get_default()
        }
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def condition(given: Condition) -> str:
    """A condition, however it was spaced."""
    return _spaced(given.source)


@cache
def _spaced(source: str) -> str:
    return ast.unparse(parse(source))


@cache
def _kinds(cls: type[Value]) -> Mapping[str, str]:
    """What each field of a class holds: `texts`, `words`, or anything else."""
    return {
        name: "texts" if _holds(hint, Text) else "words" if _holds(hint, Line, Prose) else ""
        for name, hint in get_type_hints(cls, include_extras=True).items()
    }


def _holds(hint: Any, *kinds: Any) -> bool:
    """Whether a type is one of some others, or made of one."""
    return any(_is(hint, kind) for kind in kinds) or any(
        _holds(each, *kinds) for each in get_args(hint)
    )


def _is(hint: Any, kind: Any) -> bool:
    """Whether a type is another, also where more is said of it."""
    if hint == kind:
        return True
    if get_origin(hint) is not Annotated or get_origin(kind) is not Annotated:
        return False
    (base, *said), (other, *needed) = get_args(hint), get_args(kind)
    return bool(base == other and all(each in said for each in needed))

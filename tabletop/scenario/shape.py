"""Shape: what the model refuses, said in an author's words.

The validation library reports one finding for each branch of a union and speaks of tuples and
mappings. Here each place gets one sentence, the nearest known field, and a position.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError

from tabletop.scenario.conditions import Condition
from tabletop.scenario.descriptions import descriptions
from tabletop.scenario.document import Document
from tabletop.scenario.model import Scenario
from tabletop.scenario.places import KEY, located, written
from tabletop.scenario.problem import Path, Problem
from tabletop.scenario.scalars import Value
from tabletop.scenario.texts import Text
from tabletop.scenario.wrecks import QUOTE

NAME_RULE = "small letters, digits and _, beginning with a letter, at most 48 characters"

_BRANCH = re.compile(r".*[\[(].*|bool|int|str|tuple|date")
"""How the library labels a branch of a union in the place of an error."""


def problems_of_shape(failure: ValidationError, document: Document) -> Iterator[Problem]:
    """A problem for each place the model refused."""
    told: set[Path] = set()
    torn = {each.path[:-1] for each in document.problems if each.code == "TT009" and each.path}
    for error in failure.errors(include_url=False, include_input=False):
        kind: str = error["type"]
        loc = error["loc"]
        if _other_branch(loc, document):
            continue
        on_name = bool(loc) and loc[-1] == KEY
        path = _cleaned(loc[:-1] if on_name else loc, document)
        if kind == "missing":
            if not document.complete:
                continue
            yield _missing(path, document)
            continue
        place = written(document.tree, path)
        if place in told or place[:-1] in torn or (place and document.at(place) is None):
            continue
        told.add(place)
        if kind == "extra_forbidden":
            yield _unknown(path, document)
        elif on_name:
            message = f"`{str(path[-1])[:60]}` cannot be a name"
            yield located(document, path, "TT104", message, f"use {NAME_RULE}", on_key=True)
        else:
            yield _refused(kind, error.get("ctx", {}), path, document)


def _other_branch(loc: Path, document: Document) -> bool:
    """Whether an error belongs to a branch of a union that the author did not take."""
    for index, step in enumerate(loc):
        if index and loc[index - 1] == "stand_in" and isinstance(step, str):
            value = document.at(_cleaned(loc[:index], document))
            return step.startswith("dict") != isinstance(value, dict)
    return False


def _cleaned(loc: Path, document: Document) -> Path:
    """A place without the labels of unions, which stand for nothing in the file."""
    steps: list[str | int] = []
    for index, step in enumerate(loc):
        label = isinstance(step, str) and _BRANCH.fullmatch(step)
        if label and index and loc[index - 1] in ("stand_in", "start"):
            continue
        steps.append(step)
    return tuple(steps)


def _missing(path: Path, document: Document) -> Problem:
    field = str(path[-1])
    model = _model_at(path[:-1])
    said = _description(model, field) if model else None
    holder = _called(path[:-1])
    return located(document, path[:-1], "TT102", f"{holder} needs `{field}`", said, on_key=True)


def _unknown(path: Path, document: Document) -> Problem:
    field = str(path[-1])
    model = _model_at(path[:-1])
    known = _fields(model) if model else ()
    if model is Text:
        known = ("text", "themes", "fade")
    near = get_close_matches(field, known, 1, 0.6)
    if near:
        hint = f"did you mean `{near[0]}`?"
    elif " " in field:
        hint = f"if this belongs to a text, {QUOTE}"
    else:
        hint = f"there are {', '.join(known)}" if known else ""
    message = f"{_called(path[:-1])} has no field `{field[:60]}`"
    return located(document, path, "TT101", message, hint or None, on_key=True)


def _refused(kind: str, context: dict[str, Any], path: Path, document: Document) -> Problem:
    value = document.at(written(document.tree, path))
    what = _called(path)
    if path[:1] == ("state",) and path[2:] == ("start",):
        return located(document, path, "TT103", f"{what} should be true, false or a whole number")
    if kind == "value_error":
        return _argued(str(context.get("error", "")), what, value, path, document)
    if kind == "string_type" and isinstance(value, dict):
        message = f"{what} should be a text, but a colon makes it a map"
        return located(document, path, "TT009", message, QUOTE)
    code, sentence, hint = _SENTENCES.get(kind, ("TT103", "does not fit here", None))
    if kind == "string_pattern_mismatch":
        sentence, hint = _pattern(str(context.get("pattern", "")), value)
    message = f"{what} {sentence.format(**context)}".replace("'", "`")
    if isinstance(value, str) and value and kind in _QUOTED:
        message += ", without quotes"
    return located(document, path, code, message, hint)


def _argued(said: str, what: str, value: Any, path: Path, document: Document) -> Problem:
    """What one of our own validators said."""
    if Condition in _kinds_at(path):
        return located(document, path, "TT106", said or "the condition cannot be read")
    if said.startswith("should be"):
        return located(document, path, "TT103", f"{what} {said}")
    joined = f"{what} {said}" if said.startswith(("comes ", "carries ")) else f"{what}: {said}"
    code = "TT105" if isinstance(value, dict) else "TT104"
    return located(document, path, code, joined)


def _pattern(pattern: str, value: Any) -> tuple[str, str | None]:
    if pattern.startswith("^[a-z]"):
        name = re.sub(r"[\W_]+", "_", str(value).strip()).casefold()
        example = f"; for example `{name}`" if re.fullmatch(pattern, name) else ""
        return "should be a name", f"use {NAME_RULE}{example}"
    if "DP" in pattern:
        return "should be a decision point such as DP01", None
    if "\\." in pattern:
        return "should be a version such as 1.0.0", None
    return "should hold some text", None


_QUOTED = {"int_type", "bool_type"}
_SENTENCES: dict[str, tuple[str, str, str | None]] = {
    "string_type": ("TT103", "should be a text", None),
    "string_too_short": ("TT104", "should hold some text", None),
    "string_too_long": ("TT104", "has more than {max_length} characters", None),
    "string_pattern_mismatch": ("TT104", "", None),
    "int_type": ("TT103", "should be a whole number", None),
    "bool_type": ("TT103", "should be true or false", None),
    "tuple_type": (
        "TT103",
        "should be a list",
        "write [a, b], or one line each that begins with -",
    ),
    "dict_type": ("TT103", "should be a map of `name: value`", None),
    "model_type": ("TT103", "should be a map of `field: value`", None),
    "date_type": ("TT103", "should be a date such as 2026-11-01", None),
    "literal_error": ("TT103", "should be {expected}", None),
    "greater_than_equal": ("TT104", "should be at least {ge}", None),
    "less_than_equal": ("TT104", "should be at most {le}", None),
    "too_short": ("TT104", "should have at least {min_length} entries", None),
    "too_long": ("TT104", "should have at most {max_length} entries", None),
}


def _called(path: Path) -> str:
    """What a place is called in a sentence."""
    named = [step for step in path if step != "variants"]
    if not named:
        return "the scenario"
    last = named[-1]
    if isinstance(last, int):
        holder = next((step for step in reversed(named) if isinstance(step, str)), "")
        return f"entry {last + 1} of `{holder}`"
    return f"`{last}`"


def _kinds_at(path: Path) -> list[Any]:
    """What the model lets stand at a place."""
    kinds: list[Any] = [Scenario]
    for step in path:
        kinds = [below for kind in kinds for below in _below(kind, step)]
    return [each for kind in kinds for each in _unwrapped(kind)]


def _model_at(path: Path) -> type[Value] | None:
    """The model that stands at a place."""
    for each in _kinds_at(path):
        if isinstance(each, type) and issubclass(each, Value):
            return each
    return None


def _below(kind: Any, step: str | int) -> Iterator[Any]:
    for each in _unwrapped(kind):
        arguments = get_args(each)
        if isinstance(each, type) and issubclass(each, Value):
            for name, field in each.model_fields.items():
                if step == (field.alias or name):
                    yield field.annotation
        elif get_origin(each) is dict and isinstance(step, str):
            yield arguments[1]
        elif get_origin(each) is tuple and isinstance(step, int):
            yield arguments[0]


def _unwrapped(kind: Any) -> Iterator[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _unwrapped(get_args(kind)[0])
    elif origin in (Union, UnionType):
        for each in get_args(kind):
            yield from _unwrapped(each)
    else:
        yield kind


def _fields(model: type[Value]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _description(model: type[Value], called: str) -> str | None:
    for name, field in model.model_fields.items():
        if called == (field.alias or name):
            return descriptions(model).get(name)
    return None

"""Prose: everything of a scenario that somebody reads, with its place."""

from collections.abc import Iterator, Mapping

from tabletop.exercise.engine import Engine
from tabletop.scenario.problem import Path
from tabletop.scenario.scalars import Value
from tabletop.scenario.texts import Text

READ = frozenset(
    {
        "title", "summary", "name", "line", "means", "text", "capability", "target", "themes",
        "parameters", "support", "notice", "module", "time", "sender", "giver", "purpose", "note",
        "expect", "facilitator", "closing", "questions", "because",
    }
)  # fmt: skip
"""The fields whose strings are read by people; those of texts are read whatever holds them."""


def prose(engine: Engine) -> Iterator[tuple[Path, str]]:
    """Every wording and every line, as it is read."""
    return ((path, engine.filled(text)) for path, text in _of(engine.scenario, ()))


def wordings(engine: Engine, text: Text, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every wording of a text as it is read, with its place."""
    return ((at, engine.filled(wording)) for at, wording in _wordings(text, path))


def _wordings(text: Text, path: Path) -> Iterator[tuple[Path, str]]:
    for suffix, wording in text.wordings():
        audience, _, number = suffix.partition("/")
        at: Path = ("variants", audience, int(number)) if number else (audience,)
        yield (*path, *at), wording


def _of(value: object, path: Path, *, read: bool = False) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Text):
        yield from _wordings(value, path)
    elif isinstance(value, Value):
        for name, field in type(value).model_fields.items():
            at: Path = (*path, field.alias or name)
            yield from _of(getattr(value, name), at, read=name in READ)
    elif isinstance(value, str):
        if read:
            yield path, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _of(each, (*path, key), read=read)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _of(each, (*path, number), read=read)

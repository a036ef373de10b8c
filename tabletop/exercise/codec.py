"""Commands, events and views as JSON, and back again exactly.

Each class is read once into a plan of its fields, built from its own type hints, so a new event
needs nothing here. Reading is strict: a record outlives the program that wrote it, and a field
that is silently dropped or coerced would change what replays. A field that is missing takes its
default, so that records from before it existed still read.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from tabletop.exercise.commands import Command
from tabletop.exercise.events import Event
from tabletop.wording import say

Made = TypeVar("Made")

Read = Callable[[Any], Any]
Write = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a class is written and read."""

    cls: type
    names: tuple[str, ...]
    values: Callable[[Any], tuple[Any, ...]]
    """The values of an instance's fields, in the order of their names."""
    nested: tuple[tuple[str, Write], ...]
    """The fields that hold other classes, which JSON can't write by itself."""
    readers: Mapping[str, Read]
    defaults: Mapping[str, Any]


class UnknownForm(ValueError):
    """JSON that no class here reads, most likely written by a newer version."""


def canonical(value: object) -> bytes:
    """JSON in the one form that is hashed: sorted keys, no spaces, UTF-8 as it is."""
    return _CANONICAL(value).encode()


_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode


def encode(value: Event | Command) -> dict[str, Any]:
    """The event or command as JSON values, tuples standing for lists."""
    name = type(value).__name__
    encoded = _write(_EVENTS.get(name) or _COMMANDS[name], value)
    encoded["type"] = name
    return encoded


def decode(given: object) -> Event:
    """The event that JSON values stand for.

    Raises:
        UnknownForm: with a sentence, where no event here has this form.
    """
    event: Event = _decode(given, _EVENTS)
    return event


def decode_command(given: object) -> Command:
    """The command that JSON values stand for.

    Raises:
        UnknownForm: with a sentence, where no command here has this form.
    """
    command: Command = _decode(given, _COMMANDS)
    return command


class Form(Generic[Made]):
    """How values of one class are written as JSON values and read again."""

    def __init__(self, cls: type[Made]) -> None:
        """Reads the class once."""
        self._plan = _plan(cls)

    def write(self, value: Made) -> dict[str, Any]:
        """The value as JSON values, tuples standing for lists."""
        return _write(self._plan, value)

    def newer(self, value: Made, last: Made | None) -> dict[str, Any]:
        """The fields in which a value differs from an earlier one, as JSON values; else all."""
        if last is None:
            return _write(self._plan, value)
        written, nested = {}, dict(self._plan.nested)
        values = self._plan.values
        for name, new, old in zip(self._plan.names, values(value), values(last), strict=True):
            if new is not old and new != old:
                written[name] = nested[name](new) if name in nested else new
        return written

    def read(self, given: object) -> Made:
        """The value that JSON values stand for.

        Raises:
            UnknownForm: with a sentence, where the class has another form.
        """
        if not isinstance(given, dict):
            raise UnknownForm(say("This is not a {name}.", name=self._plan.cls.__name__))
        made: Made = _build(self._plan, given, 0)
        return made


def _decode(given: object, plans: dict[str, Plan]) -> Any:
    name = given.get("type") if isinstance(given, dict) else None
    if not isinstance(given, dict) or not isinstance(name, str):
        raise UnknownForm(say("This is not an event or a command."))
    plan = plans.get(name)
    if plan is None:
        raise UnknownForm(
            say(
                "{name} is not known here; a newer version of tabletop wrote it.", name=_shown(name)
            )
        )
    return _build(plan, given, 1)


def _write(plan: Plan, value: Any) -> dict[str, Any]:
    written = dict(zip(plan.names, plan.values(value), strict=True))
    for name, write in plan.nested:
        written[name] = write(written[name])
    return written


def _build(plan: Plan, given: dict[str, Any], extra: int) -> Any:
    values = {}
    name = ""
    try:
        for name, read in plan.readers.items():
            values[name] = read(given[name]) if name in given else plan.defaults[name]
    except UnknownForm:
        raise
    except (KeyError, TypeError, ValueError):
        raise UnknownForm(
            say("The field {field} of {name} can't be read.", field=name, name=plan.cls.__name__)
        ) from None
    if len(given) - extra != len(plan.names):
        for key in given:
            if key not in plan.readers and (key != "type" or not extra):
                raise UnknownForm(
                    say(
                        "The field {field} of {name} is not known here; a newer version of"
                        " tabletop wrote it.",
                        field=_shown(key),
                        name=plan.cls.__name__,
                    )
                )
    return plan.cls(**values)


def _shown(name: object) -> str:
    """A name from a file, short and without anything that steers a screen."""
    return ascii(name)[:60]


def _plan(cls: type) -> Plan:
    hints = get_type_hints(cls)
    names = tuple(field.name for field in fields(cls))
    codecs = {name: _codec(hints[name]) for name in names}
    return Plan(
        cls,
        names,
        _getter(names),
        tuple((name, write) for name, (_, write) in codecs.items() if write is not None),
        {name: read for name, (read, _) in codecs.items()},
        {field.name: field.default for field in fields(cls) if field.default is not MISSING},
    )


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    # `attrgetter` gives a bare value for one name and takes no less.
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _codec(hint: Any) -> tuple[Read, Write | None]:
    """How values of a type are read, and how they are written where JSON can't by itself."""
    if hint in (str, int, bool):
        return _scalar(hint), None
    if hint is float:
        return _real, None
    if is_dataclass(hint) and isinstance(hint, type):
        plan = _plan(hint)
        return lambda given: _build(plan, _map(given), 0), lambda value: _write(plan, value)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _word(args), None
    if origin in (Union, UnionType) and set(args) == {int, bool}:
        return _number_or_switch, None
    if origin in (Union, UnionType) and len(args) == 2 and args[1] is NoneType:
        return _perhaps(*_codec(args[0]))
    if origin in (Union, UnionType) and all(map(is_dataclass, args)):
        return _one_of({arg.__name__: _plan(arg) for arg in args})
    if origin is Sequence or (origin is tuple and args[-1] is Ellipsis):
        read, write = _codec(args[0])
        return lambda given: tuple(map(read, _list(given))), (
            None if write is None else lambda value: tuple(map(write, value))
        )
    if origin is tuple:
        parts = tuple(_codec(arg) for arg in args)
        if all(write is None for _, write in parts):
            return lambda given: tuple(
                read(each) for (read, _), each in zip(parts, _list(given), strict=True)
            ), None
    raise TypeError(f"no JSON form for {hint}")


def _one_of(plans: dict[str, Plan]) -> tuple[Read, Write]:
    """A value of one of several classes, named beside its fields."""

    def write(value: Any) -> dict[str, Any]:
        name = type(value).__name__
        return {**_write(plans[name], value), "type": name}

    return lambda given: _decode(given, plans), write


def _perhaps(read: Read, write: Write | None) -> tuple[Read, Write | None]:
    """A value or none."""
    return lambda given: None if given is None else read(given), (
        None if write is None else lambda value: None if value is None else write(value)
    )


def _scalar(wanted: type) -> Read:
    def read(given: Any) -> Any:
        # A bool is an int to Python and is not one here.
        if type(given) is not wanted:
            raise TypeError
        return given

    return read


def _real(given: Any) -> float:
    if type(given) is not float and type(given) is not int:
        raise TypeError
    return given


def _number_or_switch(given: Any) -> Any:
    if type(given) is not int and type(given) is not bool:
        raise TypeError
    return given


def _word(words: tuple[Any, ...]) -> Read:
    allowed = {(type(word), word) for word in words}

    def read(given: Any) -> Any:
        if (type(given), given) not in allowed:
            raise ValueError
        return given

    return read


def _list(given: Any) -> list[Any] | tuple[Any, ...]:
    if type(given) is not list and type(given) is not tuple:
        raise TypeError
    return given


def _map(given: Any) -> dict[str, Any]:
    if type(given) is not dict:
        raise TypeError
    return given


_EVENTS: dict[str, Plan] = {cls.__name__: _plan(cls) for cls in get_args(Event)}
_COMMANDS: dict[str, Plan] = {cls.__name__: _plan(cls) for cls in get_args(Command)}

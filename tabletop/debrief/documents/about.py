"""About: what only people can say of an exercise: when, where, for whom, whom to call.

It comes from a small file of their own. Whatever it leaves out is printed as room to write.
"""

from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from tabletop.scenario.document import Document, read_document
from tabletop.scenario.problem import Problem, errors
from tabletop.scenario.scalars import Day, Line, Name, Prose, Several, Value
from tabletop.wording import say

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Contact(Value):
    """Whom to ask about the exercise."""

    name: Line | None = None
    title: Line | None = None
    agency: Line | None = None
    address: Line | None = None
    phone: Line | None = None
    email: Line | None = None


class Organization(Value):
    """A body that takes part."""

    name: Line
    level: Line | None = None
    """Federal, state, local, tribal, nongovernmental, or another."""


class Staff(Value):
    """Someone who conducts or evaluates."""

    name: Line
    seat: Line
    """Facilitator, evaluator, observer, scribe or another."""
    area: Line | None = None
    """What they look after."""
    contact: Line | None = None


class About(Value):
    """An exercise as people plan it; everything may be left out."""

    exercise: Line | None = None
    """What it is called; otherwise as the scenario."""
    date: Day | None = None
    until: Day | None = None
    """The last day, where it takes more than one."""
    start: Clock | None = None
    """The time of day at which it begins."""
    venue: Line | None = None
    sponsor: Line | None = None
    grant: Line | None = None
    """The program that pays for it."""
    marking: Line | None = None
    """A protective marking of the sponsor's, beside the program's own."""
    scope: Prose | None = None
    """Limits of play, in a sentence."""
    mission_areas: Several[Line] = ()
    contact: Contact = Contact()
    organizations: Several[Organization] = ()
    staff: Several[Staff] = ()
    support: Prose | None = None
    """Whom to talk to afterwards, here."""
    parameters: Annotated[dict[Name, Line], Field(max_length=40)] = {}
    """Values for `$name` in the scenario's texts."""


def read_about(source: bytes, name: str) -> About:
    """What a file says of an exercise; `name` is what problems call it.

    Raises:
        ValueError: with one sentence: what is wrong, where, and how to mend it.
    """
    document = read_document(source, name)
    wrong = errors(document.problems)
    if wrong:
        raise ValueError(str(wrong[0]))
    try:
        return About.model_validate(document.tree)
    except ValidationError as failure:
        raise ValueError(_said(failure, document)) from None


def _said(failure: ValidationError, document: Document) -> str:
    """The first refusal, in a sentence with its place."""
    error = failure.errors(include_url=False, include_input=False)[0]
    place = error["loc"]
    at = document.key(place)
    what = _what(error["type"], error.get("ctx", {}), place)
    return str(Problem("TT103", what, document.name, at.line, at.column))


def _what(kind: str, context: dict[str, Any], place: tuple[str | int, ...]) -> str:
    field = str(place[-1]) if place else ""
    match kind:
        case "extra_forbidden":
            return _unknown(field, tuple(_model(place[:-1]).model_fields))
        case "missing":
            return say("`{field}` is missing here", field=field)
        case "tuple_type":
            return say("`{field}` should be a list, one line each that begins with -", field=field)
        case "model_type" | "dict_type":
            return say("`{field}` should be a map of `field: value`", field=field)
        case "string_pattern_mismatch" if field == "start":
            return say("`start` should be a time such as 09:00")
        case "string_pattern_mismatch":
            return say("`{field}` should hold some text", field=field)
        case "string_too_long":
            most = context.get("max_length")
            return say("`{field}` has more than {most} characters", field=field, most=most)
        case "too_long":
            most = context.get("max_length")
            return say("`{field}` has more than {most} entries", field=field, most=most)
        case "value_error":
            return say("`{field}` {problem}", field=field, problem=context.get("error", ""))
    return say("`{field}` should be a text", field=field)


def _unknown(field: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(field, known, 1, 0.6)
    if near:
        return say("there is no `{field}`; did you mean `{near}`?", field=field, near=near[0])
    return say("there is no `{field}`; there are {known}", field=field, known=", ".join(known))


def _model(place: tuple[str | int, ...]) -> type[Value]:
    models: dict[str, type[Value]] = {
        "contact": Contact, "organizations": Organization, "staff": Staff,
    }  # fmt: skip
    return models.get(str(place[0]), About) if place else About

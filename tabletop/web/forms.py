"""Forms: what a page posts, as commands; never a role or a seat, which are the server's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qs

from tabletop.debrief import asked
from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c

Fields = Mapping[str, str]
Word = TypeVar("Word", bound=str)

MOST_FIELDS = 64
BEFORE = "before"
"""What shows that something is to be improved, where it is to stay what it is."""


class Malformed(ValueError):
    """A form that no page of ours posts."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it came in, to be shown again: with what stood in it where it was refused."""

    form: str = ""
    """Which form of the page it was,"""
    fields: tuple[tuple[str, str], ...] = ()
    """what stood in it,"""
    sentence: str = ""
    """what is said of it,"""
    refused: bool = False
    """and whether it was refused."""

    def of(self, form: str) -> "Typed":
        """What was typed in one form of a page."""
        return self if form == self.form else NOTHING

    def get(self, name: str, otherwise: str = "") -> str:
        """What stood in a field; else what stands there by itself."""
        return dict(self.fields).get(name, "") if self.fields else otherwise


NOTHING = Typed()


def fields(body: bytes) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The fields of a posted form: the last of each name, and all of them.

    Raises:
        Malformed: where it is no form.
    """
    try:
        every = parse_qs(
            body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError:
        raise Malformed from None
    return {name: values[-1] for name, values in every.items()}, every


def command(given: Fields) -> c.Command:
    """The command a form asks for.

    Raises:
        Malformed: where it asks for nothing a page can.
    """
    made = _MADE.get(given.get("do", ""))
    if made is None:
        raise Malformed
    return made(given)


def _number(given: Fields, name: str) -> int:
    return _whole(given.get(name, "") or "0")


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise Malformed
    return int(text)


def _confidence(given: Fields) -> c.Confidence:
    number = _number(given, "confidence")
    for each in (0, 1, 2, 3, 4):
        if number == each:
            return each
    raise Malformed


def _prompt(given: Fields) -> c.Prompt:
    for prompt in c.PROMPTS:
        if given.get("prompt") == prompt:
            return prompt
    raise Malformed


def _one_of(known: tuple[Word, ...], given: Fields, name: str) -> Word:
    """One of the words that a field may hold."""
    for each in known:
        if given.get(name) == each:
            return each
    raise Malformed


def _kind(given: Fields) -> c.ObservationKind:
    return "issue" if given.get("kind") == "issue" else "strength"


def _text(given: Fields, name: str) -> str:
    return given.get(name, "")


def _improve(given: Fields) -> c.Command:
    shown = _text(given, "shown")
    decisions, observations = asked.anchored(shown)
    if shown == BEFORE:
        decisions = tuple(_text(given, "decisions").split())
        observations = tuple(_whole(each) for each in _text(given, "observations").split())
    return a.Improve(
        issue=_text(given, "issue"),
        # A field called `action` would hide where the form is sent to from its script.
        action=_text(given, "done"),
        element=_one_of(a.ELEMENTS, given, "element"),
        owner=_text(given, "owner"),
        contact=_text(given, "contact"),
        start=_text(given, "start"),
        due=_text(given, "due"),
        objective=_text(given, "objective"),
        decisions=decisions,
        observations=observations,
        item=_number(given, "item"),
    )


_MADE: dict[str, Callable[[Fields], c.Command]] = {
    "commit": lambda given: c.Commit(
        _text(given, "decision"),
        _text(given, "option"),
        _text(given, "reason"),
        _text(given, "because"),
        _confidence(given),
    ),
    "settle": lambda given: c.Settle(_text(given, "decision"), _text(given, "option")),
    "share": lambda given: c.Share(_text(given, "fact"), _text(given, "to")),
    "say": lambda given: c.Say(_text(given, "to"), _text(given, "words")),
    "advise": lambda given: c.Say("", _text(given, "words"), _text(given, "about")),
    "acknowledge": lambda given: c.Acknowledge(_number(given, "passages")),
    "skip": lambda given: c.Skip(_number(given, "passage")),
    "step_out": lambda given: c.StepOut(),
    "step_in": lambda given: c.StepIn(),
    "stop_for_care": lambda given: c.StopForCare(named=given.get("named") == "yes"),
    "reflect": lambda given: c.Reflect(
        _prompt(given), _text(given, "words"), _text(given, "when"), _text(given, "by")
    ),
    "give_feedback": lambda given: a.GiveFeedback(
        tuple(
            (each, _number(given, f"statement-{each}"))
            for each in a.STATEMENTS
            if given.get(f"statement-{each}")
        ),
        *(_text(given, part) for part in a.PARTS),
    ),
    "rate": lambda given: a.Rate(
        _text(given, "task"), _one_of(a.RATINGS, given, "rating"), "", _text(given, "reason")
    ),
    "rate_capability": lambda given: a.RateCapability(
        _text(given, "capability"),
        _one_of(a.RATINGS, given, "rating"),
        "",
        _text(given, "reason"),
    ),
    "improve": _improve,
    "rewrite": _improve,
    "withdraw": lambda given: a.Withdraw(_number(given, "item"), _text(given, "reason")),
    "update_action": lambda given: a.UpdateAction(
        _number(given, "item"), _one_of(a.STATUSES, given, "status"), _text(given, "note")
    ),
    "sign": lambda given: a.Sign(
        _text(given, "name"),
        _text(given, "organization"),
        _text(given, "role"),
        _text(given, "digest"),
    ),
    "observe": lambda given: c.Observe(
        _kind(given),
        _text(given, "words"),
        _number(given, "passage"),
        _text(given, "decision"),
        _text(given, "practice"),
        _text(given, "task"),
    ),
}
"""What people without a terminal can ask for. Steering is done from a console."""

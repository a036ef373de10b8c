"""Expectations: what a play script says has to be so, and the sentences where it is not."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.events import Event, Settled
from tabletop.exercise.state import State
from tabletop.exercise.views import view
from tabletop.scenario.texts import ALL

KEYS = (
    "scene",
    "ended",
    "state",
    "knows",
    "lacks",
    "sees",
    "misses",
    "open",
    "settled",
    "may",
    "may_not",
    "marks",
)


class Misread(ValueError):
    """A step that is not one of a play script's."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What has to be so at this point of a play."""

    line: int
    given: Mapping[str, Any]


def expectation(engine: Engine, given: Any, line: int) -> Expectation:
    """Reads an expectation.

    Raises:
        Misread: where it asks for something a script can't say.
    """
    if not isinstance(given, dict) or not given:
        raise Misread(f"`expect:` takes {', '.join(KEYS)}")
    for key, value in given.items():
        if key not in KEYS:
            raise Misread(f"`expect:` knows no `{key}`; it takes {', '.join(KEYS)}")
        if key in ("knows", "lacks", "sees", "misses", "may", "may_not"):
            if not isinstance(value, dict):
                raise Misread(f"`{key}:` takes a map from role to a list")
            for role in value:
                if role not in (ALL, *engine.scenario.roles):
                    raise Misread(f"there is no role called `{role}`")
        if key in ("knows", "lacks"):
            for fact in (fact for facts in value.values() for fact in _several(facts)):
                if fact not in engine.scenario.facts:
                    raise Misread(f"there is no fact called `{fact}`")
        if key in ("marks", "settled", "open"):
            for decision in value if isinstance(value, dict) else _several(value):
                if decision not in engine.plan.scene_of_decision:
                    raise Misread(f"there is no decision called `{decision}`")
        if key == "state":
            for name in value:
                if name not in engine.scenario.state:
                    raise Misread(f"there is no flag or counter called `{name}`")
        if key == "scene" and value not in engine.scenario.scenes:
            raise Misread(f"there is no scene called `{value}`")
    return Expectation(line, given)


def differences(
    engine: Engine, state: State, events: Iterable[Event], expected: Expectation
) -> Iterator[str]:
    """Sentences about what is not as expected."""
    for key, value in expected.given.items():
        yield from _DIFFERENCES[key](engine, state, tuple(events), value)


def _several(value: Any) -> tuple[str, ...]:
    return (str(value),) if isinstance(value, str) else tuple(str(each) for each in value)


def _by_role(state: State, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A map by role, with `all` spread over the roles at the table."""
    for role, each in value.items():
        for one in state.joined if role == ALL else (role,):
            yield one, each


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _scene(engine: Engine, state: State, events: Any, value: Any) -> Iterator[str]:
    if state.scene != value:
        yield f"the scene is {state.scene}, expected {value}"


def _ended(engine: Engine, state: State, events: Any, value: Any) -> Iterator[str]:
    now = (state.ending or "early") if state.status == "ended" else "false"
    if now != str(value):
        yield f"ended is {now}, expected {value}"


def _state(engine: Engine, state: State, events: Any, value: Any) -> Iterator[str]:
    for name, wanted in value.items():
        now = _plain(state.values[name])
        if now != str(wanted):
            yield f"{name} is {now}, expected {wanted}"


def _known(wanted: bool) -> Any:
    def check(engine: Engine, state: State, events: Any, value: Any) -> Iterator[str]:
        for role, facts in _by_role(state, value):
            for fact in _several(facts):
                if state.knows(role, fact) is not wanted:
                    yield f"the {role} {'does not know' if wanted else 'knows'} {fact}"

    return check


def seen_text(engine: Engine, state: State, role: str) -> str:
    """Everything a role may see now, as one text with single spaces."""
    seat = state.in_role(role)[0]
    words = {passage.words: passage.words for feed in state.feeds.values() for passage in feed} | {
        answer.reason: answer.reason
        for decision in state.decisions.values()
        for answer in decision.answers.values()
    }
    return " ".join(" ".join(_strings(view(engine, state, seat.id, words))).split())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)


def _seen(wanted: bool) -> Any:
    def check(engine: Engine, state: State, events: Any, value: Any) -> Iterator[str]:
        for role, pieces in _by_role(state, value):
            text = seen_text(engine, state, role)
            for piece in _several(pieces):
                if (" ".join(piece.split()) in text) is not wanted:
                    yield f"the {role} {'does not see' if wanted else 'sees'} “{piece}”"

    return check


def _open(engine: Engine, state: State, events: Any, value: Any) -> Iterator[str]:
    wanted = set(_several(value))
    now = {
        name
        for name, decision in state.decisions.items()
        if not decision.done and engine.plan.scene_of_decision[name] == state.scene
    }
    if now != wanted:
        yield f"open are {', '.join(sorted(now)) or 'none'}, expected {', '.join(sorted(wanted))}"


def _settled(engine: Engine, state: State, events: Any, value: Any) -> Iterator[str]:
    for name, wanted in value.items():
        decision = state.decisions.get(name)
        now = decision.settled if decision else ""
        if now != str(wanted):
            yield f"{name} is settled as {now or 'nothing'}, expected {wanted}"


def _may(wanted: bool) -> Any:
    def check(engine: Engine, state: State, events: Any, value: Any) -> Iterator[str]:
        for role, deeds in _by_role(state, value):
            seat = state.in_role(role)[0]
            offered = {name for command in engine.legal(state, seat.id) for name in _names(command)}
            for deed in _several(deeds):
                if (deed in offered) is not wanted:
                    yield f"the {role} {'may not' if wanted else 'may'} {deed}"

    return check


def _names(command: c.Command) -> tuple[str, ...]:
    """How a script may name a command that is open to a role."""
    match command:
        case c.Share(fact, to):
            return (f"share {fact} {to}",)
        case c.Commit(decision, option):
            return (f"choose {option}", f"choose {option} at {decision}")
        case c.Settle(decision, option):
            return (f"settle {decision} {option}".strip(),)
    return (type(command).__name__.lower(),)


def _marks(engine: Engine, state: State, events: Any, value: Any) -> Iterator[str]:
    settled = {event.decision: event for event in events if isinstance(event, Settled)}
    for name, wanted in value.items():
        event = settled.get(name)
        if event is None:
            yield f"{name} is not settled, so it has no marks"
            continue
        mark = next(judged for judged in event.marks if judged.option == event.option)
        for axis, expected in wanted.items():
            now = getattr(mark, axis)
            if str(now) != str(expected):
                yield f"{axis} of {name} is {now}, expected {expected}"


_DIFFERENCES = {
    "scene": _scene,
    "ended": _ended,
    "state": _state,
    "knows": _known(True),
    "lacks": _known(False),
    "sees": _seen(True),
    "misses": _seen(False),
    "open": _open,
    "settled": _settled,
    "may": _may(True),
    "may_not": _may(False),
    "marks": _marks,
}

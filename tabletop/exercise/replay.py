"""Replay: a record back into what it was, on any machine and with any later version."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tabletop.exercise.codec import canonical
from tabletop.exercise.evolve import apply
from tabletop.exercise.record import Entry, Header, Unreadable, trunk
from tabletop.exercise.state import State
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine


def engine_of(header: Header) -> "Engine":
    """The engine an exercise was run with, from its header alone.

    Raises:
        Unreadable: where the scenario in the header is no longer read by this version.
    """
    # Folding a record needs none of these, and they take longer to import than it to fold.
    from pydantic import ValidationError

    from tabletop.exercise.engine import Engine
    from tabletop.scenario.guidance import Guidance
    from tabletop.scenario.reading import read_scenario

    try:
        guidance = Guidance.model_validate_json(header.guidance_json)
    except ValidationError:
        raise Unreadable(say("The guidance in the record can't be read.")) from None
    reading = read_scenario(header.scenario_text.encode(), header.scenario_name, guidance)
    if reading.scenario is None:
        raise Unreadable(say("The scenario in the record is not read by this version of tabletop."))
    return Engine(reading.scenario, guidance, dict(header.parameters), header.seed)


def fold(entries: Iterable[Entry]) -> State:
    """The state after the entries that lead to the last one."""
    state = State()
    for entry in trunk(entries):
        state = apply(state, entry.at, entry.events)
    return state


def state_hash(state: State) -> str:
    """A hash of everything in a state, the same on every machine and in every process."""
    return sha256(canonical(_plain(state))).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        # Keys may be tuples, which JSON has no keys for.
        return sorted(([_plain(key), _plain(item)] for key, item in value.items()), key=canonical)
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(item) for item in value), key=canonical)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value

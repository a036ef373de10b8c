"""Play scripts: a written route through a scenario with expectations (see `docs/authoring/`).

Reading a script turns each line into a `Deed` (a seat and its command), or an `Expectation`.
Running it plays the deeds through the engine, lets stand-ins act after each, and stops at the
first difference with a sentence about it and the line it stands on. A person's words are their own
reference here: a play is never stored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tabletop.authoring.expectations import Expectation, Misread, differences, expectation
from tabletop.authoring.explore import FACILITATOR, seats, steering_seat
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.events import Event
from tabletop.exercise.evolve import apply
from tabletop.exercise.refusals import Refused, sentence
from tabletop.exercise.run import MINUTE
from tabletop.exercise.state import State
from tabletop.scenario.document import Document, read_document
from tabletop.scenario.problem import Problem

CONFIDENCE: dict[str, c.Confidence] = {"guess": 1, "lean": 2, "fairly": 3, "certain": 4}
PLAIN: dict[str, c.Command] = {
    "advance": c.Advance(),
    "pause": c.Pause(),
    "resume": c.Resume(),
    "end": c.End(),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """A command to give: by a role's seat, or by whoever steers (`""`)."""

    line: int
    role: str
    command: c.Command
    refused: str = ""
    """The slug with which it is to be refused."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes to let pass."""

    line: int
    minutes: int


@dataclass(frozen=True, slots=True)
class PlayScript:
    """A script, read."""

    name: str
    title: str
    people: tuple[str, ...]
    facilitated: bool
    parameters: Mapping[str, str]
    steps: tuple[Deed | Minutes | Expectation, ...]


@dataclass(frozen=True, slots=True)
class PlayResult:
    """How a play went."""

    title: str
    steps: int
    state: State
    events: tuple[Event, ...]
    line: int = 0
    difference: str = ""
    """The first difference, as a sentence; empty where there was none."""

    @property
    def passed(self) -> bool:
        """Whether everything was as the script says."""
        return not self.difference


def read_play(source: bytes, name: str, engine: Engine) -> tuple[PlayScript | None, list[Problem]]:
    """A script, or the problems that keep it from being one."""
    document = read_document(source, name)
    if document.problems:
        return None, list(document.problems)
    problems: list[Problem] = []
    tree = document.tree if isinstance(document.tree, dict) else {}
    people = tree.get("people", tuple(engine.scenario.roles))
    people = (people,) if isinstance(people, str) else tuple(people)
    try:
        _top(tree)
        for role in people:
            _role(engine, str(role))
    except Misread as misread:
        problems.append(_problem(document, name, (), str(misread)))
    steps: list[Deed | Minutes | Expectation] = []
    given = tree.get("steps", ())
    for number, step in enumerate(given if isinstance(given, tuple) else ()):
        place = ("steps", number)
        try:
            steps.append(_step(engine, step, document.position(place).line))
        except Misread as misread:
            problems.append(_problem(document, name, place, str(misread)))
    if problems:
        return None, problems
    script = PlayScript(
        name,
        str(tree["title"]),
        tuple(str(role) for role in people),
        str(tree.get("facilitated", "false")) == "true",
        {str(key): str(value) for key, value in tree.get("parameters", {}).items()},
        tuple(steps),
    )
    return script, []


def run_play(engine: Engine, script: PlayScript) -> PlayResult:
    """Plays a script to its end or its first difference."""
    table = seats(engine, script.people, facilitated=script.facilitated)
    host = table[-1].id if script.facilitated else script.people[0]
    events: list[Event] = []
    state = State()
    beginning = Deed(1, host, c.Start(table, script.facilitated))
    for taken, step in enumerate((beginning, *script.steps)):
        if isinstance(step, Expectation):
            difference = next(differences(engine, state, events, step), "")
        else:
            state, difference = _do(engine, state, events, step)
        if difference:
            return PlayResult(script.title, taken, state, tuple(events), step.line, difference)
    return PlayResult(script.title, len(script.steps), state, tuple(events))


def commands_of(engine: Engine, script: PlayScript) -> Iterator[tuple[str, c.Command]]:
    """The people's commands of a script after its start, those to be refused left out.

    Minutes and who steers depend on the play so far, so they are worked out by playing along.
    """
    table = seats(engine, script.people, facilitated=script.facilitated)
    host = table[-1].id if script.facilitated else script.people[0]
    events: list[Event] = []
    state, _ = _do(engine, State(), events, Deed(1, host, c.Start(table, script.facilitated)))
    for step in script.steps:
        if isinstance(step, Expectation) or (isinstance(step, Deed) and step.refused):
            continue
        yield _given(state, step)
        state, _ = _do(engine, state, events, step)


def _given(state: State, step: Deed | Minutes) -> tuple[str, c.Command]:
    if isinstance(step, Minutes):
        return steering_seat(state), c.PassTime(state.at + step.minutes * MINUTE)
    return step.role or steering_seat(state), step.command


def _do(
    engine: Engine, state: State, events: list[Event], step: Deed | Minutes
) -> tuple[State, str]:
    """The state after a step and what stand-ins do about it, and the difference if any."""
    seat, command = _given(state, step)
    expected = step.refused if isinstance(step, Deed) else ""
    try:
        made = engine.decide(state, seat, command)
    except Refused as refused:
        if refused.slug == expected:
            return state, ""
        said = f"{_said(seat, command)} was refused ({refused.slug}): {sentence(refused)}"
        return state, said
    if expected:
        return state, f"{_said(seat, command)} was accepted, not refused ({expected})"
    events += made
    at = command.to if isinstance(command, c.PassTime) else state.at
    return quiet_with(engine, apply(state, at, made), events), ""


def quiet_with(engine: Engine, state: State, events: list[Event]) -> State:
    """Lets stand-ins act and keeps what their commands made."""
    while True:
        for seat in state.seats.values():
            command = engine.proposal(state, seat.id)
            if command is not None:
                made = engine.decide(state, seat.id, command)
                events += made
                state = apply(state, state.at, made)
                break
        else:
            return state


def _said(seat: str, command: c.Command) -> str:
    return f"{seat}: {type(command).__name__.lower()}"


def _problem(document: Document, name: str, place: tuple[str | int, ...], message: str) -> Problem:
    position = document.position(place)
    return Problem("TT020", message, name, position.line, position.column)


def _top(tree: Mapping[str, Any]) -> None:
    allowed = ("title", "people", "facilitated", "parameters", "steps")
    for key in tree:
        if key not in allowed:
            raise Misread(f"`{key}` is not part of a play script; there are {', '.join(allowed)}")
    if not tree.get("title") or not isinstance(tree.get("steps"), tuple):
        raise Misread("a play script has a `title` and a list of `steps`")


def _role(engine: Engine, role: str) -> str:
    if role not in engine.scenario.roles:
        raise Misread(f"there is no role called `{role}`; {', '.join(engine.scenario.roles)}")
    return role


def _step(engine: Engine, step: Any, line: int) -> Deed | Minutes | Expectation:
    if isinstance(step, str):
        if step not in PLAIN:
            raise Misread(f"`{step}` is not a step; {', '.join(PLAIN)} or `role: {{…}}`")
        return Deed(line, "", PLAIN[step])
    if not isinstance(step, dict) or len(step) != 1:
        raise Misread("a step is one of advance, pause, resume, end, or `role: {…}`")
    ((who, what),) = step.items()
    if who == "expect":
        return expectation(engine, what, line)
    if who == "minutes":
        if not str(what).isdecimal():
            raise Misread("`minutes:` takes a whole number")
        return Minutes(line, int(what))
    if who == "release":
        return Deed(line, FACILITATOR, c.Release(str(what)))
    role = _role(engine, who)
    if not isinstance(what, dict):
        raise Misread(f"`{role}:` takes a step in braces, such as {{share: beds, to: advocate}}")
    if "refused" in what:
        inner = what["refused"]
        command = (
            PLAIN[inner] if isinstance(inner, str) and inner in PLAIN else _command(engine, inner)
        )
        return Deed(line, role, command, str(what.get("as", "")))
    return Deed(line, role, _command(engine, what))


_SHAPES = {
    "choose": {"choose", "at", "reason", "because", "sure"},
    "settle": {"settle", "option", "reason"},
    "share": {"share", "to"},
    "say": {"say", "to", "about"},
    "skip": {"skip"},
    "step": {"step"},
}


def _command(engine: Engine, given: Mapping[str, Any]) -> c.Command:
    verb = next((verb for verb in _SHAPES if verb in given), None)
    if verb is None:
        raise Misread(f"a role may {', '.join(_SHAPES)}, or be refused; not {', '.join(given)}")
    strange = set(given) - _SHAPES[verb]
    if strange:
        raise Misread(f"`{verb}` does not take {', '.join(sorted(strange))}")
    word = {key: str(value) for key, value in given.items()}
    match verb:
        case "choose":
            decision = word.get("at", "")
            if decision not in engine.plan.scene_of_decision:
                raise Misread(f"there is no decision called `{decision}`")
            if word["choose"] not in engine.plan.decision(decision).options:
                raise Misread(f"`{decision}` has no option `{word['choose']}`")
            sure = word.get("sure", "")
            if sure and sure not in CONFIDENCE:
                raise Misread(f"`sure:` takes {', '.join(CONFIDENCE)}")
            return c.Commit(
                decision,
                word["choose"],
                word.get("reason", ""),
                word.get("because", ""),
                CONFIDENCE.get(sure, 0),
            )
        case "settle":
            return c.Settle(word["settle"], word.get("option", ""), word.get("reason", ""))
        case "share":
            if word["share"] not in engine.scenario.facts:
                raise Misread(f"there is no fact called `{word['share']}`")
            return c.Share(word["share"], _role(engine, word.get("to", "")))
        case "say":
            return c.Say(word.get("to", ""), word["say"], word.get("about", ""))
        case "skip":
            if not word["skip"].isdecimal():
                raise Misread("`skip:` takes the number of a passage")
            return c.Skip(int(word["skip"]))
    if word["step"] not in ("out", "in"):
        raise Misread("`step:` takes out or in")
    return c.StepOut() if word["step"] == "out" else c.StepIn()

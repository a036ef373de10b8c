"""Presence: whether each role has something to do, and each critical task its occasion."""

from collections.abc import Iterator

from tabletop.authoring.findings import Remark
from tabletop.authoring.liveness import Key
from tabletop.authoring.survey import Survey, open_decisions
from tabletop.exercise.engine import Engine
from tabletop.exercise.state import State

IDLE = 2
"""How many modules in a row a role may have nothing to do."""


def remarks_on_presence(made: Survey, idle: int = IDLE) -> Iterator[Remark]:
    """Roles idle for too long, and critical tasks that a route never exercises."""
    yield from _idle(made, idle)
    yield from _tasks(made)


def busy(engine: Engine, state: State) -> set[str]:
    """The roles that are asked, consulted, or could share something."""
    found: set[str] = set()
    for name in open_decisions(engine, state):
        found.update(state.decisions[name].by, state.decisions[name].consult)
    found.update(offer[1] for offer in _standing(engine, state))
    return found


def _standing(engine: Engine, state: State) -> Iterator[tuple[str, str, str, int]]:
    if state.status != "running":
        return
    for offer, status in state.offers.items():
        share = engine.scenario.facts[offer[0]].share[offer[3]]
        if status == "open" and (share.during is None or state.scene in share.during):
            yield offer


def _idle(made: Survey, most: int) -> Iterator[Remark]:
    engine = made.engine
    module = {
        key: "" if state.status == "ended" else engine.module_of[state.scene]
        for key, state in made.states
    }
    occupied = {key: busy(engine, state) for key, state in made.states}
    for role in engine.scenario.roles:
        longest = _longest(made, role, module, occupied)
        if longest is not None and longest[0] > most:
            count, key = longest
            message = f"on this route `{role}` has nothing to do for {count} modules in a row"
            hint = "ask or consult the role, or let it join later"
            yield Remark("TT411", ("roles", role), message, hint, made.route(key, *longest[2]))


def _longest(
    made: Survey, role: str, module: dict[Key, str], occupied: dict[Key, set[str]]
) -> tuple[int, Key, tuple[object, ...]] | None:  # pragma: no cover - replaced below
    raise NotImplementedError


def _tasks(made: Survey) -> Iterator[Remark]:
    if made.exploration.bounded:
        return
    at_play = {key: frozenset(practices_at_play(made.engine, s)) for key, s in made.states}
    for name, objective in made.engine.scenario.objectives.items():
        for task, each in objective.tasks.items():
            wanted = frozenset(each.practices)
            way = _avoiding(made, {key for key, there in at_play.items() if there & wanted})
            if way is not None:
                start, arrows = way
                message = f"on this route nothing exercises `{task}` of the objective `{name}`"
                hint = "give every way to an end a decision or an offer that rests on its practices"
                path = ("objectives", name, "tasks", task)
                yield Remark("TT412", path, message, hint, made.route(start, *arrows))


def practices_at_play(engine: Engine, state: State) -> Iterator[str]:
    """The practices that marks of what could be done now rest on."""
    for name in open_decisions(engine, state):
        authored = engine.plan.decision(name)
        for option in state.decisions[name].shown():
            for mark in authored.options[option].key():
                yield from mark.practices or authored.options[option].practices
            yield from authored.practices
    for fact, _, _, number in _standing(engine, state):
        share = engine.scenario.facts[fact].share[number]
        others = (share.without, share.lapsed, share.kept)
        for one in (*share.key(), *(other for other in others if other is not None)):
            yield from one.practices or share.practices

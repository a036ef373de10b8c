"""Presence: whether each role has something to do, and each critical task its occasion."""

from collections.abc import Iterator

from tabletop.authoring.explorations import Explorations, Explored
from tabletop.authoring.explore import Move, play
from tabletop.authoring.findings import Remark
from tabletop.authoring.packed.idling import Idling
from tabletop.authoring.packed.search import Place
from tabletop.exercise import commands as c
from tabletop.exercise.state import State
from tabletop.scenario.problem import Path

IDLE = 2
"""How many modules in a row a role may have nothing to do."""


def remarks_on_presence(made: Explorations, idle: int = IDLE) -> Iterator[Remark]:
    """Roles idle for too long, and critical tasks that a route never exercises."""
    yield from _idle(made.everyone, idle)
    yield from _tasks(made.everyone)


def _idle(found: Explored, idle: int) -> Iterator[Remark]:
    scenes = found.engine.scenario.scenes
    modules = {
        name: "" if scene.ending else found.engine.module_of[name] for name, scene in scenes.items()
    }
    for role in found.engine.scenario.roles:
        occupied = found.sights.known("occupied", role)
        idling = Idling(found.reached, role, occupied, modules)
        if idling.bound() <= idle or idling.most() <= idle:
            continue
        count, (moves, before) = idling.most(), idling.longest()
        without_end = found.reached.cyclic and count >= idling.highest - 1
        times = f"{count} modules in a row" if not without_end else "as long as one goes round"
        message = f"on this route `{role}` has nothing to do for {times}"
        hint = "ask or consult the role, or let it join later"
        route = found.routed((*_shared(found, role, moves[:before]), *moves[before:]))
        yield Remark("TT411", ("roles", role), message, hint, route)


def _shared(found: Explored, role: str, moves: tuple[Move, ...]) -> Iterator[Move]:
    """Some moves, and whatever a role can share meanwhile that changes nothing else."""
    engine, liveness, state = found.engine, found.model.liveness, State()
    for move in moves:
        yield move
        state = play(engine, state, move)
        offers = engine.offers(state, role) if state.status == "running" else ()
        for offer in offers:
            share: Move = ((role, c.Share(offer[0], offer[2])),)
            deferred = not liveness.consequential(state.scene, offer)
            if deferred and engine.accepts(state, *share[0]):
                yield share
                state = play(engine, state, share)


def _tasks(found: Explored) -> Iterator[Remark]:
    hint = "give every way to an end a decision or an offer that rests on its practices"
    for name, objective in found.engine.scenario.objectives.items():
        path: Path = ("objectives", name)
        if len(objective.tasks) > 1:
            message = f"on this route nothing exercises the objective `{name}`"
            yield from _left_out(found, "objective", name, Remark("TT412", path, message, hint))
        for task in objective.tasks:
            message = f"on this route nothing exercises `{task}` of the objective `{name}`"
            remark = Remark("TT412", (*path, "tasks", task), message, hint)
            yield from _left_out(found, "task", f"{name}.{task}", remark)


def _left_out(found: Explored, kind: str, name: str, remark: Remark) -> Iterator[Remark]:
    """What is said of something to exercise, where a route to an end never does."""
    subjects = found.model.subjects
    bit = 1 << subjects.index((kind, name)) if (kind, name) in subjects else 0
    if found.whole and bit and found.weighed.always & bit:
        return
    search = found.search(exercising=bit)
    scenes = found.engine.scenario.scenes
    ends = (scene for scene in found.reached.arrivals if scenes[scene].ending)
    places = [Place(scene, local) for scene in ends for local in search.locals(scene)]
    route = found.routed(search.nearest(places))
    if route is not None:
        yield Remark(remark.code, remark.path, remark.message, remark.hint, route)

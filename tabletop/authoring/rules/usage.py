"""Usage: what is declared and not used, or used where nothing can change it."""

from collections import deque
from collections.abc import Iterator

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.behaviour import effects_in
from tabletop.exercise.engine import Engine
from tabletop.exercise.plan import changes, decision_conditions, mark_conditions, reads
from tabletop.scenario.conditions import Condition
from tabletop.scenario.facts import Fact, Share
from tabletop.scenario.model import Effects, Scene, Variable
from tabletop.scenario.texts import texts_of

OPEN_CLASSES = frozenset({"capacity", "process_lesson", "public_filing", "case_knowledge"})
"""Classes of facts of which nobody at a table is the wrong recipient."""
LATE = 3
"""Scenes between the first change of a counter and its one reader, from which on that is late;"""
LATE_AT_THE_END = 2
"""where the reader is the last scene before an ending, or one, so many are enough."""


def remarks_on_usage(engine: Engine) -> Iterator[Remark]:
    """State nobody reads or changes, injects nobody causes, facts that tempt nobody."""
    yield from _state(engine)
    yield from _injects(engine)
    for name, fact in engine.scenario.facts.items():
        yield from _tempting(engine, name, fact)


def _state(engine: Engine) -> Iterator[Remark]:
    scenario = engine.scenario
    readers = _readers(engine)
    changed = _moved(engine)
    written = {name for effects in all_effects(engine) for name in (*effects.set, *effects.add)}
    for name, variable in scenario.state.items():
        sort = "flag" if isinstance(variable.start, bool) else "counter"
        path = ("state", name)
        where = readers.get(name, set())
        if not where:
            hint = "delete it, or let a text, a way, an inject or an option depend on it"
            yield Remark("TT419", path, f"no condition reads the {sort} `{name}`", hint)
        if name not in changed:
            hint = "change it with `set` or `add`, or leave it out of the conditions"
            message = f"nothing changes the {sort} `{name}`"
            if name in written:
                message += " from what it begins with"
            yield Remark("TT420", path, message, hint)
        elif sort == "counter" and len(where) == 1:
            (scene,) = where
            distance = _distance(engine, _changers(engine, name), scene)
            late = LATE_AT_THE_END if _last(engine, scene) else LATE
            if distance is not None and distance >= late:
                message = (
                    f"the counter `{name}` is read once, in `{scene}`, "
                    f"{distance} scenes after it changes for the first time"
                )
                hint = "decide with flags nearer to what happened, or read it on the way"
                yield Remark("TT418", path, message, hint)


def all_effects(engine: Engine) -> Iterator[Effects]:
    """Everything that has effects."""
    for fact in engine.scenario.facts.values():
        yield from fact.share
    for scene in engine.scenario.scenes.values():
        yield from scene.injects.values()
        for decision in scene.decisions.values():
            yield from decision.options.values()


def _moved(engine: Engine) -> set[str]:
    """The flags and counters some effect brings to another value than that they begin with."""
    state = engine.scenario.state
    found: set[str] = set()
    for effects in all_effects(engine):
        found.update(name for name, value in effects.set.items() if value != state[name].start)
        found.update(name for name, by in effects.add.items() if _counts(state[name], by))
    return found


def _counts(variable: Variable, by: int) -> bool:
    """Whether adding a number to a counter can change it, from where it begins."""
    if variable.range is None or by == 0:
        return False
    return variable.start < variable.range[1] if by > 0 else variable.start > variable.range[0]


def _last(engine: Engine, scene: str) -> bool:
    """Whether only endings come after a scene."""
    scenes = engine.scenario.scenes
    return bool(scene) and all(scenes[branch.to].ending for branch in scenes[scene].next)


def _scene_conditions(scene: Scene) -> Iterator[Condition | None]:
    for _, text in texts_of(scene):
        yield from text.conditions()
    for inject in scene.injects.values():
        yield from (inject.when, inject.alone)
    for decision in scene.decisions.values():
        yield from decision_conditions(decision)
    yield from (branch.when for branch in scene.next)


def _readers(engine: Engine) -> dict[str, set[str]]:
    """The scenes in which each name is read; an empty name stands for facts and roles."""
    found: dict[str, set[str]] = {}
    for scene, each in engine.scenario.scenes.items():
        for read in reads(_scene_conditions(each)):
            if read[0] == "name":
                found.setdefault(read[1], set()).add(scene)
    everywhere: list[Condition | None] = []
    for fact in engine.scenario.facts.values():
        for share in fact.share:
            everywhere += mark_conditions(share)
    for models in (engine.scenario.facts, engine.scenario.roles):
        for _, text in texts_of(models):
            everywhere += text.conditions()
    for read in reads(everywhere):
        if read[0] == "name":
            found.setdefault(read[1], set()).add("")
    return found


def _changers(engine: Engine, name: str) -> set[str]:
    found: set[str] = set()
    for scene, each in engine.scenario.scenes.items():
        effects = [
            *each.injects.values(),
            *(option for one in each.decisions.values() for option in one.options.values()),
        ]
        if any(("name", name) in changes(one) for one in effects):
            found.add(scene)
    for fact in engine.scenario.facts.values():
        for share in fact.share:
            if ("name", name) in changes(share):
                found.update(share.during or ())
    return found


def _distance(engine: Engine, begin: set[str], end: str) -> int | None:
    """The scenes on a shortest way, from the nearest place in which something changes."""
    scenes = engine.scenario.scenes
    waiting = deque((scene, 0) for scene in begin)
    seen = set(begin)
    while waiting:
        scene, far = waiting.popleft()
        if scene == end:
            return far
        for branch in scenes[scene].next:
            if branch.to not in seen:
                seen.add(branch.to)
                waiting.append((branch.to, far + 1))
    return None


def _injects(engine: Engine) -> Iterator[Remark]:
    """Conditional injects whose condition nothing in the exercise can change."""
    moved = set(effects_in(engine))
    for name, fact in engine.scenario.facts.items():
        moved.update(("knows", to, name) for share in fact.share for to in share.to)
    moved.update(("name", decision) for decision in engine.plan.scene_of_decision)
    moved.update(
        ("granted", name)
        for name, consent in engine.scenario.consents.items()
        if consent.through is not None
    )
    injects = {
        (scene, name): inject
        for scene, each in engine.scenario.scenes.items()
        for name, inject in each.injects.items()
    }
    grown = True
    while grown:
        grown = False
        for (_, name), inject in injects.items():
            condition = inject.when or inject.alone
            if ("delivered", name) in moved or condition is None:
                continue
            if not moved.isdisjoint(reads((condition,))):
                moved.add(("delivered", name))
                grown = True
    for (scene, name), inject in injects.items():
        for field, condition in (("when", inject.when), ("alone", inject.alone)):
            if condition is not None and moved.isdisjoint(reads((condition,))):
                message = f"nothing anyone does can change whether `{condition}` holds"
                hint = "let it read an answer, a flag an option sets, or what a role was told"
                yield Remark("TT413", ("scenes", scene, "injects", name, field), message, hint)


def _tempting(engine: Engine, name: str, fact: Fact) -> Iterator[Remark]:
    """Facts that tempt nobody; where there is one other role, nobody else could be offered it."""
    if fact.fact_class in OPEN_CLASSES or (fact.share and len(engine.scenario.roles) <= 2):
        return
    path = ("facts", name)
    if not fact.share:
        message = f"the fact `{name}` may be shared with nobody, so it asks nothing of who holds it"
        yield Remark("TT417", path, message, "offer it, also to whom it should not go")
    elif not any(_unwise(share) for share in fact.share):
        message = f"the fact `{name}` is offered only where it is right to share it"
        yield Remark("TT417", path, message, "offer it also to someone who should not have it")


def _unwise(share: Share) -> bool:
    marks = (*share.key(), *(mark for mark in (share.without, share.lapsed) if mark is not None))
    return any(mark.vc < 0 or mark.ci < 0 for mark in marks)

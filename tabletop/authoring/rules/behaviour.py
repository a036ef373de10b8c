"""Behaviour: situations without an end, rounds that need nobody, and what was not explored.

These hold for every allowed attendance. What everyone as a person can get into holds what any other
attendance can; so another one is explored only where everyone present can come to the end of a
scene and find no way on, or can go round.
"""

from collections.abc import Iterable, Iterator

from tabletop.authoring.explorations import Explorations, Explored
from tabletop.authoring.findings import Remark
from tabletop.authoring.packed.ends import Circle, Circles, stuck
from tabletop.authoring.packed.search import Place, move
from tabletop.exercise.engine import Engine
from tabletop.exercise.plan import changes, effects_of
from tabletop.scenario.problem import Path


def decision_path(engine: Engine, decision: str) -> Path:
    """Where a decision stands in the document."""
    return ("scenes", engine.plan.scene_of_decision[decision], "decisions", decision)


def effects_in(engine: Engine) -> Iterator[tuple[str, ...]]:
    """Everything that something in the scenario changes, named as conditions read it."""
    for effects in effects_of(engine.scenario):
        yield from changes(effects)


def played_by(engine: Engine, people: Iterable[str]) -> str:
    """In which attendance something shows, as the beginning of a sentence; empty for everyone."""
    absent = [f"`{role}`" for role in engine.scenario.roles if role not in people]
    if not absent:
        return ""
    *others, last = absent
    return f"where nobody plays {', '.join(others)}{' or ' if others else ''}{last}, "


def remarks_on_ends(made: Explorations) -> Iterator[Remark]:
    """Situations from which the exercise cannot end, and rounds that need nobody."""
    told: set[tuple[str, Path]] = set()
    for found in (*made.facilitated_too, *_others(made)):
        for remark in (*_without_end(found), *_round(found)):
            if (remark.code, remark.path) not in told:
                told.add((remark.code, remark.path))
                yield remark


def _others(made: Explorations) -> Iterator[Explored]:
    if _may_differ(made.everyone):
        yield from map(made.of, made.attendances[1:])


def remarks_on_bounds(made: Explorations) -> Iterator[Remark]:
    """Explorations that were not made to their end."""
    if not made.stopped:
        return
    found = next((each for each in made.made if not each.whole), made.everyone)
    who = played_by(made.engine, found.people)
    if made.stopped == "limit":
        message = f"{who}the limit of {made.limit:,} situations was hit; more was not proved"
        yield Remark("TT421", (), message, "name windows in `during`, or raise the limit")
    else:
        message = f"{who}exploring was interrupted; more was not proved"
        yield Remark("TT421", (), message, "let it come to its end")


def _may_differ(everyone: Explored) -> bool:
    """Whether another attendance could find no end where everyone present finds one."""
    reached = everyone.reached
    if reached.cyclic:
        return True
    for scene in reached.arrivals:
        stage = everyone.model.inside(scene).stage
        ways = stage.scene.next
        if ways and ways[-1].when is not None and any(_no_way(everyone, scene)):
            return True
    return False


def _no_way(found: Explored, scene: str) -> Iterator[bool]:
    inside = found.model.inside(scene)
    for node, moves in inside.situations():
        leaves = any(edge.step == ("advance",) for edge in moves)
        yield inside.stage.finished(inside.nodes[node]) and not leaves


def _without_end(found: Explored) -> Iterator[Remark]:
    """Situations from which nothing leads to an end, the nearest of each scene."""
    who = played_by(found.engine, found.people)
    places: dict[str, list[Place]] = {}
    for place in stuck(found.reached):
        places.setdefault(place.scene, []).append(place)
    for scene, those in places.items():
        message = f"{who}in the scene `{scene}` no way on may hold, and the exercise is stuck"
        hint = "end `next` with a way without `when`"
        yield Remark("TT405", ("scenes", scene, "next"), message, hint, found.nearest(those))
    if found.reached.cyclic and found.whole:
        # What leads to where the exercise stands still is explained by that place.
        for circle in Circles(found.reached).lost():
            message = f"{who}once here, the exercise goes round and cannot come to an end"
            path: Path = ("scenes", circle.scene, "next")
            yield Remark("TT405", path, message, None, found.nearest(_on(found, circle)))


def _on(found: Explored, circle: Circle) -> list[Place]:
    inside = found.model.inside(circle.scene).stage.inside
    return [
        Place(circle.scene, local, among=among)
        for local, among in circle.arrivals.split(inside).items()
    ]


def _round(found: Explored) -> Iterator[Remark]:
    """Rounds of moving on in which nobody is asked anything."""
    if not found.reached.cyclic:
        return
    circles = Circles(found.reached)
    for circle in circles.undecided():
        yield _going_round(found, circles, circle)


def _going_round(found: Explored, circles: Circles, circle: Circle) -> Remark:
    model = found.model
    search = found.search()
    place = min(_on(found, circle), key=lambda each: search.distance(each) or 0)
    moves = list(search.route(place))
    scenes: dict[str, None] = {}
    alone = False
    for scene, local in circles.around(circle, search.arrival(place)):
        scenes[scene] = None
        exit_ = circles.moved_on(scene, local)
        assert exit_ is not None
        if exit_[1] is None:
            alone = True
        else:
            target = found.reached.passing(scene, local).target
            moves.append(move(model, scene, target, exit_[1]))
    who = played_by(found.engine, found.people)
    named = ", ".join(f"`{scene}`" for scene in scenes)
    message = f"{who}one can go round here without deciding anything: {named}"
    # Stand-ins that go round by themselves would never come to rest.
    route = None if alone else found.routed(tuple(moves))
    return Remark("TT406", ("scenes", circle.scene, "next"), message, None, route)

"""Choices: whether an answer matters, whether a dilemma is one, and whether trouble pays."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import combinations

from tabletop.authoring.explorations import Explorations, Explored
from tabletop.authoring.findings import Remark
from tabletop.authoring.packed.alike import Alike
from tabletop.authoring.packed.members import Members
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.reach import counted
from tabletop.authoring.packed.search import Place
from tabletop.authoring.packed.stage import Stage
from tabletop.authoring.packed.trace import worth
from tabletop.authoring.rules.behaviour import decision_path
from tabletop.scenario.problem import Path

AXES = ("victim-centeredness", "case integrity")

Pair = tuple[str, str, str]
"""A decision and two of its options."""
Learned = tuple[str, str]
"""A role and a fact it is taught."""


def remarks_on_choices(made: Explorations) -> Iterator[Remark]:
    """Fake choices, dilemmas that are none, and trouble that pays."""
    yield from _fake(made)
    told: set[tuple[str, Path]] = set()
    for found in made.facilitated_too:
        for remark in (*_settled_beforehand(found), *_trouble(found)):
            if (remark.code, remark.path) not in told:
                told.add((remark.code, remark.path))
                yield remark


# Choices that change nothing.


@dataclass(slots=True)
class _Siblings:
    """Two options, wherever both are shown."""

    together: list[Place] = field(default_factory=list)
    differ: bool = False
    unless_known: dict[Learned, list[Place]] = field(default_factory=dict)
    """Where one of them teaches a role a fact, and the other does not."""
    unless_alike: dict[tuple[str, int, int], set[int]] = field(default_factory=dict)
    """The two different situations or exits they lead to in a scene, and for which arrivals."""


def _fake(made: Explorations) -> Iterator[Remark]:
    """Options that never differ from a sibling, in any situation."""
    every = [(found, _compared(found)) for found in made.facilitated_too]
    if not all(found.whole for found, _ in every):
        return
    for pair in dict.fromkeys(pair for _, each in every for pair in each):
        both = [(found, each[pair]) for found, each in every if pair in each]
        if any(_differ(found, each) for found, each in both):
            continue
        decision, one, other = pair
        path = (*decision_path(made.engine, decision), "options", other)
        message = f"`{other}` never differs from `{one}`: same marks, same effects, same outcome"
        hint = "give it a mark, an effect or an outcome of its own, or leave it out"
        found, siblings = both[0]
        yield Remark("TT408", path, message, hint, found.nearest(siblings.together))


def _differ(found: Explored, siblings: _Siblings) -> bool:
    return siblings.differ or _teaches(found, siblings) or _leads_apart(found, siblings)


def _compared(found: Explored) -> dict[Pair, _Siblings]:
    pairs: dict[Pair, _Siblings] = {}
    comparing = Alike(found.reached, cache(partial(_told, found)))
    for scene in found.reached.arrivals:
        inside = found.model.inside(scene)
        for node, moves in inside.situations():
            answers: dict[str, dict[str, Edge]] = {}
            for edge in moves:
                if edge.step[0] == "commit":
                    answers.setdefault(edge.step[1], {})[edge.step[2]] = edge
            for decision, edges in answers.items():
                for one, other in combinations(edges, 2):
                    siblings = pairs.setdefault((decision, one, other), _Siblings())
                    if not siblings.differ:
                        two = edges[one], edges[other]
                        _compare(found, comparing, (scene, node), two, siblings)
    return pairs


def _compare(
    found: Explored,
    comparing: Alike,
    situation: tuple[str, int],
    edges: tuple[Edge, Edge],
    siblings: _Siblings,
) -> None:
    (scene, node), (one, other) = situation, edges
    if not comparing.one_move(scene, (node, node), edges):
        siblings.differ = True
        return
    places = [
        Place(scene, local, node)
        for local in found.reached.groups[scene]
        if node in found.reached.passing(scene, local).nodes
    ]
    siblings.together += places
    for learned in _taught(found, one.seen) ^ _taught(found, other.seen):
        siblings.unless_known.setdefault(learned, []).extend(places)
    if one.target != other.target:
        targets = scene, one.target, other.target
        siblings.unless_alike.setdefault(targets, set()).update(each.local for each in places)


def _told(found: Explored, seen: int) -> frozenset[tuple[str, str]]:
    """Who reads what, but for what one reads on learning a fact."""
    return frozenset(
        (found.engine.plan.texts[sight[1]], sight[2])
        for sight in found.sights.of(seen)
        if sight[0] == "read" and not sight[1].startswith("facts.")
    )


def _taught(found: Explored, seen: int) -> frozenset[Learned]:
    return frozenset(
        (sight[1], sight[2]) for sight in found.sights.of(seen) if sight[0] == "learned"
    )


def _leads_apart(found: Explored, siblings: _Siblings) -> bool:
    """Whether what two options lead to can be told apart in some situation."""
    told = cache(lambda seen: (_told(found, seen), _taught(found, seen)))
    return not Alike(found.reached, told).alike(
        (scene, (one, other), found.reached.groups[scene][local])
        for (scene, one, other), locals_ in siblings.unless_alike.items()
        for local in locals_
    )


def _teaches(found: Explored, siblings: _Siblings) -> bool:
    """Whether what only one of two options teaches is new to its role in some situation."""
    for (role, fact), places in siblings.unless_known.items():
        if role in found.engine.scenario.facts[fact].held_by:
            continue
        search = found.search(teaching=found.sights.known("learned", role, fact))
        if search.nearest(places):
            return True
    return False


# Dilemmas that are none.


def _settled_beforehand(found: Explored) -> Iterator[Remark]:
    """Dilemmas in which one option is at least as good on both axes as all others."""
    for scene in found.reached.arrivals:
        inside = found.model.inside(scene)
        for decision, authored in inside.stage.scene.decisions.items():
            if authored.tension not in ("conflict", "depends"):
                continue
            opened = found.model.layout.opened[decision].bits
            asked = [node for node, packed in enumerate(inside.nodes) if packed & opened]
            best = {
                node: option
                for node in asked
                if (option := _best(inside.stage, decision, inside.nodes[node])) is not None
            }
            places = list(found.search().standing(scene, best.__contains__)) if best else ()
            if places:
                yield _settled(found, decision, places, set(asked), best)


def _best(stage: Stage, decision: str, packed: int) -> str | None:
    """The option that is at least as good on both axes as every other, where there is one."""
    worths = {
        option: (worth(vc, full, 2), worth(ci, full, 2))
        for option, (vc, ci, full) in stage.judged(decision, packed).items()
    }
    if len(worths) < 2:
        return None
    for option, (vc, ci) in worths.items():
        if all(vc >= other[0] and ci >= other[1] for other in worths.values()):
            return option
    return None


def _settled(
    found: Explored, decision: str, places: list[Place], asked: set[int], best: dict[int, str]
) -> Remark:
    search = found.search()
    nearest = min(places, key=lambda each: search.distance(each) or 0)
    assert nearest.node is not None
    often = counted(found.reached, nearest.scene, best.__contains__)
    times = counted(found.reached, nearest.scene, asked.__contains__)
    always = found.whole and often == times
    said = "always" if always else f"in {often:,} of {times:,} situations"
    option = best[nearest.node]
    message = f"{said} `{option}` is at least as good on both axes as every other option"
    if len(set(best.values())) > 1:
        message = f"{said} one option, as here `{option}`, is at least as good on both axes as all"
    hint = "write `tension: aligned` or `synthesis`, or give another option its own worth"
    path = (*decision_path(found.engine, decision), "tension")
    return Remark("TT409", path, message, hint, found.routed(search.route(nearest)))


# Trouble that pays.


def _trouble(found: Explored) -> Iterator[Remark]:
    """Options marked lower that lead to more of the same axis; the worst of each.

    Where some situations have no end, what they would have been worth is missing after whatever
    leads to them: that is one fault, and it is told as such.
    """
    if not found.whole or found.reached.stuck:
        return
    worst: dict[tuple[str, str], tuple[int, Remark]] = {}
    scale = found.model.scale
    for each in found.weighed.troubles.values():
        inside = found.model.inside(each.scene).stage.inside
        sets = found.reached.arrivals[each.scene].sets
        place = Place(
            each.scene,
            each.arrival & inside,
            each.node,
            among=Members.single(sets, each.arrival & ~inside),
        )
        message = (
            f"`{each.lower}` has the lower mark in {AXES[each.axis]} and leads to more of it: "
            f"{_number(each.with_lower, scale)} can still be had, "
            f"after `{each.higher}` only {_number(each.with_higher, scale)}"
        )
        hint = "what comes of trouble should repair it, not outweigh it"
        path = (*decision_path(found.engine, each.decision), "options", each.lower)
        more = each.with_lower - each.with_higher
        key = each.decision, each.lower
        if key not in worst or more > worst[key][0]:
            remark = Remark("TT410", path, message, hint, found.nearest([place]))
            worst[key] = more, remark
    yield from (remark for _, remark in worst.values())


def _number(count: int, scale: int) -> str:
    return f"{count / scale:g}"

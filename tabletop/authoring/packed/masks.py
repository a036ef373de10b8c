"""Masks: which bits of a packed situation count in each scene.

`plain` is what the plain exploration's key holds (`liveness.py`), bit by bit; `kept` also what
marks still to come rest on, so that totals are exact; `inside` is all that a scene's own workings
can read or change. Whatever else a situation holds passes through a scene untouched.
"""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.authoring.liveness import Liveness
from tabletop.authoring.packed.layout import Layout
from tabletop.authoring.packed.offering import Tracked
from tabletop.scenario.model import Effects, Scene


def plain(layout: Layout, liveness: Liveness, scene: str) -> int:
    """The bits of the plain exploration's key."""
    scenario, plan = layout.engine.scenario, layout.engine.plan
    live, offered = liveness.live[scene], liveness.offered[scene]
    offerable = {fact for fact, _, _ in offered}
    tellable = {(fact, to) for fact, to, _ in offered}
    needed = {scenario.facts[fact].share[number].under for fact, _, number in offered}
    mask = layout.everyone
    for name, place in layout.values.items():
        mask |= place.bits if ("name", name) in live else 0
    for name in layout.settled:
        read = layout.answer[name].bits if ("name", name) in live else 0
        if plan.scene_of_decision[name] == scene:
            mask |= own(layout, name) | read
        elif read:
            mask |= layout.settled[name].bits | read
    for (role, fact), place in layout.known.items():
        if ("knows", role, fact) in live or fact in offerable:
            mask |= place.bits
    for name, place in layout.consents.items():
        mask |= place.bits if ("granted", name) in live or name in needed else 0
    for name, place in layout.delivered.items():
        if plan.scene_of_inject[name] in plan.reach[scene] or ("delivered", name) in live:
            mask |= place.bits
    for offer, (stands, taken) in layout.offers.items():
        if (offer[0], offer[2], offer[3]) in offered:
            mask |= stands.bits | taken.bits
        elif (offer[0], offer[2]) in tellable:
            mask |= taken.bits
    return mask


def own(layout: Layout, decision: str) -> int:
    """The bits that say how a decision of the present scene stands, its answer apart."""
    return (
        layout.settled[decision].bits
        | layout.passed[decision].bits
        | layout.opened[decision].bits
        | layout.shown[decision].bits
    )


def kept(layout: Layout, followed: tuple[Tracked, ...], scene: str, mask: int) -> int:
    """The bits of the plain key, and those that marks of offers still to close rest on."""
    plan = layout.engine.plan
    for one in followed:
        if not plan.window_over(one.share, scene):
            mask |= _offer(layout, one)
    return mask


def _offer(layout: Layout, one: Tracked) -> int:
    fact, holder, to, _ = one.offer
    stands, taken = layout.offers[one.offer]
    mask = stands.bits | layout.known[holder, fact].bits | one.bits
    if not one.simple or one.live:
        mask |= taken.bits
        # A fact is shared with a role once, whichever of its offers that was.
        for other, (_, shared) in layout.offers.items():
            mask |= shared.bits if other[:3] == one.offer[:3] else 0
    if one.offer in layout.available:
        mask |= layout.available[one.offer].bits
    if one.share.kept is not None and (to, fact) in layout.known:
        mask |= layout.known[to, fact].bits
    return mask


def around(layout: Layout, one: Tracked) -> int:
    """The bits that making, taking and closing an offer have to do with, its effects apart."""
    fact, _, to, _ = one.offer
    stands_at, taken = layout.offers[one.offer]
    mask = _offer(layout, one) | stands_at.bits | taken.bits
    if (to, fact) in layout.known:
        mask |= layout.known[to, fact].bits
    return mask


def closing(layout: Layout, followed: tuple[Tracked, ...], scene: str) -> tuple[Tracked, ...]:
    """The offers that may close when a scene is left."""
    scenario, plan = layout.engine.scenario, layout.engine.plan
    ways = {branch.to for branch in scenario.scenes[scene].next}
    return tuple(
        one
        for one in followed
        if not plan.window_over(one.share, scene)
        and any(scenario.scenes[to].ending or plan.window_over(one.share, to) for to in ways)
    )


def inside(layout: Layout, followed: tuple[Tracked, ...], scene: str) -> tuple[int, int]:
    """The bits a scene can read or change; and those of flags it can only set."""
    scenario, plan = layout.engine.scenario, layout.engine.plan
    here = scenario.scenes[scene]
    mask = layout.everyone | layout.told | layout.mask(plan.asked_in_scene[scene])
    for name in here.injects:
        mask |= layout.delivered[name].bits
    for name in here.decisions:
        mask |= own(layout, name) | layout.answer[name].bits
    for name, place in layout.consents.items():
        if any(plan.consent_over(name, branch.to) for branch in here.next):
            mask |= place.bits
    standing = tuple(one for one in followed if stands(one, scene))
    for one in (*standing, *closing(layout, followed, scene)):
        mask |= around(layout, one)
    set_only = 0
    changed = 0
    for effects in (*effects_of(here), *(one.share for one in standing)):
        changed |= layout.changed(effects)
    for name in layout.flags:
        set_only |= layout.values[name].bits & changed & ~mask
    return mask | (changed & ~set_only), set_only


def stands(one: Tracked, scene: str) -> bool:
    """Whether an offer may be made and taken in a scene."""
    return one.share.during is None or scene in one.share.during


def effects_of(scene: Scene) -> Iterator[Effects]:
    """Everything in a scene that may change anything."""
    yield from scene.injects.values()
    for decision in scene.decisions.values():
        yield from decision.options.values()

"""What of a difference bears on an exercise that has begun.

An exercise goes on with the scenario it began with, whatever becomes of the file. Whether its
players should be told first depends on where they stand: what a later version changed in scenes
they have been through, or can still come to, or in what holds in every scene, is another exercise
than the one they would be debriefed on; what lies on a way they can't take any more is not.
"""

from collections.abc import Collection, Iterator

from tabletop.authoring.diff.change import Change
from tabletop.authoring.diff.telling import SUBJECTS, subject_of, told
from tabletop.exercise.plan import Plan
from tabletop.exercise.state import State
from tabletop.scenario.guidance import Guidance
from tabletop.wording import say

APART = ("waiver", "objective", "task", "parameter")
"""Parts that no rule of play and no mark rests on."""
LEFT = ("minutes", "attendance", "law_as_of", "key")
"""Fields of the scenario as a whole that were settled when the exercise began, or play no part."""


def bearing(changes: tuple[Change, ...], plan: Plan, state: State) -> tuple[Change, ...]:
    """The changes that show in what an exercise has been through or can still come to.

    `plan` is that of the scenario it began with.
    """
    touched = set(plan.scenario.scenes)
    if state.scene and not state.facilitated:
        touched = {*state.visited, *plan.reach[state.scene]}
    return tuple(change for change in changes if _bears(change, touched))


def _bears(change: Change, touched: set[str]) -> bool:
    sort = change.key[0]
    if sort in APART or (sort == "scenario" and change.field.split(".")[0] in LEFT):
        return False
    return not change.scenes or not touched.isdisjoint(change.scenes)


def law_changes(old: Guidance, new: Guidance, jurisdiction: str) -> Iterator[Change]:
    """What the guidance says otherwise now that conditions and the rules of sharing read."""
    before = old.jurisdictions[jurisdiction].attributes
    card = new.jurisdictions.get(jurisdiction)
    after = card.attributes if card is not None else {}
    for name, attribute in before.items():
        now = after.get(name)
        if now is None or now.value != attribute.value:
            value = None if now is None else now.value
            yield Change("changed", ("law", name), "value", attribute.value, value)
    for name, kind in old.fact_classes.items():
        other = new.fact_classes.get(name)
        if other is None or other.privileged != kind.privileged:
            value = None if other is None else other.privileged
            yield Change("changed", ("class", name), "privileged", kind.privileged, value)


def to_players(changes: tuple[Change, ...], plan: Plan, visited: Collection[str]) -> Iterator[str]:
    """A line for each subject that somebody may read who is still playing.

    No mark, nothing that a role knows, and no name from a scene that lies ahead. `plan` is that of
    the scenario the exercise began with.
    """
    for subject, title in SUBJECTS.items():
        own = [change for change in changes if subject_of(change) == subject]
        if not own:
            continue
        if subject == "roles" or {change.key[0] for change in own} == {"theme"}:
            yield from (f"{title()}: {told(change)}" for change in own)
            continue
        names: list[str] = []
        if subject not in GUARDED:
            met = [change for change in own if set(change.scenes) & set(visited)]
            names = list(dict.fromkeys(_title(change, plan) for change in met))
            own = [change for change in own if change not in met]
        if names and own:
            yield say(
                "{subject}: {names}, and {count} more",
                subject=title(),
                names=", ".join(names),
                count=len(own),
            )
        elif names:
            yield f"{title()}: {', '.join(names)}"
        elif len(own) == 1:
            yield say("{subject}: one change", subject=title())
        else:
            yield say("{subject}: {count} changes", subject=title(), count=len(own))


def _title(change: Change, plan: Plan) -> str:
    """What players know a part by: of an option, the title of its decision."""
    sort, name = change.key[0], change.key[1]
    if change.kind == "renamed" and sort in ("decision", "scene", "inject"):
        name = str(change.old)
    if name in plan.scene_of_decision:
        return plan.decision(name).title
    if sort == "inject" and name in plan.scene_of_inject:
        return plan.inject(name).title
    if sort == "scene" and name in plan.scenario.scenes:
        return plan.scenario.scenes[name].title or name.replace("_", " ")
    return name


GUARDED = ("marks", "knowing", "whole")
"""Subjects of which only the number of changes is told."""

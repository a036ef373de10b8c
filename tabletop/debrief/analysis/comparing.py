"""Comparing: several exercises of one scenario side by side, in the order given and never ranked.

Exercises can be compared where their scenarios mean the same, as a difference of two scenarios has
it; wordings may have changed in between. Their ways part in the first scene, of those all of them
came through in the same order, at which a decision was answered otherwise or a fact was told by
some and not by others. What followed is told as it was, not as better or worse.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tabletop.authoring.diff.bearing import law_changes
from tabletop.authoring.diff.meaning import written_difference
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e
from tabletop.scenario.reading import read_scenario

Told = tuple[str, str, str]
"""A fact, who told it, and whom."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was done in one way or another, and by which exercises."""

    name: tuple[str, ...]
    """The decision; or the fact, who could tell it and whom."""
    scene: str
    ways: tuple[tuple[str, tuple[int, ...]], ...]
    """Each way some took (an option; `told` or `kept`), with the places of their exercises."""
    without: tuple[int, ...]
    """Exercises in which it did not come up."""

    @property
    def differs(self) -> bool:
        """Whether exercises in which it came up took different ways."""
        return len(self.ways) > 1


@dataclass(frozen=True, slots=True)
class Parting:
    """Where ways parted: the scene, what was done differently in it, and where each went next."""

    scene: str
    decisions: tuple[Row, ...]
    facts: tuple[Row, ...]
    followed: tuple[tuple[str, tuple[int, ...]], ...]
    """The scene that came next, or nothing where none did, with the places of the exercises."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Exercises of one scenario, in the order given."""

    tellings: tuple[Telling, ...]
    decisions: tuple[Row, ...]
    facts: tuple[Row, ...]
    endings: tuple[str, ...]
    """By exercise; empty where it stopped before one."""
    paths: tuple[tuple[str, ...], ...]
    parting: Parting | None
    """Nothing where all did the same as long as they went the same way."""


def same_meaning(one: Telling, other: Telling) -> bool:
    """Whether two exercises are of the same scenario, whatever its wording."""
    first, second = one.record.header, other.record.header
    if first.scenario_text != second.scenario_text:
        reading = read_scenario(
            second.scenario_text.encode(), second.scenario_name, other.engine.guidance
        )
        if written_difference(one.scenario, other.scenario, reading.document)[0].meaning:
            return False
    return not any(law_changes(one.guidance, other.guidance, one.scenario.jurisdiction))


def compared(tellings: Sequence[Telling]) -> Compared:
    """Exercises side by side; all of scenarios that mean the same."""
    every = tuple(tellings)
    answers = [_last(telling, _answer) for telling in every]
    told = [_last(telling, _told) for telling in every]
    scenario = every[0].scenario
    places = every[0].engine.plan.scene_of_decision
    order = {scene: place for place, scene in enumerate(scenario.scenes)}
    decisions = _rows(answers, lambda name, _: places[name[0]], order)
    facts = _rows(told, lambda _, steps: steps[0].before.scene, order)
    paths = tuple(_path(telling) for telling in every)
    return Compared(
        tellings=every,
        decisions=decisions,
        facts=facts,
        endings=tuple(telling.state.ending for telling in every),
        paths=paths,
        parting=_parting(paths, decisions, facts),
    )


def _answer(step: Step) -> tuple[tuple[str, ...], str] | None:
    event = step.event
    return ((event.decision,), event.option) if isinstance(event, e.Settled) else None


def _told(step: Step) -> tuple[tuple[str, ...], str] | None:
    match step.event:
        case e.FactShared(fact=fact, sender=sender, to=to):
            return (fact, sender, to), "told"
        case e.OfferClosed(fact=fact, holder=holder, to=to, missed=True):
            return (fact, holder, to), "kept"
    return None


def _last(
    telling: Telling, read: Callable[[Step], tuple[tuple[str, ...], str] | None]
) -> dict[tuple[str, ...], tuple[str, Step]]:
    """What was done last with each name: a decision may be asked again."""
    found = {}
    for step in telling.steps:
        if (each := read(step)) is not None:
            found[each[0]] = (each[1], step)
    return found


def _rows(
    did: Sequence[dict[tuple[str, ...], tuple[str, Step]]],
    scene: Callable[[tuple[str, ...], list[Step]], str],
    order: dict[str, int],
) -> tuple[Row, ...]:
    found = []
    for name in dict.fromkeys(name for each in did for name in each):
        ways: dict[str, tuple[int, ...]] = {}
        without: tuple[int, ...] = ()
        steps = []
        for place, each in enumerate(did):
            if name in each:
                way, step = each[name]
                steps.append(step)
                ways[way] = (*ways.get(way, ()), place)
            else:
                without = (*without, place)
        found.append(Row(name, scene(name, steps), tuple(ways.items()), without))
    return tuple(sorted(found, key=lambda row: order[row.scene]))


def _path(telling: Telling) -> tuple[str, ...]:
    return tuple(
        step.event.scene
        for step in telling.of(e.SceneEntered)
        if isinstance(step.event, e.SceneEntered)
    )


def _parting(
    paths: tuple[tuple[str, ...], ...], decisions: Iterable[Row], facts: Iterable[Row]
) -> Parting | None:
    decisions, facts = tuple(decisions), tuple(facts)
    for place, scene in enumerate(paths[0]):
        if any(path[place : place + 1] != (scene,) for path in paths):
            break
        answered = tuple(row for row in decisions if row.scene == scene and row.differs)
        told = tuple(row for row in facts if row.scene == scene and row.differs)
        after: dict[str, tuple[int, ...]] = {}
        for number, path in enumerate(paths):
            following = path[place + 1] if len(path) > place + 1 else ""
            after[following] = (*after.get(following, ()), number)
        if answered or told or len(after) > 1:
            return Parting(scene, answered, told, tuple(after.items()))
    return None

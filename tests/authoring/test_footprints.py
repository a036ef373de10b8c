"""An answer that is found again comes to what it comes to when it is worked out on the spot."""

import pytest
import shipped
from random_scenarios import drawn

from tabletop.authoring.explorations import Explorations, allowed
from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.reach import reach
from tabletop.authoring.packed.trace import Trace
from tabletop.exercise.engine import Engine

SEEDS = range(0, 60, 4)


def each_answer_is_right(model: Model) -> int:
    """Works every answer out once more, and gives how many were found again."""
    again = 0
    for scene in model.scenario.scenes:
        inside = model.inside(scene)
        stage, worked_out = inside.stage, 0
        for node, edges in inside.situations():
            packed = inside.nodes[node]
            for edge in edges:
                if edge.step[0] != "commit":
                    continue
                trace = Trace()
                after, mark = stage.settle(packed, *edge.step[1:], trace)
                after, to = stage.quiet(after, trace)
                label = model.label(trace, 1)
                assert (label, mark, trace.seen) == (edge.label, edge.mark, edge.seen)
                assert to is None
                assert inside.nodes[edge.target] == stage.rest(after)
                worked_out += 1
        again += worked_out - sum(map(len, inside._answers.values()))
    return again


def explored(engine: Engine, people: tuple[str, ...], *, facilitated: bool) -> int:
    model = Model(engine, people, facilitated=facilitated)
    reach(model, limit=20_000)
    return each_answer_is_right(model)


@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_random_scenario(seed: int) -> None:
    engine = drawn(seed)
    for people in allowed(engine):
        explored(engine, people, facilitated=False)
    explored(engine, tuple(engine.scenario.roles), facilitated=True)


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_in_a_shipped_scenario(slug: str) -> None:
    engine = shipped.engine(slug)
    roles = tuple(engine.scenario.roles)
    assert explored(engine, roles, facilitated=True) > 0
    explored(engine, roles[:1], facilitated=False)


def test_where_somebody_watches() -> None:
    made = Explorations(shipped.engine("first_hour"), names={})
    assert each_answer_is_right(made.everyone.model) > 0

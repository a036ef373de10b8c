"""The header of a new exercise: everything that replaying it will ever need."""

from collections.abc import Iterator, Mapping

import tabletop
from tabletop.conduct.library import Loaded
from tabletop.conduct.world import World
from tabletop.exercise.record import Header
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.model import Scenario
from tabletop.scenario.scalars import Value


def new_header(
    loaded: Loaded,
    exercise: str,
    roles: tuple[str, ...],
    parameters: Mapping[str, str],
    seed: int,
    world: World,
) -> Header:
    """The header of an exercise that begins now."""
    return Header(
        id=exercise,
        created=world.wall(),
        scenario_name=loaded.slug,
        scenario_text=loaded.source.decode(),
        guidance_json=used(loaded.scenario, loaded.guidance).model_dump_json(exclude_defaults=True),
        parameters=dict(parameters),
        roles=roles,
        seed=seed,
        tool_version=tabletop.__version__,
    )


def used(scenario: Scenario, guidance: Guidance) -> Guidance:
    """The part of the guidance a scenario rests on."""
    return guidance.subset(
        dict.fromkeys(_practices(scenario)),
        dict.fromkeys(fact.fact_class for fact in scenario.facts.values()),
        scenario.jurisdiction,
    )


def _practices(value: object) -> Iterator[str]:
    """Every practice named anywhere inside a model."""
    if isinstance(value, Value):
        for field in type(value).model_fields:
            inner = getattr(value, field)
            if field == "practices":
                yield from inner
            else:
                yield from _practices(inner)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _practices(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _practices(item)

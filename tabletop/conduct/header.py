"""The header of a new exercise: everything that replaying it will ever need."""

from collections.abc import Mapping

import tabletop
from tabletop.conduct.library import Loaded
from tabletop.conduct.world import World
from tabletop.exercise.record import Header
from tabletop.scenario.basis import basis


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
        guidance_json=basis(loaded.scenario, loaded.guidance).model_dump_json(
            exclude_defaults=True
        ),
        parameters=dict(parameters),
        roles=roles,
        seed=seed,
        tool_version=tabletop.__version__,
    )

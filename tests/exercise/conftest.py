"""A shipped scenario and every situation of it."""

import pytest
import shipped

from tabletop.authoring.explore import Exploration
from tabletop.exercise.engine import Engine


@pytest.fixture(params=[pytest.param(s, marks=pytest.mark.xdist_group(s)) for s in shipped.SLUGS])
def slug(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def engine(slug: str) -> Engine:
    return shipped.engine(slug)


@pytest.fixture
def exploration(slug: str, engine: Engine) -> Exploration:
    return shipped.explored(slug, tuple(engine.scenario.roles))

"""Every situation of a shipped scenario, found once a test run."""

from functools import cache

import pytest
import shipped

from tabletop.authoring.explore import Exploration, explore
from tabletop.exercise.engine import Engine


@cache
def explored(slug: str, facilitated: bool = False) -> Exploration:
    engine = shipped.engine(slug)
    return explore(engine, tuple(engine.scenario.roles), facilitated=facilitated, limit=10_000)


@pytest.fixture(params=[pytest.param(s, marks=pytest.mark.xdist_group(s)) for s in shipped.SLUGS])
def slug(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def engine(slug: str) -> Engine:
    return shipped.engine(slug)


@pytest.fixture
def exploration(slug: str) -> Exploration:
    return explored(slug)

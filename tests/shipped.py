"""The shipped scenarios, read and explored once for all tests, without the library people use."""

from functools import cache
from pathlib import Path

from tabletop.authoring.explore import Exploration, explore
from tabletop.exercise.engine import Engine
from tabletop.scenario.document import parse_tree
from tabletop.scenario.guidance import Guidance, read_guidance
from tabletop.scenario.reading import read_scenario

ROOT = Path(__file__).parents[1] / "scenarios"
SLUGS = tuple(sorted(path.parent.name for path in ROOT.glob("*/scenario.yaml")))


@cache
def guidance() -> Guidance:
    folder = ROOT / "guidance"
    names = ("practices", "sources", "fact_classes", "terms", "glossary")
    trees: dict[str, object] = {
        name: parse_tree((folder / f"{name}.yaml").read_bytes(), name) for name in names
    }
    trees["jurisdictions"] = {
        path.stem: parse_tree(path.read_bytes(), path.name)
        for path in (folder / "jurisdictions").glob("*.yaml")
    }
    return read_guidance(trees)


@cache
def engine(slug: str) -> Engine:
    path = ROOT / slug / "scenario.yaml"
    reading = read_scenario(path.read_bytes(), str(path), guidance())
    assert reading.scenario is not None, [str(problem) for problem in reading.problems]
    return Engine(reading.scenario, guidance())


@cache
def explored(slug: str, people: tuple[str, ...], *, facilitated: bool = False) -> Exploration:
    """Every situation with these people at the table, found plainly and once a test run.

    That it is once depends on the tests that ask for it standing in the scenario's xdist group.
    """
    return explore(engine(slug), people, facilitated=facilitated, limit=10_000)


def plays(slug: str) -> tuple[Path, ...]:
    return tuple(sorted((ROOT / slug / "plays").glob("*.yaml")))

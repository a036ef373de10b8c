"""The shipped scenarios, loaded once for all tests, without the library that people use."""

from functools import cache
from pathlib import Path

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


def plays(slug: str) -> tuple[Path, ...]:
    return tuple(sorted((ROOT / slug / "plays").glob("*.yaml")))

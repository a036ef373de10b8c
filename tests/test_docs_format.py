"""The page on the scenario format shows every field, and its examples hold."""

import inspect
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from tabletop.scenario import decisions, facts, marks, model, scenes, texts
from tabletop.scenario.document import parse_tree
from tabletop.scenario.guidance import Guidance, read_guidance
from tabletop.scenario.reading import read_scenario
from tabletop.scenario.scalars import Value

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "scenario-format.md").read_text(encoding="utf-8")
REGISTRY = ROOT / "scenarios" / "guidance"

MODELS = {
    name: each
    for module in (model, marks, facts, decisions, scenes, texts)
    for name, each in inspect.getmembers(module, inspect.isclass)
    if issubclass(each, Value) and each.__module__ == module.__name__
}
FIELDS = sorted(
    {field.alias or name for each in MODELS.values() for name, field in each.model_fields.items()}
)
FENCES = re.findall(r"^```(yaml[^\n]*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
WHOLE = [source for info, source in FENCES if info == "yaml"]
FRAGMENTS = [
    (info.split()[2:], source) for info, source in FENCES if info.startswith("yaml fragment")
]
SHOWN = set(re.findall(r"`([a-z_]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)))


@pytest.fixture(scope="module")
def guidance() -> Guidance:
    def tree(path: Path) -> object:
        return parse_tree(path.read_bytes(), path.name)

    trees = {path.stem: tree(path) for path in REGISTRY.glob("*.yaml")}
    trees["jurisdictions"] = {
        path.stem: tree(path) for path in (REGISTRY / "jurisdictions").glob("*.yaml")
    }
    return read_guidance(trees)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_named(field: str) -> None:
    assert field in SHOWN


def test_the_page_has_examples_of_every_kind() -> None:
    assert WHOLE
    assert len(WHOLE) + len(FRAGMENTS) == len(FENCES)
    written = {name for names, _ in FRAGMENTS for name in names}
    assert written <= MODELS.keys()
    assert {"Role", "Variable", "Consent", "Fact", "Inject", "Decision", "Scene"} <= written


@pytest.mark.parametrize("source", WHOLE)
def test_whole_examples_are_playable(source: str, guidance: Guidance) -> None:
    reading = read_scenario(source.encode(), "example.yaml", guidance)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.playable


@pytest.mark.parametrize(("names", "source"), FRAGMENTS)
def test_fragments_are_yaml_and_have_their_shape(names: list[str], source: str) -> None:
    tree = parse_tree(source.encode(), "fragment.yaml")
    assert isinstance(tree, dict)
    for name in names:
        for key, value in tree.items():
            try:
                MODELS[name].model_validate(value)
            except ValidationError as failure:
                pytest.fail(f"{key}: {failure}")

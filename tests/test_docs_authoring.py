"""The pages for authors show every field, and what they say can be done as they say it."""

import inspect
from pathlib import Path

import examples
import pytest
import shipped
from doc_page import Example, Reader, examples_of, rows
from pydantic import ValidationError

from tabletop.scenario import decisions, facts, marks, model, scenes, texts
from tabletop.scenario.descriptions import descriptions
from tabletop.scenario.document import parse_tree
from tabletop.scenario.reading import read_scenario
from tabletop.scenario.scalars import Value

ROOT = Path(__file__).parent.parent
PAGES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "docs" / "authoring").glob("*.md"))
}
EXAMPLES = [(name, example) for name, page in PAGES.items() for example in examples_of(page)]

MODELS = {
    name: each
    for module in (model, marks, facts, decisions, scenes, texts)
    for name, each in inspect.getmembers(module, inspect.isclass)
    if issubclass(each, Value) and each.__module__ == module.__name__
}
FIELDS = sorted(
    {
        (field.alias or name, descriptions(each)[name])
        for each in MODELS.values()
        for name, field in each.model_fields.items()
        if (each, name) != (texts.Text, "variants")
    }
)
SHOWN = [row for page in PAGES.values() for row in rows(page)]
DONE = ("console", "diff", "file")


def of(kind: str) -> list[Example]:
    """The examples of one kind."""
    return [each for _, each in EXAMPLES if each.kind == kind]


@pytest.mark.parametrize(("field", "said"), FIELDS)
def test_every_field_is_shown_as_an_editor_tells_it(field: str, said: str) -> None:
    assert any(name == field and text.startswith(said) for name, text in SHOWN)


def test_every_example_is_of_a_kind_that_is_tried() -> None:
    for page, each in EXAMPLES:
        assert each.kind in ("yaml", "fragment", "over", *DONE), page
        assert each.kind != "fragment" or MODELS.keys() >= set(each.info[1:]), page
    written = {name for each in of("fragment") for name in each.info[1:]}
    assert {"Role", "Variable", "Consent", "Fact", "Inject", "Decision", "Scene"} <= written


def test_the_first_page_leads_to_all_others() -> None:
    for name in PAGES.keys() - {"README"}:
        assert f"]({name}.md)" in PAGES["README"]


@pytest.mark.parametrize("example", of("yaml"), ids=lambda each: each.text.partition("\n")[0])
def test_whole_examples_are_playable(example: Example) -> None:
    reading = read_scenario(example.text.encode(), "example.yaml", shipped.guidance())
    assert [str(problem) for problem in reading.problems] == []
    assert reading.playable


@pytest.mark.parametrize("example", of("fragment"), ids=lambda each: " ".join(each.info))
def test_fragments_are_yaml_and_have_their_shape(example: Example) -> None:
    tree = parse_tree(example.text.encode(), "fragment.yaml")
    assert isinstance(tree, dict)
    for name in example.info[1:]:
        for key, value in tree.items():
            try:
                MODELS[name].model_validate(value)
            except ValidationError as failure:
                pytest.fail(f"{key}: {failure}")


@pytest.mark.parametrize("example", of("over"), ids=lambda each: " ".join(each.info))
def test_what_a_check_is_said_to_find_is_what_it_finds(example: Example) -> None:
    checked = examples.checked(examples.laid_over(example.text))
    found = {finding.code for finding in checked.findings}
    assert found == set(example.info[1:]), list(map(str, checked.findings))


@pytest.mark.parametrize("page", sorted({name for name, each in EXAMPLES if each.kind in DONE}))
def test_what_a_page_says_to_do_does_what_it_says(
    page: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    reader = Reader(tmp_path)
    request.addfinalizer(reader.leaves)
    for each in examples_of(PAGES[page]):
        if each.kind == "console":
            reader.types(each.text)
        elif each.kind == "diff":
            reader.edits(each.info[0], each.text)
        elif each.kind == "file":
            reader.writes(each.info[0], each.text)

"""The schema accepts what the reader accepts, and flags what a schema can flag."""

import random
import re
from functools import cache
from pathlib import Path
from typing import Any

import examples
import pytest
import shipped
from editor_view import seen, written
from jsonschema import Draft7Validator
from random_scenarios import Drawn

from tabletop.authoring.declared import declared
from tabletop.authoring.explaining import page
from tabletop.authoring.findings import titles
from tabletop.authoring.schema_names import schema, schema_of, schema_text
from tabletop.scenario.document import parse_tree, read_document
from tabletop.scenario.reading import read_scenario
from tabletop.scenario.scalars import Plain

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "tabletop" / "scenario.schema.json"
EDITORS = (ROOT / "docs" / "authoring" / "editors.md").read_text(encoding="utf-8")
UNSAID = set(re.findall(r"TT[12]\d\d", EDITORS.partition("## What a schema can't say")[2]))
"""The codes that a schema can't always flag, as the page on editors says."""


@cache
def of_any() -> Draft7Validator:
    return validator(schema(shipped.guidance()))


def of(tree: object) -> Draft7Validator:
    return validator(schema_of(declared(tree), shipped.guidance(), "scenario.yaml"))


def validator(made: dict[str, Any]) -> Draft7Validator:
    return Draft7Validator(made, format_checker=Draft7Validator.FORMAT_CHECKER)


def flagged(tree: object, *validators: Draft7Validator) -> list[str]:
    """What the schema of the file says of its tree, and the one of any file."""
    return [
        f"{list(error.absolute_path)}: {error.message[:200]}"
        for each in validators or (of_any(), of(tree))
        for error in each.iter_errors(seen(tree))
    ]


def codes(source: str) -> set[str]:
    """What the reader finds wrong with shape or names."""
    problems = read_scenario(source.encode(), "x.yaml", shipped.guidance()).problems
    return {each.code for each in problems if each.code < "TT3"}


def scenario(slug: str) -> object:
    return parse_tree((shipped.ROOT / slug / "scenario.yaml").read_bytes(), slug)


def test_the_shipped_schema_is_made_from_the_models() -> None:
    made = schema_text(schema(shipped.guidance()))
    assert SHIPPED.read_text(encoding="utf-8") == made, (
        "run: tabletop schema -o tabletop/scenario.schema.json"
    )


@pytest.mark.parametrize("made", [of_any(), of(scenario("first_hour"))], ids=["any", "one"])
def test_a_schema_is_draft_07_and_explains_every_field(made: Draft7Validator) -> None:
    Draft7Validator.check_schema(made.schema)
    assert made.schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    text = schema_text(made.schema)
    assert "x-sort" not in text
    for name, model in (("", made.schema), *made.schema["definitions"].items()):
        for field, each in model.get("properties", {}).items():
            explained = "description" in each or "/properties/" in each["$ref"]
            assert explained, f"{name}.{field}"
    for ref in set(re.findall(r'"\$ref": "#/([^"]+)"', text)):
        node: Any = made.schema
        for step in ref.split("/"):
            node = node[step]


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_shipped_scenarios_are_accepted(slug: str) -> None:
    assert flagged(scenario(slug)) == []


@pytest.mark.parametrize("seed", range(10))
def test_random_scenarios_are_accepted(seed: int) -> None:
    assert flagged(parse_tree(Drawn(seed).source().encode(), "random.yaml")) == []


GOOD = sorted(code for code in titles() if page(code).good)


@pytest.mark.parametrize("code", GOOD)
def test_good_examples_are_accepted(code: str) -> None:
    assert flagged(parse_tree(examples.laid_over(page(code).good or "").encode(), code)) == []


@pytest.mark.parametrize("code", [code for code in GOOD if code[2] in "12"])
def test_bad_examples_are_flagged_or_said_to_be_beyond_it(code: str) -> None:
    tree = read_document(examples.laid_over(page(code).bad or "").encode(), code).tree
    assert flagged(tree) or code in UNSAID


@pytest.mark.parametrize("code", ["TT201", "TT202", "TT203", "TT204", "TT205", "TT206", "TT213"])
def test_names_are_flagged_by_the_schema_of_the_file_alone(code: str) -> None:
    tree = read_document(examples.laid_over(page(code).bad or "").encode(), code).tree
    assert flagged(tree, of_any()) == []
    assert len(flagged(tree, of(tree))) == 1


FORMS = {
    "one name for a list": "facts: {beds: {class: capacity, text: Three., held_by: [advocate]}}",
    "a text that looks like a number": "title: 2026",
    "a text that looks like a switch": "title: true",
    "a text that was a switch once": "support: no",
    "a text that looks like a day": "summary: 2026-11-01",
    "a text by role": "scenes: {slept: {narration: {advocate: You., all: They.}}}",
    "a text with variants": "scenes: {slept: {narration: [{when: ready, text: A.}, {text: B.}]}}",
    "variants for a role": "scenes: {slept: {narration: {all: [{when: ready, text: A.}]}}}",
    "a passage": "scenes: {slept: {narration: {text: A., themes: labor_exploitation, fade: B.}}}",
    "a passage by role": "scenes: {slept: {narration: {text: {advocate: A., all: [{text: B.}]}}}}",
    "questions by role": "scenes: {visit: {questions: {all: Why?, advocate: [How?, When?]}}}",
    "a way that is a list": "scenes: {visit: {next: [{to: corridor}]}}",
    "a waiver that is a reason": "waive: {TT409: Meant.}",
    "a waiver with a place": "waive: {TT409: {at: scenes.visit, reason: Meant.}}",
    "several waivers": "waive: {TT409: [Meant., {at: scenes.visit, reason: Meant.}]}",
    "a counter": "state: {trust: {start: -1, range: [-2, 2], means: Trust., known_to: advocate}}",
}


@pytest.mark.parametrize("example", FORMS.values(), ids=FORMS)
def test_every_form_is_accepted(example: str) -> None:
    source = written(merged(examples.frame(), tree(example)))
    assert codes(source) == set()
    assert flagged(tree(source)) == []


def tree(source: str) -> Any:
    return parse_tree(source.encode(), "form.yaml")


def merged(old: Any, new: Any) -> Any:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}


TOGETHER = {
    "themes without a fade": "scenes: {slept: {narration: {text: A., themes: labor_exploitation}}}",
    "an advocate with a hat": "roles: {advocate: {hat: prosecutor}}",
    "an attorney without a hat": "roles: {advocate: {discipline: attorney}}",
    "a flag with a range": "state: {ready: {range: [0, 1]}}",
    "a counter without a range": "state: {ready: {start: 1}}",
    "two kinds of mark": "facts: {beds: {share: [{to: advocate, vc: 1, marks: [{because: A.}]}]}}",
    "a mark without a reason": "facts: {beds: {share: [{to: investigator, vc: 1}]}}",
    "two ways to come": "scenes: {visit: {injects: {i: {when: ready, held: true}}}}",
    "two times to come": "scenes: {visit: {injects: {i: {when: ready, at_minute: 1}}}}",
    "alone and never held": "scenes: {visit: {injects: {i: {alone: ready}}}}",
    "a clock that decides": "scenes: {visit: {injects: {i: {at_minute: 1, set: {ready: true}}}}}",
    "a clock that grants": "scenes: {visit: {injects: {i: {at_minute: 1, grant: release}}}}",
    "an ending that leads on": "scenes: {slept: {next: waited}}",
    "an ending that asks": "scenes: {visit: {ending: true}}",
    "a scene that leads nowhere": "scenes: {slept: {ending: false}}",
}


@pytest.mark.parametrize("example", TOGETHER.values(), ids=TOGETHER)
def test_fields_that_do_not_go_together_are_flagged(example: str) -> None:
    inject = "scenes: {visit: {injects: {i: {to: advocate, title: A call, text: A call.}}}}"
    source = written(merged(merged(examples.frame(), tree(inject)), tree(example)))
    assert codes(source) == {"TT105"}
    assert flagged(tree(source), of_any())


SHORTHAND = {
    "one option": "strike",
    "a list of rules": "[{when: ready, choose: sign}, {choose: strike}]",
    "a map by role": "{advocate: strike}",
    "a map of rules": "{advocate: [{choose: strike}]}",
}


@pytest.mark.parametrize("rules", SHORTHAND.values(), ids=SHORTHAND)
def test_every_form_of_a_stand_in_is_accepted_and_its_names_are_held(rules: str) -> None:
    source = examples.FRAME.replace("stand_in: strike", f"stand_in: {rules}")
    assert flagged(tree(source)) == []
    wrong = tree(source.replace("strike}", "strikes}").replace("in: strike\n", "in: strikes\n"))
    assert flagged(wrong, of_any()) == []
    assert flagged(wrong, of(wrong))


JUNK: tuple[Any, ...] = (
    *map(Plain, ("6", "-3", "0x10", "3.5", "true", "True", "no", "x", "ready", "slept", "beds")),
    *map(Plain, ("investigator", "2026-13-01", "1.0.0")),
    *("6", " ", "ready and not", "ready or redy", "$agency", "$ 5", "knows(advocate, beds)"),
    *((), {}, (Plain("a"),), {"all": "x"}, {"text": "x"}, {"when": "ready", "text": "y"}),
)
KEYS = ("nmae", "all", "text", "to", "ready", "when", "knows", "slept", "a" * 49)


def mutated(tree: Any, chance: random.Random) -> Any:
    """A tree in which one thing has gone, changed, moved, or has another name."""
    path = chance.choice(list(paths(tree))[1:])
    other = at(tree, chance.choice(list(paths(tree))))
    change = chance.choice(("drop", "junk", "other", "rename", "wrap"))

    def changed(node: Any, steps: tuple[Any, ...]) -> Any:
        if not steps:
            if change == "wrap":
                return node[0] if isinstance(node, tuple) and node else (node,)
            return chance.choice(JUNK) if change == "junk" else other
        items = node.items() if isinstance(node, dict) else enumerate(node)
        kept = []
        for key, value in items:
            if key != steps[0]:
                kept.append((key, value))
            elif len(steps) > 1 or change in ("junk", "other", "wrap"):
                kept.append((key, changed(value, steps[1:])))
            elif change == "rename" and isinstance(node, dict):
                kept.append((chance.choice(KEYS), value))
        return dict(kept) if isinstance(node, dict) else tuple(value for _, value in kept)

    return changed(tree, path)


def paths(node: Any, path: tuple[Any, ...] = ()) -> Any:
    yield path
    items = node.items() if isinstance(node, dict) else ()
    for key, value in enumerate(node) if isinstance(node, tuple) else items:
        yield from paths(value, (*path, key))


def at(node: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        node = node[step]
    return node


@pytest.mark.parametrize(
    "count", [pytest.param(150, id="some"), pytest.param(3000, marks=pytest.mark.soak, id="many")]
)
def test_mistakes_are_flagged_and_nothing_else(count: int) -> None:
    """Whatever is changed in a scenario: reader and schema agree, save for what the page names."""
    chance = random.Random(count)
    trees = [examples.frame(), parse_tree((ROOT / TABLE).read_bytes(), "table.yaml")]
    agreed = {"accepted": 0, "flagged": 0}
    for _ in range(count):
        source = written(mutated(chance.choice(trees), chance))
        tree = read_document(source.encode(), "mutated.yaml").tree
        wrong, said = codes(source), flagged(tree)
        assert wrong or not said, f"{said}\n{source}"
        assert said or wrong <= UNSAID, f"{wrong}\n{source}"
        agreed["flagged" if said else "accepted"] += 1
    assert min(agreed.values()) > count // 10


TABLE = "tests/debrief/scenario.yaml"


def test_a_file_that_is_wrong_keeps_its_names() -> None:
    source = "roles: {a: 5, b: [x], Not: {}}\nscenes: {s: {decisions: 3}, t: x}\nfacts: no\n"
    found = declared(parse_tree(source.encode(), "x.yaml"))
    assert list(found.sorts["role"]) == ["a", "b"]
    assert list(found.sorts["scene"]) == list(found.options) == ["s", "t"]
    assert not found.sorts["fact"]
    assert Draft7Validator.check_schema(of(None).schema) is None

"""Differences: everything that changes is told, as meaning or as text, and nothing else is."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import examples
import pytest
import shipped

from tabletop.authoring.check import explorations, explored
from tabletop.authoring.diff.change import Difference
from tabletop.authoring.diff.comparing import difference
from tabletop.authoring.diff.outcome import Outcome, outcome_changes
from tabletop.authoring.diff.parts import Part, Wording
from tabletop.authoring.diff.renames import followed
from tabletop.authoring.diff.telling import reworded, sections
from tabletop.authoring.diff.words import pieces
from tabletop.authoring.findings import Remark, found
from tabletop.authoring.report import reported
from tabletop.exercise.engine import Engine
from tabletop.plain.exploring import Progress
from tabletop.scenario.document import parse_tree
from tabletop.scenario.model import Scenario
from tabletop.scenario.reading import read_scenario
from tabletop.scenario.scalars import Value

TEXTS = {
    "title", "version", "summary", "support", "notice", "name", "line", "brief", "means", "text",
    "because", "note", "expect", "facilitator", "questions", "closing", "module", "time", "from",
    "capability", "target", "purpose", "reason", "outcome", "narration", "ask", "advice", "themes",
    "parameters", "fade",
}  # fmt: skip
"""Fields whose values are what somebody reads, written down here once more by hand."""


def merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    return new


HERE = Path(__file__).parent
TREE = merged(
    parse_tree((HERE.parent / "debrief" / "scenario.yaml").read_bytes(), "scenario.yaml"),
    parse_tree((HERE / "every_field.yaml").read_bytes(), "every_field.yaml"),
)
"""A scenario in which every field there is is written."""


def model(tree: Any) -> Scenario | None:
    try:
        return Scenario.model_validate(tree)
    except ValueError:
        return None


def compared(old: Scenario, new: Scenario) -> Difference:
    return difference(old, new, examples.reading(examples.FRAME).document)


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(tree, dict | tuple):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(value, (*path, key))
    else:
        yield path


def replaced(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    if isinstance(tree, dict):
        return {
            key: replaced(each, path[1:], value) if key == path[0] else each
            for key, each in tree.items()
        }
    return tuple(
        replaced(each, path[1:], value) if number == path[0] else each
        for number, each in enumerate(tree)
    )


def at(tree: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


OTHERS = (
    "author", "panel", "victim_services", "attorney", "law_enforcement", "prosecutor",
    "victims_attorney", "system", "community", "lead", "majority", "conflict", "aligned",
    "2026-12-24", "9.9.9", "DP02",
)  # fmt: skip


def mutations(value: str) -> Iterator[str]:
    """What could stand in a value's place, the likeliest first."""
    kind = type(value)
    if re.fullmatch(r"-?\d+", value):
        yield from (kind(int(value) + 1), kind(int(value) - 1))
    if value in ("true", "false"):
        yield kind("false" if value == "true" else "true")
    if re.fullmatch(r"[a-z_]+|DP\d\d|[\d.-]+", value):
        yield from map(kind, OTHERS)
        yield kind(value + "_x")
    yield kind(value + " otherwise")
    yield kind(f"not ({value})")


BASE = model(TREE)


def classes(kind: Any, seen: set[type[Value]]) -> set[type[Value]]:
    """Every class a scenario is made of."""
    if isinstance(kind, type) and issubclass(kind, Value) and kind not in seen:
        seen.add(kind)
        for info in kind.model_fields.values():
            classes(info.annotation, seen)
    for each in get_args(kind):
        classes(each, seen)
    return seen


CLASSES = classes(Scenario, set())
FIELDS = {info.alias or name for each in CLASSES for name, info in each.model_fields.items()}
COUPLED = {"discipline", "hat", "ending", "held"}
"""Fields that can't always change alone."""
OVERRULED = ("options", "press", "practices")
"""Practices of an option whose marks all have their own; nothing rests on them."""


def written_fields(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Value):
        for name, info in type(value).model_fields.items():
            inner = getattr(value, name)
            if inner != info.get_default():
                yield from (
                    (each.__name__, name)
                    for each in type(value).__mro__
                    if name in vars(each).get("__annotations__", ())
                )
            yield from written_fields(inner)
    elif isinstance(value, dict):
        for each in value.values():
            yield from written_fields(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from written_fields(each)


def test_every_field_there_is_is_written_in_the_example() -> None:
    every = {
        (each.__name__, name) for each in CLASSES for name in vars(each).get("__annotations__", ())
    }
    every -= {(each.__name__, "model_config") for each in CLASSES}
    assert every - set(written_fields(BASE)) == set()


def is_text(path: tuple[Any, ...]) -> bool:
    """Whether somebody reads what stands there, going by the names of its fields alone."""
    fields = [step for step in path if step in FIELDS]
    if path[-1] in ("when", "fits") or fields[-2:] == ["text", "themes"]:
        return False
    return fields[-1] in TEXTS


def other(path: tuple[Any, ...]) -> Scenario | None:
    """The example with something else in one place."""
    for value in mutations(at(TREE, path)):
        changed = model(replaced(TREE, path, value))
        if changed is not None and changed != BASE:
            return changed
    assert COUPLED & set(path), path
    return None


def test_whatever_changes_is_told_as_what_it_is() -> None:
    wrong = []
    for path in leaves(TREE):
        changed = other(path)
        if changed is None or path[-4:-1] == OVERRULED:
            continue
        found = compared(BASE, changed)
        kinds = (bool(found.meaning), bool(found.text))
        if kinds != (not is_text(path), is_text(path)):
            wrong.append((path, found))
        lines = [*sections(found.meaning).values(), *map(reworded, found.text)]
        said = " ".join("".join(line) for line in lines)
        if not said or re.search(r": (.+), now \1$", said):
            wrong.append((path, said))
    assert not wrong


# The same, written otherwise; the same, named otherwise.


def read(text: str) -> Scenario:
    reading = read_scenario(text.encode(), "scenario.yaml", shipped.guidance())
    assert reading.scenario is not None, list(map(str, reading.problems))
    return reading.scenario


FRAME = read(examples.FRAME)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("by: investigator", "by: [investigator]"),
        ("{when: ready,", "{when: (ready),"),
        ("narration: Four people have slept.", "narration: [{text: Four people have slept.}]"),
        ("next: office", "next: [{to: office}]"),
        ("stand_in: few", "stand_in: [{choose: few}]"),
        ("    ending: true\n", "    minutes: 0\n    ending: true\n"),
        ("law_as_of: 2026-11-01", "law_as_of: '2026-11-01'  # as the card has it"),
        (
            "vc: 1\n            ci: 2\n            because:"
            " She is warned, and next to nothing can leak.",
            "marks: [{vc: 1, ci: 2, practices: [advance_notice_to_providers],"
            " because: 'She is warned, and next to nothing can leak.'}]",
        ),
    ],
)  # fmt: skip
def test_what_is_only_written_otherwise_is_no_difference(old, new) -> None:
    assert old in examples.FRAME
    assert not compared(FRAME, read(examples.FRAME.replace(old, new)))


@pytest.mark.parametrize(
    ("sort", "old", "new"),
    [
        ("scene", "later", "much_later"),
        ("decision", "last", "final"),
        ("option", "rest", "sleep_on_it"),
        ("reason", "tired", "weary"),
        ("inject", "caused", "made_ready"),
        ("fact", "door_key", "spare_key"),
        ("state", "ready", "prepared"),
        ("consent", "stay", "leave_to_stay"),
        ("role", "lawyer", "attorney"),
        ("role", "prosecutor", "state_attorney"),
        ("theme", "threats", "menaces"),
        ("objective", "sleep", "rest_for_all"),
        ("task", "ask_first", "ask_each"),
    ],
)
def test_a_new_name_is_told_once_and_followed_everywhere(sort, old, new) -> None:
    def named(value: Any, field: str = "") -> Any:
        if isinstance(value, dict):
            return {new if key == old else key: named(each, key) for key, each in value.items()}
        if isinstance(value, tuple):
            return tuple(named(each, field) for each in value)
        if field == "hat" or (field in TEXTS and field != "themes"):
            return value
        return type(value)(re.sub(rf"\b{old}\b", new, value))

    found = compared(BASE, Scenario.model_validate(named(TREE)))
    assert [(each.kind, each.key[0], each.key[-1], each.old) for each in found.meaning] == [
        ("renamed", sort, new, old)
    ]
    assert not found.text


@pytest.mark.parametrize(
    ("values", "words", "same"),
    [(1, 1, True), (1, 0, False), (0.5, 1, False), (1, 0.5, False), (0.9, 1, True)],
)
def test_another_name_needs_almost_all_of_meaning_and_of_text(values, words, same) -> None:
    def part(name: str, meant: int, said: int) -> Part:
        found = Part(("state", name), ("state", name))
        found.values = {f"field {n}": "old" if n < meant else name for n in range(10)}
        text = " ".join("word" if n < said else f"{name}{n}" for n in range(10))
        found.texts = {"means": Wording(text, ("state", name, "means"))}
        return found

    old, new = part("before", 10, 10), part("after", int(10 * values), int(10 * words))
    _, renamed = followed({old.key: old}, {new.key: new})
    assert renamed == ({old.key: new.key} if same else {})


def test_what_is_only_a_little_alike_is_another() -> None:
    tree = parse_tree(examples.FRAME.encode(), "frame.yaml")
    options = tree["scenes"]["visit"]["decisions"]["questions_now"]["options"]
    options["by_morning"] = {
        **options.pop("all_of_it"), "text": "Say that you will be back before the shift is over.",
    }  # fmt: skip
    found = compared(FRAME, Scenario.model_validate(tree))
    assert {(each.kind, each.key[-1]) for each in found.meaning if not each.field} == {
        ("added", "by_morning"), ("removed", "all_of_it"),
    }  # fmt: skip


def test_a_decision_that_moves_is_told_as_moved() -> None:
    tree = parse_tree(examples.FRAME.encode(), "frame.yaml")
    decision = tree["scenes"]["office"]["decisions"]["form"]
    tree["scenes"]["office"]["decisions"] = {}
    tree["scenes"]["corridor"]["decisions"]["form"] = decision
    (moved,) = compared(FRAME, Scenario.model_validate(tree)).meaning
    assert (moved.kind, moved.key, moved.old, moved.new) == (
        "moved", ("decision", "form"), "office", "corridor",
    )  # fmt: skip


def test_what_holds_others_goes_without_saying_them() -> None:
    tree = parse_tree(examples.FRAME.encode(), "frame.yaml")
    del tree["scenes"]["office"]
    tree["scenes"]["meeting"]["next"] = "visit"
    del tree["facts"]["beds"]
    found = compared(FRAME, Scenario.model_validate(tree))
    assert {each.key for each in found.meaning if each.kind == "removed"} == {
        ("scene", "office"), ("fact", "beds"),
    }  # fmt: skip
    assert not found.text


# Words.


def test_a_text_is_told_by_its_words() -> None:
    old = [f"word{number}" for number in range(14)]
    new = [*old[:-1], "fifteen"]
    assert pieces(old, new) == (
        ("cut", "…"), ("same", " ".join(old[7:13])), ("gone", "word13"), ("come", "fifteen"),
    )  # fmt: skip
    assert pieces(["a", "b"], ["c", "d"]) is None
    for one, other in ((old, new), (new, old), (old, old[::-1]), (old, [*old, *old])):
        found = pieces(one, other, around=len(old))
        if found is not None:
            told = " ".join(text for sort, text in found if sort != "come")
            assert told.split() == one
            assert " ".join(text for sort, text in found if sort != "gone").split() == other


# What the scenarios can come to, at the command line.


@pytest.fixture
def versions(tmp_path) -> Callable[[str], tuple[str, str]]:
    """The frame, and another text, each in a folder of its own."""

    def write(text: str) -> tuple[str, str]:
        for name, each in (("old", examples.FRAME), ("new", text)):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "scenario.yaml").write_text(each, encoding="utf-8")
        return str(tmp_path / "old"), str(tmp_path / "new")

    return write


def test_the_same_is_no_difference_and_a_comment_is_none(within, versions) -> None:
    old, new = versions(examples.FRAME)
    said = within("diff", old, new)
    assert (said.code, said.out) == (
        0,
        "The side door 1.0.0\n\nNo difference in meaning or text.\n",
    )
    old, new = versions(examples.FRAME + "# A thought.\n")
    said = within("diff", old, new)
    assert said.code == 0
    assert "only in how the files are written" in said.out


def test_a_text_alone_leaves_the_meaning(within, versions) -> None:
    old, new = versions(examples.FRAME.replace("made for twelve", "made for ten"))
    said = within("diff", old, new)
    assert said.code == 1
    assert "Nothing has changed in meaning." in said.out
    assert "scene meeting, narration, line 42" in said.out
    assert "made for [-twelve.-] {+ten.+}" in said.out


def test_what_it_can_come_to_is_told_in_numbers(within, versions) -> None:
    changed = examples.FRAME.replace("set: {ready: true}", "set: {ready: false}").replace(
        "vc: 1\n            ci: 2\n            because: She is warned",
        "vc: 1\n            ci: 1\n            because: She is warned",
    )
    old, new = versions(changed)
    said = within("diff", old, new)
    assert said.code == 1
    assert "ending slept: lost" in said.out
    assert "option notice.on_call: ci: 2, now 1" in said.out
    told = within("diff", old, new, "--json")
    values = json.loads(told.out)
    reports = [json.loads(within("explore", each, "--json").out) for each in (old, new)]
    for change in values["meaning"]:
        if change["part"] == "outcome" and change["field"] != "frontier":
            assert [change["old"], change["new"]] == [each[change["field"]] for each in reports]
    fields = {change["field"] for change in values["meaning"] if change["part"] == "outcome"}
    assert {"situations", "transitions", "ci", "frontier"} <= fields
    back = json.loads(within("diff", new, old, "--json").out)
    assert mirrored(back["meaning"]) == sorted(map(placed, values["meaning"]))


def placed(change: dict[str, Any]) -> tuple[Any, ...]:
    return change["kind"], change["part"], change["name"], change["field"]


def mirrored(changes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    other = {"added": "removed", "removed": "added"}
    return sorted(
        placed({**each, "kind": other.get(each["kind"], each["kind"])}) for each in changes
    )


def test_findings_and_waivers_come_and_go(within, versions) -> None:
    fact = "  source: {class: operational_detail, text: A list., held_by: investigator}\n"
    old, new = versions(examples.FRAME.replace("facts:\n", f"facts:\n{fact}"))
    assert "TT417 at facts.source: new: the fact `source`" in " ".join(
        within("diff", old, new).out.split()
    )
    waived = examples.FRAME.replace("facts:\n", f"facts:\n{fact}") + "waive: {TT417: So it is.}\n"
    old, new = versions(waived)
    assert "TT417 at facts.source: waived now" in within("diff", old, new).out


def test_an_ending_that_is_gone_was_lost_and_a_message_may_change(within, versions) -> None:
    old, new = versions(
        examples.FRAME.replace("- {when: ready, to: slept}\n      - to", "- to").replace(
            "  slept:\n    ending: true\n    narration: Four people have slept.\n"
            "    closing: [Nobody knows who will want to speak.]\n",
            "",
        )
    )
    said = within("diff", old, new, "--json")
    (lost,) = [each for each in json.loads(said.out)["meaning"] if each["part"] == "ending"
               and each["kind"] == "removed"]  # fmt: skip
    assert lost["name"] == ["slept"]
    assert lost["old"]["route"]
    reading = examples.reading(examples.FRAME)
    made = explorations(Engine(FRAME, shipped.guidance()))
    report, checked = reported(made), explored(reading, made)

    def saying(message: str) -> Outcome:
        finding = found(reading.document, Remark("TT408", ("title",), message))
        return Outcome(report, replace(checked, findings=(finding,)))

    told = outcome_changes(saying("Once."), saying("Twice."), {})
    assert [(each.key[0], each.old, each.new) for each in told] == [("finding", "Once.", "Twice.")]


def test_lines_fit_and_name_what_they_are_about(within) -> None:
    said = within("diff", "first_hour", "larkmoor_row", "--quick")
    assert said.code == 1
    assert all(len(line) <= 80 for line in said.out.split("\n"))
    order = ["Attendance", "Roles", "Decisions", "Scenes, injects", "Content notes", "Texts"]
    places = [said.out.find(f"\n{title}") for title in order if f"\n{title}" in said.out]
    assert places == sorted(places)


def test_a_limit_that_is_hit_is_said(within, versions) -> None:
    old, new = versions(examples.FRAME.replace("made for twelve", "made for ten"))
    said = within("diff", old, new, "--limit", "3")
    assert said.code == 3
    assert "The limit was hit" in said.out
    assert "made for [-twelve.-] {+ten.+}" in said.out
    values = json.loads(within("diff", old, new, "--limit", "3", "--json").out)
    assert (values["explored"], values["complete"]) == (False, False)


def test_what_is_interrupted_is_compared_as_written(within, versions, monkeypatch) -> None:
    def interrupted(*_: int) -> None:
        raise KeyboardInterrupt

    old, new = versions(examples.FRAME.replace("set: {ready: true}", "set: {ready: false}"))
    monkeypatch.setattr(Progress, "show", interrupted)
    said = within("diff", old, new)
    assert said.code == 130
    assert "Exploring was stopped" in said.out
    assert "option notice.ranges: set: {ready: true}, now {ready: false}" in said.out
    assert "Endings" not in said.out


@pytest.mark.parametrize("text", ["- no\n", "title: [\n", examples.FRAME.replace("capacity", "x")])
def test_what_can_not_be_read_is_one_sentence(within, versions, text) -> None:
    old, new = versions(text)
    said = within("diff", old, new)
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert said.out == ""

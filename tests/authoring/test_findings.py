"""Findings have a place, a severity, guidance and a waiver, and are shown in five formats."""

import json
from dataclasses import replace

import examples
import pytest

from tabletop.authoring.check import Checked
from tabletop.authoring.findings import Finding
from tabletop.authoring.formats import FORMATS, CheckedFile, rendered

TEMPTS_NOBODY = "facts:\n  van: {class: observation, text: A van., held_by: investigator}\n"
FAKE = examples.FRAME.replace(
    "            vc: -1\n            ci: -1\n            because: Nobody would",
    "            vc: -2\n            ci: -1\n            because: Nobody would",
)


def checked(example: str) -> Checked:
    return examples.checked(examples.laid_over(example))


def file_of(text: str, name: str = "small, 100%.yaml") -> CheckedFile:
    made = examples.checked(text)
    renamed = tuple(replace(each, file=name) for each in made.findings)
    waived = tuple(replace(each, file=name) for each in made.waived)
    return CheckedFile(
        name, text.split("\n"), Checked(renamed, waived, made.situations, made.engine)
    )


def test_a_finding_stands_where_its_author_wrote_and_says_what_it_rests_on() -> None:
    text = examples.FRAME.replace("Two people at a table", "Two people, rescued, at a table")
    (finding,) = examples.checked(text).findings
    assert finding.code == "TT514"
    assert finding.severity == "warning"
    assert text.split("\n")[finding.line - 1].strip().startswith("narration: Two people")
    assert finding.sources == ("D19",)
    assert finding.path == ("scenes", "meeting", "narration")


@pytest.mark.parametrize(
    "waive",
    [
        "waive: {TT417: It is background.}",
        "waive: {TT417: {at: facts.van, reason: It is background.}}",
        "waive: {TT417: [{at: facts/van, reason: It is background.}]}",
    ],
)
def test_a_waiver_silences_what_it_names_and_is_listed_with_its_reason(waive: str) -> None:
    made = checked(f"{TEMPTS_NOBODY}{waive}\n")
    assert made.findings == ()
    assert made.clean
    (finding,) = made.waived
    assert (finding.code, finding.waived) == ("TT417", "It is background.")


def test_a_waiver_at_another_place_silences_nothing_and_is_found() -> None:
    made = checked(f"{TEMPTS_NOBODY}waive: {{TT417: {{at: facts.va, reason: It is meant.}}}}\n")
    assert {each.code for each in made.findings} == {"TT417", "TT606"}
    assert made.waived == ()


def test_an_error_is_never_waived() -> None:
    text = examples.FRAME.replace("      - to: waited", "      - {when: not ready, to: corridor}")
    made = examples.checked(f"{text}waive: {{TT405: It is meant.}}\n")
    assert {"TT405", "TT606"} <= {each.code for each in made.findings}


def test_what_reading_warns_of_is_waived_alike() -> None:
    text = examples.FRAME.replace("        during: meeting\n", "")
    made = examples.checked(f"{text}waive: {{TT309: The beds may be told at any time.}}\n")
    assert made.findings == ()
    assert [each.code for each in made.waived] == ["TT309"]


def test_a_scenario_that_does_not_read_has_the_problems_of_reading_alone() -> None:
    made = examples.checked(examples.FRAME.replace("next: visit", "next: visiit"))
    assert [each.code for each in made.findings] == ["TT202"]
    assert made.situations == 0
    assert isinstance(made.findings[0], Finding)


def test_full_shows_the_line_the_guidance_and_the_route() -> None:
    text = rendered([file_of(FAKE)], "full")
    assert "warning[TT408]" in text
    assert "^" in text
    assert "route: investigator: {choose: on_the_day, at: notice}; advance;" in text
    assert text.endswith("1 warning")
    assert "from: D19" in rendered(
        [file_of(examples.FRAME.replace("Four people have slept", "The rescued have slept"))],
        "full",
    )
    clean = rendered([file_of(examples.FRAME)], "full")
    assert clean == "small, 100%.yaml: no problems, 17 situations"


def test_full_and_concise_list_what_is_waived() -> None:
    text = examples.laid_over(f"{TEMPTS_NOBODY}waive: {{TT417: It is background.}}\n")
    assert "waived[TT417]" in rendered([file_of(text)], "full")
    assert "reason: It is background." in rendered([file_of(text)], "full")
    assert "TT417 waived: It is background." in rendered([file_of(text)], "concise")


def test_concise_is_one_line_each() -> None:
    (line,) = rendered([file_of(FAKE)], "concise").split("\n")
    assert line.startswith("small, 100%.yaml:")
    assert ": TT408 `refuse` never differs" in line


def test_json_has_every_field_and_the_steps_of_the_route() -> None:
    (told,) = json.loads(rendered([file_of(FAKE)], "json"))
    assert told["code"] == "TT408"
    assert told["route"]["steps"][-1] == "expect: {scene: office}"
    assert told["route"]["people"] == ["investigator", "advocate", "prosecutor"]
    assert told["waived"] is None


def test_github_escapes_what_would_begin_a_command() -> None:
    (line,) = rendered([file_of(FAKE)], "github").split("\n")
    assert line.startswith("::warning file=small%2C 100%25.yaml,line=")
    assert ",title=TT408,endColumn=" in line
    assert "::`refuse` never differs" in line


def test_sarif_has_the_form_the_standard_asks_for() -> None:
    text = examples.laid_over(f"{TEMPTS_NOBODY}waive: {{TT417: It is background.}}\n")
    log = json.loads(rendered([file_of(FAKE), file_of(text, "b.yaml")], "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["TT408", "TT417"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert place["region"]["startColumn"] >= 1
        assert " " not in place["artifactLocation"]["uri"]
        assert result["level"] in ("error", "warning", "note")
    assert run["results"][1]["suppressions"][0]["justification"] == "It is background."


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_lets_a_control_character_through(form: str) -> None:
    file = file_of(FAKE)
    hostile = replace(file.checked.findings[0], message="a\x1b[2Jb\n::error::c", file="x\x1b.yaml")
    made = Checked((hostile,), (), 1, file.checked.engine)
    text = rendered([CheckedFile("x\x1b.yaml", file.lines, made)], form)
    assert "\x1b" not in text
    assert "\n::error::" not in text


def call(name: str, onward: str) -> str:
    """A scene in which as much can be had as in every other of its kind."""
    return f"""
    narration: The director calls.
    questions: [Who calls whom?]
    decisions:
      {name}:
        title: Another call
        by: advocate
        ask: What do you say?
        stand_in: glad
        practices: [boundaries_agreed_in_advance]
        options:
          glad: {{text: Go on., vc: 2, ci: 2, because: The plan is saved after all.}}
          proud: {{text: Let it ring., vc: -1, ci: 0, because: Those met would be alone.}}
    next: {onward}"""


@pytest.mark.parametrize(
    ("onward", "told"), [("visit", []), ("[{when: last == proud, to: visit}]", ["TT405"])]
)
def test_where_something_has_no_end_that_is_the_one_fault(onward: str, told: list[str]) -> None:
    """What leads there looks worth less than trouble, and for no other reason."""
    office = "{next: [{when: form == sign, to: second}, {to: third}]}"
    second, third = call("again", "visit"), call("last", onward)
    scenes = f"  office: {office}\n  second:{second}\n  third:{third}"
    made = examples.checked(examples.laid_over(f"scenes:\n{scenes}\n"))
    assert [each.code for each in made.findings] == told

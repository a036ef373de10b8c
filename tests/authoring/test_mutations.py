"""Defects planted in good scenarios, each found under its code and shown by a route that replays.

Defects of behaviour are planted in the small scenario of the pages, which takes a moment to
explore; those of words and marks in First Hour as well.
"""

import re
from functools import cache
from pathlib import Path

import examples
import pytest
import shipped

from tabletop.authoring.check import Checked, check
from tabletop.authoring.findings import Finding
from tabletop.authoring.plays import read_play, run_play
from tabletop.authoring.route_file import read_route, replayed, written
from tabletop.exercise.state import State

FIRST_HOUR = (shipped.ROOT / "first_hour" / "scenario.yaml").read_text(encoding="utf-8")


def defects(scenario: str) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """What to plant in a scenario: what it is, its code, and what takes whose place."""
    found: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    text = (Path(__file__).parent / "defects.txt").read_text(encoding="utf-8")
    for defect in re.split(r"(?m)^@ ", text)[1:]:
        head, *passages = re.split(r"(?m)^~\n", defect.rstrip("\n") + "\n")
        where, code, what = re.fullmatch(r"(\w+) (TT\d+): (.*)", head.strip()).groups()
        if where == scenario:
            found[what] = (code, [(_lines("-", each), _lines("+", each)) for each in passages])
    return found


def _lines(sign: str, passage: str) -> str:
    return "\n".join(line[1:] for line in passage.split("\n") if line.startswith(sign))


SMALL, HOUR = defects("small"), defects("first_hour")
BEHAVIOUR = (
    "TT405",
    "TT406",
    "TT407",
    "TT408",
    "TT409",
    "TT410",
    "TT411",
    "TT412",
    "TT414",
    "TT415",
)


def planted(text: str, passages: list[tuple[str, str]]) -> str:
    for old, new in passages:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


@cache
def small(what: str) -> Checked:
    return examples.checked(planted(examples.FRAME, SMALL[what][1]))


def of(checked: Checked, code: str) -> list[Finding]:
    return [each for each in checked.findings if each.code == code]


def test_the_scenarios_are_good_before_anything_is_planted() -> None:
    assert examples.checked(examples.FRAME).findings == ()
    hour = check(examples.reading(FIRST_HOUR), shipped.guidance(), explore=False)
    assert hour.findings == ()


def test_there_are_enough_kinds_of_defect() -> None:
    assert len(SMALL) + len(HOUR) >= 40
    assert len({code for code, _ in (*SMALL.values(), *HOUR.values())}) >= 40


@pytest.mark.parametrize("what", SMALL)
def test_a_defect_in_the_small_scenario_is_found(what: str) -> None:
    code = SMALL[what][0]
    codes = {each.code for each in small(what).findings}
    assert code in codes
    if code in BEHAVIOUR:
        assert any(each.route is not None for each in of(small(what), code))


@pytest.mark.parametrize("what", HOUR)
def test_a_defect_in_first_hour_is_found(what: str) -> None:
    code, passages = HOUR[what]
    reading = examples.reading(planted(FIRST_HOUR, passages))
    checked = check(reading, shipped.guidance(), explore=False)
    assert code in {each.code for each in checked.findings}


def routed() -> list[tuple[str, Finding]]:
    return [
        (what, finding)
        for what, (code, _) in SMALL.items()
        for finding in small(what).findings
        if finding.route is not None and finding.code == code
    ]


def test_every_route_is_a_file_that_plays_to_its_end() -> None:
    shown = routed()
    assert {finding.code for _, finding in shown} >= set(BEHAVIOUR)
    for what, finding in shown:
        engine = small(what).engine
        assert engine is not None
        assert finding.route is not None
        text = written(engine, finding.route, finding.message)
        script, problems = read_play(text.encode(), "route.yaml", engine)
        assert script is not None, [str(problem) for problem in problems]
        result = run_play(engine, script)
        assert result.passed, (what, text, result.difference)
        assert result.state == replayed(engine, finding.route)[0]
        route, _ = read_route(text.encode(), "route.yaml", engine)
        assert route is not None
        assert route.people == finding.route.people


def shows(finding: Finding, what: str, state: State) -> bool:
    """Whether a state is what the finding speaks of."""
    engine = small(what).engine
    assert engine is not None
    match finding.code:
        case "TT405":
            return state.status == "running" and state.scene == finding.path[1]
        case "TT406":
            return state.scene == finding.path[1]
        case "TT408" | "TT409" | "TT410":
            decision = state.decisions.get(str(finding.path[3]))
            return decision is not None and not decision.done
        case "TT412":
            return state.status == "ended"
        case "TT407":
            decision = state.decisions[str(finding.path[3])]
            return decision.passed or decision.how == "stand_in"
        case "TT414" | "TT416" | "TT507":
            path = ".".join(str(step) for step in finding.path)
            return any(
                passage.path.startswith(path) for feed in state.feeds.values() for passage in feed
            )
    return state.status == "running"


def test_a_route_leads_to_the_situation_its_finding_speaks_of() -> None:
    for what, finding in routed():
        engine = small(what).engine
        assert engine is not None
        assert finding.route is not None
        state, _ = replayed(engine, finding.route)
        assert shows(finding, what, state), (what, str(finding), state.scene, state.status)


def test_a_limit_that_is_hit_is_said() -> None:
    reading = examples.reading(examples.FRAME)
    checked = check(reading, shipped.guidance(), limit=5)
    assert [each.code for each in checked.findings] == ["TT421"]
    assert "the limit of 5 situations was hit" in checked.findings[0].message

"""Defects planted in good scenarios, each found under its code, at its line, shown by a route.

The scenarios are the small one of the pages, First Hour, and one written by someone who had not
seen the rules. `planted/` holds the defects of each.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path

import examples
import pytest
import shipped

from tabletop.authoring.check import Checked, check
from tabletop.authoring.findings import RULES, Finding
from tabletop.authoring.formats import CheckedFile, whole
from tabletop.authoring.plays import read_play, run_play
from tabletop.authoring.route_file import read_route, replayed, written
from tabletop.exercise.state import State

PLANTED = Path(__file__).parent / "planted"
SCENARIOS = {
    "small": examples.FRAME,
    "first_hour": (shipped.ROOT / "first_hour" / "scenario.yaml").read_text(encoding="utf-8"),
    "exit_forty": (PLANTED / "exit_forty.yaml").read_text(encoding="utf-8"),
}
ROUTED = {
    "TT405", "TT406", "TT407", "TT408", "TT409", "TT410", "TT411", "TT412", "TT414", "TT415",
    "TT416", "TT507",
}  # fmt: skip
"""Codes of which every finding shows a route."""


@dataclass(frozen=True)
class Defect:
    """What is planted, where, and what is to be found at which line."""

    scenario: str
    code: str
    what: str
    line: str
    passages: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.what}"

    @property
    def text(self) -> str:
        """The scenario with the defect in it."""
        text = SCENARIOS[self.scenario]
        for old, new in self.passages:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text


def defects(scenario: str) -> list[Defect]:
    found = []
    text = (PLANTED / f"{scenario}.txt").read_text(encoding="utf-8")
    for defect in re.split(r"(?m)^@ ", text)[1:]:
        head, *passages = re.split(r"(?m)^~\n", defect.rstrip("\n") + "\n")
        code, what, line = re.fullmatch(r"(TT\d+): (.*)\n! (.*)", head.strip()).groups()
        both = tuple((_lines("-", each), _lines("+", each)) for each in passages)
        found.append(Defect(scenario, code, what, line, both))
    return found


def _lines(sign: str, passage: str) -> str:
    return "\n".join(line[1:] for line in passage.split("\n") if line.startswith(sign))


DEFECTS = [defect for scenario in SCENARIOS for defect in defects(scenario)]


@cache
def checked(text: str) -> Checked:
    return check(examples.reading(text), shipped.guidance())


def found(defect: Defect) -> list[Finding]:
    return [each for each in checked(defect.text).findings if each.code == defect.code]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_is_good_before_anything_is_planted(scenario: str) -> None:
    assert checked(SCENARIOS[scenario]).findings == ()


def test_every_rule_has_a_defect() -> None:
    """But for a bound that is hit and for certificates, which lie beside a scenario."""
    unplanted = RULES.keys() - {each.code for each in DEFECTS}
    assert {code for code in unplanted if not code.startswith("TT7")} == {"TT421"}
    assert len({(each.code, each.what) for each in DEFECTS}) >= 200


@pytest.mark.parametrize("defect", DEFECTS, ids=str)
def test_a_defect_is_found_at_its_line(defect: Defect) -> None:
    findings = found(defect)
    codes = [each.code for each in checked(defect.text).findings]
    assert findings, codes
    lines = defect.text.split("\n")
    there = [each for each in findings if defect.line in lines[each.line - 1]]
    assert there, [(each.line, lines[each.line - 1]) for each in findings]
    if defect.code in ROUTED:
        assert any(each.route is not None for each in there)


def routed() -> list[tuple[Defect, Finding]]:
    return [
        (defect, finding)
        for defect in DEFECTS
        if defect.code in ROUTED
        for finding in found(defect)
        if finding.route is not None
    ]


def test_every_route_is_a_file_that_plays_to_its_end() -> None:
    shown = routed()
    assert {finding.code for _, finding in shown} >= ROUTED
    for defect, finding in shown:
        engine = checked(defect.text).engine
        assert engine is not None
        assert finding.route is not None
        text = written(engine, finding.route, finding.message)
        script, problems = read_play(text.encode(), "route.yaml", engine)
        assert script is not None, [str(problem) for problem in problems]
        result = run_play(engine, script)
        assert result.passed, (defect, text, result.difference)
        assert result.state == replayed(engine, finding.route)[0]
        route, _ = read_route(text.encode(), "route.yaml", engine)
        assert route is not None
        assert route.people == finding.route.people


def shows(defect: Defect, finding: Finding, state: State) -> bool:
    """Whether a state is what the finding speaks of."""
    engine = checked(defect.text).engine
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
            if finding.path[2] == "decisions" and "outcome" not in finding.path:
                return finding.path[3] in state.decisions
            path = ".".join(takewhile(lambda step: isinstance(step, str), finding.path))
            return any(
                passage.path.startswith(path) for feed in state.feeds.values() for passage in feed
            )
    return state.status == "running"


def test_a_route_leads_to_the_situation_its_finding_speaks_of() -> None:
    for defect, finding in routed():
        engine = checked(defect.text).engine
        assert engine is not None
        assert finding.route is not None
        state, _ = replayed(engine, finding.route)
        assert shows(defect, finding, state), (defect, str(finding), state.scene, state.status)


def test_a_limit_that_is_hit_is_said() -> None:
    reading = examples.reading(examples.FRAME)
    bounded = check(reading, shipped.guidance(), limit=5)
    assert [each.code for each in bounded.findings] == ["TT421"]
    assert "the limit of 5 situations was hit" in bounded.findings[0].message


def test_what_is_shown_as_its_place_waives_a_finding() -> None:
    """With `at` as the full format names it, in the words of an author."""
    firsts = {each.code: each for each in reversed(defects("exit_forty")) if each.code > "TT5"}
    for code, defect in firsts.items():
        if code == "TT606":
            continue
        (finding, *_) = found(defect)
        shown = whole(CheckedFile("x", defect.text.split("\n"), checked(defect.text)), finding)
        (at,) = re.findall(r"(?m)^      at: (.*)$", shown)
        text = f"{defect.text}\nwaive: {{{code}: {{at: {at}, reason: It is meant.}}}}\n"
        again = check(examples.reading(text), shipped.guidance(), explore=False)
        assert finding.message in {each.message for each in again.waived}, code

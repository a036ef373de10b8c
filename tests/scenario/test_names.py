"""Each name that leads nowhere and each broken rule of form is found, placed and explained."""

from collections.abc import Callable
from typing import Any

import pytest

from tabletop.scenario.model import Scenario
from tabletop.scenario.names import problems_of_names
from tabletop.scenario.problem import CODES
from tabletop.scenario.reading import Reading
from tabletop.scenario.texts import texts_of

Broken = Callable[[str, str], Reading]

CASES: dict[str, tuple[str, str, str, str]] = {
    "the jurisdiction": ("jurisdiction: alder", "jurisdiction: aldr", "TT209", "`alder`"),
    "a required role": ("required: [investigator]", "required: [inspector]", "TT201", "inspector"),
    "the scene a role joins with": ("joins: planning", "joins: planing", "TT202", "`planning`"),
    "who knows a state": ("known_to: [investigator]", "known_to: detective", "TT201", "detective"),
    "what a consent covers": ("covers: [fever]", "covers: [fevr]", "TT203", "`fever`"),
    "whom a consent names": (
        "to: [investigator], purpose",
        "to: [investigators], purpose",
        "TT201",
        "`investigator`",
    ),
    "until when a consent holds": ("through: planning", "through: plan", "TT202", "plan"),
    "a fact class": ("class: capacity", "class: capacities", "TT208", "`capacity`"),
    "a holder": ("held_by: [advocate]", "held_by: advocat", "TT201", "`advocate`"),
    "a recipient": ("- to: [prosecutor]", "- to: [procesutor]", "TT201", "`prosecutor`"),
    "a window": ("during: [planning]", "during: [planning, after]", "TT202", "after"),
    "the consent of a share": ("under: tip", "under: tips", "TT204", "`tip`"),
    "the scene in which a stand-in shares": (
        "stand_in: planning",
        "stand_in: closng",
        "TT202",
        "`closing`",
    ),
    "the practice of a kept mark": (
        "asked., practices: [plan_beds]",
        "asked., practices: [plan_bed]",
        "TT207",
        "`plan_beds`",
    ),
    "the practice of a lapsed mark": (
        "back., practices: [ask_first]",
        "back., practices: [ask_frst]",
        "TT207",
        "`ask_first`",
    ),
    "the first scene": ("start: planning", "start: plannings", "TT202", "`planning`"),
    "an inject's recipient": ("alert: {to: [investigator]", "alert: {to: [x]", "TT201", "x"),
    "an inject's condition": ("settled(notice)", "settled(notices)", "TT213", "`notice`"),
    "the audience of a question": ("advocate: [Whom", "advocates: [Whom", "TT201", "`advocate`"),
    "the audience of a text": (
        "      advocate:\n        - {when",
        "      advocat:\n        - {when",
        "TT201",
        "`advocate`",
    ),
    "the condition of a text": ("when: trust >= 3", "when: trst >= 3", "TT213", "`trust`"),
    "a theme of a text": (
        "themes: [coercion], fade",
        "themes: [cruelty], fade",
        "TT210",
        "cruelty",
    ),
    "who decides": ("by: [investigator]", "by: [investigater]", "TT201", "`investigator`"),
    "who is consulted": ("consult: [advocate]", "consult: [advocat]", "TT201", "`advocate`"),
    "who advises": ("advice: {advocate:", "advice: {advocat:", "TT201", "`advocate`"),
    "the options of a reason": ("for: [ranges]", "for: [range]", "TT205", "`ranges`"),
    "the condition of a reason": ("fits: ready", "fits: readi", "TT213", "`ready`"),
    "a stand-in's condition": ("knows(investigator, beds)", "knows(x, beds)", "TT213", "`x`"),
    "a stand-in's choice": ("choose: director", "choose: direct", "TT205", "`director`"),
    "a practice of a decision": (
        "practices: [ask_first]\n        options",
        "practices: [ask]\n        options",
        "TT207",
        "ask",
    ),
    "an option's condition": ("when: trust >= 1", "when: trust", "TT213", "number"),
    "the condition of a mark": ("{when: ready, vc: 2", "{when: redy, vc: 2", "TT213", "`ready`"),
    "the practice of one of several marks": (
        "found., practices: [plan_beds]",
        "found., practices: [beds]",
        "TT207",
        "beds",
    ),
    "a flag that is set": ("set: {ready: true}", "set: {redy: true}", "TT206", "`ready`"),
    "a counter that is added to": ("add: {trust: 1}", "add: {trusts: 1}", "TT206", "`trust`"),
    "a counter that is set": ("set: {ready: true}", "set: {trust: true}", "TT314", "`add`"),
    "a flag that is added to": ("add: {trust: 1}", "add: {ready: 1}", "TT314", "`set`"),
    "to whom something is revealed": (
        "{advocate: [beds]}",
        "{advocat: [beds]}",
        "TT201",
        "advocat",
    ),
    "what is revealed": ("{advocate: [beds]}", "{advocate: [bed]}", "TT203", "`beds`"),
    "a consent that ends": ("revoke: [tip]", "revoke: [top]", "TT204", "`tip`"),
    "where a branch leads": (
        'professional"\n        to: closing',
        'professional"\n        to: closed',
        "TT202",
        "`closing`",
    ),
    "an answer in a condition": ("(ranges, director)", "(ranges, diector)", "TT213", "diector"),
    "a rule of the law": ("law(reporting)", "law(report)", "TT213", "`reporting`"),
    "a word of the law": ("== professional", "== profession", "TT213", "universal"),
    "a parameter": ("of $agency.", "of $agensy.", "TT211", "`agency`"),
    "a practice of an objective": (
        "start: planning",
        "objectives: {o: {title: T, capability: C, target: T, tasks: {t: {text: T, practices: q}}}}"
        "\nstart: planning",
        "TT207",
        "q",
    ),
    "a scene with the name of a fact": ("  closing: {end", "  beds: {end", "TT212", "a fact"),
    "a role with the name of a state": ("  counsel: {", "  ready: {", "TT212", "ready"),
    "a word of the condition language as a name": ("  counsel: {", "  law: {", "TT212", "law"),
    "an option that no condition could name": (
        "          director:\n",
        "          not:\n",
        "TT212",
        "option",
    ),
    "a mark without a practice": (
        "        practices: [plan_beds]\n        kept",
        "        kept",
        "TT301",
        "practices",
    ),
    "a kept mark without a practice": (
        "because: Nobody was asked., practices: [plan_beds]",
        "because: Nobody was asked.",
        "TT301",
        "practices",
    ),
    "an option without a practice of its own or inherited": (
        "        practices: [ask_first]\n        options",
        "        options",
        "TT301",
        "practices",
    ),
    "reasons where the tension does not ask for them": (
        "tension: depends",
        "tension: aligned",
        "TT302",
        "depends",
    ),
    "a tension that asks for reasons": (
        "        reasons:\n          safety: {text: For safety., for: [ranges], fits: ready}\n",
        "",
        "TT302",
        "reasons",
    ),
    "a mark that reads a state the role does not know": (
        "arranged., known_to: [investigator]",
        "arranged., known_to: [counsel]",
        "TT303",
        "investigator",
    ),
    "a mark that reads what another role knows": (
        "{when: ready, vc: 2",
        '{when: "knows(advocate, beds)", vc: 2',
        "TT303",
        "advocate",
    ),
    "a mark that reads an inject that went elsewhere": (
        "{when: ready, vc: 2",
        "{when: delivered(alert) and not delivered(call), vc: 2",
        "none",
        "",
    ),
    "a mark that reads a consent given to someone else": (
        "{when: ready, vc: 2",
        "{when: granted(tip), vc: 2",
        "TT303",
        "tip",
    ),
    "a stand-in's rule that reads what another role knows": (
        "knows(investigator, beds) or",
        "knows(advocate, beds) or",
        "TT304",
        "advocate",
    ),
    "a mark for a consent that is not named": ("        under: tip\n", "", "TT305", "under"),
    "a consent that does not cover the fact": (
        "covers: [fever]",
        "covers: [beds]",
        "TT306",
        "fever",
    ),
    "a consent that does not name the recipient": (
        "to: [investigator], purpose",
        "to: [advocate], purpose",
        "TT306",
        "investigator",
    ),
    "a privileged fact shared with the prosecutor as if it were nothing": (
        "        critical: true\n",
        "",
        "TT307",
        "prosecutor",
    ),
    "a privileged fact held by the prosecutor": (
        "held_by: [counsel]",
        "held_by: [counsel, prosecutor]",
        "TT307",
        "privileged",
    ),
    "a privileged fact revealed to the prosecutor": (
        "{advocate: [beds]}",
        "{prosecutor: [fever]}",
        "TT307",
        "privileged",
    ),
    "a decision without a stand-in": (
        "        stand_in:\n"
        '          - {when: "knows(investigator, beds) or law(recording)", choose: ranges}\n'
        "          - choose: director\n",
        "",
        "TT308",
        "investigator",
    ),
    "a stand-in that may have no answer": (
        "          - choose: director\n",
        "",
        "TT308",
        "without",
    ),
    "a share at any time": (
        "during: [planning]\n        vc: 1",
        "vc: 1",
        "TT309",
        "during",
    ),
    "a fact nobody can know": ("    held_by: [counsel]\n", "", "TT310", "held_by"),
    "a share with someone who holds the fact": (
        "held_by: [advocate]",
        "held_by: [advocate, investigator]",
        "TT311",
        "investigator",
    ),
    "advice from who decides": (
        "consult: [advocate]",
        "consult: [advocate, investigator]",
        "TT312",
        "investigator",
    ),
    "advice from who is not asked": ("        consult: [advocate]\n", "", "TT313", "consult"),
    "a scene nothing leads to": (
        "  closing: {",
        "  lost: {narration: N, next: closing}\n  closing: {",
        "TT315",
        "lost",
    ),
    "a scene with no way to an end": (
        "        to: closing\n      - to: closing",
        "        to: closing\n      - to: loop\n  loop: {narration: N, next: loop}",
        "TT316",
        "loop",
    ),
    "a scenario without an ending": (
        "closing: {ending: true",
        "closing: {next: planning",
        "TT316",
        "ending",
    ),
    "a stand-in that shares outside the window": (
        "stand_in: planning",
        "stand_in: closing",
        "TT317",
        "closing",
    ),
}


def test_a_scenario_that_is_right_has_no_problems(
    read: Callable[[str], Reading], sample: str
) -> None:
    assert [str(each) for each in read(sample).problems] == []


@pytest.mark.parametrize("case", CASES)
def test_each_thing_that_is_wrong_is_found_where_it_stands(
    case: str, broken: Broken, sample: str
) -> None:
    old, new, code, word = CASES[case]
    reading = broken(old, new)
    assert reading.scenario is not None, reading.problems
    found = [each for each in reading.problems if each.code == code]
    if code == "none":
        assert not reading.problems
        return
    assert found, reading.problems
    assert any(word in f"{each.message} {each.hint}" for each in found)
    assert all(1 <= each.line <= len(reading.document.lines) for each in found)


@pytest.mark.parametrize("case", ["a practice of a decision", "a holder", "a fact class"])
def test_a_misspelt_name_is_one_problem_on_its_own_line_and_column(
    case: str, broken: Broken
) -> None:
    old, new, _, _ = CASES[case]
    reading = broken(old, new)
    wrong = new.split("\n", 1)[0].partition(": ")[2].strip("[]")
    problem = next(each for each in reading.problems if f"`{wrong}`" in each.message)
    line = reading.document.lines[problem.line - 1]
    assert line[problem.column - 1 :].startswith(wrong)
    assert problem.length == len(wrong)


def test_all_problems_of_a_scenario_come_at_once_and_in_order(broken: Broken) -> None:
    every = broken("known_to: [advocate, investigator]", "known_to: [a, b, c]").problems
    assert [each.code for each in every if each.code == "TT201"] == ["TT201"] * 3
    assert [(each.line, each.column) for each in every] == sorted(
        (each.line, each.column) for each in every
    )


def test_a_problem_in_a_condition_points_at_the_word(broken: Broken) -> None:
    reading = broken("knows(investigator, beds) or", "knows(investigator, bedz) or")
    (problem,) = reading.problems
    line = reading.document.lines[problem.line - 1]
    assert line[problem.column - 1 :].startswith("bedz")


def test_a_problem_in_a_block_of_text_points_at_the_line_and_the_word(broken: Broken) -> None:
    reading = broken("all: The task force meets.", "all: |\n        The\n        $nobody meets.")
    (problem,) = reading.problems
    line = reading.document.lines[problem.line - 1]
    assert line[problem.column - 1 :].startswith("$nobody")


def test_names_are_not_judged_by_arrows_that_lead_nowhere(broken: Broken) -> None:
    codes = {each.code for each in broken("start: planning", "start: x").problems}
    assert codes == {"TT202"}


def test_two_dollar_signs_are_one_and_no_parameter(broken: Broken) -> None:
    assert not broken("$$5", "$$agensy and $5 and $").problems


def test_a_mark_does_not_read_an_inject_that_went_to_another_role(
    read: Callable[[str], Reading], sample: str
) -> None:
    reads = sample.replace("{when: ready, vc: 2", "{when: delivered(alert), vc: 2", 1)
    assert not read(reads).problems
    (problem,) = read(reads.replace("alert: {to: [investigator]", "alert: {to: [counsel]")).problems
    assert problem.code == "TT303"
    assert "investigator" in problem.message


def test_a_critical_act_rests_on_a_practice_even_where_both_marks_are_zero(broken: Broken) -> None:
    bare = "vc: 0\n        critical: true\n        because: It is privileged.\nstart"
    old = (
        "vc: -2\n        critical: true\n        because: It is privileged.\n"
        "        practices: [ask_first]\nstart"
    )
    (problem,) = broken(old, bare).problems
    assert problem.code == "TT301"


def test_a_problem_in_a_text_with_themes_points_into_its_wording(broken: Broken) -> None:
    reading = broken(
        "ask: {text: When does the provider hear?,",
        "ask: {text: {investigator: [{when: trst > 1, text: T}, {text: $x}]},",
    )
    pointed = [
        reading.document.lines[each.line - 1][each.column - 1 :].split(",")[0].split("}")[0]
        for each in reading.problems
    ]
    assert pointed == ["trst > 1", "$x"]


def test_injects_are_unique_but_may_be_called_like_something_else(broken: Broken) -> None:
    assert not broken("      alert: {", "      beds: {").problems
    twice = "closing: {ending: true, injects: {alert: {to: all, title: T, text: T}},"
    assert [p.code for p in broken("closing: {ending: true,", twice).problems] == ["TT212"]


def test_a_decision_of_several_is_marked_on_what_each_of_them_knows(broken: Broken) -> None:
    several = "by: [investigator, prosecutor]\n        rule: majority"
    codes = [each.code for each in broken("by: [investigator]", several).problems]
    assert "TT303" in codes
    lead = "by: [investigator, prosecutor]\n        rule: lead"
    assert "TT303" not in [each.code for each in broken("by: [investigator]", lead).problems]


def test_stand_ins_by_role_are_held_to_their_own_knowledge(broken: Broken) -> None:
    old = CASES["a decision without a stand-in"][0]
    new = "        stand_in:\n          advocate: director\n"
    problems = broken(old, new).problems
    assert {each.code for each in problems} == {"TT201", "TT308"}


def test_the_audience_of_every_text_of_the_model_is_checked(
    read: Callable[[str], Reading], sample: str, registry: Any
) -> None:
    scenario = read(sample).scenario
    assert scenario is not None
    for path, _ in texts_of(scenario):
        tree = scenario.model_dump(by_alias=True)
        node: Any = tree
        for step in path.split("."):
            node = node[int(step) if step.isdigit() else step]
        node["variants"] = {"stranger": node["variants"].popitem()[1]}
        found = problems_of_names(Scenario.model_validate(tree), registry)
        assert any("stranger" in message for _, _, message, _ in found), path


def test_every_case_speaks_of_a_declared_code() -> None:
    tried = {code for _, _, code, _ in CASES.values()} - {"none"}
    assert tried <= CODES.keys()
    assert {code for code in CODES if code >= "TT2"} == tried

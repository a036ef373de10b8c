"""Conditions: what parses, what is refused, what is checked, and what holds."""

import ast
import re
import time
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.scenario.condition_types import problems
from tabletop.scenario.conditions import LONGEST, Condition

REFUSED = {
    "a call of something else": "print(trust)",
    "a call of a call": "settled(notice)(beds)",
    "a call of an import": "__import__(os)",
    "a call with a keyword": "settled(decision=notice)",
    "a call with a star": "knows(*both)",
    "a call with two stars": "settled(**both)",
    "a call with too few names": "knows(investigator)",
    "a call with too many names": "settled(a, b)",
    "a call with a number": "settled(3)",
    "a call with an expression": "settled(not a)",
    "a call with a call": "settled(settled(a))",
    "an attribute": "trust.real >= 1",
    "an attribute of a call": "settled(a).real",
    "a dunder": "().__class__.__bases__",
    "a subscript": "trust[0]",
    "a slice": "trust[0:1]",
    "a lambda": "lambda: trust",
    "a string": "notice == 'ranges'",
    "a formatted string": "f'{trust}' == a",
    "bytes": "notice == b'a'",
    "a walrus": "(trust := 3) > 1",
    "a ternary": "a if b else c",
    "a list": "notice in [a, b]",
    "a set": "notice in {a, b}",
    "a map": "{a: b}",
    "a tuple": "(a, b)",
    "a star in a list": "notice in (*a, b)",
    "a comprehension": "[a for a in b]",
    "a generator": "settled(a for a in b)",
    "an addition": "trust + 1 > 2",
    "a power": "9 ** 9 ** 9 > 1",
    "a shift": "1 << 999999999 > 1",
    "a plus sign": "+trust > 1",
    "a tilde": "~trust > 1",
    "a minus before a name": "-trust > 1",
    "a minus before a truth": "trust >= -True",
    "two minus signs": "trust > --1",
    "a chain of comparisons": "1 < trust < 3",
    "not in": "notice not in (a, b)",
    "in a name": "a in b",
    "is": "a is b",
    "is not": "a is not b",
    "a fraction": "trust > 1.5",
    "an imaginary number": "trust > 1j",
    "a truth": "ready == True",
    "nothing": "notice == None",
    "an ellipsis": "trust == ...",
    "await": "await a",
    "yield": "(yield a)",
    "a statement": "import os",
    "an assignment": "a = b",
    "two statements": "a; b",
    "a single equals sign": "trust = 3",
    "two bars": "a || b",
    "an exclamation mark": "!a",
    "an empty text": "",
    "spaces": "   ",
    "a comment": "# a",
    "half a condition": "trust >=",
    "an open parenthesis": "(a",
    "two lines": "a\nand b",
    "a tab": "a\tand b",
    "a zero": "a\x00b",
    "an escape": "a\x1b",
    "a letter that only looks like one": "\u0430 and b",
    "a letter that Python would fold": "\U0001d51e and b",
    "too many characters": "a" * (LONGEST + 1),
    "a huge text": "a and " * 1_000_000 + "a",
    "too many parts": " or ".join("abcdefgh"[n % 8] for n in range(120)),
    "many parentheses": "(" * 240 + "a" + ")" * 240,
    "many minus signs": "-" * 149 + "1",
    "many tildes": "~" * 149 + "a",
    "many nots before something else": "not " * 110 + "a.b",
    "many calls": "settled(" * 50 + "a" + ")" * 50,
    "many brackets": "[" * 199 + "]" * 199,
}

ALLOWED = [
    "ready",
    "not ready",
    "(ready)",
    "  trust >= 3  ",
    "trust >= -3",
    "notice == ranges",
    "notice != ranges",
    "notice in (ranges, director)",
    "notice in (ranges,)",
    "trust in (1, 2, -3)",
    "not (ready and trust > 1) or settled(notice)",
    "knows(investigator, beds) and granted(tip) and delivered(alert) and law(recording)",
    "law(reporting) == universal",
    "3 <= trust",
    "not " * 40 + "ready",
    " and ".join(["ready"] * 50),
]


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_part_of_the_language_is_refused_with_one_clear_sentence(kind: str) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match=r"\w") as caught:
        Condition(REFUSED[kind])
    assert type(caught.value) is ValueError
    assert time.process_time() - began < 0.5
    assert len(str(caught.value)) < 2 * LONGEST


@pytest.mark.parametrize("depth", [400, 600])
def test_deep_texts_are_refused_however_deep_the_reader_already_stands(depth: int) -> None:
    def dive(left: int) -> None:
        if left:
            dive(left - 1)
        else:
            for kind in ("many minus signs", "many tildes", "many nots before something else"):
                with pytest.raises(ValueError, match=r"\w"):
                    Condition(REFUSED[kind])

    dive(depth)


@pytest.mark.parametrize("source", ALLOWED)
def test_what_is_part_of_the_language_parses_and_keeps_its_source(source: str) -> None:
    condition = Condition(source)
    assert str(condition) == condition.source == source
    assert condition == Condition(source)
    assert hash(condition) == hash(Condition(source))
    assert condition != source


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            ["a", "b", "not ", " and ", " or ", "(", ")", ",", " in ", "==", "<", "-", "1", "0x1",
             "knows", "law", ".", "[", "]", "'", '"', ":=", "lambda ", " if ", " else ", "*",
             "True",
             "f'", "\\", " is ", "1or ", "0b", "1_0", "~", "{", "}", ":", "@", "...", "await "]
        ),
        max_size=16,
    ).map("".join)
    | st.text(max_size=30)
)  # fmt: skip
@pytest.mark.filterwarnings("ignore")
def test_whatever_is_written_parses_or_is_refused(source: str) -> None:
    try:
        condition = Condition(source)
    except ValueError:
        return
    allowed = (
        ast.Expression | ast.BoolOp | ast.UnaryOp | ast.Compare | ast.Call | ast.Name
        | ast.Constant | ast.Tuple | ast.boolop | ast.unaryop | ast.cmpop | ast.expr_context
    )  # fmt: skip
    tree = ast.parse(source.strip(), mode="eval")
    assert all(isinstance(node, allowed) for node in ast.walk(tree))
    assert condition.source == source


# What holds: against an evaluator that knows nothing of the one under test.

OPERATORS = ("==", "!=", "<", "<=", ">", ">=")
FLAGS = ("ready", "warned")
COUNTERS = ("trust", "heat")
DECISIONS = {"notice": ("ranges", "director"), "call": ("now", "later", "never")}
WORDS = {"reporting": ("universal", "professional")}


@dataclass
class Moment:
    """A situation made of plain sets."""

    values: dict[str, Any] = field(default_factory=dict)
    known: set[tuple[str, str]] = field(default_factory=set)
    consents: set[str] = field(default_factory=set)
    injects: set[str] = field(default_factory=set)
    card: dict[str, Any] = field(default_factory=dict)

    def value(self, name: str) -> bool | int | str | None:
        return self.values.get(name)

    def settled(self, decision: str) -> bool:
        return self.values.get(decision) is not None

    def knows(self, role: str, fact: str) -> bool:
        return (role, fact) in self.known

    def granted(self, consent: str) -> bool:
        return consent in self.consents

    def delivered(self, inject: str) -> bool:
        return inject in self.injects

    def law(self, attribute: str) -> bool | str:
        return self.card[attribute]


class Sorts:
    """The names a condition may use here."""

    def kind(self, name: str) -> str | None:
        sorts = (("switch", FLAGS), ("number", COUNTERS), ("word", DECISIONS))
        return next((sort for sort, names in sorts if name in names), None)

    def options(self, decision: str) -> tuple[str, ...]:
        return DECISIONS[decision]

    def has(self, sort: str, name: str) -> bool:
        return (
            name
            in {
                "decision": tuple(DECISIONS),
                "role": ("advocate", "counsel"),
                "fact": ("beds", "fever"),
                "consent": ("tip",),
                "inject": ("alert",),
            }[sort]
        )

    def law(self, attribute: str) -> bool | tuple[str, ...] | None:
        return True if attribute == "recording" else WORDS.get(attribute)

    def near(self, sort: str, name: str) -> str:
        return f"; near {sort}"


moments = st.builds(
    Moment,
    values=st.fixed_dictionaries(
        {name: st.booleans() for name in FLAGS}
        | {name: st.integers(0, 3) for name in COUNTERS}
        | {name: st.sampled_from([None, *options]) for name, options in DECISIONS.items()}
    ),
    known=st.sets(st.tuples(st.sampled_from(["advocate", "counsel"]), st.sampled_from(["beds"]))),
    consents=st.sets(st.just("tip")),
    injects=st.sets(st.just("alert")),
    card=st.fixed_dictionaries(
        {"recording": st.booleans(), "reporting": st.sampled_from(WORDS["reporting"])}
    ),
)

numbers = st.sampled_from(COUNTERS).map(lambda name: ("counter", name)) | st.integers(-1, 3).map(
    lambda number: ("number", number)
)
words = st.sampled_from(sorted(DECISIONS)).map(lambda name: ("decision", name))
atoms = (
    st.sampled_from(FLAGS).map(lambda name: ("flag", name))
    | st.sampled_from(sorted(DECISIONS)).map(lambda name: ("settled", name))
    | st.sampled_from(["advocate", "counsel"]).map(lambda role: ("knows", role, "beds"))
    | st.sampled_from([("granted", "tip"), ("delivered", "alert"), ("law", "recording")])
    | st.tuples(st.just("compare"), st.sampled_from(OPERATORS), numbers, numbers)
    | st.tuples(st.just("among"), numbers, st.lists(numbers, min_size=1, max_size=3))
    | st.sampled_from(sorted(DECISIONS)).flatmap(
        lambda name: st.tuples(
            st.just("answer"), st.sampled_from(["==", "!="]), st.just(name),
            st.sampled_from(DECISIONS[name]),
        )
    )
    | st.sampled_from(sorted(DECISIONS)).flatmap(
        lambda name: st.tuples(
            st.just("answers"), st.just(name),
            st.lists(st.sampled_from(DECISIONS[name]), min_size=1, max_size=3),
        )
    )
    | st.tuples(st.just("rule"), st.sampled_from(["==", "!="]), st.sampled_from(WORDS["reporting"]))
)  # fmt: skip
trees = st.recursive(
    atoms,
    lambda inner: (
        st.tuples(st.just("not"), inner)
        | st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3))
    ),
    max_leaves=8,
)


def written(tree: Any) -> str:
    match tree:
        case ("flag" | "counter" | "decision", name):
            return str(name)
        case ("number", number):
            return str(number)
        case ("settled" | "granted" | "delivered" | "law" as call, name):
            return f"{call}({name})"
        case ("knows", role, fact):
            return f"knows({role}, {fact})"
        case ("compare", op, left, right):
            return f"{written(left)} {op} {written(right)}"
        case ("among", left, members):
            return f"{written(left)} in ({', '.join(written(each) for each in members)},)"
        case ("answer", op, name, word):
            return f"{name} {op} {word}"
        case ("answers", name, several):
            return f"{name} in ({', '.join(several)},)"
        case ("rule", op, word):
            return f"law(reporting) {op} {word}"
        case ("not", inner):
            return f"not ({written(inner)})"
        case ("and" | "or" as op, parts):
            return f" {op} ".join(f"({written(each)})" for each in parts)
    raise AssertionError(tree)


def true(tree: Any, at: Moment) -> bool:
    """What a tree means, said again in the plainest words."""
    match tree:
        case ("flag", name):
            return at.values[name] is True
        case ("settled", name):
            return at.values[name] is not None
        case ("knows", role, fact):
            return (role, fact) in at.known
        case ("granted", name):
            return name in at.consents
        case ("delivered", name):
            return name in at.injects
        case ("law", name):
            return at.card[name] is True
        case ("compare", op, left, right):
            a, b = amount(left, at), amount(right, at)
            return {"==": a == b, "!=": a != b, "<": a < b, ">": a > b}.get(
                op, a < b or a == b if op == "<=" else a > b or a == b
            )
        case ("among", left, members):
            return amount(left, at) in [amount(each, at) for each in members]
        case ("answer", op, name, word):
            given_answer = at.values[name]
            if given_answer is None:
                return False
            return (given_answer == word) == (op == "==")
        case ("answers", name, several):
            return at.values[name] in several
        case ("rule", op, word):
            return (at.card["reporting"] == word) == (op == "==")
        case ("not", inner):
            return not true(inner, at)
        case ("and", parts):
            return all(true(each, at) for each in parts)
        case ("or", parts):
            return any(true(each, at) for each in parts)
    raise AssertionError(tree)


def amount(tree: Any, at: Moment) -> int:
    return int(at.values[tree[1]] if tree[0] == "counter" else tree[1])


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees, moments)
def test_a_condition_holds_when_an_evaluator_written_apart_says_so(tree: Any, at: Moment) -> None:
    source = written(tree)
    if len(source) > LONGEST:
        return
    condition = Condition(source)
    assert condition.holds(at) is true(tree, at)
    assert list(problems(condition, Sorts())) == []


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees, moments, moments)
def test_a_condition_depends_on_nothing_it_does_not_say_it_reads(
    tree: Any, here: Moment, there: Moment
) -> None:
    source = written(tree)
    if len(source) > LONGEST:
        return
    condition = Condition(source)
    mixed = Moment(dict(there.values), set(there.known), set(there.consents), set(there.injects),
                   dict(there.card))  # fmt: skip
    for read in condition.reads:
        match read:
            case ("name" | "settled", name) if name in here.values:
                mixed.values[name] = here.values[name]
            case ("knows", *pair):
                copied(mixed.known, here.known, tuple(pair))
            case ("granted", name):
                copied(mixed.consents, here.consents, name)
            case ("delivered", name):
                copied(mixed.injects, here.injects, name)
            case ("law", name):
                mixed.card[name] = here.card[name]
    assert condition.holds(mixed) == condition.holds(here)


def copied(into: set[Any], of: set[Any], each: Any) -> None:
    (into.add if each in of else into.discard)(each)


def test_a_comparison_with_an_unsettled_decision_is_false_either_way() -> None:
    at = Moment({"notice": None})
    assert not Condition("notice == ranges").holds(at)
    assert not Condition("notice != ranges").holds(at)
    assert not Condition("notice in (ranges, director)").holds(at)


def test_every_operator_orders_numbers_as_arithmetic_does() -> None:
    for op, left, right in product(OPERATORS, range(-2, 3), range(-2, 3)):
        expected = eval(f"{left} {op} {right}")
        assert Condition(f"trust {op} {right}").holds(Moment({"trust": left})) is expected


WRONG = {
    "redy": "near name",
    "knows(stranger, beds)": "near role",
    "knows(advocate, bed)": "near fact",
    "settled(notices)": "near decision",
    "granted(top)": "near consent",
    "delivered(alarm)": "near inject",
    "law(silence)": "near law",
    "trust": "a number",
    "not trust": "a number",
    "ready and 3": "a number",
    "notice": "a chosen option",
    "law(reporting)": "a chosen option",
    "ready == 1": "a flag",
    "settled(notice) == 1": "a flag",
    "trust == ready": "a number",
    "trust >= notice": "a number",
    "trust in (1, ready)": "a number",
    "notice == now": "ranges, director",
    "notice == 3": "ranges, director",
    "notice in (ranges, now)": "ranges, director",
    "notice > ranges": "==, != or in",
    "law(reporting) == never": "universal, professional",
    "law(reporting) < universal": "==, != or in",
    "trust >= trst": "near name",
}


@pytest.mark.parametrize("source", WRONG)
def test_names_and_types_that_do_not_fit_are_said_in_one_sentence(source: str) -> None:
    (said,) = problems(Condition(source), Sorts())
    assert WRONG[source] in said


def test_every_wrong_name_of_a_condition_is_said() -> None:
    said = list(problems(Condition("a and not b or knows(c, d)"), Sorts()))
    assert len(said) == 4


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("ready && called", "`and` instead of `&&`"),
        ("ready || called", "`or` instead of `||`"),
        ("!ready", "`not` instead of `!`"),
        ("notice = ranges", "`==` instead of `=`"),
        ("ready AND called", "small letters"),
        ("ready ready", "for example"),
    ],
)
def test_what_other_languages_write_is_told_in_this_one(source: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        Condition(source)

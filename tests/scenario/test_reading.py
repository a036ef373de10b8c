"""Reading a scenario: a checked scenario, or every problem in an author's words and its place."""

import itertools
import random
import re
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.scenario.guidance import Guidance
from tabletop.scenario.problem import CODES
from tabletop.scenario.reading import Reading, read_scenario

Read = Callable[[str], Reading]
Broken = Callable[[str, str], Reading]

# The passage replaced, what replaces it, the code, what is pointed at, and a word of the sentence.
SHAPES: dict[str, tuple[str, str, str, str, str]] = {
    "an unknown field": ("summary:", "sumary:", "TT101", "sumary", "`summary`"),
    "an unknown field with an alias": (
        "class: capacity",
        "clas: capacity",
        "TT101",
        "clas",
        "`class`",
    ),
    "an unknown field deep inside": ("fits: ready", "fit: ready", "TT101", "fit", "`fits`"),
    "an unknown field of a rule": (
        "choose: director",
        "chose: director",
        "TT101",
        "chose",
        "`choose`",
    ),
    "an unknown field of a text": ("fade: When", "fad: When", "TT101", "fad", "`fade`"),
    "an unknown field that is prose": (
        "support: Whom",
        "and so on: x\nsupport: Whom",
        "TT101",
        "and so on",
        "quotes",
    ),
    "a missing field": ("        title: The provider\n", "", "TT102", "notice", "`title`"),
    "a missing field of the whole": ("version: 1.0.0\n", "", "TT102", "title", "`version`"),
    "a missing reason": ("        because: There is time.\n", "", "TT105", "to", "because"),
    "a number in quotes": ("alone: 10", "alone: '10'", "TT103", "'10'", "whole number"),
    "a fraction": ("alone: 10", "alone: 1.5", "TT103", "1.5", "whole number"),
    "an octal-looking number": ("alone: 10", "alone: 010", "TT103", "010", "whole number"),
    "yes for true": ("set: {ready: true}", "set: {ready: yes}", "TT103", "yes", "true or false"),
    "a text for a state": ("start: false", "start: maybe", "TT103", "maybe", "whole number"),
    "a quoted text for a state": ("start: 2", "start: '2'", "TT103", "'2'", "whole number"),
    "a list for a state": ("start: 2", "start: [2]", "TT103", "start", "whole number"),
    "a date that is none": ("2026-11-01", "2026-13-01", "TT104", "2026-13-01", "month"),
    "a date in words": ("2026-11-01", "November", "TT103", "November", "2026-11-01"),
    "a word that is no choice": (
        "tension: depends",
        "tension: hard",
        "TT103",
        "hard",
        "`conflict`",
    ),
    "a mark too high": ("vc: 1\n", "vc: 3\n", "TT104", "3", "at most 2"),
    "a mark too low": ("vc: -2\n", "vc: -3\n", "TT104", "-3", "at least -2"),
    "another minus": ("vc: -2\n", "vc: \u22122\n", "TT103", "\u22122", "write -2"),
    "a plus": ("vc: 1\n", "vc: +1\n", "TT103", "+1", "write 1"),
    "a name that nearly is one": (
        "- to: [prosecutor]",
        "- to: [ADA-Vaughn]",
        "TT104",
        "ADA-Vaughn",
        "`ada_vaughn`",
    ),
    "a version in two parts": ("version: 1.0.0", "version: 1.0", "TT104", "1.0", "1.0.0"),
    "a name in capitals": ("  counsel: {", "  Counsel: {", "TT104", "Counsel", "small letters"),
    "a name with a dash": (
        "- to: [prosecutor]",
        "- to: [pro-x]",
        "TT104",
        "pro-x",
        "small letters",
    ),
    "a point that is none": ("point: DP01", "point: DP1", "TT104", "DP1", "DP01"),
    "a text that is too long": ("support: Whom", "support: " + "x" * 12_001, "TT104", "x", "12000"),
    "an empty text": ("title: Larkmoor Row", "title: ' '", "TT104", "' '", "some text"),
    "a map for a text": ("title: A call", "title: {a: b}", "TT009", "title", "quotes"),
    "a question with a colon": (
        "questions: {all: [Who is missing?]",
        "questions: {all: [Who is: missing?]",
        "TT009",
        "Who",
        "quotes",
    ),
    "a list for a map": (
        "parameters: {agency: Alder Bay Police}",
        "parameters: [a]",
        "TT103",
        "parameters",
        "map",
    ),
    "a text for a map": ("minutes: {alone: 10, group: 30}", "minutes: 10", "TT103", "10", "map"),
    "a text for a list": ("required: [investigator]", "required: x", "TT103", "x", "list"),
    "a stand-in that is a number of maps": (
        "          - choose: director\n",
        "          - {choose: 3}\n",
        "TT104",
        "3",
        "name",
    ),
    "a map of rules with a wrong rule": (
        "        stand_in:\n"
        '          - {when: "knows(investigator, beds) or law(recording)", choose: ranges}\n'
        "          - choose: director\n",
        "        stand_in: {investigator: [{chose: ranges}]}\n",
        "TT101",
        "chose",
        "`choose`",
    ),
    "a condition that cannot be read": ("fits: ready", "fits: ready +", "TT106", "ready +", "read"),
    "a condition in a text": (
        "when: trust >= 3",
        "when: trust => 3",
        "TT106",
        "trust => 3",
        "read",
    ),
    "a condition in a rule": (
        '"knows(investigator, beds) or law(recording)"',
        "knows(investigator)",
        "TT106",
        "knows(investigator)",
        "a role and a fact",
    ),
    "an attorney without a hat": ("hat: prosecutor, ", "", "TT105", "prosecutor", "hat"),
    "a counter without a range": ("range: [0, 5], ", "", "TT105", "trust", "range"),
    "two triggers": ("held: true,", "held: true, at_minute: 3,", "TT105", "call", "at_minute"),
    "a scene that ends and leads on": (
        "ending: true,",
        "ending: true, next: planning,",
        "TT105",
        "closing",
        "next",
    ),
    "themes without a fade": (", fade: When do they hear?", "", "TT105", "ask", "fade"),
    "one option": (
        "          director:\n"
        "            text: Tell the director alone.\n"
        "            ci: 1\n"
        "            because: Nothing can leak.\n",
        "",
        "TT104",
        "options",
        "at least 2",
    ),
    "marks and a mark": (
        "            marks:\n",
        "            vc: 1\n            marks:\n",
        "TT105",
        "ranges",
        "both",
    ),
}


@pytest.mark.parametrize("case", SHAPES)
def test_a_wrong_shape_is_one_problem_at_its_place_in_our_own_words(
    case: str, broken: Broken
) -> None:
    old, new, code, pointed, word = SHAPES[case]
    reading = broken(old, new)
    assert reading.scenario is None
    first = [each for each in reading.problems if each.code == code]
    assert first, reading.problems
    line = reading.document.lines[first[0].line - 1]
    assert line[first[0].column - 1 :].startswith(pointed), (first[0], line)
    said = f"{first[0].message} {first[0].hint}"
    assert word in said
    allowed = 2 if code == "TT101" else 1
    assert len(reading.problems) <= allowed, reading.problems


@pytest.mark.parametrize("case", SHAPES)
def test_the_words_of_the_validation_library_are_never_shown(case: str, broken: Broken) -> None:
    old, new, *_ = SHAPES[case]
    library = re.compile(
        r"pydantic|[Ii]nput should|valid (string|integer|boolean|tuple|dict)|tuple|dictionary|"
        r"Value error|Extra inputs|Field required|function-|\[key\]|None\b"
    )
    for each in broken(old, new).problems:
        assert not library.search(each.message), each
        assert each.code in CODES


def test_every_wrong_shape_of_a_file_comes_at_once_and_in_order(
    broken: Broken, read: Read, sample: str
) -> None:
    text = sample
    wanted = []
    for case in (
        "an unknown field",
        "a fraction",
        "a mark too low",
        "a condition in a text",
        "a point that is none",
        "an attorney without a hat",
        "a counter without a range",
    ):
        old, new, code, *_ = SHAPES[case]
        text = text.replace(old, new, 1)
        wanted.append(code)
    problems = read(text).problems
    codes = [each.code for each in problems]
    assert sorted(codes) == sorted([*wanted, "TT102"])
    places = [(each.line, each.column) for each in problems]
    assert places == sorted(places)


def test_a_scenario_that_is_right_is_playable(read: Read, sample: str) -> None:
    reading = read(sample)
    assert reading.playable
    assert reading.scenario is not None
    assert reading.scenario.title == "Larkmoor Row"
    assert reading.document.lines[0] == "title: Larkmoor Row"


def test_a_warning_leaves_a_scenario_playable_and_an_error_does_not(broken: Broken) -> None:
    warned = broken("during: [planning]\n        vc: 1", "vc: 1")
    assert [each.severity for each in warned.problems] == ["warning"]
    assert warned.playable
    wrong = broken("start: planning", "start: plannin")
    assert wrong.scenario is not None
    assert not wrong.playable


def test_one_torn_text_is_one_problem_although_it_breaks_the_shape_as_well(broken: Broken) -> None:
    reading = broken(
        '{when: "knows(investigator, beds) or law(recording)", choose: ranges}',
        "{when: knows(investigator, beds) or law(recording), choose: ranges}",
    )
    (problem,) = reading.problems
    assert problem.code == "TT009"
    assert problem.hint == 'quote it: "knows(investigator, beds) or law(recording)"'


def test_a_text_that_breaks_the_file_hides_nothing_else_that_is_wrong(
    broken: Broken, read: Read, sample: str
) -> None:
    text = sample.replace("support: Whom", "support: To whom: whom").replace("vc: 1\n", "vc: 7\n")
    assert [each.code for each in read(text).problems] == ["TT009", "TT104"]


def test_where_a_file_could_not_be_read_nothing_is_called_missing(read: Read) -> None:
    reading = read("title: a: b\n")
    assert [each.code for each in reading.problems] == ["TT009"]


def test_an_empty_value_is_said_once(broken: Broken) -> None:
    (problem,) = broken("support: Whom to talk to afterwards.", "support:").problems
    assert (problem.code, problem.path) == ("TT008", ("support",))


@pytest.mark.parametrize(
    "source", [b"", b"\xff\xfe", b"\x00" * 9, b"- a", b"x" * (2 * 1024 * 1024)]
)
def test_what_is_no_scenario_at_all_has_a_problem_and_no_scenario(
    source: bytes, registry: Guidance
) -> None:
    reading = read_scenario(source, "x.yaml", registry)
    assert reading.scenario is None
    assert reading.problems
    assert not reading.playable


WORDS = ["{", "}", "[", "]", ": ", ", ", "'", '"', "\n", "  ", "-", "x", "9", "true", "when: ",
         "text: ", "all", "&a", "*a", "#", "|", "$x", "\t", "to: ", "not"]  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_whatever_is_done_to_a_scenario_reading_it_never_fails(
    seed: int, registry: Guidance, sample: str
) -> None:
    chance = random.Random(seed)
    text = sample
    for _ in range(chance.randint(1, 4)):
        begin = chance.randrange(len(text))
        end = begin + chance.choice([0, 0, 1, 5, 40])
        text = text[:begin] + chance.choice(WORDS) * chance.randint(0, 2) + text[end:]
    reading = read_scenario(text.encode(), "x.yaml", registry)
    assert reading.scenario is not None or reading.problems
    for each in reading.problems:
        assert each.code in CODES
        assert 1 <= each.line <= (len(reading.document.lines) or each.line)
        assert each.column >= 1


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_lines_in_any_order_are_read_without_failing(
    seed: int, registry: Guidance, sample: str
) -> None:
    chance = random.Random(seed)
    lines = sample.split("\n")
    for _ in range(chance.randint(1, 5)):
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    reading = read_scenario("\n".join(lines).encode(), "x.yaml", registry)
    assert reading.scenario is not None or reading.problems


def test_reading_takes_as_much_longer_as_a_scenario_is_longer(
    registry: Guidance, sample: str
) -> None:
    """In calls, which no other program on the machine changes."""
    # The first reading also makes what every reading needs.
    _, few, many = (_calls(_scenes(sample, count), registry) for count in (5, 5, 20))
    assert many < 5 * few


def _calls(text: str, registry: Guidance) -> int:
    counting = itertools.count()
    sys.setprofile(lambda frame, event, _: event == "call" and next(counting))
    try:
        reading = read_scenario(text.encode(), "x.yaml", registry)
    finally:
        sys.setprofile(None)
    assert reading.problems == ()
    return next(counting)


def _scenes(sample: str, count: int) -> str:
    """The sample with a scene that is there so many times."""
    begin = sample.index("  planning:\n")
    end = sample.index("  closing: {")
    scene = sample[begin:end]
    scenes = []
    for number in range(count):
        copy = re.sub(r"\b(planning|notice|alert|call)\b", rf"\g<1>{number}", scene)
        scenes.append(copy.replace("to: closing", f"to: planning{number + 1}"))
    text = sample[:begin] + "".join(scenes) + sample[end:].replace("closing", f"planning{count}")
    return re.sub(r"\bplanning\b", "planning0", text[:begin]) + text[begin:]

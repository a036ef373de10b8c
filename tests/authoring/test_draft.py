"""A first draft: whatever the table, nothing is found in it, and its play script passes."""

from itertools import product

import pytest
import shipped

from tabletop.authoring.check import check
from tabletop.authoring.draft import PLAY, SCENARIO, draft, folder_name
from tabletop.authoring.draft_roles import KINDS, MOST, Undrafted, draft_roles, role_words
from tabletop.authoring.plays import read_play, run_play
from tabletop.scenario.reading import Reading, read_scenario

EVERY = [counts for counts in product(range(MOST + 1), repeat=4) if 1 <= sum(counts) <= MOST]
"""How many of each kind, for every table there can be."""
SOME = [counts for counts in EVERY if max(counts) == 1 or max(counts) == MOST or counts == (2,) * 4]


def written(*words: str, title: str = "A title") -> dict[str, str]:
    return draft(title, draft_roles(words), "2026-11-01")


def read(files: dict[str, str]) -> Reading:
    return read_scenario(files[SCENARIO].encode(), SCENARIO, shipped.guidance())


def sound(files: dict[str, str]) -> None:
    checked = check(read(files), shipped.guidance())
    assert [str(finding) for finding in checked.findings] == []
    assert checked.engine is not None
    script, problems = read_play(files[PLAY].encode(), PLAY, checked.engine)
    assert script, problems
    assert run_play(checked.engine, script).difference == ""


def words(counts: tuple[int, ...]) -> list[str]:
    return [kind for kind, count in zip(KINDS, counts, strict=True) for _ in range(count)]


@pytest.mark.parametrize(
    "counts",
    [*SOME, *(pytest.param(each, marks=pytest.mark.soak) for each in EVERY if each not in SOME)],
    ids=lambda counts: "-".join(map(str, counts)),
)
def test_every_table_gets_a_sound_scenario(counts: tuple[int, ...]) -> None:
    files = written(*words(counts))
    sound(files)
    assert "<" not in files[SCENARIO] + files[PLAY]
    assert "#by" not in files[SCENARIO]


def test_the_order_and_the_names_are_the_authors() -> None:
    files = written("chief:prosecutor", "detective:law_enforcement", "victims' attorney")
    roles = read(files).scenario.roles
    assert list(roles) == ["chief", "detective", "counsel"]
    assert [role.hat for role in roles.values()] == ["prosecutor", None, "victims_attorney"]
    assert "detective" in roles["detective"].name
    sound(files)


@pytest.mark.parametrize(
    "name", ["planning", "evening", "notice", "beds_ready", "slept", "beds", "call", "ranges"]
)
def test_a_role_may_have_a_name_that_the_draft_uses_itself(name: str) -> None:
    sound(written(f"{name}:investigator", f"{name}_:advocate"))


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("investigator,advocate, advocate", ["investigator", "advocate", "advocate_2"]),
        ("investigator advocate  prosecutor", ["investigator", "advocate", "prosecutor"]),
        ("advocate x:advocate", ["advocate", "x"]),
        ("Victims' Attorney, x: victim services", ["counsel", "x"]),
    ],
)
def test_roles_are_apart_by_commas_or_spaces(answer: str, names: list[str]) -> None:
    assert [role.name for role in draft_roles(role_words(answer))] == names


TITLES = [
    'She said: "not tonight"',
    "# one",
    "12",
    "no",
    "- a list",
    "{braces}, [brackets] & *stars*",
    "It's here",
    "שער הצד",
    "横のドア",
    "A door 🚪",
    "C:\\new\\title",
    "$agency and <title> #by",
    "t" * 300,
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_kept_as_it_was_given(title: str) -> None:
    files = written("advocate", title=f"  {title}\n ")
    assert read(files).scenario.title == title
    sound(files)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (" \n", "needs a title"),
        ("t" * 301, "at most 300"),
        ("left\u202eright", "U\\+202E"),
        ("bell\a", "U\\+0007"),
        ("\udce9", "U\\+DCE9"),
    ],
)
def test_what_can_not_be_a_title_is_said(title: str, sentence: str) -> None:
    with pytest.raises(Undrafted, match=sentence):
        written("advocate", title=title)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "1 to 8 roles, not 0"),
        (["advocate"] * 9, "1 to 8 roles, not 9"),
        (["advocat"], "did you mean advocate"),
        (["attorney"], "a prosecutor or a victims_attorney"),
        (["clerk"], "there are investigator"),
        ([""], "is no kind of role"),
        (["x:"], "is no kind of role"),
        ([":advocate"], "can't be the name"),
        (["Lead Detective:investigator"], "as in lead_detective"),
        (["9:advocate"], "as in detective"),
        (["knows:advocate"], "means something else"),
        (["class:advocate"], "means something else"),
        (["a:advocate", "a:prosecutor"], "Two roles are called a"),
    ],
)
def test_what_can_not_be_a_table_is_said(given: list[str], sentence: str) -> None:
    with pytest.raises(Undrafted, match=sentence):
        draft_roles(given)


@pytest.mark.parametrize(
    ("title", "folder"),
    [
        ("The Side Door", "the_side_door"),
        ("Ines' café: night #2", "ines_cafe_night_2"),
        ("שער", "new_scenario"),
        ("../../etc/passwd", "etc_passwd"),
        ("x" * 200, "x" * 48),
    ],
)
def test_a_folder_is_named_in_plain_letters(title: str, folder: str) -> None:
    assert folder_name(title) == folder

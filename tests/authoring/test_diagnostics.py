"""Problems are shown as a good compiler shows them, whatever the line holds."""

import json
from unicodedata import category, east_asian_width

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.authoring.diagnostics import WIDTH, as_json, render, render_all, tally
from tabletop.scenario.characters import FORBIDDEN
from tabletop.scenario.problem import CODES, WARNINGS, Problem

LINES = ("title: Larkmoor Row", "start: planing", "\tnext:\two")


def problem(line: int = 2, column: int = 8, length: int | None = 7, **more: str) -> Problem:
    return Problem(
        more.pop("code", "TT202"),
        more.pop("message", "there is no scene called `planing`"),
        "larkmoor.yaml",
        line,
        column,
        length,
        more.pop("hint", None),
    )


def cells(text: str) -> int:
    """How wide a line is in a terminal."""
    return sum(
        2 if east_asian_width(each) in "WF" else category(each) not in ("Mn", "Me") for each in text
    )


def test_a_problem_shows_its_place_its_line_and_what_was_meant() -> None:
    assert render(problem(hint="did you mean `planning`?"), LINES).split("\n") == [
        "larkmoor.yaml:2:8: error[TT202]: there is no scene called `planing`",
        "    2 | start: planing",
        "      |        ^^^^^^^",
        "      help: did you mean `planning`?",
    ]


def test_a_warning_is_called_a_warning() -> None:
    code = min(WARNINGS)
    assert f"warning[{code}]" in render(problem(code=code), LINES)


def test_a_problem_without_a_length_has_one_caret() -> None:
    assert render(problem(length=None), LINES).count("^") == 1


def test_a_problem_outside_the_lines_is_shown_without_one() -> None:
    assert "|" not in render(problem(line=99), LINES)
    assert "|" not in render(problem())


def test_a_column_past_the_end_of_a_line_has_a_caret_after_it() -> None:
    shown = render(problem(column=99), LINES).split("\n")
    assert shown[2] == "      |               ^"


def test_tabs_are_widened_and_the_caret_moves_with_them() -> None:
    _, line, caret = render(problem(line=3, column=8, length=2), LINES).split("\n")
    assert line[caret.index("^") :] == "wo"


def test_the_caret_stands_under_wide_and_combining_characters() -> None:
    lines = ("\u4e2d\u6587: e\u0301 x",)
    _, line, caret = render(problem(line=1, column=8, length=1), lines).split("\n")
    assert line.endswith("x")
    assert caret.index("^") == cells(line[:-1])
    _, _, wide = render(problem(line=1, column=1, length=2), lines).split("\n")
    assert wide.count("^") == 4


@pytest.mark.parametrize("column", [1, 50, 200, 395])
def test_a_long_line_is_cut_around_the_caret(column: int) -> None:
    word = "HERE"
    text = "x" * (column - 1) + word + "y" * (400 - column)
    _, line, caret = render(problem(line=1, column=column, length=4), (text,)).split("\n")
    assert line[caret.index("^") :].startswith(word)
    assert len(line) <= WIDTH + 8
    assert "…" in line


def test_nothing_that_steers_a_terminal_is_ever_shown() -> None:
    hostile = "a\x1b[2Jb\x9bc\u202ed\u200be\x00\rf\ng"
    shown = render(
        Problem("TT202", hostile, hostile, 1, 1, 3, hostile), (hostile.replace("\n", ""),)
    )
    assert not FORBIDDEN.search(shown)
    assert "\r" not in shown
    assert len(shown.split("\n")) == 4


def test_all_problems_are_shown_with_the_lines_of_their_own_file_and_counted() -> None:
    other = Problem("TT309", "this may be shared at any time", "other.yaml", 1, 1)
    shown = render_all([problem(), other], {"larkmoor.yaml": LINES, "other.yaml": ("else",)})
    assert "start: planing" in shown
    assert "    1 | else" in shown
    assert shown.endswith("\n\n1 error, 1 warning")
    assert render_all([], {}) == "no problems"
    assert tally([problem()] * 2) == "2 errors"


def test_as_json_a_problem_has_every_field_and_nothing_unprintable() -> None:
    text = as_json([Problem("TT202", "a\x1b\u202e", "f.yaml", 2, 3, None, "h", ("a", 0, "b"))])
    assert text.isascii()
    assert "\x1b" not in text
    assert json.loads(text) == [
        {
            "code": "TT202",
            "severity": "error",
            "message": "a\x1b\u202e",
            "file": "f.yaml",
            "line": 2,
            "column": 3,
            "length": None,
            "hint": "h",
            "path": ["a", 0, "b"],
        }
    ]
    assert json.loads(as_json([])) == []


def test_every_code_has_a_sentence_and_warnings_are_codes() -> None:
    assert not WARNINGS - CODES.keys()
    assert all(sentence.endswith(".") for sentence in CODES.values())
    assert list(CODES) == sorted(CODES)


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=300),
    st.integers(1, 400),
    st.none() | st.integers(0, 400),
    st.integers(10, 120),
)
def test_whatever_the_line_what_is_shown_is_clean_and_fits(
    line: str, column: int, length: int | None, width: int
) -> None:
    shown = render(problem(line=1, column=column, length=length), (line,), width)
    assert not FORBIDDEN.search(shown.replace("\n", ""))
    for each in shown.split("\n")[1:]:
        assert cells(each) <= 8 + width + 1

"""Diagnostics: problems as a good compiler shows them, in plain text or as JSON.

    larkmoor.yaml:31:23: error[TT213]: there is no fact called `bedz`
      31 |         when: knows(investigator, bedz)
         |               ^^^^^^^^^^^^^^^^^^^^^^^^^
         help: did you mean `beds`?

The caret stands under what is meant in a terminal of fixed cells: tabs are widened, wide
characters count two cells and combining ones none, and a long line is cut on both sides of it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import category, east_asian_width

from tabletop.scenario.characters import FORBIDDEN
from tabletop.scenario.problem import Problem

WIDTH = 88
"""Cells for a line of source before it is cut."""
TAB = "    "
CUT = "…"


def render(problem: Problem, lines: Sequence[str] = (), width: int = WIDTH) -> str:
    """One problem with the line it stands on, if the lines of its file are given."""
    place = f"{problem.file}:{problem.line}:{problem.column}"
    out = [f"{place}: {problem.severity}[{problem.code}]: {problem.message}"]
    gutter = f"{problem.line:>5} | "
    blank = " " * (len(gutter) - 2) + "| "
    if problem.line <= len(lines):
        shown, caret = _excerpt(lines[problem.line - 1], problem, width)
        if shown.strip():
            out += [gutter + shown, blank + caret]
    if problem.hint:
        out.append(f"{' ' * (len(gutter) - 2)}help: {problem.hint}")
    return "\n".join(_clean(line).rstrip() for line in out)


def render_all(
    problems: Iterable[Problem], sources: Mapping[str, Sequence[str]], width: int = WIDTH
) -> str:
    """Every problem, with the lines of its file by name, and how many there are."""
    every = tuple(problems)
    shown = [render(each, sources.get(each.file, ()), width) for each in every]
    return "\n\n".join([*shown, tally(every)])


def tally(problems: Iterable[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    severities = [each.severity for each in problems]
    counts = [(severities.count("error"), "error"), (severities.count("warning"), "warning")]
    said = [f"{count} {noun}{'s' * (count != 1)}" for count, noun in counts if count]
    return ", ".join(said) or "no problems"


def as_json(problems: Iterable[Problem]) -> str:
    """The problems as a JSON array, for editors and scripts."""
    return json.dumps(
        [
            {
                "code": each.code,
                "severity": each.severity,
                "message": each.message,
                "file": each.file,
                "line": each.line,
                "column": each.column,
                "length": each.length,
                "hint": each.hint,
                "path": list(each.path),
            }
            for each in problems
        ],
        indent=2,
    )


def _excerpt(line: str, problem: Problem, width: int) -> tuple[str, str]:
    """The line as shown, cut around the caret, and the line of the caret under it."""
    begin = min(problem.column - 1, len(line))
    end = min(begin + max(problem.length or 1, 1), max(len(line), begin + 1))
    pieces = [_shown(character) for character in line]
    sizes = [_cells(piece) for piece in pieces]
    left, right = 0, len(pieces)
    if sum(sizes) > width:
        left, right = _window(sizes, begin, width - 2 * len(CUT))
    before = sum(sizes[left:begin])
    meant = max(sum(sizes[begin : min(end, right)]), 1)
    head = CUT if left else ""
    tail = CUT if right < len(pieces) else ""
    caret = " " * (before + len(head)) + "^" * meant
    return head + "".join(pieces[left:right]) + tail, caret


def _window(sizes: Sequence[int], begin: int, room: int) -> tuple[int, int]:
    """The part of a long line that is shown: a third of the room before the caret."""
    left, used = begin, 0
    while left and used + sizes[left - 1] <= room // 3:
        left -= 1
        used += sizes[left]
    right = begin
    while right < len(sizes) and used + sizes[right] <= room:
        used += sizes[right]
        right += 1
    while left and used + sizes[left - 1] <= room:
        left -= 1
        used += sizes[left]
    return left, right


def _shown(character: str) -> str:
    return TAB if character == "\t" else "\ufffd" if FORBIDDEN.match(character) else character


def _cells(piece: str) -> int:
    """How many cells a piece takes in a terminal."""
    if len(piece) > 1 or piece.isascii():
        return len(piece)
    if category(piece) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(piece) in "WF" else 1


def _clean(text: str) -> str:
    """A line that steers no terminal, whatever its file was called or held."""
    return FORBIDDEN.sub("\ufffd", " ".join(text.split("\n")).replace("\r", " "))

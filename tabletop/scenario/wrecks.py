"""Wrecks: texts that YAML has taken for something else, and what their author meant.

Most of what goes wrong in a scenario is prose that begins with a brace, holds `: ` or stands with
a comma inside braces. The parser's own words for it are of no use to someone who wrote a sentence.
"""

import re
from typing import Any

from tabletop.scenario.problem import Problem

QUOTE = "put the whole text in quotes, or write it on the next line after `|`"

_ENTRY = re.compile(r"(?P<head>\s*(?:- +)*(?:[A-Za-z_][\w-]*:[ \t]+|- +))(?P<text>\S.*)")
_KEYED = re.compile(r"\s*(?:- +)*[A-Za-z_][\w-]*:[ \t]+\S")
_KEY = re.compile(r"\s*(?:- +)*[A-Za-z_][\w-]*")
_SWALLOWED = re.compile(r"\S[ \t]+(#\w.*)")
_CLOSED = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?:#.*)?""")
_WITHIN = ("flow mapping", "flow sequence", "quoted scalar")


def broken(failure: Any, lines: tuple[str, ...], name: str) -> Problem:
    """The parser's failure in an author's words."""
    mark = getattr(failure, "problem_mark", None)
    begun = getattr(failure, "context_mark", None)
    within = str(getattr(failure, "context", None) or "").endswith(_WITHIN)
    said = str(getattr(failure, "problem", None) or failure).strip()
    if "could not find expected ':'" in said and begun is not None:
        # The parser stops where the colon is missed; what lacks it began before.
        mark = begun
    number, column = (min(mark.line, len(lines) - 1), mark.column) if mark else (0, 0)
    while number and not lines[number].strip():
        number -= 1
        column = len(lines[number])
    message, hint = _explained(said, lines[number], within)
    if "mapping values are not allowed" in said and _KEY.fullmatch(lines[number][:column]):
        message = "this line is taken for a part of the text above it, from which it goes on"
        hint = "indent it like its neighbours, or quote the text above"
    if message is None and within and begun is not None and begun.line < number:
        number, column = begun.line, begun.column
        message, hint = _explained(said, lines[number], within)
    if message is None and "could not find expected ':'" in said:
        message, hint = "this line is no `key: value`", _hinted(said)
    if message is None:
        message, hint = f"this cannot be read as YAML: {said}", _hinted(said)
    code = "TT009" if hint == QUOTE else "TT003"
    return Problem(code, message, name, number + 1, column + 1, hint=hint)


def _explained(said: str, line: str, within: bool) -> tuple[str | None, str | None]:
    """What a line that cannot be read was probably meant to be."""
    if "mapping values are not allowed" in said and _KEYED.match(line):
        return "the text holds `: `, which YAML takes for a second key", QUOTE
    match = _ENTRY.match(line)
    if match is None:
        return None, None
    text = match["text"]
    if text[0] in "{[":
        kind = "brace" if text[0] == "{" else "bracket"
        if _SWALLOWED.search(text):
            return f"from ` #` on, this line is a comment, so the {kind} is not closed", QUOTE
        if within or _beyond(text):
            return f"the text begins with a {kind}, or the {kind} is not closed", QUOTE
    elif text[0] in "\"'" and not _CLOSED.fullmatch(text):
        return "the text goes on after the closing quote, or the quote is not closed", QUOTE
    elif text[0] in "*&!%@" or text.startswith("- "):
        return f"a text cannot begin with `{text[0]}`", QUOTE
    elif text[0] == "`":
        return "a text cannot begin with a backtick", QUOTE
    elif text[0] in "|>" and len(text.rstrip()) > 2:
        return f"after `{text[0]}` the text begins on the next line", "go on below, indented"
    return None, None


def _beyond(text: str) -> bool:
    """Whether a text goes on after its first brace or bracket has been closed."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character in "{[") - (character in "}]")
        if depth == 0:
            rest = text[index + 1 :].strip()
            return bool(rest) and not rest.startswith("#")
    return True


def _hinted(said: str) -> str | None:
    if "expected <block end>" in said or "did not find expected" in said:
        return "is this line, or one just above it, indented like its neighbours?"
    if "could not find expected ':'" in said:
        return (
            "a key is followed by a colon and a space; "
            "the lines of a text after `|` stand further right than its key"
        )
    return None


def mended(text: str, problem: Problem) -> str | None:
    """The text with the broken line quoted, so that what comes after it can be read as well."""
    if problem.code != "TT009":
        return None
    lines = text.split("\n")
    if problem.line > len(lines):
        return None
    match = _ENTRY.match(lines[problem.line - 1])
    if match is None or match["text"].startswith("'"):
        return None
    content = match["text"].rstrip("\r").replace("'", "''")
    lines[problem.line - 1] = f"{match['head']}'{content}'"
    return "\n".join(lines)


def severed(pairs: list[tuple[str, str | None]]) -> str | None:
    """What a map in braces with an empty value was meant to hold, if a comma tore it apart.

    Takes the keys with their bare values in order; gives the text that belongs in quotes.
    """
    for index, (key, value) in enumerate(pairs):
        if value is None and index and (before := pairs[index - 1][1]):
            pieces = [before, key]
            for later, following in pairs[index + 1 :]:
                if following is not None:
                    break
                pieces.append(later)
            return ", ".join(pieces)
    return None


def suspects(lines: tuple[str, ...]) -> dict[int, int]:
    """Lines on which ` #word` may have cut a text short, with the column of the mark."""
    found = {}
    for number, line in enumerate(lines):
        match = _SWALLOWED.search(line) if " #" in line else None
        if match:
            found[number] = match.start(1)
    return found

"""Characters: what bytes may be text, and which code points may not be in it.

A control character can steer the terminal that shows it, a bidirectional or zero-width one can
make a line look like another: none of them is part of what an author means to say.
"""

import re

from tabletop.scenario.problem import Problem

_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls; tab and line breaks are read by the parser
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff"
)
FORBIDDEN = re.compile(f"[{_UNSEEN}]")
"""In a file."""
FORBIDDEN_VALUE = re.compile(f"[\r{_UNSEEN}]")
"""In a value; an escape could write a carriage return, which a file may hold between lines."""

_TABBED = re.compile(r" *\t[ \t]*[^ \t]")
_BREAK = re.compile("\r\n|\r|\n")
_BOMS = (b"\xff\xfe", b"\xfe\xff")


def decoded(source: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, cleaned of what may not be in it, and the problems; no text if binary."""
    refused = _binary(source, name)
    if refused:
        return None, [refused]
    found: list[Problem] = []
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = lines_of(source[: error.start].decode("utf-8"))
        message = f"the byte 0x{source[error.start]:02X} is not UTF-8 text"
        column = len(before[-1]) + 1
        hint = "save the file as UTF-8"
        found.append(Problem("TT001", message, name, len(before), column, 1, hint))
        text = source.decode("utf-8", "replace")
    text = text.removeprefix("\ufeff")
    if FORBIDDEN.search(text):
        found += forbidden(text, name)
        text = FORBIDDEN.sub("\ufffd", text)
    return text, found


def _binary(source: bytes, name: str) -> Problem | None:
    zeros = source.count(0)
    if source.startswith(_BOMS) or (zeros and zeros >= len(source) // 3):
        return Problem(
            "TT001", "the file is UTF-16 or UTF-32 text", name, hint="save the file as UTF-8"
        )
    if zeros:
        line = source[: source.index(0)].count(b"\n") + 1
        return Problem("TT001", "the file holds a zero byte, so it is not text", name, line)
    return None


def forbidden(text: str, name: str, most: int = 20) -> list[Problem]:
    """A problem for each forbidden character, the first of them."""
    found: list[Problem] = []
    for number, line in enumerate(lines_of(text), 1):
        for match in FORBIDDEN.finditer(line):
            found.append(
                Problem(
                    "TT006",
                    sentence(match[0]),
                    name,
                    number,
                    match.start() + 1,
                    1,
                    hint="delete it or retype the word",
                )
            )
            if len(found) == most:
                return found
    return found


def untabbed(text: str, name: str, most: int = 20) -> tuple[str, list[Problem]]:
    """The text with every tab as a space, and a problem for each line that is indented with one.

    Parsers differ in where they bear a tab; one that never meets any reads the same as all others.
    """
    if "\t" not in text:
        return text, []
    hint = "indent with spaces, two for each level"
    found: list[Problem] = []
    for number, line in enumerate(lines_of(text), 1):
        match = _TABBED.match(line) if "\t" in line and len(found) < most else None
        if match:
            column = line.index("\t") + 1
            message = "the line is indented with a tab"
            found.append(Problem("TT003", message, name, number, column, None, hint))
    return text.replace("\t", " "), found


def sentence(character: str) -> str:
    """What is wrong with a forbidden character."""
    return f"the invisible character U+{ord(character):04X} is not allowed"


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text as the parser counts them."""
    return tuple(_BREAK.split(text))

"""Measuring and breaking text without a font: how wide it will be at most, and where it is broken.

Whoever opens a drawing has fonts of their own. The widths are those of DejaVu Sans and Verdana, the
widest of what systems put in the place of `sans-serif`, so what fits by them fits everywhere.
"""

from collections.abc import Iterator
from functools import cache
from unicodedata import category, east_asian_width, normalize

CUT = "…"
BOLDER = 1.13
"""How much wider a bold text is."""

_WIDTHS = {
    0.29: "'ijlIJ",
    0.35: " ,./:;\\|f",
    0.41: "-()[]t!r",
    0.53: '"*_`sz?c',
    0.6: "LFkvxyPTYa",
    0.65: "oeESbdghnpqu$0123456789{}",
    0.7: "KAVBRXZC",
    0.79: "UHNDG&OQ",
    0.86: "w#+<=>^~M",
    1.0: "%mW@",
}
_ASCII = {character: width for width, group in _WIDTHS.items() for character in group}


@cache
def _advance(character: str) -> float:
    """The width of a character, in ems."""
    if character.isascii():
        return _ASCII.get(character, 0.0)
    if category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if east_asian_width(character) in "WF":
        return 1.4 if category(character) == "So" else 1.05
    base = normalize("NFD", character)[0]
    return _ASCII.get(base, 1.0)


def width(text: str) -> float:
    """How wide a text is at most, in ems."""
    return sum(map(_advance, text))


def broken(text: str, room: float, most: int) -> tuple[str, ...]:
    """A text in lines of at most `room` ems; what does not fit in `most` lines is cut."""
    lines = list(_lines(text, room))
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _fitted(" ".join(lines[most - 1 :]), room))


def _lines(text: str, room: float) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined) <= room:
            line = joined
            continue
        if line:
            yield line
        pieces = list(_pieces(word, room))
        yield from pieces[:-1]
        line = pieces[-1]
    if line:
        yield line


def _pieces(word: str, room: float) -> Iterator[str]:
    """A word in pieces that fit; what a mark stands on is never parted from it."""
    piece, used = "", 0.0
    for character in word:
        advance = _advance(character)
        if piece and used + advance > room:
            yield piece
            piece, used = "", 0.0
        piece += character
        used += advance
    yield piece


def _fitted(text: str, room: float) -> str:
    """As much of a text as fits, with a sign that there is more."""
    kept, used = "", width(CUT)
    for character in text:
        used += _advance(character)
        if used > room:
            break
        kept += character
    return kept.rstrip() + CUT

"""What figures share where they are drawn with characters."""

from collections.abc import Iterable

from tabletop.debrief.blocks import Drawn

ACROSS = 54
"""Cells that even a narrow terminal has for a drawing."""
_APART = "   "


def key(entries: Iterable[str]) -> Drawn:
    """What the signs of a figure stand for; a line breaks between two of them only."""
    lines: list[str] = []
    for entry in entries:
        if lines and len(lines[-1]) + len(_APART) + len(entry) <= ACROSS:
            lines[-1] += _APART + entry
        else:
            lines.append(entry)
    return Drawn("", tuple(lines))

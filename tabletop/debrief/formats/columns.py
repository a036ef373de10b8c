"""Columns: how wide each of a table should be beside the others.

No word is to be broken and none to run into the next column, so each column first gets the room of
its longest word. What is left over is shared out by how much most of its cells would take, so that
rows stay low. Where not even the longest words have room beside each other, they share all of it.
"""

import re
from itertools import chain

from tabletop.debrief.blocks import Table

UPRIGHT, WIDE = 84, 116
"""Letters that have room across a sheet, and across one that lies on its side."""
MANY = 5
"""Columns beyond which letters are set a size smaller."""
_SMALLER = 9 / 8
_JOINED = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")
"""Where a word may be broken as it is written."""
_LONGEST_WORD = 24
_WIDEST = 90
_LINES = 3
_BESIDE = 3
"""Letters' worth of room at the sides of a cell."""
ROOM = 22
"""Letters that have room in a column people write in, where there is any to give."""


def widths(table: Table, *, wide: bool = False) -> tuple[int, ...]:
    """What each column is of the whole, in percent."""
    given = shares(table, wide=wide)
    return tuple(round(100 * each / sum(given)) for each in given)


def shares(table: Table, *, wide: bool = False) -> tuple[int, ...]:
    """A share a column, in letters where there is room for all of them."""
    columns = tuple(zip(table.head, *table.rows, strict=True))
    room = letters(table, wide=wide)
    empty = [table.to_fill and not any(cells[1:]) for cells in columns]
    words = [_least(cells) for cells in columns]
    roomy = [max(low, ROOM) if to_fill else low for low, to_fill in zip(words, empty, strict=True)]
    least = roomy if sum(roomy) <= room else words
    wished = [
        low if to_fill else max(low, _usual(cells))
        for low, to_fill, cells in zip(least, empty, columns, strict=True)
    ]
    spare, more = room - sum(least), sum(wished) - sum(least)
    if spare <= 0:
        return tuple(least)
    if more <= spare:
        return tuple(wished)
    return tuple(
        low + round(spare * (wish - low) / more) for low, wish in zip(least, wished, strict=True)
    )


def fits(table: Table, *, wide: bool = False) -> bool:
    """Whether every word has room in its column."""
    columns = zip(table.head, *table.rows, strict=True)
    longest = max(map(_longest, (*table.head, *chain(*table.rows))), default=0)
    return sum(map(_least, columns)) <= letters(table, wide=wide) and longest <= _LONGEST_WORD


def letters(table: Table, *, wide: bool = False) -> int:
    """How many letters have room across it."""
    room = WIDE if wide else UPRIGHT
    return int(room * _SMALLER) if len(table.head) > MANY else room


def _longest(cell: str) -> int:
    """The letters of its longest word."""
    return max(map(len, _JOINED.sub("- ", cell).split()), default=0)


def _least(cells: tuple[str, ...]) -> int:
    # What stands at the head is bold, and a little wider.
    longest = max(_longest(cells[0]) + 1, *map(_longest, cells))
    return min(longest, _LONGEST_WORD) + _BESIDE


def _usual(cells: tuple[str, ...]) -> int:
    """What three of four cells fit, or the longest on a few lines."""
    lengths = sorted(map(len, cells))
    usual = max(lengths[3 * len(cells) // 4], lengths[-1] // _LINES)
    return min(usual, _WIDEST) + _BESIDE

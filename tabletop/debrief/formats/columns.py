"""Columns: how wide each of a table should be beside the others.

No word is to be broken and none to run into the next column, so each column first gets the room of
its longest word. What is left over is shared out by how much most of its cells would take, so that
rows stay low. Where not even the longest words have room beside each other, they share all of it.
"""

from itertools import chain

from tabletop.debrief.blocks import Table

UPRIGHT, WIDE = 84, 116
"""Letters that have room across a sheet, and across one that lies on its side."""
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
    room = WIDE if wide else UPRIGHT
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
    words = (len(word) for cell in (*table.head, *chain(*table.rows)) for word in cell.split())
    return (
        sum(map(_least, columns)) <= (WIDE if wide else UPRIGHT)
        and max(words, default=0) <= _LONGEST_WORD
    )


def _least(cells: tuple[str, ...]) -> int:
    longest = max((len(word) for cell in cells for word in cell.split()), default=0)
    # What stands at the head is bold, and a little wider.
    head = max((len(word) + 1 for word in cells[0].split()), default=0)
    return min(max(longest, head), _LONGEST_WORD) + _BESIDE


def _usual(cells: tuple[str, ...]) -> int:
    """What three of four cells fit, or the longest on a few lines."""
    lengths = sorted(map(len, cells))
    usual = max(lengths[3 * len(cells) // 4], lengths[-1] // _LINES)
    return min(usual, _WIDEST) + _BESIDE

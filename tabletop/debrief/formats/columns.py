"""Columns: how wide each of a table should be beside the others."""

from tabletop.debrief.blocks import Table

_WIDEST = 44
_NARROWEST = 8
ROOM = 26
"""The share of a column that people write in."""


def widths(table: Table) -> tuple[int, ...]:
    """What each column is of the whole, in percent."""
    given = shares(table)
    return tuple(round(100 * each / sum(given)) for each in given)


def shares(table: Table) -> tuple[int, ...]:
    """A share a column: what most of its cells take, and never less than its longest word."""
    return tuple(
        max(_share(cells), ROOM if table.to_fill and not any(cells[1:]) else _NARROWEST)
        for cells in zip(table.head, *table.rows, strict=True)
    )


def _share(cells: tuple[str, ...]) -> int:
    longest = max((len(word) for cell in cells for word in cell.split()), default=0)
    # Three of four cells fit; the few longer ones are broken.
    usual = sorted(len(cell) for cell in cells)[3 * len(cells) // 4]
    return max(min(usual, _WIDEST), min(longest, _WIDEST) + 3)

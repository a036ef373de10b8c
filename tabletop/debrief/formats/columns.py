"""Columns: how wide each of a table should be beside the others."""

from tabletop.debrief.blocks import Table

_WIDEST = 44


NARROWEST = 5
ROOM = 26
"""The share of a column that people write in."""


def widths(table: Table) -> tuple[int, ...]:
    """What each column is of the whole, in percent."""
    given = shares(table)
    return tuple(max(NARROWEST, round(100 * each / sum(given))) for each in given)


def shares(table: Table) -> tuple[int, ...]:
    """A share a column: by its longest cell, within bounds and never below its longest word."""
    return tuple(
        max(
            min(max(len(cell) for cell in cells), _WIDEST),
            2 + max(len(word) for cell in cells for word in cell.split() or ("",)),
            ROOM if table.to_fill and not any(cells[1:]) else 0,
        )
        for cells in zip(table.head, *table.rows, strict=True)
    )

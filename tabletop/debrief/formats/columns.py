"""Columns: how wide each of a table should be beside the others."""

from tabletop.debrief.blocks import Table

_WIDEST = 44


def shares(table: Table) -> tuple[int, ...]:
    """A share a column: by its longest cell, within bounds and never below its longest word."""
    return tuple(
        max(
            min(max(len(cell) for cell in cells), _WIDEST),
            2 + max(len(word) for cell in cells for word in cell.split() or ("",)),
        )
        for cells in zip(table.head, *table.rows, strict=True)
    )

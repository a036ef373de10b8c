"""Sheet: rows under a head, for spreadsheets and other programs; ids, not sentences."""

from dataclasses import dataclass

Cell = str | int | bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one kind."""

    slug: str
    """The file's name without its suffix."""
    head: tuple[str, ...]
    """Names of the columns, in snake_case."""
    rows: tuple[tuple[Cell, ...], ...]

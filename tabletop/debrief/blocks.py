"""Blocks: the few shapes a page of a document is made of, the same for every format.

`pages/` and `documents/` arrange what they know into pages of blocks; each renderer knows how one
block looks and nothing about debriefs. Text in a block is plain and shown as it is, except in
`Authored`, which holds an author's CommonMark.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tabletop.debrief.figures.shapes import Glyph, Shape, Tone
from tabletop.exercise.commands import Prompt

FEW = 7
"""Rows from which on a table may go on over the next sheet."""
LABEL = 44
"""Letters of the longest label that heads a row."""
BOX = "☐"
"""A place to tick."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page, with a quieter line beside or below it."""

    text: str
    aside: str = ""
    level: Literal[3, 4, 5] = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or two of the program's own."""

    text: str
    tone: Literal["plain", "quiet", "strong"] = "plain"
    leads: bool = False
    """Whether it stays with what follows it, on one sheet."""


@dataclass(frozen=True, slots=True)
class Authored:
    """An author's CommonMark."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what stands beside it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Labelled rows that belong together."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]
    mark: Literal["bullet", "number", "box"] = "bullet"
    """What stands before each; a box is to be ticked on paper."""

    def marked(self) -> tuple[tuple[str, str], ...]:
        """Each with its mark as plain text."""
        match self.mark:
            case "number":
                return tuple((f"{number}.", each) for number, each in enumerate(self.items, 1))
            case "box":
                return tuple((BOX, each) for each in self.items)
        return tuple(("•", each) for each in self.items)


@dataclass(frozen=True, slots=True)
class Ask:
    """A place to write something down, with what has been written."""

    prompt: Prompt
    question: str
    written: tuple[tuple[str, str], ...] = ()
    """Who and what; both plain."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first column heads its row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    to_fill: bool = False
    """Whether people write in its empty cells: its rows stand taller, with lines all around."""

    @property
    def short(self) -> bool:
        """Whether it has so few rows that it should not go on over the next sheet."""
        return len(self.rows) < FEW

    @property
    def named(self) -> bool:
        """Whether what heads a row is short enough to be set bold."""
        return all(len(row[0]) <= LABEL for row in self.rows)


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled place on paper, with what is known already."""

    label: str
    text: str = ""
    """What stands in it; where nothing does, room to write."""
    lines: int = 1
    """How many lines to write on."""


@dataclass(frozen=True, slots=True)
class Form:
    """Labelled places for a person to fill in."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A piece of a figure for a terminal: a label to be set, and lines to be shown as they are."""

    label: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with the table behind it; whoever can't see the one reads the other."""

    title: str
    described: str
    width: int
    height: int
    shapes: tuple[Shape, ...]
    key: tuple[tuple[Glyph, Tone, str], ...]
    """What each mark stands for."""
    drawn: tuple[Drawn, ...]
    """The same for a terminal."""
    table: Table
    whole: bool = True
    """Whether a terminal needs no table beside it: it is all drawn, or told just before."""


Block = Heading | Line | Authored | Rows | Items | Ask | Table | Form | Figure


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a debrief or of another document."""

    slug: str
    title: str
    blocks: Sequence[Block]
    fresh: bool = False
    """Whether it begins a sheet of its own on paper."""
    wide: bool = False
    """Whether its sheets lie on their side, for tables of many columns; then they are its own."""


def levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with no level of headings left out: a choice's heading may follow its page's."""
    section = False
    for block in blocks:
        if isinstance(block, Heading):
            section = section or block.level == 3
            yield block if section else replace(block, level=3)
        else:
            yield block

"""Agreement, drawn: of the pairs of people in a group, how many gave the same answer."""

from collections.abc import Iterator

from tabletop.debrief.among import Alike, Share
from tabletop.debrief.blocks import Drawn, Figure, Table
from tabletop.debrief.figures.shapes import Segment, Shape, Words
from tabletop.wording import say

ROW, HEAD, LABEL, BAR, ASIDE = 62, 16, 130, 380, 130
CELLS = 20
"""Cells of a whole bar in a terminal."""


def bars(found: tuple[Alike, ...], table: Table, language: str) -> Figure:
    """The figure of the table it is given: a row a group, two bars in each."""
    names = [row[0] for row in table.rows]
    before, after = table.head[2:4]
    return Figure(
        title=table.caption,
        described=say(
            "A row for each group of people. The upper bar is how many of its pairs gave the same"
            " answer before the talk, the lower one after. The table below has the numbers.",
            language=language,
        ),
        width=LABEL + BAR + ASIDE,
        height=HEAD + ROW * len(names) + 8,
        shapes=tuple(_shapes(found, names, (before, after), table)),
        key=(
            ("line", "ink", say("gave the same answer", language=language)),
            ("dashes", "quiet", say("gave different ones", language=language)),
        ),
        drawn=tuple(_drawn(found, table)),
        table=table,
    )


def _shapes(
    found: tuple[Alike, ...], names: list[str], when: tuple[str, str], table: Table
) -> Iterator[Shape]:
    for number, (each, name, row) in enumerate(zip(found, names, table.rows, strict=True)):
        top = HEAD + ROW * number
        yield Words(8, top + 10, name, strong=True)
        for line, (share, said) in enumerate(zip((each.before, each.after), row[2:4], strict=True)):
            y = top + 26 + 18 * line
            yield Words(LABEL - 10, y + 4, when[line], "end", "quiet", 12)
            yield Words(LABEL + BAR + 10, y + 4, said, size=12)
            if share is not None:
                yield from _bar(share, y)


def _bar(share: Share, y: float) -> Iterator[Shape]:
    middle = LABEL + BAR * share.agreed / share.of
    if share.agreed < share.of:
        yield Segment(middle, y, LABEL + BAR, y, "quiet", 2, dashed=True)
    if share.agreed:
        yield Segment(LABEL, y, middle, y, "ink", 9)


def _drawn(found: tuple[Alike, ...], table: Table) -> Iterator[Drawn]:
    broad = max(map(len, table.head[2:4]))
    for each, row in zip(found, table.rows, strict=True):
        lines = (
            f"{when:{broad}}  {_cells(share)}{said}"
            for when, share, said in zip(
                table.head[2:4], (each.before, each.after), row[2:4], strict=True
            )
        )
        yield Drawn(row[0], tuple(lines))


def _cells(share: Share | None) -> str:
    if share is None:
        return ""
    full = round(CELLS * share.agreed / share.of)
    return "█" * full + "░" * (CELLS - full) + "  "

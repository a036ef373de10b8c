"""Who knew what, drawn: a row a fact, a column a role, and how and from when on it was known."""

from collections.abc import Iterator

from tabletop.debrief import wordings as w
from tabletop.debrief.among import Knowledge, Learned
from tabletop.debrief.blocks import Drawn, Figure, Table
from tabletop.debrief.figures.lines import ACROSS, key
from tabletop.debrief.figures.shapes import Area, Glyph, Mark, Segment, Shape, Words
from tabletop.wording import say

ROW, HEAD, LABEL, COLUMN = 26, 34, 272, 96
LETTERS = 38
"""Letters of a fact's title that fit beside its row."""
TITLE = 22
"""Cells a terminal has at most for a fact's title."""
_GLYPHS: dict[str, tuple[Glyph, str]] = {
    "held": ("square", "■"),
    "told": ("circle", "●"),
    "revealed": ("triangle", "▲"),
    "hinted": ("ring", "○"),
}


def matrix(known: Knowledge, table: Table, language: str) -> Figure:
    """The figure of the table it is given."""
    titles = [row[0] for row in table.rows]
    roles = [w.capital(who.role) for who in known.roles]
    return Figure(
        title=table.caption,
        described=say(
            "A row for each fact and a column for each role. What stands where they meet says how"
            " the role came to know the fact, the number beside it from which minute on; where"
            " nothing stands it never did. The table below says the same.",
            language=language,
        ),
        width=LABEL + COLUMN * len(roles),
        height=HEAD + ROW * len(titles) + 8,
        shapes=tuple(_shapes(known, titles, roles)),
        key=tuple((_GLYPHS[kind][0], "ink", text) for kind, text in _key(known, language).items()),
        drawn=tuple(_drawn(known, titles, roles, language)),
        table=table,
        whole=False,
    )


def _key(known: Knowledge, language: str) -> dict[str, str]:
    words = {
        "held": say("known from the start", language=language),
        "told": say("told by a role", language=language),
        "revealed": say("revealed by what happened", language=language),
        "hinted": say("told only that it exists", language=language),
    }
    there = {_kind(cell) for fact in known.facts for cell in fact.learned if cell}
    return {kind: text for kind, text in words.items() if kind in there}


def _kind(cell: Learned) -> str:
    return cell.how if cell.how in _GLYPHS else "revealed"


def _minute(cell: Learned) -> str:
    """From which minute on; nothing for what was known from the start."""
    return "" if cell.how == "held" and not cell.joining else str(cell.at // 60_000 + 1)


def _shapes(known: Knowledge, titles: list[str], roles: list[str]) -> Iterator[Shape]:
    right = LABEL + COLUMN * len(roles)
    for column, role in enumerate(roles):
        middle = LABEL + COLUMN * (column + 0.5)
        yield Words(middle, 20, role, "middle", size=12, strong=True)
    for row, (title, fact) in enumerate(zip(titles, known.facts, strict=True)):
        top = HEAD + ROW * row
        if row % 2 == 0:
            yield Area(0, top, right, ROW)
        yield Words(8, top + 17, _short(title, LETTERS), size=12)
        for column, cell in enumerate(fact.learned):
            x, y = LABEL + COLUMN * (column + 0.5), top + ROW / 2
            if cell is None:
                yield Segment(x - 5, y, x + 5, y, "rule", 2)
                continue
            minute = _minute(cell)
            yield Mark(x - (10 if minute else 0), y, _GLYPHS[_kind(cell)][0], "ink", 6)
            if minute:
                yield Words(x + 2, y + 4, minute, size=12)


def _drawn(known: Knowledge, titles: list[str], roles: list[str], language: str) -> Iterator[Drawn]:
    yield key(f"{_GLYPHS[kind][1]} {text}" for kind, text in _key(known, language).items())
    broad = min(TITLE, max(map(len, titles)) + 2)
    column = min((ACROSS - broad) // len(roles), max(map(len, roles)) + 2)
    heads = "".join(f"{_short(role, column - 1):{column}}" for role in roles)
    lines = [f"{say('Minute', language=language):{broad}}{heads}".rstrip()]
    for title, fact in zip(titles, known.facts, strict=True):
        cells = "".join(f"{_cell(cell):{column}}" for cell in fact.learned)
        lines.append(f"{_short(title, broad - 2):{broad}}{cells}".rstrip())
    yield Drawn("", tuple(lines))


def _cell(cell: Learned | None) -> str:
    if cell is None:
        return "·"
    return f"{_GLYPHS[_kind(cell)][1]} {_minute(cell)}".rstrip()


def _short(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"

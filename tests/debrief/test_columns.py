"""How wide columns are: no word is broken where there is room for all of them."""

from random import Random

import pytest

from tabletop.debrief.blocks import Table
from tabletop.debrief.formats.columns import fits, letters, shares, widths


def table(chance, columns, longest):
    def cell():
        return " ".join("x" * chance.randint(1, longest) for _ in range(chance.randint(0, 12)))

    head = tuple("h" * chance.randint(1, 8) for _ in range(columns))
    rows = tuple(tuple(cell() for _ in head) for _ in range(chance.randint(1, 8)))
    return Table("t", head, rows, to_fill=chance.random() < 0.3)


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("wide", [False, True])
def test_every_word_has_room_where_all_have(seed, wide):
    chance = Random(seed)
    made = table(chance, chance.randint(1, 9), chance.choice((6, 14, 40)))
    given = shares(made, wide=wide)
    room = letters(made, wide=wide)
    longest = [
        max((len(word) for cell in cells for word in cell.split()), default=0)
        for cells in zip(made.head, *made.rows, strict=True)
    ]
    if fits(made, wide=wide):
        # Rounding may take a letter a column.
        assert sum(given) <= room + len(given)
        assert all(share > word for share, word in zip(given, longest, strict=True))
    else:
        assert sum(longest) + 4 * len(longest) > room or max(longest) > 20
    assert abs(sum(widths(made, wide=wide)) - 100) <= len(given) / 2


def test_the_longer_text_has_the_wider_column():
    made = Table("t", ("No.", "Short", "Long"), (("1", "two words", "many words " * 12),) * 4)
    number, short, long = shares(made)
    assert number < short < long
    assert number < 10


def test_where_people_write_there_is_room():
    empty = Table("t", ("No.", "Name"), (("1", ""), ("2", "")), to_fill=True)
    assert shares(empty)[1] > 3 * shares(empty)[0]


def test_a_day_is_one_word_and_a_compound_is_two():
    made = Table("t", ("On", "What"), (("2026-12-01", "nine-year-olds"),))
    assert shares(made)[0] > len("2026-12-01")
    assert fits(made)
    joined = Table("t", tuple("abcdefgh"), (("well-established-arrangement",) * 8,))
    assert fits(joined, wide=True)
    assert not fits(Table("t", joined.head, (("x" * 28,) * 8,)), wide=True)

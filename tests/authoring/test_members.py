"""Members hold exactly the situations that the same steps on plain sets of integers leave."""

import random

import pytest

from tabletop.authoring.packed.members import Members, apart, both, united
from tabletop.authoring.packed.sets import Sets

WIDTH = 9
EVERY = (1 << WIDTH) - 1


def some(chance: random.Random, sets: Sets) -> tuple[Members, set[int]]:
    """A few situations, that share some of their bits, both ways."""
    base, free = chance.getrandbits(WIDTH), chance.getrandbits(WIDTH)
    plain = {base & ~free | chance.getrandbits(WIDTH) & free for _ in range(chance.randint(1, 40))}
    return united([Members.single(sets, packed) for packed in sorted(plain)]), plain


@pytest.mark.parametrize("seed", range(30))
def test_what_members_hold_is_what_plain_sets_hold(seed: int) -> None:
    chance = random.Random(seed)
    sets = Sets(WIDTH)
    (one, its), (two, others) = some(chance, sets), some(chance, sets)
    bits, ones = chance.getrandbits(WIDTH), chance.getrandbits(WIDTH)
    same(united([one, two]), its | others)
    same(one.keeping(bits), {packed & bits for packed in its})
    same(one.setting(bits, ones), {packed & ~bits | ones & bits for packed in its})
    held(apart(one, two), its - others)
    held(both(one, two), its & others)
    held(one.whatever(bits), {packed for packed in range(EVERY + 1) if near(packed, its, bits)})
    match = {packed for packed in its if not (packed ^ ones) & bits}
    found = one.matching(bits, ones)
    assert found in match if match else found is None
    parts = one.split(bits)
    assert parts.keys() == {packed & bits for packed in its}
    for pattern, part in parts.items():
        same(part, {packed & ~bits for packed in its if packed & bits == pattern})


def near(packed: int, plain: set[int], bits: int) -> bool:
    """Whether one of some situations differs from another at most in some bits."""
    return any(not (packed ^ each) & ~bits for each in plain)


def held(members: Members, plain: set[int]) -> None:
    """Whether members are some situations, which may be none."""
    assert bool(members) == bool(plain)
    assert sorted(members) == sorted(plain)
    assert members.count == len(plain)


def same(members: Members, plain: set[int]) -> None:
    assert sorted(members) == sorted(plain)
    assert members.count == len(plain)
    assert members.first in plain
    assert {packed for packed in range(EVERY + 1) if packed in members} == plain


def test_equal_sets_have_the_same_number() -> None:
    sets = Sets(WIDTH)
    chance = random.Random(3)
    for _ in range(20):
        _, plain = some(chance, sets)
        parts = sorted(plain)
        chance.shuffle(parts)
        forward = sets.united(sets.fixed(1, EVERY, packed) for packed in sorted(plain))
        assert sets.united(sets.fixed(1, EVERY, packed) for packed in parts) == forward


def test_a_set_without_bound_to_its_size_stays_small() -> None:
    """Seventy flags of which each may stand or not are one question or none, not 2 ** 70."""
    sets = Sets(70)
    free = Members(sets, 0, (1 << 70) - 1, 1)
    assert free.count == 1 << 70
    both = united([free.setting(1, 1), free.setting(2, 0)])
    assert both.count == 3 << 68
    assert len(sets.asked) < 10


def test_a_set_may_ask_more_questions_than_calls_may_usually_stand_in_each_other() -> None:
    width = 3_000
    sets = Sets(width)
    every = (1 << width) - 1
    both = united([Members.single(sets, 0), Members.single(sets, every)])
    assert sorted(both) == [0, every]
    assert both.keeping(every >> 1).count == 2
    assert set(both.split(0b11)) == {0, 0b11}

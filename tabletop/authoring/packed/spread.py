"""Spreads: the totals no other total beats, each packed into one integer.

A total has four parts: gained VC, gained CI, and forgone VC and CI taken negative, so that more is
better in all four. They stand side by side in one integer: adding two integers adds all four
parts, and one subtraction shows whether a total is beaten. What a beaten total leads to is beaten
by what its better leads to, so keeping only the unbeaten ones at every point is exact.
"""

from __future__ import annotations

from collections.abc import Iterable

Total = tuple[int, int, int, int]
"""Gained VC and CI, forgone VC and CI."""
Spread = tuple[int, ...]
"""Packed totals of which none beats another, the largest integer first."""

_BITS = 24
_HALF = 1 << _BITS - 1
_TOP = sum(_HALF << _BITS * place for place in range(4))
"""The highest bit of each part: set in `better - worse + _TOP` unless a part went below zero."""

ZERO: Spread = (0,)
"""Nothing gained, nothing forgone."""


def packed(gained_vc: int, gained_ci: int, best_vc: int, best_ci: int) -> int:
    """What was gained, and the best that was open, as one integer."""
    parts = (gained_vc, gained_ci, gained_vc - best_vc, gained_ci - best_ci)
    return sum(part << _BITS * place for place, part in enumerate(parts))


def unpacked(total: int) -> Total:
    """A total, part by part."""
    shifted = total + _TOP
    parts = [(shifted >> _BITS * place) % (2 * _HALF) - _HALF for place in range(4)]
    return parts[0], parts[1], -parts[2], -parts[3]


def unbeaten(totals: Iterable[int]) -> Spread:
    """The totals that no other beats."""
    kept: list[int] = []
    # A total that is better in some part and worse in none is a larger integer too; what beats a
    # total is mostly close to it, so the last kept are tried first (measured: twice as fast).
    for total in sorted(set(totals), reverse=True):
        low = _TOP - total
        for better in reversed(kept):
            if (better + low) & _TOP == _TOP:
                break
        else:
            kept.append(total)
    return tuple(kept)


def joined(first: Spread, second: Spread) -> Spread:
    """Every sum of one of the first and one of the second, unless another beats it."""
    if len(first) == 1:
        return second if first == ZERO else tuple([first[0] + total for total in second])
    if len(second) == 1:
        return tuple([second[0] + total for total in first])
    return unbeaten([one + other for one in first for other in second])

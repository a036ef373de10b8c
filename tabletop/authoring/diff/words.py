"""Words: what changed within a text, word by word."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

Piece = tuple[Literal["same", "cut", "gone", "come"], str]
"""Words that stay, a run of them left out, words that are gone, words that are new."""

ALIKE = 0.35
"""Below this share of words in common, two texts are shown one after the other."""
AROUND = 6
"""Words that stay, shown on each side of a change."""


def pieces(
    old: Sequence[str], new: Sequence[str], joint: str = " ", around: int = AROUND
) -> tuple[Piece, ...] | None:
    """What changed from one run of words to another; nothing where they have little in common."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return None
    return tuple(_pieces(matcher, old, new, joint, around))


def _pieces(
    matcher: SequenceMatcher[str], old: Sequence[str], new: Sequence[str], joint: str, around: int
) -> Iterator[Piece]:
    steps = matcher.get_opcodes()
    for number, (sort, begin, end, to_begin, to_end) in enumerate(steps):
        if sort == "equal":
            left = around if number else 0
            right = around if number < len(steps) - 1 else 0
            if end - begin <= left + right + 2:
                yield "same", joint.join(old[begin:end])
                continue
            if left:
                yield "same", joint.join(old[begin : begin + left])
            yield "cut", "…"
            if right:
                yield "same", joint.join(old[end - right : end])
            continue
        if end > begin:
            yield "gone", joint.join(old[begin:end])
        if to_end > to_begin:
            yield "come", joint.join(new[to_begin:to_end])
